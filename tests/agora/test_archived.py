"""The archive of a ballot lies in a file that grows by each batch; a request reads it and works nothing out."""

import pytest

from zhengtong.agora.ballots.archived import archive_of, path_of
from zhengtong.agora.ballots.ballotbox.models import Boxed

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])


def served(polls) -> bytes:
    size, parts = archive_of(polls.vote)
    raw = b"".join(parts)
    assert len(raw) == size
    return raw


@pytest.fixture
def unread(monkeypatch):
    """Whatever is served is read from the file: making an archive is a fault."""

    def refuse(self):
        raise AssertionError("an archive was made for a request")

    def only_files() -> None:
        monkeypatch.setattr("zhengtong.agora.ballots.queries.Vote.archive", refuse)

    return only_files


def test_the_file_is_the_archive_after_each_batch_at_the_end_and_with_the_result(polls):
    codes = polls.opened()
    polls.boxed()
    assert served(polls) == polls.vote.archive().bytes() == path_of(polls.vote).read_bytes()
    for first in (0, 3, 6):
        for code in codes[first : first + 3]:
            polls.voted(code)
        polls.boxed()
        assert served(polls) == polls.vote.archive().bytes() == path_of(polls.vote).read_bytes()
    assert polls.counted()
    assert served(polls) == polls.vote.archive().bytes()  # before the worker comes
    polls.boxed()
    assert path_of(polls.vote).read_bytes() == polls.vote.archive().bytes()


def test_a_request_reads_the_file_and_a_batch_adds_to_it_alone(polls, unread):
    codes = polls.opened()
    for code in codes[:3]:
        polls.voted(code)
    polls.boxed()
    early = served(polls)
    for code in codes[3:6]:
        polls.voted(code)
    unread()
    polls.boxed()
    late = served(polls)
    assert late.startswith(early) and len(late) > len(early)


def test_what_is_just_being_written_is_not_served_and_what_broke_off_is_written_over(polls):
    codes = polls.opened()
    polls.boxed()
    whole = served(polls)
    with path_of(polls.vote).open("ab") as file:
        file.write(b"half an event")
    assert served(polls) == whole
    for code in codes[:3]:
        polls.voted(code)
    polls.boxed()
    assert path_of(polls.vote).read_bytes() == polls.vote.archive().bytes()


def test_a_file_that_is_lost_or_cut_off_is_made_again(polls):
    codes = polls.opened()
    polls.boxed()
    for spoil in (lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:700])):
        spoil(path_of(polls.vote))
        assert served(polls) == polls.vote.archive().bytes()
        for code in codes[:3]:
            polls.voted(code)
        polls.boxed()
        assert path_of(polls.vote).read_bytes() == polls.vote.archive().bytes()


def test_a_ballot_that_is_taken_out_of_the_box_stays_in_the_file(polls, unread):
    codes = polls.opened()
    for code in codes[:3]:
        polls.voted(code)
    polls.boxed()
    before = served(polls)
    Boxed.objects.filter(number=2).delete()
    for code in codes[3:6]:
        polls.voted(code)
    polls.boxed()
    unread()
    assert served(polls) == before
    assert path_of(polls.vote).read_bytes() == before
