"""From the values of a file to a typed part; what does not fit becomes a finding at its line."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from zhengtong.charter.finding import Finding
from zhengtong.charter.reading import faults
from zhengtong.charter.reading.layout import FileKind, adapter
from zhengtong.charter.reading.tree import Tree
from zhengtong.common.text import text

BASES = {"legal_basis", "limit_basis", "waiver_basis", "x-basis"}
"""The keys that hold articles of law."""

_TOLD = {
    "literal_error": "应当是 {expected} 之一",
    "string_pattern_mismatch": "应当符合 {pattern}",
    "string_type": "应当是文字（数字和代码要加引号）",
    "string_too_long": "最多 {max_length} 个字",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "int_from_float": "应当是整数",
    "decimal_type": "应当是数",
    "decimal_parsing": "应当是数",
    "bool_type": "应当是 true 或者 false",
    "bool_parsing": "应当是 true 或者 false",
    "list_type": "应当是列表",
    "dict_type": "应当是键和值",
    "model_type": "应当是键和值",
    "too_short": "至少要有 {min_length} 项",
    "date_type": "应当是日期，例如 2026-03-09",
    "date_from_datetime_parsing": "应当是日期，例如 2026-03-09",
    "greater_than_equal": "不得小于 {ge}",
    "greater_than": "应当大于 {gt}",
    "less_than_equal": "不得大于 {le}",
}


def typed(kind: FileKind, tree: Tree) -> tuple[Any, list[Finding]]:
    """The part that the file holds, or None and what is wrong with it."""
    try:
        return adapter(kind).validate_python(tree.value), []
    except ValidationError as fault:
        return None, list(_findings(tree, fault.errors(include_url=False)))
    except RecursionError:  # pragma: no cover — depth is bounded when the file is read
        return None, [faults.TOO_DEEP.at(tree.place(), limit="")]


def _findings(tree: Tree, errors: list[ErrorDetails]) -> Iterator[Finding]:
    for error in errors:
        path = tuple(error["loc"])
        key = path[-1] if path else tree.file
        match error["type"]:
            case "missing" | "too_short" if key in BASES:
                what = text(f"“{_told(path)}”", f"“{_told(path)}”")
                yield faults.MISSING_BASIS.at(tree.place(*path), what=what)
            case "missing":
                yield faults.MISSING_KEY.at(tree.place(*path[:-1]), key=key)
            case "extra_forbidden":
                yield faults.UNKNOWN_KEY.at(tree.place(*path), key=key)
            case _:
                yield faults.WRONG_VALUE.at(
                    tree.place(*path), key=key, detail_zh=_chinese(error), detail_en=error["msg"][:300]
                )


def _told(path: tuple[int | str, ...]) -> str:
    return ".".join(str(key) for key in path[:-1]) or "/"


def _chinese(error: ErrorDetails) -> str:
    wording = _TOLD.get(error["type"])
    return wording.format(**error.get("ctx", {})) if wording else error["msg"][:300]
