"""`zhengtong demo` on an empty folder: a newcomer's first minute."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


@pytest.fixture
def demo(tmp_path):
    """The demonstration on its own SQLite database and port."""
    port = free_port()
    env = os.environ | {"ZHENGTONG_VAR": str(tmp_path / "fresh" / "var"), "DATABASE_URL": "", "ZHENGTONG_SMTP_HOST": ""}
    command = [sys.executable, "-m", "zhengtong", "demo", "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        running = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
    yield f"http://127.0.0.1:{port}", tmp_path
    running.send_signal(signal.SIGTERM)
    running.wait(timeout=30)


def answer(address: str, *, within: float = 240) -> str:
    """The page, as soon as the server answers."""
    end = time.monotonic() + within
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as page:
                return page.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


def test_an_empty_folder_becomes_a_city_that_answers(demo):
    address, folder = demo
    assert answer(f"{address}/healthz") == "ok"
    assert "青山" in answer(f"{address}/")
    assert "lin-yue" in (folder / "log").read_text()
