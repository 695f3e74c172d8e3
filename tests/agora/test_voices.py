"""One verified person has one voice, and nothing that is kept leads from the one to the other."""

from datetime import timedelta
from operator import itemgetter

import pytest

from tests.orders import agreement, rows
from zhengtong.agora import kinds
from zhengtong.agora.acts import admit, admit_here, close_days, come_in, contribute
from zhengtong.agora.decide import names_of, why_not
from zhengtong.agora.errors import HasVoice, NotAVoice, NotEligible
from zhengtong.agora.keys import key_of
from zhengtong.agora.models import Admission, Voice
from zhengtong.agora.voices import written
from zhengtong.engines.blind import blind, finalise
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
from zhengtong.registry.models import Look

TOKEN = bytes(range(32))


def test_a_resident_gets_a_voice_and_speaks_under_one_name(rounds, cast):
    round_ = rounds.consultation()
    key = admit_here(round_=round_, by=cast.lin_yue, now=rounds.now)
    first, again = (come_in(round_=round_, key=key, now=rounds.now) for _ in range(2))
    assert first == again
    assert len(first.name) == 11


def test_nobody_gets_two_voices(rounds, cast):
    round_ = rounds.consultation()
    admit_here(round_=round_, by=cast.lin_yue, now=rounds.now)
    with pytest.raises(HasVoice):
        admit_here(round_=round_, by=cast.lin_yue, now=rounds.now)
    assert Admission.objects.count() == 1


def test_the_same_request_gets_the_same_answer(rounds, cast):
    round_ = rounds.consultation()
    blinded = blind(key_of(round_.case.number).public_key(), TOKEN)
    first, again = (admit(round_=round_, blinded=blinded.message, by=cast.lin_yue, now=rounds.now) for _ in range(2))
    public = key_of(round_.case.number).public_key()
    assert finalise(public, TOKEN, first, blinded.inverse) == finalise(public, TOKEN, again, blinded.inverse)


def test_what_the_office_keeps_tells_nothing_of_the_voice(rounds, cast):
    round_ = rounds.consultation()
    blinded = blind(key_of(round_.case.number).public_key(), TOKEN)
    signed = admit(round_=round_, blinded=blinded.message, by=cast.lin_yue, now=rounds.now)
    signature = finalise(key_of(round_.case.number).public_key(), TOKEN, signed, blinded.inverse)
    voice = come_in(round_=round_, key=written(TOKEN, signature), now=rounds.now)
    entry = Admission.objects.get()
    assert bytes(entry.blinded) not in (TOKEN, signature)
    assert {field.name for field in Voice._meta.fields} == {"id", "case", "token", "name", "on"}
    assert voice.on == entry.on  # a day, and no moment by which one could be laid beside the other
    assert Look.objects.get(case=round_.case.number).at == round_.beginning(entry.on)
    assert not Act.objects.filter(actor=cast.lin_yue.handle).exists()


def came(rounds, round_, count=20):
    """People who are given a voice and speak, one after the other; in that order."""
    for number, voice in enumerate(rounds.voices(round_, count)):
        contribute(
            round_=round_, phase="statements", voice=voice, said=f"说法 {number}", request_key="1", now=rounds.now
        )
        rounds.now += timedelta(minutes=2)
    return [person for (person,) in rows("agora_admission", "person_id")]


def test_once_the_day_is_closed_whoever_reads_the_database_does_no_better_than_chance(rounds):
    round_ = rounds.open("city-conversation")
    order = came(rounds, round_)
    assert [by for (by,) in rows("registry_look", "by_id")] == order  # what the database gives away until then
    assert close_days(now=rounds.now + timedelta(days=1)) == 20
    read = rows("registry_look", "by_id, id")
    orders = [each for (each,) in rows("agora_admission", "person_id")], [by for by, _ in read]
    for each in (*orders, [by for by, _ in sorted(read, key=itemgetter(1))]):
        assert sorted(each) == sorted(order)
        assert abs(agreement(order, each)) < 0.9  # of 20 in a chance order, 1 time in 10 million


