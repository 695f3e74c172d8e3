"""Whoever is asked over the net cannot send us on to somebody else, least of all inside."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any

import pytest

from zhengtong.connectors.witnesses.ask import Refused, _post
from zhengtong.engines.openid.fault import ProviderFault
from zhengtong.engines.openid.fetch import fetch

asked: list[str] = []


class Deceiver(BaseHTTPRequestHandler):
    """Sends everybody on to /inside, where there is something to read."""

    def do_GET(self) -> None:
        asked.append(self.path)
        if self.path == "/inside":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"secret": 1}')
            return
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(int(self.path.strip("/").split("/")[0]))
        self.send_header("Location", "/inside")
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def deceiver() -> Iterator[str]:
    asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Deceiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_identity_provider_cannot_send_us_inside(deceiver, status):
    for form in (None, {"code": "x"}):
        with pytest.raises(ProviderFault):
            fetch(f"{deceiver}/{status}", form=form)
    assert "/inside" not in asked


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_witness_cannot_send_us_inside(deceiver, status):
    with pytest.raises(Refused) as told:
        _post(SimpleNamespace(url=f"{deceiver}/{status}"), "checkpoint")
    assert told.value.status == status
    assert "/inside" not in asked
