"""Putting people together who stand near to each other: k-means, and the silhouette that says how well it does."""

import numpy as np
from numpy.typing import NDArray

from zhengtong.engines.opinions.projection import Floats

Labels = NDArray[np.intp]

_STARTS = 10
_ROUNDS = 100
_MOST = 800  # people of whom a silhouette is taken; of more, as many evenly out of the row


def split(places: Floats, count: int, random: np.random.Generator, *, starts: int = _STARTS) -> Labels:
    """The group of each place (people × 2), the largest group first; the best of several starts (k-means++)."""
    runs = [_run(places, _scattered(places, count, random)) for _ in range(starts)]
    labels = min(runs, key=lambda run: run[0])[1]
    order = np.argsort(-np.bincount(labels, minlength=count), kind="stable")
    return np.argsort(order)[labels]


def _scattered(places: Floats, count: int, random: np.random.Generator) -> Floats:
    """Places to start from, far from each other (Arthur and Vassilvitskii 2007)."""
    chosen = [places[random.integers(len(places))]]
    near = _squares(places, chosen[0])
    while len(chosen) < count:
        total = near.sum()
        at = random.choice(len(places), p=near / total) if total > 0 else random.integers(len(places))
        chosen.append(places[at])
        near = np.minimum(near, _squares(places, chosen[-1]))
    return np.array(chosen)


def _run(places: Floats, centres: Floats) -> tuple[float, Labels]:
    labels = np.zeros(len(places), dtype=np.intp)
    for _ in range(_ROUNDS):
        far = np.stack([_squares(places, each) for each in centres])
        labels = far.argmin(axis=0)
        held = np.bincount(labels, minlength=len(centres))
        sums = np.stack([np.bincount(labels, axis, len(centres)) for axis in places.T], axis=1)
        moved = np.where(held[:, None] > 0, sums / np.maximum(held, 1)[:, None], centres)
        if np.array_equal(moved, centres):
            break
        centres = moved
    return float(far.min(axis=0).sum()), labels


def _squares(places: Floats, centre: Floats) -> Floats:
    apart = places - centre
    found: Floats = np.einsum("ij,ij->i", apart, apart)
    return found


def silhouette(places: Floats, labels: Labels) -> float:
    """How much nearer people are to their own group than to the next, -1 to 1 (Rousseeuw 1987); 0 for one group."""
    step = -(-len(places) // _MOST)
    places, labels = places[::step], labels[::step]
    groups = np.unique(labels)
    if len(groups) < 2:
        return 0.0
    far = np.sqrt(sum(np.subtract.outer(axis, axis) ** 2 for axis in places.T))
    sums = np.stack([far[:, labels == each].sum(axis=1) for each in groups], axis=1)
    held = np.array([(labels == each).sum() for each in groups])
    own = labels[:, None] == groups
    inside = sums[own] / np.maximum(held[np.searchsorted(groups, labels)] - 1, 1)
    outside = np.where(own, np.inf, sums / held).min(axis=1)
    alone = held[np.searchsorted(groups, labels)] == 1
    widest = np.maximum(np.maximum(inside, outside), 1e-12)
    return float(np.where(alone, 0.0, (outside - inside) / widest).mean())
