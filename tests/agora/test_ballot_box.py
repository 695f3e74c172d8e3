"""The box tells its keeper nothing, and nothing is taken out of it unseen: played by who administers the databases."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from tests.orders import agreement, rows
from tests.polls import BLANK, LIGHTS, PARKS, RAMPS
from zhengtong.agora.ballots import box
from zhengtong.agora.ballots.agreement import heads, missing
from zhengtong.agora.ballots.ballotbox.models import Boxed, Mark, Voter, Waiting
from zhengtong.agora.ballots.ballotbox.router import BALLOTS
from zhengtong.agora.ballots.ballotbox.sealing import unseal
from zhengtong.agora.ballots.errors import BallotIsClosed
from zhengtong.agora.models import Admission
from zhengtong.engines.ballots import ElectionArchiveFault, check_grown, read_archive
from zhengtong.ledger.models import Act
from zhengtong.ledger.queries import of
from zhengtong.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", BALLOTS])


def test_roll_and_box_lie_in_two_databases():
    alone = {"ballotbox_boxed", "ballotbox_voter", "ballotbox_waiting", "ballotbox_mark"}
    assert alone <= set(connections[BALLOTS].introspection.table_names())
    assert not alone & set(connections["default"].introspection.table_names())
    assert set(connections[BALLOTS].introspection.table_names()) == {*alone, "django_migrations"}


def test_the_box_has_no_column_for_a_person_or_a_moment():
    for model in (Boxed, Mark, Voter, Waiting):
        kinds = {field.get_internal_type() for field in model._meta.fields}
        assert kinds <= {"UUIDField", "CharField", "TextField", "BinaryField", "PositiveIntegerField"}


def test_whoever_reads_both_databases_does_no_better_than_chance(polls):
    """People enrol in one order and vote in the same: neither numbers, nor keys, nor the order of writing keep it."""
    codes = polls.opened(voters=40)
    order = [polls.voted(code) for code in codes]
    polls.boxed()
    for said in ("number, tracking_number", "id, tracking_number"):
        written = [tracking for _, tracking in rows("ballotbox_boxed", said, database=BALLOTS)]
        assert abs(agreement(order, written)) < 0.9  # of 40 in a chance order, less than 1 time in 10^12
        by_column = [tracking for _, tracking in sorted(rows("ballotbox_boxed", said, database=BALLOTS))]
        assert abs(agreement(order, by_column)) < 0.9
    voters = [bytes(key) for (key,) in rows("ballotbox_voter", "key", database=BALLOTS)]
    assert voters == sorted(voters)
    assert rows("ballotbox_waiting", database=BALLOTS) == []


def test_batches_as_small_as_they_may_be_hide_the_order_within_each(polls):
    codes, order, before = polls.opened(voters=30), [], 0
    for code in codes:
        order.append(polls.voted(code))
        if polls.boxed():
            batch = set(Boxed.objects.filter(number__gt=before).values_list("tracking_number", flat=True))
            assert batch == set(order[before:])
            assert len(batch) == polls.vote.declared.batch
            before = len(order)
    assert [tracking for (tracking,) in rows("ballotbox_boxed", "tracking_number", database=BALLOTS)] != order


def test_what_waits_shows_neither_what_it_is_nor_whose(polls):
    codes = polls.opened()
    secret = {polls.ballot(code) for code in codes[:2]}
    for code, first in zip(codes, (PARKS, BLANK), strict=False):
        polls.voted(code, first)
    held = [bytes(each.sealed) for each in Waiting.objects.all()]
    assert len({len(each) for each in held}) == 1  # all of one length
    whole = b"".join(held) + b"".join(bytes(each.mark) + bytes(each.value) for each in Mark.objects.all())
    for ballot in secret:
        for told in (json.loads(ballot)["credential"], polls.vote.election.fingerprint):
            assert told.encode() not in whole


def test_nothing_that_is_written_while_people_vote_names_the_voter(polls):
    codes = polls.opened()
    before = Act.objects.count(), Person.objects.count(), Admission.objects.count()
    for code in codes[:5]:
        polls.voted(code)
    assert (Act.objects.count(), Person.objects.count(), Admission.objects.count()) == before


def test_what_waited_cannot_be_opened_once_the_vote_is_over(polls, django_capture_on_commit_callbacks):
    code, *_ = polls.opened()
    polls.voted(code)
    copy, uuid = bytes(Waiting.objects.get().sealed), polls.vote.uuid
    assert unseal(uuid, copy)
    polls.passed(11)
    with django_capture_on_commit_callbacks(execute=True):
        polls.boxed()
    assert unseal(uuid, copy) is None


def test_fewer_ballots_than_a_batch_wait_and_all_are_in_at_the_end(polls):
    codes = polls.opened()
    tracking = [polls.voted(code) for code in codes[:2]]
    polls.voted(codes[0], LIGHTS)  # one voter twice is no third voter
    assert polls.boxed() == 0
    polls.passed(11)
    assert polls.boxed() == 3
    assert set(tracking) <= set(Boxed.objects.values_list("tracking_number", flat=True))


def test_of_one_voter_the_last_ballot_stays_last_however_it_is_shuffled(polls):
    codes = polls.opened()
    for _ in range(6):
        polls.voted(codes[0], PARKS)
    last = polls.voted(codes[0], RAMPS)
    polls.passed(11)
    polls.boxed()
    assert Boxed.objects.order_by("-number").first().tracking_number == last


def test_no_ballot_comes_in_after_the_end(polls):
    codes = polls.opened()
    late = polls.ballot(codes[0])
    polls.passed(11)
    with pytest.raises(BallotIsClosed):
        polls.voted(codes[1])
    assert late not in polls.vote.archive().bytes().decode()


def remove(number: int) -> None:
    """What the keeper of the box could do."""
    with connections[BALLOTS].cursor() as cursor:
        cursor.execute("DELETE FROM ballotbox_boxed WHERE number = %s", [number])


def filled(polls, ballots: int = 9) -> None:
    for code in polls.opened()[:ballots]:
        polls.voted(code)
        polls.boxed()


@pytest.mark.parametrize("number", [1, 5, 9])
def test_a_ballot_removed_during_the_vote_is_missed_by_the_ledger_and_nothing_is_counted(polls, number, caplog):
    filled(polls)
    assert [each.ballots for each in heads(polls.vote)] == [3, 6, 9]
    assert missing(polls.vote.archive(), heads(polls.vote)) == []
    remove(number)
    assert missing(polls.vote.archive(), heads(polls.vote))
    polls.passed(11)
    assert polls.boxed() == polls.boxed() == 0
    assert "is not filled" in caplog.text
    assert polls.vote.poll.tally == ""
    (told,) = of(polls.number).filter(kind="agora.ballot.disagrees")  # once, however often the worker looks
    assert told.particulars == {"phase": "ballot", "ballots": 9}


def test_the_counts_of_all_rounds_agree_with_the_ledger_until_a_ballot_is_removed(polls, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: polls.now)
    filled(polls)
    call_command("rounds", stdout=StringIO())
    remove(5)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("rounds", "--wrong", stdout=said)
    assert "agora.ballot.boxed\t1 ≠ 3" in said.getvalue()


def test_a_ballot_removed_and_the_chain_mended_is_missed_all_the_same(polls):
    filled(polls)
    with connections[BALLOTS].cursor() as cursor:
        cursor.execute("DELETE FROM ballotbox_boxed WHERE number = 5")
        cursor.execute("UPDATE ballotbox_boxed SET number = number + 100 WHERE number > 5")
        cursor.execute("UPDATE ballotbox_boxed SET number = number - 101 WHERE number > 100")
    assert [each.ballots for each in missing(polls.vote.archive(), heads(polls.vote))] == [6, 9]


def test_who_kept_an_earlier_file_misses_the_ballot_too(polls):
    filled(polls)
    before = read_archive(polls.vote.archive().bytes())
    remove(5)
    with pytest.raises(ElectionArchiveFault):
        check_grown(before=before, after=read_archive(polls.vote.archive().bytes()))


def test_if_the_ledger_was_not_told_the_next_round_tells_it(polls):
    """The box's database was written, and then the other one failed."""
    codes = polls.opened()
    for code in codes[:3]:
        polls.voted(code)
    box.shuffle_in(polls.vote.uuid, setup=polls.vote.setup().events[0].hash, least=3)
    assert heads(polls.vote) == []
    polls.voted(codes[3])
    polls.boxed()
    assert [each.ballots for each in heads(polls.vote)] == [3]
