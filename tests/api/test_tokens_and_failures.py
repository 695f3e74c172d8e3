"""Tokens let in whom they should; whatever fails is a problem document in the language asked for."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from tests.api.conftest import Program
from zhengtong.faces.shared import clock
from zhengtong.people.models import Token


def test_the_command_issues_a_token_once_and_keeps_only_its_hash(cast, program):
    out = io.StringIO()
    username = cast.lin_yue.person.account.username
    call_command("token", username, "--scopes", "cases:read", stdout=out)
    secret = out.getvalue().strip()
    assert Program(secret).get("/cases").status_code == 200
    assert not Token.objects.filter(digest__contains=secret).exists()


def test_the_command_knows_the_scopes_and_the_people(cast):
    with pytest.raises(CommandError):
        call_command("token", "nobody")
    with pytest.raises(CommandError):
        call_command("token", cast.lin_yue.person.account.username, "--scopes", "everything")


@pytest.mark.parametrize("token", ["", "zt_wrong", "zt_\u00e9"])
def test_without_a_right_token_nobody_comes_in(program, token):
    answer = Program(token).get("/cases") if token.isascii() else Program().get("/cases")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_expires(program, cast, settings, monday):
    lin_yue = program(cast.lin_yue)
    settings.ZHENGTONG_CLOCK = (monday + timedelta(days=2)).isoformat()
    assert lin_yue.get("/cases").status_code == 401


def test_a_revoked_token_and_a_closed_account_are_out(program, cast):
    lin_yue = program(cast.lin_yue)
    Token.objects.update(revoked_at=clock.now())
    assert lin_yue.get("/cases").status_code == 401
    Token.objects.update(revoked_at=None)
    cast.lin_yue.person.account.is_active = False
    cast.lin_yue.person.account.save()
    assert lin_yue.get("/cases").status_code == 401


def test_a_token_is_good_for_its_scopes_only(program, cast):
    reader = program(cast.lin_yue, "cases:read")
    answer = reader.post("/cases", {"procedure": "old-age-allowance"})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")
    assert reader.get("/tasks", post="heping-market/licensing").status_code == 403


def test_a_session_is_no_token(cast, client):
    client.force_login(cast.lin_yue.person.account)
    assert client.get("/api/v1/cases").status_code == 401


def test_problems_speak_the_language_asked_for(program):
    english, chinese = (program(language=tag).get("/nothing").json() for tag in ("en", "zh-Hans"))
    assert english["detail"].isascii() and not chinese["detail"].isascii()
    assert english["code"] == chinese["code"] == "not-found"


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 3000, b'{"a": 1' + b"0" * 5000 + b"}"])
def test_a_body_that_cannot_be_read_is_a_bad_request(program, cast, body):
    answer = program(cast.lin_yue).post("/cases", body)
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


def test_a_key_that_the_interface_does_not_know_is_named(program, cast):
    answer = program(cast.lin_yue).post("/cases", {"procedure": "appeal", "colour": "red"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"].endswith("colour")


def test_a_body_that_is_too_large_is_refused(program, cast):
    answer = program(cast.lin_yue).post("/cases", b'"' + b"x" * 600_000 + b'"')
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


def test_a_hundred_megabytes_are_refused_before_they_are_read(program, cast):
    lin_yue = program(cast.lin_yue)
    headers = {"Authorization": f"Bearer {lin_yue.token}", "Idempotency-Key": "k"}
    answer = lin_yue.client.generic(
        "POST", "/api/v1/documents", b"", "multipart/form-data; boundary=x", headers=headers, CONTENT_LENGTH="100000000"
    )
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")


@pytest.mark.parametrize("words", ["\x00", "’ OR 1=1", "\ud800", "x" * 100])
def test_strange_words_find_nothing_and_break_nothing(program, words):
    answer = program().get("/catalogue", q=words.encode(errors="surrogatepass"))
    assert answer.status_code in {200, 422}


@pytest.mark.parametrize("cursor", ["AAAA", "W10", "WzFlOTldXQ", "WzEwMDAwMDAwMDAwMDAwMDAwMDAwMF0", "%00"])
def test_a_cursor_that_we_did_not_give_is_refused(program, cast, cursor):
    for path in ("/catalogue", "/cases"):
        answer = program(cast.lin_yue).get(path, cursor=cursor)
        assert answer.status_code == 422


@pytest.mark.parametrize("limit", ["0", "101", "-1", "99999999999999999999", "many"])
def test_a_page_has_a_bounded_size(program, limit):
    assert program().get("/catalogue", limit=limit).status_code == 422


@pytest.mark.parametrize("number", ["QS-2026-%00", "x", "Q" * 41, "QS-2026-0000-0000-0000-00"])
def test_a_number_that_is_none_is_not_found_or_not_accepted(program, cast, number):
    assert program(cast.lin_yue).get(f"/cases/{number}").status_code in {404, 422}


def test_a_method_that_is_not_there_says_which_are(program):
    answer = program().client.delete("/api/v1/catalogue")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer.json()["code"] == "method-not-allowed"


def test_our_own_fault_says_nothing_of_the_inside(program, monkeypatch):
    monkeypatch.setattr("zhengtong.faces.api.catalogue._charter", lambda: 1 / 0)
    answer = program().get("/catalogue")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-fault")
    assert "division" not in answer.content.decode()


def test_certificates_and_figures_are_open_to_all(program):
    assert program().get("/certificates/QSC-2026-0000").status_code == 404
    assert program().get("/statistics").json()["offices"] == []
    assert program().get("/statistics", period="2026-13").status_code == 422


@pytest.mark.asvs("4.1.2")
@pytest.mark.parametrize("address", ["/api/v1/cases", "/open311/v2/services.json"])
def test_a_program_without_tls_is_refused_and_not_led_on(client, cast, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get(address)
    assert answer.status_code == 403 and answer.json()["code"] == "only-by-tls"
    assert client.get(address, secure=True).status_code != 403
    assert client.get("/services").status_code == 301, "a browser is led on"
