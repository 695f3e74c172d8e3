"""A question of a charter's form as a part of a page, and what was posted in answer to it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import QueryDict

from zhengtong.cases.wording import row_told
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Question
from zhengtong.common.text import Text
from zhengtong.faces.shared.components import (
    Checkboxes,
    DateInput,
    Field,
    Input,
    Place,
    Radios,
    Rows,
    Select,
    Textarea,
    posted_date,
    whole,
)
from zhengtong.faces.shared.language import between, day, local, yes_no
from zhengtong.faces.shared.map import Pointing

_MANY = 8  # more choices than this are a list to choose from, not radios
_ROWS = 50  # of what is posted in rows, so many are read
_LONG = 200  # text that may be longer than this gets several lines


def field_for(
    question: Question,
    charter: Charter,
    *,
    value: Any = None,
    error: Text | str = "",
    heading: bool = False,
    pointing: bool = False,
) -> Field:
    """The part of the page that asks `question`; `value` is a stored fact, or what was posted before.

    `pointing`: the page knows what to do when somebody points at a place (see `pointed`).
    """
    common: dict[str, Any] = {
        "name": question.name,
        "label": local(question.title),
        "hint": local(question.hint),
        "error": local(error),
        "heading": heading,
        "size": "" if heading else "s",
    }
    kind = question.schema.get("type")
    if question.columns:
        return _in_rows(question, common, value)
    if kind == "array":
        return Checkboxes(**common, choices=_choices(question, charter), values=[str(each) for each in value or []])
    if kind == "boolean":
        choices = [("true", yes_no(True)), ("false", yes_no(False))]
        return Radios(**common, choices=choices, value=_stored(value), inline=True)
    if choices := _choices(question, charter):
        return _one_of(common, choices, _stored(value))
    if question.schema.get("format") == "date":
        return DateInput(**common, value=_stored(value))
    area = Pointing.over(charter.regions.values()) if pointing and question.on_map else None
    if area is not None:
        return Place(**common, value=_stored(value), width="two-thirds", area=area)
    return _typed_in(question, common, _stored(value))


def posted(question: Question, form: QueryDict) -> Any:
    """What the reader answered to `question`, as the kernel takes it."""
    if question.columns:
        return _posted_rows(question, form)
    if question.schema.get("type") == "array":
        return form.getlist(question.name)
    if question.schema.get("format") == "date":
        return posted_date(question.name, form)
    return form.get(question.name, "")


def pointed(questions: Iterable[Question], charter: Charter, form: QueryDict) -> tuple[str, str] | None:
    """The question whose picture was clicked, and the position there: empty where that is outside of the area, or no
    pointer clicked but a key. None where no picture was.
    """
    area = Pointing.over(charter.regions.values())
    for each in questions:
        x, y = (form.get(f"{each.name}-at.{axis}", "") for axis in "xy")
        if area and each.on_map and (x or y):
            return each.name, area.pointed(whole(x), whole(y))
    return None


def told(question: Question, charter: Charter, value: Any) -> str:
    """An answer in words, for a summary."""
    if value is None or value == "":
        return "–"
    if question.columns:
        return "\n".join(map(row_told, value))
    if isinstance(value, list):
        return between().join(told(question, charter, each) for each in value)
    if isinstance(value, bool):
        return yes_no(value)
    for choice, label in _choices(question, charter):
        if choice == str(value):
            return label
    return day(_date(value)) if question.schema.get("format") == "date" else str(value)


def _in_rows(question: Question, common: dict[str, Any], value: Any) -> Rows:
    columns = [(each.name, local(each.title), local(each.hint)) for each in question.columns]
    written = [each for each in value or [] if any(each.values())]
    return Rows(**common, columns=columns, values=written, most=question.schema.get("maxItems", 1))


def _posted_rows(question: Question, form: QueryDict) -> list[dict[str, str]]:
    """Row by row, as far as any is there; more than may be are kept, for the kernel to refuse them by their number."""
    names = [each.name for each in question.columns]
    rows = [{name: form.get(f"{question.name}-{at}-{name}", "") for name in names} for at in range(1, _ROWS)]
    return [row for row in rows if any(value.strip() for value in row.values())]


def _date(value: Any) -> Any:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _stored(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _choices(question: Question, charter: Charter) -> list[tuple[str, str]]:
    if question.choices:
        return [(value, local(title)) for value, title in question.choices]
    element = charter.elements.get(question.element)
    if element is not None and element.type == "region":
        return [(region.code, local(region.name)) for region in charter.regions.values()]
    return []


def _one_of(common: dict[str, Any], choices: list[tuple[str, str]], value: str) -> Field:
    if len(choices) > _MANY:
        return Select(**common, choices=[("", "–"), *choices], value=value)
    return Radios(**common, choices=choices, value=value)


def _typed_in(question: Question, common: dict[str, Any], value: str) -> Field:
    kind = question.schema.get("type")
    if kind in {"number", "integer"}:
        mode = "numeric" if kind == "integer" else "decimal"
        return Input(**common, value=value, width="10", inputmode=mode)
    if question.schema.get("maxLength", 0) > _LONG:
        return Textarea(**common, value=value)
    return Input(**common, value=value, width="two-thirds")
