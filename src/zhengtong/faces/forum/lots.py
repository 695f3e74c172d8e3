"""A draw by lot as pages show it: who committed, who told, each attempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhengtong.agora.proceedings.keeping import may_begin_at
from zhengtong.agora.proceedings.lots import attempted
from zhengtong.agora.proceedings.models import Panel
from zhengtong.agora.proceedings.offering import unreached
from zhengtong.agora.rounds import Round
from zhengtong.agora.seats import told_of
from zhengtong.charter.model import NODES, Phase
from zhengtong.charter.nodes import node_of
from zhengtong.common.text import Text


@dataclass(frozen=True)
class Share:
    """A keeper, and what they handed in: the commitment, then the secret; empty where not yet."""

    office: Text
    title: Text
    commitment: str
    secret: str
    node: str = ""  # of another node its id: it has a page of its own


@dataclass(frozen=True)
class Ended:
    """An attempt that came to nothing: who had not told, and why the host let all begin again."""

    number: int
    shares: list[Share]
    reasons: str
    on: date


@dataclass(frozen=True)
class Lot:
    """A draw: `panel` as it stands, the keepers of the current attempt in their order, the attempts before."""

    panel: Panel
    shares: list[Share]
    ended: list[Ended]
    begins_on: date | None  # from when the host may have all begin again
    is_told: bool = False  # who was drawn has been written to,
    unreached: int = 0  # so many of whom have not answered, and have no e-mail address here

    @property
    def stage(self) -> str:
        """What is awaited: commit, head, tell, or nothing more: drawn."""
        if self.panel.drawn_at:
            return "drawn"
        if self.panel.sealed_at is None:
            return "commit"
        return "tell" if self.panel.fixed_at else "head"

    @property
    def owing(self) -> list[Share]:
        """Who has not done yet what is awaited."""
        return [each for each in self.shares if not (each.commitment if self.stage == "commit" else each.secret)]


def lot_of(round_: Round, phase: Phase) -> Lot | None:
    """How far a draw has come; None before the node committed. Four queries."""
    panel = Panel.objects.filter(case=round_.case, phase=phase.id).first()
    if panel is None:
        return None
    begins = may_begin_at(panel, phase)
    shares = _shares(round_, panel.published or attempted(panel, phase.keepers))
    ended = [_ended(round_, each) for each in panel.ended]
    is_told = panel.offers.exists()
    return Lot(
        panel, shares, ended, round_.day(begins) if begins else None, is_told, unreached(panel) if is_told else 0
    )


def _ended(round_: Round, told: Mapping[str, Any]) -> Ended:
    on = round_.day(datetime.fromisoformat(told["ended_at"]))
    return Ended(told["attempt"], _shares(round_, told), told["reasons"], on)


def _shares(round_: Round, told: Mapping[str, Any]) -> list[Share]:
    return [
        Share(*told_of(round_.charter, each["post"]), each["commitment"], each["secret"], _node(round_, each["post"]))
        for each in told.get("keepers", [])
    ]


def _node(round_: Round, post: str) -> str:
    return post.removeprefix(NODES) if node_of(round_.charter.nodes, post) else ""
