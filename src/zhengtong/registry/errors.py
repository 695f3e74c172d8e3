"""What people are told when data may not be read."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NoAgreement(Refusal):
    code = "no-sharing-agreement"
    status = 403
    message = text(
        "没有共享协议允许“{reader}”读取“{register}”的字段：{fields}。",
        "No sharing agreement lets “{reader}” read these fields of “{register}”: {fields}.",
    )
    next_step = text("请由登记簿的主管机构订立共享协议。", "Ask the register's owner to conclude a sharing agreement.")
    ground = "pipl/13"


class NoRecord(Refusal):
    code = "no-record"
    status = 404
    message = text("“{register}”中没有号码为“{key}”的记录。", "“{register}” has no record with the number “{key}”.")
    next_step = text(
        "请核对号码，或向{owner}更正登记。", "Check the number, or have the register corrected by {owner}."
    )


class NoSuchFlag(Refusal):
    code = "no-such-flag"
    status = 404
    message = text(
        "没有这条待处理的查看提示，或者不由您处理。", "There is no such flagged look, or it is not yours to act on."
    )
    next_step = text("请刷新列表。", "Refresh the list.")


class FlagReasonMissing(Refusal):
    code = "look-reason-missing"
    message = text("没有写明理由。", "No reason is given.")
    next_step = text("请写明查看的事由和依据。", "Write for what, and on what basis, the look was made.")


class OwnLook(Refusal):
    code = "own-look"
    status = 403
    message = text("不能认定自己的查看。", "Nobody settles a look of their own.")
    next_step = text("请由另一名监督人员处理。", "Leave it to another supervisor.")


class NotTheirs(Refusal):
    code = "not-your-look"
    status = 404
    message = text("没有这条查看记录。", "There is no such look.")
    next_step = text("您的信息被查看的记录都在“我的数据”页。", "The looks at your data are on the page “My data”.")


class NotTheOwner(Refusal):
    code = "not-the-owner"
    status = 403
    message = text(
        "登记簿由其主管机构更正，您的机构不是。",
        "A register is corrected by the office that owns it, and that is not yours.",
    )
    next_step = text("请向主管机构提出更正。", "Ask the office that owns it.")
    ground = "pipl/46"


class NothingToCorrect(Refusal):
    code = "nothing-to-correct"
    message = text("不能这样更正：{why}。", "It cannot be corrected in this way: {why}.")
    next_step = text(
        "请选择字段，并填写与现有内容不同的有效内容。",
        "Choose a field, and give a valid value that differs from the present one.",
    )


class ProcessingStopped(Refusal):
    code = "processing-stopped"
    status = 403
    message = text(
        "“{register}”中的这条记录自{since}起只存储，不再作其他处理。",
        "Since {since} this record of “{register}” is stored and kept safe, and used for nothing else.",
    )
    next_step = text(
        "法律要求读取的，应当在共享协议中写明依据；否则请本人或者{owner}恢复处理。",
        "Where a law demands the reading, the agreement has to name it; else the person, or {owner}, may lift this.",
    )
    ground = "pipl/47"


class YouStoppedIt(Refusal):
    code = "your-data-are-stored-only"
    status = 409
    message = text(
        "您在“{register}”中的信息自{since}起停止处理，因此不能用来办事。",
        "Since {since} your data in “{register}” are stored only, so they cannot be used for this.",
    )
    next_step = text(
        "请在“我的数据”页恢复处理后再办；由{owner}决定停止的，请与其联系。",
        "Lift this on the page “My data” first; if {owner} ordered it, ask them.",
    )
    ground = "pipl/47"


class NoSuchRestriction(Refusal):
    code = "no-such-restriction"
    status = 404
    message = text(
        "没有这项停止处理，或者不由您恢复。", "There is no such stop of processing, or it is not yours to lift."
    )
    next_step = text(
        "请刷新页面；机构决定的，由该机构两人恢复。", "Load the page anew; what an office ordered, two of it lift."
    )


class NotToBeRestricted(Refusal):
    code = "not-to-be-restricted"
    message = text("不能这样停止处理：{why}。", "The processing cannot be stopped in this way: {why}.")
    next_step = text("请核对号码、理由和截止日期。", "Check the number, the reasons and the last day.")
