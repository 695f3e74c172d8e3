"""What an expression is while it is lowered to columns: its kind is known, its values are not.

A `Column` is one value in each row; the others are made of columns and never reach the database themselves.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhengtong.engines.rules.columns.sheet import Sheet

NOTHING = object()  # no constant


@dataclass(frozen=True, slots=True)
class Span:
    """An exact number as an integer between `low` and `high` that counts units of 10 to the power of `-scale`."""

    scale: int
    low: int
    high: int

    @property
    def most(self) -> int:
        """The largest distance from zero."""
        return max(abs(self.low), abs(self.high))


@dataclass(frozen=True, slots=True)
class Column:
    """A value of one kind in each row, as SQL over the columns of a layer of a sheet. SQL's NULL is FEEL's null.

    kind: number, string, boolean, date, `years and months duration` (an integer of months), `days and time duration`
    (an integer of seconds), or null. Exact numbers have a `span`; numbers as binary floats have none.
    """

    sql: str
    kind: str
    nullable: bool = True
    span: Span | None = None
    layer: int = 0
    sheet: "Sheet | None" = None
    simple: bool = False  # a name or a literal: may be written many times
    constant: Any = NOTHING

    @property
    def is_constant(self) -> bool:
        return self.constant is not NOTHING

    @property
    def is_null(self) -> bool:
        return self.kind == "null"


@dataclass(frozen=True, slots=True)
class Fraction:
    """A quotient that is not carried out: it is exact once it is rounded or compared."""

    over: Column
    under: Column  # never negative, null instead of zero


@dataclass(frozen=True, slots=True)
class Record:
    """A context. `exists`: where it is not null; None means everywhere."""

    members: Mapping[str, "Symbol"]
    exists: Column | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; `present`: in which rows it is in the list, None means in all."""

    value: "Symbol"
    present: Column | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a few items that are known one by one, such as `[a, b]` or the hits of a table."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Members:
    """A list whose items are rows of another sheet: the members of a household. `kept` says which are in it."""

    sheet: "Sheet"
    value: "Symbol"
    kept: Column | None = None

    def of(self, value: "Symbol") -> "Members":
        return replace(self, value=value)


@dataclass(frozen=True, slots=True)
class Interval:
    """A range; None is without bound."""

    start: Column | None
    end: Column | None
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class Applied:
    """A function of the model: called, it is lowered in place."""

    parameters: tuple[str, ...]
    call: Callable[..., "Symbol"] = field(repr=False)


Symbol = Column | Fraction | Record | Listing | Members | Interval | Applied
