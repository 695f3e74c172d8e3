"""Posts that a charter names by function, and who sits in them."""

from collections.abc import Sequence

from zhengtong.charter.charter import Charter
from zhengtong.charter.nodes import node_of
from zhengtong.common.text import Text
from zhengtong.people.actor import Actor


def holds(charter: Charter, post: str, by: Actor) -> bool:
    """Whether an officer sits in the post that a charter names by function."""
    function, _, seat = post.partition("/")
    office, _, own = by.post.partition("/")
    body = charter.organisations.get(office)
    return body is not None and own == seat and function in (body.id, body.function)


def place_among(charter: Charter, posts: Sequence[str], by: Actor) -> int | None:
    """Which of these posts an officer sits in, counted from 1; None if in none of them."""
    return next((place for place, post in enumerate(posts, 1) if holds(charter, post, by)), None)


def place_of_node(keepers: Sequence[str], named: str) -> int | None:
    """Which of these keepers another node is, named as `nodes/ID` and counted from 1; None if it is none of them."""
    return keepers.index(named) + 1 if named in keepers else None


def told_of(charter: Charter, post: str) -> tuple[Text, Text]:
    """The office and the title of a post that a charter names by function; of another node its name alone."""
    if node := node_of(charter.nodes, post):
        return node.name, Text()
    function, _, seat = post.partition("/")
    office = next(each for each in charter.organisations.values() if function in (each.id, each.function))
    return office.short, next((each.title for each in office.posts if each.id == seat), Text())
