"""A secret ballot for tests, with what no single body holds: the trustees' keys and the voters' codes."""

from datetime import timedelta

from django.conf import settings

from tests.rounds import Rounds
from zhengtong.agora.acts import (
    admit_here,
    box_due,
    cast_ballot,
    close_roll,
    enrol,
    give_certificate,
    give_key,
    give_part,
    give_polynomial,
    give_share,
    open_poll,
)
from zhengtong.agora.ballots.circle import certificates, sent_to
from zhengtong.agora.ballots.queries import Vote, vote_of
from zhengtong.agora.rounds import round_of
from zhengtong.cases.acts import complete, fire_due
from zhengtong.engines.ballots import cast, new_credential, new_trustee, public_key
from zhengtong.engines.ballots.box import Box, verify
from zhengtong.engines.ballots.ceremony import make_polynomial, make_voutput, named, new_certificate, opened_key
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person
from zhengtong.project.sample.people import read

PARKS, LIGHTS, RAMPS, BLANK = [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 0]
YES, NO, NEITHER = [0, 1, 0], [0, 0, 1], [1, 0, 0]
OPTIONS = "滨河公园\n路灯\n轮椅坡道"


class Polls(Rounds):
    """Opens ballots, enrols residents, votes with their codes."""

    PROCEDURE, ASKED = "priorities-ballot", {"title": "今年先办什么", "options": OPTIONS}
    HOST, AUTHORITY = "city-government/participation", "public-security/household"
    TRUSTEES = ("justice-bureau/reconsideration", "supervision-office/duty", "civil-affairs/benefits")
    BASIS = "qingshan-participation-rules/10"

    def __init__(self, cast_, now) -> None:
        super().__init__(cast_, now)
        self.host, self.authority = cast_.officer(self.HOST), cast_.officer(self.AUTHORITY)
        self.trustees = [cast_.officer(post) for post in self.TRUSTEES]
        self.secrets = [new_trustee() for _ in self.trustees]
        self.seeds: list[str] = []
        self.number = ""

    @property
    def vote(self) -> Vote:
        """As it is now."""
        return vote_of(round_of(self.number), "ballot")

    @property
    def where(self) -> dict[str, object]:
        """What every act is told."""
        return {"round_": self.vote.round, "phase": "ballot", "now": self.now}

    def called(self) -> Vote:
        """A ballot for which people can enrol."""
        self.number = self.open(self.PROCEDURE, **self.ASKED).case.number
        return self.vote

    def residents(self, count: int) -> list[Actor]:
        """So many who may vote."""
        found = [each for each in Person.objects.order_by("pk") if each.id_number.startswith("9901")]
        return [Actor(each) for each in found[:count]]

    def enrolled(self, who: Actor) -> str:
        """The code of somebody who enrolled just now."""
        code, key = new_credential(), admit_here(round_=self.vote.round, by=who, now=self.now)
        enrol(key=key, public=public_key(credential=code, uuid=self.vote.uuid, group=self.vote.group), **self.where)
        return code

    def keyed(self) -> None:
        """Each trustee's key is there: made together where some of them are enough, else by each alone."""
        if self.vote.threshold:
            self.circled()
            return
        for officer, (_, public) in zip(self.trustees, self.secrets, strict=True):
            give_key(key=public, by=officer, **self.where)

    def certified(self) -> None:
        self.seeds = []
        for at in range(len(self.trustees)):
            seed, held = new_certificate(self.vote.group)
            self.seeds.append(seed)
            self.gave(at, "certificate", held)

    def polynomial(self, trustee: int) -> dict:
        given = {"group": self.vote.group, "certificates": certificates(self.vote), "needed": self.vote.needed}
        return make_polynomial(seed=self.seeds[trustee], **given) | {"certificates": named(given["certificates"])}

    def part(self, trustee: int) -> dict:
        given = {"group": self.vote.group, "certificates": certificates(self.vote), "seed": self.seeds[trustee]}
        return make_voutput(vinput=sent_to(self.vote, trustee + 1), **given)

    def circled(self) -> None:
        """The three steps of all trustees, each with what the node sends them."""
        self.certified()
        for at in range(len(self.trustees)):
            self.gave(at, "polynomial", self.polynomial(at))
        for at in range(len(self.trustees)):
            part = self.part(at)
            self.gave(at, "part", part)
            secret = opened_key(group=self.vote.group, seed=self.seeds[at], sealed=part["private_key"])
            self.secrets[at] = (secret, part["public_key"])

    def gave(self, trustee: int, step: str, held) -> None:
        """A trustee sends what it made."""
        act = {"certificate": give_certificate, "polynomial": give_polynomial, "part": give_part}.get(step)
        by = self.trustees[trustee]
        if act:
            act(held=held, by=by, **self.where)
        else:
            give_share(share=held, by=by, **self.where)

    def passed(self, days: int) -> None:
        self.now += timedelta(days=days)
        fire_due(now=self.now)

    def done(self, node: str) -> None:
        """The host completes a step."""
        task = self.vote.round.case.tasks.get(node=node, status="open")
        complete(task=task, output="done", reasons="已完成", basis=[self.BASIS], by=self.host, now=self.now)

    def opened(self, voters: int = 20) -> list[str]:
        """A ballot in which people vote; their codes."""
        self.called()
        codes = [self.enrolled(who) for who in self.residents(voters)]
        self.keyed()
        self.passed(25)
        close_roll(by=self.authority, **self.where)
        open_poll(by=self.host, **self.where)
        self.done("prepare")
        return codes

    def ballot(self, code: str, first=PARKS, second=YES) -> str:
        return cast(election=self.vote.election, credential=code, votes=[first, second])

    def voted(self, code: str, first=PARKS, second=YES) -> str:
        """The tracking number of a vote that was handed in."""
        return cast_ballot(written=self.ballot(code, first, second), **self.where)

    def boxed(self) -> int:
        return box_due(now=self.now)

    def shared(self, trustee: int) -> None:
        _, share = self.read().share(self.secrets[trustee][0])
        self.gave(trustee, "share", share)

    def read(self) -> Box:
        """The archive as anybody who downloads it reads it."""
        return verify(self.vote.archive().bytes())

    def counted(self) -> list[list[int]]:
        """The time of voting passes, the trustees open the sum."""
        self.passed(11)
        self.boxed()
        for trustee in range(len(self.trustees))[-self.vote.needed :]:
            self.shared(trustee)
        return self.read().result


class Elections(Polls):
    """The Volunteers' Association elects its president."""

    PROCEDURE, ASKED = "association-election", {"title": "协会选举会长", "candidates": "赵宁\n邓锐\n石磊"}
    HOST, AUTHORITY = "volunteers-association/secretary", "supervision-office/duty"
    TRUSTEES = ("riverside-council/chair", "citizens-council/chair", "justice-bureau/reconsideration")
    BASIS = "qingshan-participation-rules/23"

    def residents(self, count: int) -> list[Actor]:
        """So many of its members."""
        rows = read(settings.ZHENGTONG_CHARTER / "sample" / "records" / "volunteers.yaml")
        numbers = [each["id_number"] for each in rows if each["standing"] == "member"]
        people = {each.id_number: each for each in Person.objects.all()}
        return [Actor(people[each]) for each in numbers[:count]]

    def ballot(self, code: str, first=PARKS, second=None) -> str:
        """One question: who shall be president."""
        return cast(election=self.vote.election, credential=code, votes=[first])
