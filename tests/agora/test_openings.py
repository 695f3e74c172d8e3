"""A voice is opened by two bodies together, on a legal basis, and the person is told; by nobody else, nor elsewhere."""

from base64 import urlsafe_b64decode
from datetime import timedelta
from hashlib import sha256

import pytest

from tests.devices import Device
from tests.openings import ANSWERS, BASIS, PROCEDURE, WHY, Openings, openable
from zhengtong.agora.acts import admit, admit_here, admit_sealed, come_in
from zhengtong.agora.duties import look_after
from zhengtong.agora.errors import HasVoice, NotAVoice
from zhengtong.agora.keys import key_of
from zhengtong.agora.models import Admission, Voice
from zhengtong.agora.openings import kinds
from zhengtong.agora.openings.asking import give_share, seat_of
from zhengtong.agora.openings.errors import (
    BegunOnADevice,
    FourEyesOnVoices,
    KeyOfTheOther,
    KeysMissing,
    NoSuchVoice,
    NotAKeeperOfVoices,
    OpeningAskedFor,
    OpeningIsOver,
    OpeningNeedsGround,
    SealFirst,
    SealsNotShown,
)
from zhengtong.agora.openings.keys import give_key, sealing_key
from zhengtong.agora.openings.models import KeeperKey, Listed, Opening, Seal, Sealed
from zhengtong.agora.openings.named import seen_by
from zhengtong.agora.openings.queries import openings, told_person, told_voice
from zhengtong.agora.openings.sealing import left_of, mark_of
from zhengtong.agora.reconciled import reconciled
from zhengtong.agora.rounds import round_of
from zhengtong.agora.voices import written
from zhengtong.cases.acts import open_by_office
from zhengtong.cases.errors import ReasonsMissing
from zhengtong.cases.models import Case, Letter
from zhengtong.charter.charter import inspect
from zhengtong.engines.ballots import TrusteeFault
from zhengtong.engines.blind import blind
from zhengtong.engines.blind.opening import new_keeper
from zhengtong.engines.blind.sealed import MANY, new_seed
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
from zhengtong.people.errors import NoPower
from zhengtong.people.models import Holding
from zhengtong.registry.models import Look


@pytest.fixture
def city(cast, monday):
    return Openings(cast, monday)


@pytest.fixture
def round_(city):
    return city.give_keys().begin()


@pytest.fixture
def voice(city, round_, cast):
    """Chen Xiaoyu's, who said something."""
    return city.said(round_, cast.chen_xiaoyu).voice


def acts(kind):
    return Act.objects.filter(kind=kind)


# Where nothing is declared


def test_where_the_charter_does_not_say_so_nobody_can_open_a_voice(rounds, cast):
    round_ = rounds.consultation()
    voice = rounds.voice(round_, cast.chen_xiaoyu)
    assert not Seal.objects.exists() and not Sealed.objects.exists()
    with pytest.raises(NotAKeeperOfVoices):
        seat_of(round_, cast.supervisor, now=rounds.now)
    with pytest.raises(NotAKeeperOfVoices):
        give_key(procedure=PROCEDURE, certificate=new_keeper()[1], by=cast.supervisor, now=rounds.now)
    assert voice.name


def test_the_charter_in_which_voices_can_be_opened_is_without_a_fault(monday):
    _charter, findings = inspect(openable(), on=monday.date())
    assert not findings


# Keys


def test_a_round_does_not_begin_before_both_keys_are_there(city):
    with pytest.raises(KeysMissing) as refused:
        city.begin()
    assert "Supervision" in refused.value.told()["en"] and "Public Security" in refused.value.told()["en"]
    city.give_keys(0)
    with pytest.raises(KeysMissing) as refused:
        city.begin()
    assert "Supervision" not in refused.value.told()["en"] and not Case.objects.filter(procedure=PROCEDURE).exists()
    round_ = city.give_keys(1).begin()
    assert city.begin().case == round_.case and acts(kinds.SEALED).count() == 1
    told = acts(kinds.SEALED).get().particulars["keys"]
    assert [each["key"] for each in told] == [each["public_key"] for _, each in city.keys]


