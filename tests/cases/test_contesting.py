"""A decision is contested once; what was sent back and decided anew may be contested anew, and the old one not."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from tests.cases.test_petition_clocks import BASIS, TOLD, answered
from tests.restaurant import do
from zhengtong.cases import acts
from zhengtong.cases.acts import filing
from zhengtong.cases.contest_errors import ContestedBefore
from zhengtong.cases.errors import NotContestable
from zhengtong.cases.models import Case

WHY = {"review_reasons": "路灯归市里管理，有铭牌照片。"}
REFUSED = {"reasons": "铭牌不在该路段。", "basis": BASIS}


class Contest:
    """Lin Yue's petition, the opinions on it, and what she asks for against them."""

    def __init__(self, cast, now):
        self.cast, self.now, self.lin = cast, now, cast.lin_yue
        self.case = answered(self.file("complaint", "first", answers=TOLD), cast, now)

    def file(self, procedure, key, *, answers=WHY, about=None):
        party = {"person": self.lin.person, "by": self.lin, "channel": "web", "language": "zh-Hans"}
        asked = {"procedure": procedure, "about": about, "answers": answers}
        return acts.file_application(**asked, **party, request_key=key, now=self.now)

    def ask(self, key):
        """For a review of the opinion as it is now."""
        return self.file("complaint-review", key, about=Case.objects.get(pk=self.case.pk))

    def reviewed(self, review, outcome):
        examiner, said = self.cast.officer("petition-office/review"), {"reasons": "事实不清。", "basis": BASIS}
        do(review, "examine", "completed", by=examiner, now=self.now)
        do(review, "review", outcome, by=examiner, now=self.now, **said)

    def sent_back(self):
        """The review that sent the first opinion back to the office."""
        review = self.ask("first review")
        self.later(8)
        self.reviewed(review, "remitted")
        return review

    def decided_anew(self, outcome="refused"):
        reception = self.cast.officer("petition-office/reception")
        do(self.case, "investigate", "completed", by=reception, now=self.now)
        do(self.case, "answer", outcome, by=reception, now=self.now, **REFUSED)

    def later(self, days):
        self.now += timedelta(days=days)


@pytest.fixture
def contest(cast, monday):
    return Contest(cast, monday)


def test_what_was_sent_back_and_decided_anew_may_be_contested_anew_and_once(contest):
    first = contest.sent_back()
    contest.later(5)
    contest.decided_anew()
    contest.later(1)
    second = contest.ask("second review")
    assert second != first and second.about == first.about == contest.case
    with pytest.raises(ContestedBefore, match=second.number):
        contest.ask("third review")


def test_the_opinion_that_fell_is_not_contested_again_before_there_is_another(contest):
    stale = Case.objects.get(pk=contest.case.pk)
    contest.sent_back()
    with pytest.raises(NotContestable):
        contest.ask("again")
    with pytest.raises(NotContestable):
        contest.file("complaint-review", "by a page that was open before", about=stale)
    with pytest.raises(NotContestable):
        acts.start_draft(
            person=contest.lin.person,
            procedure="complaint-review",
            about=Case.objects.get(pk=contest.case.pk),
            now=contest.now,
        )


def test_the_time_to_contest_runs_from_the_new_opinion(contest):
    contest.sent_back()
    contest.later(40)
    contest.decided_anew()
    contest.later(29)
    assert contest.ask("in time")


def test_the_new_opinion_is_contested_too_late_after_its_own_time(contest):
    contest.sent_back()
    contest.later(5)
    contest.decided_anew()
    contest.later(45)
    with pytest.raises(NotContestable):
        contest.ask("late")


def test_what_is_upheld_a_second_time_and_was_sent_back_before_is_not_contested_by_the_same_review(contest):
    contest.sent_back()
    contest.decided_anew()
    second = contest.ask("second review")
    contest.reviewed(second, "refused")
    with pytest.raises(ContestedBefore, match=second.number):
        contest.ask("third review")


def test_an_office_that_is_silent_after_it_was_sent_back_is_contested_once(contest):
    contest.sent_back()
    contest.later(100)
    silent = contest.ask("silent")
    with pytest.raises(ContestedBefore, match=silent.number):
        contest.ask("silent again")
    contest.later(1)
    contest.decided_anew()
    contest.later(1)
    assert contest.ask("against what it decided late") != silent


@pytest.fixture
def meanwhile(contest, monkeypatch):
    """Somebody else files while this filing waits for its transaction, as `key` says."""

    def rival(key):
        def waited():
            monkeypatch.setattr(filing, "transaction", transaction)
            contest.ask(key)
            return transaction.atomic()

        monkeypatch.setattr(filing, "transaction", SimpleNamespace(atomic=waited))

    return rival


def test_who_waited_for_another_filing_is_told_which_it_was(contest, meanwhile):
    meanwhile("the other")
    with pytest.raises(ContestedBefore) as told:
        contest.ask("one")
    (only,) = Case.objects.filter(about=contest.case)
    assert only.request_key == "the other" and only.number in str(told.value)


def test_the_same_request_twice_at_once_is_one_case(contest, meanwhile):
    meanwhile("one")
    assert contest.ask("one") == Case.objects.get(about=contest.case)


@pytest.mark.django_db(transaction=True)
def test_of_two_filings_at_the_same_moment_one_is_taken_and_the_other_told(cast, monday):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: there transactions run beside each other; on SQLite the second waits to begin")
    contest, told = Contest(cast, monday), []
    filed, over = threading.Event(), threading.Event()

    def other():
        filed.wait(10)
        try:
            told.append(contest.ask("the other"))
        except ContestedBefore as refusal:
            told.append(refusal)
        finally:
            over.set()
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    with transaction.atomic():
        taken = contest.ask("one")
        filed.set()
        assert not over.wait(3), "the other did not wait"
    thread.join(30)
    (refusal,) = told
    assert isinstance(refusal, ContestedBefore) and taken.number in str(refusal)
    assert list(Case.objects.filter(about=contest.case)) == [taken]


@pytest.mark.django_db(transaction=True)
def test_however_many_file_at_once_one_is_taken(cast, monday):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: there transactions run beside each other; on SQLite the second waits to begin")
    contest, together, told = Contest(cast, monday), threading.Barrier(5), []

    def file(key):
        together.wait(10)
        try:
            told.append(contest.ask(key))
        except ContestedBefore as refusal:
            told.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=file, args=(str(n),)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    (taken,) = [each for each in told if isinstance(each, Case)]
    assert [taken.number in str(each) for each in told if isinstance(each, ContestedBefore)] == [True] * 4
    assert list(Case.objects.filter(about=contest.case)) == [taken]
