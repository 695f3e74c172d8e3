"""Refusals about what a decision has to say in its outcome, and what has to come before it."""

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


class StillToBeAnswered(Refusal):
    code = "still-to-be-answered"
    status = 409
    message = text(
        "没有要求补正，或者补正的期限还没有过，不能视为放弃（{ground}）。",
        "It cannot be taken as given up: no correction was asked for, or the time for it is not over yet ({ground}).",
    )
    next_step = text(
        "请先一次性告知补正；期限届满仍未补正的，才可以这样答复。",
        "Ask once for what is unclear; answer so only if nothing comes in time.",
    )
