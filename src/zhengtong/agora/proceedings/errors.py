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


class NotToBeDrawn(Refusal):
    code = "not-to-be-drawn"
    status = 409
    message = text(
        "抽签还没有准备好，或者文件不是抽签记录。", "The draw is not ready yet, or the file is no record of one."
    )
    next_step = text("请稍后再试，或者核对文件。", "Try again later, or check the file.")


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
