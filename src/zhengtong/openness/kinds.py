"""The acts of disclosure, as the ledger knows them: never what was in a paper."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

ADDED = declare("openness.paper.added", text("检索到的文件已入卷", "A paper that was found was put to the request"))
REMOVED = declare("openness.paper.removed", text("文件已移出", "A paper was taken out again"))
MARKED = declare(
    "openness.paper.marked", text("标出不予公开的内容", "Something in a paper was marked as not to be disclosed")
)
UNMARKED = declare("openness.paper.unmarked", text("取消标记", "A mark was taken back"))
THIRD_PARTY_ASKED = declare(
    "openness.third-party.asked", text("书面征求第三方意见", "A third party was asked in writing")
)
THIRD_PARTY_ANSWERED = declare("openness.third-party.answered", text("第三方已答复", "A third party answered"))
OBJECTION_FOLLOWED = declare(
    "openness.objection.followed",
    text("采纳第三方意见，相关内容不予公开", "What a third party objected to is withheld"),
)
OBJECTION_OVERRULED = declare(
    "openness.objection.overruled",
    text(
        "因公共利益决定公开，已书面告知第三方",
        "What a third party objected to is disclosed for the public interest; it was told in writing",
    ),
)
MADE_READY = declare(
    "openness.paper.made-ready",
    text("文件已作区分处理，准备提供", "A paper was made ready, to be given if the answer discloses"),
)
TAKEN_BACK = declare("openness.paper.taken-back", text("准备提供的文件已收回", "A paper that was ready was taken back"))
GIVEN = declare("openness.paper.given", text("文件随答复提供", "A paper was given with the answer"))
PUBLISHED = declare("openness.paper.published", text("提供的文件已向社会公开", "What was given is published for all"))
