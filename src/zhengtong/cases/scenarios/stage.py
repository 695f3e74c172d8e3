"""The stage of a story: its clock, its case, and the cases that came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from zhengtong.cases import acts
from zhengtong.cases.law import WITH_LAW
from zhengtong.cases.models import Case, Task, Timer
from zhengtong.charter.charter import Charter

OPENS = time(9, 30)


@dataclass
class Stage:
    """`now` is where the story has come to; `case` is the one it is about."""

    charter: Charter
    now: datetime
    case: Case

    def fresh(self) -> Case:
        """The case as it is now."""
        return Case.objects.select_related(*WITH_LAW).get(pk=self.case.pk)

    def family(self) -> list[Case]:
        """The case, its parts, appeals about any of them and so on, the newest last."""
        found = {self.case.pk}
        while True:
            more = Case.objects.filter(Q(parent__in=found) | Q(about__in=found)).values_list("pk", flat=True)
            if found.issuperset(more):
                return list(Case.objects.filter(pk__in=found).select_related("enactment").order_by("pk"))
            found.update(more)

    def open_steps(self) -> Iterable[Task]:
        """Every open step of the family, the newest first."""
        return (
            Task.objects.filter(case__in=self.family(), status=Task.Status.OPEN).select_related("case").order_by("-pk")
        )

    def pass_time(self, after: str) -> None:
        """Let time go by (`P3WD`, `P15D`), with everything that happens by itself on the way, each at its moment."""
        until = self.later(after)
        while (at := self._next_timer(until)) is not None:
            self.now = max(self.now, at.astimezone(until.tzinfo))
            if not acts.fire_due(now=self.now):
                break
        self.now = until

    def later(self, after: str) -> datetime:
        day = self.now.date()
        if after.endswith("WD"):
            amount = int(after[1:-2])
            day = self.charter.working_days().after(day, amount) if amount else day
        else:
            day += timedelta(days=int(after[1:-1]))
        return max(opening(self.charter, day), self.now + timedelta(minutes=1))

    def _next_timer(self, until: datetime) -> datetime | None:
        running = Timer.objects.filter(case__in=self.family(), ended_at__isnull=True, fire_at__lte=until)
        return running.order_by("fire_at").values_list("fire_at", flat=True).first()


def opening(charter: Charter, day: date) -> datetime:
    """When offices open on a day."""
    return datetime.combine(day, OPENS, ZoneInfo(charter.head.time_zone))
