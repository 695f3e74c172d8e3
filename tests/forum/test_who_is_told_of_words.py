"""Tricks with words, numbers, photographs, links: what their sender reads, what becomes of them, who else is told."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from PIL import Image

from tests.agora.test_reports import reported
from tests.cases.test_photographs import photograph
from tests.cast import signed_in
from zhengtong.agora.acts import admit_here, contribute
from zhengtong.agora.reports.acts import publish_due
from zhengtong.agora.subscriptions.acts import subscribe, token
from zhengtong.agora.subscriptions.models import Subscription
from zhengtong.agora.watching.acts import watch_due
from zhengtong.cases.documents import read
from zhengtong.cases.law import charter_of
from zhengtong.charter.queries import in_force_at

ZH, EN = "zh-hans", "en"


@pytest.fixture
def talk(rounds, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return rounds.consultation()


def speaker(rounds, talk, language=ZH) -> Client:
    """A browser in which Lin Yue's voice speaks, and nobody has signed in."""
    key = admit_here(round_=talk, by=rounds.cast.lin_yue, now=rounds.now)
    author = Client()
    author.cookies["django_language"] = language
    author.post(f"/take-part/{talk.case.number}/voice", {"do": "enter", "key": key})
    return author


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<script>alert(1)</script>不好", "<script>alert(1)</script>不好"),
        ("{{ request.user }}{% now %}", "{{ request.user }}{% now %}"),
        ("请看\u202etxt.exe\u2066吧", "请看txt.exe吧"),
        ("零号\x1b[31m", "零号[31m"),
    ],
    ids=["script", "template", "bidirectional", "control"],
)
def test_tricks_in_a_text_deceive_neither_author_nor_public_moderator_or_data(rounds, talk, typed, read):
    author, home = speaker(rounds, talk), f"/take-part/{talk.case.number}/"
    assert author.post(f"{home}say/comment", {"said": typed, "request_key": "k"}).status_code == 302
    moderation = f"/take-part/office/{rounds.moderator.post}/{talk.case.number}/moderation"
    for browser, page in ((author, home), (Client(), home), (signed_in(rounds.moderator), moderation)):
        assert escape(read) in browser.get(page).content.decode()
        assert escape(typed) == escape(read) or escape(typed) not in browser.get(page).content.decode()
        assert "<script>alert" not in browser.get(page).content.decode()
    (row,) = Client().get(f"{home}said.json").json()["said"]
    assert row["text"] == read


@pytest.mark.parametrize(
    ("language", "told"), [(ZH, "您已经提出过相同的内容"), (EN, "You have said exactly this already")]
)
def test_of_the_same_over_and_over_its_sender_the_public_the_moderator_and_the_data_are_told(
    rounds, talk, language, told
):
    author, home = speaker(rounds, talk, language), f"/take-part/{talk.case.number}/"
    for voice in rounds.voices(talk, 9, but=rounds.cast.lin_yue):
        contribute(round_=talk, phase="comment", voice=voice, said="坚决反对！", request_key="k", now=rounds.now)
    author.post(f"{home}say/comment", {"said": "坚决反对！", "request_key": "k"})
    before = talk.case.contributions.count()
    again = author.post(f"{home}say/comment", {"said": "坚决反对！", "request_key": "another"})
    assert (again.status_code, told in again.content.decode()) == (409, True)
    assert talk.case.contributions.count() == before == 10
    assert watch_due(now=rounds.now) == 1
    page = Client().get(home).content.decode()
    assert page.count("坚决反对！") == 1 and "另有 9 条一字不差" in page
    assert "1 条提示待查看" in signed_in(rounds.moderator).get(f"/desk/{rounds.moderator.post}/").content.decode()
    data = Client().get(f"{home}said.json").json()
    assert len(data["said"]) == 10 and [each["signal"] for each in data["signals"]] == ["same-text"]


def test_who_sends_a_photograph_reads_that_its_place_goes_and_nobody_gets_it(cast, monday):
    case = reported(cast, monday, photo=photograph())
    (material,) = [
        each for each in charter_of(case).procedures["complaint"].materials if each.id == "petition-evidence"
    ]
    assert "位置信息会被去除" in material.instructions.in_("zh-Hans") and "is removed" in material.instructions.in_(
        "en"
    )
    publish_due(now=monday)
    handed_in = read(case.documents.get().path)
    public = b"".join(Client().get(f"/take-part/reports/{case.number}/photo.jpg").streaming_content)
    for body in (handed_in, public):  # the office's, and everybody's
        with Image.open(io.BytesIO(body)) as image:
            assert not image.getexif().get_ifd(0x8825)
        assert b"Lin Yue" not in body


@pytest.mark.parametrize(
    ("language", "told"), [(ZH, "按下按钮之前，什么都不会发生"), (EN, "Nothing happens until you press the button")]
)
def test_a_scanner_that_follows_a_link_changes_nothing_and_the_reader_is_told_what_does(
    cast, client, monday, settings, language, told
):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    subscribe(
        charter=in_force_at(monday).charter, address="a@mail.example", what="topic:voice", language="en", now=monday
    )
    found = Subscription.objects.get()
    client.cookies["django_language"] = language
    for name in ("subscription-confirm", "subscription-end"):
        page = client.get(reverse(name, args=[token(found)]))
        assert told in page.content.decode()
        assert client.head(reverse(name, args=[token(found)])).status_code == 200
    assert Subscription.objects.get() == found and found.confirmed_at is None
