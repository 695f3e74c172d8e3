"""`python -m bench.agora signatures`: signing one petition through HTTP against a bare view that inserts the same row;
then a crowd that signs it at a rate while it is read.
"""

import json
import multiprocessing
import os
import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

from bench.house import NOW, house

ROUNDS, A_ROUND = 40, 10
CROWD = int(os.environ.get("BENCH_CROWD", "100000"))
RATE = 200  # signatures a second
SIGNERS, READERS = 4, 1  # processes
PAUSE = 0.25  # between two looks of a reader


def main() -> None:
    with house("bench.agora.bare") as database:
        number, voices = _petition()
        told = {"bench": "signatures", "database": database} | _ratio(number, voices[: 2 * ROUNDS * A_ROUND + 40])
        if database == "postgresql":  # SQLite has one writer, so that a crowd of processes would measure its queue
            told |= _crowd(number, voices[2 * ROUNDS * A_ROUND + 40 :])
        print(json.dumps(told))


def _petition() -> tuple[str, list[str]]:
    """A proposal that is shown to all, and a cookie for each of the crowd, as coming in gives it."""
    from zhengtong.agora.acts import contribute
    from zhengtong.agora.models import Contribution, Voice
    from zhengtong.cases.acts import open_by_office
    from zhengtong.people.actor import Actor
    from zhengtong.people.models import Person

    host = Actor(Person.objects.get(holdings__post="city-government/participation"), "city-government/participation")
    answers = {"title": "Lamps", "summary": "Lamps along the river"}
    case = open_by_office(
        procedure="proposal-round", answers=answers, by=host, language="en", request_key="bench", now=NOW
    )
    from zhengtong.agora.rounds import round_of

    many = CROWD + 2 * ROUNDS * A_ROUND + 40
    made = [Voice(case=case, token=each.to_bytes(32), name=f"{each:09d}", on=NOW.date()) for each in range(many)]
    Voice.objects.bulk_create(made, batch_size=5000)
    contribute(round_=round_of(case.number), phase="propose", voice=made[0], said="Lamps", request_key="k", now=NOW)
    Contribution.objects.update(state=Contribution.State.SHOWN)
    return case.number, [str(each.pk) for each in made]


def _signing(number: str, address: str) -> Callable[[str], float]:
    """Sends one signature; the seconds that it took."""
    from django.test import Client

    from zhengtong.cases.models import Case
    from zhengtong.faces.forum.speaker import signed_value

    client, case = Client(), Case.objects.only("pk").get(number=number).pk

    def sign(voice: str) -> float:
        client.cookies[f"voice-{case}"] = signed_value(case, voice)
        begun = time.perf_counter()
        answer = client.post(address, {"value": "agree"})
        if answer.status_code != 302:
            raise SystemExit(f"{address}: {answer.status_code}")
        return time.perf_counter() - begun

    return sign


def _ratio(number: str, voices: list[str]) -> dict[str, Any]:
    """Requests in turns, as `bench.submit` does it."""
    sides = {"kernel": f"/take-part/{number}/weigh/1", "bare": f"/bare/{number}/1"}
    sign = {side: _signing(number, address) for side, address in sides.items()}
    wall: dict[str, list[float]] = {side: [] for side in sides}
    cpu: dict[str, list[float]] = {side: [] for side in sides}
    left = iter(voices)
    for turn in range(ROUNDS + 2):
        for side in sides:
            chosen = [next(left) for _ in range(A_ROUND if turn > 1 else 10)]
            begun, own = time.perf_counter(), time.process_time()
            for voice in chosen:
                sign[side](voice)
            if turn > 1:
                wall[side].append((time.perf_counter() - begun) / A_ROUND)
                cpu[side].append((time.process_time() - own) / A_ROUND)
    told = {
        f"{side}_{kind}_ms": round(1000 * median(of[side]), 2)
        for side in sides
        for kind, of in (("wall", wall), ("cpu", cpu))
    }
    for kind, of in (("ratio", wall), ("ratio_cpu", cpu)):
        told[kind] = round(median(b / k for b, k in zip(of["bare"], of["kernel"], strict=True)), 2)
    return told


def _crowd(number: str, voices: list[str]) -> dict[str, Any]:
    """Processes that sign at a common rate, one that reads the page, and the worker that adds up."""
    from django.db import connection

    before = _queries(number)
    connection.close()
    context = multiprocessing.get_context("fork")
    results: Any = context.Queue()
    stop = context.Event()
    parts = [voices[each::SIGNERS] for each in range(SIGNERS)]
    signers = [context.Process(target=_sign_all, args=(number, part, results)) for part in parts]
    others = [context.Process(target=_read_all, args=(number, stop, results)) for _ in range(READERS)]
    others.append(context.Process(target=_add_up_all, args=(stop,)))
    begun = time.perf_counter()
    for each in signers + others:
        each.start()
    signed = [took for _ in signers for took in results.get()]
    lasted = time.perf_counter() - begun
    stop.set()
    read = [took for _ in range(READERS) for took in results.get()]
    for each in signers + others:
        each.join()
    return {
        "signatures": len(signed),
        "seconds": round(lasted, 1),
        "a_second": round(len(signed) / lasted, 1),
        "sign_ms": _spread(signed),
        "looks": len(read),
        "look_ms": _spread(read),
        "page_queries": [before, _queries(number)],
        "counted": _counted(number),
    }


def _spread(times: list[float]) -> dict[str, float]:
    cuts = quantiles(times, n=100)
    return {"median": round(1000 * median(times), 1), "p99": round(1000 * cuts[98], 1)}


def _sign_all(number: str, voices: list[str], results: Any) -> None:
    sign, took, begun = _signing(number, f"/take-part/{number}/weigh/1"), [], time.perf_counter()
    for place, voice in enumerate(voices):
        time.sleep(max(0.0, begun + place * SIGNERS / RATE - time.perf_counter()))
        took.append(sign(voice))
    results.put(took)


def _read_all(number: str, stop: Any, results: Any) -> None:
    from django.test import Client

    client, took = Client(), []
    while not stop.is_set():
        begun = time.perf_counter()
        client.get(f"/take-part/{number}/")
        took.append(time.perf_counter() - begun)
        time.sleep(PAUSE)
    results.put(took)


def _add_up_all(stop: Any) -> None:
    from zhengtong.agora.sums import add_up_all

    while not stop.is_set():
        add_up_all()
        time.sleep(1)


def _queries(number: str) -> int:
    """How many queries the page takes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.get(f"/take-part/{number}/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/take-part/{number}/")
    return len(queries)


def _counted(number: str) -> int:
    from zhengtong.agora.queries import viewed
    from zhengtong.agora.rounds import round_of

    round_ = round_of(number)
    return viewed(round_, round_.case.contributions.all())[0].contribution.signed
