"""What the ledger shows to the world: heads, tiles, entries, keys, and how well it keeps up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zhengtong.engines import merkle
from zhengtong.ledger import places
from zhengtong.ledger.cosigning import witnessed_at, witnesses
from zhengtong.ledger.models import Act, Checkpoint, Cosignature, Waiting
from zhengtong.ledger.queries import published as head
from zhengtong.ledger.queries import verifier
from zhengtong.ledger.succession import Succession, notes
from zhengtong.ledger.tree import read_tile

__all__ = ["State", "bundle", "head", "keys", "state", "tile"]

MEASURED = 10_000  # the newest entries, from which the merge delay is told


def tile(level: int, index: int, width: int) -> bytes | None:
    """The first `width` hashes of a tile; None if there are not so many under a signed head."""
    if _within(level, index, width):
        hashes = read_tile(level, index)[: width * merkle.SIZE]
        return hashes if len(hashes) == width * merkle.SIZE else None
    return None


def bundle(index: int, width: int) -> bytes | None:
    """The first `width` entries of a bundle; None if there are not so many under a signed head."""
    if not _within(0, index, width):
        return None
    first = index * merkle.WIDTH
    leaves = [entry.leaf for entry in places.between(first, first + width)]
    return merkle.bundle(leaves) if len(leaves) == width else None


def _within(level: int, index: int, width: int) -> bool:
    newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    return index * merkle.WIDTH + width <= newest >> (merkle.HEIGHT * level)


def keys() -> dict[str, Any]:
    """The verifier keys, the present one last, and the successions from one to the next."""
    followed = notes()
    return {
        "keys": [*(str(Succession.opened(note).old) for note in followed), str(verifier())],
        "successions": followed,
    }


@dataclass(frozen=True)
class State:
    """How well the ledger keeps up. Delays are from the recording of an act to the signed head that has it."""

    entries: int
    pending: int
    checkpoint_at: datetime | None
    checkpoint_age: timedelta  # how long the oldest act has waited that no signed head has yet
    delay_median: timedelta | None
    delay_p99: timedelta | None
    witnesses: list[tuple[str, datetime | None]]  # who, and when they last looked
    witnessed_at: datetime | None

    def told(self) -> dict[str, Any]:
        """As programs read it: seconds, and ISO moments."""
        return {
            "entries": self.entries,
            "pending": self.pending,
            "checkpoint_at": _iso(self.checkpoint_at),
            "checkpoint_age_seconds": self.checkpoint_age.total_seconds(),
            "merge_delay_median_seconds": _seconds(self.delay_median),
            "merge_delay_p99_seconds": _seconds(self.delay_p99),
            "witnesses": [{"name": name, "looked_at": _iso(at)} for name, at in self.witnesses],
        }


def state(now: datetime) -> State:
    """The state of the ledger, from its records."""
    newest = Checkpoint.objects.order_by("-size").first()
    oldest = Waiting.objects.order_by("act_id").values_list("act__recorded_at", flat=True).first()
    delays = merge_delays()
    names = [each.verifier.name for each in witnesses()]
    return State(
        entries=newest.size if newest else 0,
        pending=Waiting.objects.count(),
        checkpoint_at=newest.at if newest else None,
        checkpoint_age=max(now - oldest, timedelta(0)) if oldest else timedelta(0),
        delay_median=_share(delays, 50),
        delay_p99=_share(delays, 99),
        witnesses=[(name, _looked(name)) for name in names],
        witnessed_at=witnessed_at() if names else None,
    )


def merge_delays(count: int = MEASURED) -> list[timedelta]:
    """How long each of the newest entries waited for the signed head that has it, the shortest first."""
    newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    first = max(newest - count, 0)
    heads = iter(Checkpoint.objects.filter(size__gt=first).order_by("size").values_list("size", "at"))
    ids = places.acts_at(first, newest)
    recorded_at = dict(Act.objects.filter(pk__in=ids.values()).values_list("pk", "recorded_at"))
    delays, size, at = [], 0, None
    for index, act in ids.items():
        recorded = recorded_at.get(act)
        while size <= index:
            size, at = next(heads, (index + 1, None))
        if at and recorded:
            delays.append(max(at - recorded, timedelta(0)))
    return sorted(delays)


def _share(delays: list[timedelta], percent: int) -> timedelta | None:
    """The delay that so many of a hundred do not exceed."""
    return delays[-(-len(delays) * percent // 100) - 1] if delays else None


def _looked(name: str) -> datetime | None:
    return Cosignature.objects.filter(witness=name).order_by("-at").values_list("at", flat=True).first()


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _seconds(delay: timedelta | None) -> float | None:
    return round(delay.total_seconds(), 3) if delay is not None else None
