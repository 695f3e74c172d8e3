"""The one question: may this post do this act in this matter, here, on this day, and by which power?"""

from datetime import date

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Power
from zhengtong.people.actor import Actor
from zhengtong.people.errors import NoPower, NotTheHolder
from zhengtong.people.models import Holding, Person


def posts_of(person: Person, *, on: date) -> list[str]:
    """The posts that `person` holds on the day, in the order of their start."""
    return list(Holding.objects.on(on).filter(person=person).order_by("from_on", "post").values_list("post", flat=True))


def power_for(charter: Charter, *, post: str, act: str, procedure: str, region: str, on: date) -> Power | None:
    """The power by which `post` may do `act` in a case of `procedure` in `region` on that day; None without one."""
    if not charter.region_within(region, charter.organisation_of(post).region):
        return None
    for power in charter.powers_of(post, on):
        if act in power.acts and (not power.matters or procedure in power.matters):
            return power
    return None


def require_power(charter: Charter, *, by: Actor, act: str, procedure: str, region: str, on: date) -> Power:
    """The same, or a refusal that says what the post lacks and who has it."""
    if by.person is not None and by.post not in posts_of(by.person, on=on):
        raise NotTheHolder(post=charter.post(by.post).title)
    power = power_for(charter, post=by.post, act=act, procedure=procedure, region=region, on=on)
    if power is None:
        raise NoPower(
            post=charter.post(by.post).title,
            act=act,
            matter=charter.listed(procedure).name,
            competent=_competent(charter, act=act, procedure=procedure, region=region, on=on),
        )
    return power


def _competent(charter: Charter, *, act: str, procedure: str, region: str, on: date) -> str:
    return ", ".join(posts_with_power(charter, act=act, procedure=procedure, region=region, on=on)) or "–"


def posts_with_power(charter: Charter, *, act: str, procedure: str, region: str, on: date) -> list[str]:
    """Every post that may do the act, nearest organisations first."""
    found = [
        f"{organisation.id}/{post.id}"
        for organisation in charter.organisations.values()
        for post in organisation.posts
        if organisation.in_force(on)
        and power_for(charter, post=f"{organisation.id}/{post.id}", act=act, procedure=procedure, region=region, on=on)
    ]
    return sorted(found, key=lambda ref: -len(charter.regions_above(charter.organisation_of(ref).region)))
