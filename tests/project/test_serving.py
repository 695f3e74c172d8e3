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
    """The demonstration on its own SQLite database and port; `tell` reads a page of it."""
    port = free_port()
    env = os.environ | {"ZHENGTONG_VAR": str(tmp_path / "fresh" / "var"), "DATABASE_URL": "", "ZHENGTONG_SMTP_HOST": ""}
    command = [sys.executable, "-m", "zhengtong", "demo", "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        running = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
    yield lambda path: page(f"http://127.0.0.1:{port}{path}", running), tmp_path / "log"
    running.send_signal(signal.SIGTERM)
    running.wait(timeout=300)


def page(address: str, running: subprocess.Popen[bytes], *, patience: float = 900) -> str:
    """A page, as soon as the server answers: a small machine may take minutes; a server that has ended never will."""
    end = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(address, timeout=300) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:
            raise  # it answers, and wrongly
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if running.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.3)


@pytest.mark.once
def test_an_empty_folder_becomes_a_city_that_answers(demo):
    tell, log = demo
    assert tell("/healthz") == "ok"
    assert "青山" in tell("/")
    assert "lin-yue" in log.read_text()
