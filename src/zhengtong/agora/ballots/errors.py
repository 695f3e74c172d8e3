"""What people are told when a secret ballot cannot go on as they wished."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class BallotIsClosed(Refusal):
    code = "ballot-not-at-this-stage"
    status = 409
    message = text("秘密投票现在不在这个阶段。", "The ballot is not at this stage now.")
    next_step = text(
        "先登记，登记结束后才能投票，投票结束后才能开票；时间在活动页面上。",
        "First people enrol, then they vote, then the sum is opened; its page says when.",
    )


class NotAKeeper(Refusal):
    code = "not-a-keeper-of-this-ballot"
    status = 403
    message = text("这个岗位不管理本次投票的名册或密钥。", "This post keeps neither roll nor key of this ballot.")
    next_step = text("各由谁管理，写在投票页面上。", "The page of the ballot says who keeps what.")


class KeyOfAnother(Refusal):
    code = "key-of-another-trustee"
    status = 409
    message = text("另一位保管人已经提交了这份证书。", "Another trustee has sent this certificate already.")
    next_step = text(
        "请生成自己的证书；如果它是您的，请告诉主办机关有人冒用。",
        "Make one of your own. If this one is yours, tell the host that somebody sent a copy.",
    )


class OtherCertificates(Refusal):
    code = "made-for-other-certificates"
    status = 409
    message = text(
        "这份多项式不是按现在的各份证书作出的：此后有保管人重新提交了证书，或者文件没有写明所依据的证书。",
        "This polynomial was not made for the certificates that are here now: a trustee has sent one anew since, or "
        "the file does not name those that it was made for.",
    )
    next_step = text(
        "请重新下载全部证书，与其他保管人核对后，再作一次您的这一步。",
        "Save the certificates of all again, compare them with the others, and make your part again.",
    )


class TooFewVoters(Refusal):
    code = "too-few-voters"
    status = 409
    message = text("只有 {voters} 人登记，少于 {least} 人。", "Only {voters} have enrolled; there must be {least}.")
    next_step = text(
        "人太少时，总数会泄露个人的投票。请改用公开表决，或者重新发起。",
        "Among so few the sum would tell how somebody voted. Vote in the open, or call the vote anew.",
    )


class RollDisagrees(Refusal):
    code = "roll-larger-than-admissions"
    status = 409
    message = text(
        "名册有 {voters} 人，而取得资格的只有 {admitted} 人。",
        "The roll has {voters} voters, but {admitted} were admitted.",
    )
    next_step = text(
        "不得开始投票；请保全两个数据库并报告监督机构。",
        "The vote must not begin. Keep both databases as they are, and tell the supervisor.",
    )


class EnrolledAlready(Refusal):
    code = "enrolled-already"
    status = 409
    message = text("这个资格已经登记过投票码。", "A voting code was enrolled with this voice already.")
    next_step = text(
        "请用当时保存的投票码投票；一人只有一个，无法补发，因为没有人知道哪个是您的。",
        "Vote with the code that you kept. Nobody knows which one is yours, so none can be given anew.",
    )


class NotOnTheRoll(Refusal):
    code = "not-on-the-roll"
    status = 403
    message = text("投票码不在本次投票的名册中。", "This voting code is not on the roll of this ballot.")
    next_step = text("请核对投票码，并确认是本次投票的。", "Check the code, and that it belongs to this ballot.")


class CastAlready(Refusal):
    code = "cast-already"
    status = 409
    message = text("这张选票已经投过，或者本次投票不能重投。", "This ballot was cast before, or none may be cast anew.")
    next_step = text(
        "凭追踪号可以查到它；要改投，请重新填写一张。",
        "Find it by its tracking number; to change your vote, fill in a new one.",
    )


class ShareChanged(Refusal):
    code = "share-was-changed"
    status = 409
    message = text(
        "第{place}位保管人先前提交的开票份额在数据库中被改动了，所以不能计票。",
        "The share that trustee {place} handed in before was changed in the database, so that nothing can be counted.",
    )
    next_step = text(
        "请告知监督机关；该保管人仍持有原来的份额。", "Tell who supervises; that trustee still has the share as it was."
    )


class BoxDisagrees(Refusal):
    code = "box-disagrees-with-ledger"
    status = 409
    message = text(
        "票箱中的选票与台账记录的不一致：有选票被删除或改动。",
        "The ballots in the box are not those that the ledger recorded: some were removed or changed.",
    )
    next_step = text(
        "不得计票；请保全两个数据库和已下载的档案，并报告监督机构。",
        "They must not be counted. Keep both databases and all downloaded archives, and tell the supervisor.",
    )


class OtherSums(Refusal):
    """A share that names another election, other sums or another key than are here."""

    code = "share-of-other-sums"
    status = 409
    message = text(
        "这份解密份额是为另一份选举文件、另一组合计或另一把密钥作的。",
        "This share of the decryption is made for another file of the election, other sums or another key.",
    )
    next_step = text(
        "请重新下载选举文件，核对后用它再作一份。",
        "Download the file of the election anew, check it, and make another.",
    )


class RollChanged(Refusal):
    """The list that is here is not the one that the keeper of the roll closed."""

    code = "roll-not-the-one-closed"
    status = 409
    message = text(
        "这里的名册不是名册保管人所封闭的那一份。", "The roll that is here is not the one that its keeper closed."
    )
    next_step = text(
        "请名册保管人重新下载名单、核对并封闭；已经封闭而又不同的，请报告监督机构。",
        "Its keeper downloads the list anew, checks it and closes it. If it was closed already, tell the supervisor.",
    )
