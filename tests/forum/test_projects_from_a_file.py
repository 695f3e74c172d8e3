"""The host of a vote on money hands in a file of Pabulib on the page on which the round is opened."""

import io

import pytest
from django.urls import reverse

from tests.cast import signed_in
from zhengtong.agora.models import Contribution
from zhengtong.agora.proceedings.models import ProjectFile
from zhengtong.cases.models import Case

PB = """META
key;value
budget;500000
vote_type;choose-1
rule;equal-shares
PROJECTS
project_id;cost;name
1;120000;路口红绿灯
2;30000;图书馆坡道
VOTES
voter_id;vote
a;1
"""


@pytest.fixture
def hand_in(rounds, settings):
    """`hand_in(procedure, text, language=…)`: the host posts the form of a round with that file."""
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()

    def post(procedure="neighbourhood-budget", data=PB, language="zh-hans"):
        host = signed_in(rounds.host)
        host.cookies["django_language"] = language
        sent = io.BytesIO(data.encode())
        sent.name = "青山.pb"
        answers = {"title": "街区改造，您来定", "summary": "今年的钱花在哪里，由居民投票决定。"}
        page = reverse("forum-open", args=["city-government", "participation", procedure])
        return host.post(page, {**answers, "projects": sent, "request_key": "1"}, follow=True)

    return post


@pytest.mark.parametrize(
    ("language", "votes", "kind"),
    [
        ("zh-hans", "文件中有 1 张票，不计入", "投票方式：文件写的是“choose-1”，本次活动是“approval”"),
        ("en", "The file holds 1 vote, which does not count", "Kind of vote: “choose-1” in the file, “approval” here"),
    ],
)
def test_the_host_is_told_what_of_the_file_does_not_hold_and_everybody_reads_it(client, hand_in, language, votes, kind):
    told = hand_in(language=language).content.decode()
    assert votes in told and kind in told
    filed = ProjectFile.objects.get()
    client.cookies["django_language"] = language
    page = client.get(reverse("round", args=[filed.case.number])).content.decode()
    assert votes in page and kind in page and filed.sha256 in page
    assert ("主办机关" if language == "zh-hans" else "the office") in page and "图书馆坡道" in page


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh-hans", "项目“2”：造价须大于零"), ("en", "Project “2”: it has to cost more than nothing")],
)
def test_a_file_that_is_not_fit_is_told_in_the_readers_language_and_opens_nothing(hand_in, language, told):
    answer = hand_in(data=PB.replace("30000", "0"), language=language)
    assert told in answer.content.decode() and "街区改造" in answer.content.decode()
    assert not Case.objects.filter(procedure="neighbourhood-budget").exists()


def test_a_round_without_a_vote_on_money_takes_no_file(hand_in):
    hand_in("proposal-round")
    assert Case.objects.filter(procedure="proposal-round").exists()
    assert not ProjectFile.objects.exists() and not Contribution.objects.exists()
