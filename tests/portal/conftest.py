"""People who have signed in, and the clock of the pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import signed_in as cast_signed_in
from zhengtong.people.actor import Actor


@pytest.fixture(autouse=True)
def on_monday(settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()


@pytest.fixture
def signed_in(cast) -> Callable[[Actor], Client]:
    """A browser of somebody who has signed in, in Chinese."""

    def open_(who: Actor) -> Client:
        client = cast_signed_in(who)
        client.cookies["django_language"] = "zh-hans"
        return client

    return open_
