"""Texts that are the same, or nearly, from many voices within a day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhengtong.engines.likeness import Corpus

VOICES = 5  # so many voices on one day
NEAR = 0.85  # the cosine from which on two texts are nearly the same
COMPARED = 2000  # different texts that are held against each other


@dataclass(frozen=True)
class Said:
    """A text that was said, by its fingerprint: how many voices said it on each day."""

    fingerprint: str
    text: str
    by_day: Mapping[date, int]


@dataclass(frozen=True)
class SameText:
    """What was said alike: the fingerprints, the first one first; on which day most voices said it, and how many."""

    fingerprints: tuple[str, ...]
    text: str
    day: date
    voices: int


def same_texts(said: Sequence[Said]) -> list[SameText]:
    """What `VOICES` voices or more said on one day; texts that are nearly the same are one. Of `said`, in the order in
    which it was first said, the last `COMPARED` are held against each other.
    """
    groups = _near(said[-COMPARED:])
    found = [_told(group) for group in groups]
    single = [_told([each]) for each in said[:-COMPARED]]
    return [each for each in (*single, *found) if each.voices >= VOICES]


def _near(said: Sequence[Said]) -> list[list[Said]]:
    """Each text with those before it that it is nearly the same as."""
    corpus, group_of = Corpus([each.text for each in said]), list(range(len(said)))
    for at, each in enumerate(said):
        earlier = [like.place for like in corpus.like(each.text, least=NEAR, most=8) if like.place < at]
        if earlier:
            group_of[at] = group_of[min(earlier)]
    groups: dict[int, list[Said]] = defaultdict(list)
    for at, each in enumerate(said):
        groups[group_of[at]].append(each)
    return list(groups.values())


def _told(group: Sequence[Said]) -> SameText:
    days: dict[date, int] = defaultdict(int)
    for each in group:
        for day, voices in each.by_day.items():
            days[day] += voices
    day = max(days, key=lambda each: (days[each], each))
    return SameText(tuple(each.fingerprint for each in group), group[0].text, day, days[day])
