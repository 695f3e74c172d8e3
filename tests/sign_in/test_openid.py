"""What an identity provider may not do to us, over real HTTP: each lie is refused, and the truth is believed."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from tests.sign_in.provider import STRANGE_KEY, Provider, running
from zhengtong.engines.openid import Client, ProviderFault, begin, fetch, finish

BACK = "http://localhost/back"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def client(provider) -> Client:
    return Client(provider.issuer, "zhengtong", "secret", BACK)


@pytest.fixture
def come_back(provider, client) -> Callable[..., Any]:
    """Go there and come back; what the answer in the browser says more, or otherwise."""

    def go(*, now: datetime | None = None, again: bool = False, **otherwise: str) -> Any:
        address, asked = begin(client, again=again)
        answer = {"code": provider.authorize(address), "state": asked.state} | otherwise
        return finish(client, asked, answer, now=now or timezone.now())

    return go


def test_the_truth_is_believed(come_back):
    assert come_back()["sub"] == "lin"


@pytest.mark.asvs("10.2.1", "10.5.1")
def test_the_question_carries_pkce_state_and_nonce_that_are_never_the_same(provider, client):
    provider.authorize(begin(client)[0])
    first = provider.asked
    provider.authorize(begin(client)[0])
    assert first["code_challenge_method"] == "S256"
    assert not any(first[name] == provider.asked[name] for name in ("state", "nonce", "code_challenge"))


LIES = {
    "a strange issuer": {"iss": "https://evil.example"},
    "for another client": {"aud": "another"},
    "for several, issued to another": {"aud": ["zhengtong", "another"], "azp": "another"},
    "for several, issued to nobody": {"aud": ["zhengtong", "another"]},
    "another question's nonce": {"nonce": "x" * 43},
    "no nonce": {"nonce": None},
    "expired": {"exp": 1},
    "never expiring": {"exp": None},
    "a text as its end": {"exp": "tomorrow"},
    "issued long ago": {"iat": int(time.time()) - 3600},
    "issued tomorrow": {"iat": int(time.time()) + 86400},
    "about nobody": {"sub": None},
    "about an empty name": {"sub": ""},
}


@pytest.mark.asvs("10.5.1", "10.5.2", "10.5.3", "10.5.4", "9.2.1", "9.2.3")
@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_token_that_is_not_for_us_this_question_and_now_is_refused(provider, come_back, lie):
    provider.claims = lie
    with pytest.raises(ProviderFault):
        come_back()


@pytest.mark.asvs("9.1.1", "9.1.2", "9.1.3")
@pytest.mark.parametrize(
    ("key", "algorithm", "header"),
    [
        (STRANGE_KEY, "ES256", {"kid": "one"}),
        (STRANGE_KEY, "ES256", {"kid": "two"}),
        ("", "none", {"kid": "one"}),
        ("the public key, taken for a shared one, is long enough", "HS256", {"kid": "one"}),
        (STRANGE_KEY, "ES256", {"kid": "one", "jku": "https://evil.example/keys"}),
    ],
    ids=["a strange key", "an unknown key", "no signature", "a shared key", "a key it brings along"],
)
def test_a_forged_token_is_refused(provider, come_back, key, algorithm, header):
    provider.key, provider.algorithm, provider.header = key, algorithm, header
    with pytest.raises(ProviderFault):
        come_back()


@pytest.mark.asvs("10.2.1")
def test_an_answer_to_a_question_that_was_not_asked_is_refused(come_back):
    for state in ("", "forged"):
        with pytest.raises(ProviderFault):
            come_back(state=state)


@pytest.mark.asvs("10.2.2")
def test_an_answer_that_names_another_issuer_is_refused(provider, come_back):
    with pytest.raises(ProviderFault):
        come_back(iss="https://evil.example")
    assert come_back(iss=provider.issuer)["sub"] == "lin"


@pytest.mark.asvs("10.2.2")
def test_a_provider_that_says_it_names_itself_and_does_not_is_refused(provider, come_back):
    provider.metadata = {"authorization_response_iss_parameter_supported": True}
    with pytest.raises(ProviderFault):
        come_back()


@pytest.mark.asvs("10.5.3")
def test_metadata_of_another_issuer_are_refused(provider, come_back):
    provider.metadata = {"issuer": "https://evil.example"}
    with pytest.raises(ProviderFault):
        come_back()


def test_a_code_stolen_from_another_browser_is_worth_nothing(provider, client):
    """PKCE: the provider wants the verifier of the question."""
    address, _asked = begin(client)
    code = provider.authorize(address)
    _address, mine = begin(client)
    with pytest.raises(ProviderFault):
        finish(client, mine, {"code": code, "state": mine.state}, now=timezone.now())


def test_a_code_is_not_redeemed_twice(provider, client):
    address, asked = begin(client)
    answer = {"code": provider.authorize(address), "state": asked.state}
    finish(client, asked, answer, now=timezone.now())
    with pytest.raises(ProviderFault):
        finish(client, asked, answer, now=timezone.now())


def test_a_refusal_of_the_provider_is_one(come_back):
    with pytest.raises(ProviderFault):
        come_back(error="access_denied", code="")


def test_who_was_to_sign_in_anew_has_done_so(provider, come_back):
    assert come_back(again=True)["sub"] == "lin"
    assert provider.asked["prompt"] == "login"
    provider.claims = {"auth_time": int(time.time()) - 86400}
    with pytest.raises(ProviderFault):
        come_back(again=True)


@pytest.mark.asvs("1.3.6", "12.3.2", "15.3.2")
@pytest.mark.parametrize("address", ["http://id.example/", "file:///etc/passwd", "ftp://localhost/", "", None])
def test_nothing_is_fetched_but_by_tls(address):
    with pytest.raises(ProviderFault):
        fetch(address)


@pytest.mark.asvs("16.5.2")
def test_a_provider_that_is_away_is_said_to_be(client):
    with pytest.raises(ProviderFault):
        begin(replace(client, issuer="http://127.0.0.1:9"))
