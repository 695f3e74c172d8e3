"""The words of the interface that all of it shares. Texts come in every language of the charter."""

import re
from typing import Annotated

from ninja import Path, Query, Schema
from pydantic import AfterValidator, ConfigDict, StringConstraints

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
StepPath = Annotated[str, Path(pattern=r"^[A-Za-z_][A-Za-z0-9_.-]{0,59}$", description="The id of a step.")]
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
