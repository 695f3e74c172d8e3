"""Texts by their marks: which of them are like a given one, how much, and what they share."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhengtong.engines.likeness.marks import marks, spelled

SHARED = 5  # marks that are told as what two texts share


@dataclass(frozen=True)
class Like:
    """A text by its place among the others, how alike it is (0 to 1), and what both say that few others do."""

    place: int
    score: float
    shared: tuple[str, ...]


class Corpus:
    """Texts that others are held against. Its size is that of their marks; asking is one pass over them."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [Counter(marks(each)) for each in texts]
        self._marks = list(dict.fromkeys(mark for each in counted for mark in each))
        self._names = {mark: at for at, mark in enumerate(self._marks)}
        lengths = [len(each) for each in counted]
        self._rows = np.repeat(np.arange(len(counted)), lengths)
        self._columns = np.fromiter((self._names[mark] for each in counted for mark in each), np.int64, sum(lengths))
        counts = np.fromiter((n for each in counted for n in each.values()), np.float64, sum(lengths))
        met = np.bincount(self._columns, minlength=len(self._names))
        self._rare = np.log((2 + len(counted)) / (1 + met)) + 1
        self._unknown = float(np.log((2 + len(counted)) / 2) + 1)  # a mark that no text has is as rare as that of one
        weights = (1 + np.log(counts)) * self._rare[self._columns] if len(counts) else counts
        norms = np.sqrt(np.bincount(self._rows, weights**2, minlength=len(counted)))
        self._weights = weights / np.maximum(norms, 1e-12)[self._rows] if len(counts) else weights
        self._size = len(counted)

    def like(self, written: str, *, least: float, most: int) -> list[Like]:
        """The texts that are like this one, the most alike first: the cosine is `least` or more."""
        counted = Counter(marks(written))
        asked = {mark: (1 + float(np.log(n))) * self._weight(mark) for mark, n in counted.items()}
        norm = float(np.sqrt(sum(weight**2 for weight in asked.values())))
        if not norm or not self._size:
            return []
        wanted = np.zeros(len(self._names))
        for mark, weight in asked.items():
            if mark in self._names:
                wanted[self._names[mark]] = weight / norm
        scores = np.bincount(self._rows, self._weights * wanted[self._columns], minlength=self._size)
        places = [int(each) for each in np.argsort(-scores, kind="stable")[:most] if scores[each] >= least]
        words = spelled(written) if places else {}
        return [Like(each, min(float(scores[each]), 1.0), self._shared(each, asked, words)) for each in places]

    def _weight(self, mark: str) -> float:
        return float(self._rare[self._names[mark]]) if mark in self._names else self._unknown

    def _shared(self, place: int, asked: Mapping[str, float], words: Mapping[str, str]) -> tuple[str, ...]:
        begin, end = np.searchsorted(self._rows, (place, place + 1))
        both = [mark for each in self._columns[begin:end] if (mark := self._marks[each]) in asked]
        return tuple(words[mark] for mark in sorted(both, key=lambda mark: (-asked[mark], mark))[:SHARED])
