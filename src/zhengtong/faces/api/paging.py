"""Lists come in pages of bounded size, each with a cursor to the next; there are no offsets to abuse."""

import base64
import json
from collections.abc import Sequence
from typing import Annotated

from ninja import Query

from zhengtong.faces.api.errors import BadCursor

Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
Cursor = Annotated[
    str, Query(max_length=200, pattern=r"^[A-Za-z0-9_=-]*$", description="The `next` of the page before.")
]


def cursor_to(*values: str | int) -> str:
    """A place in a list, as an opaque word."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def place(written: str) -> Sequence[str | int]:
    """What `cursor_to` was made of; raises `BadCursor`."""
    try:
        values = json.loads(base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)))
    except ValueError as fault:
        raise BadCursor from fault
    if not isinstance(values, list) or not all(isinstance(each, str | int) for each in values):
        raise BadCursor
    return values