def test_a_round_that_began_by_another_way_gives_nobody_a_voice(city, cast):
    case = open_by_office(
        procedure=PROCEDURE, answers=ANSWERS, by=city.rounds.host,
        language="en", request_key="k", now=city.now,
    )  # fmt: skip
    with pytest.raises(KeysMissing):
        admit_here(round_=round_of(case.number), by=cast.lin_yue, now=city.now)


def test_a_key_is_handed_in_by_its_keeper_with_a_proof_and_is_no_copy(city, cast):
    def give(certificate, by):
        return give_key(procedure=PROCEDURE, certificate=certificate, by=by, now=city.now)

    with pytest.raises(NotAKeeperOfVoices):
        give(city.keys[0][1], cast.reconsideration)
    with pytest.raises(TrusteeFault):
        give({**city.keys[0][1], "public_key": city.keys[1][1]["public_key"]}, city.officers[0])
    first = give(city.keys[0][1], city.officers[0])
    with pytest.raises(KeyOfTheOther):
        give(city.keys[0][1], city.officers[1])
    assert give(city.keys[0][1], city.officers[0]) == first and acts(kinds.KEY_GIVEN).count() == 1
    assert KeeperKey.objects.count() == 1


def test_a_new_key_is_for_rounds_to_come(city, round_):
    give_key(procedure=PROCEDURE, certificate=new_keeper()[1], by=city.officers[0], now=city.now)
    assert sealing_key(city.begin("another")) != sealing_key(round_)
    assert Sealed.objects.get(case=round_.case).certificates[0] == city.keys[0][1]


# Sealing


def test_a_device_lists_shows_all_but_one_and_gets_a_voice_that_speaks(city, round_, cast):
    device = Device(round_, cast.lin_yue)
    assert device.ask(city.now) == device.left
    assert not Admission.objects.exists()
    signature = device.ask(city.now, device.shown())
    voice = come_in(round_=round_, key=device.key_from(signature), now=city.now)
    assert bytes(voice.seal.sealed) == device.made[device.left].seal
    assert not Listed.objects.exists()  # nothing that has an order
    assert device.ask(city.now) == device.left and device.ask(city.now, device.shown()) == signature
    assert Admission.objects.count() == 1 and city.opened(round_, voice).person == cast.lin_yue.person


def test_a_device_that_lies_gets_no_voice_and_the_record_says_so(city, round_, cast):
    device = Device(round_, cast.lin_yue, lies=set(range(MANY)))
    assert device.ask(city.now) == device.left
    for _ in range(2):
        with pytest.raises(SealsNotShown):
            device.ask(city.now, device.shown())
    with pytest.raises(SealsNotShown):
        admit_here(round_=round_, by=cast.lin_yue, now=city.now)
    with pytest.raises(SealsNotShown):
        Device(round_, cast.lin_yue).ask(city.now)
    caught = acts(kinds.CAUGHT).get()
    assert caught.actor == cast.lin_yue.handle and not Admission.objects.exists()


def test_what_a_device_listed_first_stands_so_that_nobody_tries_until_it_suits_them(city, round_, cast):
    first, second = Device(round_, cast.lin_yue), Device(round_, cast.lin_yue)
    first.ask(city.now)
    for wrong in (lambda: second.ask(city.now), lambda: second.ask(city.now, second.shown())):
        with pytest.raises(BegunOnADevice):
            wrong()
    with pytest.raises(BegunOnADevice):
        admit_here(round_=round_, by=cast.lin_yue, now=city.now)
    first.ask(city.now, first.shown())
    with pytest.raises(HasVoice):
        second.ask(city.now)
    with pytest.raises(HasVoice):
        admit_here(round_=round_, by=cast.lin_yue, now=city.now)


