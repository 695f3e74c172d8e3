"""Files come first, on their own; applications and corrections then name them."""

import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, BinaryIO, cast

from django.http import HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from zhengtong.cases import documents
from zhengtong.cases.errors import NoSuchMaterial, NoSuchProcedure
from zhengtong.cases.models import Document
from zhengtong.charter.model import Material
from zhengtong.charter.queries import in_force
from zhengtong.faces.api import case_shapes
from zhengtong.faces.api.errors import NoSuchUpload
from zhengtong.faces.api.router import does
from zhengtong.faces.shared import clock
from zhengtong.people.models import Person

router = Router(tags=["cases"])

KEPT = timedelta(days=1)  # an upload that nothing names


@does(router, "/documents", case_shapes.DocumentOut, scope="cases:write", status=201)
def upload_document(
    request: HttpRequest,
    procedure: Annotated[str, Form(pattern=r"^[a-z][a-z0-9-]{0,59}$")],
    material: Annotated[str, Form(pattern=r"^[a-z][a-z0-9-]{0,59}$")],
    file: Annotated[UploadedFile, File()],
) -> Any:
    """Upload a file for a material of a procedure; name its `id` in an application within a day."""
    person: Person = request.auth.person  # type: ignore[attr-defined]  # set by the bearer token
    taken = documents.take_in(
        name=file.name or "", content=cast(BinaryIO, file), material=_material(procedure, material)
    )
    late = Document.objects.filter(**_LOOSE, uploaded_by=person, uploaded_at__lt=clock.now() - KEPT)
    documents.remove(late.values_list("path", flat=True))
    late.delete()
    return taken.keep(by=person, now=clock.now())


_LOOSE = {"draft": None, "case": None}


def _material(procedure: str, material: str) -> Material:
    charter = in_force(clock.today()).charter
    if procedure not in charter.procedures and procedure not in charter.events:
        raise NoSuchProcedure(procedure=procedure)
    found = {each.material.id: each.material for each in charter.materials(procedure)}
    if material not in found:
        raise NoSuchMaterial(material=material)
    return found[material]


def uploaded(person: Person, papers: Mapping[str, int]) -> dict[str, Document]:
    """The person's uploads by material; raises `NoSuchUpload`."""
    found = {each.pk: each for each in Document.objects.filter(**_LOOSE, uploaded_by=person, pk__in=papers.values())}
    for material, pk in papers.items():
        if pk not in found or found[pk].material != material:
            raise NoSuchUpload(document=pk, material=material)
    return {material: found[pk] for material, pk in papers.items()}


def contents(person: Person, papers: Mapping[str, int]) -> dict[str, tuple[str, io.BytesIO]]:
    """The same as names and contents, for acts that take files in themselves."""
    return {
        material: (document.name, io.BytesIO(documents.read(document.path)))
        for material, document in uploaded(person, papers).items()
    }
