"""What enough people signed is answered by itself, what was promised is followed until done, any vote is counted."""

import io
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.agora.bound.errors import NoDayPromised, NoSuchCarrier, NoSuchKeeper, NothingToldOfIt
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.errors import AnsweredAlone
from zhengtong.agora.models import Answer, Contribution
from zhengtong.agora.rounds import Round
from zhengtong.cases.acts import complete, remind_due
from zhengtong.cases.errors import NotYourTask
from zhengtong.cases.models import Task
from zhengtong.cases.queries.desk import desk
from zhengtong.common import paging
from zhengtong.faces.forum import owed
from zhengtong.faces.forum.office import promises as follow_up
from zhengtong.ledger.models import Act

PB = """META
key;value
budget;300
vote_type;approval
description;Two camps
PROJECTS
project_id;cost;name
1;200;Lamp
2;100;Bench
VOTES
voter_id;vote
a;1
b;1
c;2
"""


@pytest.fixture
def proposals(rounds):
    """Two proposals that are shown, the first with as many signatures as bind the office; the time to answer."""
    round_ = rounds.open("proposal-round")
    voice = rounds.voices(round_, 1)[0]
    for number in (1, 2):
        said = {"said": f"建议 {number}", "request_key": str(number)}
        acts.contribute(round_=round_, phase="propose", voice=voice, now=rounds.now, **said)
    Contribution.objects.update(sponsored=True, state="shown", signed=3)
    Contribution.objects.filter(number=1).update(signed=100)
    return rounds.later(round_, 70)  # over the holidays of May


def answer(rounds, round_, *numbers):
    return acts.answer(round_=round_, numbers=numbers, verdict="adopted", text="照办", by=rounds.host, now=rounds.now)


def test_what_a_hundred_signed_is_not_answered_along_with_others(rounds, proposals):
    with pytest.raises(AnsweredAlone):
        answer(rounds, proposals, 1, 2)
    answer(rounds, proposals, 1)
    answer(rounds, proposals, 2)
    assert Answer.objects.count() == 2


def keeper(cast, post="urban-management/head"):
    return cast.officer(post)


def promise(rounds, round_, *, days=30, post="", into=("", ""), number=1):
    told = acts.Promised(round_.day(rounds.now) + timedelta(days), post, into)
    given = {"verdict": "adopted", "text": "照办", "by": rounds.host, "now": rounds.now, "promised": told}
    return acts.answer(round_=round_, numbers=[number], **given)


def end(by, answer_, told, now):
    """The step on the desk of its post."""
    task = Task.objects.get(case=answer_.promise.case, status="open")
    return complete(task=task, output="done", reasons=told, by=by, now=now)


def test_what_was_promised_is_on_the_desk_of_its_post_until_it_says_what_was_done(rounds, proposals, cast, client):
    given = promise(rounds, proposals, post="urban-management/head")
    by = keeper(cast)
    assert given.promise.case.number in {row.number for row in desk(by, now=rounds.now)}
    with pytest.raises(NothingToldOfIt):
        end(by, given, " ", rounds.now)
    with pytest.raises(NotYourTask):
        end(rounds.host, given, "装好了", rounds.now)
    end(by, given, "装好了三十盏", rounds.now)
    given.refresh_from_db()
    assert given.done_on == given.promise.done_on == proposals.day(rounds.now)
    assert Act.objects.filter(kind="agora.answer.done", subject=proposals.case.number).count() == 1
    page = client.get(reverse("round", args=[proposals.case.number])).content.decode()
    assert "装好了三十盏" in page and "办成于" in page


def test_the_same_answer_sent_again_promises_nothing_twice(rounds, proposals):
    first, again = answer(rounds, proposals, 1), answer(rounds, proposals, 1)
    assert first == again and proposals.case.duties.count() == 1


