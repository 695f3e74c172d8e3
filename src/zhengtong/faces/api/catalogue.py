"""What can be applied for, where and by which law: open to all."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import LifeEvent, Procedure
from zhengtong.charter.queries import in_force
from zhengtong.faces.api import public_shapes, shapes, telling
from zhengtong.faces.api.errors import BadCursor, NotFound
from zhengtong.faces.api.paging import Cursor, Limit, cursor_to, place
from zhengtong.faces.api.router import reads
from zhengtong.faces.shared import clock

router = Router(tags=["catalogue"])

Audience = Literal["person", "enterprise", "association"]


@reads(router, "/catalogue", public_shapes.Catalogue)
def list_catalogue(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=100, description="Words in any language; all must be found.")] = "",
    audience: Audience | None = None,
    theme: Annotated[str, Query(pattern=r"^[a-z0-9-]{0,60}$")] = "",
    limit: Limit = 20,
    cursor: Cursor = "",
) -> dict[str, Any]:
    """Services and life events that anyone may apply for, by words, audience or theme."""
    found = [each for each in _open(_charter()) if _fits(each, q, audience, theme)]
    at = _offset(cursor)
    return {"items": [telling.listed_row(each) for each in found[at : at + limit]], "next": _next(at + limit, found)}


def _charter() -> Charter:
    return in_force(clock.today()).charter


def _open(charter: Charter) -> list[Procedure | LifeEvent]:
    return [each for each in charter.all_listed() if each.on_request]


def _fits(listed: Procedure | LifeEvent, words: str, audience: str | None, theme: str) -> bool:
    texts = " ".join([listed.id, *listed.name.values(), *listed.summary.values(), *listed.keywords.values()]).lower()
    return (
        all(word in texts for word in words.lower().split())
        and (audience is None or audience in listed.audience)
        and (not theme or theme in listed.themes)
    )


def _offset(written: str) -> int:
    """The catalogue is short and changes only when law does, so that its cursor is a place in it."""
    values = place(written) if written else [0]
    if len(values) != 1 or not isinstance(values[0], int) or not 0 <= values[0] < 10_000:
        raise BadCursor
    return values[0]


def _next(at: int, found: list[Any]) -> str | None:
    return cursor_to(at) if at < len(found) else None


@reads(router, "/catalogue/{procedure}", public_shapes.ListedOut)
def get_procedure(request: HttpRequest, procedure: shapes.IdPath) -> dict[str, Any]:
    """One service or life event with its whole implementation list."""
    charter = _charter()
    return telling.listed_whole(charter, _listed(charter, procedure))


@reads(router, "/catalogue/{procedure}/form", dict[str, Any])
def get_form(request: HttpRequest, procedure: shapes.IdPath) -> dict[str, Any]:
    """The form as JSON Schema: what to send as `answers`."""
    charter = _charter()
    return telling.form_schema(charter, _listed(charter, procedure).id)


def _listed(charter: Charter, procedure: str) -> Procedure | LifeEvent:
    if procedure not in charter.procedures and procedure not in charter.events:
        raise NotFound
    return charter.listed(procedure)


@reads(router, "/organisations", list[public_shapes.OrganisationRow])
def list_organisations(request: HttpRequest) -> list[Any]:
    """Every office in force today."""
    return [each for each in _charter().organisations.values() if each.in_force(clock.today())]


@reads(router, "/organisations/{organisation}", public_shapes.OrganisationOut)
def get_organisation(request: HttpRequest, organisation: shapes.IdPath) -> Any:
    """An office with its posts and their powers."""
    found = _charter().organisations.get(organisation)
    if found is None:
        raise NotFound
    return found


@reads(router, "/powers", list[public_shapes.PowerOut])
def list_powers(request: HttpRequest) -> list[dict[str, Any]]:
    """The power list (权责清单): who may do which acts in which matter, by what law."""
    charter = _charter()
    return [
        power.model_dump() | {"legal_basis": [telling.cited(charter, ref) for ref in power.legal_basis]}
        for power in charter.powers.values()
        if power.in_force(clock.today())
    ]
