"""What people are told when they cannot take part as they wished."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NoSuchRound(Refusal):
    code = "no-such-round"
    status = 404
    message = text("没有这项公众参与活动。", "There is no such round of participation.")
    next_step = text("请在“公众参与”中查看。", "See “Take part” for those that there are.")


class PhaseIsClosed(Refusal):
    code = "phase-is-closed"
    status = 409
    message = text("“{phase}”阶段现在没有开放。", "“{phase}” is not open now.")
    next_step = text("请在活动页面查看各阶段的时间。", "See on its page when each phase is.")


class NotEligible(Refusal):
    code = "not-eligible"
    status = 403
    message = text("您不符合参与条件：{why}。", "You cannot take part in this one: {why}.")
    next_step = text(
        "参与条件在活动页面上；登记有误的，请向登记机关更正。",
        "Its page says who can. If the register is wrong about you, have it corrected.",
    )


class HasVoice(Refusal):
    code = "voice-given-already"
    status = 409
    message = text("您在本次活动中已经领取过发言凭证。", "You have been given your voice in this round already.")
    next_step = text(
        "请用当时保存的凭证进入；一人只有一个发言身份，凭证无法补发，因为没有人知道哪个是您的。",
        "Come in with the key that you kept. Nobody knows which voice is yours, so none can be given anew.",
    )


class NotAVoice(Refusal):
    code = "not-a-voice"
    status = 403
    message = text("这个发言凭证不属于本次活动。", "This is no key of a voice in this round.")
    next_step = text("请完整复制保存的凭证。", "Copy the key whole, as you kept it.")


class NothingSaid(Refusal):
    code = "nothing-said"
    message = text("内容为空，或者超过 {most} 字。", "It is empty, or longer than {most} characters.")
    next_step = text("请写下内容后再提交。", "Write something within that length.")


class SaidAlready(Refusal):
    code = "said-already"
    status = 409
    message = text("您已经提出过相同的内容。", "You have said exactly this already.")
    next_step = text("一次就够了，它已被记录。", "Once is enough; it has been recorded.")


class NoSuchContribution(Refusal):
    code = "no-such-contribution"
    status = 404
    message = text("没有这条内容，或者它没有公开显示。", "There is no such contribution, or it is not shown.")
    next_step = text("请回到活动页面。", "Go back to the page of the round.")


class SponsorsAreOthers(Refusal):
    code = "sponsors-are-others"
    status = 409
    message = text(
        "公开前的支持人必须是别人；这是您自己提出的。",
        "Sponsors are others; this is what you brought forward yourself.",
    )
    next_step = text(
        "请把链接发给可能支持的人；公开以后您也可以联署。",
        "Pass its link on to who might support it. Once it is shown to all you can sign it, too.",
    )


class TurnTooFar(Refusal):
    code = "turn-too-far"
    status = 409
    message = text(
        "您的名字下已有很多内容等待公开，再写一条要到{day}才轮到。",
        "Under your name much waits to be shown already: the turn of one more would come on {day}.",
    )
    next_step = text(
        "请等前面的内容公开以后再写；已经提交的都会按次序公开。",
        "Write again once some of it is shown. What you have sent keeps its turn.",
    )


class NoSuchOffice(Refusal):
    code = "no-such-office"
    message = text("没有这个机构。", "There is no such office.")
    next_step = text("请从列表中选择，或者不选。", "Choose one of the list, or none.")


class OverBudget(Refusal):
    code = "not-a-budget-vote"
    message = text("请选择本次活动中的项目，每个一次。", "Choose projects of this round, each once.")
    next_step = text("请重新勾选。", "Choose again.")


class NothingToAnswer(Refusal):
    code = "nothing-to-answer"
    message = text("请选择要答复的内容，并写明理由。", "Choose what you answer, and give the reasons.")
    next_step = text("每条意见都要答复：采纳与否、为什么。", "Everything is answered: adopted or not, and why.")


class ProjectsUnchecked(Refusal):
    code = "projects-unchecked"
    status = 409
    message = text(
        "这些项目还没有核定造价，也没有说明为什么不列入投票：{numbers}。",
        "Of these projects neither the cost was checked, nor was it said why they are not put to the vote: {numbers}.",
    )
    next_step = text(
        "请逐个核定造价，或者写明不列入投票的理由，再办结这一步。",
        "Check the cost of each, or say why it is left out; then end the step.",
    )


class SaidBefore(Refusal):
    code = "word-came-before"
    status = 409
    message = text(
        "这份文件已经收到，或者该节点后来又提交了别的文件。",
        "This word has come already, or that node has said something later.",
    )
    next_step = text("如需重新提交，请重新生成。", "To send it anew, have it said anew.")


class AnsweredAlone(Refusal):
    code = "answered-alone"
    status = 409
    message = text(
        "#{number} 的联署已达到门槛，必须单独答复。", "#{number} has so many signatures that it is answered by itself."
    )
    next_step = text("请只选这一条答复，其余另行答复。", "Answer it alone, and the others apart from it.")


class TooLargeToCount(Refusal):
    code = "too-large-to-count"
    message = text("请选择一个 .pb 文件，最大 {most} MB。", "Choose a .pb file of at most {most} MB.")
    next_step = text(
        "更大的文件请用命令 zhengtong count。", "Larger ones are counted by the command `zhengtong count`."
    )


class TooManyToOrder(Refusal):
    code = "too-many-to-order"
    message = text(
        "排序投票的文件在网页上最多 {projects} 个项目。", "A page counts an order of at most {projects} projects."
    )
    next_step = text(
        "更大的文件请用命令 zhengtong count。", "Larger ones are counted by the command `zhengtong count`."
    )


class TextHasChanged(Refusal):
    code = "text-has-changed"
    status = 409
    message = text("#{number} 的文本刚刚修改过。", "The text of #{number} has just been changed.")
    next_step = text("请先读新的文本，再决定是否支持。", "Read the new text first; then say whether you support it.")


class HasJoined(Refusal):
    code = "proposal-has-joined-another"
    status = 409
    message = text("#{number} 已经并入另一条建议。", "#{number} has joined another proposal.")
    next_step = text("请支持并入后的那一条；链接在原处。", "Support the one that it joined; the link is in its place.")


class NodeForked(Refusal):
    """The ledger of another node says one thing here, and said another before in the same place."""

    code = "node-forked"
    status = 409
    message = text(
        "该节点的台账与它先前给出的不一致：同一处有两份不同的内容。",
        "The ledger of that node contradicts what it said before: it holds two different things in one place.",
    )
    next_step = text(
        "两份文件已作为证据公布，监督机关已得知；请该节点的运行者作出说明。",
        "Both are published as evidence, and the supervisor knows of it. Who runs that node has to explain it.",
    )
