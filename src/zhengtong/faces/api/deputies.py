"""Who stands in for whom: open to all; an officer delegates a power, is absent, and is back."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from zhengtong.charter.queries import in_force
from zhengtong.faces.api import shapes
from zhengtong.faces.api.cases import caller
from zhengtong.faces.api.errors import NotFound
from zhengtong.faces.api.router import does, reads
from zhengtong.faces.api.task_shapes import InPost
from zhengtong.faces.api.tasks import officer
from zhengtong.faces.shared import clock
from zhengtong.people import deputies, queries
from zhengtong.people.models import Absence, Delegation

router = Router(tags=["powers"])


class DelegationOut(Schema):
    """One post exercises a power of another, within these acts, matters, region and days."""

    id: int
    power: str
    from_post: str
    to_post: str
    acts: list[str]
    matters: list[str]
    region: str
    from_on: date
    to_on: date
    reason: str
    legal_basis: list[str]


class DelegationIn(InPost):
    power: shapes.Id
    to: shapes.PostRef
    acts: Annotated[list[shapes.Id], Field(min_length=1, max_length=20)]
    matters: Annotated[list[shapes.Id], Field(min_length=1, max_length=200)]
    region: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    from_on: date
    to_on: date
    reason: shapes.Paragraphs


class AbsenceOut(Schema):
    """Whoever holds the post is absent; `covered` tells whether the deputy sits in it today."""

    id: int
    post: str
    deputy: str
    from_on: date
    to_on: date | None
    covered: bool


class AbsenceIn(InPost):
    from_on: date
    to_on: date | None = None


@reads(router, "/delegations", list[DelegationOut])
def list_delegations(request: HttpRequest) -> list[Delegation]:
    """The delegations that run or are still to come."""
    return [each.delegation for each in queries.delegations(in_force(clock.today()).charter, on=clock.today())]


@does(router, "/delegations", DelegationOut, scope="tasks:write", status=201)
def delegate(request: HttpRequest, sent: DelegationIn) -> Delegation:
    """Let another post exercise a power of one's own, where a law allows it."""
    by = officer(request, sent.post)
    return deputies.delegate(
        power=sent.power,
        to_post=sent.to,
        acts=sent.acts,
        matters=sent.matters,
        region=sent.region,
        reason=sent.reason,
        from_on=sent.from_on,
        to_on=sent.to_on,
        by=by,
        now=clock.now(),
    )


@does(router, "/delegations/{delegation}/end", DelegationOut, scope="tasks:write")
def end_delegation(request: HttpRequest, delegation: shapes.RowPath, sent: InPost) -> Delegation:
    """Take a delegated power back."""
    by = officer(request, sent.post)
    found = Delegation.objects.filter(pk=delegation, from_post=by.post).first()
    if found is None:
        raise NotFound
    return deputies.end_delegation(delegation=found, by=by, now=clock.now())


@reads(router, "/absences", list[AbsenceOut])
def list_absences(request: HttpRequest) -> list[dict[str, Any]]:
    """The posts whose holder is absent today, or will be."""
    charter = in_force(clock.today()).charter
    return [_absence(each.absence, each.covered) for each in queries.absences(charter, on=clock.today())]


@does(router, "/absences", AbsenceOut, scope="tasks:write", status=201)
def be_absent(request: HttpRequest, sent: AbsenceIn) -> dict[str, Any]:
    """Say that one will not be there."""
    by = officer(request, sent.post)
    absence = deputies.be_absent(post=sent.post, from_on=sent.from_on, to_on=sent.to_on, by=by, now=clock.now())
    return _told(absence)


@does(router, "/absences/{absence}/end", AbsenceOut, scope="tasks:write")
def be_back(request: HttpRequest, absence: shapes.RowPath) -> dict[str, Any]:
    """Say that one is back in the post."""
    by = caller(request).as_party()
    found = Absence.objects.filter(pk=absence, person=by.person).first()
    if found is None:
        raise NotFound
    return _told(deputies.be_back(absence=found, by=by, now=clock.now()))


def _told(absence: Absence) -> dict[str, Any]:
    rows = queries.absences(in_force(clock.today()).charter, on=clock.today())
    return _absence(absence, any(each.absence.pk == absence.pk and each.covered for each in rows))


def _absence(absence: Absence, covered: bool) -> dict[str, Any]:
    told = {name: getattr(absence, name) for name in ("post", "deputy", "from_on", "to_on")}
    return told | {"id": absence.pk, "covered": covered and absence.from_on <= clock.today()}
