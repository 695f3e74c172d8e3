"""What is said in the very moment in which a phase ends is counted, or its voice is told that it is over."""

import threading
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import connection, connections, transaction

from tests.polls import Polls
from tests.rounds import Rounds
from zhengtong.agora import acts
from zhengtong.agora.ballots.ballotbox.router import BALLOTS
from zhengtong.agora.ballots.errors import BallotIsClosed
from zhengtong.agora.errors import PhaseIsClosed
from zhengtong.agora.groups import draw_due
from zhengtong.agora.kinds import SUMMED
from zhengtong.agora.models import BudgetVote, Drawn, Stance
from zhengtong.agora.proceedings.models import Sheet
from zhengtong.agora.proceedings.surveys import answer_question
from zhengtong.agora.rounds import to_write_in
from zhengtong.cases.acts import complete
from zhengtong.common.together import writing
from zhengtong.engines.ballots import new_credential, public_key
from zhengtong.ledger.queries import of

BESIDE = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="needs PostgreSQL: there transactions run beside each other; on SQLite the second waits to begin",
)


@contextmanager
def still_writing(write, *, using="default"):
    """Somebody whose transaction has written and not ended when the block begins; it ends a while after that."""
    wrote, end, failed = threading.Event(), threading.Event(), []

    def run():
        try:
            with transaction.atomic(using=using):
                write()
                wrote.set()
                end.wait(20)
        except Exception as fault:
            failed.append(fault)
        finally:
            wrote.set()
            connections.close_all()

    thread, later = threading.Thread(target=run), threading.Timer(1.0, end.set)
    thread.start()
    assert wrote.wait(20)
    try:
        yield later.start
    finally:
        end.set()
        thread.join(20)
    assert not failed


def talk_of_two(rounds):
    """A conversation with one statement, and the voice of somebody else than its author."""
    round_ = rounds.open("city-conversation")
    author, other = rounds.voices(round_, 2)
    said = {"said": "夜间应当安静", "request_key": "a", "voice": author}
    acts.contribute(round_=round_, phase="statements", now=rounds.now, **said)
    return round_, other


def budget_of_one(rounds):
    """A vote on money that is open, with one project, and a voice."""
    round_ = rounds.open("neighbourhood-budget")
    author, other = rounds.voices(round_, 2)
    acts.contribute(round_=round_, phase="projects", voice=author, said="坡道", request_key="a", now=rounds.now)
    rounds.sponsor(round_, 1, other)
    round_ = rounds.later(round_, 31)
    acts.cost(round_=round_, number=1, amount=Decimal(100000), by=rounds.host, now=rounds.now)
    complete(task=round_.case.tasks.get(node="check_costs"), output="checked", by=rounds.host, now=rounds.now)
    return rounds.later(round_, 0), author, other


@BESIDE
@pytest.mark.django_db(transaction=True)
def test_a_stance_that_was_taken_as_the_phase_ended_is_in_what_the_ledger_hears(cast, monday):
    rounds = Rounds(cast, monday)
    round_, voice = talk_of_two(rounds)
    with still_writing(lambda: acts.weigh(round_=round_, voice=voice, number=1, value=1, now=monday)) as goes_on:
        rounds.later(round_, 40)
        goes_on()
        assert acts.sum_due(now=rounds.now) == 1
    (told,) = of(round_.case.number).filter(kind=SUMMED)
    assert told.particulars["signed"] == 1


@BESIDE
@pytest.mark.django_db(transaction=True)
def test_a_stance_that_was_taken_as_the_phase_ended_is_in_the_last_drawing(cast, monday):
    rounds = Rounds(cast, monday)
    round_, voice = talk_of_two(rounds)
    with still_writing(lambda: acts.weigh(round_=round_, voice=voice, number=1, value=1, now=monday)) as goes_on:
        rounds.later(round_, 40)
        goes_on()
        assert draw_due(now=rounds.now) == 1
    assert Drawn.objects.get(last=True).found["people"] == 1


