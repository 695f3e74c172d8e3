"""Findings as people and programs read them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from zhengtong.charter.finding import Finding

RED, YELLOW, BOLD, PLAIN = "\x1b[31;1m", "\x1b[33;1m", "\x1b[1m", "\x1b[0m"
WORDS = {
    "zh-Hans": {"error": "错误", "warning": "警告", "why": "原因", "mend": "改正"},
    "en": {"error": "error", "warning": "warning", "why": "why", "mend": "mend"},
}


def told(finding: Finding, source: str, *, language: str, colours: bool) -> str:
    """A finding as a compiler would print it; `source` is the text of its file, if there is one."""
    words = WORDS[language]
    colour, bold, plain = (RED if finding.is_error else YELLOW, BOLD, PLAIN) if colours else ("", "", "")
    at = f"{finding.file}:{finding.line}" + (f":{finding.column}" if finding.column else "")
    lines = [
        f"{colour}{words[finding.severity]}[{finding.code}]{plain}: {bold}{finding.message.in_(language)}{plain}",
        f"  --> {at}",
        *_excerpt(finding, source),
        f"  {words['why']}: {finding.why.in_(language)}",
        f"  {words['mend']}: {finding.mend.in_(language)}",
    ]
    return "\n".join(lines) + "\n"


def _excerpt(finding: Finding, source: str) -> list[str]:
    """The line in question, cut to a bearable length, without what could steer a terminal."""
    lines = source.split("\n")
    if not source or finding.line > len(lines):
        return []
    shown = "".join(sign if sign.isprintable() else " " for sign in lines[finding.line - 1])[:160].rstrip()
    return [f"  {finding.line:>5} | {shown}"] if shown else []


def summary(findings: Sequence[Finding], language: str) -> str:
    """How many there are of each."""
    errors = sum(each.is_error for each in findings)
    warnings = len(findings) - errors
    if language == "en":
        return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}."
    return f"{errors} 处错误，{warnings} 处警告。"


def as_data(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The same for programs: each text in every language."""
    return [asdict(each) for each in findings]
