"""What anyone may know of a certificate: whether it is valid, and no more than the charter makes public."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from zhengtong.cases.law import charter_of, day_of, office_of, procedure_of
from zhengtong.cases.models import Certificate
from zhengtong.cases.wording import value_told
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Organisation, Procedure
from zhengtong.common.text import Text


@dataclass(frozen=True)
class CertificateView:
    """`state` is valid, revoked or expired; `fields` are those that the charter makes public."""

    number: str
    name: Text
    state: str
    office: Text
    issued_on: date
    valid_to: date | None
    fields: list[tuple[Text, Text]]
    sha256: str


def certificate(number: str, *, on: date) -> CertificateView | None:
    """The certificate with this number; None is unknown."""
    found = (
        Certificate.objects.filter(number=number[:40].replace("\x00", "").upper())
        .select_related("case__enactment")
        .first()
    )
    return _view(found, on=on) if found else None


def _view(found: Certificate, *, on: date) -> CertificateView:
    charter, listed = charter_of(found.case), procedure_of(found.case)
    kind = listed.certificate if isinstance(listed, Procedure) else None
    public = kind.public_fields if kind else []
    questions = charter.form(found.procedure)
    return CertificateView(
        number=found.number,
        name=kind.name if kind else listed.name,
        state=state_of(found, on=on),
        office=_office(charter, found).name,
        issued_on=timezone.localdate(found.issued_at),
        valid_to=found.valid_to,
        fields=[
            (charter.elements[question.element].name, value_told(charter, question, found.content.get(question.name)))
            for question in questions.questions
            if question.name in public and found.case.erased_at is None
        ],
        sha256=found.sha256,
    )


def _office(charter: Charter, found: Certificate) -> Organisation:
    """Who issued it; once what was printed on it is erased, who would by the charter of its day."""
    if found.case.erased_at is None:
        return charter.organisation_of(found.content["office"])
    return office_of(charter, procedure_of(found.case), found.case.region, day_of(found.issued_at, charter))


def state_of(found: Certificate, *, on: date) -> str:
    """valid, revoked or expired."""
    if found.status == Certificate.Status.REVOKED:
        return "revoked"
    return "expired" if found.valid_to is not None and found.valid_to < on else "valid"
