"""What is told of openings: to everybody without voice or person, to whom it concerns all of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhengtong.agora.ballots.circle import DONE, WAIT
from zhengtong.agora.models import Voice
from zhengtong.agora.openings.keys import given
from zhengtong.agora.openings.models import Opening
from zhengtong.agora.rounds import Round
from zhengtong.agora.seats import place_among
from zhengtong.cases.law import WITH_LAW
from zhengtong.charter.charter import Charter
from zhengtong.common.paging import on_page
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person

WAITING = Opening.Outcome.WAITING
SHARE, ANSWER = "share", "answer"


@dataclass(frozen=True)
class Public:
    """An opening as everybody reads it."""

    opening: Opening
    round: Round

    def as_data(self) -> dict[str, object]:
        """Its round, days, ground, bodies and outcome; no voice, no person, no reasons, in which they could be."""
        each = self.opening
        return {
            "round": each.case.number,
            "asked_on": self.round.day(each.asked_at).isoformat(),
            "ended_on": self.round.day(each.ended_at).isoformat() if each.ended_at else "",
            "legal_basis": [each.basis],
            "asked_in": each.asked_in.partition("/")[0],
            "answered_in": each.answered_in.partition("/")[0],
            "outcome": each.outcome,
        }


def openings(round_: Round | None = None, *, page: int | None = None) -> list[Public]:
    """All of a round, or of the node, the newest first; or a page of them. One query."""
    rows = Opening.objects.select_related(*(f"case__{each}" for each in WITH_LAW)).order_by("-asked_at", "-pk")
    found = rows if round_ is None else rows.filter(case=round_.case)
    return [Public(each, Round(each.case)) for each in found[on_page(page)]]


def asked_in(round_: Round) -> list[Opening]:
    """All of a round, for its keepers."""
    rows = round_.case.openings.select_related("voice__seal", "person", "case").order_by("-asked_at", "-pk")
    return list(rows)


def told_voice(voice: Voice) -> list[Opening]:
    """Those by which this voice was opened."""
    return list(voice.openings.filter(outcome=Opening.Outcome.OPENED).order_by("pk"))


def told_person(round_: Round, person: Person) -> list[Opening]:
    """Those by which this person was named."""
    return list(round_.case.openings.filter(person=person).select_related("voice").order_by("pk"))


def keeps(charter: Charter, by: Actor) -> list[tuple[str, bool]]:
    """The procedures for which a post keeps a key, and whether it has handed it in. A query for each that it keeps."""
    kept = [
        (name, place)
        for name, each in charter.participation.items()
        if each.opening and (place := place_among(charter, each.opening.keepers, by))
    ]
    return [(name, place in given(name, charter.participation[name].opening.keepers)) for name, place in kept]  # type: ignore[union-attr]


def due_from(rounds: Sequence[Round], by: Actor) -> set[int]:
    """The rounds, by case, in which a request waits for this keeper: for the first share, or for the answer to it."""
    places = {
        each.case.pk: place_among(each.charter, each.declared.opening.keepers, by)
        for each in rounds
        if each.declared.opening
    }
    rows = Opening.objects.filter(case__in=places, outcome=WAITING) if places else []
    return {each.case_id for each in rows if (at := places[each.case_id]) and step_of(each, at) in {SHARE, ANSWER}}


def step_of(opening: Opening, place: int) -> str:
    """What a keeper does next for a request that waits: open its part, answer it, or wait for the other; or nothing."""
    if place == opening.asked_place:
        return DONE if opening.shares else SHARE
    return ANSWER if opening.shares else WAIT
