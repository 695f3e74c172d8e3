"""Other nodes, where a charter names one as the keeper of something."""

from collections.abc import Collection, Mapping

from zhengtong.charter.errors import NodeIsThisOne
from zhengtong.charter.model import NODES, Node
from zhengtong.engines.merkle import Verifier


def node_of(nodes: Mapping[str, Node], keeper: str) -> Node | None:
    """The other node that a keeper is, named as `nodes/ID`; None for a post, or for one that the charter lacks."""
    return nodes.get(keeper.removeprefix(NODES)) if keeper.startswith(NODES) else None


def require_other(nodes: Mapping[str, Node], *, own: Collection[bytes]) -> None:
    """None of these is the node itself under another name, by the public keys that it has; NodeIsThisOne."""
    for name, node in nodes.items():
        if Verifier.parse(node.ledger).key in own:
            raise NodeIsThisOne(node=name)
