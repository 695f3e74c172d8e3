"""The life of one application of the sample: the applicant files it, officers and the applicant do the rest.

Everything is done by the acts of the kernel. The dice decide; the case's own clock only goes forward.
"""

import io
import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from PIL import Image

from zhengtong.cases import acts
from zhengtong.cases.acts.filing import materials_asked
from zhengtong.cases.acts.handling import outputs_of
from zhengtong.cases.closing import appeal_of, is_adverse
from zhengtong.cases.documents import store, take_in
from zhengtong.cases.facts import Facts
from zhengtong.cases.law import charter_of, procedure_of
from zhengtong.cases.models import PARTY, Case, Document, Handover, Stop, Task, Timer
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import LifeEvent, Material, Procedure
from zhengtong.common.refusal import Refusal
from zhengtong.engines.deadlines import Limit
from zhengtong.people.actor import Actor
from zhengtong.people.decide import Question, may_act
from zhengtong.people.models import Enterprise, Holding, Person
from zhengtong.project.sample.answers import contents, find_papers, plausible, redacts
from zhengtong.project.sample.citizens import Citizen

log = logging.getLogger(__name__)

_WEIGHTS = {
    "residence-certificate": 24,
    "household-certificate": 14,
    "old-age-allowance": 10,
    "complaint": 8,
    "prepackaged-food-filing": 8,
    "food-licence": 8,
    "information-request": 6,
    "shop-sign": 5,
    "open-restaurant": 4,
    "hygiene-licence": 4,
    "business-licence": 4,
    "fire-check": 3,
    "food-licence-renewal": 3,
}
_CHANNELS = ("web", "web", "web", "web", "counter", "counter", "api")
_LEVELS, _LEVEL_WEIGHTS = (5, 4, 3, 2, 1), (62, 24, 8, 4, 2)
_UNFAVOURABLE = {"failed", "unsatisfied"}
_MOST_STEPS = 60
_OLD = 80


@dataclass(frozen=True)
class Officers:
    """Who holds which post."""

    by_post: dict[str, Actor]

    @classmethod
    def on(cls, day: date) -> "Officers":
        holdings = Holding.objects.on(day).select_related("person").order_by("pk")
        return cls({each.post: Actor(each.person, each.post) for each in holdings})


