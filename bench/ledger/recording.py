"""What an act costs the transaction of its effect."""

import threading
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.house import LIN_YUE, NOW, house

WRITERS, EACH, ROUNDS = 16, 4, 21
FACTS = {"outlet_name": "临江小馆", "premises_region": "990102"}
Write = Callable[[str, int, dict[str, object]], None]


def transactions(_entries: int) -> dict[str, object]:
    """Sixteen writers file applications (7 rows) in turns: with two acts of the ledger, as filing has them, with one,
    with two plain rows instead, and with neither. Beside the ledger's rounds a sequencer works as the worker has it."""
    with house() as database:
        from bench import bare

        ways: dict[str, Write] = {"two_acts": _act, "one_act": _first, "plain": bare.act, "nothing": lambda *_: None}
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for number in range(ROUNDS + 1):
            for name, act in ways.items():
                times = _round(act, sequencing=act in (_act, _first))
                took[name] += [times] if number else []  # the first round is not counted
        count = WRITERS * EACH
        return {
            "database": database,
            "writers": WRITERS,
            "per_second": {name: round(count / median(wall for wall, _ in found)) for name, found in took.items()},
            "own_ms": {name: round(1000 * median(cpu for _, cpu in found) / count, 2) for name, found in took.items()},
            "two_to_the_same_rows": _ratios(took["two_acts"], took["plain"]),
            "two_to_no_act": _ratios(took["two_acts"], took["nothing"]),
            "one_to_no_act": _ratios(took["one_act"], took["nothing"]),
        }


def _ratios(ours: list[tuple[float, float]], theirs: list[tuple[float, float]]) -> list[float]:
    """Of transactions by the wall, and by this process's own time."""
    pairs = list(zip(theirs, ours, strict=True))
    return [round(median(other[each] / own[each] for other, own in pairs), 2) for each in (0, 1)]


def _act(number: str, position: int, particulars: dict[str, object]) -> None:
    from zhengtong.ledger.acts import record
    from zhengtong.people.actor import PROGRAM

    basis = ["licensing-law/32"]
    record(kind="case.filed", subject=number, by=PROGRAM, now=NOW, basis=basis, particulars=particulars)


def _first(number: str, position: int, particulars: dict[str, object]) -> None:
    if position == 1:
        _act(number, position, particulars)


def _round(act: Write, *, sequencing: bool) -> tuple[float, float]:
    """Seconds until all writers have ended, by the wall and of this process; a sequencer beside them is counted in."""
    from bench import bare

    ready, over = threading.Barrier(WRITERS + 1), threading.Event()
    writers = [threading.Thread(target=_write, args=(ready,)) for _ in range(WRITERS)]
    beside = threading.Thread(target=_sequence, args=(over,))
    kept, bare.act = bare.act, act  # type: ignore[assignment]
    try:
        for each in writers:
            each.start()
        if sequencing:
            beside.start()
        ready.wait()
        began, cpu = time.perf_counter(), time.process_time()
        for each in writers:
            each.join()
        took = time.perf_counter() - began, time.process_time() - cpu
    finally:
        bare.act = kept
        over.set()
        if sequencing:
            beside.join()
    return took


def _write(ready: threading.Barrier) -> None:
    from django.db import connection, transaction

    from bench import bare
    from zhengtong.cases.models import Draft
    from zhengtong.people.models import Person

    person = Person.objects.get(id_number=LIN_YUE)
    drafts = [Draft.objects.create(**_draft(person)) for _ in range(EACH)]
    ready.wait()
    for draft in drafts:
        with transaction.atomic():
            bare.write(draft, FACTS)
    connection.close()


def _draft(person: Any) -> dict[str, Any]:
    return {"person": person, "procedure": "business-licence", "created_at": NOW, "updated_at": NOW}


def _sequence(over: threading.Event) -> None:
    from django.db import connection
    from django.utils import timezone

    from zhengtong.ledger.acts import sequence

    while not over.wait(1):
        sequence(timezone.now())
    connection.close()
