"""What is refused about reports."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NoSuchReport(Refusal):
    code = "no-such-report"
    status = 404
    message = text("没有公开这样一件诉求。", "No such report is published.")
    next_step = text("请从诉求列表中选择。", "Choose one from the list of reports.")


class StillContested(Refusal):
    code = "report-still-contested"
    status = 409
    message = text("有人对停止公开提出了申诉，还没有决定。", "That it is withheld is contested, and not decided yet.")
    next_step = text("申诉决定后可以删除。", "It can be deleted once the appeal is decided.")


class NotSaidWhy(Refusal):
    code = "not-said-why-withheld"
    message = text("请说明为什么不再公开，并选择法律依据。", "Say why it is withheld, and choose the article.")
    next_step = text("理由会公开显示，不要重复原文。", "The reason is shown to all; do not repeat the words.")
