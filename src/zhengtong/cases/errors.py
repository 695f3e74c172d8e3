"""What people are told when the kernel cannot do what they asked."""

from collections.abc import Mapping

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text


class NoSuchCase(Refusal):
    code = "no-such-case"
    status = 404
    message = text("没有找到这个办件，或者您无权查看。", "There is no such case, or it is not yours to see.")
    next_step = text("请核对办件编号；您的办件都在“我的办件”中。", "Check the number; your cases are under “My cases”.")


class NoSuchProcedure(Refusal):
    code = "no-such-procedure"
    status = 404
    message = text("没有“{procedure}”这个事项。", "There is no procedure “{procedure}”.")
    next_step = text("请在首页搜索。", "Search for it on the front page.")


class NotForThisParty(Refusal):
    code = "not-for-this-party"
    message = text("“{procedure}”不能由这类申请人申请。", "“{procedure}” is not open to this kind of applicant.")
    next_step = text("请在开始页选择为谁申请。", "Choose on the first page for whom you apply.")


class InvalidAnswers(Refusal):
    code = "invalid-answers"
    message = text("有些回答需要改正：{fields}。", "Some answers need to be put right: {fields}.")
    next_step = text("请按每一项的提示改正。", "Follow the hint at each of them.")

    def __init__(self, errors: Mapping[str, Text]) -> None:
        self.errors = dict(errors)
        super().__init__(fields=", ".join(errors))


class MissingMaterials(Refusal):
    code = "missing-materials"
    message = text("还缺少材料：{materials}。", "These documents are still missing: {materials}.")
    next_step = text("请上传后再提交。", "Upload them, then submit again.")


class NotYourDraft(Refusal):
    code = "no-such-draft"
    status = 404
    message = text("没有找到这份未提交的申请。", "There is no such draft.")
    next_step = text("您的草稿在“我的办件”中。", "Your drafts are under “My cases”.")


class AlreadyFiled(Refusal):
    code = "already-filed"
    status = 409
    message = text("这份申请已经提交，不能再改。", "This application has been submitted and cannot be changed.")
    next_step = text("请在“我的办件”中查看。", "See it under “My cases”.")


class TaskIsOver(Refusal):
    code = "task-is-over"
    status = 409
    message = text("这个环节已经办完或已取消。", "This step has been completed or cancelled.")
    next_step = text("请刷新工作台。", "Refresh your desk.")


class NotYourTask(Refusal):
    code = "not-your-task"
    status = 404
    message = text("这个环节不在您的工作台上。", "This step is not on your desk.")
    next_step = text("请刷新工作台。", "Refresh your desk.")


class ClockIsStopped(Refusal):
    code = "clock-is-stopped"
    status = 409
    message = text("办件正在等待：{kind}。", "The case is waiting: {kind}.")
    next_step = text("等待结束后再办理。", "Go on when the wait is over.")


class NotAnOutput(Refusal):
    code = "not-an-output"
    message = text("这个环节不能以“{output}”结束。", "This step cannot end in “{output}”.")
    next_step = text("可选：{outputs}。", "Choose one of: {outputs}.")


class ReasonsMissing(Refusal):
    code = "reasons-missing"
    message = text(
        "对申请人不利的决定必须说明理由和法律依据。", "A decision against the party needs reasons and a legal basis."
    )
    next_step = text("请填写理由并选择法律条款。", "Write the reasons and choose the articles.")
    ground = "licensing-law/38"


class UnknownBasis(Refusal):
    code = "unknown-legal-basis"
    message = text(
        "章程中没有法律依据“{basis}”，或它在当日无效。", "“{basis}” is not an article in force in the charter that day."
    )
    next_step = text("请从所列法律条款中选择。", "Choose from the articles listed.")


class AskedAlready(Refusal):
    code = "asked-already"
    status = 409
    message = text(
        "需要补正的内容只能一次性告知，本办件已经告知过。",
        "What is missing is told once, all of it, and that has been done in this case.",
    )
    next_step = text(
        "请按现有材料办理，或作出不予受理、不予处理决定。",
        "Go on with what there is, or decide not to accept or not to handle it.",
    )
    ground = "licensing-law/32"


