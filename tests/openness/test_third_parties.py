"""Whom a disclosure would harm is asked in writing, is told what comes of it, and neither side learns of the other."""

from datetime import timedelta

import pytest
from django.core import mail

from tests.cast import person_called, signed_in
from tests.redaction.papers import contract
from tests.restaurant import do, task
from zhengtong.cases import acts as cases
from zhengtong.cases import queries
from zhengtong.cases.errors import NoReason, NotYourTask
from zhengtong.cases.models import Letter
from zhengtong.connectors.mail.send import send_due
from zhengtong.ledger.models import Act
from zhengtong.openness import acts
from zhengtong.openness.errors import (
    AskedThemselves,
    NobodyAsked,
    NoOneToAsk,
    NoSuchThirdParty,
    ObjectionFollowed,
    ObjectionOpen,
    ThirdPartySaysOtherwise,
)
from zhengtong.openness.models import ThirdParty
from zhengtong.openness.queries import all_asked_of, asked_of
from zhengtong.openness.third_parties import (
    answer_as_third_party,
    ask_third_party,
    follow_objection,
    note_answer,
    overrule_objection,
)
from zhengtong.people.actor import Actor
from zhengtong.people.models import Enterprise
from zhengtong.registry.models import Look

ABOUT = "采购合同附件二“设备成本构成”"
TOLD = {"name": "青山市临江设备公司", "address": "虚构路1号", "about": ABOUT}
WHY = "设备用于公众安全，价格由财政支付，公众有权知道。"
QINGYUN = "91990103MA0TE8T22X"


@pytest.fixture
def consulted(asked):
    do(asked.case, "search", "concerned", by=asked.office, now=asked.now)
    asked.case.refresh_from_db()
    return asked


@pytest.fixture
def neighbour(cast):
    """Whom the disclosure would harm, as a party with an account and an e-mail address."""
    return cast.chen_xiaoyu


def ask(asked, **changed):
    return ask_third_party(case=asked.case, by=asked.office, now=asked.now, **(TOLD | changed))


def ask_known(asked, number):
    return ask_third_party(case=asked.case, about=ABOUT, number=number, by=asked.office, now=asked.now)


def ends(asked, output, days=0, reasons=""):
    now = asked.now + timedelta(days=days)
    return cases.complete(task=task(asked.case, "consult"), output=output, reasons=reasons, by=asked.office, now=now)


def answered(asked, output):
    says = {"where": "数据开放网站", "when": "2026-04-20"} if output == "to-be-given" else {}
    told = {"output": output, "reasons": "理由", "contents": says, "by": asked.office, "now": asked.now}
    return cases.complete(task=task(asked.case, "answer"), **told)


def made_ready(asked, without=""):
    """The contract, to be given; perhaps without a name."""
    paper, told = asked.add(contract()), {"by": asked.office, "now": asked.now}
    if without:
        acts.mark(paper=paper, ground="open-information-regulation/15", passage=without, **told)
    return acts.make_ready(paper=paper, title="合同", personal=False, **told)


@pytest.fixture
def objected(consulted, neighbour):
    """The neighbour objects, and the request is about to be answered."""
    made = ask_known(consulted, neighbour.person.id_number)
    answer_as_third_party(third_party=made, agrees=False, words="属于隐私。", by=neighbour, now=consulted.now)
    ends(consulted, "objects")
    made.refresh_from_db()
    return made


