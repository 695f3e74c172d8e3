"""Two officers may let a person be told later who looked; it is bounded, ends by itself, and is told afterwards."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import signed_in
from tests.restaurant import apply, do, part
from zhengtong.cases import acts, registers
from zhengtong.cases.errors import CaseIsClosed, NoReason, NoSuchDelay, NoticeNotDelayed, OneAndTheSame
from zhengtong.cases.models import Case
from zhengtong.cases.queries.delays import delays_counted, delays_told
from zhengtong.cases.queries.held import held
from zhengtong.cases.queries.looks import looks_told
from zhengtong.ledger.models import Act
from zhengtong.people.errors import ConflictOfInterest, NoPower
from zhengtong.registry.models import Delay, Look

WHY = "告知将妨碍突击检查"
LAW = ["pipl/35", "qingshan-data-rules/5"]


@pytest.fixture
def food(cast, monday) -> Case:
    joint = apply(cast, now=monday)
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    return part(joint, "food-licence")


@pytest.fixture
def looked(food, cast, monday) -> Look:
    """The licensing officer has read the applicant's record for the case."""
    number = cast.lin_yue.person.id_number
    registers.read(agreement="population-identity-market", key=number, case=food.number, by=cast.licensing, now=monday)
    return Look.objects.get(case=food.number)


@pytest.fixture
def supervisor(cast):
    return cast.supervisor


@pytest.fixture
def propose(food, cast, monday):
    def _propose(days=10, by=None, reason=WHY, basis=LAW) -> Delay:
        until = monday.date() + timedelta(days=days)
        return acts.delay_notice(
            case=food, until=until, reason=reason, basis=basis, by=by or cast.licensing, now=monday
        )

    return _propose


def seen(cast, case, now) -> list:
    return [each for each in looks_told(cast.lin_yue.person, now=now) if each.case == case.number]


def test_what_is_only_proposed_hides_nothing(propose, looked, food, cast, monday):
    propose()
    assert [each.id for each in seen(cast, food, monday)] == [looked.pk]


def test_it_hides_the_look_until_its_last_day_and_then_says_why(propose, looked, food, cast, supervisor, monday):
    acts.confirm_delay(delay=propose(), by=supervisor, now=monday)
    assert seen(cast, food, monday) == seen(cast, food, monday + timedelta(days=10)) == []
    [told] = seen(cast, food, monday + timedelta(days=11))
    assert (told.id, told.late.reason, told.late.basis) == (looked.pk, WHY, LAW)
    assert told.late.until == monday.date() + timedelta(days=10)


def test_a_look_made_after_its_end_was_not_late(propose, looked, food, cast, supervisor, monday):
    acts.confirm_delay(delay=propose(days=1), by=supervisor, now=monday)
    later = monday + timedelta(days=2)
    number = cast.lin_yue.person.id_number
    registers.read(agreement="population-identity-market", key=number, case=food.number, by=cast.licensing, now=later)
    assert [bool(each.late) for each in seen(cast, food, later)] == [False, True]


