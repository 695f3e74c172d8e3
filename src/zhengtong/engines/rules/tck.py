"""Run tests in the format of the DMN Technology Compatibility Kit: `python -m zhengtong.engines.rules.tck DIR`.

A test passes when every result it names is as expected; numbers are compared to eight decimals, as its rules say.
Values are expected by some tests, null by nearly half of them; the former are counted apart, since a stub passes the
latter.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhengtong.common.refusal import Refusal
from zhengtong.engines.rules.dmn.document import parse_xml
from zhengtong.engines.rules.feel import lexical
from zhengtong.engines.rules.feel.equality import same
from zhengtong.engines.rules.feel.values import Value, into
from zhengtong.engines.rules.model import Model

_TCK = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_CLOSE = Decimal("1e-8")


@dataclass(frozen=True, slots=True)
class Result:
    """One test: where it is, whether a value (not null) is expected, and what was wrong ("" if nothing)."""

    level: str
    name: str
    expects_value: bool
    wrong: str


def run_folder(folder: Path) -> Iterator[Result]:
    """Run every test below a folder."""
    for path in sorted(folder.rglob("*.xml")):
        root = parse_xml(path.read_bytes())
        if root.tag == f"{_TCK}testCases":
            yield from _run_file(path, root)


def _run_file(path: Path, root: Any) -> Iterator[Result]:
    level = next((part for part in path.parts if part.startswith("compliance-level")), path.parent.name)
    model, fault = _loaded(path.parent / (root.findtext(f"{_TCK}modelName") or ""))
    for case in root.iterchildren(f"{_TCK}testCase"):
        inputs = {each.get("name"): read_value(each) for each in case.iterchildren(f"{_TCK}inputNode")}
        for node in case.iterchildren(f"{_TCK}resultNode"):
            expected = _expected(node)
            wrong = fault or _compare(model, case, node.get("name"), inputs, expected)
            yield Result(level, f"{path.stem} {case.get('id')} {node.get('name')}", expected is not None, wrong)


def _loaded(path: Path) -> tuple[Model | None, str]:
    try:
        return Model.load(path), ""
    except (Refusal, OSError) as error:
        return None, str(error)


def _expected(node: Any) -> Value:
    found = node.find(f"{_TCK}expected")
    return None if found is None else read_value(found)


def _compare(model: Model | None, case: Any, name: str, inputs: dict[str, Value], expected: Value) -> str:
    try:
        value = _answer(model, case, name, inputs) if model else None
        said = ""
    except Refusal as refusal:
        value, said = None, f" ({refusal})"
    return "" if agrees(value, expected) else f"expected {expected!r}, got {value!r}{said}"


def _answer(model: Model, case: Any, name: str, inputs: dict[str, Value]) -> Value:
    if case.get("type", "decision") == "decision":
        return into(model.decide(name, inputs).value)
    value = into(model.decide(case.get("invocableName"), inputs).value)
    return value[name] if isinstance(value, dict) and name in value and case.get("type") == "decisionService" else value


def agrees(value: Value, expected: Value) -> bool:
    """Whether a value is as expected."""
    if type(value) is not type(expected):
        return False
    if isinstance(value, Decimal):
        return bool(abs(value - expected) <= _CLOSE)
    if isinstance(value, list):
        return len(value) == len(expected) and all(map(agrees, value, expected))
    if isinstance(value, dict):
        return value.keys() == expected.keys() and all(agrees(value[key], expected[key]) for key in expected)
    return value is None or bool(same(value, expected))


def read_value(xml: Any) -> Value:
    """A value as the tests write it: a value of an XML Schema type, a list, or components."""
    components = list(xml.iterchildren(f"{_TCK}component"))
    if components:
        return {each.get("name"): read_value(each) for each in components}
    found = xml.find(f"{_TCK}list")
    if found is not None:
        return None if _is_nil(found) else [read_value(each) for each in found.iterchildren(f"{_TCK}item")]
    value = xml.find(f"{_TCK}value")
    return None if value is None or _is_nil(value) else _simple(value)


def _is_nil(xml: Any) -> bool:
    return xml.get(f"{_XSI}nil") in {"true", "1"}


def _simple(xml: Any) -> Value:
    text = xml.text or ""
    match xml.get(f"{_XSI}type", "xsd:string").split(":")[-1]:
        case "string":
            return text
        case "boolean":
            return text.strip() in {"true", "1"}
        case "decimal" | "double" | "float" | "integer" | "int" | "long":
            return Decimal(text.strip())
    return lexical.read_at(text.strip())


def main(folder: Path) -> int:
    """Print each test, each level, and the sum; 1 when some fail."""
    results = []
    for result in run_folder(folder):
        results.append(result)
        print(f"{'FAIL' if result.wrong else 'pass'} {result.level} {result.name}: {result.wrong}".rstrip(": "))
    for level in sorted({result.level for result in results}):
        print(level, _sum([result for result in results if result.level == level]))
    print("sum", _sum(results))
    return int(any(result.wrong for result in results))


def _sum(results: list[Result]) -> str:
    def counted(some: list[Result]) -> str:
        return f"{sum(not each.wrong for each in some)}/{len(some)}"

    return f"{counted(results)} value-expecting {counted([each for each in results if each.expects_value])}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
