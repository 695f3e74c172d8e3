"""What a step of a story does, by the kernel's acts; rooms above the cases add theirs when the program starts."""

from collections.abc import Callable
from typing import Any

from zhengtong.cases import acts
from zhengtong.cases.law import procedure_of
from zhengtong.cases.models import Handover, Stop, Task
from zhengtong.cases.scenarios.failure import otherwise
from zhengtong.cases.scenarios.papers import papers
from zhengtong.cases.scenarios.players import Players
from zhengtong.cases.scenarios.stage import Stage
from zhengtong.charter.model import StoryStep
from zhengtong.charter.scenarios import Story
from zhengtong.common.text import Text
from zhengtong.people.actor import Actor

DECIDING = {"decide", "answer", "review"}


class Deeds:
    """One step at its place in the story."""

    def __init__(self, story: Story, index: int, stage: Stage, by: Actor, players: Players) -> None:
        self.story, self.stage, self.by, self.at = story, stage, by, ("steps", index)
        self.players = players
        self.step: StoryStep = story.scenario.steps[index]

    def do(self) -> None:
        """Do it; a refusal of the kernel goes through."""
        _DEEDS[self.step.act](self)

    def accept(self) -> None:
        self._end(self._open(act={"accept"}), "accepted")

    def reject(self) -> None:
        self._end(self._open(act={"accept"}), "rejected")

    def decide(self) -> None:
        self._end(self._open(act=DECIDING), self.step.output)

    def complete(self) -> None:
        self._end(self._open(), self.step.output)

    def request_correction(self) -> None:
        item = {"what": self.reasons(), "why": ", ".join(self.step.basis)}
        acts.request_correction(task=self._open(), items=[item], by=self.by, now=self.stage.now)

    def answer_correction(self) -> None:
        task = self._open()
        stop = Stop.objects.filter(task=task, kind="correction", to_at__isnull=True).first()
        if stop is None:
            raise otherwise(self.story, *self.at, expected="a correction that waits for an answer", came="none")
        acts.answer_correction(
            stop=stop, by=self.by, now=self.stage.now, answers=self.step.answers, documents=self._papers()
        )

    def hand_in_later(self) -> None:
        acts.hand_in_later(case=self.stage.case, documents=self._papers(), by=self.by, now=self.stage.now)

    def hand_over(self) -> None:
        acts.hand_over(task=self._open(), to_post=self.step.to, reason=self.reasons(), by=self.by, now=self.stage.now)

    def take(self) -> None:
        acts.take(handover=self._offered(), by=self.by, now=self.stage.now)

    def decline(self) -> None:
        acts.decline(
            handover=self._offered(),
            answer=self.reasons(),
            competent=self.step.to or "",
            by=self.by,
            now=self.stage.now,
        )

    def withdraw(self) -> None:
        acts.withdraw(case=self.stage.case, reason=self.reasons(), by=self.by, now=self.stage.now)

    def appeal(self) -> None:
        """About the newest case that is not an appeal's own: a review of a review is about the review."""
        listed = self.stage.charter.procedures[self.step.procedure or ""]
        about = [each for each in self.stage.family() if listed.can_be_about(each.procedure)]
        contested = self.stage.case if listed.about == "any" or not about else about[-1]
        if self.by.person is None:
            raise otherwise(self.story, *self.at, "by", expected="a person", came=self.step.by)
        acts.file_application(
            procedure=listed.id,
            person=self.by.person,
            enterprise=contested.enterprise,
            about=contested,
            answers=self.step.answers,
            by=self.by,
            channel="web",
            language=contested.language,
            request_key=f"story:{self.at[1]}",
            now=self.stage.now,
        )

    def rate(self) -> None:
        acts.rate(
            case=self.stage.case,
            level=int(self.step.output or 0),
            comment=self.reasons(),
            by=self.by,
            channel="web",
            now=self.stage.now,
        )

    def say_solved(self) -> None:
        acts.say_whether_solved(
            case=self.stage.case,
            solved=self.step.output == "solved",
            told=self.reasons(),
            by=self.by,
            channel="web",
            now=self.stage.now,
        )

    def ask_hearing(self) -> None:
        acts.ask_for_hearing(case=self.stage.case, reason=self.reasons(), by=self.by, now=self.stage.now)

    def arrange_hearing(self) -> None:
        at = self.stage.later(self.step.at or "P0D")
        acts.arrange_hearing(task=self._open(act={"hear"}), at=at, place=self.reasons(), by=self.by, now=self.stage.now)

    def told(self, wording: Text | None) -> str:
        """What the story says, in the language of its case."""
        return wording.in_(self.stage.case.language) if wording else ""

    def wait(self) -> None:
        """Time has passed already."""

    def _open(self, act: set[str] | None = None) -> Task:
        """The open step that is meant: by its name, or by what is done in it."""
        procedure, _, name = self.step.node.rpartition(":")
        procedure = procedure or self.story.scenario.file.procedure
        steps = list(self.stage.open_steps())
        for task in steps:
            if task.case.procedure == procedure and (task.node == name or (not name and task.act in (act or ()))):
                return task
        wanted = f"the step {name or ' or '.join(sorted(act or ()))} of {procedure} is open"
        came = [f"{task.case.procedure}:{task.node} ({task.post})" for task in steps]
        raise otherwise(self.story, *self.at, "node", expected=wanted, came=f"open: {', '.join(came) or 'none'}")

    def _offered(self) -> Handover:
        """The hand-over that waits for an answer."""
        offers = Handover.objects.filter(task__case__in=self.stage.family(), status=Handover.Status.OFFERED)
        offered = offers.order_by("pk").last()
        if offered is None:
            raise otherwise(self.story, *self.at, expected="a hand-over that waits for an answer", came="none")
        return offered

    def _end(self, task: Task, output: str) -> None:
        acts.complete(
            task=task,
            output=output,
            by=self.by,
            now=self.stage.now,
            reasons=self.reasons(),
            basis=self.step.basis,
            contents={name: said.in_(task.case.language) for name, said in self.step.contents.items()},
            findings=self.reasons() if task.act == "hear" else "",
        )

    def _papers(self) -> dict[str, Any]:
        listed = procedure_of(self.stage.fresh())
        offered = {each.material.id: each.material for each in self.stage.charter.materials(listed.id)}
        return papers(offered[name] for name in self.step.documents)

    def reasons(self) -> str:
        return self.told(self.step.reasons)


def deed(name: str, done: Callable[[Deeds], None]) -> None:
    """Let a step of a story do this; the name is one of `Deed` of the charter's model."""
    _DEEDS[name] = done


_DEEDS: dict[str, Callable[[Deeds], None]] = {
    "accept": Deeds.accept,
    "reject": Deeds.reject,
    "decide": Deeds.decide,
    "complete": Deeds.complete,
    "request-correction": Deeds.request_correction,
    "answer-correction": Deeds.answer_correction,
    "hand-in-later": Deeds.hand_in_later,
    "hand-over": Deeds.hand_over,
    "take": Deeds.take,
    "decline": Deeds.decline,
    "withdraw": Deeds.withdraw,
    "appeal": Deeds.appeal,
    "rate": Deeds.rate,
    "say-solved": Deeds.say_solved,
    "ask-hearing": Deeds.ask_hearing,
    "arrange-hearing": Deeds.arrange_hearing,
    "wait": Deeds.wait,
}
