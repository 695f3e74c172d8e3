"""Is the process right? Every fault with its line, and a verdict."""

from typing import Literal

from zhengtong.engines.process import sound
from zhengtong.engines.process.endless import endless
from zhengtong.engines.process.executable import not_executable
from zhengtong.engines.process.faults import Finding
from zhengtong.engines.process.model import Model
from zhengtong.engines.process.structure import structural

Verdict = Literal["sound", "data-dependent", "unsound"]

_BREAKS_SOUNDNESS = sound.CODES | {
    "no-start",
    "cannot-end",
    "unreachable",
    "missing-target",
    "not-an-event",
    "crosses-border",
    "no-way-out",
    "endless",
    "no-activation",
    "uncaught",
}


def check(model: Model) -> list[Finding]:
    """Everything that is wrong with the model, by line. Bounded in time on any model."""
    findings = [*model.faults, *not_executable(model), *structural(model), *endless(model)]
    if not any(finding.code in ("no-start", "cannot-end") for finding in findings):
        findings += sound.prove(model)
    return sorted(findings, key=lambda finding: (finding.line, finding.element, finding.code))


def verdict(findings: list[Finding]) -> Verdict:
    """`sound`: every case ends properly, whatever the facts. `unsound`: some certainly do not. `data-dependent`: it
    depends on the facts, or was too large to be proved."""
    grave = {finding.severity for finding in findings if finding.code in _BREAKS_SOUNDNESS}
    return "unsound" if "error" in grave else "data-dependent" if "data-dependent" in grave else "sound"
