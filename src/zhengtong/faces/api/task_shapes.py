"""What is sent and answered about the steps on a desk."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from zhengtong.faces.api.case_shapes import CaseOut
from zhengtong.faces.api.shapes import BasisRef, Cited, Line, Paragraphs, PostRef, Sent, Words


class TaskRowOut(Schema):
    id: int
    number: str
    procedure: str
    name: Words
    step: Words
    party: str
    opened_at: datetime
    due_on: date | None
    light: str
    claimed_by: str


class Tasks(Schema):
    items: list[TaskRowOut]
    next: str | None


class ContentOut(Schema):
    name: str
    title: Words
    kind: str
    required: bool


class OutputOut(Schema):
    value: str
    title: Words
    adverse: bool
    contents: list[ContentOut]


class PlaceOut(Schema):
    post: str
    title: Words


class TaskOut(Schema):
    id: int
    step: Words
    act: str
    post: str
    status: str
    due_on: date | None
    outputs: list[OutputOut]
    may: list[str]
    posts: list[PlaceOut]
    articles: list[Cited]
    case: CaseOut


class OfferOut(Schema):
    id: int
    task: TaskRowOut
    from_post: Words
    reason: str
    offered_at: datetime


class Offers(Schema):
    items: list[OfferOut]


class ProposalOut(Schema):
    id: int
    number: str
    name: Words
    party: str
    act: Words
    outcome: Words
    reasons: str
    basis: list[Words]
    by_post: Words
    by_name: str
    at: datetime


class Proposals(Schema):
    items: list[ProposalOut]


class AnsweredOut(Schema):
    id: int
    status: str


class InPost(Sent):
    post: PostRef


class Completion(InPost):
    output: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_-]{0,29}$")]
    reasons: Paragraphs = ""
    basis: Annotated[list[BasisRef], Field(max_length=30)] = []
    findings: Paragraphs = ""
    contents: Annotated[dict[str, Paragraphs], Field(max_length=20)] = {}


class Item(Sent):
    what: Line
    why: Line = ""


class Asked(InPost):
    items: Annotated[list[Item], Field(min_length=1, max_length=30)]


class Moved(InPost):
    to: PostRef
    reason: Paragraphs


class Reasoned(InPost):
    reason: Paragraphs


class Declined(InPost):
    answer: Paragraphs
    competent: PostRef


class Visit(InPost):
    at: datetime
    place: Line
    note: Paragraphs = ""


class InspectionOut(Schema):
    at: datetime
    place: str
    note: str


class HandoverOut(Schema):
    id: int
    from_post: str
    to_post: str
    status: str
    competent: str


class ExtensionOut(Schema):
    limit: str
    ground: Cited
