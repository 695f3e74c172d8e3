"""What people are told when a text cannot be changed as they wished."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NotToBeAmended(Refusal):
    code = "not-to-be-amended"
    status = 409
    message = text("这条建议现在不能修改或者合并。", "This proposal cannot be changed or joined now.")
    next_step = text(
        "只有正在公开联署的建议可以；请另提一条。", "Only one that is open for signatures can; bring forward your own."
    )


class TextIsBinding(Refusal):
    code = "text-is-binding"
    status = 409
    message = text(
        "#{number} 的联署已达到门槛，文本不再改动。",
        "#{number} has so many signatures that the office is bound by its text; it is changed no more.",
    )
    next_step = text("不同的想法请另提一条。", "Bring a different idea forward by itself.")


class NothingChanged(Refusal):
    code = "nothing-changed"
    message = text("请写出修改后的全文，至少改一处。", "Write the whole text as it should be, changed.")
    next_step = text("请在原文上修改后再提交。", "Change the text that is there, and send it again.")


class NotTheAuthor(Refusal):
    code = "not-the-author"
    status = 403
    message = text("只有有关建议的提出人可以这样做。", "Only the author of the proposal in question can do this.")
    next_step = text("请用提出时的发言身份进入。", "Come in with the voice by which it was brought forward.")


class NotOpen(Refusal):
    code = "amendment-not-open"
    status = 409
    message = text("这项修改已经有结果，或者文本已经改动。", "It has been decided, or the text is another by now.")
    next_step = text("结果写在建议的页面上。", "The page of the proposal tells what became of it.")


class ReasonMissing(Refusal):
    code = "reason-missing"
    message = text("请写明理由，最多 {most} 字。", "Give your reason, in at most {most} characters.")
    next_step = text("理由公开，一两句话即可。", "Everybody reads it; a sentence or two is enough.")
