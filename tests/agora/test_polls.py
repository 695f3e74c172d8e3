"""A secret ballot from its call to its result, through the acts of those who hold it together."""

import json
import shutil
import subprocess

import pytest

from tests.polls import BLANK, LIGHTS, NEITHER, NO, PARKS, RAMPS
from zhengtong.agora.acts import admit_here, close_roll, enrol, give_certificate, give_key, open_poll
from zhengtong.agora.ballots.errors import (
    BallotIsClosed,
    BoxDisagrees,
    EnrolledAlready,
    NotAKeeper,
    RollDisagrees,
    ShareChanged,
    TooFewVoters,
)
from zhengtong.agora.ballots.queries import COUNTED, Vote
from zhengtong.agora.errors import NotAVoice
from zhengtong.agora.models import Admission, Keeper, Poll
from zhengtong.engines.ballots import BallotFault, TrusteeFault, compact, new_credential, new_trustee, public_key
from zhengtong.engines.ballots.groups import ED25519
from zhengtong.ledger.models import Act

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])


def test_people_vote_and_anybody_reads_the_result_out_of_the_archive(polls, tmp_path):
    codes = polls.opened()
    for code, first, second in zip(
        codes, (PARKS, PARKS, LIGHTS, RAMPS, BLANK), (NO, NO, NO, NEITHER, NO), strict=False
    ):
        polls.voted(code, first, second)
    assert polls.counted() == [[1, 2, 1, 1], [1, 0, 4]]
    assert polls.vote.stage == COUNTED
    polls.done("count")
    assert polls.vote.round.case.tasks.filter(node="publish", status="open").exists()
    _the_debian_tool_agrees(polls, tmp_path)