def test_question_and_download_honour_it(propose, looked, cast, supervisor, settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    acts.confirm_delay(delay=propose(days=50), by=supervisor, now=monday)
    browser = signed_in(cast.lin_yue)
    assert browser.post(f"/my-data/looks/{looked.pk}/ask").status_code == 404
    assert looked.case not in [each["case"] for each in browser.get("/my-data/held.json").json()["looks"]]
    looks = next(each for each in held(cast.lin_yue.person, now=monday + timedelta(days=51)) if each.id == "looks")
    told = json.dumps([each.plain() for each in looks.items], ensure_ascii=False)
    assert WHY in told and looked.case in told


class TestFourEyes:
    def test_whoever_proposed_it_does_not_confirm_it(self, propose, food, cast, monday):
        head = cast.officer("heping-market/head")
        delay = propose()
        Delay.objects.update(proposed_by=head.person)
        with pytest.raises(OneAndTheSame):
            acts.confirm_delay(delay=delay, by=head, now=monday)

    def test_the_database_holds_it_as_well(self, propose, monday):
        delay = propose()
        with pytest.raises(IntegrityError), transaction.atomic():
            Delay.objects.update(state="confirmed", answered_by=delay.proposed_by, answered_at=monday)

    def test_a_colleague_who_does_not_supervise_cannot_confirm_it(self, propose, cast, monday):
        with pytest.raises(NoPower):
            acts.confirm_delay(delay=propose(), by=cast.fire, now=monday)

    def test_an_office_without_a_part_in_the_case_cannot_propose_it(self, propose, cast):
        with pytest.raises(NoPower):
            propose(by=cast.signs)

    def test_nobody_delays_the_notice_to_themselves(self, propose, food, cast):
        Case.objects.filter(pk=food.pk).update(applicant=cast.licensing.person)
        with pytest.raises(ConflictOfInterest):
            propose()


class TestItsBounds:
    def test_the_charter_bounds_it(self, propose):
        with pytest.raises(NoticeNotDelayed, match="at the latest"):
            propose(days=62)

    def test_it_does_not_lie_in_the_past(self, propose):
        with pytest.raises(NoticeNotDelayed):
            propose(days=-1)

    def test_it_has_a_reason_and_a_law_in_force(self, propose):
        with pytest.raises(NoReason):
            propose(reason=" ")
        for basis in ([], ["pipl/999"]):
            with pytest.raises(NoticeNotDelayed):
                propose(basis=basis)

    def test_a_case_has_one_delay_and_no_second_after_it(self, propose, supervisor, monday):
        acts.confirm_delay(delay=propose(days=1), by=supervisor, now=monday)
        with pytest.raises(NoticeNotDelayed):
            propose()

    def test_a_closed_case_has_none(self, propose, food):
        Case.objects.filter(pk=food.pk).update(status="closed", post="")
        with pytest.raises(CaseIsClosed):
            propose()


class TestItsEnd:
    def test_a_rejection_has_a_reason_and_another_may_be_proposed(self, propose, supervisor, monday):
        delay = propose()
        with pytest.raises(NoReason):
            acts.reject_delay(delay=delay, answer="", by=supervisor, now=monday)
        acts.reject_delay(delay=delay, answer="没有正在进行的检查", by=supervisor, now=monday)
        with pytest.raises(NoSuchDelay):
            acts.confirm_delay(delay=delay, by=supervisor, now=monday)
        assert propose().pk != delay.pk

    def test_either_side_ends_it_before_its_time(self, propose, looked, food, cast, supervisor, monday):
        delay = acts.confirm_delay(delay=propose(), by=supervisor, now=monday)
        acts.end_delay(delay=delay, by=cast.licensing, now=monday)
        assert len(seen(cast, food, monday)) == 1
        with pytest.raises(NoSuchDelay):
            acts.end_delay(delay=delay, by=supervisor, now=monday)

    def test_the_public_counts_them(self, propose, supervisor, monday):
        acts.confirm_delay(delay=propose(days=1), by=supervisor, now=monday)
        counted = delays_counted(now=monday)
        assert (counted.in_force, counted.ended, counted.rejected) == (1, 0, 0)
        counted = delays_counted(now=monday + timedelta(days=2))
        assert (counted.in_force, counted.ended, counted.rejected) == (0, 1, 0)


def test_the_party_does_not_read_of_it_in_the_history_of_the_case(propose, food, cast, supervisor, monday):
    acts.confirm_delay(delay=propose(), by=supervisor, now=monday)
    recorded = Act.objects.filter(kind__startswith="notice.delay")
    assert {each.subject for each in recorded} == {f"notice:{food.number}"}
    assert [each.legal_basis for each in recorded] == [LAW, LAW]
    assert all(WHY not in json.dumps([each.reason, each.particulars], ensure_ascii=False) for each in recorded)


class TestThePages:
    def post(self, who, path: str, **fields: str):
        return signed_in(who).post(path, fields)

    def test_an_officer_proposes_and_a_supervisor_confirms(self, food, looked, cast, supervisor):
        from django.utils import timezone

        day = timezone.localdate() + timedelta(days=5)
        desk = f"/desk/{cast.licensing.post}/cases/{food.number}"
        assert f"{desk}/notice" in signed_in(cast.licensing).get(desk).content.decode()
        fields = {"until-year": day.year, "until-month": day.month, "until-day": day.day, "reason": WHY, "basis": LAW}
        assert signed_in(cast.licensing).post(f"{desk}/notice", {**fields, "until-year": "x"}).status_code == 409
        assert signed_in(cast.licensing).post(f"{desk}/notice", fields).status_code == 302
        notices = f"/oversight/{supervisor.post}/notices"
        assert WHY in signed_in(supervisor).get(notices).content.decode()
        delay = Delay.objects.get()
        assert signed_in(supervisor).post(notices, {"delay": delay.pk, "answer": "confirm"}).status_code == 302
        assert delays_told(supervisor, now=timezone.now())[0].confirmed
        assert food.number not in signed_in(cast.lin_yue).get("/my-data").content.decode()

    def test_who_supervises_nothing_has_no_such_page(self, cast):
        assert signed_in(cast.licensing).get(f"/oversight/{cast.licensing.post}/notices").status_code == 404
