"""What is wrong with a model: `ProcessFault` where it cannot be read at all, `Finding` for everything else."""

from dataclasses import dataclass
from typing import Literal

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text

Severity = Literal["error", "data-dependent", "warning"]
"""error: certain, whatever the facts are. data-dependent: only for some facts or some order of events, and the
program cannot tell whether they occur. warning: it runs, but probably not as meant."""


class ProcessFault(Refusal):
    """The file is not a BPMN process that can be read. `line` is where, or 0 where that is not known."""

    code = "unreadable-process"
    message = text("第 {line} 行：{what}", "line {line}: {what}")
    next_step = text("请用 BPMN 建模工具改正后重试。", "Mend it in a BPMN modeler and try again.")

    def __init__(self, what: Text, line: int = 0) -> None:
        self.line = line
        super().__init__(what=what, line=line)


@dataclass(frozen=True)
class Finding:
    """One thing that `check` found: at `element` (an id), on `line` of the file.

    `trace` is a counter-example: the ids of the elements passed, in order, until it goes wrong.
    """

    code: str
    severity: Severity
    element: str
    line: int
    message: Text
    trace: tuple[str, ...] = ()
