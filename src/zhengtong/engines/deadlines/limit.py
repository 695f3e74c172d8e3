"""A time limit: an amount and a unit, written as in a charter: `P20WD`, `P60D`, `P1M`, `PT24H`."""

import re
from dataclasses import dataclass
from typing import Literal

from zhengtong.common.text import Text, text

Unit = Literal["working-days", "days", "months", "hours"]

_SUFFIX: dict[Unit, tuple[str, str]] = {
    "working-days": ("P", "WD"),
    "days": ("P", "D"),
    "months": ("P", "M"),
    "hours": ("PT", "H"),
}
_UNIT = {affix: unit for unit, affix in _SUFFIX.items()}
_WRITTEN = re.compile(r"(PT?)([1-9][0-9]{0,3})(WD|D|M|H)")
_TOLD: dict[Unit, tuple[Text, Text]] = {  # one, more than one
    "working-days": (text("{n}个工作日", "{n} working day"), text("{n}个工作日", "{n} working days")),
    "days": (text("{n}日", "{n} day"), text("{n}日", "{n} days")),
    "months": (text("{n}个月", "{n} month"), text("{n}个月", "{n} months")),
    "hours": (text("{n}小时", "{n} hour"), text("{n}小时", "{n} hours")),
}


@dataclass(frozen=True)
class Limit:
    """How long something may take: `amount` (1 to 9999) of `unit`."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= 9999:
            raise ValueError(f"a time limit is 1 to 9999 of its unit, not {self.amount}")

    @classmethod
    def parse(cls, written: str) -> "Limit":
        """Read `P20WD`, `P60D`, `P1M` or `PT24H`; ValueError on anything else."""
        match = _WRITTEN.fullmatch(written)
        unit = match and _UNIT.get((match[1], match[3]))
        if not match or not unit:
            raise ValueError(f"not a time limit: {written!r}; write P20WD, P60D, P1M or PT24H")
        return cls(int(match[2]), unit)

    def __str__(self) -> str:
        before, after = _SUFFIX[self.unit]
        return f"{before}{self.amount}{after}"

    def told(self, language: str) -> str:
        """For people: `20个工作日`, `20 working days`."""
        return self.as_text().in_(language)

    def as_text(self) -> Text:
        one, more = _TOLD[self.unit]
        return (one if self.amount == 1 else more).format(n=self.amount)
