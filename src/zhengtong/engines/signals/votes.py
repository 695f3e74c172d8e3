"""Votes that are the same in everything, far more often than chance would have it."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

CAST = 8  # answers in one vote; with fewer, many are the same by themselves
VOICES = 5  # so many the same
CHANCE = 1e-9  # how improbable so many are, if each answer were given by itself as often as it is given


@dataclass(frozen=True)
class SameVotes:
    """A vote (what was answered to what), by whom it was cast, and how many chance would let expect."""

    vote: tuple[tuple[Hashable, Hashable], ...]
    voices: tuple[Hashable, ...]
    expected: float


def same_votes(votes: Mapping[Hashable, Mapping[Hashable, Hashable]], *, cast: int = CAST) -> list[SameVotes]:
    """Votes of `cast` answers or more that `VOICES` voices or more share, beyond chance; the most voices first.

    Chance: among those who answered at least the same questions, each answer is as frequent as it is, and independent
    of the others. People are not like that, so that groups of opinion look alike, too; hence the measured rate.
    """
    groups: dict[tuple[tuple[Hashable, Hashable], ...], list[Hashable]] = defaultdict(list)
    for voice, given in votes.items():
        if len(given) >= cast:
            groups[tuple(sorted(given.items(), key=repr))].append(voice)
    counts, asked = _counts(votes)
    found = []
    for vote, voices in groups.items():
        if len(voices) < VOICES:
            continue
        probability = sum(log(counts[each] / asked[each[0]]) for each in vote)
        people = min(asked[question] for question, _ in vote)
        expected = people * exp(probability)
        if _tail(len(voices), expected) < CHANCE:
            found.append(SameVotes(vote, tuple(voices), expected))
    return sorted(found, key=lambda each: (-len(each.voices), repr(each.vote)))


def _counts(
    votes: Mapping[Hashable, Mapping[Hashable, Hashable]],
) -> tuple[dict[tuple[Hashable, Hashable], int], dict[Hashable, int]]:
    """How often each answer was given to each question, and how often each question was answered."""
    counts: dict[tuple[Hashable, Hashable], int] = defaultdict(int)
    asked: dict[Hashable, int] = defaultdict(int)
    for given in votes.values():
        for question, answer in given.items():
            counts[question, answer] += 1
            asked[question] += 1
    return counts, asked


def _tail(many: int, expected: float) -> float:
    """How probable `many` or more are where so many are expected (Poisson), from above."""
    if expected >= many:
        return 1.0
    first = exp(many * log(max(expected, 1e-300)) - expected - lgamma(many + 1))
    return first / (1 - expected / (many + 1))  # the rest is less than a geometric series


def chosen(
    ballots: Mapping[Hashable, Sequence[Hashable]], options: Sequence[Hashable]
) -> dict[Hashable, dict[Hashable, Hashable]]:
    """Ballots that name what they want, as votes of yes or no; those that name fewer than three say too little."""
    full = {voice: set(named) for voice, named in ballots.items() if len(named) >= 3}
    return {voice: {option: option in named for option in options} for voice, named in full.items()}
