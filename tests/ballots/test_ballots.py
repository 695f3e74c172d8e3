"""A secret ballot is counted without being opened, and what does not belong in the box stays out."""

import json

import pytest
from gmpy2 import mpz

from tests.ballots.elections import opened, signed_anew
from zhengtong.engines.ballots import (
    BallotFault,
    ElectionArchiveFault,
    TrusteeFault,
    added,
    cast,
    check_grown,
    check_published,
    compact,
    new_credential,
    new_trustee,
    public_key,
    read_archive,
    read_ballot,
    verify,
)
from zhengtong.engines.ballots import ballot as ballots
from zhengtong.engines.ballots.credential import ALPHABET
from zhengtong.engines.ballots.edwards import P as FIELD
from zhengtong.engines.ballots.group import fixed
from zhengtong.engines.ballots.groups import BELENIOS_2048, ED25519
from zhengtong.engines.ballots.modular import G, P, Q
from zhengtong.engines.ballots.trustees import published_key

PARK, BLANK = [[1, 0], [0, 1, 0, 1]], [[0, 1], [1, 0, 0, 0]]


@pytest.fixture(params=[BELENIOS_2048, ED25519], ids=lambda each: each.name)
def held(request):
    return opened(group=request.param)


def vote(held, who, votes):
    return cast(election=held.box.election, credential=held.codes[who], votes=votes)


def refused(kind, words, function, *args, **named):
    with pytest.raises(kind) as told:
        function(*args, **named)
    assert words in told.value.told()["en"]


def resigned(held, who, written, change):
    """The ballot of a voter who cheats: changed, and signed again with their own code."""
    return signed_anew(election=held.box.election, code=held.codes[who], written=written, change=change)


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


def test_the_generator_has_the_order_of_the_group(held):
    group = held.box.election.group
    assert group.power(group.g, group.q - 1) == group.inverse(group.g) != group.g
    assert group.read(group.write(group.g)) == group.g


@pytest.mark.parametrize("exponent", [0, 1, 2, 15, 16, 2**252, Q - 1, ED25519.q - 1, ED25519.q])
def test_a_power_is_the_same_however_it_is_computed(held, exponent):
    group, exponent = held.box.election.group, mpz(exponent)
    told = group.power(group.g, exponent)
    assert told == fixed(group, group.g).power(exponent) == group.powers(group.g, [exponent])[0]


@pytest.mark.parametrize("number", ["0", str(P - 1), str(P), str(P + G), "2", "-1", "01", "1e9", None, 7.5, "9" * 700])
def test_a_number_outside_of_the_group_is_refused(number):
    _refused_as_a_choice(opened(), number)


SIGN, TWICE = 1 << 255, ED25519.times(ED25519.g, ED25519.g)
EIGHTH = 55188659117513257062467267217118295137698188065244968500265048394206261417927
TORSION = (FIELD - 1, 0, SIGN, EIGHTH, SIGN + EIGHTH, FIELD - EIGHTH, SIGN + FIELD - EIGHTH)  # orders 2, 4, 4, 8, …
NOT_CANONICAL = (FIELD, FIELD + 1, SIGN + 1, SIGN + FIELD - 1, SIGN + FIELD + 1)
OFF_THE_CURVE = (2, SIGN + 2)


@pytest.mark.parametrize("point", [*TORSION, *NOT_CANONICAL, *OFF_THE_CURVE])
def test_a_point_outside_of_the_group_is_refused(point):
    with pytest.raises(BallotFault, match="no member"):
        ED25519.read(f"{point:064x}")
    _refused_as_a_choice(opened(group=ED25519), f"{point:064x}")


@pytest.mark.parametrize("order", range(7))
def test_a_point_of_the_curve_that_is_not_of_prime_order_is_refused(order):
    """A member made into none by a point of small order: it lies on the curve, in its canonical form."""
    small = ED25519.parse(f"{TORSION[order]:064x}")
    mixed = ED25519.write(ED25519.times(ED25519.g, small))
    ED25519.parse(mixed)
    _refused_as_a_choice(opened(group=ED25519), mixed)


