"""Signing in with a passkey in a real browser: its virtual device makes keys and shows them, as a phone would."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from zhengtong.people.sign_in.models import Passkey

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """What holds the keys; a test takes them out and puts them into another browser's."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def keys(self) -> list[dict[str, Any]]:
        return list(self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"])

    def put(self, key: dict[str, Any]) -> None:
        self.session.send("WebAuthn.addCredential", {"authenticatorId": self.id, "credential": key})


def add_passkey(page: Page) -> None:
    page.goto("/account/")
    page.locator("#name").fill("我的手机")
    page.get_by_role("button", name="增加通行密钥").click()
    page.wait_for_url("**/account/passkeys")


def with_passkey(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name="用通行密钥登录").click()


@pytest.mark.asvs("6.3.3")
def test_a_passkey_is_made_and_opens_the_account_and_the_desk(visit: Callable[..., Page], axe, shoot):
    page = visit("he-ping", width=320)
    device = Device(page)
    page.goto("/account/")
    axe(page)
    shoot(page, "account")
    add_passkey(page)
    expect(page.locator(".zt-key li")).to_have_count(10)
    axe(page)
    phone = visit(width=320)
    Device(phone).put(device.keys()[0])
    phone.goto("/sign-in")
    axe(phone)
    shoot(phone, "sign-in")
    with_passkey(phone)
    phone.wait_for_url("**/")
    assert phone.goto("/desk/heping-market/licensing/").status == 200


@pytest.mark.asvs("6.3.3")
def test_a_passkey_of_another_account_and_a_copied_device_open_nothing(visit: Callable[..., Page]):
    page = visit("lin-yue")
    device = Device(page)
    add_passkey(page)
    page.wait_for_load_state()
    key = device.keys()[0]

    thief = visit()
    Device(thief).put(key)
    thief.goto("/sign-in")
    thief.locator("#username").fill("he-ping")
    thief.locator("#password").fill("qingshan-demo-2026")
    thief.locator("main form button[type=submit]").first.click()
    thief.wait_for_url("**/second-step")
    thief.evaluate("document.querySelector('form.zt-passkey')")  # he-ping has none: there is nothing to press
    assert thief.locator("form.zt-passkey").count() == 0

    Passkey.objects.update(counter=1000)  # as if the true device had been used a thousand times meanwhile
    copied = visit()
    Device(copied).put(key)
    with_passkey(copied)
    expect(copied.locator(".govuk-error-summary")).to_contain_text("没有被接受")
    assert Passkey.objects.get().used_at is None


def test_without_scripts_the_other_ways_are_there_and_the_passkey_s_is_hidden(visit: Callable[..., Page]):
    page = visit(scripts=False)
    page.goto("/sign-in")
    assert not page.locator("form.zt-passkey").is_visible()
    sign_in(page, "he-ping")
    assert page.goto("/desk/heping-market/licensing/").status == 200
