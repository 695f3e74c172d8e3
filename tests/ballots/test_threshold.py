"""Trustees make a key together that no one holds and of which some are enough; who lies is named."""

import json

import pytest

from tests.ballots.circles import circled
from tests.ballots.elections import opened
from zhengtong.engines.ballots import TrusteeFault, cast, compact, new_trustee, read_trustees, verify
from zhengtong.engines.ballots.ceremony import (
    check_certificate,
    check_polynomial,
    check_voutput,
    make_polynomial,
    make_voutput,
    new_certificate,
    opened_key,
    vinputs,
)
from zhengtong.engines.ballots.channel import keys_of, send, signed
from zhengtong.engines.ballots.groups import BELENIOS_2048, ED25519

GROUPS = pytest.mark.parametrize("group", [BELENIOS_2048, ED25519], ids=lambda each: each.name)
PARK, BLANK = [[1, 0], [0, 1, 0, 1]], [[0, 1], [1, 0, 0, 0]]


def refused(words, function, *args, **named):
    with pytest.raises(TrusteeFault) as told:
        function(*args, **named)
    assert words in told.value.told()["en"]


def voted(group, trustees):
    held = opened(group=group, written=compact(trustees))
    for code, votes in zip(held.codes, (PARK, BLANK, PARK), strict=True):
        held.box.accept(cast(election=held.box.election, credential=code, votes=votes))
    held.box.close()
    return held.box


@GROUPS
@pytest.mark.parametrize("opening", [(0, 1), (0, 2), (2, 1), (0, 1, 2)])
def test_any_two_of_three_trustees_open_the_sum(group, opening):
    circle = circled(group)
    box = voted(group, [["Pedersen", circle.parameters]])
    for at in opening:
        box.take_share(*box.share(circle.secrets[at]))
    assert box.publish() == [[2, 1], [1, 2, 0, 2]]
    assert verify(box.archive.bytes()).result == box.result


@GROUPS
def test_one_of_three_opens_nothing(group):
    circle = circled(group)
    box = voted(group, [["Pedersen", circle.parameters]])
    box.take_share(*box.share(circle.secrets[0]))
    refused("too few", box.publish)


@GROUPS
def test_a_trustee_who_must_open_stands_beside_a_circle(group):
    circle, (secret, public) = circled(group), new_trustee(group)
    box = voted(group, [["Single", public], ["Pedersen", circle.parameters]])
    for each in circle.secrets[1:]:
        box.take_share(*box.share(each))
    refused("too few", box.publish)
    box.take_share(*box.share(secret))
    assert box.publish() == [[2, 1], [1, 2, 0, 2]]


@GROUPS
def test_the_sum_of_the_shares_is_nobodys_key_and_the_key_is_not_in_what_is_published(group):
    circle = circled(group)
    (found,) = read_trustees(compact([["Pedersen", circle.parameters]]), group=group)
    assert found.key not in {group.power(group.g, each) for each in circle.secrets}
    assert not any(str(each) in json.dumps(circle.parameters) for each in circle.secrets)


@GROUPS
@pytest.mark.parametrize(("trustees", "needed"), [(1, 1), (4, 1), (4, 4)])
def test_a_circle_may_need_one_or_all(group, trustees, needed):
    circle = circled(group, trustees=trustees, needed=needed)
    box = voted(group, [["Pedersen", circle.parameters]])
    for each in circle.secrets[:needed]:
        box.take_share(*box.share(each))
    assert box.publish() == [[2, 1], [1, 2, 0, 2]]


@GROUPS
def test_who_sends_a_value_that_does_not_fit_the_commitments_is_named(group):
    def lie(seeds, certificates, polynomials):
        liar, victim = keys_of(group, seeds[1]), keys_of(group, seeds[2])
        polynomials[1]["secrets"][2] = send(liar, victim.public["encryption"], compact({"secret": "5"}))

    refused("trustee 2: the secret value does not fit", circled, group, lie=lie)


@GROUPS
def test_who_sends_what_cannot_be_read_is_named(group):
    def swap(seeds, certificates, polynomials):
        polynomials[0]["secrets"].reverse()

    refused("trustee 1: the secret value cannot be read", circled, group, lie=swap)

    def spoil(seeds, certificates, polynomials):
        polynomials[2]["secrets"][0] = "{}"

    refused("trustee 3: the secret value cannot be read", circled, group, lie=spoil)


