"""A proposal is published once others than its author have signed it; before, nothing is owed to it."""

import pytest

from zhengtong.agora import acts
from zhengtong.agora.drafting.acts import amend
from zhengtong.agora.drafting.errors import NotToBeAmended
from zhengtong.agora.duties import look_after
from zhengtong.agora.errors import NoSuchContribution, NothingToAnswer, SponsorsAreOthers
from zhengtong.agora.models import Contribution, Stance
from zhengtong.agora.moderation.statements import statements
from zhengtong.agora.queries import numbers, outcome, unanswered
from zhengtong.agora.sponsors import link_of
from zhengtong.agora.sums import add_up
from zhengtong.cases.acts import complete

WAITING, SHOWN = Contribution.State.WAITING, Contribution.State.SHOWN


@pytest.fixture
def call(rounds):
    """A call for proposals, with one that looks for its three sponsors; the round, its author and five others."""
    round_ = rounds.open("proposal-round")
    author, *others = rounds.voices(round_, 6)
    told = {"said": "江边步道加装路灯", "request_key": "k", "voice": author}
    acts.contribute(round_=round_, phase="propose", now=rounds.now, **told)
    return round_, author, others


def first(call):
    return Contribution.objects.get(case=call[0].case, number=1)


def owed(call):
    call[0].case.refresh_from_db()
    return call[0].case.facts.get("unanswered", 0)


def test_an_author_is_none_of_the_sponsors_and_signs_once_it_is_shown(rounds, call):
    round_, author, others = call
    with pytest.raises(SponsorsAreOthers):
        rounds.sponsor(round_, 1, author)
    assert not Stance.objects.exists()
    rounds.sponsor(round_, 1, *others[:2])
    assert first(call).state == WAITING
    assert rounds.sponsor(round_, 1, others[2]).state == SHOWN
    acts.weigh(round_=round_, voice=author, number=1, value=1, now=rounds.now)
    add_up()
    assert first(call).signed == 4  # a signature like any other


def test_who_counts_up_its_number_cannot_sign_it_and_a_link_is_of_one_proposal(rounds, call):
    round_, author, others = call
    told = {"said": "河边长椅", "request_key": "2", "voice": author}
    other = acts.contribute(round_=round_, phase="propose", now=rounds.now, **told)
    with pytest.raises(NoSuchContribution):
        acts.weigh(round_=round_, voice=others[0], number=1, value=1, now=rounds.now)
    links = ("", "x", "5:", link_of(other), link_of(first(call))[:-1])
    for link in links:
        with pytest.raises(NoSuchContribution):
            acts.sponsor(round_=round_, voice=others[0], number=1, link=link, now=rounds.now)
    assert not Stance.objects.exists() and len(link_of(other)) * 6 >= 128


def test_nobody_works_on_its_text_before_it_is_shown(rounds, call):
    round_, _, others = call
    told = {"said": "江边步道加装十盏路灯", "why": "写清数量", "request_key": "a", "voice": others[0]}
    with pytest.raises(NotToBeAmended):
        amend(round_=round_, number=1, now=rounds.now, **told)


def test_it_is_owed_an_answer_from_when_it_is_shown_and_not_before(rounds, call):
    round_, _, others = call
    assert owed(call) == 0 and not unanswered(round_).exists()
    assert (outcome(round_).all, outcome(round_).open_numbers, numbers(round_).said) == (0, [], 0)
    rounds.sponsor(round_, 1, *others[:3])
    assert owed(call) == 1 and unanswered(round_).exists()
    assert (outcome(round_).all, outcome(round_).open_numbers, numbers(round_).said) == (1, [1], 1)


def test_a_round_in_which_it_found_no_sponsors_ends_and_nobody_can_answer_it(rounds, call):
    round_ = rounds.later(call[0], 70)
    with pytest.raises(NothingToAnswer):
        acts.answer(round_=round_, numbers=[1], verdict="adopted", text="好", by=rounds.host, now=rounds.now)
    task = round_.case.tasks.get(node="respond", status="open")
    basis = ["major-decisions-regulation/18"]
    acts_of_office = {"task": task, "output": "completed", "basis": basis, "by": rounds.host, "now": rounds.now}
    complete(**acts_of_office)
    round_ = rounds.later(round_, 0)
    assert not round_.case.tasks.filter(node="respond", status="open").exists()
    look_after(now=rounds.now)
    assert first(call).state == WAITING


def test_who_was_shown_and_lost_its_signatures_with_its_text_comes_back_when_a_hiding_was_wrong(rounds, call):
    round_, _, others = call
    rounds.sponsor(round_, 1, *others[:3])
    Contribution.objects.update(signed=0)  # as another text begins
    hidden = {"number": 1, "rule": "insult", "facts": "误判", "by": rounds.moderator, "now": rounds.now}
    taken = acts.hide(round_=round_, **hidden)
    acts.restore(measure=taken, why="误判", by=rounds.moderator, now=rounds.now)
    assert first(call).state == SHOWN


def test_what_is_hidden_before_it_was_shown_is_not_read_in_the_log_and_goes_on_to_look_for_sponsors(rounds, call):
    round_, _, others = call
    hidden = {"number": 1, "rule": "advertising", "facts": "广告", "by": rounds.moderator, "now": rounds.now}
    taken = acts.hide(round_=round_, **hidden)
    assert statements()[0].still is None  # the rule folds; yet it was never shown
    with pytest.raises(NoSuchContribution):
        rounds.sponsor(round_, 1, others[0])
    acts.restore(measure=taken, why="误判", by=rounds.moderator, now=rounds.now)
    assert first(call).state == WAITING
    assert rounds.sponsor(round_, 1, *others[:3]).state == SHOWN


def test_a_signature_that_another_transaction_added_up_is_found_by_the_worker(rounds, call):
    round_, _, others = call
    rounds.sponsor(round_, 1, *others[:2])
    Stance.objects.create(contribution=first(call), voice=others[2], value=1)
    look_after(now=rounds.now)
    assert first(call).state == SHOWN and owed(call) == 1
