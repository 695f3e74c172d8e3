"""What was put before the moderator, in words: what was seen, and how often the like of it means nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhengtong.agora.rounds import Round
from zhengtong.agora.watching.models import Signal
from zhengtong.engines.signals import MEASURED, Measured

MOST = 50


@dataclass(frozen=True)
class Row:
    """A signal with what was measured of its kind; `told` has its moments read."""

    signal: Signal
    told: dict[str, Any]
    measured: Measured


def signalled(round_: Round) -> list[Row]:
    """What waits in the queue of a round, what concerns the most first. One query."""
    waiting = round_.case.signals.filter(settled_at__isnull=True).order_by("-many", "pk")[:MOST]
    return [Row(each, _read(each.told), MEASURED[each.kind]) for each in waiting]


def _read(told: dict[str, Any]) -> dict[str, Any]:
    moments: dict[str, Any] = {f"{at}_at": datetime.fromisoformat(told[at]) for at in ("from", "until") if at in told}
    return told | moments | ({"day_at": date.fromisoformat(told["day"])} if "day" in told else {})
