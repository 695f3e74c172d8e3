"""Signing in by a provider's word: with a provider of another project over real HTTP, and with one that lies."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
import requests
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread

from tests.cast import signed_in
from tests.sign_in.conftest import reader, sign_in
from tests.sign_in.provider import Provider, running
from zhengtong.people.models import Account, Person
from zhengtong.people.sign_in.models import Identity

LIN_YUE, STRANGER = "990102198804120248", "990102199001010022"


@pytest.fixture
def lying() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def honest() -> Iterator[str]:
    """A provider of another project (oidc-provider-mock, on authlib), which knows two people."""
    people = [
        User(sub="lin", claims={"name": "林悦", "id_number": LIN_YUE}),
        User(sub="other", claims={"name": "某人"}),
    ]
    with run_server_in_thread(require_nonce=True, user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def named(settings, tmp_path, cast, lying, honest):
    """Both are in the file of the settings; only the honest one is believed about identity numbers."""
    path = tmp_path / "providers.yaml"
    path.write_text(
        f"""
- {{id: province, name: {{zh-Hans: 省平台, en: Province}}, issuer: "{honest}", client_id: zt, client_secret: s,
   id_number_claim: id_number}}
- {{id: shop, name: {{zh-Hans: 商店, en: Shop}}, issuer: "{lying.issuer}", client_id: zhengtong, client_secret: s}}
"""
    )
    settings.ZHENGTONG_IDENTITY_PROVIDERS = str(path)


def start(client: Client, provider: str, **more: str) -> str:
    """Where the page sends the browser."""
    page = client.post(f"/sign-in/with/{provider}", more).content.decode()
    return unescape(re.search(r'content="0; url=([^"]+)"', page)[1])


def through(client: Client, provider: str, who: str, **more: str):
    """To the honest provider and back."""
    agreed = requests.post(start(client, provider, **more), data={"sub": who}, allow_redirects=False, timeout=5)
    return client.get(agreed.headers["Location"].removeprefix("http://testserver"))


def back(client: Client, lying: Provider, address: str, at: str = "shop", **more: str):
    code = lying.authorize(address)
    return client.get(f"/sign-in/with/{at}/back", {"code": code, "state": lying.asked["state"]} | more)


def test_a_citizen_signs_in_by_the_provider_that_knows_the_identity_number(client):
    assert through(client, "province", "lin", next="/cases")["Location"] == "/cases"
    assert reader(client) == str(Person.objects.get(id_number=LIN_YUE).account.pk)
    assert Identity.objects.get().subject == "lin"


def test_who_has_no_account_gets_one_and_only_one(client, cast):
    account = Person.objects.get(id_number=LIN_YUE).account
    account.events.all().delete()
    account.delete()
    for _ in range(2):
        through(Client(), "province", "lin")
    assert not Account.objects.get(person__id_number=LIN_YUE).has_usable_password()


def test_a_word_without_an_identity_number_opens_nothing_until_it_is_connected(client):
    assert through(client, "province", "other").status_code == 403
    sign_in(client)
    through(client, "province", "other", connect="yes")
    assert through(Client(), "province", "other").status_code == 302


def test_an_identity_of_one_account_is_not_taken_by_another(client, cast):
    through(client, "province", "lin")
    assert through(signed_in(cast.chen_xiaoyu), "province", "lin", connect="yes").status_code == 409


def test_an_officer_gives_the_second_factor_after_the_word_too(client, officer):
    sign_in(client)  # as Lin Yue, to see that the session changes hands
    client.post("/sign-out")
    Identity.objects.create(
        account=officer, issuer=_issuer("province"), subject="lin", connected_at="2026-01-01T00:00:00Z"
    )
    assert through(client, "province", "lin")["Location"] == "/sign-in/second-step"
    assert reader(client) == ""


def _issuer(name: str) -> str:
    from zhengtong.people.sign_in.providers import providers

    return next(each.issuer for each in providers() if each.id == name)


def test_a_number_that_the_other_provider_claims_opens_nobody_s_account(client, lying):
    """It is not named as one that checks identity numbers."""
    lying.claims = {"sub": "thief", "id_number": LIN_YUE, "name": "林悦"}
    assert back(client, lying, start(client, "shop")).status_code == 403
    assert reader(client) == ""


def test_a_forged_token_opens_nothing_and_says_only_that(client, lying):
    lying.claims = {"iss": _issuer("province"), "sub": "lin"}
    answer = back(client, lying, start(client, "shop"))
    assert answer.status_code == 403
    assert "issuer" not in answer.content.decode().lower()


@pytest.mark.asvs("10.2.2")
def test_an_answer_of_one_provider_is_not_taken_for_another_s(client, lying):
    """Mix-up: the browser was sent to one and comes back at the address of the other."""
    address = start(client, "shop")
    assert back(client, lying, address, at="province").status_code == 403
    assert back(client, lying, address).status_code == 403, "the question is spent, too"


def test_an_answer_is_taken_once(client, lying, account):
    Identity.objects.create(account=account, issuer=lying.issuer, subject="lin", connected_at="2026-01-01T00:00:00Z")
    address = start(client, "shop")
    assert back(client, lying, address).status_code == 302
    client.post("/sign-out")
    assert back(client, lying, address).status_code == 403


@pytest.mark.asvs("10.2.1")
def test_a_thief_s_answer_does_not_sign_a_victim_in(lying, account):
    """The answer is good only in the browser that asked."""
    Identity.objects.create(account=account, issuer=lying.issuer, subject="lin", connected_at="2026-01-01T00:00:00Z")
    thief, victim = Client(), Client()
    assert back(victim, lying, start(thief, "shop")).status_code == 403
    assert reader(victim) == ""


def test_a_provider_that_is_away_is_told_as_that(client, lying, settings, tmp_path):
    path = tmp_path / "providers.yaml"
    path.write_text(path.read_text().replace(lying.issuer, "http://127.0.0.1:9"))
    assert client.post("/sign-in/with/shop").status_code == 403
    assert sign_in(client).status_code == 302, "the other ways go on"


def test_a_provider_that_nobody_named_is_no_page(client):
    assert client.post("/sign-in/with/nowhere").status_code == 404


def test_an_open_redirect_is_none(client):
    assert through(client, "province", "lin", next="https://evil.example/")["Location"] == "/"
