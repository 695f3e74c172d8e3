"""What is answered to anyone: the catalogue, offices, certificates, figures, the ledger."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ninja import Schema

from zhengtong.faces.api.shapes import Cited, Words


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


class GrantOut(Schema):
    """What a post holds of a power; `matters` empty: all; `via` names a delegation."""

    post: str
    power: str
    acts: list[str]
    matters: list[str]
    region: str
    from_on: date | None
    to_on: date | None
    via: str


class MayOut(Schema):
    """The answer with its reasons; `may` are the acts that the post has in the matter, `told` are sentences."""

    allowed: bool
    power: str
    against: list[str]
    may: list[str]
    told: list[Words]


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
