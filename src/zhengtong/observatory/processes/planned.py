"""A plan for simulating a service, from its record: who comes when, with which facts, what came of each step."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from zhengtong.cases.drive import values
from zhengtong.cases.law import calendar_on, today
from zhengtong.cases.models import Case, Task
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Procedure
from zhengtong.charter.queries import in_force_at
from zhengtong.engines.deadlines import Limit
from zhengtong.engines.mining import clock, fitted
from zhengtong.engines.process import Node
from zhengtong.engines.process.simulation import Rules
from zhengtong.observatory.processes.chosen import MOST, Recorded, cases_in

MOST_KINDS = 300  # of the latest cases the facts that rules and conditions ask for are taken
_NAME = re.compile(r"[^\W\d]\w*")


def planned(*, procedure: str, code: str = "", now: datetime) -> dict[str, Any]:
    """The plan of a service as it stands in the record of a period; `staff` are the seats of the charter in force.

    KeyError for an unknown service; `NoSuchPeriod`, `NothingRecorded`.
    """
    charter = in_force_at(now).charter
    model, listed = charter.process(procedure), charter.listed(procedure)
    chosen = cases_in(procedure, code, now)
    recorded = Recorded(chosen.order_by("-filed_at")[:MOST], calendar_on(now), "en")
    with recorded.log(procedure) as log:
        clock(log, calendar_on(now))
        plan = fitted(log, model)
    limit = Limit.parse(listed.promised_limit) if isinstance(listed, Procedure) else None
    outcomes = _outcomes(recorded.about)
    kinds = _kinds(charter, procedure, chosen.select_related("enactment").order_by("-filed_at")[:MOST_KINDS])
    return plan | {
        "arrivals": plan["arrivals"] | {"kinds": kinds},
        "outcomes": {node: found for node, found in outcomes.items() if node in model.nodes},
        "staff": _staff(charter, procedure, today(now)),
        **({"limit_days": limit.amount} if limit and limit.unit == "working-days" else {}),
    }


def rules_of(charter: Charter, procedure: str, on: date) -> Rules:
    """The rules of a service as they are on a day, which answer what the process asks."""
    model = charter.rules(procedure)

    def answer(decision: str, facts: Mapping[str, object]) -> object:
        return None if model is None else model.decide(decision, facts, on=on).value

    return answer


def _outcomes(cases: Collection[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    done = Task.objects.filter(case__number__in=cases, status=Task.Status.DONE).exclude(output="")
    for row in done.values("node", "output").annotate(count=Count("pk")).order_by("node", "output"):
        found.setdefault(row["node"], {})[row["output"]] = row["count"]
    return found


def _kinds(charter: Charter, procedure: str, cases: Iterable[Case]) -> list[dict[str, Any]]:
    """The facts that the process or its rules ask for, and no other, with how many cases had them."""
    asked = _asked(charter, procedure)
    found = [{name: value for name, value in _at_first(case).items() if name in asked} for case in cases]
    counted = Counter(repr(sorted(facts.items())) for facts in found)
    kinds = {repr(sorted(facts.items())): facts for facts in found}
    return [{"weight": count, "facts": kinds[named]} for named, count in counted.items()]


def _at_first(case: Case) -> dict[str, Any]:
    """The facts of a case when it came in."""
    return values(case) | {"accepted_jointly": case.parent_id is not None}


def _asked(charter: Charter, procedure: str) -> set[str]:
    model, rules = charter.process(procedure), charter.rules(procedure)
    decisions = [node.decision.ref for node in model.nodes.values() if node.decision]
    inputs = {name for each in decisions if rules for name in rules.inputs_of(each)}
    written = [flow.condition for flow in model.flows.values()]
    written += [node.call.when for node in model.nodes.values() if node.call]
    found_out = {name for node in model.nodes.values() for name in _results(node)}
    return (inputs | {name for each in written for name in _NAME.findall(each)}) - found_out


def _results(node: Node) -> Iterator[str]:
    """The facts that the process itself finds out at a node."""
    yield node.result
    yield node.task.fact if node.task else ""
    yield node.decision.into if node.decision else ""
    yield node.call.into if node.call else ""


def _staff(charter: Charter, procedure: str, on: date) -> list[dict[str, Any]]:
    """The seats of each post of the process, in all offices of that function together."""
    posts = dict.fromkeys(n.task.post for n in charter.process(procedure).nodes.values() if n.task and n.task.post)
    found = []
    for ref in posts:
        function, _, post = ref.partition("/")
        offices = [each for each in charter.organisations.values() if function in (each.id, each.function)]
        seats = sum(each.seats for office in offices if office.in_force(on) for each in office.posts if each.id == post)
        if seats:
            found.append({"posts": [ref], "count": seats})
    return found
