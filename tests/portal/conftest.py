"""People who have signed in, and the clock of the pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from zhengtong.people.actor import Actor
from zhengtong.people.models import Account


@pytest.fixture(autouse=True)
def on_monday(settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()


@pytest.fixture
def signed_in(cast) -> Callable[[Actor], Client]:
    """A browser of somebody who has signed in, in Chinese."""

    def open_(who: Actor) -> Client:
        client = Client()
        client.force_login(Account.objects.get(person=who.person), "django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = "zh-hans"
        return client

    return open_
