"""What an officer is told when something cannot be disclosed in this way."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NotDisclosing(Refusal):
    code = "not-disclosing"
    status = 409
    message = text("这个办件现在不能提供文件。", "No papers can be given in this case now.")
    next_step = text(
        "只有正在办理的政府信息公开申请可以，由负责环节的岗位进行。",
        "Only in a request for information that is being handled, by the post that has the step.",
    )


class NoSuchPaper(Refusal):
    code = "no-such-paper"
    status = 404
    message = text("没有这份文件。", "There is no such paper.")
    next_step = text("请回到办件页面。", "Go back to the page of the case.")


class GivenAlready(Refusal):
    code = "paper-given-already"
    status = 409
    message = text(
        "这份文件已经随答复提供，不能再改。", "This paper has been given with an answer and cannot be changed."
    )
    next_step = text("需要另行提供的，请重新加入原文件。", "To give another version, add the original again.")


class ReadyAlready(Refusal):
    code = "paper-ready-already"
    status = 409
    message = text("这份文件已经准备好。", "This paper is ready.")
    next_step = text("要改的，请先收回准备好的文件。", "To change it, take the file back first.")


class NotReady(Refusal):
    code = "paper-not-ready"
    status = 409
    message = text("这份文件没有准备好，不用收回。", "This paper is not ready, so that there is nothing to take back.")
    next_step = text("请标出不予公开的内容，再生成文件。", "Mark what is withheld, and make the file.")


class OnlyTheOfficeGives(Refusal):
    code = "only-the-office-gives"
    status = 409
    message = text(
        "信息公开申请不能由复议决定直接准予：文件在原机关，只能由它提供。",
        "An appeal cannot grant a request for information: only its office has the papers to give.",
    )
    next_step = text(
        "请撤销原答复，责令原机关重新答复，并写明应当公开什么。",
        "Set the answer aside and have the office answer anew; say what is to be disclosed.",
    )


class NotADocument(Refusal):
    code = "not-a-document"
    message = text("只能是 PDF、PNG、JPEG 或者纯文本。", "It has to be a PDF, PNG, JPEG or plain text.")
    next_step = text("请转换格式后再上传。", "Convert it, and upload it again.")


class NothingMarked(Refusal):
    code = "nothing-marked"
    message = text(
        "请写出一段文字或者标出区域，并选择法律依据。", "Name a passage or mark a region, and choose the legal ground."
    )
    next_step = text("每一处不予公开的内容都要有法律依据。", "Everything that is withheld needs a legal ground.")


class NotSaidWhether(Refusal):
    code = "not-said-whether-published"
    message = text(
        "请写出公开时的标题，并选择是否向社会公开。", "Give a title, and say whether it is published for all."
    )
    next_step = text("涉及申请人本人信息的，不向社会公开。", "What is about the applicant is not published.")


class NothingRedacted(Refusal):
    code = "nothing-redacted"
    status = 409
    message = text(
        "答复部分公开的，要提供一份已作区分处理的文件。",
        "An answer in part gives a paper from which what is withheld has been taken out.",
    )
    next_step = text(
        "请先在“答复的文件”中标出不予公开的内容，生成文件。",
        "Mark what is withheld in “Papers of the answer”, and make the file.",
    )
    ground = "open-information-regulation/37"


class NothingReady(Refusal):
    code = "nothing-ready"
    status = 409
    message = text(
        "答复予以公开的，要有至少一份准备好的文件。", "An answer that discloses gives at least one paper that is ready."
    )
    next_step = text(
        "请先在“答复的文件”中加入文件并生成；以后才能获取的，选择写明获取方式、途径和时间的答复。",
        "Make it ready in “Papers of the answer”; or choose the answer that says how and when it can be had.",
    )
    ground = "open-information-regulation/36"


class GivenInPart(Refusal):
    code = "given-in-part"
    status = 409
    message = text(
        "有文件删去了部分内容，不能答复全部公开。",
        "Something was taken out of a paper, so that not all of it is disclosed.",
    )
    next_step = text("请答复部分公开，并说明理由。", "Answer that it is disclosed in part, with the reasons.")
    ground = "open-information-regulation/37"


class NoOneToAsk(Refusal):
    code = "no-third-party-to-ask"
    message = text(
        "请写明第三方的名称、涉及的内容；系统没有其电子邮箱的，还要写地址。",
        "Write who the third party is and what concerns it; and where it is, unless it has an e-mail address here.",
    )
    next_step = text("只在征求第三方意见的环节可以这样做。", "This is done while the step of consulting is open.")


class AskedThemselves(Refusal):
    code = "third-party-is-the-requester"
    status = 409
    message = text("这就是申请人，不是第三方。", "This is whoever asked for the information, and no third party.")
    next_step = text("请核对号码。", "Check the number.")


class NobodyAsked(Refusal):
    code = "nobody-was-asked"
    status = 409
    message = text("还没有书面征求任何第三方的意见。", "No third party has been asked in writing yet.")
    next_step = text(
        "请先在“第三方”页面发出征求意见书；无需征求的，请选择“无需征求意见”并写明理由。",
        "Write the letter on the page “Third parties” first; or choose “nobody has to be asked”, and say why.",
    )
    ground = "open-information-regulation/32"


class NoSuchThirdParty(Refusal):
    code = "no-such-third-party"
    status = 404
    message = text("没有这项征求意见，或者已经结束。", "There is no such question, or it is over.")
    next_step = text(
        "可以拨打服务热线，向征求意见的机关了解。", "Ask the office that wrote to you, on the service line."
    )


class ObjectionOpen(Refusal):
    code = "objection-not-settled"
    status = 409
    message = text(
        "有第三方不同意公开，还没有决定是否采纳。", "A third party objects, and it is not settled what becomes of that."
    )
    next_step = text(
        "请在“第三方”页面决定：采纳的，不公开相关内容；因公共利益仍然公开的，先书面告知第三方。",
        "Settle it on the page “Third parties”: withhold what concerns it; or, for the public interest, tell it first.",
    )
    ground = "open-information-regulation/32"


class ObjectionFollowed(Refusal):
    code = "objection-followed"
    status = 409
    message = text(
        "已经采纳第三方的意见，不能答复全部公开。",
        "What a third party objected to is withheld, so that not all of it is disclosed.",
    )
    next_step = text("请答复部分公开或者不予公开。", "Answer that it is disclosed in part, or withheld.")
    ground = "open-information-regulation/32"


class ThirdPartySaysOtherwise(Refusal):
    code = "third-party-says-otherwise"
    status = 409
    message = text(
        "第三方还可以在 {until} 以前答复，或者答复与此不同。",
        "A third party may still answer until {until}, or has said something else.",
    )
    next_step = text("请等待答复，或者按第三方的答复选择。", "Wait, or choose what the third party said.")
    ground = "open-information-regulation/32"
