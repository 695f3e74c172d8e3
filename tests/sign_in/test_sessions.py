"""Sessions end: left alone, after their time, by the person, at a new password. Grave acts ask again who it is."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD, next_code, signed_in
from tests.restaurant import apply, do, part, task
from tests.sign_in.conftest import hidden, reader, sign_in
from zhengtong.ledger.models import Act
from zhengtong.people.models import Token
from zhengtong.people.sign_in.log import tidy
from zhengtong.people.sign_in.models import CodeApp, Event, Session


def age(client: Client, **stamps: timedelta) -> None:
    """Let the session's stamps be of an earlier time."""
    session = client.session
    facts = session["sign_in"]
    session["sign_in"] = facts | {name: facts[name] - ago.total_seconds() for name, ago in stamps.items()}
    session.save()


@pytest.mark.asvs("7.3.1")
def test_a_session_that_was_left_alone_ends(client, account):
    sign_in(client)
    age(client, seen=timedelta(minutes=61))
    assert client.get("/cases").status_code == 302
    assert not Session.objects.filter(account=account).exists()


@pytest.mark.asvs("7.3.2")
def test_a_session_in_use_ends_after_its_longest_time(client, account):
    sign_in(client)
    age(client, started=timedelta(hours=13))
    assert client.get("/cases").status_code == 302


def test_a_session_in_use_goes_on(client, account):
    sign_in(client)
    age(client, seen=timedelta(minutes=50), started=timedelta(hours=11))
    assert client.get("/cases").status_code == 200
    age(client, seen=timedelta(minutes=50))
    assert client.get("/cases").status_code == 200


@pytest.mark.asvs("7.2.4")
def test_a_key_that_was_planted_before_the_sign_in_is_worth_nothing_after_it(client, account):
    client.get("/sign-in/new-password/1/x-y")
    planted = client.session.session_key
    sign_in(client)
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert reader(thief) == ""


@pytest.mark.asvs("7.2.4")
def test_the_key_changes_at_the_second_step_and_at_a_proof_too(client, officer):
    keys = []
    sign_in(client, officer.username)
    keys.append(client.session.session_key)
    client.post("/sign-in/second-step", {"code": next_code(officer.username)})
    keys.append(client.session.session_key)
    client.post("/sign-in/again", {"code": next_code(officer.username)})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


@pytest.mark.asvs("7.4.1")
def test_signing_out_ends_the_session_in_the_database(client, account):
    sign_in(client)
    key = client.session.session_key
    client.post("/sign-out")
    assert not Session.objects.filter(pk=key).exists()


@pytest.mark.asvs("7.5.2")
def test_a_person_sees_and_ends_the_other_sessions(client, account):
    phone = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS) Safari/604"})
    sign_in(phone)
    sign_in(client)
    page = client.get("/account/").content.decode()
    assert "Safari · iPhone" in page
    assert phone.session.session_key not in page
    [end] = re.findall(r'action="(/account/sessions/[0-9a-f]{16}/end)"', page)
    client.post(end)
    assert phone.get("/cases").status_code == 302
    assert client.get("/cases").status_code == 200


def test_nobody_ends_another_s_session(client, account, cast):
    other = signed_in(cast.chen_xiaoyu)
    sign_in(client)
    mark = "0" * 16
    assert client.post(f"/account/sessions/{mark}/end").status_code == 404
    client.post("/account/sessions/end")
    assert other.get("/cases").status_code == 200


@pytest.mark.asvs("7.4.3", "6.2.2", "6.2.3")
def test_a_new_password_ends_every_other_session_and_asks_for_the_old_one(client, account):
    other = Client()
    sign_in(other)
    sign_in(client)
    new = {"password": "correct horse battery"}
    assert client.post("/account/password", new | {"current": "wrong"}).status_code == 422
    assert client.post("/account/password", new | {"current": PASSWORD}).status_code == 302
    assert client.get("/cases").status_code == 200
    assert other.get("/cases").status_code == 302
    assert sign_in(Client()).status_code == 422


@pytest.mark.asvs("6.2.1", "6.2.4", "6.2.11")
@pytest.mark.parametrize("weak", ["short", "password1234", "", "lin-yue-2026", "zhengtong123"])
def test_a_weak_password_is_refused_with_the_reason(client, account, weak):
    sign_in(client)
    answer = client.post("/account/password", {"password": weak, "current": PASSWORD})
    assert answer.status_code == 422
    assert sign_in(Client()).status_code == 302, "the old one is still good"


