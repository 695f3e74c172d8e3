"""The hearing of a case (听证): drawn in its process, begun by a message, led by somebody who has not examined it."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from zhengtong.cases.hearing_errors import (
    DidTheOtherStep,
    HearingIsOpen,
    HearingNotArranged,
    MinutesMissing,
    NoSuchHearing,
    OthersMayAsk,
)
from zhengtong.cases.law import charter_of, day_of
from zhengtong.cases.models import Case, Hearing, Interest, Task
from zhengtong.engines.process import Model, Node, State

MESSAGE = "hearing"  # what begins a hearing: the name of a message in the process


def step_of(model: Model) -> Node | None:
    """The step in which a hearing is held; none where the process has no hearing."""
    return next((node for node in model.nodes.values() if node.task and node.task.act == "hear"), None)


def can_be_asked(case: Case) -> bool:
    """Whether a hearing can still be asked for: once, from acceptance until the decision."""
    if not case.is_open or case.accepted_at is None or case.is_of_office:
        return False
    if step_of(charter_of(case).process(case.procedure)) is None:
        return False
    return not case.is_decided and not Hearing.objects.filter(case=case).exists()


def invitation(hearing: Hearing, *, now: datetime) -> dict[str, str]:
    """What the letter says of a hearing that is arranged; the moment by the clock of `now`."""
    local = hearing.at.astimezone(now.tzinfo).strftime("%Y-%m-%d %H:%M") if hearing.at else ""
    return {"hearing_at": local, "hearing_place": hearing.place, "hearing_note": hearing.note}


def require_heard(case: Case, *, now: datetime) -> None:
    """A decision rests on the minutes: it waits until they are there and were checked, or the time for it is over.

    It waits as well while somebody whose interests it touches may still ask to be heard.
    """
    model = charter_of(case).process(case.procedure)
    held_in = step_of(model)
    if held_in is None:
        return
    last = Interest.objects.filter(case=case).aggregate(last=Max("ask_until"))["last"]
    if last and day_of(now, charter_of(case)) <= last and not Hearing.objects.filter(case=case).exists():
        raise OthersMayAsk(until=last)
    waiting = (model.nodes[node] for _key, node in State.from_json(case.state).waiting)
    if any(node.task and node.parent == held_in.parent for node in waiting):
        raise HearingIsOpen


def require_apart(task: Task, person: int) -> None:
    """Whoever examined a case does not lead its hearing, nor the other way round (行政许可法 48, 行政处罚法 64)."""
    nodes = charter_of(task.case).process(task.case.procedure).nodes
    others = _apart(nodes, task.node) & _reached(task.case)
    if others:
        done = task.case.tasks.filter(node__in=others, officer=person).exclude(status=Task.Status.CANCELLED).first()
        if done is not None:
            raise DidTheOtherStep(step=nodes[done.node].name)


def _apart(nodes: Mapping[str, Node], step: str) -> set[str]:
    """The steps whose officers do not do this one, by either side's word."""
    own = nodes[step].task if step in nodes else None
    theirs = {node.id for node in nodes.values() if node.task and step in node.task.apart}
    return theirs | set(own.apart if own else ())


def _reached(case: Case) -> set[str]:
    state = State.from_json(case.state)
    return {*state.done, *(node for _key, node in state.waiting)}


def of_task(task: Task, *, lock: bool = False) -> Hearing:
    """The hearing that a step is about."""
    hearings = Hearing.objects.select_for_update() if lock else Hearing.objects
    found = hearings.filter(case=task.case).first() if task.act == "hear" else None
    if found is None:
        raise NoSuchHearing
    return found


def require_held(task: Task, minutes: str, *, now: datetime) -> None:
    """It was arranged, its time has come, and it is written down what happened."""
    hearing = of_task(task)
    if hearing.at is None or hearing.at > now:
        raise HearingNotArranged
    if not minutes.strip():
        raise MinutesMissing


def keep_minutes(task: Task, minutes: str, *, now: datetime) -> None:
    """What was said and shown. The party reads it and says whether it is right."""
    hearing = of_task(task, lock=True)
    hearing.held_at, hearing.minutes = now, minutes.strip()
    hearing.save(update_fields=["held_at", "minutes"])
