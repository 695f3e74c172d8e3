"""What each post may do, flat: one line for each power that a post holds, with its acts, matters, region and days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhengtong.charter.model import Dated, Held, Organisation, Post

if TYPE_CHECKING:
    from zhengtong.charter.charter import Charter


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A post may do these acts, in these matters, within this region, from one day to another, by this power."""

    post: str  # organisation/post
    power: str
    acts: frozenset[str]
    matters: frozenset[str]  # empty: every matter
    region: str
    within: frozenset[str]  # the region and all that lie in it
    from_on: date | None = None
    to_on: date | None = None
    only_given: bool = False
    via: str = ""  # `delegation:17`; empty: the charter itself

    def in_force(self, on: date) -> bool:
        """Whether it holds on that day; the last day is included."""
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on <= self.to_on)

    def over(self, matter: str) -> bool:
        """Whether it is a power in this matter."""
        return not self.matters or matter in self.matters

    @property
    def reference(self) -> str:
        """What an act says that it rests on."""
        return f"{self.power}/{self.via}" if self.via else self.power


def granted(charter: "Charter") -> Mapping[str, tuple[Grant, ...]]:
    """The grants of every post that has any, in the order in which the charter lists them."""
    within = _within(charter)
    found: dict[str, tuple[Grant, ...]] = {}
    for organisation in charter.organisations.values():
        for post in organisation.posts:
            grants = (_grant(charter, organisation, post, held, within) for held in post.held)
            found[f"{organisation.id}/{post.id}"] = tuple(each for each in grants if each)
    return {post: grants for post, grants in found.items() if grants}


def _grant(
    charter: "Charter", organisation: Organisation, post: Post, held: Held, within: Mapping[str, frozenset[str]]
) -> Grant | None:
    power = charter.powers.get(held.power)
    if power is None or organisation.function not in power.holders:
        return None
    if power.levels and organisation.level not in power.levels:
        return None
    matters = _both(frozenset(power.matters), frozenset(held.matters))
    region = held.region or organisation.region
    if matters is None or not charter.region_within(region, organisation.region):
        return None
    from_on, to_on = _days(organisation, post, held, power)
    return Grant(
        post=f"{organisation.id}/{post.id}",
        power=power.id,
        acts=frozenset(power.acts) & frozenset(held.acts or power.acts),
        matters=matters,
        region=region,
        within=within.get(region, frozenset()),
        from_on=from_on,
        to_on=to_on,
        only_given=power.only_given,
    )


def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str] | None:
    """What is in both, where empty means all; None where nothing is."""
    if not one or not other:
        return one or other
    return one & other or None


def _days(*parts: Dated) -> tuple[date | None, date | None]:
    """When all of them are in force."""
    begins = [each.valid_from for each in parts if each.valid_from]
    ends = [each.valid_to for each in parts if each.valid_to]
    return max(begins, default=None), min(ends, default=None)


def _within(charter: "Charter") -> Mapping[str, frozenset[str]]:
    """For each region, the codes of all that lie in it."""
    found: dict[str, set[str]] = {code: set() for code in charter.regions}
    for code in charter.regions:
        for above in charter.regions_above(code):
            found[above].add(code)
    return {code: frozenset(codes) for code, codes in found.items()}
