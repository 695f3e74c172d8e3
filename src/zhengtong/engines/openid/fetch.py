"""Asking the provider over HTTP: TLS (but on this machine), no redirects, a short patience, a bounded answer."""

import json
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPSHandler, Request

from zhengtong.common.web import opener
from zhengtong.engines.openid.fault import ProviderFault

PATIENCE = 5  # seconds
LONGEST = 512 * 1024
_HERE = {"localhost", "127.0.0.1", "::1"}


def fetch(url: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> Any:
    """The JSON at an address, by GET, or by POST of a form. ProviderFault."""
    require_safe(url)
    body = urlencode(form).encode() if form is not None else None
    request = Request(url, data=body, headers={"Accept": "application/json", **(headers or {})})  # noqa: S310 seen to
    try:
        with opener(HTTPSHandler(context=ssl.create_default_context())).open(request, timeout=PATIENCE) as answer:
            content = answer.read(LONGEST + 1)
    except (URLError, OSError, ValueError) as fault:
        raise ProviderFault(f"{url}: {fault}") from fault
    if len(content) > LONGEST:
        raise ProviderFault(f"{url}: the answer is too long")
    try:
        return json.loads(content)
    except ValueError as fault:
        raise ProviderFault(f"{url}: no JSON") from fault


def require_safe(url: object) -> str:
    """The address, if it is HTTPS, or HTTP on this machine. ProviderFault."""
    parts = urlsplit(url) if isinstance(url, str) else None
    if parts and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)):
        return str(url)
    raise ProviderFault(f"{url!r} is no address of HTTPS")
