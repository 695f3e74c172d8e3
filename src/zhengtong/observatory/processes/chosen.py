"""Which cases are looked at: of a service, filed in a span of days, at one office or at all; and their log."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from zhengtong.cases.law import today
from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force_at
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text
from zhengtong.engines.deadlines import Calendar
from zhengtong.engines.mining import Log, LogFault, log_from
from zhengtong.ledger.models import Act
from zhengtong.observatory.counting import OWN_STEPS, due_of
from zhengtong.observatory.periods import Period, period
from zhengtong.observatory.processes import record

MOST = 5000  # cases that a page looks at, the latest of the period
CHUNK = 2000  # cases whose acts are read at a time
NEEDED = ("number", "status", "outcome", "procedure", "accepted_at", "enactment__number", "parent__number")


class NothingRecorded(Refusal):
    code = "nothing-recorded"
    status = 404
    message = text("这一期间没有该事项的办件记录。", "No case of this service is on record for this period.")
    next_step = text("请选择其他期间、部门或事项。", "Choose another period, office or service.")


def cases_of(procedure: str, first: date, end: date, *, office: str, charter: Charter) -> QuerySet[Case]:
    """The cases that were filed from `first` on and before `end`; with `office` those in which a post of it acted."""
    zone = ZoneInfo(charter.head.time_zone)
    begin, until = (datetime.combine(day, time(), zone) for day in (first, end))
    found = Case.objects.filter(procedure=procedure, filed_at__gte=begin, filed_at__lt=until)
    if office:
        acted = Act.objects.filter(actor_post__startswith=f"{office}/").values("subject")
        found = found.filter(number__in=acted)
    return found


def cases_in(procedure: str, code: str, now: datetime) -> QuerySet[Case]:
    """The cases of a service that were filed in a period, at all offices."""
    asked = period(code, today=today(now))
    return cases_of(procedure, asked.first_on, end_of(asked), office="", charter=in_force_at(now).charter)


def end_of(asked: Period) -> date:
    """The day after a period."""
    first = asked.first_on
    if asked.span == "year":
        return first.replace(year=first.year + 1)
    return (first + timedelta(days=31)).replace(day=1)


class Recorded:
    """Cases whose acts become a log, read some thousand at a time; and what is known of each of them."""

    def __init__(self, chosen: QuerySet[Case], calendar: Calendar, language: str) -> None:
        self.about: dict[str, Mapping[str, str | date]] = {}
        self.open: set[str] = set()
        self._chosen, self._calendar, self._language = chosen, calendar, language

    def log(self, name: str) -> Log:
        """The log; `about` and `open` are known with it. Raises `NothingRecorded`."""
        try:
            return log_from(name, self._fill, cases=self.about)
        except LogFault as fault:
            raise NothingRecorded from fault

    def _fill(self, log: Log) -> None:
        record.begin(log, self._language)
        every = self._chosen.select_related("enactment", "parent").prefetch_related("stops", "extensions", OWN_STEPS)
        rest, laws = every.only(*NEEDED).iterator(CHUNK), dict[int, Case]()
        while cases := {case.number: case for case in islice(rest, CHUNK)}:
            self.about |= {number: self._known(case) for number, case in cases.items()}
            self.open |= {number for number, case in cases.items() if case.is_open}
            laws |= {case.enactment.number: case for case in cases.values()}
            record.gather(log, cases)
        record.tell(log, laws, self._language)

    def _known(self, case: Case) -> dict[str, str | date]:
        """Until when it has time (the end of that day, on the wall), what came of it, what it is a part of."""
        due = due_of(case, self._calendar)
        return {
            "due": due + timedelta(days=1) if due else "",
            "outcome": case.outcome,
            "part_of": case.parent.number if case.parent else "",
        }
