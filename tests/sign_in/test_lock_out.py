"""Guessing is held by account and by address, before anything is hashed, and tells nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD, next_code
from tests.sign_in.conftest import reader, sign_in
from zhengtong.people.sign_in.decide import CODES, LIMITS, Tried, held
from zhengtong.people.sign_in.events import FAILED, PASSWORD_RIGHT, TRIED
from zhengtong.people.sign_in.models import Event

FAR = [f"198.51.100.{n}" for n in range(250)]


def guess(username: str, times: int, *, addresses: list[str] | None = None) -> int:
    """The status of the last guess."""
    status = 0
    for n in range(times):
        source = {"REMOTE_ADDR": addresses[n % len(addresses)]} if addresses else {}
        status = sign_in(Client(), username, "wrong", **source).status_code
    return status


@pytest.mark.asvs("6.3.1")
@pytest.mark.parametrize("username", ["lin-yue", "nobody"])
def test_a_few_wrong_passwords_hold_the_name_whether_it_exists_or_not(cast, username):
    assert guess(username, LIMITS.pair) == 422
    assert guess(username, 1) == 429


@pytest.mark.asvs("6.3.1")
def test_guesses_from_many_addresses_hold_the_account(cast):
    assert guess("lin-yue", LIMITS.name, addresses=FAR) == 422
    assert guess("lin-yue", 1, addresses=["203.0.113.9"]) == 429


def test_one_address_that_tries_many_names_is_held(cast):
    now = timezone.now()
    Event.objects.bulk_create(
        Event(name=f"{n}", kind=FAILED, at=now, address="127.0.0.1") for n in range(LIMITS.address)
    )
    assert guess("lin-yue", 1) == 429
    assert sign_in(Client(), REMOTE_ADDR="203.0.113.9").status_code == 302


@pytest.mark.asvs("6.3.1")
def test_nothing_is_hashed_while_the_name_is_held(client, cast, monkeypatch):
    guess("lin-yue", LIMITS.pair)
    monkeypatch.setattr(hashers, "check_password", lambda *_: pytest.fail("it was hashed"))
    monkeypatch.setattr(hashers, "make_password", lambda *_: pytest.fail("it was hashed"))
    assert sign_in(client).status_code == 429


@pytest.mark.asvs("6.3.8")
def test_a_name_that_does_not_exist_costs_a_hash_too(client, cast, monkeypatch):
    """So that the time of the answer tells nothing."""
    hashed = []
    real = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", lambda *given: (hashed.append(1), real(*given))[1])
    for username in ("lin-yue", "nobody"):
        hashed.clear()
        sign_in(client, username, "wrong")
        assert len(hashed) == 1, username


@pytest.mark.asvs("6.3.8")
def test_the_answers_for_a_name_that_exists_and_one_that_does_not_are_alike(cast):
    told = []
    for username in ("lin-yue", "nobody!"):
        answers = [sign_in(Client(), username, "wrong") for _ in range(LIMITS.pair + 1)]
        told.append([(each.status_code, each.content.decode().replace(username, "").count("\n")) for each in answers])
    assert told[0] == told[1]


def test_the_hold_ends_by_itself(client, cast):
    guess("lin-yue", LIMITS.pair + 1)
    Event.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert sign_in(client).status_code == 302


@pytest.mark.asvs("6.3.1")
def test_guessing_codes_is_held_sooner(client, officer):
    sign_in(client, officer.username)
    for _ in range(CODES.pair):
        assert client.post("/sign-in/second-step", {"code": "000000"}).status_code == 422
    assert client.post("/sign-in/second-step", {"code": next_code(officer.username)}).status_code == 429
    assert reader(client) == ""


def test_a_right_password_starts_the_count_anew():
    tries = [Tried(TRIED, "a"), Tried(PASSWORD_RIGHT, "b"), *[Tried(FAILED, "a")] * 50]
    assert not held(at_name=tries, failed_at_address=0, address="a", limits=LIMITS)
    assert held(at_name=[*tries[:1] * 6, *tries], failed_at_address=0, address="a", limits=LIMITS)


def test_what_was_typed_as_a_name_is_not_kept(client, cast):
    sign_in(client, "my-secret-password", "x")
    assert not any("my-secret" in str(row) for row in Event.objects.values())


@pytest.mark.parametrize(("proxies", "counted"), [(0, "127.0.0.1"), (1, "203.0.113.5"), (2, "198.51.100.7")])
def test_the_address_is_what_the_outermost_trusted_proxy_has_seen(client, cast, settings, proxies, counted):
    settings.ZHENGTONG_PROXIES = proxies
    sign_in(client, "lin-yue", "wrong", HTTP_X_FORWARDED_FOR="10.9.9.9, 198.51.100.7, 203.0.113.5")
    assert Event.objects.latest("pk").address == counted


def test_addresses_of_one_house_are_one(client, cast):
    sign_in(client, "lin-yue", "wrong", REMOTE_ADDR="2001:db8:1:2:3:4:5:6")
    assert Event.objects.latest("pk").address == "2001:db8:1:2::/64"


def test_the_password_still_opens_the_account(client, cast):
    """Else the tests above would show nothing."""
    assert sign_in(client, "lin-yue", PASSWORD).status_code == 302
