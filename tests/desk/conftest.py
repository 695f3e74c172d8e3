"""A joint case that has been accepted, and browsers of officers."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import signed_in
from tests.restaurant import apply, do
from zhengtong.people.actor import Actor


@pytest.fixture(autouse=True)
def in_english(settings, monday):
    settings.ZHENGTONG_CLOCK = (monday + timedelta(hours=1)).isoformat()
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def joint(cast, monday):
    return apply(cast, now=monday)


@pytest.fixture
def accepted(joint, cast, monday):
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    joint.refresh_from_db()
    return joint


@pytest.fixture
def browser():
    """`browser(actor)`: somebody who has signed in, reading English."""

    def sign_in(actor: Actor) -> Client:
        return signed_in(actor, headers={"Accept-Language": "en"})

    return sign_in