class TestAsking:
    def test_the_letter_says_what_and_until_when_and_never_who_asked(self, consulted, cast):
        asked = ask(consulted)
        assert asked.answer_until == consulted.now.date() + timedelta(days=21), "fifteen working days"
        assert "设备成本构成" in asked.letter and "第三十二条" in asked.letter and "书面寄交本机关" in asked.letter
        assert cast.lin_qiang.person.name not in asked.letter
        assert consulted.case.stopped, "its days do not count"
        assert not Letter.objects.filter(name="third-party").exists(), "the office sends it on paper"

    def test_who_is_known_here_gets_it_by_mail_like_any_other_letter(self, consulted, neighbour, cast):
        made = ask_known(consulted, neighbour.person.id_number)
        letter = Letter.objects.get(name="third-party")
        assert letter.recipient == neighbour.person and f"/third-parties/{made.pk}" in letter.body
        assert send_due(now=consulted.now)
        [sent] = [each for each in mail.outbox if each.to == ["chen-xiaoyu@qingshan.example"]]
        assert ABOUT in sent.body and cast.lin_qiang.person.name not in sent.body + sent.subject
        assert made.by_mail and made.name == "陈晓宇"

    def test_a_company_is_asked_where_its_register_says_and_by_who_represents_it(self, consulted):
        made = ask_known(consulted, QINGYUN)
        assert (made.name, made.address) == ("青山市青云文具有限公司", "青山市滨河区范例街9号")
        assert Letter.objects.get(name="third-party").recipient == person_called("孙薇")
        assert "青山市青云文具有限公司" in made.letter

    def test_each_look_at_a_register_is_one_that_they_see(self, consulted, neighbour):
        ask_known(consulted, neighbour.person.id_number)
        ask_known(consulted, QINGYUN)
        looks = Look.objects.filter(case=consulted.case.number)
        assert looks.get(agreement="population-third-parties").about == neighbour.person.id_index
        assert looks.get(agreement="enterprise-third-parties").about == person_called("孙薇").id_index

    def test_who_has_no_mail_address_here_is_written_to_on_paper(self, consulted, neighbour):
        neighbour.person.email = ""
        neighbour.person.save()
        number = neighbour.person.id_number
        with pytest.raises(NoOneToAsk):
            ask_known(consulted, number)
        made = ask(consulted, number=number)
        assert (made.by_mail, made.name, made.address) == (False, "陈晓宇", "虚构路1号")
        assert not Letter.objects.filter(name="third-party").exists()

    def test_whoever_asked_for_the_information_is_no_third_party(self, consulted, cast):
        with pytest.raises(AskedThemselves):
            ask_known(consulted, cast.lin_qiang.person.id_number)

    def test_only_the_post_that_consults_asks_and_only_meanwhile(self, asked, cast):
        with pytest.raises(NoOneToAsk):
            ask(asked)
        do(asked.case, "search", "concerned", by=asked.office, now=asked.now)
        with pytest.raises(NotYourTask):
            ask_third_party(case=asked.case, by=cast.licensing, now=asked.now, **TOLD)
        with pytest.raises(NoOneToAsk):
            ask(asked, about=" ")


class TestAnswering:
    def test_who_objects_says_why_and_answers_once(self, consulted, neighbour):
        made = ask_known(consulted, neighbour.person.id_number)
        told = {"third_party": made, "by": neighbour, "now": consulted.now}
        with pytest.raises(NoReason):
            answer_as_third_party(agrees=False, words=" ", **told)
        answer_as_third_party(agrees=False, words="属于隐私。", **told)
        with pytest.raises(NoOneToAsk):
            answer_as_third_party(agrees=True, words="", **told)
        assert Act.objects.get(kind="openness.third-party.answered").actor_post == ""

    def test_nobody_else_answers_or_reads_it(self, consulted, neighbour, cast):
        made = ask_known(consulted, neighbour.person.id_number)
        for by in (cast.lin_qiang, cast.lin_yue, consulted.office):
            with pytest.raises(NoSuchThirdParty):
                answer_as_third_party(third_party=made, agrees=True, words="", by=by, now=consulted.now)
            with pytest.raises(NoSuchThirdParty):
                asked_of(by, made.pk, now=consulted.now)
        assert all_asked_of(cast.lin_yue.person, [cast.linjiang]) == []

    def test_for_a_company_whoever_may_act_for_it_answers(self, consulted):
        made = ask_known(consulted, QINGYUN)
        for name in ("孙薇", "赵宁"):  # by the register, by a mandate
            assert asked_of(Actor(person_called(name)), made.pk, now=consulted.now).may_answer
        assert all_asked_of(person_called("赵宁"), [Enterprise.objects.get(uscc=QINGYUN)]) == [made]
        by = Actor(person_called("赵宁"))
        assert answer_as_third_party(third_party=made, agrees=True, words="", by=by, now=consulted.now).agrees

    def test_after_the_step_it_is_too_late(self, consulted, neighbour):
        made = ask_known(consulted, neighbour.person.id_number)
        ends(consulted, "silent", days=22)
        assert not asked_of(neighbour, made.pk, now=consulted.now).may_answer
        with pytest.raises(NoSuchThirdParty):
            answer_as_third_party(third_party=made, agrees=True, words="", by=neighbour, now=consulted.now)


