"""What people are told when something is not hidden, limited or contested as they wished."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NoSuchRule(Refusal):
    code = "no-such-house-rule"
    message = text(
        "审核只能依据公布的规则，并写明事实。", "Moderation needs one of the published rules, and the facts."
    )
    next_step = text("请选择规则，写明事实。", "Choose the rule and state the facts.")


class ModeratesItself(Refusal):
    code = "moderates-itself"
    status = 403
    message = text(
        "这条言论涉及您的机构或者您本人，您应当回避。",
        "It is about your own office, or about yourself: you must stand aside.",
    )
    next_step = text("由{who}审核。", "It is for {who} to moderate.")


class NotTheModerator(Refusal):
    code = "not-the-moderator"
    status = 403
    message = text(
        "您的岗位只在原审核机构回避时审核，这条言论不涉及它。",
        "Your post moderates only where the first moderator has to stand aside, and this is not about that office.",
    )
    next_step = text("由{who}审核。", "It is for {who} to moderate.")


class NotToBeLimited(Refusal):
    code = "not-to-be-limited"
    status = 409
    message = text("这项活动不能这样限制：{why}。", "This round cannot be limited so: {why}.")
    next_step = text(
        "限制须有法律依据、理由和截止日期，由两个机构的两名工作人员办理。",
        "A limit takes a legal basis, reasons, a last day, and two officers of two offices.",
    )


class NoSuchDay(Refusal):
    code = "no-such-day"
    message = text("没有这一天。", "There is no such day.")
    next_step = text("请核对年、月、日；不限期的，请留空。", "Check year, month and day; leave them empty for no end.")


class NotContestable(Refusal):
    code = "measure-not-contestable"
    status = 409
    message = text("这项措施现在不能申诉。", "This measure cannot be contested now.")
    next_step = text("它已经撤销，内容已恢复显示。", "It has been lifted, and what was hidden is shown again.")
