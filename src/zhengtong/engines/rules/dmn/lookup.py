"""Which rules of a table let a value through, found by looking it up rather than by trying rule after rule.

Of each column the values are cut into segments that no cell tells apart (see `segments`), and of each segment the rules
that let it through are bits of a number. The rules that fire are then the bits common to all columns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhengtong.engines.rules.dmn.segments import Opaque, column_of
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.temporal import Date
from zhengtong.engines.rules.feel.values import Value

_MOST_TESTS = 200
Bits = Callable[[Value], int]
"""The rules whose cell in a column lets a value through, as the generated Python has it."""


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """The bits of the rules for a value of one Python type; `null` and `other` are for null and for other types.

    Ordered values: `at[i]` is for the point i, `below[i]` for what lies between it and the one before.
    Texts and truths: `found` by value, else `below[0]`.
    """

    kind: type
    null: int
    other: int
    points: Sequence[Any] = ()
    at: Sequence[int] = ()
    below: Sequence[int] = ()
    found: Mapping[Any, int] | None = None


def lookup_of(cells: Sequence[tree.Tests], bits: Bits) -> Lookup | None:
    """The lookup of a column; None where its cells are more than comparisons with literals of one kind."""
    if sum(len(cell.tests) for cell in cells) > _MOST_TESTS:
        return None  # to make it would take longer than it ever saves
    try:
        segments = column_of(cells, None).segments
    except Opaque:
        return None
    known = [each.low for each in segments if each.is_point]
    kinds = {type(each) for each in known}
    if len(kinds) != 1:
        return None
    kind, null, other = kinds.pop(), bits(None), bits({})
    if kind in {str, bool}:
        rest = [bits(each.example()) for each in segments if not each.is_point]
        return Lookup(kind, null, other, below=rest or [other], found={each: bits(each) for each in known})
    if kind not in {Decimal, Date}:
        return None
    below = [0] * (len(known) + 1)
    for segment in segments:
        if not segment.is_point:
            place = len(known) if segment.high is None else known.index(segment.high)
            below[place] = bits(segment.example())
    return Lookup(kind, null, other, known, list(map(bits, known)), below)


def numbers_in(bits: int, *, first: bool = False) -> tuple[int, ...]:
    """The numbers of the rules that bits stand for, from 1: of all, or of the first only."""
    numbers = tuple(place + 1 for place in range(bits.bit_length()) if bits >> place & 1)
    return numbers[:1] if first else numbers