class TestTheStep:
    def test_it_does_not_end_while_nobody_was_asked(self, consulted):
        for output in ("agrees", "objects", "silent"):
            with pytest.raises(NobodyAsked):
                ends(consulted, output)

    def test_it_ends_without_a_letter_only_with_the_reason_why_nobody_has_to_be_asked(self, consulted):
        with pytest.raises(NoReason):
            ends(consulted, "nobody")
        ends(consulted, "nobody", reasons="经核实，附件已由供应商自行公开。")
        assert consulted.case.tasks.filter(node="answer", status="open").exists()

    def test_who_was_asked_is_not_nobody(self, consulted):
        ask(consulted)
        with pytest.raises(ThirdPartySaysOtherwise):
            ends(consulted, "nobody", reasons="不必", days=30)

    def test_it_waits_for_the_answer_or_for_the_last_day(self, consulted):
        ask(consulted)
        with pytest.raises(ThirdPartySaysOtherwise):
            ends(consulted, "silent", days=21)
        ends(consulted, "silent", days=22)

    def test_it_ends_in_what_was_said(self, consulted):
        one, other = ask(consulted), ask(consulted, name="另一家公司")
        told = {"by": consulted.office, "now": consulted.now}
        note_answer(third_party=one, agrees=True, words="", **told)
        note_answer(third_party=other, agrees=False, words="属于商业秘密。", **told)
        with pytest.raises(NoOneToAsk):
            note_answer(third_party=other, agrees=True, words="", **told)
        with pytest.raises(ThirdPartySaysOtherwise):
            ends(consulted, "agrees")
        ends(consulted, "objects")


class TestAnObjection:
    def settle(self, consulted, objected, overrule, reasons=""):
        told = {"third_party": objected, "by": consulted.office, "now": consulted.now}
        return overrule_objection(reasons=reasons, **told) if overrule else follow_objection(**told)

    def test_nothing_is_disclosed_before_it_is_settled(self, consulted, objected):
        paper = made_ready(consulted)
        for output in ("granted", "to-be-given"):
            with pytest.raises(ObjectionOpen):
                answered(consulted, output)
        acts.take_back(paper=paper, by=consulted.office, now=consulted.now)
        acts.remove_paper(paper=paper, by=consulted.office, now=consulted.now)
        made_ready(consulted, without="张三丰")
        with pytest.raises(ObjectionOpen):
            answered(consulted, "partly")
        assert answered(consulted, "withheld-third-party").outcome == "withheld"

    def test_overruled_it_is_told_with_the_reasons_before_the_information_is_given(self, consulted, objected, cast):
        with pytest.raises(NoReason):
            self.settle(consulted, objected, True, " ")
        made = self.settle(consulted, objected, True, WHY)
        letter = Letter.objects.get(name="third-party-told")
        assert letter.recipient == cast.chen_xiaoyu.person
        for part in (ABOUT, WHY, "第三十二条", "青山市司法局", "六十日"):
            assert part in letter.body
        assert cast.lin_qiang.person.name not in letter.body
        act = Act.objects.get(kind="openness.objection.overruled")
        assert "open-information-regulation/32" in act.legal_basis
        made_ready(consulted)
        assert answered(consulted, "granted").outcome == "granted"
        assert made.notice and letter.written_at <= consulted.now

    def test_followed_not_all_of_it_is_disclosed(self, consulted, objected):
        self.settle(consulted, objected, False)
        made_ready(consulted)
        for output in ("granted", "to-be-given"):
            with pytest.raises(ObjectionFollowed):
                answered(consulted, output)
        made_ready(consulted, without="张三丰")
        assert answered(consulted, "partly").outcome == "withheld"

    def test_who_was_told_that_it_is_disclosed_is_not_told_otherwise(self, consulted, objected):
        self.settle(consulted, objected, True, WHY)
        with pytest.raises(NoSuchThirdParty):
            self.settle(consulted, objected, False)

    def test_only_the_post_that_answers_settles_it(self, consulted, objected, cast):
        with pytest.raises(NotYourTask):
            follow_objection(third_party=objected, by=cast.licensing, now=consulted.now)


