"""A secret ballot is counted without being opened, and what does not belong in the box stays out."""

import json

import pytest

from tests.ballots.elections import opened
from zhengtong.engines.ballots import (
    BallotFault,
    ElectionArchiveFault,
    TrusteeFault,
    cast,
    check_grown,
    check_published,
    compact,
    fingerprint,
    new_credential,
    new_trustee,
    public_key,
    read_archive,
    read_ballot,
    verify,
)
from zhengtong.engines.ballots import ballot as ballots
from zhengtong.engines.ballots.credential import private_key
from zhengtong.engines.ballots.group import G, P, Q, element, power
from zhengtong.engines.ballots.proofs import Cipher, proof_json, prove_exponent
from zhengtong.engines.ballots.trustees import published_key

PARK, BLANK = [[1, 0], [0, 1, 0, 1]], [[0, 1], [1, 0, 0, 0]]


@pytest.fixture
def held():
    return opened()


def vote(held, who, votes):
    return cast(election=held.box.election, credential=held.codes[who], votes=votes)


def refused(kind, words, function, *args, **named):
    with pytest.raises(kind) as told:
        function(*args, **named)
    assert words in told.value.told()["en"]


def resigned(held, who, written, change):
    """The ballot of a voter who cheats: changed, and signed again with their own code."""
    told = json.loads(written)
    change(told)
    del told["signature"]
    secret = private_key(credential=held.codes[who], uuid=held.box.election.uuid)
    digest = fingerprint(compact(told))
    proof = prove_exponent(secret=secret, prefix=f"sig|{digest}|")
    return compact(told | {"signature": {"hash": digest, "proof": proof_json(proof)}})


def test_votes_are_counted_together_a_second_vote_replaces_the_first(held):
    for who, votes in ((0, BLANK), (1, PARK), (2, BLANK), (0, PARK)):
        held.box.accept(vote(held, who, votes))
    held.box.close()
    for secret in held.secrets:
        held.box.take_share(*held.box.share(secret))
    assert held.box.publish() == [[2, 1], [1, 2, 0, 2]]
    assert verify(held.box.archive.bytes()).result == held.box.result


def test_an_election_without_votes_has_a_result(held):
    held.box.close()
    for secret in held.secrets:
        held.box.take_share(*held.box.share(secret))
    assert held.box.publish() == [[0, 0], [0, 0, 0, 0]]


def test_all_single_trustees_must_open(held):
    held.box.close()
    held.box.take_share(*held.box.share(held.secrets[0]))
    refused(TrusteeFault, "too few", held.box.publish)


def test_the_generator_has_the_order_of_the_group():
    assert power(G, Q) == 1
    assert P.bit_length() == 2048
    assert element(str(G)) == G


@pytest.mark.parametrize("number", [0, P - 1, P, P + G, 2, -1])
def test_what_is_no_member_of_the_group_is_refused(held, number):
    def change(told):
        told["answers"][0]["choices"][0]["alpha"] = str(number)

    with pytest.raises(BallotFault, match=r"no member|base 10"):
        held.box.accept(resigned(held, 0, vote(held, 0, PARK), change))


def test_two_votes_for_one_answer_are_refused_by_the_voters_own_program(held):
    refused(BallotFault, "0 or 1", vote, held, 0, [[2, 0], [1, 0, 0, 0]])


def test_a_vote_of_two_is_refused_by_the_box(held, monkeypatch):
    monkeypatch.setattr(ballots, "_check_vote", lambda question, vote: None)
    monkeypatch.setattr(ballots, "encrypt", _doubled)
    written = vote(held, 0, PARK)
    refused(BallotFault, "a proof does not hold", held.box.accept, written)


def _doubled(*, key, value, secret):
    return Cipher(power(G, secret), power(key, secret) * power(G, 2 * value) % P)


def test_too_many_answers_are_refused_by_the_box(held, monkeypatch):
    monkeypatch.setattr(ballots, "_check_vote", lambda question, vote: None)
    feigned = ballots.prove_one_of
    monkeypatch.setattr(ballots, "prove_one_of", lambda **named: feigned(**_feign(named)))
    refused(BallotFault, "a proof does not hold", held.box.accept, vote(held, 0, [[1, 1], [1, 0, 0, 0]]))


def _feign(named):
    """Who cheats takes some branch for true where none is."""
    branches = named["branches"]
    if all(one.secret is None for one in branches):
        named["branches"] = [branches[0]._replace(secret=Q - 1), *branches[1:]]
    return named


def test_a_proof_for_another_question_is_refused(held):
    def swap(told):
        first, second = (one["individual_proofs"] for one in told["answers"])
        first[0], second[0] = second[0], first[0]

    refused(BallotFault, "a proof", held.box.accept, resigned(held, 0, vote(held, 0, PARK), swap))


def test_the_answer_of_another_voter_cannot_be_taken_over(held):
    taken = json.loads(vote(held, 1, PARK))["answers"]
    written = resigned(held, 0, vote(held, 0, BLANK), lambda told: told.update(answers=taken))
    refused(BallotFault, "a proof", held.box.accept, written)


