"""Values as FEEL text: what `string()` gives (DMN 1.5, table 74)."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from zhengtong.engines.rules.errors import TooMuch
from zhengtong.engines.rules.feel import lexical
from zhengtong.engines.rules.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from zhengtong.engines.rules.feel.values import Builtin, Function, Range, Value
from zhengtong.engines.rules.limits import DEFAULT_LIMITS, LENGTH

_PLAIN_KEY = re.compile(r"[^\W\d][\w ]*")


def write(value: Value, longest: int = DEFAULT_LIMITS.text) -> str:
    """The value as text; a string as it is. TooMuch past `longest` characters."""
    return value if type(value) is str else _Writer(longest).write(value)


def write_number(value: Decimal) -> str:
    """All its digits, without an exponent."""
    return f"{value:f}" if value else f"{abs(value):f}"


class _Writer:
    def __init__(self, longest: int) -> None:
        self.room = longest

    def write(self, value: Value) -> str:
        told = _WRITERS[type(value)](self, value)
        self.room -= len(told)
        if self.room < 0:
            raise TooMuch(LENGTH)
        return told

    def list(self, value: Any) -> str:
        return f"[{', '.join(map(self.write, value))}]"

    def context(self, value: Any) -> str:
        return f"{{{', '.join(f'{_key(key)}: {self.write(each)}' for key, each in value.items())}}}"

    def range(self, value: Range) -> str:
        start = "" if value.start is None else self.write(value.start)
        end = "" if value.end is None else self.write(value.end)
        return f"{'[' if value.start_included else '('}{start}..{end}{']' if value.end_included else ')'}"


def _key(name: str) -> str:
    return name if _PLAIN_KEY.fullmatch(name) else quoted(name)


def quoted(text: str) -> str:
    """A string as it is written within a list."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _plain(write: Callable[[Any], str]) -> Callable[[_Writer, Any], str]:
    return lambda _, value: write(value)


_WRITERS: dict[Any, Callable[[_Writer, Any], str]] = {
    type(None): _plain(lambda value: "null"),
    bool: _plain(lambda value: "true" if value else "false"),
    Decimal: _plain(write_number),
    str: _plain(quoted),
    Date: _plain(lexical.write_date),
    Time: _plain(lexical.write_time),
    DateTime: _plain(lexical.write_date_time),
    DaysDuration: _plain(lexical.write_days),
    MonthsDuration: _plain(lexical.write_months),
    list: _Writer.list,
    dict: _Writer.context,
    Range: _Writer.range,
    Function: _plain(lambda value: f"function({', '.join(value.parameters)})"),
    Builtin: _plain(lambda value: value.name),
}
