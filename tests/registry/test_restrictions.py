"""What has to be kept is stored only, where the person asks for it or the office orders it (PIPL art. 47)."""

from datetime import timedelta

import pytest

from tests.cast import signed_in
from tests.restaurant import do
from zhengtong.cases import acts, queries, registers
from zhengtong.cases.models import Case
from zhengtong.cases.queries.held import held
from zhengtong.cases.queries.looks import looks_told
from zhengtong.cases.restricting import CaseIsStoredOnly
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
from zhengtong.people.errors import ConcernsYou, NoOfficePower, SamePerson
from zhengtong.people.models import Attempt, Motion
from zhengtong.registry.errors import (
    NoSuchRestriction,
    NotTheOwner,
    NotToBeRestricted,
    ProcessingStopped,
    YouStoppedIt,
)
from zhengtong.registry.models import Look, Record, Restriction
from zhengtong.registry.restrictions import (
    confirm_lifting,
    lift_own,
    propose_lifting,
    restrict,
    restrictions_of,
)
from zhengtong.registry.subjects import index_of_person

WHY = "保存期限未满，登记目的已经实现"


@pytest.fixture
def clerk(cast) -> Actor:
    return cast.officer("public-security/household")


@pytest.fixture
def chief(cast) -> Actor:
    return cast.officer("public-security/head")


@pytest.fixture
def order(cast, clerk, monday):
    def _order(**other) -> Restriction:
        key = cast.chen_xiaoyu.person.id_number
        return restrict(**{"register": "population", "key": key, "reason": WHY, "by": clerk, "now": monday} | other)

    return _order


def file_(procedure, answers, by, monday, key="one") -> Case:
    return acts.file_application(
        procedure=procedure,
        person=by.person,
        answers=answers,
        by=by,
        channel="web",
        language="zh-Hans",
        request_key=key,
        now=monday,
    )


@pytest.fixture
def certificate(cast, monday) -> Case:
    """A case of his that is over, and has to be kept for three years."""
    case = file_("residence-certificate", {}, cast.chen_xiaoyu, monday)
    assert not case.is_open
    return case


@pytest.fixture
def asked(cast, certificate, monday) -> Case:
    """He asked for it, and the supervisor granted it."""
    case = file_("stop-processing", {"stop_why": "我已搬离，不再办事"}, cast.chen_xiaoyu, monday, key="stop")
    do(case, "find_out", "completed", by=cast.supervisor, now=monday)
    told = {"reasons": "没有法律要求继续处理", "basis": ["pipl/47"]}
    do(case, "answer", "stopped", by=cast.supervisor, now=monday, **told)
    case.refresh_from_db()
    return case


def read(cast, agreement, by, now):
    key = cast.chen_xiaoyu.person.id_number
    return registers.read(agreement=agreement, key=key, case="", by=by, now=now)


class TestWhatIsRefused:
    def test_an_office_reads_no_more_and_is_told_since_when(self, order, cast, monday):
        read(cast, "population-identity-market", cast.licensing, monday)
        order()
        with pytest.raises(ProcessingStopped) as told:
            read(cast, "population-identity-market", cast.licensing, monday)
        assert "2026-03-02" in told.value.told()["en"] and told.value.status == 403
        assert Look.objects.filter(agreement="population-identity-market").count() == 1

    def test_nobody_else_s_record_is_touched(self, order, cast, monday):
        order()
        key = cast.wang_defu.person.id_number
        found = registers.read(agreement="population-identity-market", key=key, case="", by=cast.licensing, now=monday)
        assert found.values["name"] == "王德福"

    def test_the_refusal_is_on_record_as_an_attempt(self, order, cast, settings, monday):
        settings.ZHENGTONG_CLOCK = monday.isoformat()
        order()
        page = "/desk/heping-market/licensing/registers"
        sent = {"agreement": "population-identity-market", "key": cast.chen_xiaoyu.person.id_number, "case": ""}
        assert signed_in(cast.licensing).post(page, sent).status_code == 403
        assert Attempt.objects.filter(person=cast.licensing.person, code="processing-stopped").exists()

    def test_what_a_law_keeps_open_is_read_and_names_it(self, order, cast, monday):
        order()
        found = read(cast, "population-identity-window", cast.window, monday)
        assert found.values["name"] == "陈晓宇"
        [look] = looks_told(cast.chen_xiaoyu.person, now=monday)
        assert "qingshan-data-rules/10" in look.basis and "online-service-rules/5" in look.basis
        assert "qingshan-data-rules/10" in Act.objects.filter(kind="register.looked").latest("pk").legal_basis

    def test_their_own_form_is_not_filled_in_and_says_what_to_do(self, asked, cast, monday):
        with pytest.raises(YouStoppedIt) as told:
            file_("residence-certificate", {}, cast.chen_xiaoyu, monday, key="again")
        assert "My data" in told.value.advice()["en"]


