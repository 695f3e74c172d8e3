"""Where people stand to each other: two principal components of their votes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

AXES = 2
_SPARE = 8  # directions that are carried along, so that close ones do not slow it down
_ROUNDS = 500
_FEW = 6


@dataclass(frozen=True)
class Projection:
    """`places` are people × 2. `axes` are statements × 2: how each statement pulls; `weight` is the part explained."""

    places: Floats
    axes: Floats
    weight: Floats


def project(votes: Floats, *, seed: int = 0) -> Projection:
    """Place people by their votes (people × statements; nan where there is none).

    A missing vote is taken for the mean of its statement. Who voted on few would stand too near to the middle by that,
    and is moved out by the root of statements to votes, as Polis does. Signs are fixed: the heaviest pull is positive.
    """
    spread = centred(votes)
    axes, weight = _principal(spread, np.random.default_rng(seed), _ROUNDS)
    return Projection((spread @ axes) * outwards(votes)[:, None], axes, weight)


def centred(votes: Floats) -> Floats:
    """Votes less the mean of their statement; 0 where there is none."""
    seen = ~np.isnan(votes)
    known = np.where(seen, votes, 0.0)
    return np.where(seen, known - known.sum(axis=0) / np.maximum(seen.sum(axis=0), 1), 0.0)


def outwards(votes: Floats) -> Floats:
    """By how much each person is moved out of the middle."""
    found: Floats = np.sqrt(votes.shape[1] / np.maximum((~np.isnan(votes)).sum(axis=1), 1))
    return found


def roughly(spread: NDArray[np.float32]) -> NDArray[np.float32]:
    """Where people stand by centred votes, from few rounds: good enough for a measure of chance."""
    axes, _ = _principal(spread, np.random.default_rng(0), _FEW)
    return spread @ axes.astype(np.float32)


def _principal(spread: NDArray[np.floating], random: np.random.Generator, rounds: int) -> tuple[Floats, Floats]:
    """The heaviest directions (statements × 2) by subspace iteration, and how much of the variance each explains."""
    width = spread.shape[1]
    total = float((spread**2).sum())
    axes = np.linalg.qr(random.standard_normal((width, min(width, AXES + _SPARE))).astype(spread.dtype))[0]
    before = np.zeros(axes.shape[1])
    for _ in range(rounds):
        turned = spread.T @ (spread @ axes)
        now = np.sort(np.einsum("ij,ij->j", axes, turned))[::-1]
        axes = np.linalg.qr(turned)[0]
        if np.abs(now - before)[:AXES].max(initial=0.0) <= 1e-9 * total:
            break
        before = now
    return _rotated(spread @ axes, axes, total)


def _rotated(seen_from: NDArray[np.floating], axes: NDArray[np.floating], total: float) -> tuple[Floats, Floats]:
    """The principal directions within the subspace that was found."""
    directions, weight = np.zeros((axes.shape[0], AXES)), np.zeros(AXES)
    if total:
        values, turn = np.linalg.eigh(seen_from.T @ seen_from)
        heaviest = axes @ turn[:, ::-1][:, :AXES]
        signs = np.sign(heaviest[np.abs(heaviest).argmax(axis=0), np.arange(heaviest.shape[1])])
        directions[:, : heaviest.shape[1]] = heaviest * signs
        weight[: heaviest.shape[1]] = values[::-1][:AXES] / total
    return directions, weight
