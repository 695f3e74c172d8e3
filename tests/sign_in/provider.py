"""A small identity provider over real HTTP that tells the truth, or whatever a test has it tell."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

KEY, STRANGE_KEY = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())


class Provider:
    """What it answers; a test changes `claims`, `key`, `header` or `metadata` to lie."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.claims: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.key: Any = KEY
        self.algorithm = "ES256"
        self.header: dict[str, Any] = {"kid": "one"}
        self.asked: dict[str, str] = {}
        self.redeemed: set[str] = set()

    def authorize(self, address: str) -> str:
        """Somebody agrees in the browser: the code for the question at this address."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return f"code-{self.asked['state'][:8]}"

    def answer(self, path: str, form: dict[str, list[str]]) -> Any:
        if path.endswith("openid-configuration"):
            ends = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
            return {"issuer": self.issuer} | {name: self.issuer + end for name, end in ends.items()} | self.metadata
        if path == "/keys":
            return {"keys": [json.loads(jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key())) | {"kid": "one"}]}
        return self._token(form["code"][0], form["code_verifier"][0]) if path == "/token" else None

    def _token(self, code: str, verifier: str) -> Any:
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        if challenge != self.asked["code_challenge"] or code in self.redeemed:
            return None
        self.redeemed.add(code)
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": "lin", "aud": "zhengtong", "iat": now, "exp": now + 300}
        claims |= {"nonce": self.asked["nonce"], "auth_time": now} | self.claims
        told = {name: value for name, value in claims.items() if value is not None}
        return {"id_token": jwt.encode(told, self.key, algorithm=self.algorithm, headers=self.header)}


@contextmanager
def running() -> Iterator[Provider]:
    """One that listens on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._tell(provider.answer(urlsplit(self.path).path, {}))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._tell(provider.answer(urlsplit(self.path).path, parse_qs(sent)))

        def _tell(self, told: Any) -> None:
            self.send_response(400 if told is None else 200)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_given: Any) -> None:
            """Silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = Provider(server.server_port)
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield provider
        server.shutdown()