def test_which_one_is_left_is_another_for_another_list_and_another_person(city, round_, cast):
    lists = [[new_seed() for _ in range(MANY)] for _ in range(600)]
    found = [left_of(round_, cast.lin_yue.person, each) for each in lists]
    assert set(found) == set(range(MANY)) and found == [left_of(round_, cast.lin_yue.person, each) for each in lists]
    assert found != [left_of(round_, cast.chen_xiaoyu.person, each) for each in lists]


def test_what_is_no_list_is_refused_and_changes_nothing(city, round_, cast):
    device = Device(round_, cast.lin_yue)
    whole = device.listed
    for listed, seeds in (
        ([], None), (whole[:-1], None), ([whole[0]] * MANY, None), ([b"x", *whole[1:]], None),
        (whole, []), (whole, device.shown()[:-1]), (whole, [b"", *device.shown()[1:]]),
    ):  # fmt: skip
        with pytest.raises(NotAVoice):
            admit_sealed(round_=round_, listed=listed, seeds=seeds, by=cast.lin_yue, now=city.now)
    assert not Listed.objects.exists()


def test_nobody_gets_a_voice_without_a_seal(city, round_, cast):
    public = key_of(round_.case.number).public_key()
    with pytest.raises(SealFirst):
        admit(round_=round_, blinded=blind(public, bytes(32)).message, by=cast.lin_yue, now=city.now)
    raw = urlsafe_b64decode(admit_here(round_=round_, by=cast.lin_yue, now=city.now))
    other = bytes.fromhex("00" * 64)
    for wrong in (raw[:32] + raw[96:], raw[:32] + other + raw[96:], raw[:32] + raw[64:96] + raw[32:64] + raw[96:]):
        with pytest.raises(NotAVoice):
            come_in(round_=round_, key=written(wrong, b""), now=city.now)


def test_the_node_can_open_nothing_of_what_it_keeps(city, round_, cast, voice):
    """All that it knows of the seal is two points; what it derives for a person is in no row and in no act."""
    mark = mark_of(round_, cast.chen_xiaoyu.person)
    assert mark != mark_of(round_, cast.lin_yue.person) != mark_of(city.begin("another"), cast.lin_yue.person)
    assert mark.hex() not in str(list(Act.objects.values_list("particulars", flat=True)))
    assert {each.name for each in Seal._meta.fields} == {"voice", "sealed"}
    assert {each.name for each in Voice._meta.fields} == {"id", "case", "token", "name", "on"}


# Opening


def test_two_bodies_open_a_voice_and_the_person_is_told(city, round_, voice, cast):
    opening = city.ask(round_, voice)
    assert city.give(opening, 0).outcome == "waiting"
    done = city.give(opening, 1)
    assert (done.outcome, done.person) == ("opened", cast.chen_xiaoyu.person)
    letter = Letter.objects.get(name="voice-opened")
    assert letter.recipient == cast.chen_xiaoyu.person
    for said in (
        voice.name,
        WHY["order"],
        WHY["reason"],
        "监督",
        "公安",
        "行政复议",
        f"/take-part/{round_.case.number}/opened",
    ):
        assert said in letter.body
    assert told_person(round_, cast.chen_xiaoyu.person) == told_voice(voice) == [done]


def test_the_ledger_names_neither_voice_nor_person_where_a_voice_was_opened(city, round_, voice, cast):
    city.opened(round_, voice)
    act = acts(kinds.OPENED).get()
    said = f"{act.particulars} {act.reason} {act.actor}"
    assert voice.name not in said and cast.chen_xiaoyu.handle not in said and cast.chen_xiaoyu.person.name not in said
    everything = " ".join(
        f"{each.particulars} {each.reason}" for each in Act.objects.filter(subject=round_.case.number)
    )
    assert cast.chen_xiaoyu.handle not in everything and cast.chen_xiaoyu.person.name not in everything