def test_the_requester_learns_nothing_of_who_was_asked(consulted, objected, cast, settings):
    settings.ZHENGTONG_CLOCK = consulted.now.isoformat()
    view = queries.case_for(cast.lin_qiang, consulted.case.number, now=consulted.now)
    assert {each.recipient_id for each in view.letters} == {cast.lin_qiang.person.pk}
    browser = signed_in(cast.lin_qiang)
    for page in (f"/cases/{consulted.case.number}", "/cases", "/my-data/held"):
        told = browser.get(page).content.decode()
        assert "陈晓宇" not in told and "属于隐私" not in told
    assert browser.get(f"/third-parties/{objected.pk}").status_code == 404


def test_the_third_party_answers_on_a_page_and_sees_nothing_of_the_requester(consulted, neighbour, settings):
    settings.ZHENGTONG_CLOCK = consulted.now.isoformat()
    made = ask_known(consulted, neighbour.person.id_number)
    browser, page = signed_in(neighbour), f"/third-parties/{made.pk}"
    assert page in browser.get("/cases").content.decode()
    told = browser.get(page).content.decode()
    assert ABOUT in told and "林强" not in told
    assert browser.get(f"/cases/{consulted.case.number}").status_code == 404
    assert browser.post(page, {"words": "x"}).status_code == 422
    assert browser.post(page, {"agrees": "no", "words": ""}).status_code == 422
    assert browser.post(page, {"agrees": "no", "words": "属于隐私。"}).status_code == 302
    assert "属于隐私。" in browser.get(page).content.decode()
    (kept,) = browser.get("/my-data/held.json").json()["third-party"]
    assert (kept["about"], kept["agrees"], kept["words"]) == (ABOUT, False, "属于隐私。")


def test_it_is_done_on_a_page_of_the_desk(consulted, settings):
    settings.ZHENGTONG_CLOCK = consulted.now.isoformat()
    officer = signed_in(consulted.office)
    path = f"/desk/city-government/information/cases/{consulted.case.number}/third-parties"
    assert officer.post(path, {"do": "ask", "name": "x"}).status_code == 422
    assert officer.post(path, {"do": "ask", **TOLD}).status_code == 302
    assert "虚构路1号" in officer.get(path).content.decode()
    which = ThirdParty.objects.get().pk
    officer.post(path, {"do": "objects", "which": which, "words": "属于商业秘密。"})
    assert "属于商业秘密。" in officer.get(path).content.decode()
    ends(consulted, "objects")
    assert officer.post(path, {"do": "overrule", "which": which, "words": ""}).status_code == 422
    assert officer.post(path, {"do": "overrule", "which": which, "words": WHY}).status_code == 302
    assert WHY in officer.get(path).content.decode()
