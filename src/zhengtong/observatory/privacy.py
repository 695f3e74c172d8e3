"""What may be published: no number that could point at a person.

A count of one to four is shown as “fewer than 5”, and a median, a share or a mean only where at least five cases stand
behind it. Totals are added up from the numbers that are shown, so that none of the others can be worked out from them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

K = 5


@dataclass(frozen=True)
class Published:
    """One published number. `hidden`: there is one, but fewer than `K` cases stand behind it."""

    value: int | Decimal | None
    hidden: bool = False


def count(value: int) -> Published:
    """A count: nothing, and `K` or more, are shown."""
    return Published(None, hidden=True) if 0 < value < K else Published(value)


def derived(value: int | Decimal | None, *, base: int) -> Published:
    """A number worked out from `base` cases."""
    return Published(None, hidden=True) if 0 < base < K else Published(value)


def total(numbers: Iterable[Published]) -> Published:
    """The sum of the counts that are shown; nothing where none but hidden ones are behind it."""
    every = list(numbers)
    shown = sum(int(number.value) for number in every if number.value is not None)
    return Published(None) if not shown and any(number.hidden for number in every) else Published(shown)
