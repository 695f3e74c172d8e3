"""People who sign in as a browser does, and what their apps and letters tell them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD
from zhengtong.connectors.mail.notices import send_notices
from zhengtong.people.models import Account
from zhengtong.people.sign_in.sessions import Visit

HERE = Visit("192.0.2.1", "test")


@pytest.fixture
def account(cast) -> Account:
    """Lin Yue's, which has a password and nothing else."""
    return cast.lin_yue.person.account


@pytest.fixture
def officer(cast) -> Account:
    """Of who examines food licences in Heping: a password and a code app."""
    return cast.licensing.person.account


def sign_in(client: Client, username: str = "lin-yue", password: str = PASSWORD, **more: Any):
    return client.post("/sign-in", {"username": username, "password": password}, **more)


def reader(client: Client) -> str:
    """Who is signed in there."""
    return client.session.get("_auth_user_id", "")


def hidden(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


@pytest.fixture
def letters() -> Callable[[], list[Any]]:
    """What has been mailed about accounts so far."""

    def read() -> list[Any]:
        send_notices(now=timezone.now())
        return mail.outbox

    return read
