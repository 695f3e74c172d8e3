"""OpenID Connect, the part of who relies on a provider: the code flow with PKCE, state, nonce and issuer, and nothing
else. `begin` gives the address to send a browser to; `finish` takes what it brings back and returns who it is.
"""

from zhengtong.engines.openid.client import Asked, Client, begin, finish
from zhengtong.engines.openid.fault import ProviderFault
from zhengtong.engines.openid.fetch import fetch

__all__ = ["Asked", "Client", "ProviderFault", "begin", "fetch", "finish"]
