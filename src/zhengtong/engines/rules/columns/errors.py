"""Why a model cannot be run over columns, or not over this frame."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text


class NotColumns(Refusal):
    """An expression that has no exact counterpart in columns; row by row it can be decided all the same."""

    code = "rules-not-by-columns"
    message = text("“{where}”不能按列计算：{what}", "“{where}” cannot be run over columns: {what}")
    next_step = text("请改写这个表达式，或者逐行计算。", "Write it otherwise, or decide row by row.")

    def __init__(self, what: Text, where: str = "", line: int = 0) -> None:
        self.what, self.where, self.line = what, where, line
        super().__init__(what=what, where=where)


class MissingColumns(Refusal):
    """The frame lacks columns that the decision needs."""

    code = "population-lacks-columns"
    message = text("数据缺少列：{columns}。", "The frame lacks the columns {columns}.")
    next_step = text(
        "请补上这些列（可以为空值），列名与决策的输入同名。", "Add them (they may be null), named like the inputs."
    )

    def __init__(self, columns: str) -> None:
        super().__init__(columns=columns)


class UnfitColumn(Refusal):
    """A column of the frame does not hold what the input is declared to be."""

    code = "population-column-unfit"
    message = text(
        "列“{column}”的内容为 {holds}，而规则需要 {wants}。",
        "The column {column} holds {holds}; the rules want {wants}.",
    )
    next_step = text("请转换这一列的类型。", "Convert the column.")

    def __init__(self, column: str, holds: str, wants: str) -> None:
        super().__init__(column=column, holds=holds, wants=wants)
