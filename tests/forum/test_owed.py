"""What an office owes to who took part is public: received, in time, late, adopted, done; and late steps go up."""

import csv
import io
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.cases.acts import complete, remind_due
from zhengtong.cases.authority import superior
from zhengtong.cases.models import Reminder
from zhengtong.ledger.models import Act

PAGE = "/take-part/owed/city-government"


@pytest.fixture
def asked(rounds, settings):
    """A consultation with three opinions, whose time for answers has begun."""
    round_ = rounds.consultation()
    for number, voice in enumerate(rounds.voices(round_, 3)):
        acts.contribute(
            round_=round_, phase="comment", voice=voice, said=f"意见 {number}", request_key="k", now=rounds.now
        )
    round_ = rounds.later(round_, 31)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return round_


def answer(rounds, round_, number, verdict="adopted"):
    told = {"verdict": verdict, "text": "已研究", "by": rounds.host, "now": rounds.now}
    return acts.answer(round_=round_, numbers=[number], **told)


def told(client):
    (row,) = client.get(f"{PAGE}.json").json()["owed"]
    return row


def test_each_number_is_that_of_the_records(client, rounds, asked, settings):
    given = answer(rounds, asked, 1)
    answer(rounds, asked, 2, "declined")
    row = told(client)
    assert [row[name] for name in ("received", "on_time", "late", "open", "adopted")] == [3, 2, 0, 1, 1]
    assert (row["promised"], row["done"], row["post"]) == (1, 0, "city-government/participation")
    step = given.promise.case.tasks.get()
    complete(task=step, output="done", reasons="办成了", by=rounds.host, now=rounds.now)
    assert told(client)["done"] == 1
    rounds.now += timedelta(days=60)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    assert told(client)["overdue"]
    answer(rounds, asked, 3)
    row = told(client)
    assert (row["on_time"], row["late"], row["open"], row["overdue"]) == (2, 1, 0, False)


def test_an_answer_given_twice_counts_once(client, rounds, asked):
    for _ in range(2):
        answer(rounds, asked, 1)
    assert told(client)["on_time"] == 1


def test_the_page_and_the_table_say_the_same_and_the_office_leads_there(client, rounds, asked):
    answer(rounds, asked, 1)
    page = client.get(PAGE).content.decode()
    assert "公众参与专员" in page and "0 / 1" in page
    row = next(csv.DictReader(io.StringIO(client.get(f"{PAGE}.csv").content.decode("utf-8-sig"))))
    assert (row["round"], row["received"]) == (asked.case.number, "3")
    assert f'href="{PAGE}"' in client.get("/organisations/city-government").content.decode()


def test_the_form_to_answer_is_there_only_when_it_would_be_taken(rounds, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    round_ = rounds.consultation()
    voice = rounds.voices(round_, 1)[0]
    acts.contribute(round_=round_, phase="comment", voice=voice, said="路灯太少", request_key="k", now=rounds.now)

    def page(who):
        return signed_in(who).get(f"/take-part/office/{who.post}/{round_.case.number}/answers").content.decode()

    assert "路灯太少" in page(rounds.host) and 'name="verdict"' not in page(rounds.host)
    assert "答复环节尚未开始" in page(rounds.host)
    rounds.later(round_, 31)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    assert 'name="verdict"' in page(rounds.host)
    assert 'name="verdict"' not in page(rounds.moderator)


def test_an_office_that_there_is_not_is_not_found(client, asked):
    assert client.get("/take-part/owed/ministry-of-truth").status_code == 404
    assert client.get("/take-part/owed/petition-office.json").json()["owed"] == []


def test_it_asks_as_often_for_two_rounds_as_for_one(client, rounds, asked):
    def queries():
        with CaptureQueriesContext(connection) as made:
            assert client.get(PAGE).status_code == 200
        return len(made)

    client.get(PAGE)
    one = queries()
    rounds.open("city-conversation")
    assert queries() == one


def test_before_its_turn_it_says_what_it_waits_for(client, rounds, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    rounds.open("proposal-round")
    row = told(client)
    assert row["due_on"] == "" and (row["waits_for"], row["waits_until"]) == ("提案和联署六十日", "2026-05-06")
    words = client.get(PAGE).content.decode()
    assert "还没轮到：“提案和联署六十日”到2026年5月6日为止" in words


def test_it_asks_as_often_for_two_promises_as_for_one(client, rounds, asked):
    def queries():
        with CaptureQueriesContext(connection) as made:
            assert client.get(PAGE).status_code == 200
        return len(made)

    answer(rounds, asked, 1)
    client.get(PAGE)
    one = queries()
    answer(rounds, asked, 2)
    assert queries() == one


def test_the_post_is_reminded_and_when_it_is_late_the_post_above_is_told(rounds, asked):
    answering = asked.case.tasks.get(node="respond", status="open")
    remind_due(now=rounds.now + timedelta(days=60))
    late = Reminder.objects.get(task=answering, kind=Reminder.Kind.LATE)
    above = superior(asked.case, answering.post, now=rounds.now)
    assert late.post == above != answering.post
    assert Act.objects.filter(kind="case.escalated", subject=asked.case.number).count() == 1
    remind_due(now=rounds.now + timedelta(days=61))
    assert Reminder.objects.filter(kind=Reminder.Kind.LATE).count() == 1


def test_everybody_and_the_desk_read_when_the_post_was_reminded_and_who_was_told(client, rounds, asked, settings):
    answering = asked.case.tasks.get(node="respond", status="open")
    desk = f"/desk/{rounds.host.post}/"
    assert not told(client)["reminded_on"] and "已提醒" not in client.get(PAGE).content.decode()
    soon, late = answering.due_on, answering.due_on + timedelta(days=1)
    for day in (soon, late):
        remind_due(now=datetime.combine(day, time(10), rounds.now.tzinfo))
    rounds.now = datetime.combine(late, time(11), rounds.now.tzinfo)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    row = told(client)
    assert (row["reminded_on"], row["told_above_on"]) == (f"{soon}", f"{late}") and row["told_above"]
    for page in (client.get(PAGE), signed_in(rounds.host).get(desk, follow=True)):
        words = page.content.decode()
        assert f"{soon:%Y}年{soon.month}月{soon.day}日已提醒" in words
        assert f"{late:%Y}年{late.month}月{late.day}日已报告{row['told_above']}" in words
    assert client.get(f"{PAGE}.csv").content.decode("utf-8-sig").count(row["told_above"]) == 1
