"""How any draw by lot goes on in the ledger: commitments, the list, the first head after them, secrets, the draw.

The node keeps one secret, and each keeper that the charter names another. What counts was committed to before the list
was published; the head is fixed before a keeper tells anything, so that nobody who knows a secret chooses the head.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from zhengtong.agora.proceedings import kinds
from zhengtong.agora.proceedings.models import Panel, Pledge
from zhengtong.agora.proceedings.redrawn import redrawn
from zhengtong.agora.rounds import Round, by_round
from zhengtong.cases.models import Case
from zhengtong.engines.sortition import commitment, new_seed
from zhengtong.ledger.acts import record
from zhengtong.ledger.models import Checkpoint
from zhengtong.people.actor import PROGRAM

Strata = Mapping[str, Sequence[str]]


def commit(case: Case, phase: str, *, now: datetime) -> Panel:
    """The node commits to its secret, before anybody is on the list."""
    kept = new_seed()
    told = {"phase": phase, "commitment": commitment(kept)}
    panel = Panel.objects.create(
        case=case, phase=phase, commitment=told["commitment"], kept=kept.hex(), committed_at=now
    )
    record(kind=kinds.COMMITTED, subject=case.number, by=PROGRAM, particulars=told, now=now)
    return panel


def phases_drawn(rounds: Sequence[Round]) -> Mapping[int, Sequence[str]]:
    """By round, the phases whose draw the node has committed to, or made. One query."""
    rows = Panel.objects.filter(case__in=[each.case.pk for each in rounds]).order_by("pk")
    return by_round(rows.values_list("case", "phase"))


def pledges_of(panel: Panel) -> dict[int, Pledge]:
    """What the keepers handed in for the current attempt, by their places."""
    return {each.place: each for each in panel.pledges.filter(attempt=panel.attempt)}


def owing(panel: Panel, keepers: Sequence[str], pledges: Mapping[int, Pledge]) -> list[str]:
    """The keepers who have not committed yet or, once that is over, have not told their secret."""
    given = {place for place, each in pledges.items() if panel.sealed_at is None or each.secret}
    return [post for place, post in enumerate(keepers, 1) if place not in given]


def seal(panel: Panel, *, now: datetime) -> None:
    """From now on no commitment counts, and the list does not change."""
    panel.sealed_at, panel.closed_at = now, panel.closed_at or now
    panel.save(update_fields=["sealed_at", "closed_at"])


def fix_head(panel: Panel, *, now: datetime) -> bool:
    """The public part is the first head of the ledger after that; whether there is one already."""
    head = Checkpoint.objects.filter(at__gt=panel.sealed_at).order_by("size").first()
    if head is None:
        return False
    panel.checkpoint, panel.public, panel.fixed_at = head.size, bytes(head.root).hex(), now
    panel.save(update_fields=["checkpoint", "public", "fixed_at"])
    told = {"phase": panel.phase, "attempt": panel.attempt, "checkpoint": head.size, "root": panel.public}
    record(kind=kinds.HEAD_FIXED, subject=panel.case.number, by=PROGRAM, particulars=told, now=now)
    return True


def draw_from(
    panel: Panel,
    keepers: Sequence[str],
    entrants: Strata,
    *,
    seats: int,
    now: datetime,
    shares: Mapping[str, Any] | None = None,
) -> list[str]:
    """Draw, and publish everything that it takes to draw it again. Whoever asks for it records who is drawn.

    `shares`: {"source": …, "people": [{"stratum": […], "people": n}, …]}, by which places are shared out.
    """
    told = {**attempted(panel, keepers, kept=str(panel.kept)), "seats": seats, "entrants": entrants}
    told |= {"shares": shares} if shares else {}
    found = redrawn(told)
    panel.published = {**told, "panel": found, "ended": panel.ended}
    panel.drawn_at = now
    panel.save(update_fields=["drawn_at", "published"])
    return found


def attempted(panel: Panel, keepers: Sequence[str], *, kept: str = "") -> dict[str, Any]:
    """What everybody may know of the current attempt; the node's secret only where it is told."""
    pledges = pledges_of(panel)
    given = [
        {"post": post, "commitment": each.commitment if each else "", "secret": each.secret if each else ""}
        for post, each in ((post, pledges.get(place)) for place, post in enumerate(keepers, 1))
    ]
    found = {"attempt": panel.attempt, "commitment": panel.commitment, "kept": kept, "keepers": given}
    return {**found, "public": panel.public, "checkpoint": panel.checkpoint}
