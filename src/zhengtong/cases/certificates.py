"""Certificates on paper: the worker typesets and seals each PDF after the act that issued it."""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from zhengtong.cases import documents
from zhengtong.cases.closing import verification_url
from zhengtong.cases.law import charter_of, day_of, procedure_of
from zhengtong.cases.models import Certificate
from zhengtong.cases.queries.certificates import CertificateView
from zhengtong.cases.wording import value_told
from zhengtong.charter.model import CertificateKind, Procedure
from zhengtong.common.text import Text, day_told
from zhengtong.engines.documents import Seal, SignatureCheck, check, new_seal, sign, typeset


def make_due(*, now: datetime, limit: int = 20) -> int:
    """Make the PDFs that are still to be made, the newest first, for which somebody waits; returns how many."""
    waiting = Certificate.objects.filter(sha256="", case__erased_at=None).order_by("-pk").values_list("pk", flat=True)
    return sum(_make(pk) for pk in list(waiting[:limit]))


@transaction.atomic
def _make(pk: int) -> bool:
    certificate = Certificate.objects.select_for_update().get(pk=pk)
    if certificate.sha256:
        return False
    pdf = pdf_of(certificate)
    certificate.sha256 = hashlib.sha256(pdf).hexdigest()
    certificate.path = documents.store(pdf, certificate.sealed_for)
    certificate.save(update_fields=["sha256", "path"])
    return True


def pdf_of(certificate: Certificate) -> bytes:
    """Typeset and seal a certificate, in all of the charter's languages."""
    charter = charter_of(certificate.case)
    pdf = typeset(
        template=charter.certificate_template(certificate.procedure),
        data=printed(certificate),
        fonts=settings.ZHENGTONG_FONTS,
        now=certificate.issued_at,
        qr=verification_url(certificate),
    )
    office = charter.organisation_of(certificate.content["office"]).name
    return sign(pdf, seal=seal(), reason=certificate.number, place=office.in_("en"))


def printed(certificate: Certificate) -> dict[str, Any]:
    """What the template is given: plain texts by language, nothing to be worked out there."""
    case = certificate.case
    charter, listed = charter_of(case), procedure_of(case)
    kind = listed.certificate if isinstance(listed, Procedure) else None
    if kind is None:
        raise ValueError(f"{listed.id} issues no certificate")
    return {
        "title": kind.name,
        "number": certificate.number,
        "city": charter.head.name,
        "notice": charter.head.notice,
        "holder": certificate.holder,
        "fields": _fields(certificate, kind),
        "office": charter.organisation_of(certificate.content["office"]).name,
        "issued_on": day_told(day_of(certificate.issued_at, charter)),
        "valid_until": day_told(certificate.valid_to) if certificate.valid_to else None,
        "basis": [charter.cite(each) for each in listed.legal_basis],
        "verify_url": verification_url(certificate),
    }


def _fields(certificate: Certificate, kind: CertificateKind) -> list[dict[str, Text]]:
    charter = charter_of(certificate.case)
    questions = [charter.form(certificate.procedure).question(name) for name in kind.fields]
    return [
        {
            "label": charter.elements[each.element].name,
            "value": value_told(charter, each, certificate.content.get(each.name)),
        }
        for each in questions
        if each is not None
    ]


def check_file(certificate: Certificate | CertificateView | None, content: bytes) -> tuple[bool, SignatureCheck]:
    """Whether a file is the very certificate that was issued, byte for byte; and what its seal says."""
    same = certificate is not None and certificate.sha256 == hashlib.sha256(content).hexdigest()
    return same, check(content, seal=seal())


@lru_cache(maxsize=4)
def _seal_at(folder: Path) -> Seal:
    key, certificate = folder / "seal.key.pem", folder / "seal.crt.pem"
    if not key.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = new_seal(name="Zhengtong", now=datetime.now(UTC))
        certificate.write_bytes(made.certificate)
        key.touch(mode=0o600, exist_ok=False)
        key.write_bytes(made.key)
    return Seal(key.read_bytes(), certificate.read_bytes())


def seal() -> Seal:
    """The installation's seal; made at first use, unless an authority's lies in its place."""
    return _seal_at(settings.ZHENGTONG_VAR / "keys")
