"""What is wrong with a ballot, with what a trustee sent, or with the archive of an election."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text


class BallotFault(Refusal):
    """The ballot must not enter the box: it is malformed, proves too little, or nobody on the roll may cast it."""

    code = "ballot-not-accepted"
    message = text("选票未被接受：{what}", "The ballot is not accepted: {what}")
    next_step = text("请用本次投票的设置文件重新加密后再投。", "Encrypt it anew for this election and cast it again.")

    def __init__(self, what: Text) -> None:
        self.what = what
        super().__init__(what=what)


class TrusteeFault(Refusal):
    """A trustee's key or share of the decryption does not prove what it claims."""

    code = "trustee-not-believed"
    message = text("保管人提交的内容未通过核验：{what}", "What the trustee sent does not hold: {what}")
    next_step = text("请联系该保管人，由其重新提交。", "Ask that trustee to send it again.")

    def __init__(self, what: Text) -> None:
        self.what = what
        super().__init__(what=what)


class ElectionArchiveFault(Refusal):
    """The archive is no election, or not a whole one. It must not be counted."""

    code = "election-archive-broken"
    message = text("选举档案未通过核验：{what}", "The archive of the election does not hold: {what}")
    next_step = text(
        "请重新下载档案；若仍不通过，请保留两份文件并告知选举管理机构。",
        "Download it again; if it still fails, keep both files and tell the body that runs the election.",
    )

    def __init__(self, what: Text) -> None:
        self.what = what
        super().__init__(what=what)
