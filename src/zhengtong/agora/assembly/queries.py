"""Who sits in what."""

from datetime import date

from zhengtong.charter.charter import Charter
from zhengtong.charter.errors import NoCompetentPost
from zhengtong.charter.model import Organ


def organs_of(charter: Charter, post: str, *, on: date) -> list[tuple[Organ, bool]]:
    """The assemblies in which a post has a vote, and whether it chairs them."""
    found = ((organ, seats(charter, organ, _region(charter, organ), on=on)) for organ in charter.organs.values())
    return [(organ, post == posts[0]) for organ, posts in found if post in posts]


def seats(charter: Charter, organ: Organ, region: str, *, on: date) -> tuple[str, ...]:
    """The posts whose holders have a vote, the chair's first; empty for one that nobody is competent for."""
    named = [organ.chair, *organ.members]
    return tuple(dict.fromkeys(_competent(charter, post, region, on) for post in named))


def _region(charter: Charter, organ: Organ) -> str:
    """Where its meetings belong, as far as that does not depend on one of them."""
    return charter.procedures[organ.id].jurisdiction.region or next(iter(charter.regions))


def _competent(charter: Charter, post: str, region: str, on: date) -> str:
    try:
        return charter.competent(post, region, on)
    except NoCompetentPost:
        return ""
