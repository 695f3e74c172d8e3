"""What a process hears of (events) and what it wants done (effects); both are plain data.

A `key` names one waiting token: the id of its node the first time the case comes there, then `id#2`, `id#3`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TaskDone:
    """A task or service is done; `outputs` become facts."""

    key: str
    outputs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer that was started has run out."""

    key: str


@dataclass(frozen=True, slots=True)
class MessageArrived:
    """A message; the token that has waited for it the longest gets it."""

    name: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignalSent:
    """A signal; everything in the case that waits for it gets it."""

    name: str


@dataclass(frozen=True, slots=True)
class DecisionAnswered:
    """The rules have answered."""

    key: str
    value: object


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The case that was called has ended."""

    key: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A service, decision or called case has failed with an error that the process may catch."""

    key: str
    code: str


@dataclass(frozen=True, slots=True)
class FactsChanged:
    """The facts that were passed in are new ones: conditional events are looked at again."""


@dataclass(frozen=True, slots=True)
class Retried:
    """Somebody has removed the cause of an `Incident`: go on from there."""

    key: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The case is called off; `reason` becomes its outcome."""

    reason: str


Event = (
    TaskDone
    | TimerFired
    | MessageArrived
    | SignalSent
    | DecisionAnswered
    | CallEnded
    | Failed
    | FactsChanged
    | Retried
    | Cancelled
)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Put a task on the desk of the node's post; it ends by `TaskDone`.

    `turn` is 1, 2 … of a task that is done several times, else 0.
    """

    key: str
    node: str
    turn: int = 0


@dataclass(frozen=True, slots=True)
class CancelTask:
    """Whatever waits under this key, a task, service or decision, is no longer wanted."""

    key: str


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Send `TimerFired` when `definition` (as written: `P5WD`, `PT24H`, a date) has passed."""

    key: str
    node: str
    definition: str


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Nobody waits for this timer any more."""

    key: str


@dataclass(frozen=True, slots=True)
class MoveWork:
    """In the new version of the process, what waits under `key` (a task, service, decision or call) waits at `node`
    under the key `to`. It goes on: who took it up and since when it runs are kept.
    """

    key: str
    to: str
    node: str


@dataclass(frozen=True, slots=True)
class MoveTimer:
    """The same of a timer; it runs since when it ran, by the definition that the new version gives."""

    key: str
    to: str
    node: str
    definition: str


@dataclass(frozen=True, slots=True)
class AskDecision:
    """Ask the rules; the answer comes as `DecisionAnswered`."""

    key: str
    node: str
    decision: str


@dataclass(frozen=True, slots=True)
class RunService:
    """Do what the program does by itself; it ends by `TaskDone`, or by `Failed`."""

    key: str
    node: str
    name: str


@dataclass(frozen=True, slots=True)
class CallProcedure:
    """Open a case of another procedure; it ends by `CallEnded`."""

    key: str
    node: str
    procedure: str


@dataclass(frozen=True, slots=True)
class CancelCall:
    """Call off the case that was opened under this key."""

    key: str


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Send a message to another participant."""

    node: str
    name: str


@dataclass(frozen=True, slots=True)
class SendSignal:
    """Tell the world outside the case."""

    node: str
    name: str


@dataclass(frozen=True, slots=True)
class KeepFacts:
    """These became known: outputs, answers, outcomes, values of scripts. Keep them with the case."""

    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Incident:
    """A token cannot go on; it waits for `Retried`.

    `code` is `unanswered` (an expression failed), `no-way-out` (no condition holds), `endless` (too many steps without
    a wait), `not-executable` (an element that this engine does not run), `uncaught` (nobody catches the error) or
    `dead-lock` (a join waits for a token that cannot come).
    """

    key: str
    node: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """The case is over. `node` is the end it came to, empty when it was called off."""

    node: str
    outcome: str


Effect = (
    OpenTask
    | CancelTask
    | StartTimer
    | CancelTimer
    | MoveWork
    | MoveTimer
    | AskDecision
    | RunService
    | CallProcedure
    | CancelCall
    | SendMessage
    | SendSignal
    | KeepFacts
    | Incident
    | Ended
)
