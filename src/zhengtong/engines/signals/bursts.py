"""Hours in which far more happened than the procedure's own rhythm lets expect."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean

HOURS = 24  # so many hours in which something happened come before anything is called a burst
TIMES = 8.0  # as many as in the busiest of the usual hours (their 90th percentile)
LEAST = 30  # and so many at least


@dataclass(frozen=True)
class Burst:
    """From which hour to which, how many happened in them, and how many in an hour before, on average and at most."""

    begun: datetime
    hours: int
    many: int
    usual: float
    busiest: int


def bursts(by_hour: Mapping[datetime, int]) -> list[Burst]:
    """The bursts, in their order; hours that follow each other are one. Hours without anything need not be there.

    Each hour is held against those before it in which something happened, bursts left out: an hour is one if it has
    `LEAST` and more than `TIMES` as many as the ninth tenth of those had.
    """
    found: list[Burst] = []
    usual: list[int] = []
    for hour in sorted(by_hour):
        many = by_hour[hour]
        busiest = sorted(usual)[int(len(usual) * 0.9)] if len(usual) >= HOURS else 0
        if not busiest or many < LEAST or many <= TIMES * busiest:
            usual.append(many)
            continue
        last = found[-1] if found else None
        if last is not None and last.begun + timedelta(hours=last.hours) == hour:
            found[-1] = Burst(last.begun, last.hours + 1, last.many + many, last.usual, last.busiest)
        else:
            found.append(Burst(hour, 1, many, fmean(usual), busiest))
    return found
