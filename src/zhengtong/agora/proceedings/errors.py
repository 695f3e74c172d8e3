"""What people are told when an answer or a paper cannot be taken."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NotAnAnswer(Refusal):
    code = "not-an-answer"
    message = text("请选择一个答案。", "Choose one of the answers.")
    next_step = text("每题选一项；注明可以多选的，可以选几项。", "One for each question, or several where it says so.")


class NoSuchQuestion(Refusal):
    code = "no-such-question"
    status = 404
    message = text("这个问题现在不用回答。", "This question is not asked now.")
    next_step = text("请从问卷的下一题继续。", "Go on with the next question.")


class NotEvidence(Refusal):
    code = "not-evidence"
    message = text(
        "请写标题，并选择 PDF、PNG、JPEG 或者文本文件。", "Give a title, and choose a PDF, PNG, JPEG or text file."
    )
    next_step = text("请重新填写。", "Fill it in again.")


class NoSuchProjects(Refusal):
    code = "no-projects-in-the-file"
    message = text(
        "请选择一个 .pb 文件，不超过 {bytes} MB、{most} 个项目，至少有一个项目。",
        "Choose a .pb file of at most {bytes} MB and {most} projects, with one at least.",
    )
    next_step = text(
        "没有打开活动，也没有保存任何内容；请换一个文件。",
        "No round was opened and nothing is kept; choose another file.",
    )


class UnfitProject(Refusal):
    code = "unfit-project"
    message = text("项目“{project}”：{what}。", "Project “{project}”: {what}.")
    next_step = text(
        "没有打开活动，也没有保存任何内容；请在文件中改正后重新选择。",
        "No round was opened and nothing is kept; put it right in the file and choose it again.",
    )


class NotToBeDrawn(Refusal):
    code = "not-to-be-drawn"
    status = 409
    message = text(
        "抽签还没有准备好，或者文件不是抽签记录。", "The draw is not ready yet, or the file is no record of one."
    )
    next_step = text("请稍后再试，或者核对文件。", "Try again later, or check the file.")


class DrawNotAtThisStage(Refusal):
    code = "draw-not-at-this-stage"
    status = 409
    message = text("抽签现在不在这个阶段。", "The draw is not at this stage now.")
    next_step = text(
        "报名名单公布前提交封存码，名单公布、检查点确定后公开秘密；现在到了哪一步，写在活动页面上。",
        "Keepers commit before the list is published, and tell once the head is fixed; the round’s page says more.",
    )


class NotAKeeperOfTheDraw(Refusal):
    code = "not-a-keeper-of-this-draw"
    status = 403
    message = text("这个岗位不保管本次抽签的秘密。", "This post keeps no secret of this draw.")
    next_step = text("由谁保管，写在活动页面上。", "The round’s page says who does.")


class KeeperHasEntered(Refusal):
    code = "keeper-has-entered"
    status = 403
    message = text(
        "您本人报名参加了这次抽签，不能保管它的秘密。",
        "You entered for this draw yourself, and cannot keep its secret.",
    )
    next_step = text("请由本岗位的其他人或者代理人办理。", "Another holder of the post, or a deputy, does it.")


class NotACommitment(Refusal):
    code = "not-a-commitment"
    message = text(
        "封存码应为 64 位十六进制数（SHA-256），并且以前没有在本次抽签中用过。",
        "A commitment is 64 hexadecimal digits (SHA-256) that were not handed in for this draw before.",
    )
    next_step = text(
        "请在自己的计算机上重新生成秘密，只提交封存码，不要提交秘密。",
        "Make a new secret on your own machine, and hand in its commitment, never the secret.",
    )


class NotTheSecret(Refusal):
    code = "not-the-secret"
    message = text(
        "这不是您封存的那个秘密（64 位十六进制数），没有任何改变。",
        "This is not the secret that you committed to (64 hexadecimal digits). Nothing has changed.",
    )
    next_step = text(
        "请找到当时的文件再试；确实丢失的，请告知主办机关，抽签可以重新开始。",
        "Look for the file that you kept, and try again; if it is lost, tell the host: the draw can begin again.",
    )


class NotToBeginAgain(Refusal):
    code = "not-to-begin-again"
    status = 409
    message = text(
        "抽签现在不能重新开始：保管人有 {days} 天时间公开秘密。",
        "The draw cannot begin again now: keepers have {days} days to tell their secrets.",
    )
    next_step = text(
        "期满仍有保管人没有公开的，写明理由后重新开始。",
        "When that is over and one still has not, begin again with reasons.",
    )


class BadResultOwesMore(Refusal):
    code = "bad-result-owes-more"
    status = 409
    message = text(
        "调查结果不好（{percent}% 不满意），必须答复：{outcome}。",
        "The result is bad ({percent} % were dissatisfied): the answer has to be “{outcome}”.",
    )
    next_step = text("请写明采取什么措施、何时完成。", "Say what will be done, and by when.")


class NothingSaidToIt(Refusal):
    code = "nothing-said-to-it"
    message = text("请写明对调查结果的答复。", "Say what the office makes of the result.")
    next_step = text("答复和结果一起公开。", "It is published beside the result.")


class NotDrawn(Refusal):
    code = "not-drawn"
    status = 404
    message = text("您没有被抽中，或者还没有轮到您。", "You are not drawn, or it is not your turn.")
    next_step = text(
        "名额空出时按抽签顺序递补，会写信告诉您。",
        "Where a place becomes free, the next of the draw is told by letter.",
    )


class OfferIsOver(Refusal):
    code = "offer-is-over"
    status = 409
    message = text("您已经答复，或者期限已过。", "You have answered already, or the time for it is over.")
    next_step = text("有疑问的，请联系主办机关。", "If anything is unclear, ask the office that holds it.")