@BESIDE
@pytest.mark.django_db(transaction=True)
def test_a_vote_on_money_that_was_cast_as_the_phase_ended_is_counted(cast, monday):
    rounds = Rounds(cast, monday)
    round_, first, second = budget_of_one(rounds)
    vote = {"round_": round_, "phase": "voting", "projects": [1]}
    acts.vote_budget(voice=first, now=rounds.now, **vote)
    with still_writing(lambda: acts.vote_budget(voice=second, now=monday, **vote)) as goes_on:
        rounds.later(round_, 15)
        goes_on()
        acts.count_due(now=rounds.now)
    assert Drawn.objects.get(phase="voting").found["votes"] == BudgetVote.objects.count() == 2


@BESIDE
@pytest.mark.django_db(transaction=True, databases=["default", BALLOTS])
def test_a_ballot_that_was_cast_as_the_vote_ended_is_in_the_box_that_is_closed(cast, monday):
    polls = Polls(cast, monday)
    first, second, *_others = polls.opened()
    polls.voted(first)
    written = {"written": polls.ballot(second), **polls.where}
    with still_writing(lambda: acts.cast_ballot(**written), using=BALLOTS) as goes_on:
        polls.passed(11)
        goes_on()
        polls.boxed()
    assert len(polls.read().ballots) == 2
    with pytest.raises(BallotIsClosed):
        acts.cast_ballot(**written)


@BESIDE
@pytest.mark.django_db(transaction=True, databases=["default", BALLOTS])
def test_who_enrolled_as_enrolment_ended_is_on_the_roll(cast, monday):
    polls = Polls(cast, monday)
    polls.called()
    *others, last = polls.residents(21)
    for each in others:
        polls.enrolled(each)
    polls.keyed()
    key = acts.admit_here(round_=polls.vote.round, by=last, now=polls.now)
    public = public_key(credential=new_credential(), uuid=polls.vote.uuid, group=polls.vote.group)
    enrols = {"key": key, "public": public, **polls.where}
    with still_writing(lambda: acts.enrol(**enrols), using=BALLOTS) as goes_on:
        polls.passed(25)
        goes_on()
        acts.close_roll(by=polls.authority, **polls.where)
    assert public in polls.vote.poll.credentials


@pytest.mark.django_db
def test_who_read_the_page_before_the_end_and_speaks_after_it_is_told(rounds):
    round_, voice = talk_of_two(rounds)
    rounds.later(round_, 40)
    with pytest.raises(PhaseIsClosed):
        acts.weigh(round_=round_, voice=voice, number=1, value=1, now=rounds.now)
    assert not Stance.objects.exists()


@pytest.mark.django_db
def test_who_read_the_page_before_the_end_and_votes_on_money_after_it_is_told(rounds):
    round_, voice, _other = budget_of_one(rounds)
    assert round_.open_phases
    rounds.later(round_, 15)
    with pytest.raises(PhaseIsClosed):
        acts.vote_budget(round_=round_, phase="voting", voice=voice, projects=[1], now=rounds.now)
    assert not BudgetVote.objects.exists()


@pytest.mark.django_db
def test_who_read_the_page_before_the_end_and_answers_a_survey_after_it_is_told(rounds, cast):
    round_ = rounds.consultation()
    voice = rounds.voice(round_, cast.lin_yue)
    assert round_.open_phases
    rounds.later(round_, 60)
    said = {"phase": "survey", "question": "concerned", "values": ["never"]}
    with pytest.raises(PhaseIsClosed):
        answer_question(round_=round_, voice=voice, now=rounds.now, **said)
    assert not Sheet.objects.exists()


@pytest.mark.django_db(databases=["default", BALLOTS])
def test_who_read_the_page_before_the_end_and_casts_a_ballot_after_it_is_told(polls):
    first, *_others = polls.opened()
    written = {"written": polls.ballot(first), **polls.where}
    polls.passed(11)
    with pytest.raises(BallotIsClosed):
        acts.cast_ballot(**written)


@BESIDE
@pytest.mark.django_db(transaction=True)
def test_a_crowd_does_not_wait_for_each_other(cast, monday):
    rounds = Rounds(cast, monday)
    round_, voice = talk_of_two(rounds)
    with still_writing(lambda: to_write_in(round_.case.pk)), connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
        acts.weigh(round_=round_, voice=voice, number=1, value=1, now=monday)
        cursor.execute("RESET lock_timeout")
    assert Stance.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nobody_says_that_they_write():
    with pytest.raises(transaction.TransactionManagementError):
        writing("a round")
