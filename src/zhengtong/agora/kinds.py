"""The acts of the agora, as the ledger knows them. Of a voice it holds the name in the round, never a person."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

ADMITTED = declare(
    "agora.voices.admitted", text("某日签发发言资格的人数", "How many were given a voice on a day"), public=True
)
CONTRIBUTED = declare("agora.contribution.made", text("公众提出意见", "Something was brought forward"))
HIDDEN = declare("agora.contribution.hidden", text("言论被隐藏", "A contribution was hidden"))
RESTORED = declare("agora.contribution.restored", text("言论恢复显示", "A contribution is shown again"))
CONTESTED = declare("agora.measure.contested", text("对审核措施提出申诉", "A measure of moderation was contested"))
LIMITED = declare("agora.round.limited", text("活动受到临时限制", "A round was limited in an emergency"))
FREED = declare("agora.round.freed", text("临时限制解除", "A limit on a round ended"))
LEFT_OUT = declare("agora.project.left-out", text("项目未列入投票", "A project was not put to the vote"))
COSTED = declare("agora.project.costed", text("项目造价已核定", "The cost of a project was checked"))
COUNTED = declare("agora.budget.counted", text("投票结果已计算", "A vote on projects was counted"), public=True)
SUMMED = declare("agora.phase.summed", text("表态结果已固定", "How many agree and disagree stands"))
ROLL_CLOSED = declare("agora.ballot.roll-closed", text("投票名册已封闭", "The roll of a ballot was closed"))
CERTIFIED = declare("agora.ballot.certificate-given", text("保管人提交证书", "A trustee gave a certificate"))
COMMITTED = declare("agora.ballot.polynomial-given", text("保管人提交多项式", "A trustee gave a polynomial"))
KEY_GIVEN = declare("agora.ballot.key-given", text("保管人提交公钥", "A trustee gave a key"))
BOX_OPENED = declare("agora.ballot.opened", text("票箱已打开", "The ballot box was opened"))
BOXED = declare("agora.ballot.boxed", text("选票入箱", "Ballots went into the box"), public=True)
BOX_DISAGREES = declare(
    "agora.ballot.disagrees",
    text("票箱与账本不符，停止装箱计票", "The box does not hold what was recorded; it is not counted"),
    public=True,
)
BOX_CLOSED = declare("agora.ballot.closed", text("投票结束", "The ballot box was closed"), public=True)
SHARED = declare("agora.ballot.share-given", text("保管人提交解密份额", "A trustee opened their part of the sum"))
TRUSTEE_BELIED = declare(
    "agora.ballot.trustee-belied",
    text("其他节点提交的内容未通过核验", "What another node sent does not hold"),
    public=True,
)
BALLOT_COUNTED = declare("agora.ballot.counted", text("秘密投票已计票", "A secret ballot was counted"), public=True)
ANSWERED = declare("agora.contribution.answered", text("机关作出答复", "The office answered"))
FOLLOWED_UP = declare("agora.answer.done", text("承诺已兑现", "What was promised has been done"))