class Life:
    """One application, from filing to rating, or as far as it has come when the year ends."""

    def __init__(
        self, *, index: int, seed: int, charter: Charter, officers: Officers, until: datetime, service: str = ""
    ) -> None:
        self.index, self.charter, self.officers, self.until = index, charter, officers, until
        self.service = service  # the only one that is applied for; empty: all, as often as their weights say
        self.dice = Random(f"{seed}:{index}")  # noqa: S311 - a story, not a secret
        self.calendar, self.zone = charter.working_days(), ZoneInfo(charter.head.time_zone)
        self.listed = self._choose()
        self.citizen = self._who()
        self.party = Actor(Person.objects.get(id_number=self.citizen.id_number))
        begin = until - timedelta(days=365 * self.dice.random())
        self.channel = self.dice.choice(_CHANNELS)
        self.at = self._opening(begin)

    def live(self) -> None:
        """Everything until the end; where the law refuses what the dice wanted, the case rests there."""
        try:
            case = self._file(self.listed.id, key=f"sample:{self.index}", about=None)
            self._run(case)
            self._afterwards(case)
        except Refusal as refusal:
            log.warning("sample %d (%s): %s", self.index, self.listed.id, refusal)

    def _choose(self) -> Procedure | LifeEvent:
        if self.service:
            return self.charter.listed(self.service)
        privacy = self.charter.privacy  # what reaches a person's other applications is left out: they are told apart
        apart = {privacy.erasure, privacy.restriction} if privacy else set()
        wanted = (each for each in self.charter.all_listed() if each.on_request and each.id not in apart)
        every = [each for each in wanted if not getattr(each, "about", None)]
        return self.dice.choices(every, [_WEIGHTS.get(each.id, 1) for each in every])[0]

    def _who(self) -> Citizen:
        """Somebody of about the same index; for what is for the aged, somebody who is old (most of the time)."""
        newest = self.index // 4
        for _ in range(40):
            citizen = Citizen(self.dice.randint(max(0, newest - 200), newest))
            if self.listed.id != "old-age-allowance" or self.until.year - citizen.born_on.year > _OLD:
                break
        return citizen

    def _opening(self, moment: datetime) -> datetime:
        """A counter is open on working days; the web always is."""
        day, hours = moment.astimezone(self.zone).date(), (7, 22)
        if self.channel == "counter":
            day, hours = (day if self.calendar.is_working(day) else self.calendar.after(day, 1)), (9, 16)
        return min(self._on(day, *hours), self.until)

    def _on(self, day: date, first: int, last: int) -> datetime:
        return datetime.combine(day, time(self.dice.randint(first, last), self.dice.randrange(60)), self.zone)

    def _file(self, procedure: str, *, key: str, about: Case | None) -> Case:
        listed = self.charter.listed(procedure)
        company = Enterprise.objects.get(uscc=self.citizen.uscc) if "person" not in listed.audience else None
        if about is not None:
            company = about.enterprise
        answers = plausible(self.charter.form(procedure), citizen=self.citizen, on=self.at.date(), dice=self.dice)
        return acts.file_application(
            procedure=procedure,
            person=_person(self.party),
            enterprise=company,
            about=about,
            answers=answers,
            kept=self._papers(procedure, answers, company),
            by=self.party,
            channel=self.channel,
            language="en" if self.dice.random() < 0.05 else "zh-Hans",
            request_key=key,
            now=self.at,
        )

    def _papers(self, procedure: str, answers: Facts, company: Enterprise | None) -> dict[str, Document]:
        on, person = self.at.date(), _person(self.party)
        wanted = materials_asked(self.charter, procedure, answers, person, company, on=on)
        return {each.id: _paper(each) for each in wanted if each.necessity != "optional"}

    def _run(self, case: Case) -> None:
        for _ in range(_MOST_STEPS):
            family = Q(case=case) | Q(case__parent=case)
            tasks = list(Task.objects.filter(family, status=Task.Status.OPEN).order_by("pk").select_related("case"))
            if not tasks and not self._wait_for_timer(family):
                return
            if tasks and not self._handle(self.dice.choice(tasks), family):
                return

    def _wait_for_timer(self, family: Q) -> bool:
        due = Timer.objects.filter(family, ended_at__isnull=True, fire_at__lte=self.until)
        moment = due.order_by("fire_at").values_list("fire_at", flat=True).first()
        if moment is None:
            return False
        self.at = max(self.at, moment)
        return self._timers_fire(family)

    def _timers_fire(self, family: Q) -> bool:
        """What happened by itself in the meantime; whether anything did."""
        due = Timer.objects.filter(family, ended_at__isnull=True, fire_at__lte=self.at).order_by("fire_at", "pk")
        first = due.values_list("pk", flat=True).first()
        return first is not None and acts.fire(first, now=self.at)

    def _pass(self, days: int) -> bool:
        """Let working days go by; False when the year has ended before."""
        today = self.at.astimezone(self.zone).date()
        day = self.calendar.after(today, days) if days else today
        self.at = max(self._on(day, 9, 17), self.at + timedelta(minutes=self.dice.randint(5, 90)))
        return self.at <= self.until

    def _handle(self, task: Task, family: Q) -> bool:
        """One step of somebody; False when the case rests."""
        if not self._pass(self._days_for(task)):
            return False
        if self._timers_fire(family):
            return True
        by = self.party if task.post == PARTY else self.officers.by_post.get(task.post)
        if by is None:
            return False
        if task.post != PARTY:
            if self.dice.random() < 0.01:
                return self._withdraw(task)
            if self._may_ask(task) and self.dice.random() < 0.1:
                return self._correct(task, by)
            if self.dice.random() < 0.03:
                return self._hand_over(task, by)
        return self._complete(task, by)

    def _days_for(self, task: Task) -> int:
        limit = Limit.parse(task.limit)
        most = min(limit.amount if limit.unit == "working-days" else limit.amount * 5 // 7, 25)
        if self.dice.random() < 0.05:
            return most + self.dice.randint(1, 4)
        return self.dice.randint(0, max(most - 1, 0))

    def _withdraw(self, task: Task) -> bool:
        case = task.case.parent or task.case
        acts.withdraw(case=case, reason="计划有变，不再办理。", by=self.party, now=self.at)
        return False

    def _may_ask(self, task: Task) -> bool:
        declared = getattr(procedure_of(task.case), "special_procedures", [])
        may = task.act == "accept" or any(each.kind == "correction" for each in declared)
        return may and not task.stops.exists() and not task.case.stopped

    def _correct(self, task: Task, by: Actor) -> bool:
        """Something is missing; most people answer, and some never do."""
        items = [{"what": "平面图上的尺寸看不清", "why": "无法核对面积"}]
        stop: Stop = acts.request_correction(task=task, items=items, by=by, now=self.at)
        if self.dice.random() < 0.05 or not self._pass(self.dice.randint(0, 10)):
            return False
        acts.answer_correction(stop=stop, note="已补充清楚。", by=self.party, now=self.at)
        return True

    def _hand_over(self, task: Task, by: Actor) -> bool:
        """A colleague elsewhere takes it, if the law lets them, or says that it is not theirs."""
        charter, case = charter_of(task.case), task.case
        asked = Question(post=task.post, act=task.act, matter=case.procedure, region=case.region, on=self.at.date())
        others = [post for post in sorted(self.officers.by_post) if post != task.post]
        fit = [post for post in others if may_act(replace(asked, post=post), charter.grants.get(post, ())).allowed]
        to = self.dice.choice(fit if fit and self.dice.random() < 0.5 else others)
        handover = acts.hand_over(task=task, to_post=to, reason="经办人认为应由该岗位办理。", by=by, now=self.at)
        if handover.status != Handover.Status.OFFERED or not self._pass(self.dice.randint(0, 2)):
            return self.at <= self.until
        there = self.officers.by_post[to]
        if to in fit:
            acts.take(handover=handover, by=there, now=self.at)
        else:
            acts.decline(
                handover=handover,
                answer="不属于本岗位职责，请原岗位继续办理。",
                competent=handover.from_post,
                by=there,
                now=self.at,
            )
        return True

    def _complete(self, task: Task, by: Actor) -> bool:
        listed, node = procedure_of(task.case), charter_of(task.case).process(task.case.procedure).nodes[task.node]
        outputs = outputs_of(node)[1]
        if task.act == "inspect" and self._inspects(listed):
            place = str(task.case.facts.get("premises_address", self.citizen.address))
            acts.schedule_inspection(task=task, at=self.at + timedelta(days=1), place=place, by=by, now=self.at)
            if not self._pass(1):
                return False
        if by is not self.party and not self._take_up(task, by):
            return False
        output = self._output(listed, outputs)
        burdens = output in _UNFAVOURABLE or is_adverse(listed, output)
        find_papers(task.case, output, by=by, now=self.at)
        acts.complete(
            task=task,
            output=output,
            by=by,
            now=self.at,
            reasons="经审查，申请不符合规定的条件。" if burdens else "",
            basis=list(listed.legal_basis[:1]) if burdens else (),
            findings="现场与申请材料一致。" if task.act == "inspect" and not burdens else "",
            contents=contents(task.case, output, self.at.date()),
        )
        return True

    def _take_up(self, task: Task, by: Actor) -> bool:
        """The officer begins, and works on it for a while; False when the year has ended before."""
        acts.claim(task=task, by=by, now=self.at)
        self.at += timedelta(minutes=self.dice.randint(10, 300))
        return self.at <= self.until

    def _inspects(self, listed: Procedure | LifeEvent) -> bool:
        return any(each.kind == "inspection" for each in getattr(listed, "special_procedures", []))

    def _output(self, listed: Procedure | LifeEvent, outputs: tuple[str, ...]) -> str:
        good = [each for each in outputs if each not in _UNFAVOURABLE and not is_adverse(listed, each)]
        bad = [each for each in outputs if each not in good and not redacts(listed, each)]
        return self.dice.choice(bad if bad and (not good or self.dice.random() < 0.07) else good[:3])

    def _afterwards(self, case: Case) -> None:
        """Some say how it was; some of those who were refused appeal."""
        case.refresh_from_db()
        if case.is_open:
            return
        if self.dice.random() < 0.35 and self._pass(self.dice.randint(0, 5)):
            (level,) = self.dice.choices(_LEVELS, _LEVEL_WEIGHTS)
            rating = acts.rate(case=case, level=level, by=self.party, channel=self.channel, now=self.at)
            if rating.follow_up is not None:
                self._run(rating.follow_up)
        appeal = appeal_of(case)
        refused = case.outcome in {"refused", "rejected"} and appeal is not None
        if refused and appeal is not None and self.dice.random() < 0.15 and self._pass(self.dice.randint(1, 20)):
            self._run(self._file(appeal.id, key=f"appeal-of:{self.index}", about=case))


def _person(by: Actor) -> Person:
    if by.person is None:
        raise ValueError("a party is a person")
    return by.person


def _paper(material: Material) -> Document:
    """A paper for this case: the same small picture in every one, checked and stored once."""
    checked = _checked(material.id, material)
    return Document(**{name: getattr(checked, name) for name in _KEPT})


_KEPT = ("material", "name", "media_type", "size", "sha256", "scan", "path")
_TAKEN: dict[str, Document] = {}


def _checked(name: str, material: Material) -> Document:
    if name not in _TAKEN:
        taken = take_in(name=f"{name}.png", content=_picture(), material=material)
        taken.document.path = store(taken.body, "sample:papers")
        _TAKEN[name] = taken.document
    return _TAKEN[name]


@cache
def _drawn() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    return file.getvalue()


def _picture() -> Any:
    return io.BytesIO(_drawn())
