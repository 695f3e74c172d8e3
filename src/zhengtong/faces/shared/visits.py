"""Whence a request comes: the address as far as it can be trusted, the device in a few words, and our own origin."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from zhengtong.people.sign_in.sessions import Visit

# The first mark that is found in what a browser says of itself names it: Edge says Chrome, too, and Chrome says Safari.
_BROWSERS = {
    "Edg": "Edge",
    "Firefox": "Firefox",
    "MicroMessenger": "WeChat",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Windows": "Windows",
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def visit(request: HttpRequest) -> Visit:
    """The address and the device, for the security log and for counting tries."""
    return Visit(_network(_address(request)), _device(request.headers.get("User-Agent", "")))


def origin(request: HttpRequest) -> str:
    """The origin of this site as the browser names it; `ALLOWED_HOSTS` has seen to the host."""
    return f"{request.scheme}://{request.get_host()}"


def _address(request: HttpRequest) -> str:
    """What the outermost proxy that we trust has seen; without one, who is connected."""
    proxies: int = settings.ZHENGTONG_PROXIES
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(hops) >= proxies and hops[-proxies]:
        return hops[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    """An address of IPv6 as its /64, of which a single house has eighteen trillion."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


def _device(agent: str) -> str:
    named = [next((name for mark, name in marks.items() if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, named))
