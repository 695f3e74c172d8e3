"""Groups of opinion are drawn once a day; of few nothing is told."""

import numpy as np
import pytest

from tests.rounds import camps
from zhengtong.agora.groups import Picture, draw_due, drawn, picture
from zhengtong.agora.models import Drawn
from zhengtong.engines.opinions import opinions


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


def test_they_are_drawn_once_a_day_and_not_after_the_round_has_ended(rounds, talk):
    assert [draw_due(now=rounds.now) for _ in range(2)] == [1, 0]
    talk = rounds.later(talk, 1)
    assert draw_due(now=rounds.now) == 1 and Drawn.objects.count() == 1
    talk.case.closed_at = rounds.now
    talk.case.save(update_fields=["closed_at"])
    rounds.later(talk, 1)
    assert draw_due(now=rounds.now) == 0


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
