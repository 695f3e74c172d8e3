"""What other nodes said as keepers that does not hold: of a round, of one, and lately in all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhengtong.agora.abroad.lies import WHY
from zhengtong.agora.abroad.models import Lie
from zhengtong.agora.errors import NoSuchRound
from zhengtong.agora.rounds import Round
from zhengtong.charter.model import NODES, Node
from zhengtong.common.text import Text

LATELY = timedelta(days=90)  # so long it is on the desk of who supervises


@dataclass(frozen=True)
class Told:
    """One as people read it: the node by its name, and what is wrong."""

    lie: Lie
    node: Text
    what: Text


def lies_of(round_: Round) -> list[Told]:
    """Of a round, the oldest first. One query."""
    found = Lie.objects.filter(number=round_.case.number).defer("told").order_by("pk")
    return [_told(each, round_.charter.nodes) for each in found]


def lately(nodes: Mapping[str, Node], *, now: datetime) -> list[Told]:
    """In all rounds, for who supervises; the newest first. One query."""
    found = Lie.objects.filter(found_at__gte=now - LATELY).defer("told").order_by("-pk")
    return [_told(each, nodes) for each in found]


def evidence(round_: Round, digest: str) -> Lie:
    """That by which everybody sees it; NoSuchRound."""
    found = Lie.objects.filter(number=round_.case.number, digest=digest).first()
    if found is None:
        raise NoSuchRound
    return found


def _told(lie: Lie, nodes: Mapping[str, Node]) -> Told:
    node = nodes.get(lie.node.removeprefix(NODES))
    return Told(lie, node.name if node else Text({"zh-Hans": lie.node, "en": lie.node}), WHY[lie.why])
