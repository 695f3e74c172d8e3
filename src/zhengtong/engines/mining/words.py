"""Numbers for people: counts, shares and durations in both languages."""

from zhengtong.common.text import Text, text

UNITS = (
    (86400.0, "天", "d"),
    (3600.0, "小时", "h"),
    (60.0, "分钟", "min"),
    (1.0, "秒", "s"),
)


def duration(seconds: float) -> Text:
    """A duration in its largest unit, with one decimal below ten."""
    for size, zh, en in UNITS:
        if abs(seconds) >= size:
            return text(f"{number(seconds / size)} {zh}", f"{number(seconds / size)} {en}")
    return text("0", "0")


def days(value: float) -> Text:
    """A number of days, in hours or minutes where it is less than one."""
    return duration(value * 86400)


def number(value: float) -> str:
    """With a thousands separator, one decimal below ten unless it is whole."""
    return f"{value:,.0f}" if abs(value) >= 9.95 or float(value).is_integer() else f"{value:,.1f}"


def counted(count: float, one: str, many: str = "") -> str:
    """In English, so many of something: `1 case`, `2 cases`."""
    return f"{number(count)} {one if count == 1 else many or f'{one}s'}"


def percent(share: float) -> str:
    """A share of one; small ones are not called nothing, nor large ones everything."""
    if 0 < share < 0.001:
        return "<0.1%"
    if 0.999 < share < 1:
        return ">99.9%"
    return f"{share:.1%}"
