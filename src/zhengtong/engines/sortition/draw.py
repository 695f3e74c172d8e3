"""The draw itself: seats by the method of largest remainders, then the order that a hash gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

Shape = tuple[str, ...]


class DrawFault(ValueError):
    """There are not enough people, or the strata do not fit."""


@dataclass(frozen=True)
class Stratum:
    """Who was drawn from one stratum, and who follows when somebody declines, in this order."""

    shape: Shape
    seats: int
    drawn: tuple[str, ...]
    reserve: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """The panel, stratum by stratum in the order of their shapes."""

    strata: tuple[Stratum, ...]

    @property
    def panel(self) -> tuple[str, ...]:
        """Everybody who was drawn."""
        return tuple(each for stratum in self.strata for each in stratum.drawn)


def seats_by_stratum(weights: Mapping[Shape, int], seats: int) -> dict[Shape, int]:
    """Seats in proportion to `weights` (people of the public in each stratum), by largest remainders.

    Of equal remainders the stratum whose shape sorts first has the seat, so that the answer is one.
    """
    total = sum(weights.values())
    if seats < 1 or total < 1 or min(weights.values()) < 0:
        raise DrawFault("a panel needs seats, and strata with people in them")
    exact = {shape: Fraction(seats * weight, total) for shape, weight in weights.items()}
    given = {shape: int(share) for shape, share in exact.items()}
    for shape in sorted(exact, key=lambda each: (given[each] - exact[each], each))[: seats - sum(given.values())]:
        given[shape] += 1
    return given


def draw(
    members: Mapping[str, Sequence[str]], *, seats: int, seed: bytes, weights: Mapping[Shape, int] | None = None
) -> Drawn:
    """Draw `seats` of `members`, each with the values that make its stratum (age group, district …).

    Seats follow `weights`, the public at large; without them, those who entered. In a stratum everybody has the same
    chance: the order is that of SHA-256 over the seed, the length of the name and the name. DrawFault if a stratum
    has fewer people than seats.
    """
    found: dict[Shape, list[str]] = {}
    for name, shape in members.items():
        found.setdefault(tuple(shape), []).append(name)
    wanted = seats_by_stratum(weights or {shape: len(names) for shape, names in found.items()}, seats)
    return Drawn(tuple(_stratum(shape, wanted.get(shape, 0), found.get(shape, []), seed) for shape in sorted(wanted)))


def _stratum(shape: Shape, seats: int, names: list[str], seed: bytes) -> Stratum:
    if len(names) < seats:
        raise DrawFault(f"{' / '.join(shape)}: {seats} seats, but only {len(names)} people")
    ordered = sorted(names, key=lambda name: _lot(seed, name))
    return Stratum(shape, seats, tuple(ordered[:seats]), tuple(ordered[seats:]))


def _lot(seed: bytes, name: str) -> bytes:
    written = name.encode()
    return sha256(seed + len(written).to_bytes(4) + written).digest()
