"""A plan as people write it: plain data, such as a YAML file holds, becomes a plan for each variant.

docs/reference/simulation.md says what may stand in it.
"""

from collections.abc import Callable, Mapping
from datetime import date

from zhengtong.common.text import text
from zhengtong.engines.process.model import Model
from zhengtong.engines.process.simulation.faults import PlanFault
from zhengtong.engines.process.simulation.hours import Hours, IsWorking, weekdays
from zhengtong.engines.process.simulation.parts import Part
from zhengtong.engines.process.simulation.plan import Arrivals, Plan, Rules, Staff, Times

FIELDS = (
    "first_day",
    "office",
    "arrivals",
    "staff",
    "times",
    "outcomes",
    "limit_days",
    "usual",
    "unlimited",
    "variants",
)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Calendars = Callable[[str], IsWorking]
"""The working days of a country."""


def plans(
    data: object,
    models: Mapping[str, Model],
    *,
    calendars: Calendars,
    rules: Mapping[str, Rules] | None = None,
) -> list[Plan]:
    """A plan for each model, by name, and for each of `variants`, which changes some of the data; PlanFault."""
    whole = Part(data)
    written = whole.fields(*FIELDS)
    nodes = {node for model in models.values() for node in model.nodes}
    for field in ("times", "outcomes"):
        for name, part in written[field].map().items() if field in written else ():
            if name not in nodes:
                raise PlanFault(
                    text(f"“{part.path}”：流程中没有这一环节。", f"“{part.path}”: no process has such a step")
                )
    found = [_plan(name, model, written, calendars, rules) for name, model in models.items()]
    for name, change in written["variants"].map().items() if "variants" in written else ():
        changed = change.fields(*FIELDS[1:-1], "model")
        model = changed.pop("model", Part(next(iter(models)))).word()
        if model not in models:
            raise PlanFault(
                text(f"“{change.path}.model”：没有这个流程。", f"“{change.path}.model”: there is no such model")
            )
        merged = written | changed | {each: _merged(written, changed, each) for each in ("times", "outcomes")}
        found.append(_plan(name, models[model], merged, calendars, rules, known_as=model))
    return found


def _merged(written: dict[str, Part], changed: dict[str, Part], field: str) -> Part:
    """Times and outcomes of a variant are those of the plan but for those that it names."""
    both = [each[field].map() for each in (written, changed) if field in each]
    return Part({name: part.value for each in both for name, part in each.items()}, field)


def _plan(
    name: str,
    model: Model,
    written: dict[str, Part],
    calendars: Calendars,
    rules: Mapping[str, Rules] | None,
    known_as: str = "",
) -> Plan:
    first = written["first_day"].day() if "first_day" in written else date(2026, 1, 5)
    hours = _hours(written.get("office", Part({}, "office")), first, None, calendars)
    if "staff" not in written or "arrivals" not in written:
        lacking = "staff" if "staff" not in written else "arrivals"
        raise PlanFault(text(f"计划缺少“{lacking}”。", f"the plan lacks “{lacking}”"))
    given = {each: part for each, part in written.get("times", Part({})).map().items() if each in model.nodes}
    shares = {each: part for each, part in written.get("outcomes", Part({})).map().items() if each in model.nodes}
    return Plan(
        name=name,
        model=model,
        arrivals=_arrivals(written["arrivals"]),
        staff=[_staff(each, hours, calendars) for each in written["staff"].list()],
        times={node: _times(part, hours.length) for node, part in given.items()},
        hours=hours,
        outcomes={node: {value: each.number() for value, each in part.map().items()} for node, part in shares.items()},
        usual=_times(written.get("usual", Part(30)), hours.length),
        rules=(rules or {}).get(known_as or name),
        limit_days=written["limit_days"].number() if "limit_days" in written else 0.0,
        unlimited=frozenset(each.word() for each in written.get("unlimited", Part(["party"])).list()),
    )


def _hours(part: Part, first: date, office: Hours | None, calendars: Calendars) -> Hours:
    """Hours as they are written; what is not said is as in the office."""
    found = part.fields("opens", "closes", "days", "country")
    is_working = office.is_working if office else weekdays
    if "country" in found:
        is_working = _of_country(found["country"], first, calendars)
    if "days" in found:
        chosen = {_weekday(each) for each in found["days"].list()}

        def on_those(day: date) -> bool:
            return day.weekday() in chosen

        is_working = on_those
    opens = found["opens"].clock() if "opens" in found else office.opens if office else 540.0
    closes = found["closes"].clock() if "closes" in found else office.closes if office else 1020.0
    return Hours(first, is_working, opens, closes)


def _of_country(part: Part, first: date, calendars: Calendars) -> IsWorking:
    try:
        is_working = calendars(part.word())
        is_working(first)
        return is_working
    except (KeyError, NotImplementedError):
        raise part.fault("有日历的国家，如 CN", "a country that has a calendar, such as CN") from None


def _weekday(part: Part) -> int:
    if part.word() not in DAYS:
        raise part.fault("mon 至 sun", "a day from mon to sun")
    return DAYS.index(part.word())


def _arrivals(part: Part) -> Arrivals:
    found = part.fields("per_day", "weekdays", "closed", "hours", "kinds")
    if "per_day" not in found:
        raise PlanFault(text("计划缺少“arrivals.per_day”。", "the plan lacks “arrivals.per_day”"))
    more: dict[str, object] = {}
    if "weekdays" in found:
        more["weekdays"] = tuple(each.number() for each in found["weekdays"].list())
    if "hours" in found:
        more["hours"] = {_hour(each, name): each.number() for name, each in found["hours"].map().items()}
    if "kinds" in found:
        more["kinds"] = [_kind(each) for each in found["kinds"].list()]
    closed = found["closed"].number() if "closed" in found else 0.0
    return Arrivals(found["per_day"].number(), closed=closed, **more)  # type: ignore[arg-type]


def _hour(part: Part, name: str) -> int:
    if not name.isdecimal():
        raise part.fault("小时 0 至 23", "an hour, 0 to 23")
    return int(name)


def _kind(part: Part) -> tuple[float, Mapping[str, object]]:
    found = part.fields("weight", "facts")
    facts = found.get("facts", Part({})).map()
    return found.get("weight", Part(1)).number(), {name: each.value for name, each in facts.items()}


def _staff(part: Part, office: Hours, calendars: Calendars) -> Staff:
    found = part.fields("posts", "count", "hours", "name")
    if "posts" not in found:
        raise PlanFault(text(f"计划缺少“{part.path}.posts”。", f"the plan lacks “{part.path}.posts”"))
    return Staff(
        posts=tuple(each.word() for each in found["posts"].list()),
        count=found.get("count", Part(1)).whole(),
        hours=_hours(found["hours"], office.first, office, calendars) if "hours" in found else None,
        name=found["name"].word() if "name" in found else "",
    )


def _times(part: Part, day: float) -> Times:
    """One duration, or several from the least to the most."""
    if isinstance(part.value, list | tuple):
        return Times(tuple(each.minutes(day) for each in part.list()))
    return Times((part.minutes(day),))
