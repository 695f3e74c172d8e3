"""What enough people have signed comes on the agenda of an assembly, stays until it is dealt with, and is told then."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from zhengtong.agora.apart import each_apart
from zhengtong.agora.assembly import kinds
from zhengtong.agora.assembly.meetings import Meeting
from zhengtong.agora.assembly.models import Motion
from zhengtong.agora.bound.ending import discharge
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.rounds import Round
from zhengtong.cases.law import WITH_LAW, charter_of
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.common.text import text
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM

SAID = {"carried": text("通过", "carried"), "lost": text("未通过", "not carried"), "": text("已审议", "debated")}
_OWED = ("duty__case", "duty__round__enactment")
TITLE = 100  # characters of the text that stand for it
DEALT = Q(closed_at__isnull=False) | Q(debated_at__isnull=False)


def waiting(organs: Iterable[str]) -> QuerySet[Duty]:
    """What assemblies owe and have on no agenda, nor dealt with in a meeting whose minutes are being written."""
    organs = list(organs)
    over = Q(case__status=Case.Status.CLOSED) | Q(case__in=_after_sitting(organs))
    taken = Motion.objects.exclude(~DEALT & over).exclude(duty=None)
    owed = Duty.objects.filter(organ__in=organs, done_on=None).exclude(pk__in=taken.values("duty"))
    return owed.select_related("contribution", "round__enactment", "case").order_by("pk")


def _after_sitting(organs: Sequence[str]) -> list[int]:
    """The meetings of which only the minutes are missing: what they did not reach waits for the next one already."""
    open_ = Case.objects.filter(procedure__in=organs).exclude(status=Case.Status.CLOSED).select_related(*WITH_LAW)
    return [each.pk for each in open_ if Meeting(each).at == "minutes"]


def lay_due(*, now: datetime) -> int:
    """Put what waits on the agendas that are open; how many. The worker's, who does so after each notice of meeting."""
    organs = set(waiting_organs())
    cases = Case.objects.filter(procedure__in=organs).exclude(status=Case.Status.CLOSED).select_related(*WITH_LAW)

    def lay_on(case: Case) -> int:
        return lay(case=case, now=now) if Meeting(case).at == "agenda" else 0

    return each_apart(lay_on, cases.order_by("filed_at"))


def waiting_organs() -> list[str]:
    """The assemblies that owe something."""
    return list(Duty.objects.exclude(organ="").filter(done_on=None).values_list("organ", flat=True).distinct())


@transaction.atomic
def lay(*, case: Case, now: datetime) -> int:
    """Put all that waits for this assembly on the agenda of one meeting; nothing once its agenda is closed."""
    meeting = Meeting(locked(case.pk))
    if meeting.at != "agenda":
        return 0
    last = meeting.case.motions.aggregate(last=Max("number"))["last"] or 0
    found = list(waiting([meeting.organ.id]))
    for number, duty in enumerate(found, last + 1):
        _lay(meeting, duty, number, now=now)
    return len(found)


def _lay(meeting: Meeting, duty: Duty, number: int, *, now: datetime) -> None:
    signed = duty.contribution
    if signed is None:
        return
    first = signed.text.partition("\n")[0]
    motion = Motion.objects.create(
        case=meeting.case,
        number=number,
        title=f"#{signed.number} {first[:TITLE]}",
        text=signed.text,
        duty=duty,
        put_at=now,
    )
    told = {"motion": number, "title": motion.title, "round": duty.round.number, "number": signed.number}
    record(kind=kinds.LAID, subject=meeting.case.number, by=PROGRAM, particulars=told, now=now)


def end_dealt(case: Case, now: datetime) -> None:
    """A meeting has closed with its minutes: what it debated or voted on is owed no more, and the rest waits again."""
    if case.procedure not in charter_of(case).organs:
        return
    for motion in case.motions.filter(DEALT, duty__done_on=None).exclude(duty=None).select_related(*_OWED):
        if motion.duty is not None:
            said = SAID[motion.outcome].in_(motion.duty.case.language)
            on = Round(motion.duty.round).day(motion.debated_at or motion.closed_at or now)
            discharge(motion.duty, reasons=f"{case.number} #{motion.number} {said}", on=on, now=now)
