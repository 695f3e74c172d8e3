"""Refusals of who contests a decision."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class ContestedBefore(Refusal):
    code = "contested-before"
    status = 409
    message = text(
        "对同一决定，您已经依据{ground}提出过“{procedure}”（{number}），不再受理。",
        "You have asked for “{procedure}” against this decision already, by {ground} ({number}); it is taken once.",
    )
    next_step = text(
        "请在“我的办件”中查看该件；还有新的事实的，请补充到该件中，或者联系该件的承办机关。",
        "See that case among your cases. What is new about it you hand in there, or tell the office that has it.",
    )
