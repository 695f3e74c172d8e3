"""Somebody asks for letters, confirms by a button on a telephone without scripts, and ends it again."""

import re

import pytest
from django.core import mail

from zhengtong.agora.subscriptions.models import Subscription
from zhengtong.connectors.mail.digests import send_digests
from zhengtong.faces.shared.clock import now

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_letters_are_asked_for_confirmed_and_ended(visit, axe, shoot, language):
    looks = visit(language=language, width=320)
    looks.goto("/take-part/letters")
    axe(looks)
    reader = visit(language=language, width=320, scripts=False)
    reader.goto("/take-part/letters")
    reader.locator("#address").fill("reader@mail.example")
    reader.locator("#what").select_option("office:city-government")
    reader.locator("main form button").click()
    reader.wait_for_load_state()
    shoot(reader, f"subscribed-{language}")
    send_digests(now=now())
    (way,) = re.findall(r"http\S+/confirm", mail.outbox[-1].body)
    reader.goto(way)
    assert Subscription.objects.get().confirmed_at is None
    reader.locator("main form button").click()
    reader.wait_for_load_state()
    assert Subscription.objects.get().confirmed_at is not None
    reader.goto(way.replace("/confirm", "/end"))
    reader.locator("main form button").click()
    reader.wait_for_load_state()
    assert not Subscription.objects.exists()