def test_everybody_reads_that_a_voice_was_opened_and_not_which(city, round_, voice, cast):
    city.opened(round_, voice)
    (told,) = [each.as_data() for each in openings(round_)]
    assert (told["outcome"], told["legal_basis"]) == ("opened", [BASIS])
    assert (told["asked_in"], told["answered_in"]) == ("supervision-office", "public-security")
    assert voice.name not in str(told) and cast.chen_xiaoyu.person.name not in str(told)


def test_who_reads_the_name_at_the_desk_is_seen_by_the_person(city, round_, voice, cast):
    done = city.opened(round_, voice)
    place, power = seat_of(round_, city.officers[1], now=city.now)
    assert place == 2
    assert seen_by([done], round_, by=city.officers[1], power=power, now=city.now) == {done.pk: cast.chen_xiaoyu.person}
    look = Look.objects.get(about=cast.chen_xiaoyu.person.id_index, post="public-security/household")
    assert look.fields == ["name"] and look.case == round_.case.number


def test_a_request_needs_its_ground_its_order_and_its_reasons(city, round_, voice):
    for wrong in ({"basis": "qingshan-participation-rules/4"}, {"basis": ""}, {"order": " "}, {"reason": ""}):
        with pytest.raises(OpeningNeedsGround):
            city.ask(round_, voice, **wrong)
    with pytest.raises(NoSuchVoice):
        city.ask(round_, voice, voice="000-000-000")
    with pytest.raises(NotAKeeperOfVoices):
        city.ask(round_, voice, by=city.rounds.moderator)
    assert not Opening.objects.exists()


def test_the_same_request_is_one_and_another_waits_for_its_answer(city, round_, voice):
    opening = city.ask(round_, voice)
    assert city.ask(round_, voice) == opening and acts(kinds.ASKED).count() == 1
    with pytest.raises(OpeningAskedFor):
        city.ask(round_, voice, keeper=1)
    city.give(opening, 0)
    city.give(opening, 1)
    with pytest.raises(OpeningAskedFor):
        city.ask(round_, voice, keeper=1)


def test_the_other_body_opens_nothing_before_the_one_that_asked_has_given_its_share(city, round_, voice):
    opening = city.ask(round_, voice)
    with pytest.raises(OpeningIsOver):
        city.give(opening, 1)
    city.give(opening, 0)
    with pytest.raises(OpeningIsOver):
        city.give(opening, 0)
    assert Opening.objects.get().shares.keys() == {"1"} and acts(kinds.SHARED).count() == 1


def test_a_wrong_share_is_refused_and_changes_nothing(city, round_, voice, cast):
    other = city.said(round_, cast.lin_yue, "别的话").voice
    opening, of_other = city.ask(round_, voice), city.ask(round_, other)
    replayed = city.share(of_other, 0)
    city.give(of_other, 0)
    for wrong in (
        city.share(opening, 0, key=1),  # of the other key
        replayed,  # of another voice
        city.share(opening, 0, reason="别的理由"),  # made for what was not asked
        city.share(opening, 0, seal=bytes(other.seal.sealed).hex()),
        {}, None, {"share": "", "proof": {}},
    ):  # fmt: skip
        with pytest.raises(TrusteeFault):
            give(city, opening, wrong)
    assert Opening.objects.get(pk=opening.pk).shares == {} and acts(kinds.SHARED).count() == 1
    city.give(opening, 0)
    with pytest.raises(TrusteeFault):  # the first keeper's own share, once more
        city.give(opening, 1, share=Opening.objects.get(pk=opening.pk).shares["1"])
    assert Opening.objects.get(pk=opening.pk).outcome == "waiting"


def give(city, opening, share):
    return give_share(opening=opening, share=share, by=city.officers[0], now=city.now)


def test_a_share_for_a_request_that_came_to_nothing_does_not_open_the_next_one(city, round_, voice):
    first = city.ask(round_, voice)
    old = city.share(first, 0)
    city.give(first, 0, share=old)
    city.refuse(first, 1, "没有令状")
    second = city.ask(round_, voice)
    with pytest.raises(TrusteeFault):
        city.give(second, 0, share=old)