def test_a_ballot_for_another_election_is_refused(held):
    other = opened()
    refused(BallotFault, "another election", held.box.accept, vote(other, 0, PARK))


def test_a_replayed_ballot_is_refused_also_after_another_vote(held):
    first = vote(held, 0, PARK)
    held.box.accept(first)
    held.box.accept(vote(held, 0, BLANK))
    refused(BallotFault, "cast before", held.box.accept, first)


def test_a_ballot_in_another_dress_is_refused(held):
    written = vote(held, 0, PARK)
    refused(BallotFault, "canonical", held.box.accept, written.replace(":", ": ", 1))
    refused(BallotFault, "canonical", held.box.accept, "[" * 100_000)
    refused(BallotFault, "canonical", held.box.accept, "[]")


def test_a_ballot_that_is_too_large_is_not_even_read(held):
    refused(BallotFault, "too large", held.box.accept, '{"a":"' + "9" * ballots.BYTES_AT_MOST + '"}')


def test_who_is_not_on_the_roll_has_no_vote(held):
    written = cast(election=held.box.election, credential=new_credential(), votes=PARK)
    refused(BallotFault, "not on the roll", held.box.accept, written)


def test_a_mistyped_code_is_told_before_it_is_used(held):
    code = held.codes[0]
    wrong = ("2" if code[0] != "2" else "3") + code[1:]
    refused(BallotFault, "mistyped", public_key, credential=wrong, uuid=held.box.election.uuid)


def test_a_stolen_ballot_signed_by_another_code_is_refused(held):
    told = json.loads(vote(held, 0, PARK))
    told["credential"] = json.loads(vote(held, 1, PARK))["credential"]
    refused(BallotFault, "signature", read_ballot, election=held.box.election, written=compact(told))


def test_a_trustee_who_opens_wrongly_is_found(held):
    held.box.accept(vote(held, 0, PARK))
    held.box.close()
    number, share = held.box.share(held.secrets[0])
    share["decryption_factors"][0][0] = str(G)
    refused(TrusteeFault, "proof of its decryption", held.box.take_share, number, share)


def test_a_trustee_cannot_answer_for_another(held):
    held.box.close()
    _, share = held.box.share(held.secrets[0])
    refused(TrusteeFault, "proof of its decryption", held.box.take_share, 2, share)


def test_a_key_without_knowledge_of_its_secret_is_refused():
    _, honest = new_trustee()
    _, other = new_trustee()
    refused(TrusteeFault, "proof of its key", check_published, other | {"pok": honest["pok"]})
    assert check_published(published_key(Q - 1)) == power(G, Q - 1)


def test_nobody_votes_after_the_end(held):
    late = vote(held, 0, PARK)
    held.box.close()
    refused(BallotFault, "ended", held.box.accept, late)


def test_a_removed_ballot_is_found_by_who_kept_an_earlier_archive(held):
    setup = held.box.archive.bytes()
    held.box.accept(vote(held, 0, PARK))
    with_ballot = read_archive(held.box.archive.bytes())
    check_grown(before=read_archive(setup), after=with_ballot)
    refused(ElectionArchiveFault, "is gone", check_grown, before=with_ballot, after=read_archive(setup))


def test_a_changed_byte_in_the_archive_is_found(held):
    raw = held.box.archive.bytes()
    refused(ElectionArchiveFault, "hash", verify, raw.replace(b"Priorities", b"priorities"))
    refused(ElectionArchiveFault, "cut off", verify, raw[:-1])
    refused(ElectionArchiveFault, "no archive", verify, b"")


def test_a_result_that_the_trustees_did_not_open_is_found(held):
    held.box.accept(vote(held, 0, PARK))
    held.box.close()
    for secret in held.secrets:
        held.box.take_share(*held.box.share(secret))
    held.box.archive.append("Result", compact({"result": [[0, 1], [1, 0, 0, 0]]}))
    refused(ElectionArchiveFault, "not what the trustees opened", verify, held.box.archive.bytes())


def test_encrypted_sums_that_leave_out_a_ballot_are_found(held):
    held.box.accept(vote(held, 0, PARK))
    held.box.ballots.clear()
    held.box.close()
    refused(ElectionArchiveFault, "not those of the ballots", verify, held.box.archive.bytes())


def test_events_out_of_their_order_are_found(held):
    held.box.archive.append("EndBallots")
    held.box.archive.append("Ballot", vote(held, 0, PARK))
    refused(ElectionArchiveFault, "out of its order", verify, held.box.archive.bytes())


def test_what_has_another_shape_is_a_fault_of_the_archive(held):
    held.box.close()
    held.box.archive.append("PartialDecryption", compact(["owner"]))
    refused(ElectionArchiveFault, "not a JSON object", verify, held.box.archive.bytes())
    held = opened()
    held.box.close()
    held.box.archive.append("PartialDecryption", compact({}))
    refused(ElectionArchiveFault, "shape", verify, held.box.archive.bytes())
