"""From the acts of cases to events: each with its number in the case, its step of the model, its office.

An act says what was done; which step it ended is in it, or is the step of that kind that was opened last and is still
open. Whoever acted appears by post, never by name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from zhengtong.cases import kinds
from zhengtong.cases.law import charter_of, charters_of
from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.engines.mining import Given
from zhengtong.engines.process import Model, Node
from zhengtong.ledger.kinds import KINDS
from zhengtong.ledger.models import Act
from zhengtong.people.wording import post_told

ENDS = {  # acts that end a step without saying which: the kinds of step they may end
    kinds.ACCEPTED: ("accept",),
    kinds.DECIDED: ("decide", "answer", "review", "accept"),
    kinds.CORRECTION_ANSWERED: (),
}
NO_STEP = (  # happens beside the model, and is shown as what it is
    kinds.CORRECTION_REQUESTED,
    kinds.CORRECTION_ANSWERED,
    kinds.HANDOVER_OFFERED,
    kinds.HANDOVER_TAKEN,
    kinds.HANDOVER_DECLINED,
    kinds.HANDOVER_RAISED,
    kinds.ASSIGNED,
    kinds.EXTENDED,
    kinds.SET_ASIDE,
    kinds.REOPENED,
    kinds.WITHDRAWN,
    kinds.INCIDENT,
    kinds.FILED,
)
CORRECTING = (kinds.CORRECTION_REQUESTED, kinds.CORRECTION_ANSWERED, kinds.SET_ASIDE, kinds.REOPENED)
ENDING = (kinds.WITHDRAWN,)  # ends a case lawfully wherever it is
TOLD = frozenset(NO_STEP) | ENDS.keys() | {kinds.TASK_DONE, kinds.INSPECTION_HELD}
READ = TOLD | {kinds.TASK_OPENED, kinds.TASK_CLAIMED, kinds.MIGRATED, kinds.CLOSED}


@dataclass
class _Reader:
    """One case, act by act."""

    case: Case
    language: str
    open: list[str] = field(default_factory=list)  # steps that have been opened and not ended
    taken_up: dict[str, datetime] = field(default_factory=dict)  # when an officer took an open step up
    withdrawn: bool = False

    def event(self, act: Act) -> Given | None:
        """The event that an act is, or None where it is none."""
        step = str((act.particulars or {}).get("step", ""))
        if act.kind == kinds.TASK_OPENED:
            self.open.append(step)
            self.taken_up.pop(step, None)
            return None
        if act.kind == kinds.TASK_CLAIMED:
            self.taken_up[step] = act.at
            return None
        if act.kind == kinds.CLOSED:
            return self._gone_with_the_whole(act)
        if act.kind == kinds.MIGRATED:
            self._move((act.particulars or {}).get("steps", {}))
        if act.kind not in TOLD:
            return None
        self.withdrawn |= act.kind == kinds.WITHDRAWN
        ended = step or self._ended(act.kind)
        if ended in self.open:
            self.open.remove(ended)
        known = self._node(ended)
        wording = known.name if known else KINDS[act.kind].title
        return self._given(act, wording.in_(self.language) or ended, self.taken_up.get(ended))

    def _gone_with_the_whole(self, act: Act) -> Given | None:
        """A part of an application that was withdrawn ends with it, and has no act of the applicant of its own."""
        if self.withdrawn or (act.particulars or {}).get("outcome") != "withdrawn":
            return None
        return self._given(act, KINDS[kinds.WITHDRAWN].title.in_(self.language))

    def _given(self, act: Act, activity: str, begun: datetime | None = None) -> Given:
        charter = charter_of(self.case)
        return Given(
            case=self.case.number,
            number=act.position,
            activity=activity,
            at=act.at.astimezone(ZoneInfo(charter.head.time_zone)),
            person=_post(charter, act.actor_post, self.language),
            office=_office(charter, act.actor_post, self.language),
            begun=begun,
        )

    def _move(self, steps: Mapping[str, str]) -> None:
        """The case goes on in another version of its process, in which open steps have other names."""
        self.open = [steps.get(step, step) for step in self.open]
        self.taken_up = {steps.get(step, step): at for step, at in self.taken_up.items()}

    def _node(self, step: str) -> Node | None:
        """A step, of an earlier version where the case has moved since."""
        if step in self._model.nodes or not step:
            return self._model.nodes.get(step)
        listing = (each for each in charters_of(self.case) if self.case.procedure in {*each.procedures, *each.events})
        models = (each.process(self.case.procedure) for each in listing)
        return next((model.nodes[step] for model in models if step in model.nodes), None)

    @property
    def _model(self) -> Model:
        return charter_of(self.case).process(self.case.procedure)

    def _ended(self, kind: str) -> str:
        """Of the open steps, the last of a kind that the act may end."""
        for sort in ENDS.get(kind, ()):
            for step in reversed(self.open):
                node = self._node(step)
                if node is not None and node.task is not None and node.task.act == sort:
                    return step
        return ""


def events(cases: Mapping[str, Case], acts: Iterable[Act], language: str) -> Iterator[Given]:
    """The events of these cases by number; `acts` in the order of subject and position."""
    readers: dict[str, _Reader] = {}
    for act in acts:
        if act.subject not in readers:
            readers.clear()  # acts come case by case
            readers[act.subject] = _Reader(cases[act.subject], language)
        event = readers[act.subject].event(act)
        if event is not None:
            yield event


def beside_the_model(language: str) -> frozenset[str]:
    """The activities that no model holds."""
    return frozenset(told_as((*NO_STEP, *ENDS), language))


def told_as(kinds_of_act: Iterable[str], language: str) -> list[str]:
    """The activities under which acts of these kinds are told."""
    return [KINDS[kind].title.in_(language) for kind in kinds_of_act]


def _post(charter: Charter, post: str, language: str) -> str:
    try:
        return post_told(charter, post).in_(language) if post else ""
    except KeyError:  # a post of the program
        return ""


def _office(charter: Charter, post: str, language: str) -> str:
    try:
        return charter.organisation_of(post).name.in_(language) if post else ""
    except KeyError:
        return ""
