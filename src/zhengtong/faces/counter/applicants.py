"""What a counter may take in."""

from datetime import datetime

from zhengtong.cases.law import day_of
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import LifeEvent, Procedure
from zhengtong.people.actor import Actor
from zhengtong.people.permissions import ask

Listing = Procedure | LifeEvent


def filed_here(charter: Charter, *, by: Actor, now: datetime) -> list[Listing]:
    """What this counter may take in: open at counters, within the post's power to file, not about another case."""
    return [each for each in charter.all_listed() if may_file(charter, each, by=by, now=now)]


def may_file(charter: Charter, listed: Listing, *, by: Actor, now: datetime) -> bool:
    """Whether this counter may take in an application for it."""
    if not listed.on_request or "counter" not in listed.channels or getattr(listed, "about", None):
        return False
    region = charter.organisation_of(by.post).region
    return ask(charter, by=by, act="file", procedure=listed.id, region=region, on=day_of(now, charter)).allowed
