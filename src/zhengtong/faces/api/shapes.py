"""The words of the interface: what is sent and what is answered. Texts come in every language of the charter."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Path, Query, Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _plain(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("no control characters are allowed")
    return value


Words = dict[str, str]
Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(_plain)]
Paragraphs = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_plain)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
PostRef = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}/[a-z][a-z0-9-]{0,59}$")]
BasisRef = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}/[0-9]{1,4}(-[0-9]{1,2})?$")]
MaterialId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]

NumberPath = Annotated[str, Path(pattern=r"^[A-Z0-9-]{1,40}$", description="The number of a case or a certificate.")]
IdPath = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
RowPath = Annotated[int, Path(ge=1, le=2**53)]
PostQuery = Annotated[
    str,
    Query(pattern=r"^[a-z][a-z0-9-]{0,59}/[a-z][a-z0-9-]{0,59}$", description="The post you act in: `office/post`."),
]


class Sent(Schema):
    """What is sent: no key is allowed that the interface does not know."""

    model_config = ConfigDict(extra="forbid")


class Fault(Schema):
    at: str
    detail: str


class Problem(Schema):
    """RFC 9457, with what to do next and the legal ground."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    next_step: str
    legal_basis: str | None
    instance: str
    errors: list[Fault]


class Cited(Schema):
    """A legal basis: `law/article`, and how it is cited."""

    ref: str
    cited: Words


class ListedRow(Schema):
    id: str
    kind: Literal["service", "life-event"]
    name: Words
    summary: Words
    audience: list[str]
    themes: list[str]
    statutory_limit: str
    promised_limit: str


class Catalogue(Schema):
    items: list[ListedRow]
    next: str | None


class MaterialOut(Schema):
    id: str
    name: Words
    necessity: str
    medium: str
    file_types: list[str]
    services: list[str]
    legal_basis: list[Cited]
    supplied_by: str | None


class ListedOut(ListedRow):
    """One service: `implementation` is the whole implementation list (实施清单) as the charter declares it."""

    legal_basis: list[Cited]
    materials: list[MaterialOut]
    appeal: str | None
    implementation: dict[str, Any]


class PostOut(Schema):
    id: str
    title: Words
    powers: list[str]


class OrganisationRow(Schema):
    id: str
    name: Words
    function: str
    level: str
    region: str
    parent: str | None
    phone: str
    email: str


class OrganisationOut(OrganisationRow):
    address: Words | None
    hours: Words | None
    posts: list[PostOut]


class PowerOut(Schema):
    id: str
    name: Words
    kind: str
    matters: list[str]
    acts: list[str]
    holders: list[str]
    legal_basis: list[Cited]


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


class DecisionOut(Schema):
    outcome: str
    outcome_told: Words
    adverse: bool
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


class StepOut(Schema):
    node: str
    post: str
    due_on: date | None


class CaseOut(CaseRowOut):
    can: list[str]
    stop: StopOut | None
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


Answers = Annotated[dict[Line, Any], Field(max_length=300, description="By the names of the form's questions.")]
Papers = Annotated[
    dict[MaterialId, int], Field(max_length=100, description="By material: the `id` that POST /documents answered.")
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


class Withdrawal(Sent):
    reason: Paragraphs


class RatingIn(Sent):
    level: Annotated[int, Field(ge=1, le=5, description="5 is very satisfied, 1 very dissatisfied.")]
    comment: Annotated[str, StringConstraints(max_length=2000), AfterValidator(_plain)] = ""


class RatingOut(Schema):
    level: int
    comment: str
    rated_at: datetime
    follow_up: str | None


class Appeal(Sent):
    answers: Answers = {}
    documents: Papers = {}
    language: Literal["zh-Hans", "en"] = "zh-Hans"


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


class OutputOut(Schema):
    value: str
    title: Words
    adverse: bool


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


class InPost(Sent):
    post: PostRef


class Completion(InPost):
    output: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_-]{0,29}$")]
    reasons: Paragraphs = ""
    basis: Annotated[list[BasisRef], Field(max_length=30)] = []
    findings: Paragraphs = ""


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


class ExtensionOut(Schema):
    limit: str
    ground: Cited


class FieldOut(Schema):
    title: Words
    value: Words


class CertificateOut(Schema):
    """What anyone may know of a certificate."""

    number: str
    name: Words
    state: Literal["valid", "revoked", "expired"]
    office: Words
    issued_on: date
    valid_to: date | None
    fields: list[FieldOut]
    sha256: str


class Figure(Schema):
    """`hidden`: fewer than five cases stand behind it."""

    value: Decimal | None
    hidden: bool


class FiguresOut(Schema):
    office: str
    office_name: Words
    procedure: str
    name: Words
    promised: Words | None
    filed: Figure
    closed: Figure
    open: Figure
    median: Figure
    p90: Figure
    on_time: Figure
    corrections: Figure
    handovers: Figure
    appeals: Figure
    overturned: Figure
    rated: Figure
    rating: Figure


class OfficeOut(Schema):
    whole: FiguresOut
    lines: list[FiguresOut]


class PeriodOut(Schema):
    code: str
    span: Literal["month", "year"]
    first_on: date


class Statistics(Schema):
    period: PeriodOut
    periods: list[str]
    whole: FiguresOut
    offices: list[OfficeOut]


class CheckpointOut(Schema):
    """The signed head of the ledger (C2SP checkpoint) and the key that checks it."""

    size: int
    note: str
    verifier: str


class ProofOut(Schema):
    """That an act is in the ledger, to be kept: a C2SP tlog-proof."""

    proof: str
