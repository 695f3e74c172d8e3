"""scenarios/<id>.yaml: a story that must come true. It illustrates the law, and is run as a test of the charter."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from zhengtong.charter.model.base import Basis, Id, LocalText, Part
from zhengtong.charter.model.procedure import Channel

After = Annotated[str, StringConstraints(pattern=r"^P[0-9]{1,3}(WD|D)$")]
"""How long after the step before: `P3WD` working days, `P15D` days, `P0D` on the same day."""

Who = Annotated[str, StringConstraints(pattern=r"^(system|person:[a-z0-9-]+|[a-z0-9-]+/[a-z0-9-]+)$")]
"""`organisation/post`, `person:<id>` of sample/people.yaml, or `system`: nobody, time passes."""

StepName = Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+:)?[A-Za-z0-9_.-]+$")]
"""A step of the process; `procedure:step` in a case that came of the first one: a part, an appeal, a bad rating."""

Deed = Literal[
    "accept",  # the open step of acceptance, with the output `accepted`
    "reject",  # the same with `rejected`
    "decide",  # the open step of decision
    "complete",  # the step `node`, with `output`
    "request-correction",
    "answer-correction",
    "hand-in-later",
    "hand-over",  # the step `node` is offered to the post `to`
    "take",  # what was offered
    "decline",
    "withdraw",
    "appeal",  # `procedure` about the case, with `answers`
    "rate",  # `output` is the level, `reasons` the comment
    "say-solved",  # `output` is solved or not-solved, `reasons` what is not
    "ask-hearing",  # before the decision, with `reasons`
    "arrange-hearing",  # `at` so long after this, in the place that `reasons` say
    "ask-third-party",  # `whom` is asked whether `text` may be disclosed
    "answer-third-party",  # `output` is agrees or objects, with `reasons`
    "settle-objection",  # `output` is follow or overrule, with `reasons`
    "make-paper-ready",  # `text`, without the passages that are `withheld` by the first of `basis`
    "publish",  # what was given, for everybody
    "wait",
]


class Filing(Part):
    """Who applies for what, when and how. The papers that are required are supplied by whoever runs the story."""

    model_config = ConfigDict(populate_by_name=True)

    procedure: Id
    person: Id  # of sample/people.yaml
    enterprise: Id | None = Field(default=None, alias="for")
    on: date
    channel: Channel
    language: str = "zh-Hans"
    answers: dict[str, Any] = {}


class StoryStep(Part):
    """What happens next, and who does it."""

    after: After
    by: Who
    act: Deed
    node: StepName = ""
    output: str = ""
    reasons: LocalText | None = None
    contents: dict[Id, LocalText] = {}  # what the outcome has to say, by name
    basis: list[Basis] = []
    procedure: Id | None = None
    answers: dict[str, Any] = {}
    documents: list[Id] = []
    to: str = ""  # hand-over: to which post
    at: After | None = None  # arrange-hearing: how long after this step it is
    whom: Id | None = None  # ask-third-party: of sample/people.yaml, a person or an enterprise
    text: LocalText | None = None
    withheld: list[str] = []
    refused: str = ""  # the code of the refusal that this must meet; then nothing happens


class Expected(Part):
    """What must have come of it. What is left out is not looked at."""

    status: Literal["filed", "accepted", "closed"]
    outcome: str | None = None
    told: LocalText | None = None  # the outcome in words
    decided_on: date | None = None  # the day of the decision that stands
    due_on: date | None = None  # the promised day, while the case is open
    statutory_on: date | None = None
    acts: list[str] | None = None  # in order, without those about single steps and parts
    certificates: int | None = None  # that are valid, of the case and its parts
    letters: list[str] | None = None  # in order
    others: dict[Id, str] = {}  # what became of the cases that came of it: procedure -> outcome


class Scenario(Part):
    """A story: given (the sample people), when (filed, steps), then."""

    id: Id
    name: LocalText
    illustrates: list[Basis] = Field(min_length=1)
    file: Filing
    steps: list[StoryStep] = []
    then: Expected
