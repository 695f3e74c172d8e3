"""The stories of a charter, played by the acts of the kernel; what came of them is compared with what they say."""

from zhengtong.cases.scenarios.deeds import Deeds, deed
from zhengtong.cases.scenarios.failure import Failure
from zhengtong.cases.scenarios.play import play
from zhengtong.cases.scenarios.players import Players

__all__ = ["Deeds", "Failure", "Players", "deed", "play"]
