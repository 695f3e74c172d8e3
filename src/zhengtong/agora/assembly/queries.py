"""Who sits in what."""

from datetime import date

from zhengtong.charter.charter import Charter
from zhengtong.charter.errors import NoCompetentPost
from zhengtong.charter.model import Organ


def organs_of(charter: Charter, post: str, *, on: date) -> list[tuple[Organ, bool]]:
    """The assemblies in which a post has a vote, and whether it chairs them."""
    found = []
    for organ in charter.organs.values():
        chair, *others = (_resolved(charter, organ, each, on) for each in [organ.chair, *organ.members])
        if post in (chair, *others):
            found.append((organ, post == chair))
    return found


def _resolved(charter: Charter, organ: Organ, post: str, on: date) -> str:
    region = charter.procedures[organ.id].jurisdiction.region or next(iter(charter.regions))
    try:
        return charter.competent(post, region, on)
    except NoCompetentPost:
        return ""
