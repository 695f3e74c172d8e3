"""Other nodes, where a charter names one as the keeper of something."""

from collections.abc import Mapping

from zhengtong.charter.model import NODES, Node


def node_of(nodes: Mapping[str, Node], keeper: str) -> Node | None:
    """The other node that a keeper is, named as `nodes/ID`; None for a post, or for one that the charter lacks."""
    return nodes.get(keeper.removeprefix(NODES)) if keeper.startswith(NODES) else None
