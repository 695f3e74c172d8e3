"""What is wrong with a log as a whole. Single bad rows are no error: they are counted, see `log.Bad`."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text


class LogFault(Refusal):
    """The file is no event log that can be read. `line` is where, or 0 where that is not known."""

    code = "unreadable-log"
    message = text("第 {line} 行：{what}", "line {line}: {what}")
    next_step = text(
        "请检查文件是否完整，格式是否为 XES、CSV 或 OCEL 2.0。",
        "Check that the file is whole, and that it is XES, CSV or OCEL 2.0.",
    )

    def __init__(self, what: Text, line: int = 0) -> None:
        self.line = line
        super().__init__(what=what, line=line)