class TestTheOfficeOrdersIt:
    def test_only_the_owner_with_the_power_and_for_a_reason(self, order, cast, clerk, monday):
        for by, refusal in ((cast.licensing, NotTheOwner), (cast.officer("market-bureau/head"), NotTheOwner)):
            with pytest.raises(refusal):
                order(by=by)
        for wrong in ({"reason": " "}, {"until": monday.date() - timedelta(days=1)}):
            with pytest.raises(NotToBeRestricted):
                order(**wrong)
        with pytest.raises(ConcernsYou):
            order(key=clerk.person.id_number)
        uscc = Record.objects.filter(register="enterprise").values_list("key", flat=True)[0]
        with pytest.raises(NoOfficePower):
            order(register="enterprise", key=uscc, by=cast.officer("market-bureau/head"))
        order()
        with pytest.raises(NotToBeRestricted):
            order()

    def test_two_officers_lift_it_and_one_does_not(self, order, cast, clerk, chief, monday):
        made = order()
        motion = propose_lifting(restriction_id=made.pk, reason="法院调取", by=clerk, now=monday)
        with pytest.raises(SamePerson):
            confirm_lifting(motion=motion, by=clerk, now=monday)
        with pytest.raises(ProcessingStopped):
            read(cast, "population-identity-market", cast.licensing, monday)
        confirm_lifting(motion=motion, by=chief, now=monday)
        assert read(cast, "population-identity-market", cast.licensing, monday).values["name"] == "陈晓宇"
        kinds = Act.objects.filter(subject=made.record.sealed_for).order_by("position").values_list("kind", flat=True)
        assert list(kinds) == ["register.record.restricted", "register.record.restriction.lifted"]

    def test_the_person_sees_why_and_cannot_lift_what_an_office_ordered(self, order, cast, monday):
        made = order()
        assert restrictions_of(cast.chen_xiaoyu.person, on=monday.date()) == [made]
        with pytest.raises(NoSuchRestriction):
            lift_own(restriction_id=made.pk, by=cast.chen_xiaoyu, now=monday)
        [stored] = [each for each in held(cast.chen_xiaoyu.person, now=monday) if each.id == "restrictions"]
        assert stored.items[0].plain()["reason"] == WHY

    def test_it_ends_by_itself_after_its_last_day(self, order, cast, monday):
        order(until=monday.date() + timedelta(days=3))
        with pytest.raises(ProcessingStopped):
            read(cast, "population-identity-market", cast.licensing, monday + timedelta(days=3))
        assert read(cast, "population-identity-market", cast.licensing, monday + timedelta(days=4)).values
        assert order(now=monday + timedelta(days=5)).pk, "and can be ordered anew"

    def test_on_their_pages(self, cast, clerk, chief, settings, monday):
        settings.ZHENGTONG_CLOCK = monday.isoformat()
        first, second = signed_in(clerk), signed_in(chief)
        page = "/desk/public-security/household/motions"
        sent = {"act": "restrict", "register": "population", "key": cast.chen_xiaoyu.person.id_number, "reason": WHY}
        assert first.post(page, sent | {"until": "soon"}).status_code == 422
        assert first.post(page, sent).status_code == 302
        made = Restriction.objects.get()
        assert WHY in first.get(page).content.decode()
        mine = signed_in(cast.chen_xiaoyu).get("/my-data").content.decode()
        assert WHY in mine and "restrictions" not in mine, "no button to lift it"
        first.post(page, {"act": "lift", "restriction": made.pk, "reason": "目的重新出现"})
        motion = Motion.objects.get()
        answer = f"/desk/public-security/head/motions/{motion.pk}"
        assert WHY in second.get(answer).content.decode()
        second.post(answer, {"answer": "confirm"})
        made.refresh_from_db()
        assert made.lifted_at and not Record.objects.get(pk=made.record_id).restricted


