"""A password, then a second factor; the desk opens after both, and each code opens once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import next_code
from tests.sign_in.conftest import HERE, reader, sign_in
from zhengtong.ledger.models import Act
from zhengtong.people.sign_in import acts, codes, sealing
from zhengtong.people.sign_in.errors import WrongCode
from zhengtong.people.sign_in.models import CodeApp, Event

DESK = "/desk/heping-market/licensing/"
STEP = "/sign-in/second-step"


@pytest.mark.asvs("6.3.3")
def test_the_password_of_an_officer_opens_nothing_alone(client, officer):
    assert sign_in(client, officer.username)["Location"] == STEP
    assert reader(client) == ""
    assert client.get(DESK).status_code == 302


@pytest.mark.asvs("6.3.3")
def test_the_password_and_a_code_open_the_desk(client, officer):
    sign_in(client, officer.username)
    answer = client.post(STEP, {"code": next_code(officer.username)})
    assert answer.status_code == 302
    assert client.get(DESK).status_code == 200


def test_where_one_wanted_to_go_survives_both_steps(client, officer):
    client.post("/sign-in", {"username": officer.username, "password": "qingshan-demo-2026", "next": DESK})
    assert client.post(STEP, {"code": next_code(officer.username)})["Location"] == DESK


def test_whoever_has_a_post_begins_at_the_desk(client, officer):
    sign_in(client, officer.username)
    assert client.post(STEP, {"code": next_code(officer.username)})["Location"] == "/desk/"


def test_an_officer_without_a_second_factor_is_told_to_set_one_up(client, officer):
    CodeApp.objects.all().delete()
    sign_in(client, officer.username)
    answer = client.get(DESK)
    assert answer.status_code == 403
    assert "/account/" in answer.content.decode()
    assert client.get("/cases").status_code == 200, "as a citizen one is in"


@pytest.mark.asvs("6.5.1", "6.5.5")
def test_a_code_is_not_taken_twice(client, officer):
    code = next_code(officer.username)
    sign_in(client, officer.username)
    assert client.post(STEP, {"code": code}).status_code == 302
    thief = Client()
    sign_in(thief, officer.username)
    assert thief.post(STEP, {"code": code}).status_code == 422
    assert reader(thief) == ""


def test_a_code_older_than_one_that_was_used_is_not_taken(officer):
    app, now = CodeApp.objects.get(account=officer), timezone.now()
    secret, step = sealing.unseal(app.sealed), codes.step_at(now)
    acts.check_code(account=officer, code=codes.code_at(secret, step), visit=HERE, now=now)
    with pytest.raises(WrongCode):
        acts.check_code(account=officer, code=codes.code_at(secret, step - 1), visit=HERE, now=now)


@pytest.mark.asvs("6.5.5")
def test_a_code_is_good_for_a_minute_and_a_half_at_most(officer):
    secret, now = codes.new_secret(), datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    code = codes.code_at(secret, codes.step_at(now))
    good = [
        n for n in range(-300, 300, 10) if codes.matching_step(secret, code, now=now + timedelta(seconds=n), after=0)
    ]
    assert max(good) - min(good) < 90


def test_the_codes_are_those_of_rfc_6238():
    """Appendix B, of which six digits are shown."""
    secret = b"12345678901234567890"
    for moment, code in [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]:
        assert codes.code_at(secret, moment // 30) == code


def test_setting_up_an_app_gives_recovery_codes_once_and_opens_the_desk(client, officer):
    CodeApp.objects.all().delete()
    sign_in(client, officer.username)
    page = client.get("/account/code-app").content.decode()
    secret = codes.secret_of(re.search(r'zt-key">([A-Z2-7 ]+)<', page)[1])
    assert client.post("/account/code-app", {"code": "000000"}).status_code == 422
    page = client.post("/account/code-app", {"code": codes.code_at(secret, codes.step_at(timezone.now()))})
    assert len(re.findall(r"<li>([A-Z2-7 ]{29})</li>", page.content.decode())) == codes.MADE
    assert client.get(DESK).status_code == 200
    assert Act.objects.filter(kind="account.factor.added", subject=f"person:{officer.person.handle}").count() == 1


@pytest.mark.asvs("6.5.1", "6.5.2", "6.5.3")
def test_a_recovery_code_opens_once_and_is_kept_as_a_hash(client, officer, letters):
    first = acts.renew_recovery_codes(account=officer, visit=HERE, now=timezone.now())[0]
    stored = set(officer.recovery_codes.values_list("digest", flat=True))
    assert first.replace(" ", "") not in str(stored)
    for expected in (302, 422):
        browser = Client()
        sign_in(browser, officer.username)
        assert browser.post(STEP, {"code": first.lower()}).status_code == expected
    assert any("恢复码" in letter.body for letter in letters()), "the person is told that one was used"


def test_renewing_makes_the_old_codes_void(client, officer):
    stolen = acts.renew_recovery_codes(account=officer, visit=HERE, now=timezone.now())[0]
    acts.renew_recovery_codes(account=officer, visit=HERE, now=timezone.now())
    sign_in(client, officer.username)
    assert client.post(STEP, {"code": stolen}).status_code == 422


def test_a_recovery_code_of_another_account_opens_nothing(client, officer, account):
    other = acts.renew_recovery_codes(account=account, visit=HERE, now=timezone.now())[0]
    sign_in(client, officer.username)
    assert client.post(STEP, {"code": other}).status_code == 422


@pytest.mark.asvs("13.3.1")
def test_the_secret_of_an_app_is_encrypted_in_the_database(officer, settings):
    app = CodeApp.objects.get(account=officer)
    secret = sealing.unseal(app.sealed)
    assert secret not in bytes(app.sealed)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key"
    assert sealing.unseal(app.sealed) == secret
    settings.SECRET_KEY_FALLBACKS = []
    assert sealing.unseal(app.sealed) is None


def test_the_second_step_waits_for_ten_minutes(client, officer, monkeypatch):
    sign_in(client, officer.username)
    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr("zhengtong.faces.shared.clock.actual", lambda: later)
    assert client.get(STEP)["Location"] == "/sign-in"


@pytest.mark.asvs("16.3.1")
def test_every_sign_in_and_failure_is_in_the_log_of_the_person(client, officer):
    sign_in(client, officer.username, "wrong")
    sign_in(client, officer.username)
    client.post(STEP, {"code": "000000"})
    client.post(STEP, {"code": next_code(officer.username)})
    told = client.get("/account/log", headers={"Accept-Language": "en"}).content.decode()
    for line in ("A wrong password", "A wrong code", "Signed in"):
        assert line in told
    assert not Event.objects.filter(what__contains="wrong").exists()
