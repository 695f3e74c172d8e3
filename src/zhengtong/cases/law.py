"""Which law a case is under: the charter in force on the day it was filed, and today's calendar."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import LifeEvent, Organisation, Procedure, Routing
from zhengtong.charter.queries import enacted, in_force_at
from zhengtong.common.text import Text
from zhengtong.engines.deadlines import Calendar

WITH_LAW = ("enactment", "applicant", "enterprise")  # what is read along with a case: its law, and whose it is


def charter_of(case: Case) -> Charter:
    """The charter under which the case is decided, however old."""
    return enacted(case.enactment.number).charter


def charters_of(case: Case) -> Iterator[Charter]:
    """The charter of the case, then the earlier ones: a case that has moved remembers posts and steps of theirs."""
    return (enacted(number).charter for number in range(case.enactment.number, 0, -1))


def procedure_of(case: Case) -> Procedure | LifeEvent:
    """What the case runs, as it was declared when the case was filed."""
    return charter_of(case).listed(case.procedure)


def worded(case: Case, name: str) -> Text:
    """What the office wrote under `name` for all to read: in the charter's first language, in others as `name_en`."""
    first, *others = charter_of(case).head.languages
    written = {first: case.facts.get(name)}
    written |= {language: case.facts.get(f"{name}_{language.replace('-', '_')}") for language in others}
    return Text({language: str(words) for language, words in written.items() if words})


def routing(case: Case) -> Routing | None:
    """What the charter says of sending such cases on to whoever is competent."""
    listed = procedure_of(case)
    return listed.routing if isinstance(listed, Procedure) else None


def day_of(moment: datetime, charter: Charter) -> date:
    """The day that `moment` falls on where the government is."""
    return moment.astimezone(ZoneInfo(charter.head.time_zone)).date()


def today(now: datetime) -> date:
    """The same by the time zone of the charter in force (there is one in force on either side of midnight)."""
    return day_of(now, in_force_at(now).charter)


def calendar_on(now: datetime) -> Calendar:
    """The working days as far as they are known now: a holiday that is announced late moves running deadlines."""
    return in_force_at(now).charter.working_days()


def lead_post(charter: Charter, listed: Procedure | LifeEvent, region: str, on: date) -> str:
    """The post that answers for a case of this procedure before its first step is opened."""
    if isinstance(listed, LifeEvent):
        return charter.competent(listed.acceptance, region, on)
    for node in charter.process(listed.id).nodes.values():
        if node.task and node.task.post != "party":
            return charter.competent(node.task.post, region, on)
    office = charter.office(listed.body.function, region, on)
    return f"{office.id}/{office.posts[0].id}"


def office_of(charter: Charter, listed: Procedure | LifeEvent, region: str, on: date) -> Organisation:
    """The organisation that the law makes responsible for a procedure in a region (实施主体)."""
    if isinstance(listed, LifeEvent):
        return charter.organisation_of(charter.competent(listed.acceptance, region, on))
    return charter.office(listed.body.function, region, on)
