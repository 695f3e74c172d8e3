"""Headers, cookies, logs and the settings of production."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhengtong.project.logs import OneLine, OneObject

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def production() -> dict[str, str]:
    """The settings as a production server reads them."""
    told = "import json, zhengtong.project.settings as s; print(json.dumps({k: str(v) for k, v in vars(s).items()}))"
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "ZHENGTONG_ENV": "production",
        "ZHENGTONG_SECRET_KEY": "x" * 50,
    }
    done = subprocess.run([sys.executable, "-c", told], env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4")
def test_cookies_are_of_this_host_secure_and_out_of_reach_of_scripts(production):
    for name in ("SESSION", "CSRF", "LANGUAGE"):
        assert production[f"{name}_COOKIE_NAME"].startswith("__Host-")
        assert production[f"{name}_COOKIE_SECURE"] == "True"
        assert production[f"{name}_COOKIE_HTTPONLY"] == "True"
    assert production["SESSION_COOKIE_SAMESITE"] == "Lax"


@pytest.mark.asvs("3.4.1", "12.2.1", "13.4.2")
def test_production_is_https_for_a_year_and_shows_no_insides(production):
    assert int(production["SECURE_HSTS_SECONDS"]) >= 31536000
    assert production["SECURE_HSTS_INCLUDE_SUBDOMAINS"] == "True"
    assert production["SECURE_SSL_REDIRECT"] == "True"
    assert production["DEBUG"] == "False"


@pytest.mark.asvs("13.3.1")
def test_production_does_not_start_without_a_secret_key():
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "ZHENGTONG_ENV": "production"}
    env.pop("ZHENGTONG_SECRET_KEY", None)
    told = subprocess.run([sys.executable, "-c", "import zhengtong.project.settings"], env=env, capture_output=True)
    assert told.returncode != 0


@pytest.mark.asvs("3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.2")
@pytest.mark.parametrize("address", ["/", "/sign-in", "/api/v1/services", "/nowhere", "/healthz"])
def test_every_answer_says_how_it_may_be_used(client, cast, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.asvs("16.4.1", "16.2.2")
def test_what_comes_from_outside_cannot_forge_a_line_of_the_log():
    record = logging.LogRecord(
        "x", logging.WARNING, "", 0, "not found: %s", ("/a\n2026 ERROR fake\x1b[2J\u2028",), None
    )
    line = OneLine().format(record)
    assert "\n" not in line and "\x1b" not in line and "\u2028" not in line
    assert "+00:00 WARNING x: not found: /a\\n2026" in line


@pytest.mark.asvs("13.4.4")
def test_a_trace_gives_nothing_back(client, cast):
    assert (
        "secret-of-the-header" not in client.trace("/", headers={"X-Secret": "secret-of-the-header"}).content.decode()
    )


@pytest.mark.asvs("13.4.1", "13.4.3")
@pytest.mark.parametrize("address", ["/.git/config", "/static/", "/static/../settings.py", "/var/", "/.env"])
def test_no_folder_is_listed_and_no_source_is_served(client, cast, address):
    assert client.get(address).status_code == 404


@pytest.mark.asvs("16.2.4")
def test_a_collector_that_reads_json_gets_one_object_a_line():
    try:
        raise ValueError("two\nlines")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "not found: %s", ("/a\n\u2028b",), sys.exc_info())
    line = OneObject().format(record)
    assert "\n" not in line and "\u2028" not in line
    told = json.loads(line)
    assert (told["level"], told["message"]) == ("ERROR", "not found: /a\n\u2028b")
    assert told["at"].endswith("+00:00") and "ValueError" in told["trace"]
