"""An officer stands aside, or is made to; the case goes to a colleague, to another post that may, or up."""

from datetime import date, timedelta

import pytest

from tests.cast import signed_in
from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.errors import NoReason, NoRecusal, NoSuchCase, NoSuchRequest
from zhengtong.cases.models import Letter, Recusal, RecusalRequest
from zhengtong.ledger.models import Act
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.acts import take_post
from zhengtong.people.errors import ConcernsYou, ConflictOfInterest, NoPower
from zhengtong.registry.models import Record


@pytest.fixture
def food(cast, monday):
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    food = part(case, "food-licence")
    acts.claim(task=task(food, "examine"), by=cast.licensing, now=monday)
    return food


@pytest.fixture
def head(cast) -> Actor:
    return cast.officer("heping-market/head")


def asked(food, cast, monday, **changed) -> RecusalRequest:
    plan = {"ground": "kin", "reason": "他是我的表哥", "by": cast.lin_yue}
    return acts.ask_recusal(task=task(food, "examine"), now=monday, **plan | changed)


def test_with_nobody_else_in_the_post_the_step_goes_to_another_post_that_may(food, cast, monday):
    acts.stand_aside(task=task(food, "examine"), ground="kin", reason="表亲", by=cast.licensing, now=monday)
    step = task(food, "examine")
    assert (step.post, step.officer) == ("heping-market/inspection", None)
    food.refresh_from_db()
    assert food.post == step.post
    passed = Act.objects.get(kind="case.step.passed-on", subject=food.number)
    assert passed.actor_post == ""
    acts.claim(task=step, by=cast.officer("heping-market/inspection"), now=monday)


def test_a_colleague_of_the_post_comes_first(food, cast, monday):
    colleague = cast.officer("market-bureau/licensing").person
    take_post(person=colleague, post=cast.licensing.post, from_on=monday.date(), by=PROGRAM, now=monday)
    acts.stand_aside(task=task(food, "examine"), ground="other", reason="同窗", by=cast.licensing, now=monday)
    step = task(food, "examine")
    assert (step.post, step.officer) == (cast.licensing.post, colleague)
    acts.claim(task=step, by=Actor(colleague, cast.licensing.post), now=monday)


def test_later_steps_of_the_case_do_not_come_back_to_who_stood_aside(food, cast, monday):
    acts.stand_aside(task=task(food, "examine"), ground="kin", reason="表亲", by=cast.licensing, now=monday)
    inspector = cast.officer("heping-market/inspection")
    do(food, "examine", "satisfied", by=inspector, now=monday)
    do(food, "inspect", "passed", by=inspector, findings="合格", now=monday)
    assert task(food, "decide").post != cast.licensing.post


def test_whoever_the_registers_know_as_kin_can_still_say_so(food, cast, monday, settings):
    """Else the step would lie on a desk where nobody may touch it."""
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    make_kin(cast.licensing.person, cast.lin_yue.person, monday)
    with pytest.raises(ConflictOfInterest):
        do(food, "examine", "satisfied", by=cast.licensing, now=monday)
    acts.stand_aside(task=task(food, "examine"), ground="kin", reason="亲属", by=cast.licensing, now=monday)
    assert task(food, "examine").post != cast.licensing.post


def make_kin(one, other, now) -> None:
    """The same household book."""
    book = Record.objects.get(register="population", key=other.id_index).fields["household_number"]
    fields = {"id_number": one.id_number, "household_number": book}
    Record.objects.update_or_create(
        register="population", key=one.id_index, defaults={"fields": fields, "updated_at": now}
    )


def test_nothing_is_said_without_a_ground_and_a_reason(food, cast, monday):
    for wrong in ({"reason": " "}, {"ground": "mood"}):
        with pytest.raises(NoReason):
            acts.stand_aside(
                task=task(food, "examine"), **{"ground": "kin", "reason": "亲属"} | wrong, by=cast.licensing, now=monday
            )
    assert not Recusal.objects.exists()


