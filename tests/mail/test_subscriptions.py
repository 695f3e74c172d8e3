"""Letters on what is new go to whoever pressed a button, never to whose mail scanner followed a link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.rounds import Rounds, copied
from zhengtong.agora import acts
from zhengtong.agora.models import Contribution
from zhengtong.agora.subscriptions.acts import confirm, token
from zhengtong.agora.subscriptions.models import Subscription
from zhengtong.cases.acts import complete
from zhengtong.cases.models import Case, Task
from zhengtong.charter.queries import one_law
from zhengtong.connectors.mail.digests import send_digests


@pytest.fixture
def now(settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    settings.ZHENGTONG_URL = "http://city.example"
    settings.LANGUAGE_CODE = "en"
    return monday


@pytest.fixture
def ask(cast, client, now):
    def ask(address="somebody@mail.example", what="office:city-government"):
        return client.post(reverse("subscribe"), {"address": address, "what": what})

    return ask


def link(name):
    """The path of the link in the last letter."""
    found = re.search(r"http://city\.example(\S+/" + name + r")", mail.outbox[-1].body)
    return found[1]


def subscribed(now):
    found = Subscription.objects.get()
    confirm(found=found, now=now)
    return found


def test_a_scanner_that_follows_the_link_confirms_nothing_and_a_button_does(ask, client, now):
    ask()
    assert send_digests(now=now) == 1
    for follow in (client.get, client.head):
        assert follow(link("confirm")).status_code == 200
    assert Subscription.objects.get().confirmed_at is None
    client.post(link("confirm"))
    assert Subscription.objects.get().confirmed_at == now


def test_what_is_new_is_told_once_and_once_a_day_at_most(ask, cast, now):
    ask()
    subscribed(now)
    round_ = Rounds(cast, now + timedelta(hours=2)).consultation()
    assert send_digests(now=now + timedelta(hours=20)) == 0
    assert send_digests(now=now + timedelta(hours=25)) == 1
    assert round_.case.number in mail.outbox[0].body and mail.outbox[0].to == ["somebody@mail.example"]
    assert send_digests(now=now + timedelta(hours=60)) == 0  # nothing is new


@pytest.mark.parametrize(
    ("what", "concerned"),
    [("place:990102", True), ("topic:voice", True), ("topic:openness", False), ("office:fire-brigade", False)],
)
def test_a_round_is_told_to_those_whom_it_concerns(ask, cast, now, what, concerned):
    ask(what=what)
    Subscription.objects.update(question_sent_at=now)
    subscribed(now)
    Rounds(cast, now + timedelta(hours=2)).consultation()
    assert send_digests(now=now + timedelta(hours=25)) == concerned


def test_it_ends_by_a_button_or_one_click_and_the_address_is_gone(ask, client, now):
    ask()
    send_digests(now=now)
    subscribed(now)
    headers = mail.outbox[-1].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way = headers["List-Unsubscribe"].strip("<>").removeprefix("http://city.example")
    client.get(way)
    assert Subscription.objects.exists()
    client.post(way, {"List-Unsubscribe": "One-Click"})
    assert not Subscription.objects.exists()
    assert client.get(way).status_code == 404


def test_nobody_is_flooded_with_questions_and_nobody_learns_who_subscribed(ask, now):
    pages = [ask().content for _ in range(5)]
    assert len({re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", each) for each in pages}) == 1
    assert (send_digests(now=now), send_digests(now=now)) == (1, 0)


def test_what_nobody_confirms_is_deleted_after_three_days(ask, client, now):
    ask()
    send_digests(now=now)
    send_digests(now=now + timedelta(days=4))
    assert not Subscription.objects.exists() and len(mail.outbox) == 1


@pytest.mark.parametrize(
    "wrong", [{"address": "nobody"}, {"what": "office:none"}, {"what": "x"}, {"address": "a@b\nTo: c@d.example"}]
)
def test_what_is_no_address_or_nothing_to_hear_of_is_refused(ask, wrong):
    assert ask(**wrong).status_code == 422
    assert not Subscription.objects.exists()


def test_a_link_that_was_not_made_here_leads_nowhere(client, cast, now):
    assert client.post(reverse("subscription-confirm", args=["made-up"])).status_code == 404


def test_what_one_address_asked_for_is_told_in_one_letter_a_day_and_a_round_once(ask, cast, now):
    for what in ("office:city-government", "topic:voice", "place:990102"):
        ask(what=what)
    assert send_digests(now=now) == 1 and mail.outbox[0].body.count("/confirm") == 3  # one question, a page for each
    for hours, found in enumerate(Subscription.objects.order_by("pk")):
        confirm(found=found, now=now + timedelta(hours=hours))
    round_ = Rounds(cast, now + timedelta(hours=3)).consultation()
    assert sum(send_digests(now=now + timedelta(hours=hour)) for hour in range(3, 50)) == 1
    assert mail.outbox[1].body.count(round_.case.number) == 1


def test_a_letter_on_many_things_ends_one_or_by_one_click_all(ask, client, cast, now):
    for what in ("office:city-government", "topic:openness", "place:990102"):
        ask(what=what)
    ask(address="other@mail.example")
    send_digests(now=now)
    (letter,) = [each for each in mail.outbox if each.to == ["somebody@mail.example"]]
    way = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://city.example")
    client.post(way.removesuffix("?all"))
    assert Subscription.objects.count() == 3
    send_digests(now=now)
    left = Subscription.objects.exclude(kind="office").first()
    client.post(reverse("subscription-end", args=[token(left)]) + "?all")
    assert [each.address for each in Subscription.objects.all()] == ["other@mail.example"]


def test_whoever_types_a_strangers_address_over_and_over_sends_them_three_letters_a_day(ask, now):
    for office in ("city-government", "fire-brigade", "urban-management", "petition-office", "public-security"):
        ask(what=f"office:{office}")
        send_digests(now=now + timedelta(minutes=Subscription.objects.count()))
    assert len(mail.outbox) == 3
    assert send_digests(now=now + timedelta(hours=25)) == 1 and mail.outbox[3].body.count("/confirm") == 2


def test_what_concerns_somebody_is_told_however_much_else_there_is_and_what_is_too_much_has_its_place(ask, cast, now):
    ask(what="place:990102")
    subscribed(now)
    first = Rounds(cast, now + timedelta(hours=2)).consultation().case
    Case.objects.filter(pk=first.pk).update(region="990103")
    copied(first, 60, region="990103")
    copied(first, 1, region="990102")
    assert send_digests(now=now + timedelta(hours=25)) == 1
    told = mail.outbox[-1].body
    assert told.count("/take-part/QI-") == 1 and "and more" not in told
    copied(first, 51, region="990102", filed_at=now + timedelta(hours=30))
    assert send_digests(now=now + timedelta(hours=50)) == 1
    told = mail.outbox[-1].body
    assert told.count("/take-part/QI-") == 50 and "and more: http://city.example/take-part/" in told


def test_that_a_round_has_ended_is_told_with_the_page_of_what_became_of_it(ask, cast, now):
    round_ = Rounds(cast, now - timedelta(hours=2)).consultation()
    ask()
    subscribed(now)
    Case.objects.filter(pk=round_.case.pk).update(
        closed_at=now + timedelta(hours=3), status=Case.Status.CLOSED, post=""
    )
    assert send_digests(now=now + timedelta(hours=25)) == 1
    assert f"/take-part/{round_.case.number}/answers" in mail.outbox[-1].body
    assert send_digests(now=now + timedelta(hours=60)) == 0


@pytest.fixture
def answering(cast, now):
    """A consultation whose three opinions wait for an answer."""
    rounds = Rounds(cast, now)
    round_ = rounds.consultation()
    for number, voice in enumerate(rounds.voices(round_, 3), 1):
        said = {"said": f"意见 {number}", "request_key": str(number), "voice": voice}
        acts.contribute(round_=round_, phase="comment", now=now, **said)
    return rounds, rounds.later(round_, 60)


def answered(answering, *numbers, now, verdict="adopted", text="三日前公告 Notice three days ahead"):
    rounds, round_ = answering
    return acts.answer(round_=round_, numbers=numbers, verdict=verdict, text=text, by=rounds.host, now=now)


@pytest.mark.parametrize(
    ("what", "concerned"),
    [
        ("office:city-government", True),
        ("topic:voice", True),
        ("topic:openness", False),
        ("office:fire-brigade", False),
    ],
)
def test_each_answer_is_told_with_what_it_promises_in_the_one_letter_to_those_whom_it_concerns(
    ask, answering, what, concerned
):
    now = answering[0].now
    ask(what=what)
    subscribed(now)
    later = now + timedelta(hours=2)
    first = answered(answering, 1, 2, now=later)
    second = answered(answering, 3, now=later, verdict="declined", text="另有规定\nElsewhere " + "x" * 200)
    assert send_digests(now=now + timedelta(hours=25)) == concerned
    if concerned:
        told, where = mail.outbox[-1].body, f"http://city.example/take-part/{answering[1].case.number}/answers#answer-"
        assert "2 answered, adopted" in told and "“三日前公告 Notice three days ahead”" in told
        assert "1 answered, not adopted: “另有规定 Elsewhere xxx" in told and "x…”" in told and "x" * 120 not in told
        assert f"{where}{first.pk}" in told and f"{where}{second.pk}" in told
        assert send_digests(now=now + timedelta(hours=60)) == 0


def test_whoever_asked_for_a_place_hears_of_the_round_alone(ask, answering):
    now = answering[0].now
    ask(what="place:990102")
    subscribed(now)
    answered(answering, 1, now=now + timedelta(hours=2))
    assert send_digests(now=now + timedelta(hours=25)) == 0


def test_a_letter_in_chinese_tells_it_in_chinese(ask, answering):
    now = answering[0].now
    ask()
    subscribed(now)
    Subscription.objects.update(language="zh-Hans")
    answered(answering, 1, now=now + timedelta(hours=2), verdict="partly")
    send_digests(now=now + timedelta(hours=25))
    assert "已答复 1 条（部分采纳）" in mail.outbox[-1].body


def test_a_letter_takes_as_many_queries_for_one_answer_as_for_three(ask, answering, django_assert_num_queries):
    now = answering[0].now
    ask()
    subscribed(now)
    answered(answering, 1, now=now + timedelta(hours=2))
    with one_law(), CaptureQueriesContext(connection) as for_one:  # as the worker does each of its duties
        assert send_digests(now=now + timedelta(hours=25)) == 1
    for number in (1, 2, 3):
        answered(answering, number, now=now + timedelta(hours=26), text=f"答复 {number}")
    with one_law(), django_assert_num_queries(len(for_one)):
        assert send_digests(now=now + timedelta(hours=50)) == 1
    assert mail.outbox[-1].body.count("#answer-") == 3


def test_what_was_promised_is_told_with_its_day_and_again_once_it_is_done(ask, cast, now):
    rounds = Rounds(cast, now)
    round_ = rounds.open("proposal-round")
    said = {"said": "江边加装路灯", "request_key": "1", "voice": rounds.voices(round_, 1)[0]}
    acts.contribute(round_=round_, phase="propose", now=now, **said)
    Contribution.objects.update(sponsored=True, state="shown")
    round_ = rounds.later(round_, 70)
    ask(what="office:urban-management")  # it has to keep what another office promises
    subscribed(rounds.now)
    until = acts.Promised(round_.day(rounds.now) + timedelta(30), "urban-management/head", ("", ""))
    made = {"verdict": "adopted", "text": "装三十盏灯", "by": rounds.host, "promised": until}
    given = acts.answer(round_=round_, numbers=[1], now=rounds.now + timedelta(hours=1), **made)
    assert send_digests(now=rounds.now + timedelta(hours=25)) == 1
    (line,) = re.findall(r"- .*装三十盏灯.*", mail.outbox[-1].body)
    due = Task.objects.get(case=given.promise.case).due_on
    assert f"promised by {due.day} {due:%B} {due.year}" in line and line.endswith(f"#answer-{given.pk}")
    by, at = cast.officer("urban-management/head"), rounds.now + timedelta(hours=30)
    complete(task=Task.objects.get(case=given.promise.case), output="done", reasons="装好了", by=by, now=at)
    assert sum(send_digests(now=rounds.now + timedelta(hours=50 + 25 * turn)) for turn in range(3)) == 1
    assert "as promised: “装三十盏灯”" in mail.outbox[-1].body
