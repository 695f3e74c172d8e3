"""What people are told when they may not act."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NoPower(Refusal):
    code = "no-power"
    status = 403
    message = text(
        "您的岗位“{post}”无权在此对“{matter}”做此行为（{act}）。",
        "Your post “{post}” may not do this ({act}) for “{matter}” here.",
    )
    next_step = text("请将办件移交有权的岗位：{competent}。", "Hand the case over to a post that may: {competent}.")


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
