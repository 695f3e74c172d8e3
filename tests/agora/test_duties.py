"""What the worker looks after in the agora: every round that is open, and each apart from the others."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from tests.agora.test_bound import reorganised
from zhengtong.agora import acts
from zhengtong.agora.acts import admit_here, come_in
from zhengtong.agora.acts.contributing import AHEAD
from zhengtong.agora.decide import names_of, shown_on, token_hash
from zhengtong.agora.duties import look_after
from zhengtong.agora.errors import TurnTooFar
from zhengtong.agora.models import Admission, Contribution, Voice
from zhengtong.agora.moderation import moderating
from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.proceedings.panels import panels_due
from zhengtong.agora.voices import token_of
from zhengtong.agora.watching.acts import watch_due
from zhengtong.agora.watching.models import Watched
from zhengtong.charter.model import Rate
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger.models import Act


def say(rounds, round_, voice, said, phase="statements"):
    return acts.contribute(
        round_=round_, phase=phase, voice=voice, said=said, request_key=f"{voice.pk}{said}", now=rounds.now
    )


@pytest.fixture
def talk(rounds):
    """A conversation in which two have said something, under a charter that was replaced since by one without such."""
    round_ = rounds.open("city-conversation")
    for number, voice in enumerate(rounds.voices(round_, 2)):
        say(rounds, round_, voice, f"说法 {number}")
    reorganised(rounds, ("city-conversation", "town-talk"))
    assert "city-conversation" not in in_force_at(rounds.now).charter.participation
    return round_


def test_what_was_opened_under_an_earlier_charter_is_looked_after_to_its_end(rounds, talk):
    assert panels_due(now=rounds.now) == 1
    watch_due(now=rounds.now)
    assert Watched.objects.get().case == talk.case
    rounds.later(talk, 22)
    look_after(now=rounds.now)
    assert Act.objects.get(kind="agora.phase.summed").subject == talk.case.number


def test_one_fault_keeps_no_day_from_being_closed_and_no_other_measure_from_its_end(rounds, monkeypatch):
    round_ = rounds.open("city-conversation")
    for number, voice in enumerate(rounds.voices(round_, 2), 1):
        say(rounds, round_, voice, f"说法 {number}")
        acts.hide(
            round_=round_, number=number, rule="insult", facts="侮辱", by=rounds.moderator, now=rounds.now,
            until=round_.day(rounds.now) + timedelta(days=1),
        )  # fmt: skip
    broken = Measure.objects.earliest("pk")
    restore = moderating.restore

    def fails_for_one(*, measure, **said):
        if measure == broken:
            raise RuntimeError("a row that it needs is gone")
        return restore(measure=measure, **said)

    monkeypatch.setattr(moderating, "restore", fails_for_one)
    rounds.later(round_, 3)
    look_after(now=rounds.now)
    assert set(Measure.objects.filter(lifted_at=None)) == {broken}
    assert not Admission.objects.filter(closed=False).exists()


@pytest.mark.parametrize("how_many", [1, 2])
def test_who_would_have_the_name_of_another_voice_speaks_under_a_longer_one_and_keeps_it(rounds, cast, how_many):
    round_ = rounds.consultation()
    key = admit_here(round_=round_, by=cast.lin_yue, now=rounds.now)
    names = list(names_of(token_of(round_, key)))
    for taken in names[:how_many]:
        Voice.objects.create(case=round_.case, token=token_hash(taken.encode()), name=taken, on=rounds.now.date())
    voice = come_in(round_=round_, key=key, now=rounds.now)
    assert voice.name == names[how_many] and come_in(round_=round_, key=key, now=rounds.now) == voice


def test_a_turn_is_found_by_the_last_few_alone_as_by_all_of_them():
    rate, today = Rate(number=3, days=7), date(2026, 10, 12)
    found: list[date] = []
    for later in (0, 0, 0, 0, 1, 2, 3, 9, 9, 9, 30, 30, 30, 30, 31):
        on = today + timedelta(days=later)
        day = shown_on(rate, found[::-1][: rate.number], today=on)
        assert day >= on and sum(day - timedelta(days=rate.days) < each <= day for each in found) < rate.number
        earlier = day - timedelta(days=1)
        left = sum(earlier - timedelta(days=rate.days) < each <= earlier for each in found)
        assert day == on or left >= rate.number, "it is not shown later than it may be"
        found.append(day)


def test_nobody_fills_the_queue_for_more_than_a_year(rounds, cast):
    round_ = rounds.open("city-conversation")
    voice = rounds.voice(round_, cast.lin_yue)
    say(rounds, round_, voice, "一条")
    rate = round_.declared.rate
    Contribution.objects.update(show_on=round_.day(rounds.now) + AHEAD)
    made = Contribution.objects.get()
    for number in range(2, rate.number + 1):
        made.pk, made.number, made.request_key, made.text = None, number, str(number), str(number)
        made.save(force_insert=True)
    before = Contribution.objects.count()
    with pytest.raises(TurnTooFar):
        say(rounds, round_, voice, "再一条")
    assert Contribution.objects.count() == before
    Contribution.objects.update(show_on=F("show_on") - timedelta(days=rate.days))
    assert say(rounds, round_, voice, "再一条").state == Contribution.State.WAITING
