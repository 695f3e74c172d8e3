"""Where the charter wants four eyes: one officer proposes, another confirms, and neither has an interest in it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.restaurant import apply, do, papers, part
from zhengtong.cases import acts
from zhengtong.cases.errors import (
    AlreadyProposed,
    NoReason,
    NotProposed,
    OneAndTheSame,
    ProposalIsStale,
)
from zhengtong.cases.models import Proposal
from zhengtong.ledger.models import Act
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.acts import give_mandate, leave_post, take_post
from zhengtong.people.errors import ConflictOfInterest, NoPower, NotTheHolder

LAW = ["qingshan-rules/9"]


@pytest.fixture
def head(cast) -> Actor:
    return cast.officer("urban-management/head")


@pytest.fixture
def sign(cast, monday):
    """A sign of fifty square metres, on which one officer does not decide alone."""
    joint = apply(cast, now=monday, sign_position="roof", sign_width="10", sign_height="5")
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    return part(joint, "shop-sign")


@pytest.fixture
def proposed(sign, cast, monday) -> Proposal:
    while task_of(sign).act != "decide":
        do(sign, task_of(sign).node, first_output(sign), by=cast.signs, now=monday)
    do(sign, task_of(sign).node, "refused", by=cast.signs, now=monday, reasons="面积过大", basis=LAW)
    return Proposal.objects.get()


def task_of(sign):
    return sign.tasks.get(status="open")


def first_output(sign) -> str:
    from zhengtong.cases.acts.handling import outputs_of
    from zhengtong.cases.law import charter_of

    return outputs_of(charter_of(sign).process("shop-sign").nodes[task_of(sign).node])[1][0]


def kinds_of(sign) -> list[str]:
    return list(Act.objects.filter(subject=sign.number).order_by("position").values_list("kind", flat=True))


def test_a_small_sign_is_decided_by_one_and_a_large_one_waits(proposed, sign):
    assert task_of(sign).act == "decide"
    assert not sign.decisions.exists()
    assert kinds_of(sign)[-1] == "case.act.proposed"


def test_another_officer_confirms_and_then_it_is_done_as_proposed(proposed, sign, head, monday):
    acts.confirm(proposal=proposed, by=head, now=monday)
    decision = sign.decisions.get()
    assert (decision.outcome, decision.reasons, decision.legal_basis) == ("refused", "面积过大", LAW)
    confirmed = Act.objects.get(kind="case.act.confirmed")
    assert confirmed.power == "sign-approval" and confirmed.actor == head.handle
    assert kinds_of(sign).index("case.act.confirmed") < kinds_of(sign).index("case.decided")


def test_proposing_and_confirming_twice_have_one_effect(proposed, sign, cast, head, monday):
    with pytest.raises(AlreadyProposed):
        do(sign, task_of(sign).node, "granted", by=cast.signs, now=monday)
    acts.confirm(proposal=proposed, by=head, now=monday)
    with pytest.raises(NotProposed):
        acts.confirm(proposal=proposed, by=head, now=monday)
    assert sign.decisions.count() == 1


def test_one_person_in_two_posts_is_one_person(proposed, cast, monday):
    person = cast.signs.person
    take_post(person=person, post="urban-management/head", from_on=monday.date(), by=PROGRAM, now=monday)
    for act in (acts.confirm, acts.reject):
        more = {"answer": "x"} if act is acts.reject else {}
        with pytest.raises(OneAndTheSame):
            act(proposal=proposed, by=Actor(person, "urban-management/head"), now=monday, **more)


def test_the_second_needs_the_power_the_post_and_no_interest(proposed, cast, head, monday):
    with pytest.raises(NoPower):
        acts.confirm(proposal=proposed, by=cast.fire, now=monday)
    give_mandate(holder=head.person, enterprise=cast.linjiang, from_on=monday.date(), by=cast.lin_yue, now=monday)
    with pytest.raises(ConflictOfInterest):
        acts.confirm(proposal=proposed, by=head, now=monday)
    assert Proposal.objects.get().status == "open"


def test_who_lost_the_post_in_between_does_not_confirm(proposed, head, monday):
    leave_post(holding=head.person.holdings.get(), last_on=monday.date(), by=PROGRAM, now=monday)
    with pytest.raises(NotTheHolder):
        acts.confirm(proposal=proposed, by=head, now=monday + timedelta(days=1))


def test_what_has_changed_meanwhile_is_not_confirmed_but_can_be_proposed_anew(proposed, sign, cast, head, monday):
    acts.hand_in_later(case=sign.parent, documents=papers("sign-design"), by=cast.lin_yue, now=monday)
    with pytest.raises(ProposalIsStale):
        acts.confirm(proposal=proposed, by=head, now=monday)
    acts.reject(proposal=proposed, answer="有新材料", by=head, now=monday)
    do(sign, task_of(sign).node, "granted", by=cast.signs, now=monday)
    acts.confirm(proposal=Proposal.objects.get(status="open"), by=head, now=monday)
    assert sign.decisions.get().outcome == "granted"


def test_a_rejection_says_why_and_the_author_alone_takes_it_back(proposed, sign, cast, head, monday):
    with pytest.raises(NoReason):
        acts.reject(proposal=proposed, answer=" ", by=head, now=monday)
    with pytest.raises(NotProposed):
        acts.take_back(proposal=proposed, by=head, now=monday)
    acts.take_back(proposal=proposed, by=cast.signs, now=monday)
    with pytest.raises(NotProposed):
        acts.confirm(proposal=proposed, by=head, now=monday)
    assert kinds_of(sign)[-1] == "case.act.taken-back"


def test_a_withdrawn_case_leaves_nothing_to_confirm(proposed, sign, cast, head, monday):
    acts.withdraw(case=sign.parent, reason="不开了", by=cast.lin_yue, now=monday)
    with pytest.raises(NotProposed):
        acts.confirm(proposal=proposed, by=head, now=monday)


@pytest.mark.parametrize(
    "change",
    [
        "SET status = 'confirmed', answered_at = proposed_at, answered_by_id = proposed_by_id",
        "SET status = 'confirmed', answered_at = proposed_at",
        "SET status = 'rejected', answered_at = proposed_at, answered_by_id = proposed_by_id + 1",
        "SET status = 'confirmed'",
        "SET task_id = NULL",
    ],
)
def test_the_database_itself_wants_two_persons_and_a_reason(proposed, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_proposal {change}")
