"""Logs for tests: real ones by name, and small ones written down."""

import os
import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from zhengtong.engines.mining import Given, Log, log_of

SHARED = Path(os.environ.get("ZHENGTONG_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "event-logs"
REAL = sorted(SHARED.glob("*.xes.gz"))
START = datetime(2026, 3, 2, 8, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)


def small(*cases: str, step: timedelta = HOUR) -> Log:
    """A log of cases such as `"a@x:p b@y"`: activity, office, person; an event each `step`."""
    return log_of("small", [event for number, case in enumerate(cases) for event in _events(f"c{number}", case, step)])


def _events(case: str, way: str, step: timedelta) -> Iterable[Given]:
    for number, word in enumerate(way.split(), 1):
        rest, _, person = word.partition(":")
        activity, _, office = rest.partition("@")
        yield Given(case, number, activity, START + number * step, person, office)


def random_cases(seed: int, *, cases: int = 30) -> list[str]:
    """Cases of one to twelve steps of five kinds by three offices or nobody, and two persons or nobody."""
    chance = random.Random(seed)
    return [" ".join(_word(chance) for _ in range(chance.randint(1, 12))) for _ in range(cases)]


def _word(chance: random.Random) -> str:
    office, person = chance.choice(["x", "y", "z", ""]), chance.choice(["p", "q", ""])
    return chance.choice("abcde") + (f"@{office}" if office else "") + (f":{person}" if person else "")


def parsed(cases: Sequence[str]) -> list[list[tuple[str, str, str]]]:
    """The same as activity, office and person by case, for counting in plain Python."""
    return [[(each.activity, each.office, each.person) for each in _events("", case, HOUR)] for case in cases]