class TooLateToAsk(Refusal):
    code = "too-late-to-ask"
    status = 409
    message = text(
        "要求补正的期限（{ground}）已于 {until} 届满。", "What is unclear could be asked until {until} ({ground})."
    )
    next_step = text("请按申请现有内容答复。", "Answer the request as it stands.")


class NoGroundToStop(Refusal):
    code = "no-ground-to-stop"
    message = text(
        "“{procedure}”没有规定“{kind}”这一特别程序，时限不能因此停止。",
        "“{procedure}” has no special procedure “{kind}”, so its clock cannot stop for it.",
    )
    next_step = text("请在期限内继续办理。", "Go on within the time limit.")
    ground = "licensing-law/45"


class NotAnInspection(Refusal):
    code = "not-an-inspection"
    message = text(
        "这个环节不是现场核查，不能为它安排核查。", "This step is no inspection, so none is arranged for it."
    )
    next_step = text("请在核查环节安排核查。", "Arrange it in the step that inspects.")


class NothingAsked(Refusal):
    code = "nothing-asked"
    message = text("没有写明需要补正的内容。", "It does not say what is to be corrected.")
    next_step = text("请逐项写明补正内容和原因。", "Write each item and why it is needed.")


class NotWaitingForYou(Refusal):
    code = "not-waiting-for-you"
    status = 409
    message = text("这个办件现在不等待您补正。", "This case is not waiting for a correction from you.")
    next_step = text("请查看办件当前状态。", "See where the case stands.")


class MaterialStillDue(Refusal):
    code = "material-still-due"
    status = 409
    message = text("决定前还须收到：{materials}。", "Before the decision these must have come: {materials}.")
    next_step = text("请等待申请人补交或相关步骤完成。", "Wait for the applicant, or for the step that supplies it.")


class NoReason(Refusal):
    code = "no-reason"
    message = text("没有说明理由。", "No reason is given.")
    next_step = text("请填写理由。", "Write the reason.")


class NoRecusal(Refusal):
    code = "no-recusal"
    status = 409
    message = text("现在不能申请回避：{why}。", "Nobody can be asked to stand aside here: {why}.")
    next_step = text(
        "您可以等有工作人员领取后再申请，也可以在办件页面查看已作出的决定。",
        "Ask once an officer has taken a step up, or read on the page of the case what was decided.",
    )
    ground = "civil-servant-law/77"


class NoSuchRequest(Refusal):
    code = "no-such-request"
    status = 409
    message = text("没有这样一项待决定的回避申请。", "No such request waits to be decided.")
    next_step = text("请刷新页面。", "Refresh the page.")


class NotFallen(Refusal):
    code = "not-fallen"
    status = 409
    message = text(
        "没有这样一项待重新审视的依据，或者不由您的岗位审视。",
        "No such ground waits to be looked at anew, or another post looks at it.",
    )
    next_step = text("请刷新工作台。", "Refresh your desk.")


class AlreadyProposed(Refusal):
    code = "already-proposed"
    status = 409
    message = text("已有一项提议等待第二人确认。", "This has been proposed and waits for a second officer.")
    next_step = text("请等待确认，或者撤回提议。", "Wait for it to be confirmed, or take the proposal back.")


class NotProposed(Refusal):
    code = "not-proposed"
    status = 409
    message = text("没有这样一项待确认的提议。", "No such proposal waits to be confirmed.")
    next_step = text("请刷新工作台。", "Refresh your desk.")


class OneAndTheSame(Refusal):
    code = "one-and-the-same"
    status = 403
    message = text("提出和确认不能是同一人。", "Whoever proposed it cannot confirm it.")
    next_step = text("请由另一名有权的工作人员确认。", "Let another officer with the power confirm it.")


class ProposalIsStale(Refusal):
    code = "proposal-is-stale"
    status = 409
    message = text("提出以后办件已有变化。", "The case has changed since it was proposed.")
    next_step = text("请不予确认，由经办人重新提出。", "Reject it, so that it is proposed anew.")


