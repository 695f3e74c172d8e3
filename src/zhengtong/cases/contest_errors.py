"""Refusals of who contests a decision."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class ContestedBefore(Refusal):
    code = "contested-before"
    status = 409
    message = text(
        "对同一决定，您已经依据{ground}提出过“{procedure}”（{number}）；以同一事实和理由再提出的，不再受理。",
        "You have asked for “{procedure}” against this decision already, by {ground} ({number}). It is not taken again"
        " on the same facts and reasons.",
    )
    next_step = text(
        "请在“我的办件”中查看该件；有新的事实的，可以另行提出。",
        "See that case among your cases. With new facts you can file anew.",
    )
