"""docs/reference/asvs.md from docs/reference/asvs.yaml and the tests: what OWASP ASVS 5.0 asks at levels 1 and 2, and
what shows it here. Run `python -m tools.asvs`; a test holds the page in step.
"""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "docs" / "reference" / "asvs.yaml"
PAGE = DATA.with_suffix(".md")
STATUSES = ("met", "partly", "gap", "not applicable")
CHAPTERS = {
    1: "Encoding and sanitization",
    2: "Validation and business logic",
    3: "Web front end",
    4: "API and web service",
    5: "File handling",
    6: "Authentication",
    7: "Session management",
    8: "Authorization",
    9: "Self-contained tokens",
    10: "OAuth and OIDC",
    11: "Cryptography",
    12: "Secure communication",
    13: "Configuration",
    14: "Data protection",
    15: "Secure coding and architecture",
    16: "Security logging and error handling",
    17: "WebRTC",
}
HEAD = """# OWASP ASVS 5.0, levels 1 and 2

Written by `python -m tools.asvs` from [asvs.yaml](asvs.yaml) and the marks of the tests (`@pytest.mark.asvs`); a test
holds it in step. The wording of each requirement is in the [standard](https://github.com/OWASP/ASVS/tree/v5.0.0). It is
our own reading, not an audit. What is *partly* met or a *gap* says what is missing; decisions in writing are in
[Security](../explanation/security.md). Of level 3 only a few are here, which tests show.
"""


def requirements() -> dict[str, Mapping[str, Any]]:
    """What the file says of each requirement, by its number."""
    return dict(YAML(typ="safe").load(DATA.read_text("utf-8")))


def tagged() -> dict[str, list[str]]:
    """The tests that show a requirement, as `path::name`."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for number in _numbers(node):
                    found[number].append(f"{path.relative_to(ROOT)}::{node.name}")
    return found


def _numbers(test: ast.FunctionDef) -> Iterator[str]:
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.asvs":
            yield from (each.value for each in mark.args if isinstance(each, ast.Constant))


def page() -> str:
    """The page."""
    rows, tests = requirements(), tagged()
    counts = Counter((row["level"], row["status"]) for row in rows.values())
    lines = [HEAD, "| level | " + " | ".join(STATUSES) + " |", "|---|" + "---|" * len(STATUSES)]
    lines += [f"| {level} | " + " | ".join(str(counts[level, each]) for each in STATUSES) + " |" for level in (1, 2, 3)]
    for chapter, title in CHAPTERS.items():
        lines += [
            "",
            f"## V{chapter} {title}",
            "",
            "| requirement | level | status | evidence | note |",
            "|---|---|---|---|---|",
        ]
        lines += [_line(number, row, tests[number]) for number, row in rows.items() if number.startswith(f"{chapter}.")]
    return "\n".join([*lines, ""])


def _line(number: str, row: Mapping[str, Any], tests: list[str]) -> str:
    places = [*row["evidence"], *tests]
    evidence = "<br>".join(f"[{_short(place)}](../../{place.partition('::')[0]})" for place in places)
    return f"| {number} | {row['level']} | {row['status']} | {evidence} | {row['note']} |"


def _short(place: str) -> str:
    file, _, test = place.partition("::")
    return test.replace("_", " ") if test else file


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