class AboutThatOffice(Refusal):
    code = "about-that-office"
    status = 409
    message = text("办件涉及{office}，不能交给它办理。", "The case is about {office}, which can have no part in it.")
    next_step = text("请选择其他机构的岗位。", "Choose a post of another office.")


class NoSuchPost(Refusal):
    code = "no-such-post"
    message = text("没有岗位“{post}”。", "There is no post “{post}”.")
    next_step = text("请从列表中选择。", "Choose one from the list.")


class AlreadyExtended(Refusal):
    code = "already-extended"
    status = 409
    message = text(
        "期限只能延长一次，或本事项不允许延长。",
        "The limit can be extended once only, or not at all in this procedure.",
    )
    next_step = text("请在现有期限内办结。", "Complete the case within the present limit.")
    ground = "licensing-law/42"


class CaseIsClosed(Refusal):
    code = "case-is-closed"
    status = 409
    message = text("办件已经办结。", "The case is closed.")
    next_step = text("如有异议，可以申请行政复议。", "If you disagree, you can appeal.")


class NotRateable(Refusal):
    code = "not-rateable"
    status = 409
    message = text(
        "现在不能评价：只有办结的办件可由申请人评价一次。",
        "It cannot be rated now: the party rates a closed case, once.",
    )
    next_step = text("请在办结后评价。", "Rate it when it is closed.")


class NotToBeSaid(Refusal):
    code = "not-to-be-said"
    status = 409
    message = text(
        "现在不能说明是否解决：只有已经答复的办件可由申请人说明一次。",
        "Whether it is solved cannot be said now: the party says it of an answered case, once.",
    )
    next_step = text("请在答复以后说明。", "Say it when you have the answer.")


class NotContestable(Refusal):
    code = "not-contestable"
    message = text(
        "“{procedure}”必须针对一件已有决定的办件，且在期限内提出。",
        "“{procedure}” must be about a decided case, and filed within its time limit.",
    )
    next_step = text("请从该办件的页面提出。", "Start it from the page of that case.")


class BadFile(Refusal):
    code = "bad-file"
    message = text("文件“{name}”不能接收：{reason}", "The file “{name}” cannot be taken: {reason}")
    next_step = text("请上传 PDF、PNG 或 JPEG 文件，每个不超过 20 MB。", "Upload a PDF, PNG or JPEG of at most 20 MB.")


class FileTooLarge(Refusal):
    code = "file-too-large"
    status = 413
    message = text("文件“{name}”超过 {limit} MB。", "The file “{name}” is larger than {limit} MB.")
    next_step = text("请压缩或分成几个文件。", "Make it smaller, or split it.")


class NoSuchMaterial(Refusal):
    code = "no-such-material"
    message = text("本申请不需要材料“{material}”。", "This application has no document “{material}”.")
    next_step = text("请上传所列的材料。", "Upload the documents that are listed.")


class NoSuchRepresentation(Refusal):
    code = "no-such-representation"
    status = 404
    message = text(
        "没有推选您担任代表的这个办件，或者现在已经不能同意担任。",
        "There is no such case in which you were named as a representative, or it is too late to accept.",
    )
    next_step = text("请从“我的办件”进入。", "Go there from “My cases”.")


class NoticeNotDelayed(Refusal):
    code = "notice-not-delayed"
    status = 409
    message = text("不能延迟告知：{why}。", "The notice cannot be delayed: {why}.")
    next_step = text("请核对办件、期限和依据。", "Check the case, the day and the legal basis.")
    ground = "pipl/35"


class NoSuchDelay(Refusal):
    code = "no-such-delay"
    status = 404
    message = text("没有这项延迟告知，或者已经答复。", "There is no such delay of notice, or it was answered before.")
    next_step = text("请刷新列表。", "Refresh the list.")


class CaseErased(Refusal):
    code = "case-erased"
    status = 410
    message = text(
        "这个办件的个人信息已于 {on} 删除，因为保存期限已经届满。",
        "The personal data of this case were erased on {on}, since they had been kept as long as they may be.",
    )
    next_step = text(
        "办件的行为记录和证明仍在台账中，可以核验。", "What was done, and the proof of it, is still in the ledger."
    )
    ground = "pipl/47"