def test_without_a_day_of_ones_own_it_is_the_charters_and_the_answering_post_keeps_it(rounds, proposals):
    given = answer(rounds, proposals, 1)
    step = Task.objects.get(case=given.promise.case)
    assert (step.due_on - proposals.day(rounds.now)).days >= 180 and step.post == rounds.host.post


@pytest.mark.parametrize("days", [-1, 0, 800])
def test_a_day_that_has_passed_or_is_too_far_away_is_refused_and_nothing_is_answered(rounds, proposals, days):
    with pytest.raises(NoDayPromised):
        promise(rounds, proposals, days=days)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "into", [("service", "fly"), ("charter", "99"), ("charter", "x"), ("project", "QI#1"), ("a", "b")]
)
def test_what_is_not_there_carries_nothing(rounds, proposals, into):
    with pytest.raises(NoSuchCarrier):
        promise(rounds, proposals, into=into)
    with pytest.raises(NoSuchKeeper):
        promise(rounds, proposals, post="petition-office/moderation")
    assert not Answer.objects.exists()


def test_a_vote_on_money_leads_back_to_what_was_promised_of_it(rounds, proposals, client):
    budget, other = rounds.open("neighbourhood-budget"), rounds.open("neighbourhood-budget", "other")
    promise(rounds, proposals, into=("round", budget.case.number))
    page, elsewhere = (client.get(reverse("round", args=[each.case.number])) for each in (budget, other))
    back = f'href="{reverse("round", args=[proposals.case.number])}#said-1"'
    assert back in page.content.decode() and back not in elsewhere.content.decode()


def test_it_is_declined_without_a_day(rounds, proposals):
    given = {"verdict": "declined", "text": "不办", "by": rounds.host, "now": rounds.now}
    acts.answer(round_=proposals, numbers=[1], promised=acts.Promised(None), **given)
    assert not Duty.objects.filter(kind="promise").exists()


