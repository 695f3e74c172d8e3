"""What stops the ledger. None of these is a citizen's fault: they are the program's, or somebody tampered."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NotInATransaction(RuntimeError):
    """An act was to be recorded apart from its effect."""


class UndeclaredKind(LookupError):
    """An act of a kind that nobody has declared."""


class PowerNotNamed(LookupError):
    """An act in a post that does not say on which power it rests."""


class Forked(RuntimeError):
    """The database is not the one that the last published checkpoint was signed from: nothing is added to it."""


class WrongKey(RuntimeError):
    """The node does not have the key with which its ledger was signed: it was lost, or is another node's."""


class NotPlacedYet(Refusal):
    """The act is recorded, and no signed head has it yet."""

    code = "proof-not-yet"
    status = 404
    message = text(
        "行为{act}已记录，但还没有编入已签名的台账，证明尚未生成。",
        "The act {act} is recorded, but the signed ledger does not hold it yet, so there is no proof yet.",
    )
    next_step = text("请在一分钟后再下载。", "Download the proof in a minute.")


class NotItsWord(Refusal):
    """What should be the word of another node is not proven by its ledger."""

    code = "not-its-word"
    message = text("这份文件没有得到该节点台账的证明。", "The ledger of that node does not prove this file.")
    next_step = text(
        "请上传该节点用 `zhengtong ledger word` 生成的整个文件，不要改动。",
        "Send the whole file that `zhengtong ledger word` made on that node, as it is.",
    )


class SpokenOtherwise(Refusal):
    """A true word of another node, of something else."""

    code = "word-of-something-else"
    message = text(
        "这份文件出自该节点，但不是为本节点的这一件事、这一步骤作的。",
        "That node did say this, but not to this node, of this matter and as this step.",
    )
    next_step = text("请按页面上的命令重新生成。", "Make it anew by the command on the page.")


class Unwitnessed(Refusal):
    """No witness has seen the ledger for so long that offices may not go on deciding unseen."""

    code = "ledger-unwitnessed"
    status = 503
    message = text(
        "已有{hours}小时没有任何见证方核对过台账，在恢复见证之前不能作出公务行为。",
        "No witness has checked the ledger for {hours} hours. Until one does, no official act can be done.",
    )
    next_step = text(
        "请稍后再试；如仍不行，请告知系统管理员检查见证方的连接。您填写的内容没有改动任何事项。",
        "Try again later. If it goes on, ask the administrator to look after the connection to the witnesses. "
        "Nothing has been changed.",
    )
