"""What people are told when a step cannot be handed over, or a hand-over not answered so."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class HandoverNeedsReason(Refusal):
    code = "handover-needs-reason"
    message = text(
        "移交必须说明理由，并写明对方为何有权。", "A hand-over needs a reason, and why the other is competent."
    )
    next_step = text("请填写理由。", "Write the reason.")


class NamesNobody(Refusal):
    code = "names-nobody"
    message = text(
        "不接受移交时必须写明有权的岗位；“{post}”不是。",
        "Whoever declines a hand-over names the post that is competent; “{post}” is not.",
    )
    next_step = text("请从有权的岗位中选择。", "Choose one of the posts that have the power.")


class NotCompetent(Refusal):
    code = "not-competent"
    message = text("岗位“{post}”没有办理这个环节的职权。", "The post “{post}” has no power for this step.")
    next_step = text("请选择有权的岗位。", "Choose a post that has the power.")


class ContestedAlready(Refusal):
    code = "contested-already"
    status = 409
    message = text("异议只能在 {until} 以前提出一次。", "The routing can be contested once, and until {until} only.")
    next_step = text("请接受并办理；确有错误的，移交有权的岗位。", "Take it; if it is wrong, hand it over yourself.")
    ground = "petition-regulation/23"


class HandoverNotOpen(Refusal):
    code = "handover-not-open"
    status = 409
    message = text(
        "这次移交已经有了答复，或同一环节已有一次待答复的移交。",
        "This hand-over has been answered, or another one is waiting.",
    )
    next_step = text("请刷新工作台。", "Refresh your desk.")


class SamePost(Refusal):
    code = "same-post"
    message = text("不能移交给自己的岗位。", "A task cannot be handed over to the post that has it.")
    next_step = text("请选择另一个岗位。", "Choose another post.")
