"""What is wrong with an election as a whole."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text


class ElectionFault(Refusal):
    """The file is no election that can be read. `line` is where, or 0 where that is not known."""

    code = "unreadable-election"
    message = text("第 {line} 行：{what}", "line {line}: {what}")
    next_step = text("请检查文件是否为 Pabulib 的 .pb 格式。", "Check that the file is in the format of Pabulib (.pb).")

    def __init__(self, what: Text, line: int = 0) -> None:
        self.line = line
        super().__init__(what=what, line=line)
