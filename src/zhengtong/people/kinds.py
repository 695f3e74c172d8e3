"""The acts of this room, as the ledger knows them."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

POST_TAKEN = declare("post.taken", text("任职", "Post taken up"))
POST_LEFT = declare("post.left", text("离任", "Post left"))
POWER_DELEGATED = declare("power.delegated", text("委托职权", "Power delegated"))
DELEGATION_ENDED = declare("power.delegation.ended", text("终止委托", "Delegation ended"))
ABSENT = declare("post.absence.begun", text("离岗，由代理岗位履职", "Absent; the deputy acts"))
BACK = declare("post.absence.ended", text("返岗", "Back in the post"))
MANDATE_GIVEN = declare("mandate.given", text("授权", "Mandate given"))
MANDATE_WITHDRAWN = declare("mandate.withdrawn", text("撤销授权", "Mandate withdrawn"))
TOKEN_ISSUED = declare("token.issued", text("签发接口令牌", "API token issued"))
TOKEN_ENDED = declare("token.ended", text("吊销接口令牌", "API token ended"))
PERSON_ERASED = declare("person.data.erased", text("个人信息和账户已删除", "A person’s data and account erased"))
MOTION_PROPOSED = declare("motion.proposed", text("提出，待第二人确认", "Proposed; a second officer has to confirm"))
MOTION_CONFIRMED = declare("motion.confirmed", text("第二人已确认", "Confirmed by a second officer"))
MOTION_REJECTED = declare("motion.rejected", text("第二人不予确认", "Rejected by a second officer"))
MOTION_WITHDRAWN = declare("motion.taken-back", text("撤回提议", "Proposal taken back"))
MOTION_DONE = declare("motion.carried-out", text("经确认的事项已执行", "What was confirmed was carried out"))
