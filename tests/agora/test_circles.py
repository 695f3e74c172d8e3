"""Two of three trustees open a ballot: they make one key in three steps, and nobody ever holds it whole."""

import json

import pytest

from tests.polls import BLANK, NO, PARKS
from zhengtong.agora import kinds
from zhengtong.agora.acts import close_roll, give_certificate, give_key, give_part, give_polynomial, open_poll
from zhengtong.agora.ballots.circle import CERTIFICATE, DONE, PART, POLYNOMIAL, WAIT, certificates, sent_to, step_of
from zhengtong.agora.ballots.errors import BallotIsClosed, NotAKeeper, OtherCertificates
from zhengtong.agora.models import Keeper
from zhengtong.engines.ballots import TrusteeFault, compact
from zhengtong.engines.ballots.ceremony import named, new_certificate
from zhengtong.engines.ballots.channel import keys_of, send
from zhengtong.engines.ballots.groups import ED25519
from zhengtong.ledger.queries import of

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])


def steps(polls):
    return [step_of(polls.vote, place) for place in (1, 2, 3)]


@pytest.mark.parametrize("who", [(0, 1), (0, 2), (2, 1)])
def test_any_two_trustees_open_the_sum_and_the_third_is_not_missed(polls, who):
    one, other, *_ = polls.opened()
    polls.voted(one, PARKS, NO)
    polls.voted(other, BLANK, NO)
    polls.passed(11)
    polls.boxed()
    polls.shared(who[0])
    assert len(polls.vote.missing) == 2 and polls.read().result is None
    polls.shared(who[1])
    assert polls.vote.missing == [] and polls.read().result == [[1, 1, 0, 0], [0, 0, 2]]
    with pytest.raises(BallotIsClosed):
        polls.shared(3 - sum(who))


def test_each_step_begins_when_all_have_made_the_one_before(polls):
    polls.called()
    assert steps(polls) == [CERTIFICATE] * 3
    _seed, held = new_certificate(polls.vote.group)
    give_certificate(held=held, by=polls.trustees[1], **polls.where)
    assert steps(polls) == [CERTIFICATE, WAIT, CERTIFICATE]
    for act in (give_polynomial, give_part):
        with pytest.raises(BallotIsClosed):
            act(held={}, by=polls.trustees[1], **polls.where)
    polls.certified()
    assert steps(polls) == [POLYNOMIAL] * 3 and sent_to(polls.vote, 1) is None
    for at in (0, 1):
        give_polynomial(held=polls.polynomial(at), by=polls.trustees[at], **polls.where)
    assert steps(polls) == [WAIT, WAIT, POLYNOMIAL]
    with pytest.raises(BallotIsClosed):
        give_part(held={}, by=polls.trustees[0], **polls.where)
    give_polynomial(held=polls.polynomial(2), by=polls.trustees[2], **polls.where)
    assert steps(polls) == [PART] * 3 and len(polls.vote.missing) == 3
    for at in (0, 1, 2):
        give_part(held=polls.part(at), by=polls.trustees[at], **polls.where)
    assert steps(polls) == [DONE] * 3 and polls.vote.missing == []


def test_the_box_is_not_opened_before_the_last_trustee_has_made_their_part(polls):
    polls.called()
    for who in polls.residents(20):
        polls.enrolled(who)
    polls.circled()
    Keeper.objects.filter(place=2).update(part="", key="")
    polls.passed(25)
    close_roll(by=polls.authority, **polls.where)
    assert polls.vote.missing == ["supervision/duty"]
    with pytest.raises(BallotIsClosed):
        open_poll(by=polls.host, **polls.where)
    give_part(held=polls.part(1), by=polls.trustees[1], **polls.where)
    assert json.loads(open_poll(by=polls.host, **polls.where).trustees)[0][1]["threshold"] == 2


def test_a_trustee_who_sends_a_wrong_value_is_named_to_whom_it_was_sent_and_sends_it_again(polls):
    polls.called()
    polls.certified()
    honest = [polls.polynomial(at) for at in (0, 1, 2)]
    liar, victim = (keys_of(polls.vote.group, polls.seeds[at]) for at in (0, 2))
    wrong = send(liar, victim.public["encryption"], compact({"secret": "7"}))
    false = honest[0] | {"secrets": [*honest[0]["secrets"][:2], wrong]}
    for at, held in enumerate((false, *honest[1:])):
        give_polynomial(held=held, by=polls.trustees[at], **polls.where)
    give_part(held=polls.part(0), by=polls.trustees[0], **polls.where)
    with pytest.raises(TrusteeFault, match="trustee 1: the secret value does not fit"):
        polls.part(2)
    give_polynomial(held=polls.polynomial(0), by=polls.trustees[0], **polls.where)
    assert steps(polls) == [PART] * 3  # the first trustee's part rested on the false polynomial
    for at in (0, 1, 2):
        give_part(held=polls.part(at), by=polls.trustees[at], **polls.where)


