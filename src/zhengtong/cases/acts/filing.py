"""An application is filed: by the web, at a counter, through the API, or by the program itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction

from zhengtong.cases import drive, facts, kinds, letters, rated, reliance
from zhengtong.cases.acts.representing import name_representatives
from zhengtong.cases.contest_errors import ContestedBefore
from zhengtong.cases.contesting import require_contestable
from zhengtong.cases.documents import Taken, take_in
from zhengtong.cases.errors import MissingMaterials, NoSuchMaterial, NoSuchProcedure, NotForThisParty
from zhengtong.cases.law import day_of, lead_post
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case, Certificate, Document
from zhengtong.cases.models.case import OFFICE
from zhengtong.charter.charter import Charter
from zhengtong.charter.compile import CompiledMaterial
from zhengtong.charter.model import LifeEvent, Material, Procedure
from zhengtong.charter.queries import Enacted, in_force_at
from zhengtong.common.rows import insert
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.common.text import Text
from zhengtong.engines.rules import feel
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.models import Enterprise, Person
from zhengtong.people.permissions import require_power
from zhengtong.registry.queries import require_representation

Upload = tuple[str, BinaryIO]


@dataclass(frozen=True, kw_only=True)
class Filing:
    """An application as it comes in: for whom, about what, with which answers and papers, and how it came.

    `documents` are new uploads by material, `kept` those that a draft holds already. `law` is the charter by which it
    runs, where that is not the one in force.
    """

    procedure: str
    person: Person
    answers: Mapping[str, Any]
    channel: str
    language: str
    request_key: str
    enterprise: Enterprise | None = None
    about: Case | None = None
    documents: Mapping[str, Upload] = field(default_factory=dict)
    kept: Mapping[str, Document] = field(default_factory=dict)
    law: Enacted | None = None

    @property
    def known(self) -> Case | None:
        """The case that this became when it was sent before: the same key from the same person is the same request."""
        return Case.objects.filter(applicant=self.person, request_key=self.request_key).first()


def file_application(
    *,
    procedure: str,
    person: Person,
    answers: Mapping[str, Any],
    by: Actor,
    channel: str,
    language: str,
    request_key: str,
    now: datetime,
    enterprise: Enterprise | None = None,
    about: Case | None = None,
    documents: Mapping[str, Upload] | None = None,
    kept: Mapping[str, Document] | None = None,
    law: Enacted | None = None,
) -> Case:
    """File an application whole (see `Filing`); the same `request_key` from the same person gives the same case."""
    filing = Filing(
        procedure=procedure,
        person=person,
        answers=answers,
        channel=channel,
        language=language,
        request_key=request_key,
        enterprise=enterprise,
        about=about,
        documents=documents or {},
        kept=kept or {},
        law=law,
    )
    known = filing.known
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return file_new(filing, by=by, now=now)
    except (IntegrityError, ContestedBefore):  # the same request at the same moment; the other one was first
        known = filing.known
        if known is None:
            raise
        return known


@transaction.atomic
def open_by_office(
    *, procedure: str, answers: Mapping[str, Any], by: Actor, language: str, request_key: str, now: datetime
) -> Case:
    """An office opens a case of its own motion: a consultation, a budget. Nobody applies, and no letters go out."""
    if by.person is None:
        raise NoSuchProcedure(procedure=procedure)
    return file_application(
        procedure=procedure,
        person=by.person,
        answers=answers,
        by=by,
        channel=OFFICE,
        language=language,
        request_key=request_key,
        now=now,
    )


@session_of(PROGRAM_SESSION)
def file_new(filing: Filing, *, by: Actor, now: datetime) -> Case:
    """The same for a caller who knows that there is no such case yet, and has a transaction."""
    if filing.about is not None:  # who contests one decision twice at one moment gets one case; and as it is now
        filing = replace(filing, about=locked(filing.about.pk))
    enacted, person = filing.law or in_force_at(now), filing.person
    charter = enacted.charter
    of: dict[str, Any] = {"person": person, "enterprise": filing.enterprise}
    listed = startable(charter, filing.procedure, **of, about=filing.about, by=by, now=now)
    power, form = _power_to_file(charter, listed, by, now=now), charter.form(filing.procedure)
    known, sources = facts.prefilled(charter=charter, form=form, **of, by=by, now=now, on=day_of(now, charter))
    told = known | facts.answered(form.questions, filing.answers, known=known)
    papers = _papers(charter, filing, told, on=day_of(now, charter))
    case = _open(filing, enacted, listed, facts=told, sources=sources, now=now)
    reliance.note(case, now=now)
    handed_in = _hand_in(case, papers, list(filing.kept.values()), by=by.person or person, now=now)
    record(
        kind=kinds.FILED,
        subject=case.number,
        by=by,
        person=str(person.handle),
        now=now,
        power=power,
        basis=list(listed.legal_basis),
        particulars={"procedure": filing.procedure, "facts": case.facts, "documents": handed_in},
    )
    rated.note(case, now=now)
    name_representatives(case, now=now)
    letters.write(case, "received", now=now)
    drive.begin(case, now=now)
    return case


def _hand_in(case: Case, papers: Iterable[Taken], kept: list[Document], *, by: Person, now: datetime) -> list[str]:
    """Put the papers to the case; returns their hashes."""
    for paper in kept:
        paper.case, paper.uploaded_by, paper.uploaded_at = case, by, now
        paper.name, paper.sha256 = paper.name, paper.sha256  # opened, so that they are sealed for the case from now on
        paper.save()
    new = [paper.keep(case=case, by=by, now=now) for paper in papers]
    return [str(paper.sha256) for paper in (*kept, *new)]


def startable(
    charter: Charter,
    procedure: str,
    *,
    person: Person,
    enterprise: Enterprise | None,
    about: Case | None,
    by: Actor,
    now: datetime,
) -> Procedure | LifeEvent:
    """The procedure, if this party may start it now (about that case); a refusal otherwise."""
    if procedure not in charter.procedures and procedure not in charter.events:
        raise NoSuchProcedure(procedure=procedure)
    listed = charter.listed(procedure)
    if ("enterprise" if enterprise else "person") not in listed.audience:
        raise NotForThisParty(procedure=listed.name)
    if not listed.on_request and by != PROGRAM and not by.post:
        raise NoSuchProcedure(procedure=procedure)
    if enterprise:
        require_representation(charter, person, enterprise, procedure=procedure, on=day_of(now, charter))
    if isinstance(listed, Procedure) and listed.about:
        require_contestable(charter, listed, about, person, enterprise, now=now)
    return listed


def _power_to_file(charter: Charter, listed: Procedure | LifeEvent, by: Actor, *, now: datetime) -> str:
    """A party needs none, nor does the program; what nobody applies for is opened by a post that has the power to."""
    if not by.post:
        return ""
    if listed.on_request:
        return require_clerk(charter, listed.id, by, now=now)
    own = charter.organisation_of(by.post).region
    return require_power(charter, by=by, act="open", procedure=listed.id, region=own, on=day_of(now, charter))


def require_clerk(charter: Charter, procedure: str, by: Actor, *, now: datetime) -> str:
    """The power of a clerk, who files for people of anywhere, if the post takes applications in at all."""
    own = charter.organisation_of(by.post).region
    return require_power(charter, by=by, act="file", procedure=procedure, region=own, on=day_of(now, charter))


def _papers(charter: Charter, filing: Filing, known: facts.Facts, *, on: date) -> list[Taken]:
    """The new documents, checked; refused if one is unknown or a required one is missing."""
    asked = materials_asked(charter, filing.procedure, known, filing.person, filing.enterprise, on=on)
    wanted, given = {each.id: each for each in asked}, {**filing.documents, **filing.kept}
    for material in given:
        if material not in wanted:
            raise NoSuchMaterial(material=material)
    missing = [each.name for each in asked if each.necessity == "required" and each.id not in given]
    if missing:
        names = Text({tag: ", ".join(name.in_(tag) for name in missing) for tag in charter.head.languages})
        raise MissingMaterials(materials=names)
    return [
        take_in(name=name, content=content, material=wanted[material])
        for material, (name, content) in filing.documents.items()
    ]


def materials_asked(
    charter: Charter,
    procedure: str,
    known: facts.Facts,
    person: Person,
    enterprise: Enterprise | None,
    *,
    on: date,
) -> list[Material]:
    """The documents that this party has to (or may) hand in: not what a register, a step or a certificate says."""
    return [
        compiled.material
        for compiled in charter.materials(procedure)
        if not (compiled.material.show_if and feel.evaluate(compiled.material.show_if, known) is not True)
        and not _supplied(compiled, person, enterprise, on=on)
    ]


def _supplied(compiled: CompiledMaterial, person: Person, enterprise: Enterprise | None, *, on: date) -> bool:
    """A register or another step says it; or the party holds a valid certificate that does."""
    exemption = compiled.material.exemption
    if compiled.supplied_by != "certificate" or exemption is None:
        return compiled.supplied_by is not None
    certificates = Certificate.objects.filter(procedure=exemption.certificate, status=Certificate.Status.VALID)
    mine = (
        certificates.filter(case__enterprise=enterprise) if enterprise else certificates.filter(case__applicant=person)
    )
    return any(each.valid_to is None or each.valid_to >= on for each in mine)


def _open(
    filing: Filing,
    enacted: Enacted,
    listed: Procedure | LifeEvent,
    *,
    facts: facts.Facts,
    sources: dict[str, str],
    now: datetime,
) -> Case:
    charter = enacted.charter
    on = day_of(now, charter)
    case = Case(
        number=drive.new_case_number(charter, on),
        procedure=listed.id,
        enactment=enacted.enactment,
        about=filing.about,
        applicant=filing.person,
        enterprise=filing.enterprise,
        request_key=filing.request_key,
        region=_region(charter, listed.id, facts, filing.about),
        channel=filing.channel,
        language=filing.language,
        facts=facts,
        sources=sources,
        filed_at=now,
    )
    case.post = lead_post(charter, listed, case.region, on)
    case.kept_from = rated.kept_from(charter, listed.id, filing.about, region=case.region, on=on)
    insert(case)
    return case


def _region(charter: Charter, procedure: str, known: facts.Facts, about: Case | None) -> str:
    whole = next(code for code, region in charter.regions.items() if region.parent is None)
    return drive.region_of(charter, procedure, known, default=about.region if about else whole)
