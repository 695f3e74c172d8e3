"""`python -m bench.growth [SMALL LARGE]`: four pages with 1,000 and with 200,000 cases: own time, and queries."""

import json
import sys
import time
from statistics import median

from bench.house import LIN_YUE, NOW, house

SMALL, LARGE = 1_000, 200_000
WAITING = 120  # more than a desk shows at once, so that both sizes show as much
ROUNDS = 40


def main(small: int = SMALL, large: int = LARGE) -> None:
    with house() as database:
        from bench.grown import base, multiply
        from zhengtong.cases.models import Case

        base(lived=small * 4 // 5 - WAITING, waiting=WAITING)
        first, number = Case.objects.count(), Case.objects.filter(outcome="granted", parent=None).first().number
        before = measure(number)
        multiply(round(large / first) - 1)
        after = measure(number)
        sizes = {"database": database, "cases": [first, Case.objects.count()]}
        print(json.dumps({"bench": "growth"} | sizes | {page: _told(before[page], after[page]) for page in before}))


def _told(before: tuple[float, int], after: tuple[float, int]) -> dict[str, object]:
    return {
        "cpu_ms": [round(1000 * before[0], 2), round(1000 * after[0], 2)],
        "wall_ms": [round(1000 * before[2], 2), round(1000 * after[2], 2)],
        "queries": [before[1], after[1]],
        "ratio": round(after[0] / before[0], 2),
        "ratio_wall": round(after[2] / before[2], 2),
    }


def measure(number: str) -> dict[str, tuple[float, int, float]]:
    """For each page the seconds of this process, the queries, and the seconds by the wall."""
    from django.db import connection

    from zhengtong.observatory.rollup import rebuild
    from zhengtong.people.models import Person

    list(rebuild(now=NOW))
    if connection.vendor == "postgresql":  # which it does by itself, a little later
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    officer = Person.objects.get(holdings__post="heping-services/window")
    owner = Person.objects.get(cases__number=number)
    pages = {
        "list": (Person.objects.get(id_number=LIN_YUE), "/cases"),
        "desk": (officer, "/desk/heping-services/window/"),
        "case": (owner, f"/cases/{number}"),
        "statistics": (None, "/oversight/figures?period=2026"),
    }
    return {name: _page(person, url) for name, (person, url) in pages.items()}


def _page(person: object, url: str) -> tuple[float, int, float]:
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    if person is not None:
        account = getattr(person, "account", None)
        account = account or get_user_model().objects.create_user(username=url, password="-", person=person)
        client.force_login(account)
        opened = client.session
        opened["sign_in"] = {"strong": True}  # as after two factors
        opened.save()
    for _ in range(3):
        answer = client.get(url)
        if answer.status_code != 200:
            raise SystemExit(f"{url}: {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    queries = len(asked)
    own, wall = [], []
    for _ in range(ROUNDS):
        cpu, clock = time.process_time(), time.perf_counter()
        client.get(url)
        own.append(time.process_time() - cpu)
        wall.append(time.perf_counter() - clock)
    return median(own), queries, median(wall)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
