"""How law is cited: 《行政许可法》第三十二条, Licensing Law, art. 32."""

from zhengtong.charter.model import Law
from zhengtong.common.text import Text, text

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def cite(law: Law, article: str) -> Text:
    """An article (`32`, or `12-1` for 第十二条之一) of a law."""
    number, _, inserted = article.partition("-")
    bis = f"之{chinese(int(inserted))}" if inserted else ""
    zh = f"《{law.short.in_('zh-Hans')}》第{chinese(int(number))}条{bis}"
    return text(zh, f"{law.short.in_('en')}, art. {article}")


def chinese(number: int) -> str:
    """A number from 0 to 9999 in Chinese: 10 十, 20 二十, 101 一百零一, 110 一百一十, 1260 一千二百六十."""
    if number == 0:
        return _DIGITS[0]
    told, gap = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            told += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _UNITS[place]
        gap = bool(told) and not digit
    return told.removeprefix("一") if 10 <= number < 20 else told
