"""What was arranged is seen; what people do by themselves is not; what was measured on real logs is what is told."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from zhengtong.agora.management.commands.signals import measured
from zhengtong.engines.signals import MEASURED, Measured, Said, bursts, same_texts, same_votes

DATA = Path(__file__).parents[3] / "shared" / "participation"
POLIS = Path(os.environ.get("POLIS", DATA / "polis"))
PABULIB = Path(os.environ.get("PABULIB", DATA / "pabulib"))
MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FLOOD = "坚决反对在我家门口修建垃圾站，请立即停止！"


def said(*texts, voices=1, day=MONDAY):
    return [Said(f"f{at}-{each[:2]}", each, {day: voices}) for at, each in enumerate(texts)]


def test_one_text_of_five_voices_on_one_day_is_one_signal_and_of_four_is_none():
    (found,) = same_texts(said(FLOOD, voices=5))
    assert (found.voices, found.day, found.text) == (5, MONDAY, FLOOD)
    assert same_texts(said(FLOOD, voices=4)) == []


def test_a_text_with_a_word_put_in_by_each_is_still_one():
    variants = [FLOOD + each for each in ("", "！", "谢谢", "好", "急", "市民")]
    (found,) = same_texts(said(*variants))
    assert len(found.fingerprints) == 6 and found.voices == 6


def test_people_who_say_different_things_of_one_matter_are_no_signal():
    assert (
        same_texts(said("垃圾站太臭", "垃圾站应当搬走", "为什么在这里修站", "支持修建", "请公开环评", "孩子上学要经过"))
        == []
    )


def test_the_same_words_spread_over_weeks_are_no_signal():
    weeks = {MONDAY + timedelta(days=7 * each): 1 for each in range(20)}
    assert same_texts([Said("f", FLOOD, weeks)]) == []


def rhythm(hours=40, many=4):
    return {NOON + timedelta(hours=each): many + each % 3 for each in range(hours)}


def test_an_hour_far_beyond_the_rhythm_is_a_burst_and_its_next_hour_belongs_to_it():
    sudden = {NOON + timedelta(hours=40 + each): 200 for each in range(2)}
    (found,) = bursts(rhythm() | sudden)
    assert (found.begun, found.hours, found.many) == (NOON + timedelta(hours=40), 2, 400)


@pytest.mark.parametrize(
    "hours",
    [
        {},
        {NOON: 5000},  # how a round begins is no burst: there is no rhythm yet
        rhythm() | {NOON + timedelta(hours=40): 29},  # few, whatever the rhythm
        {NOON + timedelta(hours=each): 4 + each for each in range(100)},  # it grows
    ],
)
def test_what_begins_or_grows_is_no_burst(hours):
    assert bursts(hours) == []


def votes(many, *, of=12):
    """People who answer this and that, as by a die."""
    die = Random(1)
    return {f"p{at}": {q: die.choice((-1, 0, 1)) for q in range(of)} for at in range(many)}


def test_voices_that_answer_everything_alike_against_the_odds_are_one_signal():
    arranged = {f"s{at}": {q: q % 3 - 1 for q in range(12)} for at in range(9)}
    (found,) = same_votes(votes(60) | arranged)
    assert set(found.voices) == set(arranged)
    assert same_votes(votes(300)) == []


def test_votes_that_are_the_same_since_all_are_of_one_mind_are_none():
    assert same_votes({at: dict.fromkeys(range(12), 1) for at in range(500)}) == []
    assert same_votes({}) == []


def test_few_answers_say_nothing():
    assert same_votes({at: {1: at % 2, 2: 1} for at in range(400)}) == []


def test_where_no_alarm_came_up_the_rate_is_told_by_the_rule_of_three():
    assert Measured(0, 300).at_most == 100 and Measured(2, 2220).at_most < 1110


@pytest.mark.slow
@pytest.mark.skipif(not (POLIS.exists() and PABULIB.exists()), reason="the real logs are not here")
def test_the_rates_that_are_told_are_those_of_the_real_logs():
    assert measured(POLIS, PABULIB) == MEASURED
