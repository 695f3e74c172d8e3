"""A panel is drawn by lot: committed to before, with what nobody knew then, and anybody draws it again."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from zhengtong.agora.errors import NotEligible, PhaseIsClosed
from zhengtong.agora.proceedings.models import Entrant, Panel
from zhengtong.agora.proceedings.panels import enter, panels_due
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person


@pytest.fixture
def entered(rounds):
    """A round in whose draw twenty residents entered."""
    round_ = rounds.open("city-conversation")
    panels_due(now=rounds.now)
    people = [each for each in Person.objects.order_by("pk") if each.id_number.startswith("9901")]
    for person in people[:20]:
        enter(round_=round_, phase="panel", by=Actor(person), now=rounds.now)
    return round_


def drawn(rounds, round_):
    rounds.later(round_, 30)
    panels_due(now=rounds.now)  # entering is closed
    panels_due(now=rounds.now)  # no head yet: nothing is drawn
    assert Panel.objects.get().drawn_at is None
    rounds.now += timedelta(minutes=1)
    sequence(now=rounds.now)
    panels_due(now=rounds.now)
    return Panel.objects.get().published


def again(tmp_path, told):
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(told))
    out = StringIO()
    call_command("draw", str(file), stdout=out)
    return out.getvalue().split()


def test_the_commitment_is_in_the_ledger_before_anybody_enters(entered):
    kinds = list(Act.objects.filter(kind__startswith="agora.panel").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["agora.panel.committed"] + ["agora.panel.entered"] * 20


def test_anybody_draws_it_again_and_a_change_is_seen(rounds, entered, tmp_path):
    told = drawn(rounds, entered)
    assert len(told["panel"]) == 12 and set(told["panel"]) <= set(told["entrants"])
    assert again(tmp_path, told) == told["panel"]
    other = told | {"panel": told["panel"][::-1]}
    for changed in (other, told | {"kept": "00" * 32}, told | {"seats": 99}, {}, told | {"entrants": 3}):
        with pytest.raises(CommandError):
            again(tmp_path, changed)


def test_it_is_drawn_once(rounds, entered):
    told = drawn(rounds, entered)
    assert panels_due(now=rounds.now) == 0
    assert Panel.objects.get().published == told


def test_a_person_enters_once_and_only_while_it_is_open(rounds, entered, cast):
    person = Entrant.objects.first().person
    assert enter(round_=entered, phase="panel", by=Actor(person), now=rounds.now).person == person
    assert Entrant.objects.count() == 20
    with pytest.raises(PhaseIsClosed):
        enter(round_=rounds.later(entered, 30), phase="panel", by=cast.lin_yue, now=rounds.now)


def test_an_officer_does_not_enter_in_a_post(rounds, entered):
    with pytest.raises((PhaseIsClosed, NotEligible)):
        enter(round_=entered, phase="panel", by=rounds.host, now=rounds.now)


def test_nothing_that_is_published_leads_to_a_person(rounds, entered):
    told = json.dumps(drawn(rounds, entered))
    assert not any(each.person.id_number in told or each.person.name in told for each in Entrant.objects.all())
