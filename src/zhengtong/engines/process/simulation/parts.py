"""Parts of a plan that somebody wrote: each knows where it stands, so that what is wrong with it can be told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite

from zhengtong.common.text import text
from zhengtong.engines.process.simulation.faults import PlanFault
from zhengtong.engines.process.simulation.timers import minutes

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")


@dataclass(frozen=True)
class Part:
    """A value and its path, such as `staff[2].count`."""

    value: object
    path: str = ""

    def fault(self, zh: str, en: str) -> PlanFault:
        """What this part is to be."""
        where = self.path or "plan"
        return PlanFault(text(f"“{where}”应为{zh}。", f"“{where}” is to be {en}"))

    def map(self) -> dict[str, "Part"]:
        """Its parts by name."""
        if not isinstance(self.value, Mapping):
            raise self.fault("键值表", "a mapping")
        prefix = f"{self.path}." if self.path else ""
        return {str(key): Part(value, f"{prefix}{key}") for key, value in self.value.items()}

    def fields(self, *known: str) -> dict[str, "Part"]:
        """The same, where no other names are allowed."""
        found = self.map()
        for name in found:
            if name not in known:
                listed = "、".join(known), ", ".join(known)
                path = found[name].path
                raise PlanFault(
                    text(f"不认识“{path}”；可以写：{listed[0]}。", f"“{path}” is unknown; there are: {listed[1]}")
                )
        return found

    def list(self) -> "list[Part]":
        """Its parts in order."""
        if not isinstance(self.value, list | tuple) or not self.value:
            raise self.fault("列表", "a list")
        return [Part(value, f"{self.path}[{place}]") for place, value in enumerate(self.value, 1)]

    def number(self) -> float:
        """A number that is not negative."""
        found = self.value
        if isinstance(found, bool) or not isinstance(found, int | float) or not isfinite(found) or found < 0:
            raise self.fault("不为负的数字", "a number that is not negative")
        return float(found)

    def whole(self) -> int:
        """A whole number, one or more."""
        found = self.number()
        if found < 1 or found != int(found):
            raise self.fault("正整数", "a whole number, one or more")
        return int(found)

    def word(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.value, str) or not self.value:
            raise self.fault("文字", "a text")
        return self.value

    def day(self) -> date:
        """A date."""
        if type(self.value) is date:
            return self.value
        try:
            return date.fromisoformat(self.word())
        except ValueError:
            raise self.fault("日期，如 2026-01-05", "a date, such as 2026-01-05") from None

    def clock(self) -> float:
        """A time of day as minutes; what lies after midnight goes on: 30:00 is six in the morning."""
        found = _CLOCK.fullmatch(str(self.value))
        if not found:
            raise self.fault("时刻，如 09:00", "a time of day, such as 09:00")
        return int(found[1]) * 60.0 + int(found[2])

    def minutes(self, day: float) -> float:
        """A duration: minutes as a number, else as ISO 8601 writes it, `PT45M`, `P2D`, or `P3WD` of `day` minutes."""
        if not isinstance(self.value, str):
            return self.number()
        if not re.fullmatch(r"P(\d+(WD|[YMWD]))*(T(\d+[HMS])+)?", self.value) or self.value[-1] in "PT":
            raise self.fault("分钟数或时长，如 PT45M、P2D", "minutes, or a duration such as PT45M or P2D")
        return sum(minutes(self.value, day))
