"""What SQL engines write differently. Everything else that is generated means the same to all of them."""

from dataclasses import dataclass

from zhengtong.engines.rules.feel.temporal import Date

LONG = 2**62  # half of what 64 bits hold, so that doubling is safe


@dataclass(frozen=True)
class Dialect:
    """DuckDB, and what the others have in common with it."""

    name: str = "duckdb"
    wide: str = "HUGEINT"
    long: str = "BIGINT"
    double: str = "DOUBLE"
    materialized: str = ""  # how a layer is kept from being written out into the next one

    def quote(self, name: str) -> str:
        """A name of a column."""
        return '"' + name.replace('"', '""') + '"'

    def text(self, value: str) -> str:
        """A literal."""
        return "'" + value.replace("'", "''") + "'"

    def date(self, value: Date) -> str:
        return f"DATE '{value.year:04}-{value.month:02}-{value.day:02}'"

    def is_same(self, left: str, right: str) -> str:
        """Equality for which null equals null."""
        return f"({left} IS NOT DISTINCT FROM {right})"

    def less(self, left: str, op: str, right: str) -> str:
        """An order of texts, by code points."""
        return f"({left} {op} {right})"

    def quotient(self, left: str, right: str, *, wide: bool) -> str:
        """Of integers, cut towards zero."""
        return f"({left} // {right})"

    def contains(self, whole: str, part: str) -> str:
        return f"contains({whole}, {part})"

    def plus_months(self, date: str, months: str) -> str:
        return f"CAST({date} + to_months(CAST({months} AS INTEGER)) AS DATE)"

    def plus_days(self, date: str, days: str) -> str:
        return f"({date} + CAST({days} AS INTEGER))"

    def days_between(self, later: str, earlier: str) -> str:
        return f"({later} - {earlier})"

    def weekday(self, date: str) -> str:
        return f"extract(isodow FROM {date})"

    def decimal(self, whole: str, scale: int, digits: int) -> str:
        """An integer of units as a decimal with its point."""
        unit = f"0.{'0' * (scale - 1)}1" if scale else "1"
        return f"(CAST({whole} AS DECIMAL({digits}, 0)) * CAST({unit} AS DECIMAL({scale + 1}, {scale})))"

    def units(self, decimal: str, scale: int, most: int) -> str:
        """A decimal as an integer of units, of which there are at most so many."""
        if most * 10**scale >= 10**17:  # multiplied, it has no room in the 64 bits of a decimal of 18 digits
            decimal = f"CAST({decimal} AS DECIMAL(38, {scale}))"
        return f"CAST({decimal} * {10**scale} AS {self.integer(most)})"

    def integer(self, most: int) -> str:
        """The type of integers up to `most`."""
        return self.wide if most >= LONG else self.long

    def record(self, members: dict[str, str]) -> str:
        return f"struct_pack({', '.join(f'{self.quote(name)} := {sql}' for name, sql in members.items())})"

    def rounded(self, value: str, places: int) -> str:
        """A binary float to so many places, half to even."""
        return f"round_even({value}, {places})"


@dataclass(frozen=True)
class Postgres(Dialect):
    """PostgreSQL 13 and later. Layers are materialized: it would write one into the next, doubling them each time."""

    name: str = "postgres"
    wide: str = "NUMERIC"
    double: str = "DOUBLE PRECISION"
    materialized: str = "MATERIALIZED "

    def less(self, left: str, op: str, right: str) -> str:
        return f'({left} COLLATE "C" {op} {right} COLLATE "C")'

    def quotient(self, left: str, right: str, *, wide: bool) -> str:
        return f"div({left}, {right})" if wide else f"({left} / {right})"

    def contains(self, whole: str, part: str) -> str:
        return f"(strpos({whole}, {part}) > 0)"

    def plus_months(self, date: str, months: str) -> str:
        return f"CAST({date} + make_interval(months => CAST({months} AS INTEGER)) AS DATE)"

    def record(self, members: dict[str, str]) -> str:
        pairs = ", ".join(f"{self.text(name)}, {sql}" for name, sql in members.items())
        return f"jsonb_build_object({pairs})"

    def rounded(self, value: str, places: int) -> str:
        return f"(round({value} * 1e{places}) / 1e{places})"


@dataclass(frozen=True)
class Spark(Dialect):
    """Spark SQL 3.4 and later, with ANSI's rules on or off."""

    name: str = "spark"
    wide: str = "DECIMAL(38, 0)"

    def quote(self, name: str) -> str:
        return "`" + name.replace("`", "``") + "`"

    def text(self, value: str) -> str:
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def is_same(self, left: str, right: str) -> str:
        return f"({left} <=> {right})"

    def quotient(self, left: str, right: str, *, wide: bool) -> str:
        return f"CAST(({left} - {left} % {right}) / {right} AS DECIMAL(38, 0))" if wide else f"({left} div {right})"

    def plus_months(self, date: str, months: str) -> str:
        return f"add_months({date}, CAST({months} AS INT))"

    def plus_days(self, date: str, days: str) -> str:
        return f"date_add({date}, CAST({days} AS INT))"

    def days_between(self, later: str, earlier: str) -> str:
        return f"datediff({later}, {earlier})"

    def weekday(self, date: str) -> str:
        return f"extract(DAYOFWEEK_ISO FROM {date})"

    def record(self, members: dict[str, str]) -> str:
        pairs = ", ".join(f"{self.text(name)}, {sql}" for name, sql in members.items())
        return f"named_struct({pairs})"

    def rounded(self, value: str, places: int) -> str:
        return f"bround({value}, {places})"


DIALECTS = {each.name: each for each in (Dialect(), Postgres(), Spark())}
