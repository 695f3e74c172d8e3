"""Believing an ID token: its signature by a key of the provider, and that it is for us, for this question, for now."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import jwt

from zhengtong.engines.openid.fault import ProviderFault

if TYPE_CHECKING:
    from zhengtong.engines.openid.client import Asked

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]  # none of a shared key
LEEWAY = 60  # seconds that clocks may differ
OLDEST = 600  # seconds since it was issued
_NEEDED = ["iss", "sub", "aud", "exp", "iat"]


def claims_of(
    token: object, keys: object, *, issuer: str, audience: str, asked: "Asked", now: datetime
) -> Mapping[str, Any]:
    """What the token claims. ProviderFault."""
    if not isinstance(token, str):
        raise ProviderFault("there is no ID token")
    try:
        key = _key_of(token, keys)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=audience,
            issuer=issuer,
            options={"require": _NEEDED, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise ProviderFault(f"the ID token is not to be believed: {fault}") from fault
    _for_us(claims, audience)
    _for_this_question(claims, asked)
    _for_now(claims, asked, now.timestamp())
    return claims


def _key_of(token: str, keys: object) -> jwt.PyJWK:
    """The provider's key that the token names; the only one, if it names none."""
    if not isinstance(keys, dict):
        raise ProviderFault("the provider has no keys")
    usable = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use in {None, "sig"}]
    named = jwt.get_unverified_header(token).get("kid")
    fitting = [key for key in usable if named is None or key.key_id == named]
    if len(fitting) != 1:
        raise ProviderFault("no one key of the provider fits the ID token")
    return fitting[0]


def _for_us(claims: Mapping[str, Any], audience: str) -> None:
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else audience) != audience:
        raise ProviderFault("the ID token was issued to another party")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise ProviderFault("the ID token names nobody")


def _for_this_question(claims: Mapping[str, Any], asked: "Asked") -> None:
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), asked.nonce.encode()):
        raise ProviderFault("the ID token answers another question")


def _for_now(claims: Mapping[str, Any], asked: "Asked", moment: float) -> None:
    expires, issued = claims["exp"], claims["iat"]
    if not all(isinstance(each, int | float) for each in (expires, issued)):
        raise ProviderFault("the times of the ID token are no numbers")
    if moment > expires + LEEWAY:
        raise ProviderFault("the ID token has expired")
    if not moment - OLDEST <= issued <= moment + LEEWAY:
        raise ProviderFault("the ID token is of another time")
    shown = claims.get("auth_time", 0)
    if asked.again and not (isinstance(shown, int | float) and shown >= moment - OLDEST):
        raise ProviderFault("the person did not show anew who they are")
