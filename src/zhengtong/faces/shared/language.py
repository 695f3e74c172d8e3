"""The reader's language, as the charter's texts name it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from zhengtong.common.text import Text

_WEEKDAYS = "一二三四五六日"
_BETWEEN = {",": "、", ";": "；", ":": "："}


def tag() -> str:
    """The language of this page by its BCP 47 tag: `zh-Hans` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "zh-Hans"


def local(wording: object) -> str:
    """A localized text in the reader's language; anything else as it is, nothing as nothing."""
    if isinstance(wording, Mapping):
        return Text(wording).in_(tag())
    return "" if wording is None else str(wording)


def between(sign: str = ",") -> str:
    """What stands between the parts of a list: `, ` or `、`, and `; ` or `；` where the parts are long; `:` after a
    name.
    """
    return f"{sign} " if tag() == "en" else _BETWEEN[sign]


def gap() -> str:
    """What stands between two sentences: a space, and nothing in Chinese, whose full stop is as wide as one."""
    return " " if tag() == "en" else ""


def brackets(content: SafeString) -> SafeString:
    """An aside, part of a page, in the brackets of the reader's language."""
    return format_html(" ({})" if tag() == "en" else "（{}）", content)


def day(value: date | datetime | None) -> str:
    """`2026年3月9日` or `9 March 2026`; a moment gives the day where the government is."""
    if value is None:
        return ""
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    if tag() == "en":
        return f"{on.day} {on:%B} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日"


def weekday(value: date) -> str:
    """`周一` or `Monday`."""
    return f"{value:%A}" if tag() == "en" else f"周{_WEEKDAYS[value.weekday()]}"


def moment(value: datetime | None) -> str:
    """The day and the time where the government is."""
    if value is None:
        return ""
    return f"{day(value)} {timezone.localtime(value):%H:%M}"


def money(amount: Decimal) -> str:
    """An amount of yuan."""
    return f"¥{amount:,.2f}"


def limit(value: str) -> str:
    """A time limit of the charter (`P20WD`, `P60D`, `P1M`) in words."""
    number = int("".join(sign for sign in value if sign.isdigit()))
    if value.endswith("WD"):
        return ngettext("%(number)s working day", "%(number)s working days", number) % {"number": number}
    if value.endswith("D"):
        return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}
    return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}


def yes_no(value: bool) -> str:
    """A truth value in words."""
    return gettext("Yes") if value else gettext("No")
