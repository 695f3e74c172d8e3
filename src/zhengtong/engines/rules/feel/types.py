"""The types of FEEL: which values conform, and what is made of those that almost do (DMN 1.5, 10.3.2.9)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from zhengtong.engines.rules.feel.temporal import Date, midnight
from zhengtong.engines.rules.feel.values import Builtin, Function, Range, Value, kind_of
from zhengtong.engines.rules.limits import Spend, free


@dataclass(frozen=True, slots=True, eq=False)
class Type:
    """Any: every value conforms. Null conforms to every type, but is an instance of none.

    Types that are made of others are equal only to themselves: they may share parts, and then comparing them part by
    part would not end.
    """

    def holds(self, value: Value, spend: Spend = free) -> bool:
        """Whether a value that is not null conforms."""
        return True

    def is_subtype_of(self, other: "Type") -> bool:
        """Whether every value of this type conforms to `other`."""
        return type(other) is Type or self == other


@dataclass(frozen=True, slots=True)
class Basic(Type):
    """number, string, boolean, date, time, date and time, or one of the durations."""

    kind: str

    def holds(self, value: Value, spend: Spend = free) -> bool:
        return kind_of(value) == self.kind


@dataclass(frozen=True, slots=True)
class ListType(Type):
    """A list of items of one type."""

    item: Type

    def holds(self, value: Value, spend: Spend = free) -> bool:
        if type(value) is not list:
            return False
        spend(len(value))
        return all(each is None or self.item.holds(each, spend) for each in value)

    def is_subtype_of(self, other: Type) -> bool:
        return type(other) is Type or (isinstance(other, ListType) and self.item.is_subtype_of(other.item))


@dataclass(frozen=True, slots=True)
class RangeType(Type):
    """A range between values of one type."""

    item: Type

    def holds(self, value: Value, spend: Spend = free) -> bool:
        if type(value) is not Range:
            return False
        return all(end is None or self.item.holds(end, spend) for end in (value.start, value.end))

    def is_subtype_of(self, other: Type) -> bool:
        return type(other) is Type or (isinstance(other, RangeType) and self.item.is_subtype_of(other.item))


@dataclass(frozen=True, slots=True, eq=False)
class ContextType(Type):
    """A context with at least these members."""

    members: Mapping[str, Type] = field(default_factory=dict)

    def holds(self, value: Value, spend: Spend = free) -> bool:
        if type(value) is not dict:
            return False
        spend(len(self.members))
        return all(
            name in value and (value[name] is None or kind.holds(value[name], spend))
            for name, kind in self.members.items()
        )

    def is_subtype_of(self, other: Type) -> bool:
        return type(other) is Type or self is other or (isinstance(other, ContextType) and _has_all(self, other))


@lru_cache(4096)
def _has_all(left: ContextType, right: ContextType) -> bool:
    """Whether the members of `right` are among those of `left`."""
    return all(name in left.members and left.members[name].is_subtype_of(kind) for name, kind in right.members.items())


@dataclass(frozen=True, slots=True, eq=False)
class FunctionType(Type):
    """A function: what it takes, and what it gives."""

    parameters: tuple[Type, ...] = ()
    result: Type = field(default_factory=Type)

    def holds(self, value: Value, spend: Spend = free) -> bool:
        if type(value) is Builtin:
            return True
        if type(value) is not Function or len(value.parameters) != len(self.parameters):
            return False
        kinds = [kind or ANY for kind in value.kinds] or [ANY] * len(value.parameters)
        takes = all(wanted.is_subtype_of(kind) for wanted, kind in zip(self.parameters, kinds, strict=True))
        return takes and (value.result is None or value.result.is_subtype_of(self.result))

    def is_subtype_of(self, other: Type) -> bool:
        if not isinstance(other, FunctionType):
            return type(other) is Type
        return self is other or _goes_for(self, other)


@lru_cache(4096)
def _goes_for(left: FunctionType, right: FunctionType) -> bool:
    """Whether the one function can stand where the other is wanted."""
    same_length = len(left.parameters) == len(right.parameters)
    pairs = zip(right.parameters, left.parameters, strict=False)
    return same_length and all(a.is_subtype_of(b) for a, b in pairs) and left.result.is_subtype_of(right.result)


@dataclass(frozen=True, slots=True, eq=False)
class Constrained(Type):
    """A type of which only some values are allowed."""

    base: Type
    allows: Callable[[Value, Spend], bool]
    tests: Any = None  # the tree of the tests, for those who analyse it

    def holds(self, value: Value, spend: Spend = free) -> bool:
        return self.base.holds(value, spend) and self.allows(value, spend)

    def is_subtype_of(self, other: Type) -> bool:
        return self is other or self.base.is_subtype_of(other)


ANY = Type()
_NAMES = (
    "number",
    "string",
    "boolean",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
)
BASIC: dict[str, Type] = {name: Basic(name) for name in _NAMES} | {
    "Any": ANY,
    "any": ANY,
    "Null": Basic("null"),
    "context": ContextType(),
    "list": ListType(ANY),
    "range": RangeType(ANY),
    "dateTime": Basic("date and time"),
    "dayTimeDuration": Basic("days and time duration"),
    "day and time duration": Basic("days and time duration"),
    "yearMonthDuration": Basic("years and months duration"),
}


def conform(value: Value, kind: Type, spend: Spend = free) -> Value:
    """The value as the type has it: null where it does not conform even after the conversions of 10.3.2.9.4."""
    if value is None or type(kind) is Type or kind.holds(value, spend):
        return value
    base = kind.base if isinstance(kind, Constrained) else kind
    if type(value) is list and len(value) == 1 and not isinstance(base, ListType):
        return value[0] if kind.holds(value[0], spend) else None
    if isinstance(base, ListType) and type(value) is not list:
        item = conform(value, base.item, spend)
        return [item] if item is not None and kind.holds([item], spend) else None
    if type(value) is Date and _is_moment(base):
        return midnight(value)
    return None


def _is_moment(kind: Type) -> bool:
    return isinstance(kind, Basic) and kind.kind == "date and time"


def result_type(kind: Type | None) -> Type | None:
    """What is declared of the results where a function stands: a function type, or (before 1.3) their type itself."""
    return kind.result if isinstance(kind, FunctionType) else kind


@lru_cache(4096)
def bare(kind: Type | None) -> Type | None:
    """The type without what it allows: `instance of` does not look at values."""
    match kind:
        case Constrained():
            return bare(kind.base)
        case ListType():
            return ListType(bare(kind.item) or ANY)
        case ContextType():
            return ContextType({name: bare(member) or ANY for name, member in kind.members.items()})
    return kind


def is_instance(value: Value, kind: Type | None, spend: Spend = free) -> bool | None:
    """`value instance of kind`; null where there is no such type."""
    if kind is None:
        return None
    return kind.holds(value, spend) if value is not None else kind == BASIC["Null"]
