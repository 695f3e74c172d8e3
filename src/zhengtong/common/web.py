"""Asking another machine over HTTP, and nobody that it points to: a redirect may lead inside (SSRF, OWASP ASVS 5.0)."""

from typing import Any
from urllib.request import BaseHandler, HTTPRedirectHandler, OpenerDirector, build_opener


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def opener(*handlers: BaseHandler) -> OpenerDirector:
    """As urllib's own, but a redirect is an `HTTPError`, as every other answer that is none."""
    return build_opener(_NoRedirect, *handlers)