def test_a_party_asks_and_the_post_above_decides_in_three_working_days(food, cast, head, monday):
    request = asked(food, cast, monday)
    assert (request.superior, request.due_on) == ("heping-market/head", date(2026, 3, 5))
    assert Act.objects.get(kind="case.recusal.asked").legal_basis == ["civil-servant-law/77", "qingshan-rules/23"]
    acts.claim(task=task(food, "examine"), by=cast.licensing, now=monday)
    granted = acts.grant_recusal(request=request, answer="查明系表亲", by=head, now=monday)
    assert granted.status == "granted"
    assert task(food, "examine").post == "heping-market/inspection"
    act = Act.objects.get(kind="case.recusal.granted")
    assert act.power and act.legal_basis == ["civil-servant-law/77", "qingshan-rules/23"]
    with pytest.raises(ConflictOfInterest):
        acts.claim(task=back_by_mistake(food, cast, monday), by=cast.licensing, now=monday)


def back_by_mistake(food, cast, monday):
    return acts.assign(
        task=task(food, "examine"), to_post=cast.licensing.post, reason="误派", by=cast.supervisor, now=monday
    )


def test_rejected_with_reasons_the_officer_goes_on_and_nobody_asks_twice(food, cast, head, monday):
    acts.reject_recusal(request=asked(food, cast, monday), answer="并无亲属关系", by=head, now=monday)
    do(food, "examine", "satisfied", by=cast.licensing, now=monday)
    assert not Recusal.objects.exists()


def test_one_officer_is_asked_about_once(food, cast, monday):
    asked(food, cast, monday)
    with pytest.raises(NoRecusal):
        asked(food, cast, monday)


def test_only_a_party_asks_and_only_of_who_has_a_step(food, cast, monday):
    with pytest.raises(NoSuchCase):
        asked(food, cast, monday, by=cast.lin_qiang)
    step = task(food, "examine")
    step.officer = None
    step.save(update_fields=["officer"])
    with pytest.raises(NoRecusal):
        asked(food, cast, monday)
    assert not RecusalRequest.objects.exists()


@pytest.mark.parametrize("who", ["licensing", "fire"])
def test_neither_the_officer_nor_who_does_not_supervise_decides(food, cast, monday, who):
    request = asked(food, cast, monday)
    with pytest.raises((ConcernsYou, NoPower)):
        acts.reject_recusal(request=request, answer="没有", by=getattr(cast, who), now=monday)
    request.refresh_from_db()
    assert request.status == "open"


def test_what_is_decided_is_not_decided_again(food, cast, head, monday):
    request = asked(food, cast, monday)
    acts.reject_recusal(request=request, answer="没有", by=head, now=monday)
    with pytest.raises(NoSuchRequest):
        acts.grant_recusal(request=request, answer="有", by=head, now=monday)


def test_a_decision_says_why(food, cast, head, monday):
    with pytest.raises(NoReason):
        acts.grant_recusal(request=asked(food, cast, monday), answer=" ", by=head, now=monday)


@pytest.mark.parametrize(("decide", "told"), [("grant", "该工作人员回避"), ("reject", "不予回避")])
def test_the_party_gets_a_letter_with_the_decision_and_why(food, cast, head, monday, decide, told):
    request = asked(food, cast, monday)
    act = acts.grant_recusal if decide == "grant" else acts.reject_recusal
    act(request=request, answer="经核实，双方并无亲属关系之外的往来", by=head, now=monday)
    letter = Letter.objects.get(name="recusal")
    assert letter.recipient == cast.lin_yue.person and told in letter.body and "经核实" in letter.body
    assert str(cast.licensing.person.name) in letter.body


def test_the_post_above_is_reminded_once_before_the_deadline_and_not_of_what_is_decided(food, cast, head, monday):
    request = asked(food, cast, monday)
    assert acts.remind_of_recusals(now=monday) == 0, "there is time"
    soon = monday + timedelta(days=1)
    assert [acts.remind_of_recusals(now=soon) for _ in range(2)] == [1, 0]
    told = Act.objects.get(kind="case.recusal.reminded")
    assert told.particulars == {"post": head.post, "due": request.due_on.isoformat()}
    RecusalRequest.objects.update(reminded_at=None)
    acts.reject_recusal(request=request, answer="没有利害关系", by=head, now=soon)
    assert acts.remind_of_recusals(now=soon) == 0


def test_it_stands_on_the_desk_of_the_post_above(food, cast, head, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    asked(food, cast, monday)
    desk = f"/desk/{head.post}/"
    page = signed_in(head).get(desk, follow=True).content.decode()
    assert "asked-aside" in page and str(cast.licensing.person.name) in page
