"""Groups of opinion are drawn once a day; of few nothing is told."""

from datetime import timedelta

import numpy as np
import pytest

from tests.rounds import camps
from zhengtong.agora import acts
from zhengtong.agora.groups import Picture, draw, draw_due, drawn, picture, told
from zhengtong.agora.models import Drawn
from zhengtong.agora.rounds import round_of
from zhengtong.cases.acts import fire_due
from zhengtong.cases.acts.enactment import put_in_force
from zhengtong.cases.models import Case, Timer
from zhengtong.charter.queries import in_force_at
from zhengtong.engines.opinions import opinions
from zhengtong.people.actor import PROGRAM


@pytest.fixture
def talk(rounds):
    return rounds.camps()


def test_two_camps_are_drawn_with_what_stands_for_each_and_what_bridges_them(rounds, talk):
    assert draw_due(now=rounds.now) == 1
    told = Picture.read(drawn(talk)["statements"].found)
    assert [each.size for each in told.groups] == [12, 8] and told.people == 20
    assert told.bridging == [8]
    assert [agrees for _, agrees in told.groups[0].stands] == [True] * len(told.groups[0].stands) != []
    assert all(part in {None, *(each / 20 for each in range(21))} for said in told.said for part in said.agreeing)


def kept():
    """The one drawing, with the text of what is in it."""
    (found,) = Drawn.objects.all()
    return found, Picture.read(found.found)


def agreeing(number):
    """Which part of each group agrees with a statement, by the drawing that there is."""
    return next(each.agreeing for each in kept()[1].said if each.number == number)


def test_they_are_drawn_once_a_day_and_once_more_when_the_phase_has_ended(rounds, talk):
    assert [draw_due(now=rounds.now) for _ in range(2)] == [1, 0]
    talk = rounds.later(talk, 1)
    assert draw_due(now=rounds.now) == 1 and not kept()[0].last
    talk = rounds.later(talk, 40)
    assert not talk.open_phases and talk.case.is_open
    assert [draw_due(now=rounds.now) for _ in range(2)] == [1, 0] and kept()[0].last
    rounds.later(talk, 1)
    assert draw_due(now=rounds.now) == 0


def test_the_last_drawing_knows_what_was_said_on_the_last_day(rounds, talk):
    draw_due(now=rounds.now)
    before = agreeing(1)
    rounds.now = Timer.objects.get(case=talk.case, node="talk").fire_at - timedelta(minutes=1)
    draw_due(now=rounds.now)
    for voice in talk.case.voices.all():
        acts.weigh(round_=talk, voice=voice, number=1, value=-1, now=rounds.now)
    assert agreeing(1) == before
    rounds.now += timedelta(minutes=1)
    fire_due(now=rounds.now)
    draw_due(now=rounds.now)
    assert kept()[0].last and set(agreeing(1)) == {0.0}


def test_a_round_that_ends_on_the_day_of_a_drawing_is_drawn_for_the_last_time_on_that_day(rounds, talk):
    draw_due(now=rounds.now)
    Case.objects.filter(pk=talk.case.pk).update(status=Case.Status.CLOSED, post="", closed_at=rounds.now)
    assert [draw_due(now=rounds.now) for _ in range(2)] == [1, 0]
    assert kept()[0].last and kept()[1].people == 20


def test_a_conversation_whose_procedure_was_dropped_from_the_charter_is_drawn_for_the_last_time(rounds, talk):
    draw_due(now=rounds.now)
    files = dict(in_force_at(rounds.now).charter.files)
    without = {path: raw for path, raw in files.items() if path != "participation/city-conversation.yaml"}
    put_in_force(files=without, on=rounds.now.date(), by=PROGRAM, now=rounds.now)
    rounds.later(talk, 40)
    assert draw_due(now=rounds.now) == 1 and kept()[0].last


def test_a_drawing_that_was_begun_before_the_end_is_not_kept_once_it_is_over(rounds, talk):
    begun = round_of(talk.case.number)
    assert begun.open_phases
    rounds.later(talk, 40)
    assert not draw(begun, begun.declared.phases[0], now=rounds.now) and not Drawn.objects.exists()
    draw_due(now=rounds.now)
    assert not draw(begun, begun.declared.phases[0], now=rounds.now) and kept()[0].last


def test_two_workers_make_the_last_drawing_once(rounds, talk):
    over = rounds.later(talk, 40)
    assert [draw(over, over.declared.phases[0], now=rounds.now) for _ in range(2)] == [True, False]


def test_what_was_hidden_at_the_end_is_told_when_it_is_shown_again_by_the_same_drawing(rounds, talk):
    measure = acts.hide(round_=talk, number=1, rule="privacy", facts="公开电话", by=rounds.moderator, now=rounds.now)
    over = rounds.later(talk, 40)
    draw_due(now=rounds.now)
    assert 1 not in {each.number for each in told(over, kept()[0], every=True)[0].said}
    acts.restore(measure=measure, why="并非电话", by=rounds.moderator, now=rounds.now)
    assert draw_due(now=rounds.now) == 0
    (shown,) = [each for each in told(over, kept()[0], every=True)[0].said if each.number == 1]
    assert shown.agreeing[0] > 0.5 > shown.agreeing[1]


def test_before_anybody_has_said_anything_there_are_no_groups(rounds):
    round_ = rounds.open("city-conversation")
    draw_due(now=rounds.now)
    told = Picture.read(drawn(round_)["statements"].found)
    assert (told.people, told.groups, told.bridging) == (0, [], [])


@pytest.mark.parametrize(("few", "told"), [(4, []), (5, [15, 5])])
def test_a_group_below_the_floor_is_not_told_apart(few, told):
    found = opinions(camps(15, few, astray=0), smallest=5)
    assert [each.size for each in picture(found, list(range(1, 9)), floor=5).groups] == told


def test_what_too_few_of_a_group_said_is_not_told():
    votes = camps(12, 8, statements=12)
    votes[14:, 3] = np.nan
    votes[14:, -1] = np.nan
    found = picture(opinions(votes, smallest=5), list(range(1, 13)), floor=5)
    assert len(found.groups) == 2
    assert 12 not in found.bridging
    assert 4 not in [number for number, _ in found.groups[1].stands]
    assert all(said.agreeing[1] is None and said.opposing[1] is None for said in found.said if said.number in {4, 12})
