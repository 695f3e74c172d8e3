"""Rounds of participation for tests: opened by their host, with voices of people who may take part."""

from datetime import datetime, timedelta

import numpy as np

from zhengtong.agora.acts import admit_here, come_in, contribute, sponsor
from zhengtong.agora.models import Contribution, Stance, Voice
from zhengtong.agora.rounds import Round, round_of
from zhengtong.agora.sponsors import link_of
from zhengtong.cases.acts import fire_due, open_by_office
from zhengtong.cases.models import Case
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person

DRAFT = "第一条　夜间施工须公告。\n\n第二条　公告应当提前三日。"


def camps(one: int, other: int, *, statements: int = 8, astray: float = 0.05) -> np.ndarray:
    """Votes of two camps of so many, who are of one mind on the last statement and seldom stray on the others."""
    votes = np.repeat(np.array([1.0] * one + [-1.0] * other)[:, None], statements, axis=1)
    votes *= np.where(np.random.default_rng(2).random(votes.shape) < astray, -1.0, 1.0)
    votes[:, -1] = 1.0
    return votes


def copied(case: Case, many: int, **changed: object) -> None:
    """So many rounds like this one, only their rows."""
    found = Case.objects.get(pk=case.pk)
    for name, value in changed.items():
        setattr(found, name, value)
    for _copy in range(many):
        count = Case.objects.count()
        found.pk, found.number, found.request_key = None, f"QI-{count}", f"copy-{count}"
        found.save(force_insert=True)


class Rounds:
    """Opens rounds, lets people in, and lets time pass."""

    def __init__(self, cast, now: datetime) -> None:
        self.cast, self.now = cast, now
        self.host = cast.officer("city-government/participation")
        self.moderator = cast.officer("petition-office/moderation")

    def open(self, procedure: str, key: str = "", **answers: object) -> Round:
        """A round of a procedure; another one of the same by another `key`."""
        given = {"title": "夜间施工管理规定", "summary": "征求市民对夜间施工管理的意见。", **answers}
        case = open_by_office(
            procedure=procedure,
            answers=given,
            by=self.host,
            language="zh-Hans",
            request_key=key or procedure,
            now=self.now,
        )
        return round_of(case.number)

    def consultation(self) -> Round:
        return self.open("draft-consultation", draft=DRAFT)

    def voice(self, round_: Round, who: Actor) -> Voice:
        key = admit_here(round_=round_, by=who, now=self.now)
        return come_in(round_=round_, key=key, now=self.now)

    def voices(self, round_: Round, count: int, *, but: Actor | None = None) -> list[Voice]:
        """Voices of grown-up residents, as many as asked for; `but` one who comes in by themselves."""
        people = [each for each in Person.objects.order_by("pk") if each.id_number.startswith("9901")]
        people = [each for each in people if but is None or each != but.person]
        return [self.voice(round_, Actor(person)) for person in people[:count]]

    def sponsor(self, round_: Round, number: int, *voices: Voice, signs: bool = True) -> Contribution:
        """Let these sign what looks for sponsors, by its link; how it stands then."""
        link = link_of(round_.case.contributions.get(number=number))
        for each in voices:
            sponsor(round_=round_, voice=each, number=number, link=link, signs=signs, now=self.now)
        return round_.case.contributions.get(number=number)

    def later(self, round_: Round, days: int) -> Round:
        """The round after some days, with what time has brought."""
        self.now += timedelta(days=days)
        fire_due(now=self.now)
        return round_of(round_.case.number)

    def camps(self, one: int = 12, other: int = 8, *, but: Actor | None = None) -> Round:
        """A conversation in which two camps said what they think of eight statements."""
        round_ = self.open("city-conversation")
        voices, votes = self.voices(round_, one + other, but=but), camps(one, other)
        for number in range(votes.shape[1]):
            said = {"voice": voices[number], "said": f"说法 {number + 1}", "request_key": str(number)}
            contribute(round_=round_, phase="statements", now=self.now, **said)
        Stance.objects.bulk_create(
            Stance(contribution=each, voice=voice, value=int(votes[row, column]))
            for row, voice in enumerate(voices)
            for column, each in enumerate(round_.case.contributions.order_by("number"))
        )
        return round_