class TestThePersonAsks:
    def test_their_record_and_their_closed_cases_are_stored_only(self, asked, certificate, cast, monday):
        certificate.refresh_from_db()
        assert asked.outcome == "stopped" and certificate.restricted_at
        with pytest.raises(ProcessingStopped):
            read(cast, "population-identity-market", cast.licensing, monday)
        with pytest.raises(CaseIsStoredOnly):
            queries.case_for(cast.officer("public-security/household"), certificate.number, now=monday)
        assert queries.case_for(cast.chen_xiaoyu, certificate.number, now=monday).facts, "it is theirs to read"

    def test_whom_a_law_lets_in_sees_the_case_and_the_look_names_it(self, asked, certificate, cast, monday):
        queries.case_for(cast.supervisor, certificate.number, now=monday)
        look = next(each for each in looks_told(cast.chen_xiaoyu.person, now=monday) if each.case == certificate.number)
        assert "qingshan-rules/15" in look.basis

    def test_a_case_that_is_contested_is_open_to_whoever_has_it(self, asked, certificate, cast, monday):
        other = file_("erase-my-data", {"erase_why": "请删除我的信息"}, cast.wang_defu, monday)
        Case.objects.filter(pk=other.pk).update(about=certificate)  # it stands in for an appeal
        assert queries.case_for(cast.officer("public-security/household"), certificate.number, now=monday)

    def test_they_lift_it_alone_at_once(self, asked, certificate, cast, monday, settings):
        settings.ZHENGTONG_CLOCK = monday.isoformat()
        browser = signed_in(cast.chen_xiaoyu)
        made = Restriction.objects.get()
        assert f"/my-data/restrictions/{made.pk}/lift" in browser.get("/my-data").content.decode()
        browser.post(f"/my-data/restrictions/{made.pk}/lift")
        browser.post("/my-data/cases/lift")
        assert read(cast, "population-identity-market", cast.licensing, monday).values
        assert queries.case_for(cast.officer("public-security/household"), certificate.number, now=monday)

    def test_nobody_else_lifts_it(self, asked, cast, clerk, monday, settings):
        made = Restriction.objects.get()
        for by in (cast.lin_yue, clerk):
            with pytest.raises(NoSuchRestriction):
                lift_own(restriction_id=made.pk, by=by, now=monday)
        with pytest.raises(NoSuchRestriction):
            propose_lifting(restriction_id=made.pk, reason="查询方便", by=clerk, now=monday)
        assert signed_in(cast.lin_yue).post(f"/my-data/restrictions/{made.pk}/lift").status_code == 404

    def test_what_cannot_be_erased_yet_is_stored_only_from_then_on(self, certificate, cast, monday):
        case = file_("erase-my-data", {"erase_why": "请删除我的全部信息"}, cast.chen_xiaoyu, monday, key="erase")
        do(case, "find_out", "completed", by=cast.supervisor, now=monday)
        told = {"reasons": "期限未满的只存储", "basis": ["pipl/47"]}
        do(case, "answer", "erased", by=cast.supervisor, now=monday, **told)
        certificate.refresh_from_db()
        assert certificate.erased_at is None and certificate.restricted_at == monday
        record = Record.objects.get(register="population", key=index_of_person(cast.chen_xiaoyu.person))
        assert not record.restricted, "the register was not asked about"
