"""The first lines of a round say what it is, what one can do and until when, who may, and what comes of it."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.agora.rounds import round_of
from zhengtong.faces.shared.language import day

WAY = "领取或使用发言身份"


@pytest.fixture
def read(rounds, settings, client):
    """The page of a round at this moment, in Chinese."""

    def page(round_, browser=client, path="") -> str:
        settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
        return browser.get(f"/take-part/{round_.case.number}/{path}").content.decode()

    return page


def first_lines(page: str) -> str:
    """What stands before the first phase."""
    return page.partition("<main")[2].partition('class="zt-phase"')[0]


def test_what_can_be_done_now_stands_first_with_its_last_day_and_leads_to_its_place(rounds, read):
    talk = rounds.open("city-conversation")
    page = read(talk)
    told = first_lines(page)
    assert "夜间施工管理规定" in told and "城市议事" in told and "年满 16 周岁的居民" in told
    assert f'href="#phase-statements">说一说、表态</a>（至{day(rounds.now + timedelta(days=21))}）' in told
    assert 'id="phase-statements"' in page


def test_only_what_the_charter_owes_is_told_to_come_of_it(rounds, read):
    talk, ballot = rounds.open("city-conversation"), rounds.open("priorities-ballot", options="甲\n乙")
    assert "每条发言都公开答复" in first_lines(read(talk)) and "抽签抽中的人" in first_lines(read(talk))
    told = first_lines(read(ballot))
    assert "人人可以核对" in told and "每条发言都公开答复" not in told


def test_who_has_no_voice_finds_the_way_to_one_and_who_has_does_not(rounds, read):
    talk = rounds.open("city-conversation")
    assert WAY in first_lines(read(talk))
    speaks = Client()
    key = acts.admit_here(round_=talk, by=rounds.cast.lin_yue, now=rounds.now)
    speaks.post(f"/take-part/{talk.case.number}/voice", {"do": "enter", "key": key})
    assert WAY not in first_lines(read(talk, speaks))


def test_while_nothing_can_be_done_the_page_says_so_and_leads_nobody_to_a_voice(rounds, read):
    talk = rounds.later(rounds.open("city-conversation"), 30)
    told = first_lines(read(round_of(talk.case.number)))
    assert "机关正在办理" in told and WAY not in told


def test_who_is_not_signed_in_is_told_before_that_a_voice_takes_it(rounds, read):
    talk = rounds.open("city-conversation")
    assert "请先登录" in read(talk, path="voice") and "请先登录" not in read(
        talk, signed_in(rounds.cast.lin_yue), path="voice"
    )


def test_what_has_no_answer_yet_leads_to_its_place(rounds, read):
    talk = rounds.open("city-conversation")
    voice = rounds.voice(talk, rounds.cast.lin_yue)
    acts.contribute(round_=talk, phase="statements", voice=voice, said="太吵", request_key="k", now=rounds.now)
    assert f'href="/take-part/{talk.case.number}/#said-1">#1</a>' in read(talk, path="answers")


def test_the_office_reads_of_each_round_the_same_state_as_everybody(rounds, read, client):
    talk = rounds.open("city-conversation")
    state = '<strong class="govuk-tag govuk-tag--green">正在进行</strong> 说一说、表态；报名参加议事小组'
    read(talk)
    for browser, path in ((client, ""), (signed_in(rounds.host), "office/city-government/participation/")):
        assert state in browser.get(f"/take-part/{path}").content.decode()
