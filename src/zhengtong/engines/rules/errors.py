"""What can go wrong with a rule: it cannot be read, it asks too much, or it names what is not there."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text


class FeelError(Refusal):
    """An expression that cannot be read. `what` says why; `line` and `column` count from 1, within its text."""

    code = "unreadable-expression"
    message = text("表达式第 {line} 行第 {column} 列：{what}", "expression, line {line}, column {column}: {what}")
    next_step = text("请改正这个表达式。", "Mend this expression.")

    def __init__(self, what: Text, line: int = 1, column: int = 1) -> None:
        self.what, self.line, self.column = what, line, column
        super().__init__(what=what, line=line, column=column)


class RulesFault(Refusal):
    """A file that is not a DMN model that can be run. `line` is where, or 0 where that is not known."""

    code = "unreadable-rules"
    message = text("第 {line} 行：{what}", "line {line}: {what}")
    next_step = text("请用 DMN 建模工具改正后重试。", "Mend it in a DMN modeler and try again.")

    def __init__(self, what: Text, line: int = 0) -> None:
        self.what, self.line = what, line
        super().__init__(what=what, line=line)


class NoSuchDecision(Refusal):
    """The model has no decision, service or function of that name."""

    code = "no-such-decision"
    status = 404
    message = text("模型中没有名为“{name}”的决策。", "The model has no decision called “{name}”.")
    next_step = text("可用的有：{known}。", "There are: {known}.")


class TooMuch(Refusal):
    """An evaluation went past one of the `Limits`; nothing of it is kept."""

    code = "rules-ask-too-much"
    message = text("计算超出限制：{what}", "The evaluation goes past a limit: {what}")
    next_step = text("请简化这条规则，或者减少数据。", "Make the rule simpler, or give it less data.")

    def __init__(self, what: Text) -> None:
        super().__init__(what=what)


class ExternalCode(Refusal):
    """A rule calls a function that is written in Java, PMML or another language. None of those is ever run here."""

    code = "rules-call-external-code"
    message = text(
        "规则调用了用其他语言（如 Java、PMML）编写的函数；本引擎只执行 FEEL，不运行模型以外的程序。",
        "The rules call a function in another language (Java, PMML); only FEEL is run here, never code from outside.",
    )
    next_step = text("请把该函数改写为 FEEL。", "Write that function in FEEL.")
