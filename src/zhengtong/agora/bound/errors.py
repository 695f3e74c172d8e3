"""What an officer is told who promises, or says that a promise is kept."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NoDayPromised(Refusal):
    code = "no-day-promised"
    message = text(
        "采纳的，须写明办成的日期：从明天起，不晚于{latest}。",
        "What is adopted has a day by which it is done: from tomorrow on, and no later than {latest}.",
    )
    next_step = text("请写明年、月、日。", "Write the day as year, month and day.")


class NoSuchKeeper(Refusal):
    code = "no-such-keeper"
    message = text("该岗位不能承办承诺。", "This post cannot be given a promise to keep.")
    next_step = text("请从列表中选择负责的岗位。", "Choose the responsible post from the list.")


class NoSuchCarrier(Refusal):
    code = "no-such-carrier"
    message = text("没有这个事项、章程版本或者活动。", "There is no such service, version of the charter, or round.")
    next_step = text("请从列表中选择，或者不选。", "Choose one of the list, or none.")


class NothingToldOfIt(Refusal):
    code = "nothing-told-of-it"
    message = text("请写明做了什么。", "Say what was done.")
    next_step = text("这段话向公众公布。", "Everybody reads it beside the promise.")


class NotHidden(Refusal):
    code = "duty-of-a-text-that-is-shown"
    status = 409
    message = text(
        "只有文本仍被隐藏时，这项责任才能因此终止。",
        "What is owed ends for this reason only while its text is hidden.",
    )
    next_step = text(
        "文本已经重新公开：请答复、审议或者表决。", "Its text is shown: answer it, debate it, or vote on it."
    )


class AnsweredThere(Refusal):
    code = "answered-in-its-round"
    status = 409
    message = text(
        "这项责任在活动的答复页或者会议中履行，不能直接办结。",
        "This is done in the answers of the round, or in a meeting, and cannot simply be ended.",
    )
    next_step = text("请从工作台打开“公众参与”或者“会议”。", "Open “Public participation” or “Meetings” from the desk.")