@GROUPS
def test_what_another_wrote_is_not_taken_for_a_trustees_own(group):
    """The node routes the messages; it cannot put one of its own among them."""

    def forge(seeds, certificates, polynomials):
        node, victim = keys_of(group, new_certificate(group)[0]), keys_of(group, seeds[2])
        polynomials[1]["secrets"][2] = send(node, victim.public["encryption"], compact({"secret": "5"}))

    refused("trustee 2: the secret value cannot be read", circled, group, lie=forge)


@GROUPS
def test_commitments_that_are_not_signed_by_their_trustee_are_refused(group):
    circle = circled(group)
    given = {"group": group, "certificates": circle.certificates, "needed": 2}
    exchanged = circle.polynomials[0] | {"coefexps": circle.polynomials[1]["coefexps"]}
    refused("trustee 1: the commitments are not signed", check_polynomial, held=exchanged, trustee=1, **given)
    for wrong in (None, [], {}, {"coefexps": {}}, circle.polynomials[0] | {"secrets": [1, 2, 3]}):
        refused("trustee 1", check_polynomial, held=wrong, trustee=1, **given)
    refused("shape", check_polynomial, held=circle.polynomials[0], trustee=1, **given | {"needed": 3})


@GROUPS
def test_whoever_committed_to_another_number_is_named(group):
    def shorten(seeds, certificates, polynomials):
        made = make_polynomial(group=group, certificates=certificates, seed=seeds[1], needed=1)
        polynomials[1].update(made)

    refused("trustee 2: the number of commitments", circled, group, lie=shorten)


@GROUPS
def test_a_certificate_holds_only_with_its_own_signature_and_keys_of_the_group(group):
    (_, first), (_, second) = (new_certificate(group) for _ in range(2))
    assert check_certificate(group, first, trustee=4) != check_certificate(group, second, trustee=4)
    mixed = first | {"signature": second["signature"]}
    refused("trustee 4: the certificate", check_certificate, group, mixed, trustee=4)
    seed, _ = new_certificate(group)
    outside = keys_of(group, seed).public | {"encryption": "0" * 64}
    refused("the certificate", check_certificate, group, signed(keys_of(group, seed), compact(outside)), trustee=1)
    for wrong in (None, [], {}, {"message": "[" * 9999, "signature": {}}):
        refused("the certificate", check_certificate, group, wrong, trustee=1)


@GROUPS
def test_a_public_key_that_the_commitments_do_not_give_is_refused(group):
    circle, (_, other) = circled(group), new_trustee(group)
    held = {"private_key": "", "public_key": other}
    given = {"group": group, "polynomials": circle.polynomials}
    refused("trustee 2: the public key is not", check_voutput, held=held, trustee=2, **given)
    right = {"private_key": "", "public_key": circle.parameters["verification_keys"][0]}
    assert check_voutput(held=right, trustee=1, **given)
    refused("trustee 2: the public key is not", check_voutput, held=right, trustee=2, **given)


@GROUPS
def test_who_is_not_in_the_circle_takes_no_part_in_it(group):
    circle, (stranger, _) = circled(group), new_certificate(group)
    given = {"group": group, "certificates": circle.certificates, "seed": stranger}
    refused("belongs to this seed", make_polynomial, needed=2, **given)
    refused("belongs to this seed", make_voutput, vinput=vinputs(circle.polynomials)[0], **given)
    refused("no seed", make_polynomial, needed=2, **given | {"seed": "short"})
    for needed in (0, 4):
        refused("threshold", make_polynomial, needed=needed, **given | {"seed": circle.seeds[0]})


@GROUPS
def test_what_is_sealed_for_one_trustee_no_other_opens(group):
    circle = circled(group)
    given = {"group": group, "certificates": circle.certificates}
    routed = vinputs(circle.polynomials)
    refused("cannot be opened", make_voutput, seed=circle.seeds[0], vinput=routed[1], **given)
    part = make_voutput(seed=circle.seeds[0], vinput=routed[0], **given)
    assert opened_key(group=group, seed=circle.seeds[0], sealed=part["private_key"]) == circle.secrets[0]
    refused("cannot be opened", opened_key, group=group, seed=circle.seeds[1], sealed=part["private_key"])


def test_two_trustees_with_one_certificate_are_refused():
    seed, one = new_certificate(ED25519)
    refused("same certificate", make_polynomial, group=ED25519, certificates=[one, one], seed=seed, needed=1)
