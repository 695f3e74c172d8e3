"""Opinion groups: 2,000 people × 600 statements beside red-dwarf, and how near both come to the published ones."""

import csv
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from pathlib import Path
from time import process_time, time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.rules.peers import ask_python
from zhengtong.engines.opinions import opinions

FOLDER = Path(os.environ.get("POLIS", Path(__file__).parents[3] / "shared" / "participation" / "polis"))
_TRIES = 3


@dataclass(frozen=True)
class Conversation:
    """Votes (people × statements), which statements were hidden, and the published group of each person or -1."""

    votes: NDArray[np.float64]
    hidden: NDArray[np.bool_]
    published: NDArray[np.intp]


def main() -> None:
    _race(_made(2000, 600))
    for folder in conversations():
        held = conversation(folder)
        ours = agreement(held.published, opinions(held.votes, hidden=held.hidden).grouped)
        found = peer(held, tries=1)
        theirs = f"{agreement(held.published, np.array(found['grouped'])):.3f}" if found else "–"
        print(f"{folder.name}: agreement with the published groups {ours:.3f}, red-dwarf {theirs}")


def _race(held: Conversation) -> None:
    seconds, walls = [], []
    for seed in range(_TRIES):
        begun, wall = process_time(), time()
        found = opinions(held.votes, seed=seed)
        seconds.append(process_time() - begun)
        walls.append(time() - wall)
    people, statements = held.votes.shape
    told = f"{people} people × {statements} statements: {min(seconds):.2f} s CPU, {min(walls):.2f} s by the wall"
    print(f"{told}, agreement with the groups that were made {agreement(held.published, found.grouped):.3f}")
    theirs = peer(held, tries=_TRIES)
    if theirs:
        ratios = f"{theirs['seconds'] / min(seconds):.1f}× (wall {theirs['wall'] / min(walls):.1f}×)"
        agreed = agreement(held.published, np.array(theirs["grouped"]))
        print(f"red-dwarf: {theirs['seconds']:.2f} s CPU, {ratios}, agreement {agreed:.3f}")


def _made(people: int, statements: int, groups: int = 3) -> Conversation:
    """A conversation in which groups lean to sides of their own; everybody votes on an eighth of the statements."""
    random = np.random.default_rng(6)
    mine = random.integers(groups, size=people)
    leaning = random.beta(0.8, 0.8, size=(groups, statements))[mine]
    votes = np.where(random.random((people, statements)) < leaning, 1.0, -1.0)
    votes[random.random((people, statements)) < 0.1] = 0.0
    votes[random.random((people, statements)) > 0.125] = np.nan
    return Conversation(votes, np.zeros(statements, dtype=bool), mine)


def conversations() -> list[Path]:
    """The folders of the published conversations, where they are."""
    return sorted(each.parent for each in FOLDER.glob("*/participants-votes.csv"))


def conversation(folder: Path) -> Conversation:
    """A published conversation; what was moderated out is hidden."""
    with (folder / "participants-votes.csv").open(encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    with (folder / "comments.csv").open(encoding="utf-8") as file:
        out = {each["comment-id"] for each in csv.DictReader(file) if each["moderated"] == "-1"}
    columns = [each for each in people[0] if each.isdigit()]
    votes = np.array([[float(each[column] or "nan") for column in columns] for each in people])
    published = np.array([int(each["group-id"] or -1) for each in people], dtype=np.intp)
    return Conversation(votes, np.array([each in out for each in columns]), published)


def agreement(one: NDArray[np.intp], other: NDArray[np.intp]) -> float:
    """The adjusted Rand index of two groupings (Hubert and Arabie 1985) among those whom both put into a group."""
    both = (one >= 0) & (other >= 0)
    met = np.zeros((one.max() + 1, max(other.max(), 0) + 1), dtype=np.int64)
    np.add.at(met, (one[both], other[both]), 1)
    pairs, rows, columns = _pairs(met.ravel()), _pairs(met.sum(axis=1)), _pairs(met.sum(axis=0))
    expected = rows * columns / max(comb(int(both.sum()), 2), 1)
    most = (rows + columns) / 2
    return (pairs - expected) / (most - expected) if most > expected else 1.0 if pairs == most else 0.0


def _pairs(counts: Sequence[int] | NDArray[np.int64]) -> int:
    return sum(comb(int(each), 2) for each in counts)


def peer(held: Conversation, *, tries: int) -> dict[str, Any] | None:
    """What red-dwarf finds; None where it is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.npz"
        np.savez(path, votes=held.votes, hidden=held.hidden)
        found = ask_python("../agora/dwarf_peer.py", str(path), str(tries))
    return found if found and found["red-dwarf"] else None
