"""What people are told when a hearing cannot be held, led or passed over."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NoSuchHearing(Refusal):
    code = "no-such-hearing"
    status = 409
    message = text(
        "现在不能举行听证：本事项没有听证，已经提出过，或者已经作出决定。",
        "There can be no hearing now: the matter has none, one was asked for before, or it is decided.",
    )
    next_step = text("如对决定有异议，可以申请行政复议。", "If you disagree with a decision, you can appeal.")


class HearingTooSoon(Refusal):
    code = "hearing-too-soon"
    message = text(
        "听证须提前通知，以便各方准备：日期应在 {after} 之后。",
        "Everybody is told of a hearing in time to prepare: it has to be after {after}.",
    )
    next_step = text("请选择更晚的日期。", "Choose a later day.")
    ground = "licensing-law/48"


class HearingNotArranged(Refusal):
    code = "hearing-not-arranged"
    status = 409
    message = text(
        "听证还没有安排，或者约定的时间还没有到。",
        "The hearing has not been arranged, or its time has not come.",
    )
    next_step = text("请先通知当事人时间和地点。", "Tell the party first when and where it is.")


class MinutesMissing(Refusal):
    code = "minutes-missing"
    message = text("听证应当制作笔录。", "A hearing has minutes.")
    next_step = text("请写明谁在场、说了什么、出示了什么证据。", "Write down who was there, what was said and shown.")
    ground = "licensing-law/48"


class HearingIsOpen(Refusal):
    code = "hearing-is-open"
    status = 409
    message = text(
        "已经提出听证，决定应当根据听证笔录作出：要等听证结束、笔录核对完毕。",
        "A hearing was asked for, and the decision rests on its minutes: it waits until they are there and checked.",
    )
    next_step = text("请等待听证结束。", "Wait for the end of the hearing.")
    ground = "licensing-law/48"


class DidTheOtherStep(Refusal):
    code = "did-the-other-step"
    status = 403
    message = text(
        "您办理了本件的“{step}”，不能再办理这一步。",
        "You did the step “{step}” of this case, so you cannot do this one.",
    )
    next_step = text("请由另一位工作人员办理。", "Leave it to another officer.")
    ground = "licensing-law/48"


class OthersMayAsk(Refusal):
    code = "others-may-ask"
    status = 409
    message = text(
        "已经告知利害关系人享有要求听证的权利，在 {until} 之前他们可以提出，此前不能作出决定。",
        "Others whom this touches were told that they may ask for a hearing until {until}: it is not decided before.",
    )
    next_step = text("请在期满后决定，或者安排听证。", "Decide once the time is over, or hold a hearing.")
    ground = "licensing-law/47"


class NobodyToTell(Refusal):
    code = "nobody-to-tell"
    message = text("不能这样告知利害关系人：{why}。", "Nobody can be told in this way: {why}.")
    next_step = text(
        "只有规定了听证、尚未决定的办件才告知利害关系人；请核对号码。",
        "Others are told of an open case whose charter says so, before it is decided; check the number.",
    )
    ground = "licensing-law/36"


class NoSuchInterest(Refusal):
    code = "no-such-interest"
    status = 404
    message = text("没有这件与您有利害关系的办件。", "There is no such case that touches your interests.")
    next_step = text("请从“我的办件”进入。", "Go there from “My cases”.")
