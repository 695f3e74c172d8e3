"""What is told where a simulation cannot be run."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text


class PlanFault(Refusal):
    """The simulation cannot be run as it was planned."""

    code = "unsimulated"
    message = text("无法模拟：{what}", "this cannot be simulated: {what}")
    next_step = text("请改正模拟计划后重试。", "Mend the plan of the simulation and try again.")

    def __init__(self, what: Text) -> None:
        super().__init__(what=what)