def test_the_ledger_hears_of_a_day_how_many_and_neither_who_nor_when(rounds, cast):
    round_ = rounds.open("city-conversation")
    came(rounds, round_, 3)
    tomorrow = rounds.now + timedelta(days=1)
    close_days(now=tomorrow)
    told = Act.objects.get(kind=kinds.ADMITTED)
    assert told.particulars == {"on": rounds.now.date().isoformat(), "admitted": 3} and told.at == tomorrow
    people = {str(each.person.handle) for each in Admission.objects.select_related("person")}
    assert len(people) == 3 and not people & set(Act.objects.values_list("actor", flat=True))


def test_a_day_is_closed_once_and_not_while_somebody_may_still_be_admitted_on_it(rounds, cast):
    round_ = rounds.open("city-conversation")
    came(rounds, round_, 3)
    midnight = round_.beginning(rounds.now.date() + timedelta(days=1))
    assert close_days(now=rounds.now) == close_days(now=midnight + timedelta(minutes=59)) == 0
    assert close_days(now=midnight + timedelta(hours=1)) == 3
    written = rows("agora_admission")
    assert close_days(now=midnight + timedelta(days=3)) == 0
    assert rows("agora_admission") == written and Act.objects.filter(kind=kinds.ADMITTED).count() == 1


def test_who_was_admitted_on_a_day_that_is_closed_is_not_admitted_again(rounds, cast):
    round_ = rounds.consultation()
    blinded = blind(key_of(round_.case.number).public_key(), TOKEN)
    first = admit(round_=round_, blinded=blinded.message, by=cast.lin_yue, now=rounds.now)
    later = rounds.now + timedelta(days=1)
    close_days(now=later)
    assert admit(round_=round_, blinded=blinded.message, by=cast.lin_yue, now=later) == first
    with pytest.raises(HasVoice):
        admit_here(round_=round_, by=cast.lin_yue, now=later)


def test_a_key_of_another_round_is_worth_nothing(rounds, cast):
    one, other = rounds.consultation(), rounds.open("city-conversation")
    key = admit_here(round_=one, by=cast.lin_yue, now=rounds.now)
    with pytest.raises(NotAVoice):
        come_in(round_=other, key=key, now=rounds.now)


@pytest.mark.parametrize("wrong", ["", "x", "漢字", "A" * 384, "%%%", "A" * 5000])
def test_what_is_no_key_is_refused(rounds, wrong):
    with pytest.raises(NotAVoice):
        come_in(round_=rounds.consultation(), key=wrong, now=rounds.now)


def test_an_officer_takes_part_as_a_person_and_not_in_a_post(rounds, cast):
    with pytest.raises(NotEligible):
        admit_here(round_=rounds.consultation(), by=cast.licensing, now=rounds.now)
    admit_here(round_=rounds.open("city-conversation"), by=Actor(cast.licensing.person), now=rounds.now)


def test_the_person_sees_that_their_age_and_residence_were_read_and_for_what(rounds, cast):
    round_ = rounds.consultation()
    admit_here(round_=round_, by=cast.lin_yue, now=rounds.now)
    look = Look.objects.get(about=cast.lin_yue.person.id_index, agreement="population-participation")
    assert look.fields == ["birth_on", "residence_region"] and look.case == round_.case.number


def test_who_is_too_young_or_lives_elsewhere_hears_why(rounds):
    round_ = rounds.consultation()
    who, on = round_.declared.who, round_.day(rounds.now)

    def ask(born, region):
        return why_not(who, born=born, region=region, on=on, within=round_.charter.region_within)

    assert ask(on.replace(year=on.year - 16), "990102") is None
    assert "16" in ask(on.replace(year=on.year - 16, day=on.day + 1), "990102")["en"]
    assert "live" in ask(on.replace(year=on.year - 40), "110000")["en"]


def test_names_of_voices_are_spread_and_stable():
    names = {next(names_of(number.to_bytes(32))) for number in range(500)}
    assert len(names) == 500 and [*names_of(TOKEN)] == [*names_of(TOKEN)]
