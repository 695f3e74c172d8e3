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


def seats_within(weights: Mapping[Shape, int], people: Mapping[Shape, int], seats: int) -> dict[Shape, int]:
    """The same, but in no stratum more seats than `people` in it: what is left over goes to the others, by weight.

    Where no weight is left either, it goes to those whom nobody weighed, by how many they are. DrawFault if there are
    fewer people than seats.
    """
    if sum(people.values()) < seats:
        raise DrawFault(f"{seats} seats, but only {sum(people.values())} people")
    given: dict[Shape, int] = dict.fromkeys((*weights, *people), 0)
    left, open_ = seats, {shape: weights.get(shape, 0) for shape in given}
    while left:
        if not any(open_.values()):
            open_ = {shape: people.get(shape, 0) for shape in open_}
        share = seats_by_stratum(open_, left)
        full = [shape for shape, many in share.items() if many > people.get(shape, 0)]
        for shape in full or list(share):
            given[shape] = people.get(shape, 0) if full else share[shape]
            del open_[shape]
        left = seats - sum(given.values())
    return given


def draw(
    members: Mapping[str, Sequence[str]],
    *,
    seats: int,
    seed: bytes,
    weights: Mapping[Shape, int] | None = None,
    fill: bool = False,
) -> Drawn:
    """Draw `seats` of `members`, each with the values that make its stratum (age group, district …).

    Seats follow `weights`, the public at large; without them, those who entered. In a stratum everybody has the same
    chance: the order is that of SHA-256 over the seed, the length of the name and the name. Where a stratum has fewer
    people than seats, the others get what is left if `fill` says so (`seats_within`); else DrawFault.
    """
    found: dict[Shape, list[str]] = {}
    for name, shape in members.items():
        found.setdefault(tuple(shape), []).append(name)
    people = {shape: len(names) for shape, names in found.items()}
    wanted = seats_within(weights or people, people, seats) if fill else seats_by_stratum(weights or people, seats)
    return Drawn(tuple(_stratum(shape, wanted.get(shape, 0), found.get(shape, []), seed) for shape in sorted(wanted)))


def _stratum(shape: Shape, seats: int, names: list[str], seed: bytes) -> Stratum:
    if len(names) < seats:
        raise DrawFault(f"{' / '.join(shape)}: {seats} seats, but only {len(names)} people")
    ordered = sorted(names, key=lambda name: _lot(seed, name))
    return Stratum(shape, seats, tuple(ordered[:seats]), tuple(ordered[seats:]))


def _lot(seed: bytes, name: str) -> bytes:
    written = name.encode()
    return sha256(seed + len(written).to_bytes(4) + written).digest()
