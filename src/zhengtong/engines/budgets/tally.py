"""An election by columns: ballots that are alike together, and who supports what as arrays."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = int | Fraction
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Support:
    """Who supports one project: the rows of the ballots, how many cast each, and the code of the points given."""

    rows: Rows
    counts: NDArray[np.float64]  # whole numbers
    codes: Rows


@dataclass(frozen=True)
class Tally:
    """`points[code]` are points in whole numbers, `scale` of which make one of the votes'; 2**53 votes at most."""

    ballots: int
    points: tuple[int, ...]
    scale: int
    support: dict[str, Support]


def tallied(votes: Sequence[Mapping[str, Points]]) -> Tally:
    """Votes that share their points are counted together; the reader of files shares those that are written alike."""
    own = list(map(id, votes))
    alike = Counter(own)
    ballots = list(dict(zip(own, votes, strict=True)).values())
    counts = np.fromiter(alike.values(), dtype=np.float64, count=len(alike))
    names = list(chain.from_iterable(ballots))
    given: list[Points] = list(chain.from_iterable(each.values() for each in ballots))
    kinds = set(given)
    scale = lcm(*(points.denominator for points in kinds))
    values = sorted({int(points * scale) for points in kinds})
    codes = _coded(given, {points: values.index(int(points * scale)) for points in kinds})
    projects = sorted(set(names))
    columns = _coded(names, {project: column for column, project in enumerate(projects)})
    rows = np.repeat(np.arange(len(ballots)), np.fromiter(map(len, ballots), dtype=np.intp, count=len(ballots)))
    return Tally(len(ballots), tuple(values), scale, _supports(projects, columns, rows, counts, codes, values))


def _coded(each: Sequence[Hashable], code: Mapping[Any, int]) -> Rows:
    return np.fromiter(map(code.__getitem__, each), dtype=np.intp, count=len(each))


def _supports(
    projects: list[str], columns: Rows, rows: Rows, counts: NDArray[np.float64], codes: Rows, values: list[int]
) -> dict[str, Support]:
    """The supporters of each project; who gives nothing is none."""
    given = np.array([each > 0 for each in values], dtype=bool)[codes] if values else np.zeros(0, dtype=bool)
    columns, rows, codes = columns[given], rows[given], codes[given]
    order = np.argsort(columns, kind="stable")
    ends = np.searchsorted(columns[order], np.arange(len(projects) + 1))
    parts = {project: order[ends[at] : ends[at + 1]] for at, project in enumerate(projects)}
    return {
        project: Support(rows[part], counts[rows[part]], codes[part]) for project, part in parts.items() if len(part)
    }