def _the_debian_tool_agrees(polls, folder):
    tool = shutil.which("belenios-tool")
    if tool is None:
        pytest.skip("no belenios-tool: `apt-get install belenios-tool`")
    (folder / f"{polls.vote.uuid}.bel").write_bytes(polls.vote.archive().bytes())
    done = subprocess.run([tool, "election", "verify"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "all checks passed" in done.stdout + done.stderr, done


def test_a_ballot_in_the_other_group_is_held_and_counted_the_same_way(polls, monkeypatch):
    monkeypatch.setattr(Vote, "group", ED25519)
    polls.secrets = [new_trustee(ED25519) for _ in polls.trustees]
    code, other, *_ = polls.opened()
    polls.voted(code, PARKS, NO)
    polls.voted(other, BLANK, NO)
    assert polls.counted() == [[1, 1, 0, 0], [0, 0, 2]]
    assert polls.read().election.group is ED25519


def test_who_votes_again_is_counted_once_as_last_voted(polls):
    code, *_ = polls.opened()
    polls.voted(code, PARKS)
    polls.voted(code, LIGHTS)
    polls.boxed()
    polls.voted(code, RAMPS)
    polls.voted(code, BLANK)
    assert polls.counted() == [[1, 0, 0, 0], [0, 1, 0]]


def test_the_ledger_names_every_act_of_an_office_and_no_voter(polls):
    codes = polls.opened()
    for code in codes[:3]:
        polls.voted(code)
    polls.counted()
    acts = Act.objects.filter(kind__startswith="agora.ballot.")
    told = {each.kind.rpartition(".")[2]: each.actor for each in acts}
    assert set(told) == {
        "roll-closed",
        "certificate-given",
        "polynomial-given",
        "key-given",
        "opened",
        "boxed",
        "closed",
        "share-given",
        "counted",
    }
    offices = [polls.host, polls.authority, *polls.trustees]
    assert set(told.values()) <= {"program", *(each.handle for each in offices)}


def test_the_roll_is_closed_by_the_credential_authority_alone_and_when_people_have_enrolled(polls):
    polls.called()
    for who in polls.residents(20):
        polls.enrolled(who)
    with pytest.raises(BallotIsClosed):
        close_roll(by=polls.authority, **polls.where)
    polls.passed(25)
    for stranger in (polls.host, *polls.trustees):
        with pytest.raises(NotAKeeper):
            close_roll(by=stranger, **polls.where)
    close_roll(by=polls.authority, **polls.where)
    with pytest.raises(BallotIsClosed):
        close_roll(by=polls.authority, **polls.where)


def test_among_too_few_nobody_votes_in_secret(polls):
    polls.called()
    for who in polls.residents(19):
        polls.enrolled(who)
    polls.passed(25)
    with pytest.raises(TooFewVoters):
        close_roll(by=polls.authority, **polls.where)


def test_a_roll_with_more_keys_than_people_were_admitted_is_not_closed(polls):
    polls.called()
    for who in polls.residents(21):
        polls.enrolled(who)
    Admission.objects.filter(person=polls.residents(1)[0].person).delete()
    polls.passed(25)
    with pytest.raises(RollDisagrees):
        close_roll(by=polls.authority, **polls.where)


@pytest.fixture
def each_must(monkeypatch):
    """A ballot whose sum is opened by all trustees together."""
    monkeypatch.setattr(Vote, "threshold", None)


def test_where_no_threshold_is_declared_every_trustee_opens(polls, each_must):
    code, *_ = polls.opened()
    polls.voted(code)
    polls.passed(11)
    polls.boxed()
    for trustee in (0, 2):
        polls.shared(trustee)
    assert polls.vote.missing == ["supervision/duty"] and polls.read().result is None
    polls.shared(1)
    assert polls.read().result == [[0, 1, 0, 0], [0, 1, 0]]
    with pytest.raises(BallotIsClosed):
        give_certificate(held={}, by=polls.trustees[0], **polls.where)


def littered(held):
    """The same with something beside it, wherever something can be."""
    if isinstance(held, dict):
        return {name: littered(each) for name, each in held.items()} | {"note": "投甲"}
    return [littered(each) for each in held] if isinstance(held, list) else held


def test_what_a_trustee_sends_beside_key_and_share_is_not_published(polls, each_must):
    polls.secrets = [(secret, littered(public)) for secret, public in polls.secrets]
    code, *_ = polls.opened()
    polls.voted(code)
    polls.passed(11)
    polls.boxed()
    for at, (secret, _) in enumerate(polls.secrets):
        polls.gave(at, "share", littered(polls.read().share(secret)[1]))
    assert polls.read().result == [[0, 1, 0, 0], [0, 1, 0]]
    assert "note" not in polls.vote.archive().bytes().decode()


def test_no_honest_trustee_is_blamed_for_what_was_changed_in_the_database(polls, each_must):
    code, *_ = polls.opened()
    polls.voted(code)
    polls.passed(11)
    polls.boxed()
    honest = [polls.read().share(secret)[1] for secret, _ in polls.secrets]
    kept = Poll.objects.get().tally
    sums = json.loads(kept.partition("\n")[0])
    sums[0][0], sums[0][1] = sums[0][1], sums[0][0]  # votes for one go to another
    Poll.objects.update(tally=compact(sums) + "\n" + kept.partition("\n")[2])
    with pytest.raises(BoxDisagrees):
        polls.gave(0, "share", honest[0])
    Poll.objects.update(tally=kept)
    polls.gave(0, "share", honest[0])
    polls.gave(1, "share", honest[1])
    share = Keeper.objects.get(place=1).share
    Keeper.objects.filter(place=1).update(share=Keeper.objects.get(place=2).share)
    with pytest.raises(ShareChanged):
        polls.gave(2, "share", honest[2])
    Keeper.objects.filter(place=1).update(share=share)
    polls.gave(2, "share", honest[2])
    assert polls.read().result == [[0, 1, 0, 0], [0, 1, 0]]


def test_the_box_is_not_opened_without_every_key_and_the_roll(polls, each_must):
    polls.called()
    for who in polls.residents(20):
        polls.enrolled(who)
    give_key(key=polls.secrets[0][1], by=polls.trustees[0], **polls.where)
    polls.passed(25)
    close_roll(by=polls.authority, **polls.where)
    assert polls.vote.missing == ["supervision/duty", "civil-affairs/benefits"]
    with pytest.raises(BallotIsClosed):
        open_poll(by=polls.host, **polls.where)
    polls.done("prepare")  # the process asks whether the box is open
    assert polls.vote.round.case.tasks.filter(node="prepare", status="open").exists()


def test_a_key_is_taken_from_its_trustee_alone_and_only_with_its_proof(polls, each_must):
    polls.called()
    with pytest.raises(NotAKeeper):
        give_key(key=polls.secrets[0][1], by=polls.host, **polls.where)
    mixed = polls.secrets[0][1] | {"pok": polls.secrets[1][1]["pok"]}
    for wrong in (mixed, {}, [], None, "x", {"public_key": "0", "pok": {}}):
        with pytest.raises(TrusteeFault):
            give_key(key=wrong, by=polls.trustees[0], **polls.where)


def test_a_key_cannot_be_changed_once_the_box_is_open(polls, each_must):
    polls.opened()
    with pytest.raises(BallotIsClosed):
        give_key(key=polls.secrets[0][1], by=polls.trustees[0], **polls.where)


def test_one_voice_enrols_one_code_and_asking_again_changes_nothing(polls, cast):
    vote = polls.called()
    key = admit_here(round_=vote.round, by=cast.lin_yue, now=polls.now)
    one, other = (public_key(credential=new_credential(), uuid=vote.uuid) for _ in range(2))
    for _ in range(2):
        enrol(key=key, public=one, **polls.where)
    with pytest.raises(EnrolledAlready):
        enrol(key=key, public=other, **polls.where)


def test_nobody_enrols_the_code_of_another(polls, cast):
    vote = polls.called()
    public = public_key(credential=new_credential(), uuid=vote.uuid)
    for who in polls.residents(2):
        key = admit_here(round_=vote.round, by=who, now=polls.now)
        if who == polls.residents(1)[0]:
            enrol(key=key, public=public, **polls.where)
    with pytest.raises(EnrolledAlready):
        enrol(key=key, public=public, **polls.where)


@pytest.mark.parametrize("wrong", ["", "0", "1" * 700, "-4", "2", "abc", str(2**2047)])
def test_a_key_outside_of_the_group_is_not_enrolled(polls, cast, wrong):
    vote = polls.called()
    key = admit_here(round_=vote.round, by=cast.lin_yue, now=polls.now)
    with pytest.raises(BallotFault):
        enrol(key=key, public=wrong, **polls.where)


def test_a_voice_of_another_round_enrols_nobody(polls, cast):
    polls.called()
    key = admit_here(round_=polls.open("city-conversation"), by=cast.lin_yue, now=polls.now)
    with pytest.raises(NotAVoice):
        enrol(key=key, public=public_key(credential=new_credential(), uuid=polls.vote.uuid), **polls.where)
