"""Whoever a disclosure would harm is asked in writing and has fifteen working days (政府信息公开条例 art. 32).

Neither learns of the other: the letters do not say who asked, and what the requester is told does not say who was.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from zhengtong.cases import closing, letters
from zhengtong.cases.authority import is_party, require_task
from zhengtong.cases.errors import NoReason
from zhengtong.cases.identifying import identified, identified_company
from zhengtong.cases.law import calendar_on, charter_of, day_of, today
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case, Task
from zhengtong.cases.work import special_procedure
from zhengtong.common.text import text
from zhengtong.engines.deadlines import Limit, due_on
from zhengtong.ledger.acts import record
from zhengtong.openness import kinds
from zhengtong.openness.errors import (
    AskedThemselves,
    NobodyAsked,
    NoOneToAsk,
    NoSuchThirdParty,
    ObjectionFollowed,
    ObjectionOpen,
    ThirdPartySaysOtherwise,
)
from zhengtong.openness.giving import disclosing
from zhengtong.openness.models import ThirdParty
from zhengtong.people.actor import Actor
from zhengtong.people.models import Enterprise, Person
from zhengtong.registry.queries import represents

CONSULTATION, NOBODY, LONGEST = "consultation", "nobody", 2000
ASKED, TOLD = "third-party", "third-party-told"  # the letters
ON_PAPER = text("书面寄交本机关", "on paper, to this authority")


@dataclass(frozen=True)
class _Known:
    """Whom a letter is for: a person or a company that is known here, or a name on paper."""

    name: str
    address: str
    person: Person | None = None
    enterprise: Enterprise | None = None


def consulting(case: Case) -> Task | None:
    """The open step in which third parties are consulted."""
    open_ones = case.tasks.filter(status=Task.Status.OPEN).order_by("pk")
    return next((task for task in open_ones if _consults(case, task)), None)


def answering(case: Case) -> Task | None:
    """The open step in which the request is answered."""
    return case.tasks.filter(status=Task.Status.OPEN, act="answer").order_by("pk").first()


def _consults(case: Case, task: Task) -> bool:
    declared = charter_of(case).process(case.procedure).nodes[task.node].task
    return declared is not None and declared.special == CONSULTATION


@transaction.atomic
def ask_third_party(
    *, case: Case, about: str, by: Actor, now: datetime, number: str = "", name: str = "", address: str = ""
) -> ThirdParty:
    """Write to a third party what is asked for that concerns it, and until when it may answer.

    `number`: an ID number, or a company's credit code. Whoever has an e-mail address here gets the letter from the
    program, and answers on a page; to others the office sends it on paper. AskedThemselves, NoOneToAsk.
    """
    case, power = _consulted(case, by=by, now=now)
    about, number = about.strip(), number.strip().upper()
    if number:
        found = _known(case, number, address.strip(), by=by, now=now)
    else:
        found = _Known(name.strip(), address.strip())
    by_mail = found.person is not None and bool(found.person.email)
    wanted = (found.name, about) if by_mail else (found.name, about, found.address)
    special = special_procedure(case, CONSULTATION)
    until = due_on(start=today(now), limit=Limit.parse(special.limit), calendar=calendar_on(now))
    if until is None or not all(0 < len(each) <= LONGEST for each in wanted):  # a clock that stands still has no day
        raise NoOneToAsk
    asked = ThirdParty.objects.create(
        case=case,
        person=found.person,
        enterprise=found.enterprise,
        name=found.name,
        address=found.address,
        about=about,
        by_mail=by_mail,
        asked_at=now,
        answer_until=until,
    )
    asked.letter = _write(asked, ASKED, now=now, answer_text=about, due_on=until)
    asked.save(update_fields=["letter"])
    record(
        kind=kinds.THIRD_PARTY_ASKED,
        subject=case.number,
        by=by,
        power=power,
        basis=special.legal_basis,
        particulars={"third_party": asked.pk, "until": until, "by_mail": by_mail},
        now=now,
    )
    return asked


def _known(case: Case, number: str, address: str, *, by: Actor, now: datetime) -> _Known:
    """Who has this number, by its register; whoever asked for the information is nobody else."""
    charter = charter_of(case)
    look: dict[str, Any] = {"charter": charter, "by": by, "now": now, "case": case.number, "case_open": True}
    if number[:17].isdigit():
        person = identified(id_number=number, **look)
        if is_party(case, Actor(person), now=now):
            raise AskedThemselves
        return _Known(str(person.name), address, person)
    company = identified_company(uscc=number, **look)
    if company.enterprise.pk == case.enterprise_id or case.applicant_id == getattr(company.representative, "pk", None):
        raise AskedThemselves
    where = address or company.address
    return _Known(company.enterprise.name, where, company.representative, company.enterprise)


def _write(asked: ThirdParty, name: str, *, now: datetime, **places: object) -> str:
    """A letter as it is sent; where the program sends it, it is in the outbox."""
    case, person = asked.case, asked.person
    page = f"{settings.ZHENGTONG_URL}/third-parties/{asked.pk}"
    places |= {"party_name": str(asked.name), "url_case": page if asked.by_mail else ON_PAPER}
    if asked.by_mail and person is not None:
        letters.write(case, name, now=now, to=person, **places)
    subject, body = letters.worded(case, name, person.language if person else case.language, **places)
    return f"{subject}\n\n{body}"


@transaction.atomic
def note_answer(*, third_party: ThirdParty, agrees: bool, words: str, by: Actor, now: datetime) -> ThirdParty:
    """Write down what a third party answered on paper, once."""
    case, power = _consulted(third_party.case, by=by, now=now)
    return _answered(third_party, case, agrees=agrees, words=words, by=by, power=power, now=now)


@transaction.atomic
def answer_as_third_party(*, third_party: ThirdParty, agrees: bool, words: str, by: Actor, now: datetime) -> ThirdParty:
    """It answers itself, while it is consulted; whoever objects says why."""
    case = locked(third_party.case_id)
    if not answers_for(third_party, by, now=now) or consulting(case) is None:
        raise NoSuchThirdParty
    if not agrees and not words.strip():
        raise NoReason
    return _answered(third_party, case, agrees=agrees, words=words, by=by, power="", now=now)


def answers_for(third_party: ThirdParty, by: Actor, *, now: datetime) -> bool:
    """Whether somebody, not in a post, is the third party or may act for the company that is."""
    if by.person is None or by.post:
        return False
    if third_party.enterprise is None:
        return third_party.person_id == by.person.pk
    charter, case = charter_of(third_party.case), third_party.case
    on = day_of(now, charter)
    return represents(charter, by.person, third_party.enterprise, procedure=case.procedure, on=on)


def _answered(
    third_party: ThirdParty, case: Case, *, agrees: bool, words: str, by: Actor, power: str, now: datetime
) -> ThirdParty:
    found = ThirdParty.objects.select_for_update().get(pk=third_party.pk)
    if found.answered_at is not None or len(words) > LONGEST:
        raise NoOneToAsk
    found.agrees, found.words, found.answered_at = agrees, words.strip(), now
    found.save()
    told = {"third_party": found.pk, "agrees": agrees}
    record(kind=kinds.THIRD_PARTY_ANSWERED, subject=case.number, by=by, power=power, particulars=told, now=now)
    return found


@transaction.atomic
def follow_objection(*, third_party: ThirdParty, by: Actor, now: datetime) -> ThirdParty:
    """What concerns whoever objects is withheld."""
    found, power, basis = _objecting(third_party, by=by, now=now)
    found.overruled, found.settled_at = False, now
    found.save(update_fields=["overruled", "settled_at"])
    told = {"third_party": found.pk}
    number = found.case.number
    record(kind=kinds.OBJECTION_FOLLOWED, subject=number, by=by, power=power, basis=basis, particulars=told, now=now)
    return found


@transaction.atomic
def overrule_objection(*, third_party: ThirdParty, reasons: str, by: Actor, now: datetime) -> ThirdParty:
    """It is disclosed all the same, for the public interest; whoever objected is told why before the answer."""
    found, power, basis = _objecting(third_party, by=by, now=now)
    case, reasons = found.case, reasons.strip()
    if not 0 < len(reasons) <= LONGEST:
        raise NoReason
    found.overruled, found.settled_at = True, now
    found.notice = _write(
        found,
        TOLD,
        now=now,
        answer_text=str(found.about),
        decision_reasons=reasons,
        decision_legal_basis=[charter_of(case).cite(each) for each in basis],
        **closing.appeal_told(case, now=now),
    )
    found.save(update_fields=["overruled", "settled_at", "notice"])
    record(
        kind=kinds.OBJECTION_OVERRULED,
        subject=case.number,
        by=by,
        power=power,
        basis=basis,
        reason=reasons,
        particulars={"third_party": found.pk},
        now=now,
    )
    return found


def _objecting(third_party: ThirdParty, *, by: Actor, now: datetime) -> tuple[ThirdParty, str, list[str]]:
    """An objection that may still be settled, by which power, and on what basis; what was overruled stays so."""
    case = locked(third_party.case_id)
    task = answering(case)
    found = ThirdParty.objects.select_for_update(of=("self",)).select_related("person").get(pk=third_party.pk)
    if task is None or found.agrees is not False or found.overruled:
        raise NoSuchThirdParty
    task.case = found.case = case
    return found, require_task(task, by=by, now=now), list(special_procedure(case, CONSULTATION).legal_basis)


def _consulted(case: Case, *, by: Actor, now: datetime) -> tuple[Case, str]:
    case = locked(case.pk)
    task = consulting(case)
    if task is None:
        raise NoOneToAsk
    task.case = case
    return case, require_task(task, by=by, now=now)


def require_said(task: Task, output: str, reasons: str, now: datetime) -> None:
    """The step ends in what those who were asked said, and not before they have answered or their days are over.

    Where nobody was asked it ends only in `nobody`, which the charter may offer, with the reason.
    """
    if not _consults(task.case, task):
        return
    asked = list(task.case.third_parties.order_by("answer_until"))
    if not asked:
        if output != NOBODY:
            raise NobodyAsked
        if not reasons.strip():
            raise NoReason
        return
    views = {each.agrees for each in asked}
    said = "objects" if False in views else "silent" if None in views else "agrees"
    until = asked[-1].answer_until
    waits = any(each.agrees is None and today(now) <= each.answer_until for each in asked)
    if output != said or (waits and said == "silent"):
        raise ThirdPartySaysOtherwise(until=until)


def require_settled(task: Task, output: str, _reasons: str, _now: datetime) -> None:
    """Nothing is disclosed before each objection was followed, or overruled and whoever objected told of it."""
    declared = disclosing(task.case)
    if declared is None or output not in declared.answers:
        return
    settled = set(task.case.third_parties.filter(agrees=False).values_list("overruled", flat=True))
    if None in settled:
        raise ObjectionOpen
    if output != declared.in_part and False in settled:
        raise ObjectionFollowed
