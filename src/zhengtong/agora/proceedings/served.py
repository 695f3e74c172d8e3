"""A satisfaction survey (满意度调查): whom a service served, or a sample, is asked; who answered what, nobody knows.

It is a round like any other: they come in by a token that was signed blind. Only who is asked is known. A sample is
drawn by lot from a list of codes, so that anybody can draw it again, and whoever was served can find their code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import sqrt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from zhengtong.agora.apart import each_apart
from zhengtong.agora.errors import NotEligible
from zhengtong.agora.proceedings import kinds
from zhengtong.agora.proceedings.errors import BadResultOwesMore, NothingSaidToIt
from zhengtong.agora.proceedings.lots import commit, draw_from, fix_head, seal
from zhengtong.agora.proceedings.models import Frame, Invited, Panel, Sheet
from zhengtong.agora.proceedings.samples import code_of, digest_of, new_key, salt_of
from zhengtong.agora.rounds import AFTER_MIDNIGHT, Round, running
from zhengtong.cases import letters
from zhengtong.cases.law import WITH_LAW, charter_of, procedure_of
from zhengtong.cases.models import Case, Decision, Task
from zhengtong.cases.models.case import OFFICE
from zhengtong.cases.wording import outcome_told
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Phase, Served
from zhengtong.common.text import text
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM
from zhengtong.people.models import Person

NOT_ASKED = text(
    "只有在调查期间办理过该事项并被抽中的人参加", "only those who were served in that time, and drawn, are asked"
)
MOST_LISTS = 5  # surveys told of on the page of a case
CONFIDENT = 1.96  # standard deviations within which 95 of 100 samples lie


def ask_due(*, now: datetime, limit: int = 5) -> int:
    """Draw whom each survey asks, and write to them, a step at a time. The worker's; how many surveys went on."""

    def go_on(case: Case) -> int:
        return Round(case).declared.who.served is not None and _step(case.pk, now=now)

    undrawn = running().filter(Q(frame=None) | Q(panels__drawn_at=None, panels__isnull=False)).order_by("pk")
    done = 0
    for case in undrawn:
        done += each_apart(go_on, [case])
        if done >= limit:
            break
    return done


@transaction.atomic
def _step(pk: int, *, now: datetime) -> bool:
    """Commit when it opens; list whom it is about when the time in question is over; then draw."""
    case = Case.objects.select_for_update(of=("self",)).select_related(*WITH_LAW).get(pk=pk)
    round_ = Round(case)
    declared = round_.declared.who.served
    phase = next((each.id for each in round_.open_phases if each.feature == "survey"), None)
    if declared is None or phase is None:
        return False
    panel = Panel.objects.filter(case=case, phase=phase).first()
    if panel is None:
        return bool(commit(case, phase, now=now))
    panel.case = case
    if panel.drawn_at is not None:
        return False
    if panel.sealed_at is None:
        over = round_.day(now - AFTER_MIDNIGHT) > date.fromisoformat(str(case.facts[declared.until]))
        return over and _list(panel, declared, now=now)
    return fix_head(panel, now=now) and _ask(panel, declared, now=now)


def _list(panel: Panel, declared: Served, *, now: datetime) -> bool:
    case, key = panel.case, new_key()
    codes = sorted(code_of(salt_of(key, each.number), each.number) for each in _latest(case, declared))
    Frame.objects.create(case=case, service=str(case.facts[declared.service]), served=len(codes), key=key, listed=codes)
    told = {"served": len(codes), "list": digest_of(codes)}
    record(kind=kinds.LISTED, subject=case.number, by=PROGRAM, particulars=told, now=now)
    seal(panel, now=now)
    return True


def _ask(panel: Panel, declared: Served, *, now: datetime) -> bool:
    case, frame = panel.case, Frame.objects.get(case=panel.case)
    seats = min(declared.most or frame.served, frame.served)
    drawn = set(draw_from(panel, [], {each: [] for each in frame.listed}, seats=seats, now=now))
    salted = [(salt_of(str(frame.key), each.number), each) for each in _latest(case, declared)]
    asked = [(code, salt, each) for salt, each in salted if (code := code_of(salt, each.number)) in drawn]
    Invited.objects.bulk_create(Invited(frame=frame, person=each.applicant) for _code, _salt, each in asked)
    told = {"served": frame.served, "asked": len(asked), "drawn": digest_of(drawn)}
    record(kind=kinds.ASKED, subject=case.number, by=PROGRAM, particulars=told, now=now)
    place = f"{settings.ZHENGTONG_URL}/take-part/{case.number}/"
    where: dict[str, Any] = {
        "round_number": case.number,
        "url_round": place,
        "url_lot": f"{place}draw/{panel.phase}.json",
    }
    for code, salt, each in asked:
        letters.write(each, declared.letter, now=now, lot_code=code, lot_salt=salt, **where)
    return True


def _latest(case: Case, declared: Served) -> list[Case]:
    """The last case of each whom the service served: for one person one place on the list."""
    return list({each.applicant_id: each for each in served(case, declared).order_by("closed_at", "pk")}.values())


def listed_in(case: Case) -> dict[str, list[str]]:
    """The codes of those whom a survey is about, as a draw takes them."""
    frame = Frame.objects.filter(case=case).first()
    return {each: [] for each in frame.listed} if frame else {}


