"""The acts of a round beside contributions."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

SURVEYED = declare("agora.survey.answered", text("问卷已答完", "The questions were answered"))
ASKED = declare("agora.survey.asked", text("邀请办理过的人参加调查", "Those who were served are asked"), public=True)
LISTED = declare(
    "agora.survey.listed", text("调查对象名单（代码）已公布", "Those who were served are listed, by codes"), public=True
)
EVIDENCE_PUT = declare("agora.evidence.put", text("主办机关公布材料", "The office put a paper to the round"))
PROJECTS_PUT = declare("agora.projects.put", text("主办机关提出项目", "The office put projects to the round"))
COMMITTED = declare(
    "agora.panel.committed", text("抽签种子已先行封存", "The seed of a draw was committed to"), public=True
)
ENTERED = declare("agora.panel.entered", text("报名参加抽签", "Somebody entered for a panel"))
ENTERING_CLOSED = declare("agora.panel.closed", text("抽签报名截止", "Entering for a panel is closed"), public=True)
PLEDGED = declare("agora.panel.pledged", text("保管人提交抽签封存码", "A keeper committed to a secret of a draw"))
HEAD_FIXED = declare(
    "agora.panel.head-fixed", text("抽签所用检查点已确定", "The head of the ledger for a draw is fixed"), public=True
)
TOLD = declare("agora.panel.told", text("保管人公开抽签秘密", "A keeper told the secret of a draw"))
BELIED = declare(
    "agora.panel.keeper-belied",
    text("其他节点就抽签所说的不成立", "What another node said of a draw does not hold"),
    public=True,
)
BEGUN_AGAIN = declare("agora.panel.begun-again", text("抽签重新开始", "A draw begins again"))
DRAWN = declare("agora.panel.drawn", text("议事小组已抽签产生", "A panel was drawn by lot"), public=True)
OFFERED = declare("agora.panel.offered", text("通知抽中的人", "Those who were drawn are told"))
ACCEPTED = declare("agora.panel.accepted", text("抽中的人接受", "Somebody who was drawn accepts"))
DECLINED = declare("agora.panel.declined", text("抽中的人不接受", "Somebody who was drawn declines"))
GIVEN_BACK = declare("agora.panel.given-back", text("接受的人退回名额", "Somebody who accepted gives the place back"))
REPLACED = declare(
    "agora.panel.replaced", text("由抽签顺序的下一位递补", "The next in the order of the draw takes a place")
)