@pytest.mark.asvs("6.2.5", "6.2.8", "6.2.9")
def test_a_long_password_of_any_signs_is_taken_as_it_is(client, account):
    sign_in(client)
    long = " 长密码 with ümlauts ☂ " + "x" * 2000
    assert client.post("/account/password", {"password": long, "current": PASSWORD}).status_code == 302
    assert sign_in(Client(), password=long[:-1]).status_code == 422
    assert sign_in(Client(), password=long.strip()).status_code == 422
    assert sign_in(Client(), password=long).status_code == 302


@pytest.mark.asvs("7.4.2")
def test_the_sessions_of_a_closed_account_open_nothing(client, account):
    sign_in(client)
    account.is_active = False
    account.save()
    assert client.get("/cases").status_code == 302


@pytest.mark.asvs("7.5.3")
def test_a_decision_asks_again_who_it_is_and_keeps_what_was_typed(cast, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    joint = apply(cast, now=monday)
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    step = task(part(joint, "food-licence"), "examine")
    browser = signed_in(cast.licensing)
    age(browser, proved=timedelta(minutes=31))
    address = f"/desk/heping-market/licensing/tasks/{step.pk}/complete"
    asked = browser.post(address, {"output": "satisfied", "findings": "操作间已核对"})
    step.refresh_from_db()
    assert asked.status_code == 200 and step.status == "open"
    code = next_code(cast.licensing.person.account.username)
    again = browser.post("/sign-in/again", {"code": code} | hidden(asked.content.decode())).content.decode()
    assert f'action="{address}"' in again and hidden(again)["findings"] == "操作间已核对"
    assert browser.post(address, hidden(again)).status_code == 302
    step.refresh_from_db()
    assert step.status != "open"


@pytest.mark.asvs("7.5.1")
def test_changing_what_opens_the_account_asks_again_too(client, account):
    sign_in(client)
    age(client, proved=timedelta(minutes=31))
    for address in ("/account/code-app", "/account/recovery-codes", "/account/tokens", "/account/passkeys"):
        assert "再次确认是您本人" in client.post(address, {"code": "000000"}).content.decode()
    assert not CodeApp.objects.filter(account=account).exists()
    client.post("/sign-in/again", {"password": PASSWORD})
    assert client.post("/account/recovery-codes").status_code == 200


def test_a_wrong_proof_is_none(client, account):
    sign_in(client)
    age(client, proved=timedelta(minutes=31))
    assert client.post("/sign-in/again", {"password": "wrong"}).status_code == 422
    assert "再次确认是您本人" in client.post("/account/recovery-codes").content.decode()


@pytest.mark.asvs("14.3.2")
def test_no_browser_keeps_a_page_of_somebody(client, account):
    sign_in(client)
    assert "no-store" in client.get("/cases")["Cache-Control"]


@pytest.mark.asvs("14.3.1")
def test_signing_out_clears_what_the_browser_kept(client, account):
    sign_in(client)
    assert client.post("/sign-out")["Clear-Site-Data"] == '"cache", "storage"'


def test_a_person_makes_and_ends_a_key_for_a_program(client, account):
    sign_in(client)
    form = {"name": "accounts", "scopes": ["cases:read"], "days": "7"}
    secret = re.search(r"zt_[\w-]+", client.post("/account/tokens", form).content.decode())[0]
    key = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/cases", headers=key).status_code == 200
    client.post(f"/account/tokens/{Token.objects.get().pk}/end")
    assert Client().get("/api/v1/cases", headers=key).status_code == 401
    assert {"token.issued", "token.ended"} <= set(Act.objects.values_list("kind", flat=True))


def test_a_key_to_the_work_of_an_office_needs_two_factors(client, account):
    sign_in(client)
    form = {"name": "x", "scopes": ["tasks:write"], "days": "7"}
    assert client.post("/account/tokens", form).status_code == 403
    assert not Token.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scopes": ["all"]}, {"days": "9999"}])
def test_a_key_that_asks_for_too_much_is_refused_at_the_field(client, account, wrong):
    sign_in(client)
    form = {"name": "x", "scopes": ["cases:read"], "days": "7"}
    assert client.post("/account/tokens", form | wrong).status_code == 422
    assert not Token.objects.exists()


@pytest.mark.asvs("14.2.7")
def test_old_events_and_sessions_that_have_run_out_are_deleted(client, account):
    sign_in(client)
    assert tidy(now=timezone.now() + timedelta(days=399)) == 1, "the session"
    assert tidy(now=timezone.now() + timedelta(days=401)) > 0
    assert not Event.objects.exists()