def test_a_new_certificate_voids_what_all_have_built_on_the_old_one(polls):
    polls.called()
    polls.circled()
    _, held = new_certificate(polls.vote.group)
    give_certificate(held=held, by=polls.trustees[0], **polls.where)
    assert steps(polls) == [POLYNOMIAL] * 3


def certified_anew(polls, trustee):
    """One of them sends another certificate."""
    polls.seeds[trustee], held = new_certificate(polls.vote.group)
    polls.gave(trustee, "certificate", held)


def test_a_polynomial_for_certificates_of_which_one_was_sent_anew_is_refused_and_made_again(polls):
    polls.called()
    polls.certified()
    early = polls.polynomial(0)
    certified_anew(polls, 2)
    with pytest.raises(OtherCertificates):
        give_polynomial(held=early, by=polls.trustees[0], **polls.where)
    assert steps(polls) == [POLYNOMIAL] * 3
    for at in (0, 1, 2):
        give_polynomial(held=polls.polynomial(at), by=polls.trustees[at], **polls.where)
    for at in (0, 1, 2):
        give_part(held=polls.part(at), by=polls.trustees[at], **polls.where)
    assert steps(polls) == [DONE] * 3


def test_when_a_certificate_is_sent_anew_the_polynomials_that_are_there_fall_and_do_not_come_back(polls):
    polls.called()
    polls.certified()
    given = [polls.polynomial(at) for at in (0, 1)]
    for at in (0, 1):
        give_polynomial(held=given[at], by=polls.trustees[at], **polls.where)
    certified_anew(polls, 1)
    assert not Keeper.objects.exclude(polynomial="").exists()
    for at in (0, 1):
        with pytest.raises(OtherCertificates):
            give_polynomial(held=given[at], by=polls.trustees[at], **polls.where)


def test_a_polynomial_that_names_no_certificates_is_refused(polls):
    polls.called()
    polls.certified()
    unnamed = {name: each for name, each in polls.polynomial(0).items() if name != "certificates"}
    for wrong in (unnamed, unnamed | {"certificates": None}, unnamed | {"certificates": "0" * 64}):
        with pytest.raises(OtherCertificates):
            give_polynomial(held=wrong, by=polls.trustees[0], **polls.where)


def test_the_record_says_for_which_certificates_a_polynomial_was_made(polls):
    polls.called()
    polls.certified()
    give_polynomial(held=polls.polynomial(0), by=polls.trustees[0], **polls.where)
    (said,) = of(polls.number).filter(kind=kinds.COMMITTED)
    assert said.particulars["certificates"] == named(certificates(polls.vote))


def test_what_does_not_hold_is_refused_and_its_sender_named(polls):
    polls.called()
    for wrong in (None, [], "x", {}, new_certificate(ED25519)[1]):
        with pytest.raises(TrusteeFault, match="trustee 2: the certificate"):
            give_certificate(held=wrong, by=polls.trustees[1], **polls.where)
    polls.certified()
    for wrong in (None, [], "x", {}, polls.polynomial(0)):
        with pytest.raises(TrusteeFault, match="trustee 3"):
            give_polynomial(held=wrong, by=polls.trustees[2], **polls.where)
    for at in (0, 1, 2):
        give_polynomial(held=polls.polynomial(at), by=polls.trustees[at], **polls.where)
    for wrong in (None, [], "x", {}, polls.part(0)):
        with pytest.raises(TrusteeFault, match="trustee 2: the public key"):
            give_part(held=wrong, by=polls.trustees[1], **polls.where)


def test_only_trustees_take_part_and_a_key_of_ones_own_is_none(polls):
    polls.called()
    _, held = new_certificate(polls.vote.group)
    for stranger in (polls.host, polls.authority):
        with pytest.raises(NotAKeeper):
            give_certificate(held=held, by=stranger, **polls.where)
    with pytest.raises(BallotIsClosed):
        give_key(key=polls.secrets[0][1], by=polls.trustees[0], **polls.where)


def test_once_the_box_is_open_nothing_of_it_changes(polls):
    polls.opened()
    _, held = new_certificate(polls.vote.group)
    for act in (give_certificate, give_polynomial, give_part):
        with pytest.raises(BallotIsClosed):
            act(held=held, by=polls.trustees[0], **polls.where)


def test_nothing_beside_what_was_verified_is_published(polls):
    polls.called()
    _, held = new_certificate(polls.vote.group)
    give_certificate(held=held | {"note": "<b>"}, by=polls.trustees[0], **polls.where)
    assert json.loads(polls.vote.keepers[1].certificate) == held
