"""Where a story did not come true."""

from dataclasses import dataclass
from typing import Any

from zhengtong.charter.finding import Place
from zhengtong.charter.scenarios import Story
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text


@dataclass(frozen=True)
class Failure:
    """What was expected at a place of the story, and what came instead."""

    place: Place
    expected: str
    came: str


class Otherwise(Exception):
    """The story cannot go on."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure.came)


def otherwise(story: Story, *at: Any, expected: object, came: object) -> Otherwise:
    """An `Otherwise` at this place."""
    return Otherwise(Failure(story.place(*at), shown(expected), shown(came)))


def refused(story: Story, *at: Any, expected: object, refusal: Refusal) -> Otherwise:
    """The same for an act that was refused."""
    return otherwise(story, *at, expected=expected, came=f"refused ({refusal.code}): {refusal.told().in_('en')}")


def shown(value: object) -> str:
    """A value as people write it."""
    if isinstance(value, Text):
        return " / ".join(value.values())
    if isinstance(value, list | tuple):
        return ", ".join(shown(each) for each in value) or "none"
    return "nothing" if value in (None, "") else str(value)