@dataclass(frozen=True)
class Listed:
    """A case that is on the list of a survey: its code, what it takes to work that out, and whether it was drawn."""

    round: Round
    phase: str
    code: str
    salt: str
    drawn: bool


def on_lists(case: Case) -> list[Listed]:
    """The lists of surveys on which a case that is closed should stand. For its applicant alone."""
    if case.closed_at is None:
        return []
    panels = Panel.objects.filter(case__frame__service=case.procedure, drawn_at__isnull=False).order_by("-pk")
    related = ("case__frame", *(f"case__{each}" for each in WITH_LAW))
    found = panels.select_related(*related).defer("published", "case__frame__listed")[:MOST_LISTS]
    return [each for each in (_on_list(panel, case) for panel in found) if each]


def _on_list(panel: Panel, case: Case) -> Listed | None:
    round_, frame = Round(panel.case), panel.case.frame
    declared = round_.declared.who.served
    if declared is None or not frame.key:
        return None  # the key is gone with the round
    theirs = served(panel.case, declared).filter(applicant=case.applicant).order_by("closed_at", "pk")
    if theirs.last() != case:
        return None
    salt = salt_of(str(frame.key), case.number)
    drawn = Invited.objects.filter(frame=frame, person=case.applicant_id).exists()
    return Listed(round_, panel.phase, code_of(salt, case.number), salt, drawn)


def served(case: Case, declared: Served) -> QuerySet[Case]:
    """The cases of the service that were closed in the time that the office named."""
    zone = ZoneInfo(charter_of(case).head.time_zone)
    first, last = (date.fromisoformat(str(case.facts[each])) for each in (declared.since, declared.until))
    begin, end = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    found = Case.objects.filter(procedure=case.facts[declared.service], closed_at__gte=begin, closed_at__lt=end)
    return found.filter(erased_at=None).exclude(channel=OFFICE).select_related(*WITH_LAW)


def require_asked(round_: Round, person: Person) -> None:
    """NotEligible where a survey asks others."""
    if round_.declared.who.served is None:
        return
    if not Invited.objects.filter(frame__case=round_.case, person=person).exists():
        raise NotEligible(why=NOT_ASKED)


@dataclass(frozen=True)
class Response:
    """How many were served, asked, and answered to the end; `margin` in percent points, None where nobody did."""

    served: int
    asked: int
    answered: int

    @property
    def rate(self) -> int:
        """In percent."""
        return round(100 * self.answered / self.asked) if self.asked else 0

    @property
    def margin(self) -> float | None:
        """Of a share of one half, with 95 % confidence, corrected for a finite population."""
        if not self.answered:
            return None
        of_all = sqrt((self.served - self.answered) / (self.served - 1)) if self.served > 1 else 0.0
        return round(100 * CONFIDENT * sqrt(0.25 / self.answered) * of_all, 1)


def response(round_: Round, phase: Phase) -> Response | None:
    """How a survey of those served was answered; None where none was drawn. Three queries."""
    frame = Frame.objects.filter(case=round_.case).first()
    if frame is None:
        return None
    return Response(frame.served, frame.invited.count(), _sheets(round_, phase).count())


def _sheets(round_: Round, phase: Phase) -> QuerySet[Sheet]:
    return Sheet.objects.filter(case=round_.case, phase=phase.id, finished_on__isnull=False)


def bad_share(round_: Round, phase: Phase) -> int | None:
    """The percent that gave a bad answer, where that is a bad result; None where it is none, or too few answered."""
    if phase.bad is None:
        return None
    given: Sequence[dict[str, list[str]]] = list(_sheets(round_, phase).values_list("answers", flat=True))
    answered = [each[phase.bad.question] for each in given if phase.bad.question in each]
    if len(answered) < phase.smallest_group:
        return None
    bad = sum(bool(set(each) & set(phase.bad.answers)) for each in answered)
    percent = 100 * bad / len(answered)
    return round(percent) if percent > phase.bad.over else None


def require_answer(task: Task, output: str, reasons: str, _now: datetime) -> None:
    """The closed loop: the office says something to the result, and to a bad one what it will do."""
    declared = charter_of(task.case).participation.get(task.case.procedure)
    if declared is None or declared.who.served is None or task.node != declared.answered_by:
        return
    if not reasons.strip():
        raise NothingSaidToIt
    round_ = Round(task.case)
    for phase in declared.phases:
        percent = bad_share(round_, phase)
        if percent is not None and phase.bad and output != phase.bad.outcome:
            owed = outcome_told(procedure_of(task.case), phase.bad.outcome)
            raise BadResultOwesMore(percent=percent, outcome=owed)


def answer_of(round_: Round) -> Decision | None:
    """What the office said to the result."""
    return round_.case.decisions.filter(set_aside_at__isnull=True).order_by("pk").last()


def surveys_of(charter: Charter, service: str) -> list[Round]:
    """The last surveys about a service."""
    return _rounds(charter, Frame.objects.filter(service=service), most=3)


def latest_surveys(charter: Charter) -> list[Round]:
    """The last surveys about any service."""
    return _rounds(charter, Frame.objects.all(), most=10)


def _rounds(charter: Charter, frames: QuerySet[Frame], *, most: int) -> list[Round]:
    found = Case.objects.filter(frame__in=frames).select_related(*WITH_LAW).order_by("-filed_at", "-pk")[:most]
    return [Round(each) for each in found if each.procedure in charter.participation]
