"""The process engine says what comes next; here it is done, in the transaction of the act that caused it."""

import logging
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from zhengtong.cases import clock, closing, kinds, letters
from zhengtong.cases.appeals import remit, set_aside
from zhengtong.cases.erasing import erase_at_request
from zhengtong.cases.facts import typed
from zhengtong.cases.law import WITH_LAW, charter_of, day_of, lead_post
from zhengtong.cases.models import Case, Task
from zhengtong.cases.numbers import new_number
from zhengtong.cases.restricting import restrict_at_request
from zhengtong.cases.work import cancel_task, cancel_timer, open_task, responsible_post, start_timer
from zhengtong.charter.charter import Charter
from zhengtong.common.rows import insert, update
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.common.text import text
from zhengtong.engines import process
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM

log = logging.getLogger(__name__)

_MOVED = [  # what a process, and what follows from it, changes in its case
    *("status", "outcome", "post", "stopped", "facts", "traces", "state"),
    *("accepted_at", "closed_at", "due_on", "statutory_on"),
]
SILENCE = text(
    "受理期限届满未告知，自收到之日起即为受理", "the time to say otherwise has passed: accepted from the day of receipt"
)


def begin(case: Case, *, now: datetime) -> None:
    """Start the process of a new case, and its clock where it was opened with a time of its own."""
    if case.accepted_at is None:
        clock.begin(case, now=now)
    state, effects = process.start(charter_of(case).process(case.procedure), values(case), now)
    _carry_out(case, state, effects, now=now)


def step(case: Case, event: process.Event, *, now: datetime) -> None:
    """Tell the process what happened, and do what follows."""
    model = charter_of(case).process(case.procedure)
    state, effects = process.advance(model, process.State.from_json(case.state), event, now, values(case))
    follow(case, state, effects, now=now)


def follow(case: Case, state: process.State, effects: Iterable[process.Effect], *, now: datetime) -> None:
    """Do what the process wants done, and tell the joint case when a part has ended."""
    _carry_out(case, state, effects, now=now)
    if not case.is_open and case.parent is not None and case.parent.is_open:
        step(case.parent, process.CallEnded(case.called_by, case.outcome), now=now)


def values(case: Case) -> dict[str, Any]:
    """The facts as conditions and rules see them."""
    charter = charter_of(case)
    return typed(charter.form(case.procedure), case.facts) | {
        "filed_on": day_of(case.filed_at, charter),
        "region": case.region,
        "channel": case.channel,
        "unanswered": case.facts.get("unanswered", 0),
        "ballot": case.facts.get("ballot", ""),
        "accepted_jointly": case.accepted_at is not None,
    }


def open_part(parent: Case, *, procedure: str, called_by: str, now: datetime) -> Case:
    """One service of a joint case: its own questions, its own clock; acceptance was the joint case's."""
    charter = charter_of(parent)
    own = {question.name for question in charter.form(procedure).questions}
    on = day_of(now, charter)
    case = Case(
        number=new_case_number(charter, on),
        procedure=procedure,
        enactment=parent.enactment,
        parent=parent,
        stood_aside=parent.stood_aside,
        kept_from=parent.kept_from,
        called_by=called_by,
        applicant=parent.applicant,
        enterprise=parent.enterprise,
        request_key=f"{parent.number}/{called_by}",
        region=region_of(charter, procedure, parent.facts, default=parent.region),
        channel=parent.channel,
        language=parent.language,
        status=Case.Status.ACCEPTED,
        facts={name: value for name, value in parent.facts.items() if name in own},
        sources={name: value for name, value in parent.sources.items() if name in own},
        filed_at=parent.filed_at,
        accepted_at=parent.accepted_at or now,
    )
    case.post = lead_post(charter, charter.listed(procedure), case.region, on)
    clock.begin(case, now=now)
    insert(case)
    record(
        kind=kinds.PART_OPENED,
        subject=case.number,
        by=PROGRAM,
        now=now,
        basis=list(charter.listed(procedure).legal_basis),
        particulars={"procedure": procedure, "joint": parent.number},
    )
    begin(case, now=now)
    return case


def new_case_number(charter: Charter, on: date) -> str:
    """A number that cannot be guessed, such as `QI-2026-8XK2-PT4D-0M7Z-AC`."""
    return new_number(charter.head.id[:2].upper(), on.year)


def region_of(charter: Charter, procedure: str, facts: dict[str, Any], *, default: str) -> str:
    """Where a case belongs: as the procedure says, by a fact or always in one region."""
    jurisdiction = charter.listed(procedure).jurisdiction
    return str(facts.get(jurisdiction.by) or jurisdiction.region or default)


def accept(case: Case, *, now: datetime, by_silence: bool = False) -> None:
    """Its clock runs from now; after silence, from the day of receipt (licensing law art. 32)."""
    case.status = Case.Status.ACCEPTED
    case.accepted_at = case.filed_at if by_silence else now
    clock.begin(case, now=now)
    letters.write(case, "accepted", now=now, acceptance_by=SILENCE if by_silence else "")


@session_of(PROGRAM_SESSION)
def _carry_out(case: Case, state: process.State, effects: Iterable[process.Effect], *, now: datetime) -> None:
    model = charter_of(case).process(case.procedure)
    waiting, opened = deque(effects), dict[str, Task]()
    while waiting:
        done = _perform(case, waiting.popleft(), now=now)
        if isinstance(done, Task):
            opened[done.key] = done
        elif done is not None:
            state, more = process.advance(model, state, done, now, values(case))
            waiting.extend(more)
    case.state = state.to_json()
    if case.is_open:
        steps = {key for key, node in state.waiting if model.nodes[node].task}
        case.post = responsible_post(case, steps=_all_of(steps, opened))
    update(case, *_MOVED)


