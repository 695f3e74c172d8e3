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
    ground = "licensing-law/5"


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
