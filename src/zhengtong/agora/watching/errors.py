"""What moderators are told when a signal cannot be settled."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NoSuchSignal(Refusal):
    code = "no-such-signal"
    status = 404
    message = text("没有这条提示，或者已经处理。", "There is no such signal, or somebody has settled it.")
    next_step = text("请写明看到了什么、如何处理。", "Say what you found, and what comes of it.")
