"""A meeting as it stands: whose, at which point, who is there, what is moved and how it was voted. Reading only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Prefetch

from zhengtong.agora.assembly.decide import is_quorate
from zhengtong.agora.assembly.errors import NoSuchMeeting
from zhengtong.agora.assembly.models import Attendance, Motion, RollVote
from zhengtong.agora.assembly.queries import seats
from zhengtong.agora.convened import Convened, convened, open_steps
from zhengtong.cases.contents import worded
from zhengtong.cases.law import WITH_LAW, charter_of
from zhengtong.cases.models import Case
from zhengtong.charter.model import Organ
from zhengtong.common.paging import on_page
from zhengtong.common.session import PROGRAM, session_of
from zhengtong.people.models import Holding


@dataclass(frozen=True)
class Meeting(Convened):
    """One meeting of an assembly, which is a case of its procedure."""

    @cached_property
    def organ(self) -> Organ:
        """Who meets, and how it decides."""
        return self.charter.organs[self.case.procedure]

    @cached_property
    def at(self) -> str:
        """The point that it has come to: agenda, sitting, minutes; empty between them and when it is over."""
        organ, waiting = self.organ, open_steps(self.case)
        points = {"agenda": organ.agenda, "sitting": organ.sitting, "minutes": organ.minutes}
        return next((point for point, node in points.items() if node in waiting), "")

    @cached_property
    def posts(self) -> tuple[str, ...]:
        """The posts whose holders have a vote, the chair's first."""
        return seats(self.charter, self.organ, self.case.region, on=self.day(self.case.filed_at))

    def members(self, on: date) -> list[Holding]:
        """Who has a vote on that day, each person once, the chair first."""
        held = Holding.objects.on(on).filter(post__in=self.posts).select_related("person").order_by("person_id")
        first = {each.person_id: each for each in sorted(held, key=lambda each: -self.posts.index(each.post))}
        return sorted(first.values(), key=lambda each: (self.posts.index(each.post), each.person_id))

    def attendances(self) -> list[Attendance]:
        """Who is or was there."""
        return list(self.case.attendances.select_related("person").order_by("pk"))

    def motions(self) -> list[Motion]:
        """What was moved, with the votes by name. Two queries.

        The round in which a motion was signed is public, whether or not its cases are the assembly's own.
        """
        votes = Prefetch("votes", RollVote.objects.select_related("person").order_by("pk"))
        moved = self.case.motions.select_related("put_by", "duty__contribution", "duty__round")
        with session_of(PROGRAM):
            return list(moved.prefetch_related(votes).order_by("number"))

    def is_quorate(self, now: datetime) -> bool:
        """Whether enough of those who are members today are there."""
        members = {each.person_id for each in self.members(self.day(now))}
        there = members & set(self.case.attendances.values_list("person", flat=True))
        return is_quorate(self.organ, present=len(there), members=len(members))

    @property
    def minutes(self) -> str:
        """Its minutes, once they are published: the reasons of what ended it."""
        last = self.case.decisions.order_by("-pk").first()
        return worded(last) if last else ""


def meeting_of(number: str) -> Meeting:
    """The meeting with this number; NoSuchMeeting."""
    case = Case.objects.select_related(*WITH_LAW).filter(number=number).first()
    return of_case(case)


def of_case(case: Case | None) -> Meeting:
    """The meeting that a case is; NoSuchMeeting if it is none."""
    if case is None or case.procedure not in charter_of(case).organs:
        raise NoSuchMeeting
    return Meeting(case)


def meetings(organs: Sequence[str] | None = None, *, page: int | None = None) -> list[Meeting]:
    """The meetings of these assemblies, or of all that a charter ever declared, or a page of them; the newest first.
    Two queries at most.
    """
    return [Meeting(case) for case in convened("organs", organs).order_by("-filed_at", "-pk")[on_page(page)]]
