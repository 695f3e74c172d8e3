"""A draw ends in people: who was drawn is told by letter, accepts or declines, and is followed by the next of the draw.

The node knows whose a code is, as each entered signed in; no page, letter or act tells both. The office that holds the
panel learns of who accepts, whom it must invite, and of nobody else; whom it learns of sees that it looked.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from zhengtong.agora.apart import each_apart
from zhengtong.agora.proceedings import kinds
from zhengtong.agora.proceedings.errors import NotDrawn, OfferIsOver
from zhengtong.agora.proceedings.models import Entrant, Offer, Panel
from zhengtong.agora.proceedings.redrawn import redrawn, reserves
from zhengtong.agora.rounds import Round
from zhengtong.cases import letters
from zhengtong.cases.authority import require
from zhengtong.cases.law import WITH_LAW, today
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.models import Person
from zhengtong.registry.acts import note_look
from zhengtong.registry.subjects import index_of_person

LETTER = "panel-drawn"
REACHED_BY = ("email", "name")  # what the office sees of who accepts
_CHANCE = random.SystemRandom()
_LEFT = (Offer.State.DECLINED, Offer.State.GIVEN_BACK)


@dataclass(frozen=True)
class _Somebody:
    """Who was drawn and does not come, as the ledger knows them: where the code that is replaced stands beside their
    act, a name would tell whose it is.
    """

    handle: str = "drawn"
    post: str = ""


def offers_due(*, now: datetime) -> int:
    """Tell who was drawn, and put the next in the place of who declined or was silent; how many. The worker's.

    Nobody is invited any more to what is over.
    """
    new, still_open = Q(offers=None), Q(case__closed_at=None, offers__replaced=False)
    gone = Q(offers__state__in=_LEFT)
    late = Q(offers__state=Offer.State.OPEN, offers__answer_until__lt=today(now))
    drawn = Panel.objects.filter(drawn_at__isnull=False, case__frame=None, case__erased_at=None)
    due = drawn.filter(new | still_open & (gone | late)).order_by("pk").distinct()
    found = due.select_related(*(f"case__{each}" for each in WITH_LAW))

    def offer(panel: Panel) -> int:
        return _step(panel.pk, now=now) if _answer_in(panel) else 0

    return each_apart(offer, found)


def _answer_in(panel: Panel) -> int | None:
    """In how many days whoever is drawn answers; nothing where the charter asks nobody."""
    phase = Round(panel.case).declared.phase(panel.phase)
    return phase.answer_in if phase else None


@transaction.atomic
def _step(pk: int, *, now: datetime) -> int:
    case = locked(Panel.objects.values_list("case_id", flat=True).get(pk=pk))
    panel = Panel.objects.get(pk=pk)
    panel.case = Case.objects.select_related(*WITH_LAW).get(pk=case.pk)
    round_ = Round(panel.case)
    day = round_.day(now)
    until = day + timedelta(days=_answer_in(panel) or 0)
    if not panel.offers.exists():
        codes = redrawn(panel.published)
        # In an order by chance: in that of the codes the numbers of the letters would tell whose code is whose.
        made = [_offer(panel, code, until, now=now) for code in _CHANCE.sample(codes, len(codes))]
        told = {"phase": panel.phase, "codes": codes, "until": until}
        if made:
            record(kind=kinds.OFFERED, subject=case.number, by=PROGRAM, particulars=told, now=now)
        return len(made)
    late = panel.offers.filter(state=Offer.State.OPEN, answer_until__lt=day)
    late.update(state=Offer.State.SILENT, answered_at=now)
    # Those of a day at once, in the order of codes: one by one, who declined would stand beside the code that goes.
    left_before = Q(state__in=_LEFT, answered_at__lt=round_.beginning(day))
    gone = panel.offers.filter(left_before | Q(state=Offer.State.SILENT), replaced=False)
    listed = list(gone.select_related("entrant").order_by("entrant__code"))
    left = reserves(panel.published) if listed else {}
    for each in listed:
        _replace(panel, each, left[tuple(each.entrant.stratum)], until, on=day, now=now)
    return len(listed)


def _offer(panel: Panel, code: str, until: date, *, now: datetime) -> Offer:
    entrant = Entrant.objects.select_related("person").get(panel=panel, code=code)
    made = Offer.objects.create(panel=panel, entrant=entrant, offered_at=now, answer_until=until)
    number = panel.case.number
    where = f"{settings.ZHENGTONG_URL}/take-part/{number}/offer/{panel.phase}"
    said: dict[str, Any] = {
        "case_name": Round(panel.case).name,
        "round_number": number,
        "due_on": until,
        "url_offer": where,
    }
    letters.write(panel.case, LETTER, now=now, to=entrant.person, **said)
    return made


def _replace(panel: Panel, gone: Offer, left: Sequence[str], until: date, *, on: date, now: datetime) -> None:
    """The next of `left`, the reserve of the same stratum, to whom no place was offered before; nobody where there is
    none.
    """
    asked = set(panel.offers.values_list("entrant__code", flat=True))
    follows = next((code for code in left if code not in asked), "")
    told = {"code": gone.entrant.code, "by": follows, "because": gone.state, "on": on.isoformat()}
    gone.replaced = True
    gone.save(update_fields=["replaced"])
    panel.published = {**panel.published, "replaced": [*panel.published.get("replaced", []), told]}
    panel.save(update_fields=["published"])
    record(
        kind=kinds.REPLACED,
        subject=panel.case.number,
        by=PROGRAM,
        particulars={"phase": panel.phase, **told, "until": until if follows else None},
        now=now,
    )
    if follows:
        _offer(panel, follows, until, now=now)


def offer_of(round_: Round, phase: str, by: Actor) -> Offer:
    """The place that is offered to whoever asks, in their own person. NotDrawn."""
    found = Offer.objects.filter(panel__case=round_.case, panel__phase=phase, entrant__person=by.person)
    offer = found.select_related("entrant", "panel").first() if by.person is not None and not by.post else None
    if offer is None:
        raise NotDrawn
    return offer


@transaction.atomic
def answer_offer(*, round_: Round, phase: str, accepts: bool, by: Actor, now: datetime) -> Offer:
    """Accept or decline, once and in time; the same again changes nothing. NotDrawn, OfferIsOver."""
    locked(round_.case.pk)
    offer = offer_of(round_, phase, by)
    wanted = Offer.State.ACCEPTED if accepts else Offer.State.DECLINED
    if offer.state == wanted:
        return offer
    if offer.state != Offer.State.OPEN or round_.day(now) > offer.answer_until:
        raise OfferIsOver
    _say(offer, wanted, now=now)
    number, told = round_.case.number, {"phase": phase}  # never with the code
    if accepts:
        record(kind=kinds.ACCEPTED, subject=number, by=by, particulars=told, now=now)
    else:
        record(kind=kinds.DECLINED, subject=number, by=_Somebody(), particulars=told, now=now)
    return offer


@transaction.atomic
def give_back(*, round_: Round, phase: str, by: Actor, now: datetime) -> Offer:
    """Give back a place that was accepted, while its round goes on; the same again changes nothing. The next of the
    same stratum follows, as where somebody declines. NotDrawn, OfferIsOver.
    """
    case = locked(round_.case.pk)
    offer = offer_of(round_, phase, by)
    if offer.state == Offer.State.GIVEN_BACK:
        return offer
    if offer.state != Offer.State.ACCEPTED or not case.is_open:
        raise OfferIsOver
    _say(offer, Offer.State.GIVEN_BACK, now=now)
    record(kind=kinds.GIVEN_BACK, subject=case.number, by=_Somebody(), particulars={"phase": phase}, now=now)
    return offer


def _say(offer: Offer, state: Offer.State, *, now: datetime) -> None:
    offer.state, offer.answered_at = state, now
    offer.save(update_fields=["state", "answered_at"])


@dataclass(frozen=True)
class Stood:
    """A stratum of a panel that was drawn: its places, and how many were told and said what; `reserve` are left."""

    stratum: list[str]
    seats: int
    told: int
    accepted: int
    declined: int
    given_back: int
    silent: int
    replaced: int
    reserve: int

    @property
    def open(self) -> int:
        return self.told - self.accepted - self.declined - self.given_back - self.silent


def stood(panel: Panel) -> list[Stood]:
    """How far the offers of a panel have come, by stratum; numbers alone. One query."""
    published = panel.published
    offers = list(panel.offers.values_list("entrant__code", "state", "replaced"))
    shapes = {code: tuple(shape) for code, shape in published["entrants"].items()}
    seats, entered = Counter(shapes[code] for code in published["panel"]), Counter(shapes.values())
    said = Counter((shapes[code], state) for code, state, _replaced in offers)
    moved = Counter(shapes[code] for code, _state, replaced in offers if replaced)
    asked = Counter(shapes[code] for code, _state, _replaced in offers)
    return [
        Stood(
            stratum=list(shape),
            seats=seats[shape],
            told=asked[shape],
            accepted=said[shape, "accepted"],
            declined=said[shape, "declined"],
            given_back=said[shape, "given-back"],
            silent=said[shape, "silent"],
            replaced=moved[shape],
            reserve=entered[shape] - max(asked[shape], seats[shape]),
        )
        for shape in sorted(seats)
    ]


@transaction.atomic
def accepted(round_: Round, panel: Panel, *, by: Actor, now: datetime) -> list[Person]:
    """Who accepts, for the office that invites them, without their codes; each of them sees the look. NoPower and the
    other refusals of who may not hold the round.
    """
    case, power = round_.case, require(round_.case, by=by, act="open", now=now)
    found = panel.offers.filter(state=Offer.State.ACCEPTED).select_related("entrant__person")
    people = sorted((each.entrant.person for each in found), key=lambda each: each.name)
    look: dict[str, Any] = {"charter": round_.charter, "fields": REACHED_BY, "power": power, "by": by, "now": now}
    for person in people:
        about = index_of_person(person)
        note_look(about=about, case=case.number, case_open=case.is_open, **look)
    return people


def unreached(panel: Panel) -> int:
    """How many of those who have not answered yet have no e-mail address here: they learn that they are drawn only
    where they look for their code. Known once the program has tried to send their letters. One query.
    """
    nowhere = letters.without_address(panel.case, LETTER).values("recipient")
    return panel.offers.filter(state=Offer.State.OPEN, entrant__person__in=nowhere).count()
