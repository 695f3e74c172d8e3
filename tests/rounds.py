"""Rounds of participation for tests: opened by their host, with voices of people who may take part."""

from datetime import datetime, timedelta

from zhengtong.agora.acts import admit_here, come_in
from zhengtong.agora.models import Voice
from zhengtong.agora.rounds import Round, round_of
from zhengtong.cases.acts import fire_due, open_by_office
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person

DRAFT = "第一条　夜间施工须公告。\n\n第二条　公告应当提前三日。"


class Rounds:
    """Opens rounds, lets people in, and lets time pass."""

    def __init__(self, cast, now: datetime) -> None:
        self.cast, self.now = cast, now
        self.host = cast.officer("city-government/participation")
        self.moderator = cast.officer("petition-office/moderation")

    def open(self, procedure: str, **answers: object) -> Round:
        given = {"title": "夜间施工管理规定", "summary": "征求市民对夜间施工管理的意见。", **answers}
        case = open_by_office(
            procedure=procedure, answers=given, by=self.host, language="zh-Hans", request_key=procedure, now=self.now
        )
        return round_of(case.number)

    def consultation(self) -> Round:
        return self.open("draft-consultation", draft=DRAFT)

    def voice(self, round_: Round, who: Actor) -> Voice:
        key = admit_here(round_=round_, by=who, now=self.now)
        return come_in(round_=round_, key=key, now=self.now)

    def voices(self, round_: Round, count: int) -> list[Voice]:
        """Voices of grown-up residents, as many as asked for."""
        people = [each for each in Person.objects.order_by("pk") if each.id_number.startswith("9901")]
        return [self.voice(round_, Actor(person)) for person in people[:count]]

    def later(self, round_: Round, days: int) -> Round:
        """The round after some days, with what time has brought."""
        self.now += timedelta(days=days)
        fire_due(now=self.now)
        return round_of(round_.case.number)
