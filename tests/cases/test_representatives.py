"""Many petition together and name up to five who speak for them (信访工作条例 20), by name or by their own account."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cases.test_petition_clocks import TOLD, answered
from tests.cases.test_recusals import make_kin
from tests.restaurant import task
from zhengtong.cases import acts, queries
from zhengtong.cases.authority import require
from zhengtong.cases.errors import InvalidAnswers, NoSuchCase, NoSuchRepresentation, NotWaitingForYou
from zhengtong.cases.models import Case, Letter, Recusal, Representative
from zhengtong.cases.queries.lists import cases_of
from zhengtong.cases.queries.representing import held_as_representative, named_for, named_in
from zhengtong.ledger.models import Act
from zhengtong.people.errors import ConflictOfInterest
from zhengtong.registry.models import Look
from zhengtong.registry.subjects import index_of_person

RECEPTION = "petition-office/reception"
REACH = "0000-555-0188"


def row(who, **other):
    return {"name": who.person.name, "reach": REACH, "id_number": who.person.id_number} | other


def stranger(number):
    return {"name": f"邻居{number}号", "reach": REACH}


def together(cast, now, *rows, key="many", **more):
    """Lin Yue files for many."""
    return acts.file_application(
        procedure="complaint",
        person=cast.lin_yue.person,
        by=cast.lin_yue,
        answers=TOLD | {"petition_jointly": True, "petition_representatives": list(rows)} | more,
        channel="web",
        language="zh-Hans",
        request_key=key,
        now=now,
    )


@pytest.fixture
def petition(cast, monday) -> Case:
    return together(cast, monday, stranger(1), row(cast.chen_xiaoyu))


@pytest.fixture
def named(petition) -> Representative:
    return Representative.objects.get(case=petition)


@pytest.fixture
def chen(named, cast, monday):
    """Chen Xiaoyu, who has accepted."""
    acts.answer_naming(representative=named, accept=True, by=cast.chen_xiaoyu, now=monday)
    return cast.chen_xiaoyu


class TestNaming:
    def test_up_to_five_are_named_and_a_sixth_is_told_at_the_question(self, cast, monday):
        five = [stranger(number) for number in range(1, 6)]
        assert len(together(cast, monday, *five).facts["petition_representatives"]) == 5
        acts_before = Act.objects.count()
        with pytest.raises(InvalidAnswers) as refused:
            together(cast, monday, *five, stranger(6), key="six")
        told = refused.value.errors["petition_representatives"]
        assert "最多 5 个" in told.in_("zh-Hans") and "At most 5" in told.in_("en")
        assert Case.objects.count() == 1 and Act.objects.count() == acts_before

    def test_who_petitions_for_many_names_somebody(self, cast, monday):
        with pytest.raises(InvalidAnswers):
            together(cast, monday)
        with pytest.raises(InvalidAnswers):
            together(cast, monday, {"name": " ", "reach": "", "id_number": ""})

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"name": "邻居2号"}, "第 2 个的“电话或者地址”"),
            ({"name": "邻居2号", "reach": REACH, "id_number": "123"}, "第 2 个的“公民身份号码"),
            ({"name": "邻居2号", "reach": REACH, "id_number": "990102199001010010"}, "号码"),
            ({"name": "邻居2号", "reach": REACH, "office": "x"}, "格式"),
            (stranger(1), "两次"),
            ("邻居2号", "格式"),
            ({"name": {"x": 1}, "reach": REACH * 40}, "太长"),
        ],
    )
    def test_what_is_wrong_with_one_of_them_is_said_and_nothing_is_filed(self, cast, monday, wrong, told):
        with pytest.raises(InvalidAnswers) as refused:
            together(cast, monday, stranger(1), wrong)
        assert told in refused.value.errors["petition_representatives"].in_("zh-Hans")
        assert not Case.objects.exists()

    def test_the_same_person_is_named_once(self, cast, monday):
        twice = row(cast.chen_xiaoyu, reach="青山市和平区一号")
        with pytest.raises(InvalidAnswers) as refused:
            together(cast, monday, row(cast.chen_xiaoyu), twice)
        assert "两次" in str(refused.value.errors["petition_representatives"])

    def test_whoever_is_known_by_number_and_name_gets_a_letter(self, petition, cast):
        letter = Letter.objects.get(case=petition, name="representative")
        made = Representative.objects.get(case=petition)
        assert letter.recipient == cast.chen_xiaoyu.person and f"/representing/{made.pk}" in letter.body
        assert "补正材料、申请听证、申请工作人员回避" in letter.body and "林悦" in letter.body
        assert [each.pk for each, _name in named_in(cast.chen_xiaoyu.person)] == [made.pk]
        assert Act.objects.filter(subject=petition.number, kind="case.representative.named").count() == 1

    def test_a_number_alone_finds_nobody_and_the_petitioner_is_no_representative_beside_themselves(self, cast, monday):
        case = together(cast, monday, row(cast.chen_xiaoyu, name="别人"), row(cast.lin_yue))
        assert not case.representatives.exists() and not Letter.objects.filter(name="representative").exists()


class TestAnswering:
    def test_until_they_accept_the_case_is_not_there_for_them(self, petition, named, cast, monday):
        with pytest.raises(NoSuchCase):
            queries.case_for(cast.chen_xiaoyu, petition.number, now=monday)
        assert not cases_of(cast.chen_xiaoyu.person, now=monday)
        told = named_for(cast.chen_xiaoyu.person, named.pk)
        assert told.by == "林悦" and told.may_accept and told.may_decline

    def test_who_accepts_sees_the_case_and_of_the_others_their_names(self, chen, petition, cast, monday):
        view = queries.case_for(chen, petition.number, now=monday)
        facts = {each.name: str(each.value) for each in view.facts}
        assert facts["petition_representatives"] == "邻居1号\n陈晓宇"
        assert [each.number for each in cases_of(chen.person, now=monday)] == [petition.number]
        whole = queries.case_for(cast.officer(RECEPTION), petition.number, now=monday)
        assert f"邻居1号 · {REACH}" in {each.name: str(each.value) for each in whole.facts}["petition_representatives"]
        assert [(each.person, each.status) for each in whole.representatives] == [(chen.person, "accepted")]

    def test_an_officer_who_reads_the_case_looked_at_those_who_represent_it_too(self, chen, petition, cast, monday):
        queries.case_for(cast.officer(RECEPTION), petition.number, now=monday)
        look = Look.objects.get(about=index_of_person(chen.person), case=petition.number)
        assert look.fields == ["petition_representatives"]

    def test_nobody_else_answers_for_them(self, named, cast, monday):
        for somebody in (cast.lin_yue, cast.lin_qiang, cast.officer(RECEPTION)):
            with pytest.raises(NoSuchRepresentation):
                acts.answer_naming(representative=named, accept=True, by=somebody, now=monday)
        with pytest.raises(NoSuchRepresentation):
            named_for(cast.lin_qiang.person, named.pk)

    def test_who_declines_or_lays_it_down_sees_it_no_more(self, chen, named, petition, cast, monday):
        acts.answer_naming(representative=named, accept=False, by=chen, now=monday)
        with pytest.raises(NoSuchCase):
            queries.case_for(chen, petition.number, now=monday)
        kinds = [each.kind for each in Act.objects.filter(subject=petition.number).order_by("pk")]
        assert kinds[-2:] == ["case.representative.accepted", "case.representative.declined"]

    def test_saying_it_twice_is_one_answer(self, chen, named, petition, monday):
        acts.answer_naming(representative=named, accept=True, by=chen, now=monday + timedelta(days=1))
        assert Act.objects.filter(subject=petition.number, kind="case.representative.accepted").count() == 1

    def test_nobody_accepts_once_it_is_closed(self, petition, named, cast, monday):
        acts.withdraw(case=petition, reason="", by=cast.lin_yue, now=monday)
        with pytest.raises(NoSuchRepresentation):
            acts.answer_naming(representative=named, accept=True, by=cast.chen_xiaoyu, now=monday)

    def test_the_database_takes_no_answer_that_nobody_gave(self, named):
        with pytest.raises(IntegrityError), transaction.atomic():
            Representative.objects.filter(pk=named.pk).update(status="accepted")

    def test_it_is_among_what_is_held_of_them(self, chen):
        (item,) = held_as_representative(chen.person).items
        assert item.plain()["status"] == "accepted"


class TestActing:
    def test_they_do_what_the_charter_lets_them(self, chen, petition, cast, monday):
        items = [{"what": "路灯的编号", "why": "便于查找"}]
        reception = cast.officer(RECEPTION)
        stop = acts.request_correction(task=task(petition, "accept"), items=items, by=reception, now=monday)
        assert queries.case_for(chen, petition.number, now=monday).can == {"answer-correction", "ask-recusal"}
        others = {"petition_place": "和平路 3 号", "petition_representatives": [stranger(7)]}
        acts.answer_correction(stop=stop, answers=others, by=chen, now=monday)
        petition.refresh_from_db()
        assert petition.facts["petition_place"] == "和平路 3 号"
        assert petition.facts["petition_representatives"][1]["name"] == "陈晓宇", "who else speaks is not theirs to say"

    def test_and_nothing_else(self, chen, petition, cast, monday):
        with pytest.raises(NoSuchCase):
            acts.withdraw(case=petition, reason="", by=chen, now=monday)
        answered(petition, cast, monday)
        assert queries.case_for(chen, petition.number, now=monday).can == frozenset()
        with pytest.raises(NoSuchCase):
            acts.say_whether_solved(case=petition, solved=True, by=chen, channel="web", now=monday)
        with pytest.raises(NoSuchCase):
            acts.rate(case=petition, level=5, by=chen, channel="web", now=monday)

    def test_what_the_petitioner_said_of_the_answer_is_theirs_alone(self, chen, petition, cast, monday):
        answered(petition, cast, monday)
        acts.rate(case=petition, level=4, comment="谢谢", by=cast.lin_yue, channel="web", now=monday)
        acts.say_whether_solved(case=petition, solved=True, by=cast.lin_yue, channel="web", now=monday)
        view = queries.case_for(chen, petition.number, now=monday)
        assert view.rating is None and view.word is None and "case.rated" not in {each.kind for each in view.history}
        assert queries.case_for(cast.lin_yue, petition.number, now=monday).rating.level == 4

    def test_before_they_accept_they_do_nothing(self, petition, named, cast, monday):
        items = [{"what": "路灯的编号", "why": "便于查找"}]
        stop = acts.request_correction(
            task=task(petition, "accept"), items=items, by=cast.officer(RECEPTION), now=monday
        )
        with pytest.raises(NotWaitingForYou):
            acts.answer_correction(stop=stop, answers={}, by=cast.chen_xiaoyu, now=monday)

    def test_the_petitioner_names_others_when_they_correct_it(self, chen, petition, cast, monday):
        items = [{"what": "代表", "why": "联系不上"}]
        stop = acts.request_correction(
            task=task(petition, "accept"), items=items, by=cast.officer(RECEPTION), now=monday
        )
        now_named = {"petition_representatives": [row(cast.wang_defu)]}
        acts.answer_correction(stop=stop, answers=now_named, by=cast.lin_yue, now=monday)
        with pytest.raises(NoSuchCase):
            queries.case_for(chen, petition.number, now=monday)
        assert not named_in(chen.person)
        assert [each.person for each, _name in named_in(cast.wang_defu.person)] == [cast.wang_defu.person]

    def test_an_officer_who_represents_them_does_not_handle_it(self, cast, monday):
        reception = cast.officer(RECEPTION)
        case = together(cast, monday, row(reception))
        made = case.representatives.get()
        officer = type(reception)(reception.person)
        assert not Recusal.objects.exists(), "to be named is not to be kept out: that is for them to say"
        acts.answer_naming(representative=made, accept=True, by=officer, now=monday)
        assert Recusal.objects.filter(case=case, person=reception.person).exists()
        assert task(case, "accept").post != reception.post
        with pytest.raises(ConflictOfInterest):
            require(case, by=reception, act="accept", now=monday)

    def test_kin_of_a_representative_do_not_handle_it(self, cast, monday):
        reception = cast.officer(RECEPTION)
        make_kin(reception.person, cast.chen_xiaoyu.person, monday)
        case = together(cast, monday, row(cast.chen_xiaoyu))
        acts.answer_naming(representative=case.representatives.get(), accept=True, by=cast.chen_xiaoyu, now=monday)
        assert Recusal.objects.filter(case=case, person=reception.person, ground="kin").exists()
