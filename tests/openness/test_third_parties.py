"""Whom a disclosure would harm is asked in writing, does not learn who asked, and its days do not count."""

from datetime import timedelta

import pytest

from tests.cast import signed_in
from tests.restaurant import do, task
from zhengtong.cases import acts as cases
from zhengtong.cases.errors import NotYourTask
from zhengtong.openness.errors import NoOneToAsk, ThirdPartySaysOtherwise
from zhengtong.openness.models import ThirdParty
from zhengtong.openness.third_parties import ask_third_party, note_answer

TOLD = {"name": "青山市临江设备公司", "address": "虚构路1号", "about": "采购合同附件二“设备成本构成”"}


@pytest.fixture
def consulted(asked):
    do(asked.case, "search", "concerned", by=asked.office, now=asked.now)
    asked.case.refresh_from_db()
    return asked


def ask(asked, **changed):
    return ask_third_party(case=asked.case, by=asked.office, now=asked.now, **(TOLD | changed))


def ends(asked, output, days=0):
    now = asked.now + timedelta(days=days)
    return cases.complete(task=task(asked.case, "consult"), output=output, by=asked.office, now=now)


def test_the_letter_says_what_and_until_when_and_never_who_asked(consulted, cast):
    asked = ask(consulted)
    assert asked.answer_until == consulted.now.date() + timedelta(days=21), "fifteen working days"
    assert "设备成本构成" in asked.letter and "第三十二条" in asked.letter
    assert cast.lin_qiang.person.name not in asked.letter
    assert consulted.case.stopped, "its days do not count"


def test_only_the_post_that_consults_asks_and_only_meanwhile(asked, cast):
    with pytest.raises(NoOneToAsk):
        ask(asked)
    do(asked.case, "search", "concerned", by=asked.office, now=asked.now)
    with pytest.raises(NotYourTask):
        ask_third_party(case=asked.case, by=cast.licensing, now=asked.now, **TOLD)
    with pytest.raises(NoOneToAsk):
        ask(asked, about=" ")


def test_the_step_waits_for_the_answer_or_for_the_last_day(consulted):
    ask(consulted)
    with pytest.raises(ThirdPartySaysOtherwise):
        ends(consulted, "silent", days=21)
    ends(consulted, "silent", days=22)


def test_the_step_ends_in_what_was_said(consulted):
    one, other = ask(consulted), ask(consulted, name="另一家公司")
    told = {"by": consulted.office, "now": consulted.now}
    note_answer(third_party=one, agrees=True, words="", **told)
    note_answer(third_party=other, agrees=False, words="属于商业秘密。", **told)
    with pytest.raises(NoOneToAsk):
        note_answer(third_party=other, agrees=True, words="", **told)
    with pytest.raises(ThirdPartySaysOtherwise):
        ends(consulted, "agrees")
    ends(consulted, "objects")


def test_it_is_done_on_a_page_of_the_desk(consulted, settings):
    settings.ZHENGTONG_CLOCK = consulted.now.isoformat()
    officer = signed_in(consulted.office)
    path = f"/desk/city-government/information/cases/{consulted.case.number}/third-parties"
    assert officer.post(path, {"do": "ask", "name": "x"}).status_code == 422
    assert officer.post(path, {"do": "ask", **TOLD}).status_code == 302
    assert "虚构路1号" in officer.get(path).content.decode()
    officer.post(path, {"do": "objects", "which": ThirdParty.objects.get().pk, "words": "属于商业秘密。"})
    assert "属于商业秘密。" in officer.get(path).content.decode()