def _all_of(steps: set[str], opened: Mapping[str, Task]) -> list[Task] | None:
    """The steps that wait, in the order of their opening; None where one of them was open before."""
    return [task for key, task in opened.items() if key in steps] if opened.keys() >= steps else None


def _perform(case: Case, effect: process.Effect, *, now: datetime) -> process.Event | Task | None:
    """Do one thing: the step that was opened, or an event where the process hears of its end at once."""
    match effect:
        case process.OpenTask(key, node):
            return open_task(case, key, charter_of(case).process(case.procedure).nodes[node], now=now)
        case process.CancelTask(key):
            cancel_task(case, key, now=now)
        case process.StartTimer(key, node, definition):
            start_timer(case, key, node, definition, now=now)
        case process.CancelTimer(key):
            cancel_timer(case, key, now=now)
        case process.KeepFacts(known):
            case.facts = case.facts | _plain(dict(known))
        case process.AskDecision(key, _node, decision):
            return _ask(case, key, decision)
        case process.RunService(key, node):
            return _run(case, key, node, now=now)
        case process.CallProcedure(key, _node, procedure):
            part = open_part(case, procedure=procedure, called_by=key, now=now)
            return None if part.is_open else process.CallEnded(key, part.outcome)
        case process.CancelCall(key):
            _call_off(case, key, now=now)
        case process.Ended(_node, outcome):
            _cancel_what_waits(case, now=now)
            closing.close(case, outcome, now=now)
        case process.Incident():
            _raise_incident(case, effect, now=now)
        case process.SendMessage() | process.SendSignal():
            pass  # no procedure of a charter waits for another case's messages yet; the checker says so
    return None


def _call_off(case: Case, key: str, *, now: datetime) -> None:
    """A part that is no longer wanted ends with its joint case."""
    for part in case.parts.filter(called_by=key).exclude(status=Case.Status.CLOSED).select_related(*WITH_LAW):
        end_part(part, reason="withdrawn", now=now)


def end_part(part: Case, *, reason: str, now: datetime) -> None:
    """Call a part off by itself; its joint case is not told, since it ends as well."""
    model = charter_of(part).process(part.procedure)
    state = process.State.from_json(part.state)
    state, effects = process.advance(model, state, process.Cancelled(reason), now, values(part))
    _carry_out(part, state, effects, now=now)


def _raise_incident(case: Case, incident: process.Incident, *, now: datetime) -> None:
    """A process that cannot go on is nobody's fault but the charter's: the supervisor gets it, and it is on record."""
    log.error("%s stands still at %s: %s %s", case.number, incident.node, incident.code, incident.detail)
    charter = charter_of(case)
    case.post = charter.competent(charter.head.supervisor, case.region, day_of(now, charter))
    particulars = {"step": incident.node, "code": incident.code}
    record(kind=kinds.INCIDENT, subject=case.number, by=PROGRAM, now=now, particulars=particulars)


def _cancel_what_waits(case: Case, *, now: datetime) -> None:
    for key in case.tasks.filter(status=Task.Status.OPEN).values_list("key", flat=True):
        cancel_task(case, key, now=now)
    case.timers.filter(ended_at__isnull=True).update(ended_at=now)


def _ask(case: Case, key: str, decision: str) -> process.Event:
    charter = charter_of(case)
    rules = charter.rules(case.procedure)
    if rules is None:
        raise ValueError(f"{case.procedure} asks the decision {decision!r}, but has no rules")
    outcome = rules.decide(decision, values(case), on=day_of(case.filed_at, charter))
    case.traces = [*case.traces, {"decision": decision, "trace": outcome.trace.to_json()}]
    return process.DecisionAnswered(key, outcome.value)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | str | int) else str(value)


def _run(case: Case, key: str, node: str, *, now: datetime) -> process.Event:
    declared = charter_of(case).process(case.procedure).nodes[node].service
    if declared is None:
        raise ValueError(f"{case.procedure}: the step {node} declares no service")
    match declared.name:
        case "accept" if case.accepted_at is not None:
            pass  # with its joint case, or before it was sent back to be decided anew
        case "accept":
            accept(case, now=now, by_silence=declared.by == "silence")
            record(kind=kinds.ACCEPTED, subject=case.number, by=PROGRAM, now=now, basis=_basis(declared.legal_basis))
        case "decide":
            outcome = declared.outcome or str(case.facts[declared.source])
            way, basis = declared.by or "rule", _basis(declared.legal_basis)
            closing.decide(case, outcome=outcome, way=way, basis=basis, now=now)
        case "letter":
            letters.write(case, declared.letter, now=now)
        case "set-aside":
            set_aside(case, now=now)
        case "remit":
            remit(case, now=now, begin=begin)
        case "erase":
            erase_at_request(case, now=now)
        case "restrict":
            restrict_at_request(case, now=now)
        case "publish":
            pass  # publication reads closed cases; nothing has to be done at this moment
        case name:
            raise ValueError(f"{case.procedure}: no service is called {name!r}")
    return process.TaskDone(key, {})


def _basis(ref: str) -> list[str]:
    return [ref] if ref else []
