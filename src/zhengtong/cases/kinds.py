"""The acts of the kernel, as the ledger and the reader of a history know them."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

CHARTER_ENACTED = declare("charter.enacted", text("章程颁行", "Charter enacted"))
CHARTER_LAID = declare("charter.laid", text("章程提交待颁行", "Charter laid before those who may enact"))

FILED = declare("case.filed", text("申请已收到", "Application received"))
ACCEPTED = declare("case.accepted", text("已受理", "Accepted"))
PART_OPENED = declare("case.part.opened", text("分办件已开启", "Part opened"))
TASK_OPENED = declare("case.task.opened", text("环节开始", "Step begun"))
TASK_CLAIMED = declare("case.task.claimed", text("工作人员领取", "Taken up by an officer"))
TASK_ASSIGNED = declare("case.task.assigned", text("按技能和工作量分配", "Given to an officer by skill and load"))
TASK_HANDED_BACK = declare("case.task.handed-back", text("工作人员交回", "Handed back by an officer"))
TASK_DONE = declare("case.task.done", text("环节办结", "Step completed"))
CORRECTION_REQUESTED = declare("case.correction.requested", text("要求补正", "Correction asked for"))
CORRECTION_ANSWERED = declare("case.correction.answered", text("已补正", "Correction made"))
INSPECTION_SCHEDULED = declare("case.inspection.scheduled", text("安排现场核查", "Inspection on site arranged"))
INSPECTION_HELD = declare("case.inspection.held", text("现场核查完成", "Inspection on site held"))
HEARING_ASKED = declare("case.hearing.asked", text("要求听证", "A hearing was asked for"))
HEARING_ARRANGED = declare("case.hearing.arranged", text("安排听证", "Hearing arranged"))
HEARING_HELD = declare("case.hearing.held", text("听证结束，形成笔录", "Hearing held, and its minutes kept"))
HANDOVER_OFFERED = declare("case.handover.offered", text("提出移交", "Hand-over offered"))
HANDOVER_TAKEN = declare("case.handover.taken", text("接受移交", "Hand-over taken"))
HANDOVER_DECLINED = declare("case.handover.declined", text("不接受移交", "Hand-over declined"))
HANDOVER_RAISED = declare("case.handover.raised", text("移交上报监督岗位", "Hand-over raised to the supervisor"))
ASSIGNED = declare("case.assigned", text("监督岗位指定承办", "Assigned by the supervisor"))
STOOD_ASIDE = declare("case.stood-aside", text("工作人员回避", "An officer stood aside"))
RECUSAL_ASKED = declare("case.recusal.asked", text("当事人申请回避", "A party asked that an officer stand aside"))
RECUSAL_REMINDED = declare("case.recusal.reminded", text("提醒决定回避请求", "Reminded of a request to stand aside"))
RECUSAL_GRANTED = declare("case.recusal.granted", text("决定工作人员回避", "An officer was made to stand aside"))
RECUSAL_REJECTED = declare("case.recusal.rejected", text("驳回回避申请", "A request to stand aside was rejected"))
KEPT_FROM = declare("case.offices.kept-from", text("办件涉及的机构回避", "The offices that it is about stand aside"))
PASSED_ON = declare(
    "case.step.passed-on", text("因回避改由其他岗位办理", "Went to another post, since an officer stands aside")
)
REMINDED = declare("case.reminded", text("期限临近，提醒承办岗位", "The post was reminded that a limit is near"))
ESCALATED = declare("case.escalated", text("逾期，报上级岗位", "Late; raised to the post above"))
PROPOSED = declare("case.act.proposed", text("提出，待第二人确认", "Proposed; a second officer has to confirm"))
CONFIRMED = declare("case.act.confirmed", text("第二人已确认", "Confirmed by a second officer"))
PROPOSAL_REJECTED = declare("case.act.rejected", text("第二人不予确认", "Rejected by a second officer"))
PROPOSAL_WITHDRAWN = declare("case.act.taken-back", text("撤回提议", "Proposal taken back"))
EXTENDED = declare("case.extended", text("延长期限", "Time limit extended"))
DECIDED = declare("case.decided", text("作出决定", "Decided"))
SET_ASIDE = declare("case.decision.set-aside", text("决定被撤销", "Decision set aside"))
RESTS_ON_OVERTURNED = declare(
    "case.rests-on-overturned", text("所依据的决定已被撤销", "A decision that it rests on was overturned")
)
RELIANCE_SETTLED = declare(
    "case.reliance.settled", text("已重新审视所依据的决定", "Looked at anew, since what it rests on fell")
)
REOPENED = declare("case.reopened", text("责令重新办理", "Sent back to be decided anew"))
CLOSED = declare("case.closed", text("办结", "Closed"))
WITHDRAWN = declare("case.withdrawn", text("申请人撤回", "Withdrawn by the applicant"))
INCIDENT = declare(
    "case.incident", text("流程中断，已报监督岗位", "The process stands still; raised to the supervisor")
)
MIGRATED = declare("case.migrated", text("转入新版流程", "Moved to a new version of the process"))
REPRESENTATIVE_NAMED = declare("case.representative.named", text("推选代表", "A representative was named"))
REPRESENTATIVE_ACCEPTED = declare("case.representative.accepted", text("代表同意担任", "A representative accepted"))
REPRESENTATIVE_DECLINED = declare(
    "case.representative.declined", text("代表不同意或者不再担任", "A representative declined, or laid it down")
)
REPRESENTATIVE_REMOVED = declare(
    "case.representative.removed", text("不再推选为代表", "A representative is named no more")
)
TIMER_FIRED = declare("case.timer.fired", text("期限届满", "Time limit passed"))
DOCUMENT_ADDED = declare("case.document.added", text("材料补交", "Document handed in"))
CERTIFICATE_ISSUED = declare("certificate.issued", text("证照签发", "Certificate issued"))
CERTIFICATE_REVOKED = declare("certificate.revoked", text("证照撤销", "Certificate revoked"))
SAID_WHETHER_SOLVED = declare("case.solved.said", text("申请人说明是否解决", "The party said whether it is solved"))
HANDOVER_BY_SILENCE = declare(
    "case.handover.taken-by-silence", text("期限内没有异议，视为接受移交", "Not contested in time, and so taken")
)
RATED = declare("case.rated", text("已评价", "Rated"))
CLOCKS_RECOMPUTED = declare("charter.clocks.recomputed", text("期限重新计算", "Deadlines worked out anew"))

RETENTION_ENDED = declare(
    "case.retention.ended", text("保存期限届满，个人信息已删除", "Kept long enough; personal data erased")
)
DRAFT_ENDED = declare(
    "draft.retention.ended", text("未提交的申请保存期满，已删除", "A draft was kept long enough, and is deleted")
)
INTERESTED_TOLD = declare("case.interested.told", text("告知利害关系人", "Somebody whom it touches was told"))
VIEWS_GIVEN = declare("case.interested.views", text("利害关系人陈述意见", "Somebody whom it touches gave their views"))
RESTRICTED = declare("case.restricted", text("停止处理，只存储", "Processing stopped; stored only"))
RESTRICTION_LIFTED = declare("case.restriction.lifted", text("恢复处理", "Processing goes on again"))
ASKED_TO_ERASE = declare(
    "person.erasure.carried-out", text("应本人请求删除个人信息", "Data erased at the person’s request")
)

# Of a delay of notice; its subject is `notice:` and the number of the case, which its party does not see.
DELAY_PROPOSED = declare("notice.delay.proposed", text("提议延迟告知", "A delay of notice was proposed"))
DELAY_CONFIRMED = declare("notice.delay.confirmed", text("确认延迟告知", "A delay of notice was confirmed"))
DELAY_REJECTED = declare("notice.delay.rejected", text("不予延迟告知", "A delay of notice was rejected"))
DELAY_ENDED = declare("notice.delay.ended", text("提前结束延迟告知", "A delay of notice was ended early"))
