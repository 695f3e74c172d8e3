"""The two halves of a sign-in: the browser is sent away, and comes back with a code."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from zhengtong.engines.openid.fault import ProviderFault
from zhengtong.engines.openid.fetch import fetch, require_safe
from zhengtong.engines.openid.id_token import claims_of


@dataclass(frozen=True)
class Client:
    """Us, as the provider knows us. `fetch` asks it over HTTP."""

    issuer: str
    id: str
    secret: str
    redirect_uri: str
    fetch: Callable[..., Any] = fetch


@dataclass(frozen=True)
class Asked:
    """What the browser's session keeps of one question, and the answer is held against. Each is good once."""

    state: str
    nonce: str
    verifier: str
    again: bool = False  # whether the person was to show anew who they are


def begin(client: Client, *, again: bool = False, scope: str = "openid profile") -> tuple[str, Asked]:
    """Where to send the browser, and what to keep. ProviderFault."""
    asked = Asked(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), again)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": client.redirect_uri,
        "scope": scope,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if again:
        query |= {"prompt": "login", "max_age": "0"}
    address = require_safe(_metadata(client).get("authorization_endpoint"))
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}", asked


def finish(client: Client, asked: Asked, answer: Mapping[str, str], *, now: datetime) -> Mapping[str, Any]:
    """Who it is, by the provider's signed word for this question. ProviderFault."""
    if not hmac.compare_digest(answer.get("state", "").encode(), asked.state.encode()):
        raise ProviderFault("the state is not that of the question")
    metadata = _metadata(client)
    _from_the_right_one(client, metadata, answer)
    if "error" in answer or not answer.get("code"):
        raise ProviderFault(f"no code: {answer.get('error', '')[:100]}")
    given = _redeemed(client, metadata, asked, answer["code"])
    keys = client.fetch(require_safe(metadata.get("jwks_uri")))
    return claims_of(given.get("id_token"), keys, issuer=client.issuer, audience=client.id, asked=asked, now=now)


def _metadata(client: Client) -> Mapping[str, Any]:
    told = client.fetch(client.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if not isinstance(told, dict) or told.get("issuer") != client.issuer:
        raise ProviderFault(f"{client.issuer} calls itself something else")
    return told


def _from_the_right_one(client: Client, metadata: Mapping[str, Any], answer: Mapping[str, str]) -> None:
    """RFC 9207: an answer that names its issuer names the one that was asked; one that should name it does."""
    named = answer.get("iss")
    silent = named is None and not metadata.get("authorization_response_iss_parameter_supported")
    if not silent and named != client.issuer:
        raise ProviderFault("the answer is another provider's")


def _redeemed(client: Client, metadata: Mapping[str, Any], asked: Asked, code: str) -> Mapping[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.redirect_uri,
        "code_verifier": asked.verifier,
    }
    headers = {}
    if "client_secret_basic" in metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        pair = f"{quote(client.id, safe='')}:{quote(client.secret, safe='')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    else:
        form |= {"client_id": client.id, "client_secret": client.secret}
    given = client.fetch(require_safe(metadata.get("token_endpoint")), form=form, headers=headers)
    if not isinstance(given, dict):
        raise ProviderFault("the token endpoint gave no object")
    return given
