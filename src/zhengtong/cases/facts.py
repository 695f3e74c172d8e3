"""The facts of a case: what was answered, what the registers say, and both as typed values for rules and processes.

Facts are stored as JSON: numbers as decimal strings, dates as ISO dates; `typed` turns them back.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from zhengtong.cases.errors import InvalidAnswers
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Form, Question
from zhengtong.common.text import Text, text
from zhengtong.engines.rules import feel
from zhengtong.people.actor import Actor
from zhengtong.people.models import Enterprise, Person
from zhengtong.registry.acts import OWN_FORM, look_up

Facts = dict[str, Any]

REQUIRED = text("请回答这个问题。", "Answer this question.")
NOT_A_NUMBER = text("请输入数字，例如 12.5。", "Enter a number, such as 12.5.")
NOT_WHOLE = text("请输入整数。", "Enter a whole number.")
NOT_A_DATE = text("没有这个日期，请按 2026-03-09 的格式输入。", "There is no such date; write it like 2026-03-09.")
NOT_A_CHOICE = text("请从列出的选项中选择。", "Choose one of those listed.")
TOO_LONG = text("内容太长，最多 {limit} 个字。", "This is too long: at most {limit} characters.")
TOO_SMALL = text("不能小于 {limit}。", "It cannot be less than {limit}.")
TOO_LARGE = text("不能大于 {limit}。", "It cannot be more than {limit}.")
TOO_MANY = text("最多 {limit} 个，请删去多出的。", "At most {limit} can be given: take out those beyond.")
TOO_FEW = text("至少要有 {limit} 个。", "At least {limit} have to be given.")
TWICE = text("有一个写了两次。", "One of them is given twice.")
IN_ROW = text("第 {number} 个的“{column}”：{fault}", "{number}, “{column}”: {fault}")
NOT_FITTING = text("格式不对，请看提示。", "This does not have the right form; see the hint.")
CONTROL_SIGNS = text("包含不可见的控制字符，请删除。", "It holds invisible control characters; remove them.")

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LONGEST = 4000


class _Fault(Exception):
    def __init__(self, told: Text) -> None:
        self.told = told


def answered(questions: Iterable[Question], raw: Mapping[str, Any], *, known: Facts) -> Facts:
    """The answers to `questions` in `raw`, checked and in stored form; raises `InvalidAnswers` with all that is wrong.

    Questions whose condition is false under `known` and the answers before them are left out.
    """
    facts: Facts = {}
    errors: dict[str, Text] = {}
    for question in questions:
        if not question.asked or not shown(question, known | facts):
            continue
        try:
            value = _checked(question, raw.get(question.name))
        except _Fault as fault:
            errors[question.name] = fault.told
            continue
        if value is not None:
            facts[question.name] = value
    if errors:
        raise InvalidAnswers(errors)
    return facts


def shown(question: Question, facts: Facts) -> bool:
    """Whether the question arises, given the answers so far."""
    return not question.show_if or feel.evaluate(question.show_if, facts) is True


def typed(form: Form, facts: Facts) -> Facts:
    """Stored facts as the engines want them: decimals, dates, None where nothing is known."""
    return dict.fromkeys((question.name for question in form.questions), None) | {
        name: _typed(form.question(name), value) for name, value in facts.items()
    }


def prefilled(
    *, charter: Charter, form: Form, person: Person, enterprise: Enterprise | None, by: Actor, now: datetime, on: date
) -> tuple[Facts, dict[str, str]]:
    """What the registers answer, and by which register; one look per register, recorded."""
    facts: Facts = {}
    sources: dict[str, str] = {}
    for register, questions in _by_register(form).items():
        key = _key(charter, register, person, enterprise)
        if key is None:
            continue
        fields = sorted({question.source.field for question in questions if question.source})
        found = look_up(
            charter=charter, register=register, key=key, fields=fields, purpose=OWN_FORM, by=by, now=now, on=on
        )
        for question in questions:
            if question.source and found.values[question.source.field] is not None:
                facts[question.name] = _stored(found.values[question.source.field])
                sources[question.name] = register
    return facts, sources


def _by_register(form: Form) -> dict[str, list[Question]]:
    registers: dict[str, list[Question]] = {}
    for question in form.questions:
        if question.source:
            registers.setdefault(question.source.register, []).append(question)
    return registers


def _key(charter: Charter, register: str, person: Person, enterprise: Enterprise | None) -> str | None:
    if charter.registers[register].subject == "enterprise":
        return enterprise.uscc if enterprise else None
    return str(person.id_number)


def _stored(value: Any) -> Any:
    if isinstance(value, bool | str | int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _typed(question: Question | None, value: Any) -> Any:
    if question is None or value is None:
        return value
    kind = question.schema.get("type")
    if kind in {"number", "integer"}:
        return Decimal(str(value))
    if question.schema.get("format") == "date":
        return date.fromisoformat(value)
    return value


def _checked(question: Question, raw: Any) -> Any:
    """The answer in stored form, None where there is none; raises `_Fault`."""
    if raw is None or (isinstance(raw, str) and not raw.strip()) or raw == []:
        if question.required:
            raise _Fault(REQUIRED)
        return None
    value = _rows(question, raw) if question.columns else _parsed(question, raw)
    if not value and question.columns:
        return _checked(question, None)
    _conforms(question, value)
    return str(value) if isinstance(value, Decimal) else value


def _parsed(question: Question, raw: Any) -> Any:
    kind = question.schema.get("type")
    if kind == "boolean":
        return _boolean(raw)
    if kind in {"number", "integer"}:
        return _number(str(raw).strip(), whole=kind == "integer")
    if kind == "array":
        return [_plain(each) for each in (raw if isinstance(raw, list | tuple) else [raw])]
    value = _plain(raw, most=question.schema.get("maxLength", _LONGEST))
    if question.schema.get("format") == "date":
        return _date(value)
    return value


def _rows(question: Question, raw: Any) -> list[dict[str, str]]:
    """An answer in rows: those in which nothing was written are left out."""
    if not isinstance(raw, list) or not all(isinstance(each, Mapping) for each in raw):
        raise _Fault(NOT_FITTING)
    written = [each for each in raw if any(str(value or "").strip() for value in each.values())]
    if len(written) > question.schema.get("maxItems", len(written)):
        raise _Fault(TOO_MANY.format(limit=question.schema["maxItems"]))
    return [_row(question, number, each) for number, each in enumerate(written, 1)]


def _row(question: Question, number: int, raw: Mapping[str, Any]) -> dict[str, str]:
    if set(raw) - {each.name for each in question.columns}:
        raise _Fault(NOT_FITTING)
    found = {}
    for column in question.columns:
        try:
            value = _checked(column, raw.get(column.name))
        except _Fault as fault:
            told = IN_ROW.format(number=number, column=column.title, fault=fault.told)
            raise _Fault(told) from fault
        if value is not None:
            found[column.name] = value
    return found


def _boolean(raw: Any) -> bool:
    if raw in (True, "true", "yes", "on"):
        return True
    if raw in (False, "false", "no"):
        return False
    raise _Fault(NOT_A_CHOICE)


def _number(raw: str, *, whole: bool) -> int | Decimal:
    if not _NUMBER.fullmatch(raw):
        raise _Fault(NOT_WHOLE if whole else NOT_A_NUMBER)
    try:
        number = Decimal(raw)
    except InvalidOperation as fault:
        raise _Fault(NOT_A_NUMBER) from fault
    if not whole:
        return number
    if number != number.to_integral_value():
        raise _Fault(NOT_WHOLE)
    return int(number)


def _plain(raw: Any, *, most: int = _LONGEST) -> str:
    value = str(raw).strip()
    if len(value) > max(most, _LONGEST):
        raise _Fault(TOO_LONG.format(limit=most))
    if _CONTROL.search(value):
        raise _Fault(CONTROL_SIGNS)
    return value


def _date(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as fault:
        raise _Fault(NOT_A_DATE) from fault


_TOLD: dict[str, Callable[[Any], Text]] = {
    "enum": lambda _limit: NOT_A_CHOICE,
    "const": lambda _limit: NOT_A_CHOICE,
    "maxLength": lambda limit: TOO_LONG.format(limit=limit),
    "minimum": lambda limit: TOO_SMALL.format(limit=limit),
    "exclusiveMinimum": lambda limit: TOO_SMALL.format(limit=limit),
    "maximum": lambda limit: TOO_LARGE.format(limit=limit),
    "maxItems": lambda limit: TOO_MANY.format(limit=limit),
    "minItems": lambda limit: TOO_FEW.format(limit=limit),
    "uniqueItems": lambda _limit: TWICE,
    "exclusiveMaximum": lambda limit: TOO_LARGE.format(limit=limit),
}


def _conforms(question: Question, value: Any) -> None:
    for fault in _validator(json.dumps(question.schema, sort_keys=True)).iter_errors(value):
        told = _TOLD.get(str(fault.validator))
        raise _Fault(told(fault.validator_value) if told else NOT_FITTING)


@lru_cache(maxsize=4096)
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema, parse_float=Decimal), format_checker=FormatChecker())
