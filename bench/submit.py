"""`python -m bench.submit`: one submission through HTTP against a bare view that writes the same rows.

Both go through the same middleware with a signed-in session, in turns, on the same database.
"""

import json
import sys
import time
from collections.abc import Callable
from statistics import median

from bench.house import LIN_YUE, NOW, house

ROUNDS, A_ROUND = 40, 10
PROCEDURE = "business-licence"
ANSWERS = {
    "outlet_name": "临江小馆",
    "premises_region": "990102",
    "premises_number": "990102-001-0088",
    "premises_address": "青山市和平区样例路88号",
    "business_items": "hot-cold",
    "opening_on": "2026-05-01",
}


def main() -> None:
    with house("bench.bare") as database:
        print(json.dumps({"bench": "submit", "database": database} | measure()))


def measure() -> dict[str, float | int]:
    """Milliseconds a request, by the wall and by this process's own time; ratios of requests a second."""
    from django.test import Client

    from zhengtong.people.models import Enterprise, Person

    person = Person.objects.get(id_number=LIN_YUE)
    company = Enterprise.objects.get(name="青山市临江小馆餐饮有限公司")
    client = Client()
    client.force_login(person.account)
    kernel = Side(client, "/drafts/{}/check", person, company)
    bare = Side(client, "/bare/{}", person, company)
    for side in (kernel, bare):
        side.round(timed=False)
    for _ in range(ROUNDS):
        kernel.round()
        bare.round()
    if kernel.rows != bare.rows:
        raise SystemExit(f"the kernel writes {kernel.rows} and the bare view {bare.rows}: make them equal")
    return {
        "requests": ROUNDS * A_ROUND,
        "rows": sum(bare.rows.values()),
        "kernel_ms": kernel.typical(kernel.wall),
        "bare_ms": bare.typical(bare.wall),
        "kernel_cpu_ms": kernel.typical(kernel.cpu),
        "bare_cpu_ms": bare.typical(bare.cpu),
        "ratio": round(median(b / k for b, k in zip(bare.wall, kernel.wall, strict=True)), 2),
        "ratio_cpu": round(median(b / k for b, k in zip(bare.cpu, kernel.cpu, strict=True)), 2),
    }


class Side:
    """One of the two: its drafts, and what its rounds took."""

    def __init__(self, client: object, url: str, person: object, company: object) -> None:
        self.client, self.url, self.person, self.company = client, url, person, company
        self.wall: list[float] = []
        self.cpu: list[float] = []
        self.rows: dict[str, int] = {}

    def round(self, *, timed: bool = True) -> None:
        drafts = [self._draft() for _ in range(A_ROUND)]
        before, wall, cpu = _rows(), time.perf_counter(), time.process_time()
        for pk in drafts:
            answer = self.client.post(self.url.format(pk), ANSWERS | {"commitment": "yes"})  # type: ignore[attr-defined]
            if answer.status_code != 302:
                raise SystemExit(f"{self.url}: {answer.status_code}")
        if timed:
            self.wall.append((time.perf_counter() - wall) / A_ROUND)
            self.cpu.append((time.process_time() - cpu) / A_ROUND)
        self.rows = {name: (count - before[name]) // A_ROUND for name, count in _rows().items()}

    def typical(self, times: list[float]) -> float:
        return round(1000 * median(times), 2)

    def _draft(self) -> int:
        from zhengtong.cases import acts

        draft = acts.start_draft(person=self.person, procedure=PROCEDURE, enterprise=self.company, now=NOW)
        draft.answers = ANSWERS
        draft.save()
        return draft.pk


def _rows() -> dict[str, int]:
    from zhengtong.cases.models import Case, Document, Letter, Task, Timer
    from zhengtong.ledger.models import Act
    from zhengtong.registry.models import Look

    return {each.__name__: each.objects.count() for each in (Case, Document, Letter, Task, Timer, Act, Look)}


def profile(run: Callable[[], None]) -> None:
    """Where the kernel's time goes: `python -m bench.submit --profile`."""
    import cProfile
    import pstats

    with cProfile.Profile() as measured:
        run()
    pstats.Stats(measured, stream=sys.stderr).sort_stats("cumulative").print_stats(70)


if __name__ == "__main__":
    profile(main) if "--profile" in sys.argv else main()
