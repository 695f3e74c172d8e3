"""A new password by a mailed link: told alike for every name, good once and not for long, no way around the factor."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import PASSWORD
from tests.sign_in.conftest import reader, sign_in
from zhengtong.ledger.models import Act
from zhengtong.people.sign_in.decide import LIMITS
from zhengtong.people.sign_in.models import Event, Notice

NEW = "correct horse battery"


@pytest.fixture
def link(client, letters):
    """Ask for the link, and read it in the letter."""

    def get(username: str = "lin-yue") -> str:
        client.post("/sign-in/forgotten", {"username": username})
        return re.search(r"/sign-in/new-password/\S+", letters()[-1].body)[0]

    return get


def set_by(link: str, password: str = NEW, client: Client | None = None):
    browser = client or Client()
    if browser.get(link, follow=True).status_code != 200:
        return browser.get("/sign-in/new-password")
    return browser.post("/sign-in/new-password", {"password": password})


@pytest.mark.asvs("6.4.3")
def test_the_link_sets_a_new_password_and_ends_every_session(account, link):
    other = Client()
    sign_in(other)
    assert set_by(link()).status_code == 302
    assert other.get("/cases").status_code == 302
    assert sign_in(Client(), password=PASSWORD).status_code == 422
    assert sign_in(Client(), password=NEW).status_code == 302


@pytest.mark.asvs("6.5.1")
def test_the_link_is_good_once(account, link):
    address = link()
    set_by(address)
    assert set_by(address, "another good password").status_code == 410
    assert sign_in(Client(), password=NEW).status_code == 302


@pytest.mark.asvs("6.5.5")
def test_the_link_is_good_for_ten_minutes(account, link, monkeypatch):
    from datetime import datetime

    address = link()
    later = datetime.now() + timedelta(minutes=11)  # noqa: DTZ005 as the generator counts
    monkeypatch.setattr("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda _self: later)
    assert set_by(address).status_code == 410


def test_a_forged_link_opens_nothing(account, link):
    assert set_by(f"/sign-in/new-password/{account.pk}/abc-0123456789abcdef").status_code == 410


def test_a_link_of_one_account_does_not_set_another_s(cast, account, link):
    token = link().rsplit("/", 1)[1]
    other = cast.chen_xiaoyu.person.account
    assert set_by(f"/sign-in/new-password/{other.pk}/{token}").status_code == 410


@pytest.mark.asvs("6.4.3")
def test_the_link_does_not_go_around_the_second_factor(officer, link):
    set_by(link(officer.username))
    browser = Client()
    assert sign_in(browser, officer.username, NEW)["Location"] == "/sign-in/second-step"
    assert reader(browser) == ""


@pytest.mark.asvs("6.3.8")
def test_the_page_answers_alike_whether_there_is_such_an_account(client, account):
    told = [client.post("/sign-in/forgotten", {"username": name}) for name in ("lin-yue", "nobody")]
    bare = [re.sub(r'value="[^"]*"', "", each.content.decode()) for each in told]
    assert bare[0] == bare[1]
    assert Notice.objects.count() == 1


def test_nobody_is_flooded_with_letters(client, account):
    for _ in range(10):
        client.post("/sign-in/forgotten", {"username": "lin-yue"})
    assert Notice.objects.count() == 3


def test_the_way_back_from_a_hold_is_the_link(account, link):
    for _ in range(LIMITS.pair + 1):
        status = sign_in(Client(), password="wrong").status_code
    assert status == 429
    set_by(link())
    assert sign_in(Client(), password=NEW).status_code == 302


def test_the_secret_of_the_link_is_kept_nowhere(account, link):
    token = link().rsplit("/", 1)[1]
    for model in (Notice, Event):
        assert not any(token in str(row) for row in model.objects.values())


def test_a_weak_password_leaves_the_link_good(account, link):
    address = link()
    assert set_by(address, "short").status_code == 422
    assert set_by(address).status_code == 302


def test_the_page_that_asks_for_the_password_has_no_secret_in_its_address(account, link):
    assert Client().get(link())["Location"] == "/sign-in/new-password"


def test_who_has_lost_everything_comes_back_after_a_check_in_person(officer, cast, letters):
    """Nothing old opens the account any more; the link sets a password; the desk wants a new factor."""
    before = Client()
    before.force_login(officer)
    clerk = cast.window.person.account.username
    call_command("restore", officer.username, by=clerk, reason="身份证已核验", stdout=StringIO())
    assert before.get("/cases").status_code == 302
    assert sign_in(Client(), officer.username).status_code == 422
    set_by(re.search(r"/sign-in/new-password/\S+", letters()[-1].body)[0])
    browser = Client()
    assert sign_in(browser, officer.username, NEW)["Location"] == "/desk/"
    assert browser.get("/desk/heping-market/licensing/").status_code == 403
    [act] = Act.objects.filter(kind="account.restored")
    assert (act.actor, act.reason) == (cast.window.handle, "身份证已核验")


def test_nobody_restores_their_own_account(officer):
    with pytest.raises(CommandError):
        call_command("restore", officer.username, by=officer.username, reason="x")
