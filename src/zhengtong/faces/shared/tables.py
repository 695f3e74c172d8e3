"""Tables for spreadsheets: CSV as UTF-8, in which nothing is taken for a formula (OWASP: CSV injection)."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "\t",
    "\r",
    "\n",
)  # wide ones count in spreadsheets of East Asia


def as_csv(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download called `name`.csv; what begins like a formula gets an apostrophe before it."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(map(_harmless, headings))
    table.writerows(map(_harmless, row) for row in rows)
    answer = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _harmless(value: Any) -> Any:
    """What is no number is text, and is written as such; a negative number stays one."""
    if value is None or isinstance(value, (int, float, Decimal)):
        return value
    written = str(value)  # of a text that is translated later, too
    return f"'{written}" if written.startswith(_FORMULA) else written
