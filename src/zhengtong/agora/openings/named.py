"""Whose voice it is: found among those who were admitted, told to them first, and to the two posts that opened it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from zhengtong.agora.openings import kinds
from zhengtong.agora.openings.keys import offices_of
from zhengtong.agora.openings.models import Opening
from zhengtong.agora.openings.sealing import mark_of
from zhengtong.agora.rounds import Round
from zhengtong.cases import letters
from zhengtong.engines.blind.sealed import GROUP, marked
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person
from zhengtong.registry.acts import note_look
from zhengtong.registry.subjects import index_of_person

LETTER = "voice-opened"
ENDED = (Opening.Outcome.REFUSED, Opening.Outcome.LAPSED)
SEEN = ("name",)  # what the two posts see


def name(opening: Opening, round_: Round, element: str, *, by: Actor, power: str, now: datetime) -> None:
    """Keep whose voice it is and tell them; or that it is nobody's. The ledger names neither voice nor person."""
    opening.person = _whose(round_, element)
    found = Opening.Outcome.OPENED if opening.person else Opening.Outcome.NOBODYS
    end(opening, found, by=by, now=now)
    told = {"request": opening.pk, "asked_in": opening.asked_in}
    said: dict[str, Any] = {"power": power, "basis": [opening.basis], "particulars": told}
    if opening.person is None:
        record(kind=kinds.NOBODYS, subject=round_.case.number, by=by, now=now, **said)
        return
    _tell(opening, round_, opening.person, now=now)
    record(kind=kinds.OPENED, subject=round_.case.number, by=by, now=now, **said)


def _whose(round_: Round, element: str) -> Person | None:
    """Who was admitted with this mark. It takes one multiplication of a point for each person of the round."""
    sealed = GROUP.parse(element)
    admitted = round_.case.admissions.select_related("person").iterator()
    return next((each.person for each in admitted if marked(mark_of(round_, each.person)) == sealed), None)


def _tell(opening: Opening, round_: Round, person: Person, *, now: datetime) -> None:
    declared = round_.declared.opening
    said: dict[str, Any] = {
        "case_name": round_.name,
        "round_number": round_.case.number,
        "voice_name": opening.voice.name,
        "opening_by": offices_of(round_.charter, declared.keepers if declared else []),
        "opening_order": opening.order,
        "decision_legal_basis": round_.charter.cite(opening.basis),
        "decision_reasons": opening.reason,
        "appeal_where": declared.remedy if declared else None,
        "url_opened": f"{settings.ZHENGTONG_URL}/take-part/{round_.case.number}/opened",
    }
    letters.write(opening.case, LETTER, now=now, to=person, **said)


def end(opening: Opening, outcome: Opening.Outcome, *, by: Actor, now: datetime) -> None:
    """It is over; of a request that came to nothing no share is kept."""
    opening.outcome, opening.ended_at = outcome, now
    opening.answered_by, opening.answered_in = by.person, by.post
    if outcome in ENDED:
        opening.shares = {}
    opening.save()


def seen_by(openings: Sequence[Opening], round_: Round, *, by: Actor, power: str, now: datetime) -> dict[int, Person]:
    """Whose each voice is, by request, for a keeper's page; each person sees that it looked."""
    found = {each.pk: each.person for each in openings if each.person is not None}
    case = round_.case
    look: dict[str, Any] = {"charter": round_.charter, "fields": SEEN, "power": power, "by": by, "now": now}
    for person in dict.fromkeys(found.values()):
        note_look(about=index_of_person(person), case=case.number, case_open=case.is_open, **look)
    return found
