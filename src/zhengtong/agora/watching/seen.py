"""What there is to see in a phase, summed up by the database: what was said over and over is one row."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncDate, TruncHour

from zhengtong.agora.models import Contribution, Stance
from zhengtong.agora.rounds import Round
from zhengtong.agora.watching.models import Signal
from zhengtong.charter.model import Phase
from zhengtong.engines.signals import Said, bursts, same_texts, same_votes
from zhengtong.engines.signals.texts import COMPARED, VOICES

NUMBERS = 10  # contributions that are named


@dataclass(frozen=True)
class Seen:
    """Something to be told; `told` is what it rests on."""

    kind: str
    key: str
    many: int
    told: dict[str, Any]


def texts(round_: Round, phase: Phase) -> list[Seen]:
    """The same text, or nearly, from many voices on one day. Three queries."""
    rows = _said(round_, phase)
    own_day = TruncDate("made_at", tzinfo=_zone(round_))
    by_day = rows.annotate(day=own_day).order_by().values("alike", "day").annotate(voices=Count("voice", distinct=True))
    firsts = rows.order_by().values("alike").annotate(first=Min("number")).order_by("-first")
    newest = [each["alike"] for each in firsts[:COMPARED]]
    days: dict[str, dict[date, int]] = defaultdict(dict)
    for each in by_day.filter(voices__gte=VOICES).union(by_day.filter(alike__in=newest)):
        days[each["alike"]][each["day"]] = each["voices"]
    told_once = rows.filter(alike__in=days).order_by("alike", "number")
    first = _first_of_each(told_once, list(days))
    ordered = sorted(days, key=lambda each: first[each][0])
    found = same_texts([Said(each, first[each][1], days[each]) for each in ordered])
    return [
        Seen(
            Signal.Kind.SAME_TEXT,
            each.fingerprints[0],
            each.voices,
            {
                "text": each.text,
                "day": each.day.isoformat(),
                "versions": len(each.fingerprints),
                "numbers": [first[one][0] for one in each.fingerprints[:NUMBERS]],
            },
        )
        for each in found
    ]


def _said(round_: Round, phase: Phase) -> QuerySet[Contribution]:
    return round_.case.contributions.filter(phase=phase.id, amends=None).exclude(alike="")


def _zone(round_: Round) -> ZoneInfo:
    return ZoneInfo(round_.charter.head.time_zone)


def _first_of_each(rows: QuerySet[Contribution], alike: list[str]) -> dict[str, tuple[int, str]]:
    """The number and the text of who said each first."""
    numbers = rows.order_by().values("alike").annotate(first=Min("number")).values_list("first", flat=True)
    firsts = rows.filter(number__in=list(numbers)).values_list("alike", "number", "text")
    return {each: (number, text) for each, number, text in firsts}


def hours(round_: Round, phase: Phase) -> list[Seen]:
    """Hours in which far more was said than before in this phase. One query."""
    at = TruncHour("made_at", tzinfo=_zone(round_))
    rows = _said(round_, phase).annotate(hour=at).order_by().values_list("hour").annotate(n=Count("pk"))
    return [
        Seen(
            Signal.Kind.BURST,
            each.begun.isoformat(),
            each.many,
            {
                "from": each.begun.isoformat(),
                "until": (each.begun + timedelta(hours=each.hours)).isoformat(),
                "usual": round(each.usual, 1),
                "busiest": each.busiest,
            },
        )
        for each in bursts(dict(rows))
    ]


def votes(round_: Round, phase: Phase) -> list[Seen]:
    """Voices that said the same to everything. One query."""
    cast: dict[Hashable, dict[Hashable, Hashable]] = defaultdict(dict)
    rows = Stance.objects.filter(contribution__case=round_.case, contribution__phase=phase.id)
    for voice, number, value in rows.values_list("voice", "contribution__number", "value").iterator():
        cast[voice][number] = value
    return [
        Seen(
            Signal.Kind.SAME_VOTES,
            sha256(repr(each.vote).encode()).hexdigest()[:16],
            len(each.voices),
            {"vote": [list(pair) for pair in each.vote], "expected": round(each.expected, 3)},
        )
        for each in same_votes(cast)
    ]
