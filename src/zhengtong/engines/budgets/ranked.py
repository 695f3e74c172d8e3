"""One or several out of named options: approval, Borda, single transferable vote, Schulze.

A ballot names options, the best first; those it leaves out are level and last. Where options are level, a declared
order decides (`ties`, then the order of names), and each round says when it did.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Ballot = Sequence[str]


@dataclass(frozen=True, slots=True)
class Round:
    """What each option still in the race had, who was elected or went out, and whether the declared order decided."""

    tally: Mapping[str, Fraction]
    elected: tuple[str, ...] = ()
    out: str = ""
    by_order: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """The elected, in their order, and how it came about."""

    elected: tuple[str, ...]
    rounds: tuple[Round, ...]


def approval(options: Sequence[str], ballots: Iterable[Ballot], *, seats: int = 1, ties: Sequence[str] = ()) -> Count:
    """The most approved."""
    return _by_points(options, ballots, lambda ballot: dict.fromkeys(ballot, Fraction(1)), seats, ties)


def borda(options: Sequence[str], ballots: Iterable[Ballot], *, seats: int = 1, ties: Sequence[str] = ()) -> Count:
    """Of n options the first of a ballot gets n-1 points, the next one less; those left out share what is left."""

    def points(ballot: Ballot) -> dict[str, Fraction]:
        missing = [each for each in options if each not in ballot]
        given = {each: Fraction(len(options) - 1 - place) for place, each in enumerate(ballot)}
        return given | dict.fromkeys(missing, Fraction(len(missing) - 1, 2))

    return _by_points(options, ballots, points, seats, ties)


def _by_points(
    options: Sequence[str],
    ballots: Iterable[Ballot],
    points: Callable[[Ballot], Mapping[str, Fraction]],
    seats: int,
    ties: Sequence[str],
) -> Count:
    tally = dict.fromkeys(_checked(options, seats), Fraction(0))
    for ballot in ballots:
        for option, more in points(_valid(options, ballot)).items():
            tally[option] += more
    ranked = _ranked(tally, _order(options, ties))
    level = len(ranked) > seats and tally[ranked[seats - 1]] == tally[ranked[seats]]
    return Count(tuple(ranked[:seats]), (Round(tally, tuple(ranked[:seats]), by_order=level),))


def schulze(options: Sequence[str], ballots: Iterable[Ballot], *, seats: int = 1, ties: Sequence[str] = ()) -> Count:
    """Who beats every other, directly or by a stronger chain of duels (Schulze 2011, by winning votes).

    The round's tally holds how many others each option beats.
    """
    order = _order(_checked(options, seats), ties)
    duels = _duels(options, ballots)
    paths = {pair: won if won > duels[pair[::-1]] else 0 for pair, won in duels.items()}
    for through in options:
        for start in options:
            for end in options:
                if len({through, start, end}) == 3:
                    chain = min(paths[start, through], paths[through, end])
                    paths[start, end] = max(paths[start, end], chain)
    beaten = {
        one: Fraction(sum(one != other and paths[one, other] > paths[other, one] for other in options))
        for one in options
    }
    ranked = _ranked(beaten, order)
    level = len(ranked) > seats and beaten[ranked[seats - 1]] == beaten[ranked[seats]]
    return Count(tuple(ranked[:seats]), (Round(beaten, tuple(ranked[:seats]), by_order=level),))


def _duels(options: Sequence[str], ballots: Iterable[Ballot]) -> dict[tuple[str, str], int]:
    """How many ballots put one before the other."""
    won = {(one, other): 0 for one in options for other in options if one != other}
    for ballot in ballots:
        places = {each: place for place, each in enumerate(_valid(options, ballot))}
        for one in places:
            for other in options:
                if one != other and places[one] < places.get(other, len(options)):
                    won[one, other] += 1
    return won


def transferable(
    options: Sequence[str], ballots: Iterable[Ballot], *, seats: int = 1, ties: Sequence[str] = ()
) -> Count:
    """Single transferable vote; for one seat it is instant runoff.

    The quota is Droop's: more than the (seats + 1)th part of the votes, in whole votes. What an elected option has over
    the quota goes on, every vote for it at the same exact part of its value; else the weakest goes out, and its votes
    go on.
    """
    order = _order(_checked(options, seats), ties)
    papers = [(tuple(_valid(options, each)), Fraction(1)) for each in ballots]
    quota = len(papers) // (seats + 1) + 1
    standing = set(options)
    elected: list[str] = []
    rounds: list[Round] = []
    while standing and len(elected) < seats:
        if len(standing) <= seats - len(elected):
            last = _ranked(_tally(papers, standing), order)
            elected += last
            rounds.append(Round(_tally(papers, standing), tuple(last)))
            break
        tally = _tally(papers, standing)
        best = _ranked(tally, order)[0]
        if tally[best] >= quota:
            elected.append(best)
            papers = _passed_on(papers, standing, best, (tally[best] - quota) / tally[best])
            rounds.append(Round(tally, (best,), by_order=_is_level(tally, best)))
            standing.remove(best)
        else:
            worst = _ranked(tally, order)[-1]
            rounds.append(Round(tally, out=worst, by_order=_is_level(tally, worst)))
            standing.remove(worst)
    return Count(tuple(elected), tuple(rounds))


_Papers = list[tuple[tuple[str, ...], Fraction]]


def _first(ballot: Ballot, standing: set[str]) -> str:
    return next((each for each in ballot if each in standing), "")


def _tally(papers: _Papers, standing: set[str]) -> dict[str, Fraction]:
    found = dict.fromkeys(sorted(standing), Fraction(0))
    for ballot, value in papers:
        if option := _first(ballot, standing):
            found[option] += value
    return found


def _passed_on(papers: _Papers, standing: set[str], elected: str, part: Fraction) -> _Papers:
    return [(ballot, value * part if _first(ballot, standing) == elected else value) for ballot, value in papers]


def _is_level(tally: Mapping[str, Fraction], option: str) -> bool:
    return sum(each == tally[option] for each in tally.values()) > 1


def _order(options: Sequence[str], ties: Sequence[str]) -> dict[str, int]:
    return {each: place for place, each in enumerate([*ties, *sorted(set(options) - set(ties))])}


def _ranked(tally: Mapping[str, Fraction], order: Mapping[str, int]) -> list[str]:
    return sorted(tally, key=lambda each: (-tally[each], order[each]))


def _checked(options: Sequence[str], seats: int) -> Sequence[str]:
    if len(set(options)) < len(options) or not 1 <= seats <= len(options):
        raise ValueError("options have to differ, and there are as many seats as options at most")
    return options


def _valid(options: Sequence[str], ballot: Ballot) -> Ballot:
    if len(set(ballot)) < len(ballot) or not set(ballot) <= set(options):
        raise ValueError(f"a ballot names each option once at most, and no other: {list(ballot)}")
    return ballot
