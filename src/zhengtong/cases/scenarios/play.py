"""A story is played from its filing to its end, and leaves nothing behind."""

from django.db import transaction

from zhengtong.cases import acts, facts
from zhengtong.cases.acts.filing import materials_asked
from zhengtong.cases.law import day_of
from zhengtong.cases.models import Case
from zhengtong.cases.scenarios.compare import differences
from zhengtong.cases.scenarios.deeds import Deeds
from zhengtong.cases.scenarios.failure import Failure, Otherwise, otherwise, refused
from zhengtong.cases.scenarios.papers import papers
from zhengtong.cases.scenarios.players import Players
from zhengtong.cases.scenarios.stage import Stage, opening
from zhengtong.charter.model import Material
from zhengtong.charter.queries import in_force
from zhengtong.charter.scenarios import Story
from zhengtong.common.refusal import Refusal
from zhengtong.people.actor import Actor


def play(story: Story, *, players: Players) -> list[Failure]:
    """Play a story under the charter in force on its day; what did not come true. All is rolled back at the end."""
    with transaction.atomic():
        failures = _played(story, players)
        transaction.set_rollback(True)
    return failures


def _played(story: Story, players: Players) -> list[Failure]:
    try:
        stage = _file(story, players)
        for index in range(len(story.scenario.steps)):
            _step(story, index, stage, players)
    except Otherwise as fault:
        return [fault.failure]
    return list(differences(story, stage))


def _file(story: Story, players: Players) -> Stage:
    filing = story.scenario.file
    charter = in_force(filing.on).charter
    now = opening(charter, filing.on)
    person = players.people[filing.person]
    enterprise = players.enterprises[filing.enterprise] if filing.enterprise else None
    by = Actor(person)
    try:
        with transaction.atomic():
            form = charter.form(filing.procedure)
            on = day_of(now, charter)
            known, _sources = facts.prefilled(
                charter=charter, form=form, person=person, enterprise=enterprise, by=by, now=now, on=on
            )
            known |= facts.answered(form.questions, filing.answers, known=known)
            asked = materials_asked(charter, filing.procedure, known, person, enterprise, on=on)
            case: Case = acts.file_application(
                procedure=filing.procedure,
                person=person,
                enterprise=enterprise,
                answers=filing.answers,
                documents=papers(_required(asked)),
                by=by,
                channel=filing.channel,
                language=filing.language,
                request_key="story",
                now=now,
            )
    except Refusal as refusal:
        raise refused(story, "file", expected="the application is filed", refusal=refusal) from refusal
    return Stage(charter, now, case)


def _required(asked: list[Material]) -> list[Material]:
    return [each for each in asked if each.necessity == "required"]


def _step(story: Story, index: int, stage: Stage, players: Players) -> None:
    step = story.scenario.steps[index]
    stage.pass_time(step.after)
    try:
        by = players.actor(step.by, stage.now.date())
    except KeyError as nobody:
        raise otherwise(story, "steps", index, "by", expected=f"somebody is {step.by}", came="nobody") from nobody
    try:
        Deeds(story, index, stage, by, players).do()
    except Refusal as refusal:
        if step.refused != refusal.code:
            wanted = f"refused ({step.refused})" if step.refused else f"{step.by} does: {step.act} {step.output}"
            raise refused(story, "steps", index, expected=wanted.strip(), refusal=refusal) from refusal
        return
    if step.refused:
        raise otherwise(story, "steps", index, "refused", expected=f"refused ({step.refused})", came="it was done")