def test_before_its_day_the_post_is_reminded_and_after_it_the_one_above_and_everybody_read_so(
    rounds, proposals, client, settings
):
    given = promise(rounds, proposals)
    due = Task.objects.get(case=given.promise.case).due_on
    for day in (due, due + timedelta(3)):
        rounds.now = datetime.combine(day, time(10), rounds.now.tzinfo)
        remind_due(now=rounds.now)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    told = client.get("/take-part/owed/city-government.json").json()
    (row,) = told["duties"]
    assert row["kind"] == "promise" and row["overdue"] and row["reminded_on"] == str(due) and row["told_above_on"]
    assert told["owed"][0]["promises_overdue"] == 1
    lines = client.get("/take-part/owed/city-government/one-by-one.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and str(due) in lines[1]
    assert "已逾期" in client.get("/take-part/owed/city-government").content.decode()


def test_the_form_asks_for_the_day_the_post_and_what_it_carries_into(rounds, proposals, client, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    page = reverse("forum-answers", args=["city-government", "participation", proposals.case.number])
    host = signed_in(rounds.host)
    sent = {"numbers": ["1"], "verdict": "adopted", "text": "照办", "keeper": "urban-management/head"}
    assert 'name="until-year"' in host.get(page).content.decode()
    assert host.post(page, sent | {"until-year": "2026", "until-month": "13", "until-day": "1"}).status_code == 422
    day = {"until-year": "2026", "until-month": "9", "until-day": "1"}
    assert host.post(page, sent | day | {"into": "service:shop-sign"}).status_code == 302
    duty = Duty.objects.get()
    assert duty.into == "service:shop-sign" and Task.objects.get(case=duty.case).due_on == date(2026, 9, 1)
    shown = client.get(reverse("round", args=[proposals.case.number])).content.decode()
    assert "2026年9月1日前办成" in shown and 'href="/services/shop-sign"' in shown
    assert "照办" in client.get("/services/shop-sign").content.decode()


def test_the_office_says_later_what_it_carries_into_and_sees_what_it_promised(rounds, proposals, client, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    duty = promise(rounds, proposals).promise
    host, number = signed_in(rounds.host), proposals.case.number
    page = reverse("forum-follow-up", args=["city-government", "participation", number])
    assert "照办" in host.get(page).content.decode()
    assert host.post(page, {"promise": "999", "into": "charter:1"}).status_code == 404
    assert host.post(page, {"promise": duty.pk, "into": "charter:9"}).status_code == 422
    assert host.post(page, {"promise": duty.pk, "into": "charter:1"}).status_code == 302
    duty.refresh_from_db()
    assert duty.into == "charter:1"
    assert "照办" in client.get("/charters/1").content.decode()


@pytest.fixture
def one_a_page(monkeypatch):
    for each in (paging, follow_up, owed):
        monkeypatch.setattr(each, "PAGE", 1)


def test_promises_have_pages_what_is_due_first_on_the_first(rounds, proposals, client, settings, one_a_page):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    late, soon = promise(rounds, proposals, days=90), promise(rounds, proposals, days=9, number=2)
    Answer.objects.filter(pk=soon.pk).update(text="先办")
    page = reverse("forum-follow-up", args=["city-government", "participation", proposals.case.number])
    office, host = "/take-part/owed/city-government", signed_in(rounds.host)
    for browser, path in ((host, page), (client, office)):
        first, second = (browser.get(f"{path}?page={number}").content.decode() for number in (1, 2))
        assert "先办" in first and "照办" not in first and "?page=2" in first
        assert "照办" in second and "先办" not in second and "?page=1" in second and "?page=3" not in second
    assert "共 2 项" in client.get(office).content.decode()
    assert len(client.get(f"{office}.json").json()["duties"]) == 2
    number = proposals.case.number
    shown = client.get(reverse("round-proposal", args=[number, 1])).content.decode()
    assert "照办" in shown and "先办" not in shown and late.promise.case.number


def test_the_follow_up_asks_as_much_for_two_as_for_one_and_has_one_list_of_carriers(rounds, proposals, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    host, number = signed_in(rounds.host), proposals.case.number
    page = reverse("forum-follow-up", args=["city-government", "participation", number])
    counts = []
    for which in (1, 2):
        kept = promise(rounds, proposals, number=which).promise
        host.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert "<select" not in host.get(page).content.decode()
        counts.append(len(asked))
        assert host.get(f"{page}?promise={kept.pk}").content.decode().count("<select") == 1
    assert counts[0] == counts[1]


def test_a_round_whose_charter_had_no_promises_says_so(rounds, proposals, settings, monkeypatch):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    page = reverse("forum-follow-up", args=["city-government", "participation", proposals.case.number])
    declared = proposals.declared.model_copy(update={"promise": None})
    monkeypatch.setattr(Round, "declared", declared)
    told = signed_in(rounds.host).get(page).content.decode()
    assert "没有规定承诺" in told and "没有作出承诺。" not in told


def test_where_nothing_was_promised_nothing_is_said_to_be_done(rounds, proposals, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    page = reverse("forum-follow-up", args=["city-government", "participation", proposals.case.number])
    assert "没有作出承诺。" in signed_in(rounds.host).get(page).content.decode()


def test_anybody_counts_a_file_of_pabulib_on_a_page(cast, client):
    def send(body):
        file = io.BytesIO(body)
        file.name = "vote.pb"
        return client.post(reverse("recount"), {"file": file}, headers={"Accept-Language": "en"})

    told = send(PB.encode()).content.decode()
    assert "3 votes, 2 projects." in told and told.count("chosen") == 4
    assert send(b"no election").status_code == 422
    assert "A file may have 3 MB" in client.get(reverse("recount"), headers={"Accept-Language": "en"}).content.decode()
    refused = send(PB.encode() + b"\n" * (3 * 2**20))
    assert refused.status_code == 422 and "zhengtong count" in refused.content.decode()
    assert client.post(reverse("recount"), {}).status_code == 422
