"""Dates and durations: a date is the database's own, a duration an integer of months or of seconds."""

from zhengtong.engines.rules.columns.lowering import NULL, Lowering
from zhengtong.engines.rules.columns.sheet import let, made
from zhengtong.engines.rules.columns.symbols import Column, Symbol

MONTHS, DAYS = "years and months duration", "days and time duration"
_DAY = 86_400
_MOST_DAYS = 3_652_059  # from the year 1 to 9999


def temporal_add(self: Lowering, left: Column, right: Column) -> Symbol:
    """`left + right` where one is a date or a duration; null for kinds that cannot be added."""
    if right.kind == "date":
        left, right = right, left
    if left.kind == "date" and right.kind in {MONTHS, DAYS}:
        return _shifted(self, left, right)
    if left.kind == right.kind and left.kind in {MONTHS, DAYS}:
        return made(left.kind, f"({left.sql} + {right.sql})", left, right)
    return NULL


def temporal_subtract(self: Lowering, left: Column, right: Column) -> Symbol:
    """`left - right`."""
    if left.kind == right.kind == "date":
        days = self.dialect.days_between(left.sql, right.sql)
        return made(DAYS, f"(CAST({days} AS {self.dialect.long}) * {_DAY})", left, right)
    if right.kind in {MONTHS, DAYS}:
        return temporal_add(self, left, temporal_scaled(self, right, -1))
    return NULL


def temporal_scaled(self: Lowering, duration: Column, by: int) -> Column:
    """A duration times a whole number."""
    return made(duration.kind, f"({duration.sql} * {by})", duration)


def _shifted(self: Lowering, date: Column, duration: Column) -> Column:
    if duration.kind == MONTHS:
        return made("date", self.dialect.plus_months(date.sql, duration.sql), date, duration)
    if duration.is_constant and (seconds := duration.constant.nanos // 1_000_000_000) % _DAY == 0:
        return made("date", self.dialect.plus_days(date.sql, str(seconds // _DAY)), date)
    duration = let(duration)
    rest = f"CASE WHEN {duration.sql} % {_DAY} < 0 THEN 1 ELSE 0 END"
    days = f"({self.dialect.quotient(duration.sql, str(_DAY), wide=False)} - {rest})"
    return made("date", self.dialect.plus_days(date.sql, days), date, duration)


def months_between(self: Lowering, start: Symbol, end: Symbol) -> Symbol:
    """`years and months duration(from, to)`: whole months, cut towards zero."""
    if not (isinstance(start, Column) and isinstance(end, Column) and start.kind == end.kind == "date"):
        return NULL
    start, end = let(start), let(end)
    parts = {f"{part}{place}": f"extract({part} FROM {each.sql})" for place, each in enumerate((start, end))
             for part in ("YEAR", "MONTH", "DAY")}  # fmt: skip
    months = let(made(MONTHS, "CAST(({YEAR1} - {YEAR0}) * 12 + {MONTH1} - {MONTH0} AS {long})".format(
        **parts, long=self.dialect.long), start, end))  # fmt: skip
    less = f"CASE WHEN {months.sql} > 0 AND {parts['DAY1']} < {parts['DAY0']} THEN 1 ELSE 0 END"
    more = f"CASE WHEN {months.sql} < 0 AND {parts['DAY1']} > {parts['DAY0']} THEN 1 ELSE 0 END"
    return let(made(MONTHS, f"({months.sql} - {less} + {more})", start, end, months))


def part_of(self: Lowering, value: Column, name: str) -> Symbol:
    """A property: `.year` of a date, `.years` of a duration …; null where the kind has none of that name."""
    long = self.dialect.long
    if value.kind == "date" and name in _DATE:
        low, high = _DATE[name]
        sql = self.dialect.weekday(value.sql) if name == "weekday" else f"extract({name} FROM {value.sql})"
        return self.numbers.whole(f"CAST({sql} AS {long})", low, high, value)
    if value.kind == MONTHS and name in {"years", "months"}:
        sql = self.dialect.quotient(value.sql, "12", wide=False) if name == "years" else f"({value.sql} % 12)"
        most = 10_000 if name == "years" else 11
        return self.numbers.whole(sql, -most, most, value)
    if value.kind == DAYS and name in _DURATION:
        unit, within = _DURATION[name]
        sql = f"({value.sql} % {within})" if within else value.sql
        most = (within or _MOST_DAYS * _DAY) // unit
        return self.numbers.whole(self.dialect.quotient(sql, str(unit), wide=False), -most, most, value)
    return NULL


_DATE = {"year": (1, 9999), "month": (1, 12), "day": (1, 31), "weekday": (1, 7)}
_DURATION = {"days": (_DAY, 0), "hours": (3600, _DAY), "minutes": (60, 3600), "seconds": (1, 60)}