def test_the_other_body_refuses_with_reasons_and_the_share_is_not_kept(city, round_, voice, cast):
    opening = city.ask(round_, voice)
    city.give(opening, 0)
    with pytest.raises(ReasonsMissing):
        city.refuse(opening, 1, " ")
    with pytest.raises(OpeningIsOver):
        city.refuse(opening, 0, "不打开了")
    city.refuse(opening, 1, "令状不是法院签发的。")
    found = Opening.objects.get()
    assert (found.outcome, found.shares, found.person) == ("refused", {}, None)
    assert acts(kinds.REFUSED).get().reason == "令状不是法院签发的。"
    with pytest.raises(OpeningIsOver):
        city.give(opening, 1)
    assert not Letter.objects.filter(name="voice-opened").exists()


def test_a_request_that_nobody_answers_lapses(city, round_, voice):
    opening = city.ask(round_, voice)
    city.give(opening, 0)
    city.rounds.now += timedelta(days=15)
    look_after(now=city.now)
    assert Opening.objects.get().outcome == "waiting"
    city.rounds.now += timedelta(days=1)
    with pytest.raises(OpeningIsOver):  # whether or not the worker has been there
        city.give(opening, 1)
    look_after(now=city.now)
    look_after(now=city.now)
    found = Opening.objects.get()
    assert (found.outcome, found.shares) == ("lapsed", {}) and acts(kinds.LAPSED).count() == 1


def test_one_person_never_does_both(city, round_, voice):
    """Who comes to sit in both posts does nothing, and who asked does not answer from the other seat."""
    opening = city.ask(round_, voice)
    city.give(opening, 0)
    both = city.officers[0].person
    Holding.objects.create(person=both, post="public-security/household", from_on=city.now.date())
    for post, act in (
        ("public-security/household", lambda by: city.give(opening, 1, by=by)),
        ("public-security/household", lambda by: city.refuse(opening, 1, "不", by=by)),
        ("supervision-office/duty", lambda by: city.ask(round_, voice, by=by)),
    ):
        with pytest.raises(FourEyesOnVoices):
            act(Actor(both, post))
    Holding.objects.filter(person=both, post="supervision-office/duty").delete()  # moved from one to the other
    with pytest.raises(FourEyesOnVoices):
        city.give(opening, 1, by=Actor(both, "public-security/household"))
    assert Opening.objects.get().outcome == "waiting"


def test_a_keeper_without_the_power_does_nothing(city, round_, voice, cast):
    with pytest.raises((NoPower, NotAKeeperOfVoices)):
        city.ask(round_, voice, by=Actor(city.officers[1].person, "public-security/head"))


def test_what_a_lucky_liar_sealed_is_nobodys_and_names_nobody(city, round_, cast):
    lucky = Device(round_, cast.lin_yue, lies={0})
    while lucky.left != 0:
        lucky = Device(round_, cast.lin_yue, lies={0})
    assert lucky.ask(city.now) == lucky.left
    voice = come_in(round_=round_, key=lucky.key_from(lucky.ask(city.now, lucky.shown())), now=city.now)
    done = city.opened(round_, voice)
    assert (done.outcome, done.person) == ("nobodys", None)
    assert acts(kinds.NOBODYS).count() == 1 and not Letter.objects.filter(name="voice-opened").exists()


def test_what_is_told_of_openings_agrees_with_the_ledger(city, round_, voice):
    city.opened(round_, voice)
    assert all(each.agrees for each in reconciled([round_]))
    Opening.objects.all().delete()  # somebody makes it not to have been
    wrong = {each.kind for each in reconciled([round_]) if not each.agrees}
    assert wrong == {kinds.ASKED, kinds.OPENED}


def test_the_act_of_asking_says_which_seal_is_to_be_opened(city, round_, voice):
    city.ask(round_, voice)
    told = acts(kinds.ASKED).get().particulars
    assert told["voice"] == voice.name and told["seal"] == sha256(bytes(voice.seal.sealed)).hexdigest()
