"""Twenty working days from each of a million days: ours, and `holidays` asked day by day (a part, told per million)."""

import random
from datetime import date, timedelta
from time import process_time

from holidays import country_holidays

from zhengtong.engines.deadlines import Calendar, Limit, due_all

MANY, PART = 1_000_000, 4_000
TWENTY = Limit.parse("P20WD")


def main() -> None:
    chance = random.Random(4)
    starts = [date(2020, 1, 1) + timedelta(days=chance.randrange(2000)) for _ in range(MANY)]
    began = process_time()
    found = due_all(starts=starts, limits=TWENTY, calendar=Calendar())
    ours = process_time() - began
    years = country_holidays("CN", years=range(2019, 2028))
    worked = years.weekend_workdays
    began = process_time()
    theirs = [_day_by_day(start, years, worked) for start in starts[:PART]]
    peer = (process_time() - began) * MANY / PART
    same = "the same days" if theirs == found[:PART] else "OTHER DAYS"
    print(f"a million deadlines: {ours:.2f} s; holidays day by day: {peer:.0f} s, {peer / ours:.0f}×, {same}")


def _day_by_day(day: date, years: "dict[date, str]", worked: set[date]) -> date:
    missing = TWENTY.amount
    while missing:
        day += timedelta(days=1)
        missing -= day in worked or (day.weekday() < 5 and day not in years)
    return day
