"""What the frame of every page shows."""

from typing import Any

from django.http import HttpRequest

from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import access, clock, language
from zhengtong.people.permissions import posts_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """The government whose pages these are, the reader, and the reader's posts."""
    today = clock.today()
    person = access.person(request)
    try:
        charter = in_force(today).charter
    except Refusal:  # before the first enactment
        charter = None
    return {
        "charter": charter,
        "reader": person,
        "reader_posts": posts_of(person, on=today) if person else [],
        "language_tag": language.tag(),
        "today": today,
    }
