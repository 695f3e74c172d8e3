"""A crowd that signs does not queue for one counter: the worker adds up, and a page is right before it has."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhengtong.agora import acts, sums
from zhengtong.agora.duties import look_after
from zhengtong.agora.models import Stance
from zhengtong.agora.queries import viewed
from zhengtong.agora.sums import MOST, UNCOUNTED, add_up, add_up_all


@pytest.fixture
def talk(rounds):
    return rounds.open("city-conversation")


@pytest.fixture
def crowd(rounds, talk):
    """Six voices, and one statement of the first."""
    voices = rounds.voices(talk, 6)
    acts.contribute(round_=talk, phase="statements", voice=voices[0], said="路灯太少", request_key="k", now=rounds.now)
    return voices


def weigh(rounds, talk, voice, value):
    acts.weigh(round_=talk, voice=voice, number=1, value=value, now=rounds.now)


def shown(talk):
    (each,) = viewed(talk, talk.case.contributions.all())
    return each.contribution.signed, each.contribution.opposed


def kept(talk):
    return talk.case.contributions.values_list("signed", "opposed").get()


def test_the_page_counts_what_the_worker_has_not_added_up_yet(rounds, talk, crowd):
    for voice, value in zip(crowd, (1, 1, 1, -1, 0, 1), strict=True):
        weigh(rounds, talk, voice, value)
    assert (kept(talk), shown(talk)) == ((0, 0), (4, 1))
    look_after(now=rounds.now)
    assert (kept(talk), shown(talk)) == ((4, 1), (4, 1))
    assert not Stance.objects.filter(UNCOUNTED).exists()


@pytest.mark.parametrize("between", [True, False])
def test_who_thinks_better_of_it_is_counted_as_they_say_last(rounds, talk, crowd, between):
    for value in (1, -1, 0, -1):
        weigh(rounds, talk, crowd[0], value)
        if between:
            add_up()
        assert shown(talk) == ((value == 1), (value == -1))
    add_up()
    assert kept(talk) == (0, 1) and Stance.objects.count() == 1


def test_adding_up_twice_adds_nothing(rounds, talk, crowd):
    weigh(rounds, talk, crowd[0], 1)
    assert (add_up(), add_up()) == (1, 0)
    assert kept(talk) == (1, 0)


def test_a_signature_touches_the_row_of_its_voice_and_no_counter(rounds, talk, crowd):
    with CaptureQueriesContext(connection) as queries:
        weigh(rounds, talk, crowd[0], 1)
    written = [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE"))]
    assert len(written) == 1 and written[0].startswith('INSERT INTO "agora_stance"')


def test_what_is_to_be_counted_is_found_by_its_index(rounds, talk, crowd):
    found = Stance.objects.filter(UNCOUNTED, contribution__in=talk.case.contributions.all()).order_by()
    if connection.vendor == "sqlite":
        assert "stances_to_be_counted" in found.explain()


def test_the_worker_does_not_run_after_a_crowd_that_goes_on_signing(monkeypatch):
    lots = iter([MOST, 3, 2, 4])  # while it adds up, more are signing
    monkeypatch.setattr(sums, "add_up", lambda: next(lots))
    assert add_up_all() == MOST + 3
    assert list(lots) == [2, 4]
