"""Refusal: an expected failure that tells a person what is wrong, what to do next, and on what legal ground.

Every room declares its own refusals in `errors.py`; faces show them unchanged. The page
docs/reference/generated/refusals.md is generated from `catalogue()`.
"""

from collections.abc import Iterator
from typing import ClassVar

from zhengtong.common.text import Text, text


class Refusal(Exception):
    """An expected failure. Subclasses set `code`, `message`, `next_step`, perhaps `status` and `ground`.

    `message` and `next_step` may hold `{places}`, filled from the keyword arguments given when it is raised.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422  # the HTTP status that a face answers with
    message: ClassVar[Text] = text("请求未被接受。", "This was not accepted.")
    next_step: ClassVar[Text] = text("请检查后重试。", "Please check and try again.")
    ground: ClassVar[str] = ""  # a legal basis, "law/article", where one demands the refusal

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(f"{self.code}: {self.told()['en']}")

    def told(self) -> Text:
        """What happened, in each language."""
        return self.message.format(**self.values)

    def advice(self) -> Text:
        """What the person can do next, in each language."""
        return self.next_step.format(**self.values)


def catalogue() -> Iterator[type[Refusal]]:
    """Every refusal that is declared in the loaded program, by code."""
    yield from sorted(_below(Refusal), key=lambda kind: kind.code)


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)
