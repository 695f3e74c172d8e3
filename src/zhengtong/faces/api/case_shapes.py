"""What is sent and answered about cases."""

import json
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints

from zhengtong.faces.api.shapes import Cited, Id, Line, MaterialId, Paragraphs, Sent, Words


class CaseRowOut(Schema):
    number: str
    procedure: str
    name: Words
    party: str
    status: str
    outcome: str
    outcome_told: Words
    office: Words
    post_title: Words
    filed_at: datetime
    closed_at: datetime | None
    due_on: date | None
    light: str
    is_part: bool


class CasePage(Schema):
    items: list[CaseRowOut]
    next: str | None


class FactOut(Schema):
    name: str
    title: Words
    value: Words
    source: Words | None


class DocumentOut(Schema):
    id: int
    material: str
    name: str
    media_type: str
    size: int
    sha256: str
    scan: str
    uploaded_at: datetime


class SaidOut(Schema):
    name: str
    title: Words
    said: str


class DecisionOut(Schema):
    outcome: str
    outcome_told: Words
    adverse: bool
    contents: list[SaidOut]
    reasons: str
    way: str
    legal_basis: list[Cited]
    rules: dict[str, list[str]]
    decided_at: datetime
    appeal: str | None
    appeal_until: date | None
    set_aside: bool


class CertificateRow(Schema):
    number: str
    status: str
    issued_at: datetime
    valid_to: date | None


class ItemOut(Schema):
    what: str
    why: str = ""


class StopOut(Schema):
    """The clock stands still: why, since when, and what is to be put right."""

    kind: str
    ground: Cited
    since: datetime
    items: list[ItemOut]


class HearingOut(Schema):
    """The party is heard before the decision: when it was asked for, when and where it is, its minutes once held."""

    by_office: bool
    reason: str
    asked_at: datetime
    at: datetime | None
    place: str
    note: str
    held_at: datetime | None
    minutes: str


class StepOut(Schema):
    node: str
    post: str
    due_on: date | None


class CaseOut(CaseRowOut):
    can: list[str]
    stop: StopOut | None
    hearing: HearingOut | None
    steps: list[StepOut]
    facts: list[FactOut]
    documents: list[DocumentOut]
    decisions: list[DecisionOut]
    certificates: list[CertificateRow]
    parts: list[CaseRowOut]


class ActOut(Schema):
    at: datetime
    kind: str
    title: Words
    by: Words
    reason: str
    legal_basis: list[Words]
    number: str
    position: int


class History(Schema):
    items: list[ActOut]


class DayOut(Schema):
    date: date
    counted: int | None
    why: Words
    ground: str


class DeadlineOut(Schema):
    """When it is due and why, day by day; `on` is null while the clock stands still."""

    on: date | None
    provisional: bool
    remaining: int
    days: list[DayOut]


class Deadlines(Schema):
    promised: DeadlineOut | None
    statutory: DeadlineOut | None


def _storable(answers: dict[str, Any]) -> dict[str, Any]:
    """JSON may write what is no text (a lone half of a surrogate pair) and what no database keeps (NUL)."""
    try:
        written = json.dumps(answers, ensure_ascii=False).encode()
    except UnicodeEncodeError as fault:
        raise ValueError("a lone surrogate is no text") from fault
    if b"\\u0000" in written:
        raise ValueError("no control characters are allowed")
    return answers


Answers = Annotated[
    dict[Line, Any],
    Field(max_length=300, description="By the names of the form's questions."),
    AfterValidator(_storable),
]
Papers = Annotated[
    dict[MaterialId, Annotated[int, Field(ge=1, le=2**53)]],
    Field(max_length=100, description="By material: the `id` that POST /documents answered."),
]


class Application(Sent):
    procedure: Id
    enterprise: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{18}$")] | None = None
    about: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,40}$")] | None = None
    answers: Answers = {}
    documents: Papers = {}
    language: Literal["zh-Hans", "en"] = "zh-Hans"


class Correction(Sent):
    note: Paragraphs = ""
    answers: Answers = {}
    documents: Papers = {}


class Later(Sent):
    documents: Papers


class Reason(Sent):
    reason: Paragraphs


class OwnStep(Sent):
    """How a step that is the party’s own ends, and what there is to add."""

    output: Line
    note: Paragraphs = ""


class RatingIn(Sent):
    level: Annotated[int, Field(ge=1, le=5, description="5 is very satisfied, 1 very dissatisfied.")]
    comment: Annotated[Paragraphs, Field(max_length=2000)] = ""


class RatingOut(Schema):
    level: int
    comment: str
    rated_at: datetime
    follow_up: str | None


class WordIn(Sent):
    solved: bool
    told: Annotated[Paragraphs, Field(max_length=2000)] = ""


class WordOut(Schema):
    solved: bool
    said_at: datetime
    follow_up: str | None


class Appeal(Sent):
    answers: Answers = {}
    documents: Papers = {}
    language: Literal["zh-Hans", "en"] = "zh-Hans"
