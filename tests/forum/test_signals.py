"""A hundred thousand identical comments: none is lost, the queue gets one signal, pages and answers stay small."""

import tracemalloc
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.agora.models import Answer, Contribution, Stance, Voice
from zhengtong.agora.queries import outcome
from zhengtong.agora.watching.acts import settle, watch_due
from zhengtong.agora.watching.errors import NoSuchSignal
from zhengtong.agora.watching.models import Signal
from zhengtong.ledger.models import Act
from zhengtong.people.errors import NoPower

FLOOD = "坚决反对在我家门口修建垃圾站！"
MANY, FEWER = 100_000, 10_000


@pytest.fixture
def asked(rounds, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return rounds.consultation()


def voices(round_, count, since=0):
    made = (
        Voice(case=round_.case, token=each.to_bytes(32), name=f"{each:09d}", on="2026-03-02")
        for each in range(since, since + count)
    )
    return Voice.objects.bulk_create(made, batch_size=5000)


def say(rounds, round_, voice, text=FLOOD, phase="comment"):
    return acts.contribute(round_=round_, phase=phase, voice=voice, said=text, request_key=text, now=rounds.now)


def flood(rounds, round_, count):
    """The first few as people send them, the rest as rows like theirs."""
    first, *others = [say(rounds, round_, voice) for voice in voices(round_, 3)]
    assert [each.same_as_id for each in others] == [first.pk] * 2
    like = {
        name: getattr(others[0], name) for name in ("case", "phase", "text", "state", "show_on", "alike", "made_at")
    }
    rows = (
        Contribution(voice=voice, number=number, same_as=first, request_key="k", **like)
        for number, voice in enumerate(voices(round_, count - 3, since=10), first.number + 3)
    )
    Contribution.objects.bulk_create(rows, batch_size=5000)
    Contribution.objects.filter(pk=first.pk).update(repeated=count - 1)


def queries(address):
    client = Client()
    client.get(address)
    with CaptureQueriesContext(connection) as made:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(made), answer.content.decode()


@pytest.mark.slow
@pytest.mark.once
def test_a_hundred_thousand_identical_comments_are_one_place_one_signal_and_one_answer(rounds, asked):
    home = f"/take-part/{asked.case.number}/"
    say(rounds, asked, rounds.voice(asked, rounds.cast.lin_yue), "建议先公开环评报告")
    before, _ = queries(home)
    flood(rounds, asked, MANY)
    assert Contribution.objects.count() == MANY + 1
    assert watch_due(now=rounds.now) == 1
    assert Signal.objects.get().many == MANY
    after, page = queries(home)
    assert after == before and page.count(FLOOD) == 1 and "另有 99999 条一字不差" in page
    assert "建议先公开环评报告" in page and len(page) < 100_000
    round_ = rounds.later(asked, 31)
    told = {"verdict": "declined", "text": "已依法选址。", "by": rounds.host, "now": rounds.now}
    acts.answer(round_=round_, numbers=[2], **told)
    found = outcome(round_)
    assert (found.all, found.answered, found.open_numbers) == (MANY + 1, MANY, [1])
    round_.case.refresh_from_db()
    assert round_.case.facts["unanswered"] == 1
    assert len(queries(f"{home}answers")[1]) < 100_000
    assert Act.objects.get(kind="agora.contribution.answered").subject == round_.case.number


def test_of_a_flood_little_is_in_memory_at_once_while_it_is_noticed_and_answered(rounds, asked):
    flood(rounds, asked, FEWER)
    tracemalloc.start()
    assert watch_due(now=rounds.now) == 1
    told = {"verdict": "declined", "text": "已依法选址。", "by": rounds.host, "now": rounds.now}
    acts.answer(round_=rounds.later(asked, 31), numbers=[1], **told)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < FEWER * 1_000


def test_the_office_sees_the_group_once_and_answers_it_at_once(rounds, asked, settings):
    flood(rounds, asked, 40)
    round_ = rounds.later(asked, 31)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    page = f"/take-part/office/{rounds.host.post}/{round_.case.number}/answers"
    browser = signed_in(rounds.host)
    told = browser.get(page).content.decode()
    assert told.count('name="numbers"') == 1 and "另有 39 条一字不差" in told
    assert browser.post(page, {"numbers": "1", "verdict": "declined", "text": "已选址"}).status_code == 302
    assert Answer.objects.get().contributions.count() == 40


def test_what_is_hidden_is_hidden_with_all_that_says_the_same_and_comes_back_with_it(rounds, asked, client):
    flood(rounds, asked, 40)
    hidden = {"rule": "privacy", "facts": "公开他人住址", "by": rounds.moderator, "now": rounds.now}
    measure = acts.hide(round_=asked, number=7, **hidden)
    home = f"/take-part/{asked.case.number}/"
    told = client.get(home).content.decode() + client.get(f"{home}said.json").content.decode()
    assert FLOOD not in told and measure.contribution.number == 1
    acts.restore(measure=measure, why="误判", by=rounds.moderator, now=rounds.now)
    assert Contribution.objects.filter(state="shown").count() == 40


def test_every_one_of_them_is_in_the_data(rounds, asked, client):
    flood(rounds, asked, 40)
    said = client.get(f"/take-part/{asked.case.number}/said.json").json()["said"]
    assert len(said) == 40 and {each["text"] for each in said} == {FLOOD}
    assert said[0]["repeated"] == 39 and said[5]["same_as"] == 1


def test_a_signal_is_told_once_grows_in_the_queue_and_hides_nothing(rounds, asked):
    for voice in voices(asked, 6):
        say(rounds, asked, voice)
    assert watch_due(now=rounds.now) == 1
    for voice in voices(asked, 3, since=50):
        say(rounds, asked, voice)
    assert watch_due(now=rounds.now) == 0  # it was looked at a moment ago
    assert watch_due(now=rounds.now + timedelta(minutes=11)) == 0
    assert Signal.objects.get().many == 9
    assert not Contribution.objects.exclude(state="shown").exists()
    assert Act.objects.filter(kind="agora.signal.raised").count() == 1


def test_the_moderator_sees_what_it_rests_on_and_how_often_it_means_nothing_and_settles_it(rounds, asked, client):
    for voice in voices(asked, 6):
        say(rounds, asked, voice)
    watch_due(now=rounds.now)
    page = f"/take-part/office/{rounds.moderator.post}/{asked.case.number}/moderation"
    browser = signed_in(rounds.moderator)
    told = browser.get(page).content.decode()
    assert "6 个发言身份" in told and "1371" in told and FLOOD in told
    signal = Signal.objects.get()
    assert browser.post(page, {"do": "settle", "signal": signal.pk, "why": ""}).status_code == 404
    browser.post(page, {"do": "settle", "signal": signal.pk, "why": "是居民会的倡议，不处理"})
    assert "6 个发言身份" not in browser.get(page).content.decode()
    data = client.get(f"/take-part/{asked.case.number}/said.json").json()
    assert data["signals"][0]["settled_because"] == "是居民会的倡议，不处理"
    assert Act.objects.filter(kind="agora.signal.settled").count() == 1


def test_the_desk_and_the_offices_page_say_how_many_wait_for_a_person(rounds, asked):
    """One question to the database, however many there are."""
    moderator, host = signed_in(rounds.moderator), signed_in(rounds.host)
    pages = (f"/desk/{rounds.moderator.post}/", f"/take-part/office/{rounds.moderator.post}/")

    def told(page):
        with CaptureQueriesContext(connection) as made:
            return moderator.get(page).content.decode(), len(made)

    assert not any("条提示待查看" in told(page)[0] for page in pages)
    counts = []
    for text, many in ((FLOOD, 1), ("强烈要求恢复十七路公交车！", 2)):
        for voice in voices(asked, 6, since=100 * many):
            say(rounds, asked, voice, text)
        rounds.now += timedelta(minutes=11)
        watch_due(now=rounds.now)
        assert Signal.objects.filter(kind="same-text").count() == many
        waiting = Signal.objects.count()
        assert all(f"{waiting} 条提示待查看" in told(page)[0] for page in pages)
        counts.append([told(page)[1] for page in pages])
    assert counts[0] == counts[1]
    assert "条提示待查看" not in host.get(f"/desk/{rounds.host.post}/").content.decode()


def test_what_was_settled_comes_again_only_when_it_is_twice_as_much(rounds, asked):
    for voice in voices(asked, 6):
        say(rounds, asked, voice)
    watch_due(now=rounds.now)
    told = {"round_": asked, "signal": Signal.objects.get().pk, "why": "看过", "now": rounds.now}
    with pytest.raises(NoPower):
        settle(by=rounds.host, **told)
    settle(by=rounds.moderator, **told)
    with pytest.raises(NoSuchSignal):
        settle(by=rounds.moderator, **told)
    for more, expected in ((5, 0), (1, 1)):
        for voice in voices(asked, more, since=100 * more):
            say(rounds, asked, voice)
        rounds.now += timedelta(minutes=11)
        assert watch_due(now=rounds.now) == expected


def test_voices_that_vote_alike_in_a_conversation_are_told_once_a_day(rounds):
    round_ = rounds.open("city-conversation")
    speakers = voices(round_, 60)
    for at in range(10):
        say(rounds, round_, speakers[at], f"说法 {at}", phase="statements")
    chance = Random(1)
    rows = [
        Stance(contribution=each, voice=voice, value=at % 3 - 1 if who < 8 else chance.choice((-1, 0, 1)))
        for who, voice in enumerate(speakers)
        for at, each in enumerate(round_.case.contributions.order_by("number"))
    ]
    Stance.objects.bulk_create(rows)
    watch_due(now=rounds.now)
    assert Signal.objects.filter(kind="same-votes", many__gte=8).count() == 1


def test_the_page_asks_as_often_when_five_thousand_have_signed(rounds, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    round_ = rounds.open("proposal-round")
    made = say(rounds, round_, voices(round_, 1)[0], "路灯", phase="propose")
    Contribution.objects.filter(pk=made.pk).update(sponsored=True, state="shown")
    home = f"/take-part/{round_.case.number}/"
    before, _ = queries(home)
    rows = (Stance(contribution=made, voice=each, value=1) for each in voices(round_, 5000, since=10))
    Stance.objects.bulk_create(rows, batch_size=5000)
    after, page = queries(home)
    assert after == before and "5000 人联署" in page
