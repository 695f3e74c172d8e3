"""laws/<law>.yaml: the law that powers, rules and deadlines rest on."""

from datetime import date
from typing import Literal

from pydantic import Field

from zhengtong.charter.model.base import Dated, Id, LocalText, Part


class Article(Dated):
    """One cited article: its wording, or the part that matters here."""

    article: str = Field(pattern=r"^[0-9]+(-[0-9]+)?$")
    wording: LocalText


class Law(Part):
    """A law, regulation or rule (法律、行政法规、规章), with the articles that the charter cites."""

    id: Id
    title: LocalText
    short: LocalText
    kind: Literal["law", "regulation", "rule", "local", "standard", "notice"]
    issuer: LocalText
    in_force_from: date
    link: str = ""
    articles: list[Article]
