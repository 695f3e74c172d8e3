"""`python -m bench.step`: one human step, an officer ends a task and the next is opened, against the bare rows.

Both write the same rows in one transaction, the bare side by the same models: the task that ends, with its officer, the
one that opens, the case with its state, and an act of the ledger for each task. The bare side looks at nothing but the
task and its case.
"""

import json
import sys
import time
from statistics import median
from typing import Any

from bench.house import LIN_YUE, NOW, house
from bench.submit import profile

ROUNDS, A_ROUND = 12, 10
PROCEDURE = "food-licence"
ANSWERS: dict[str, Any] = {
    "outlet_name": "临江小馆",
    "premises_region": "990102",
    "premises_number": "990102-001-0088",
    "premises_address": "青山市和平区样例路88号",
    "business_area": "180.50",
    "business_items": "hot-cold",
    "food_safety_manager": "林悦",
    "opening_on": "2026-05-01",
}


def main() -> None:
    with house() as database:
        print(json.dumps({"bench": "step", "database": database} | measure()))


def measure() -> dict[str, float | int]:
    """Milliseconds a step, by the wall and by this process's own time; the ratio of steps a second."""
    waiting = [_examined(f"bench-{number}") for number in range((ROUNDS + 1) * A_ROUND * 2)]
    sides = {"kernel": Side(_kernel), "bare": Side(_bare)}
    for turn in range(ROUNDS + 1):
        for side in sides.values():
            side.round([waiting.pop() for _ in range(A_ROUND)], timed=turn > 0)
    kernel, bare = sides["kernel"], sides["bare"]
    if kernel.rows != bare.rows:
        raise SystemExit(f"the kernel writes {kernel.rows} and the bare side {bare.rows}: make them equal")
    return {
        "steps": ROUNDS * A_ROUND,
        "kernel_ms": round(1000 * median(kernel.wall), 2),
        "bare_ms": round(1000 * median(bare.wall), 2),
        "kernel_cpu_ms": round(1000 * median(kernel.cpu), 2),
        "bare_cpu_ms": round(1000 * median(bare.cpu), 2),
        "ratio": round(median(b / k for b, k in zip(bare.wall, kernel.wall, strict=True)), 2),
        "ratio_cpu": round(median(b / k for b, k in zip(bare.cpu, kernel.cpu, strict=True)), 2),
    }


class Side:
    """One of the two, and what its rounds took."""

    def __init__(self, step: Any) -> None:
        self.step = step
        self.wall: list[float] = []
        self.cpu: list[float] = []
        self.rows: dict[str, int] = {}

    def round(self, tasks: list[int], *, timed: bool) -> None:
        before, wall, cpu = _rows(), time.perf_counter(), time.process_time()
        for pk in tasks:
            self.step(pk)
        if timed:
            self.wall.append((time.perf_counter() - wall) / len(tasks))
            self.cpu.append((time.process_time() - cpu) / len(tasks))
        self.rows = {name: (count - before[name]) / len(tasks) for name, count in _rows().items()}


def _kernel(pk: int) -> None:
    from zhengtong.cases import acts
    from zhengtong.cases.models import Task

    acts.complete(task=Task(pk=pk), output="satisfied", by=_officer("heping-market/licensing"), now=NOW)


def _bare(pk: int) -> None:
    from django.db import transaction

    from bench.bare import act
    from zhengtong.cases.models import Task

    with transaction.atomic():
        task = Task.objects.select_for_update(of=("self",)).select_related("case").get(pk=pk)
        case = task.case
        task.status, task.ended_at, task.output = "done", NOW, "satisfied"
        task.officer = _officer("heping-market/licensing").person
        task.save(update_fields=["status", "ended_at", "output", "officer"])
        act(case.number, 100, {"step": "examine", "output": "satisfied"})
        Task(
            case=case,
            key="inspect",
            node="inspect",
            act="inspect",
            post="heping-market/inspection",
            limit="P3WD",
            counts_from=NOW.date(),
            due_on=NOW.date(),
            opened_at=NOW,
        ).save(force_insert=True)
        act(case.number, 101, {"step": "inspect", "post": "heping-market/inspection"})
        case.facts = case.facts | {"examination": "satisfied"}
        case.state = {"at": "inspect", "been": "accept examine inspect"}
        case.post = "heping-market/inspection"
        case.save(update_fields=["facts", "state", "post"])


_OFFICERS: dict[str, Any] = {}


def _officer(post: str) -> Any:
    from zhengtong.people.actor import Actor
    from zhengtong.people.models import Holding

    if post not in _OFFICERS:
        _OFFICERS[post] = Actor(Holding.objects.filter(post=post).select_related("person")[0].person, post)
    return _OFFICERS[post]


def _examined(key: str) -> int:
    """A case that waits to be examined: the number of its task."""
    from zhengtong.cases import acts
    from zhengtong.cases.acts.filing import file_application
    from zhengtong.people.actor import Actor
    from zhengtong.people.models import Enterprise, Person

    person = Person.objects.get(id_number=LIN_YUE)
    case = file_application(
        procedure=PROCEDURE,
        person=person,
        enterprise=Enterprise.objects.get(name="青山市临江小馆餐饮有限公司"),
        answers=ANSWERS,
        documents=_papers(),
        by=Actor(person),
        channel="web",
        language="zh-Hans",
        request_key=key,
        now=NOW,
    )
    acts.complete(task=case.tasks.get(status="open"), output="accepted", by=_officer("heping-services/window"), now=NOW)
    found: int = case.tasks.get(status="open").pk
    return found


def _papers() -> dict[str, Any]:
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "PNG")
    wanted = ("floor-plan", "food-safety-rules", "business-licence-copy")
    return {name: (f"{name}.png", io.BytesIO(file.getvalue())) for name in wanted}


def _rows() -> dict[str, int]:
    from zhengtong.cases.models import Case, Letter, Task, Timer
    from zhengtong.ledger.models import Act

    return {each.__name__: each.objects.count() for each in (Case, Letter, Task, Timer, Act)}


if __name__ == "__main__":
    profile(main) if "--profile" in sys.argv else main()