@pytest.mark.parametrize("written", ["", "0" * 63, "0" * 65, "G" * 64, 5, None, ED25519.write(TWICE).upper()])
def test_a_point_in_another_dress_is_refused(written):
    _refused_as_a_choice(opened(group=ED25519), written)


def _refused_as_a_choice(held, written):
    def change(told):
        told["answers"][0]["choices"][0]["alpha"] = written

    with pytest.raises(BallotFault, match=r"no member|base 10"):
        held.box.accept(resigned(held, 0, vote(held, 0, PARK), change))


def test_two_votes_for_one_answer_are_refused_by_the_voters_own_program(held):
    refused(BallotFault, "0 or 1", vote, held, 0, [[2, 0], [1, 0, 0, 0]])


@pytest.mark.parametrize("votes", [[[2, 0], [1, 0, 0, 0]], [[1, 1], [1, 0, 0, 0]], [[0, 0], [1, 0, 0, 0]]])
def test_a_vote_of_two_too_many_and_too_few_answers_are_refused_by_the_box(held, monkeypatch, votes):
    monkeypatch.setattr(ballots, "_check_vote", lambda question, vote: None)
    honest = ballots.prove_one_of
    monkeypatch.setattr(ballots, "prove_one_of", lambda **named: honest(**_feigned(**named)))
    refused(BallotFault, "a proof does not hold", held.box.accept, vote(held, 0, votes))


def _feigned(*, statement, openings, **named):
    """Who cheats claims the first branch where none is true."""
    if all(openings[each.cipher].value != each.value for each in statement.branches):
        cipher, value = statement.branches[0]
        openings = openings | {cipher: openings[cipher]._replace(value=value)}
    return {"statement": statement, "openings": openings, **named}


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
    other = opened(group=held.box.election.group)
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
    wrong = ALPHABET[(ALPHABET.index(code[0]) + 1) % 58] + code[1:]  # never the same modulo 53
    refused(BallotFault, "mistyped", public_key, credential=wrong, uuid=held.box.election.uuid)


def test_a_stolen_ballot_signed_by_another_code_is_refused(held):
    told = json.loads(vote(held, 0, PARK))
    told["credential"] = json.loads(vote(held, 1, PARK))["credential"]
    refused(BallotFault, "signature", read_ballot, election=held.box.election, written=compact(told))


def test_a_trustee_who_opens_wrongly_is_found(held):
    held.box.accept(vote(held, 0, PARK))
    held.box.close()
    number, share = held.box.share(held.secrets[0])
    share["decryption_factors"][0][0] = held.box.election.group.write(held.box.election.group.g)
    refused(TrusteeFault, "proof of its decryption", held.box.take_share, number, share)


def test_a_trustee_cannot_answer_for_another(held):
    held.box.close()
    _, share = held.box.share(held.secrets[0])
    refused(TrusteeFault, "proof of its decryption", held.box.take_share, 2, share)


@pytest.mark.parametrize("group", [BELENIOS_2048, ED25519])
def test_a_key_without_knowledge_of_its_secret_is_refused(group):
    _, honest = new_trustee(group)
    _, other = new_trustee(group)
    refused(TrusteeFault, "proof of its key", check_published, other | {"pok": honest["pok"]}, group=group)
    assert check_published(published_key(group, group.q - 1), group=group) == group.inverse(group.g)


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


def test_a_ballot_that_lies_in_the_archive_without_an_event_is_found(held):
    held.box.accept(vote(held, 0, PARK))
    raw = held.box.archive.bytes()
    beside, _ = added("Ballot", vote(held, 1, PARK), parent="", height=0, timestamp=held.box.archive.timestamp)
    data = beside[: beside.index(b".event.json") - 64]
    verify(raw)
    refused(ElectionArchiveFault, "no event refers to", verify, raw + data)


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
    held = opened(group=held.box.election.group)
    held.box.close()
    held.box.archive.append("PartialDecryption", compact({}))
    refused(ElectionArchiveFault, "shape", verify, held.box.archive.bytes())
