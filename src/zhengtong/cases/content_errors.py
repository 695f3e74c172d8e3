"""Refusals about what a decision has to say in its outcome."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class ContentMissing(Refusal):
    code = "content-missing"
    message = text(
        "这种结果还应当写明：{contents}（{basis}）。",
        "In this outcome the decision has to say, too: {contents} ({basis}).",
    )
    next_step = text("请填写；日期写作 2026-03-02。", "Fill it in; write a date as 2026-03-02.")


class NotAContent(Refusal):
    code = "not-a-content"
    message = text("这种结果不需要填写“{name}”。", "In this outcome nothing is asked as “{name}”.")
    next_step = text("请只填写所选结果的内容。", "Fill in only what is asked for the outcome that you chose.")
