"""How a step that may end is written down: as an acceptance, a decision, or a step that is done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from zhengtong.cases import closing, demands, drive, kinds
from zhengtong.cases.contents import Content, require_still, wording
from zhengtong.cases.law import charter_of
from zhengtong.cases.models import PARTY, Case, Task
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor

ENDING = ("decide", "answer", "review")  # what a step does that ends the case


def still_holds(task: Task, content: Mapping[str, Any], *, now: datetime) -> None:
    """Ask again, when it is confirmed, what was asked when it was proposed: papers may be gone, or the law another."""
    said, output = content.get("contents", ()), content["output"]
    require_still(task.case, output, said)
    demands.hold(task, output, wording(said, content["reasons"], task.case.language), now=now)


def record_end(
    task: Task,
    output: str,
    *,
    power: str,
    reasons: str,
    contents: Sequence[Content],
    basis: Sequence[str],
    by: Actor,
    now: datetime,
) -> None:
    """Acceptance and decisions are acts of their own kind, told to the party; other steps are completed."""
    case, node = task.case, charter_of(task.case).process(task.case.procedure).nodes[task.node]
    law = list(basis) or ([node.task.legal_basis] if node.task and node.task.legal_basis else [])
    told = wording(contents, reasons, case.language)
    if task.act == "accept" and output == "accepted":
        drive.accept(case, now=now)
        record(kind=kinds.ACCEPTED, subject=case.number, by=by, power=power, basis=law, reason=told, now=now)
    elif task.act in {"accept", *ENDING} and task.post != PARTY:
        closing.decide(
            case,
            outcome=output,
            way="officer",
            by=by,
            task=task,
            reasons=reasons,
            contents=contents,
            basis=law,
            power=power,
            now=now,
        )
    else:
        _record_step(case, task, output, power=power, law=law, reasons=told, by=by, now=now)


def _record_step(
    case: Case, task: Task, output: str, *, power: str, law: list[str], reasons: str, by: Actor, now: datetime
) -> None:
    told: dict[str, Any] = {"subject": case.number, "by": by, "power": power, "basis": law, "reason": reasons}
    told |= {"particulars": {"step": task.node, "output": output}, "now": now}
    if task.act == "inspect":
        record(kind=kinds.INSPECTION_HELD, **told)
    elif task.act == "hear":
        record(kind=kinds.HEARING_HELD, **told)
    else:
        record(kind=kinds.TASK_DONE, **told)
