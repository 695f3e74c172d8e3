"""Who acts in a story: the sample people by their ids, whoever holds a post, the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.models import Enterprise, Holding, Person


@dataclass(frozen=True)
class Players:
    """Sample people and enterprises, by their ids in sample/people.yaml."""

    people: Mapping[str, Person]
    enterprises: Mapping[str, Enterprise]

    def actor(self, who: str, on: date) -> Actor:
        """The actor that a story calls `person:<id>`, `organisation/post` or `system`; KeyError if there is none."""
        if who == "system":
            return PROGRAM
        kind, _, person = who.partition(":")
        if kind == "person" and person:
            return Actor(self.people[person])
        holding = Holding.objects.on(on).filter(post=who).select_related("person").order_by("pk").first()
        if holding is None:
            raise KeyError(who)
        return Actor(holding.person, who)
