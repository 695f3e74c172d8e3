"""Forms that can be shown, answered and joined."""

import re
from collections.abc import Iterator
from typing import Any

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Form, LifeEvent, Question
from zhengtong.common.text import text

UNFIT = kind(
    "question-unfit",
    message=("问题“{question}”{fault}。", "The question “{question}” {fault}."),
    why=("问题的写法决定了页面怎样显示、怎样检查。", "How a question is written decides how it is shown and checked."),
    mend=("改正该问题。", "Mend the question."),
)
DIFFERENT = kind(
    "questions-differ",
    message=(
        "“{event}”合并表单时，“{one}”和“{other}”的“{name}”{fault}。",
        "In the compiled form of “{event}”, “{name}” of “{one}” and of “{other}” {fault}.",
    ),
    why=(
        "同一问题只问一次，所以各事项对它的理解必须一致。",
        "It is asked once, so all services have to mean the same.",
    ),
    mend=("统一数据元、名称和类型。", "Give both the same element, name and type."),
)

NOT_THE_CHOICES = text("的 enum 与 x-enum 不一致", "has an enum that differs from its x-enum")
NO_CHOICES = text("是多选，却没有选项", "lets one choose several, but offers no choices")
WRONG_TYPE = text("的类型与数据元的类型“{type}”不符", "has another type than its element, which is “{type}”")
NO_MAP = text("可以在地图上点选，却没有一个行政区写了 outline", "is pointed at on a map, but no region has an outline")
NO_PLACE = text("可以在地图上点选，却不是文字", "is pointed at on a map, but is no text")
NO_LIMIT = text("有多行，却没有写明最多几行（maxItems）", "has rows, but does not say how many at most (maxItems)")
OTHER_COLUMN = text(
    "的 items 要求“{column}”，却没有这一栏", "requires “{column}” of its rows, which have no such column"
)
BAD_PATTERN = text("的 pattern 不是正则表达式", "has a pattern that is no regular expression")
EMPTY_RANGE = text("的上限小于下限", "has an upper bound below its lower one")
OTHER_ELEMENT = text("数据元不同", "mean different elements")
OTHER_TYPE = text("类型不同", "have different types")
OTHER_NAME = text(
    "问的是同一数据元，名称却不同，会问两次", "ask the same element under two names, so it would be asked twice"
)

TYPES = {
    "string": {"string", "array"},
    "integer": {"integer"},
    "decimal": {"number", "integer"},
    "boolean": {"boolean"},
    "date": {"string"},
    "region": {"string"},
    "file": set(),
    "rows": {"array"},
}
BOUNDS = [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")]


def check(of: Checked) -> Iterator[Finding]:
    for service, form in of.charter.forms.items():
        for question in form.questions:
            place = of.at(f"services/{service}/form.json", "properties", question.name)
            for fault in _faults(of, question):
                yield UNFIT.at(place, question=question.name, fault=fault)
    for listed, _ in of.listed():
        if isinstance(listed, LifeEvent):
            yield from _joint(of, listed)


def _faults(of: Checked, question: Question) -> Iterator[Any]:
    schema = question.schema
    offered = schema.get("enum", schema.get("items", {}).get("enum"))
    if sorted(offered or []) != sorted(value for value, _ in question.choices):
        yield NOT_THE_CHOICES
    if schema.get("type") == "array" and not offered and not question.columns:
        yield NO_CHOICES
    yield from _row_faults(question)
    if question.on_map and (schema.get("type") != "string" or offered or schema.get("format")):
        yield NO_PLACE
    if question.on_map and not any(region.outline for region in of.charter.regions.values()):
        yield NO_MAP
    element = of.charter.elements.get(question.element)
    if element and not _fits(element.type, question):
        yield WRONG_TYPE.format(type=element.type)
    if "pattern" in schema and not _is_pattern(schema["pattern"]):
        yield BAD_PATTERN
    if any(low in schema and high in schema and schema[low] > schema[high] for low, high in BOUNDS):
        yield EMPTY_RANGE


def _row_faults(question: Question) -> Iterator[Any]:
    if not question.columns:
        return
    if "maxItems" not in question.schema:
        yield NO_LIMIT
    named = {each.name for each in question.columns}
    for column in question.schema["items"].get("required", []):
        if column not in named:
            yield OTHER_COLUMN.format(column=column)
    if any("pattern" in each.schema and not _is_pattern(each.schema["pattern"]) for each in question.columns):
        yield BAD_PATTERN


def _fits(type_: str, question: Question) -> bool:
    schema = question.schema
    of_its_own = (type_ == "date") == (schema.get("format") == "date") and (type_ == "rows") == bool(question.columns)
    return schema.get("type") in TYPES[type_] and of_its_own


def _is_pattern(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def _joint(of: Checked, event: LifeEvent) -> Iterator[Finding]:
    """Questions that would be merged, or should have been."""
    before: list[tuple[str, Question]] = []
    for each in event.services:
        for question in of.charter.forms.get(each.service, Form()).questions:
            for service, other in before:
                fault = _difference(other, question)
                if fault and service != each.service:
                    place = of.at(f"services/{each.service}/form.json", "properties", question.name)
                    yield DIFFERENT.at(
                        place, event=event.id, one=service, other=each.service, name=question.name, fault=fault
                    )
            before.append((each.service, question))


def _difference(one: Question, other: Question) -> Any:
    if one.name == other.name:
        if one.element != other.element:
            return OTHER_ELEMENT
        return OTHER_TYPE if one.schema.get("type") != other.schema.get("type") else None
    return OTHER_NAME if one.element == other.element and one.asked and other.asked else None
