"""What people are told when they may not act."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NoPower(Refusal):
    code = "no-power"
    status = 403
    message = text(
        "您的岗位“{post}”在{region}对“{matter}”{short}。{nearest}",
        "Your post “{post}” {short} “{matter}” in {region}.{nearest}",
    )
    next_step = text("请将办件移交有权的岗位：{competent}。", "Hand the case over to a post that may: {competent}.")


class ConflictOfInterest(Refusal):
    code = "conflict-of-interest"
    status = 403
    message = text("您应当回避：{why}。", "You must stand aside: {why}.")
    next_step = text("请由同岗位的其他工作人员办理。", "Let another officer of the post handle it.")
    ground = "civil-servant-law/76"


class NoOfficePower(Refusal):
    code = "no-office-power"
    status = 403
    message = text("您的岗位“{post}”无权{act}。", "Your post “{post}” may not {act}.")
    next_step = text("有权的岗位：{competent}。", "Who may: {competent}.")


class NeedsTwo(Refusal):
    code = "needs-two"
    status = 409
    message = text(
        "章程规定{act}须由一名工作人员提出、另一名确认；没有这样一项有效的确认。",
        "The charter has one officer propose to {act} and another confirm it; nothing of the kind is confirmed.",
    )
    next_step = text("请在工作台的“待第二人确认”页提出。", "Propose it on the desk, on the page “Two officers”.")


class NoSuchMotion(Refusal):
    code = "no-such-motion"
    status = 409
    message = text(
        "没有这样一项待确认的提议，或者它已经过期。", "No such proposal waits to be confirmed, or its time has passed."
    )
    next_step = text("请刷新页面，必要时重新提出。", "Refresh the page, and propose it anew if need be.")


class SamePerson(Refusal):
    code = "same-person"
    status = 403
    message = text("提出和确认不能是同一人{office}。", "Whoever proposed it cannot confirm it{office}.")
    next_step = text("请由另一名有权的工作人员确认。", "Let another officer with the power confirm it.")


class ConcernsYou(Refusal):
    code = "concerns-you"
    status = 403
    message = text("此事涉及您本人或您的亲属。", "It concerns yourself or your relatives.")
    next_step = text("请由其他工作人员办理。", "Leave it to other officers.")
    ground = "civil-servant-law/76"


class MotionNeedsReason(Refusal):
    code = "motion-needs-reason"
    message = text("没有写明理由。", "No reason is given.")
    next_step = text("请写明理由。", "Write the reason.")


class MotionIsStale(Refusal):
    code = "motion-is-stale"
    status = 409
    message = text("提出以后情况已有变化。", "Things have changed since it was proposed.")
    next_step = text("请不予确认，重新提出。", "Reject it, and propose it anew.")


class Powerless(Refusal):
    code = "powerless"
    status = 403
    message = text("岗位“{post}”今天没有任何职权。", "The post “{post}” has no power today.")
    next_step = text("请以有职权的岗位办理。", "Act in a post that has one.")


class NotDelegable(Refusal):
    code = "not-delegable"
    message = text("职权“{power}”不能这样委托：{why}。", "The power “{power}” cannot be delegated in this way: {why}.")
    next_step = text("请在您岗位的职权和法律允许的范围内委托。", "Stay within what your post holds and the law allows.")


class NoDeputy(Refusal):
    code = "no-deputy"
    message = text("章程没有为岗位“{post}”设代理岗位。", "The charter names no deputy for the post “{post}”.")
    next_step = text("请由监督岗位指定承办人。", "Ask the supervisor to assign your work.")


class BadPeriod(Refusal):
    code = "bad-period"
    message = text("起止日期不对：{from_on} 至 {to_on}。", "These dates cannot be: {from_on} to {to_on}.")
    next_step = text("起始日不得早于今天，且不得晚于截止日。", "It begins today or later, and ends no earlier.")


class NotTheHolder(Refusal):
    code = "not-the-holder"
    status = 403
    message = text("您今天不担任岗位“{post}”。", "You do not hold the post “{post}” today.")
    next_step = text("请以您担任的岗位办理。", "Act in a post that you hold.")


class NoMandate(Refusal):
    code = "no-mandate"
    status = 403
    message = text(
        "您不能代表“{party}”：企业登记簿中的法定代表人不是您，您也没有其授权。",
        "You cannot act for “{party}”: the enterprise register does not name you as its legal representative, "
        "and it has given you no mandate.",
    )
    next_step = text(
        "请由法定代表人本人办理，或由其在“授权”页授权给您。",
        "Ask the legal representative to apply, or to give you a mandate.",
    )


class BadIdentifier(Refusal):
    code = "bad-identifier"
    message = text("号码“{number}”的校验位不对。", "The check digit of “{number}” is wrong.")
    next_step = text("请对照证件重新输入。", "Compare it with the document and type it again.")
