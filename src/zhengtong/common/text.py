"""Localized text: one wording per language, as the charter writes it: `{zh-Hans: …, en: …}`."""

from collections.abc import Mapping
from datetime import date

DEFAULT_LANGUAGE = "zh-Hans"


class Text(dict[str, str]):
    """A wording in several languages, keyed by BCP 47 tag; a plain dict, so it stores as JSON."""

    def in_(self, language: str) -> str:
        """The wording in `language`, else in Chinese, else in any language there is."""
        return self.get(language) or self.get(DEFAULT_LANGUAGE) or next(iter(self.values()), "")

    def format(self, **values: object) -> "Text":
        """Fill `{name}` places; a `Text` or a mapping given as a value is taken in the same language."""
        return Text(
            {
                language: wording.format_map({key: _in(value, language) for key, value in values.items()})
                for language, wording in self.items()
            }
        )

    def __str__(self) -> str:
        return self.in_(DEFAULT_LANGUAGE)


def _in(value: object, language: str) -> object:
    return Text(value).in_(language) if isinstance(value, Mapping) else value


def text(zh: str, en: str) -> Text:
    """The short way to write a bilingual text in code."""
    return Text({"zh-Hans": zh, "en": en})


def day_told(day: date) -> Text:
    """A day in words."""
    return text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B} {day.year}")
