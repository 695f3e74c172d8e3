"""Groups of opinion in a conversation: drawn once a day from what voices said to statements, and told with a floor.

Once nobody votes any more they are drawn for the last time. What is told of every statement is told by that drawing
alone: told by the one before, too, it would show what the votes of the last day changed.

Of a group with fewer people than the charter's `smallest_group` nothing is told, nor what fewer of it said to a
statement; parts are rounded to twentieths, so that one vote cannot be read off the difference of two days.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Q
from numpy.typing import NDArray

from zhengtong.agora.apart import each_apart
from zhengtong.agora.models import Contribution, Drawn, Stance
from zhengtong.agora.rounds import Round, let_writers_end, of_case, running
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.charter.model import Phase
from zhengtong.engines.opinions import Opinions, opinions

LOOKED_BACK = timedelta(days=30)  # for what ended before it was ever drawn; the worker is never away so long
_MOST = 10  # bridging statements that are told
_STEP = 20  # parts are told in twentieths


@dataclass(frozen=True)
class Said:
    """A statement by its number, and which part of each group that may be told agrees and disagrees (or None)."""

    number: int
    agreeing: list[float | None]
    opposing: list[float | None]


@dataclass(frozen=True)
class Group:
    """People who vote alike: how many, where they stand (-1 to 1, 2 axes), how far they spread, what stands for them.

    `stands` are statement numbers with whether the group agrees with them.
    """

    size: int
    place: tuple[float, float]
    spread: tuple[float, float]
    stands: list[tuple[int, bool]]


@dataclass(frozen=True)
class Picture:
    """What is told of a phase: groups, the largest first (none if they are not clear), and what bridges them."""

    people: int
    groups: list[Group]
    bridging: list[int]
    said: list[Said]
    silhouette: float
    chance: float

    @property
    def named(self) -> set[int]:
        """What bridges groups or stands for one, by number; `said` has all to which enough of a group said anything."""
        return {*self.bridging, *(number for each in self.groups for number, _agrees in each.stands)}

    def only(self, numbers: Collection[int]) -> "Picture":
        """The same of these statements alone."""
        groups = [replace(each, stands=[one for one in each.stands if one[0] in numbers]) for each in self.groups]
        bridging = [each for each in self.bridging if each in numbers]
        return replace(
            self, groups=groups, bridging=bridging, said=[each for each in self.said if each.number in numbers]
        )

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Picture":
        """The picture that `asdict` made."""
        groups = [Group(**each) for each in kept["groups"]]
        return cls(**kept | {"groups": groups, "said": [Said(**each) for each in kept["said"]]})


def draw_due(*, now: datetime) -> int:
    """Draw each conversation that is open and was not drawn today, and for the last time each that is over; how many.
    The worker's.
    """
    left = Q(closed_at__gt=now - LOOKED_BACK, drawings=None) | Q(pk__in=Drawn.objects.filter(last=False).values("case"))

    def go_on(case: Case) -> int:
        round_, kept = Round(case), {each.phase: each for each in case.drawings.all()}
        due = (each for each in round_.featuring("statements") if _is_due(round_, each, kept, now=now))
        return sum(draw(round_, each, now=now) for each in due)

    return each_apart(go_on, running(also=left).prefetch_related("drawings").distinct())


def _is_due(round_: Round, phase: Phase, found: Mapping[str, Drawn], *, now: datetime) -> bool:
    kept = found.get(phase.id)
    if round_.is_over(phase):
        return kept is None or not kept.last
    return phase in round_.open_phases and (kept is None or kept.last or kept.on != round_.day(now))


def draw(round_: Round, phase: Phase, *, now: datetime) -> bool:
    """Work the groups of a phase out, and keep them; whether they were, since it may have ended meanwhile."""
    if round_.is_over(phase):
        let_writers_end(round_.case.pk)
    voices, numbers, hidden, votes = _matrix(round_.case, phase)
    seed = int.from_bytes(sha256(round_.case.number.encode()).digest()[:4])
    found = opinions(votes, seed=seed, hidden=hidden, smallest=phase.smallest_group)
    told = asdict(picture(found, numbers, floor=phase.smallest_group, votes=votes))
    places = {voice: int(group) for voice, group in zip(voices, found.grouped, strict=True) if group >= 0}
    return _kept(round_, phase, {"on": round_.day(now), "found": told, "places": places})


@transaction.atomic
def _kept(round_: Round, phase: Phase, values: Mapping[str, Any]) -> bool:
    """Keep a drawing, the last one once; not one that was begun before the phase ended, as it may not know all."""
    fresh, last = of_case(locked(round_.case.pk)), round_.is_over(phase)
    made = Drawn.objects.filter(case=fresh.case, phase=phase.id, last=True).exists()
    if fresh.is_over(phase) != last or (last and made):
        return False
    Drawn.objects.update_or_create(case=fresh.case, phase=phase.id, defaults={**values, "last": last})
    return True


def _matrix(case: Case, phase: Phase) -> tuple[list[str], list[int], NDArray[np.bool_], NDArray[np.float64]]:
    """Voices (in the order of their ids), statement numbers, which are hidden, and who said what to which."""
    statements = list(case.contributions.filter(phase=phase.id).order_by("number").values_list("pk", "number", "state"))
    cast = list(
        Stance.objects.filter(contribution__case=case, contribution__phase=phase.id).values_list(
            "voice", "contribution", "value"
        )
    )
    voices = sorted({voice for voice, _, _ in cast})
    rows = {voice: row for row, voice in enumerate(voices)}
    columns = {pk: column for column, (pk, _, _) in enumerate(statements)}
    votes = np.full((len(voices), len(statements)), np.nan)
    for voice, statement, value in cast:
        votes[rows[voice], columns[statement]] = value
    hidden = np.array([state == Contribution.State.HIDDEN for _, _, state in statements], dtype=bool)
    return [str(each) for each in voices], [number for _, number, _ in statements], hidden, votes


def picture(found: Opinions, numbers: list[int], *, floor: int, votes: NDArray[np.float64] | None = None) -> Picture:
    """What may be told of the groups that were found; `numbers` are those of the statements. `votes` are all of them:
    what was said to a statement that is hidden now is kept for when it is shown again, and not told before.
    """
    whole = found if votes is None else replace(found, votes=votes)
    groups = [_group(found, each, numbers, floor) for each in range(len(found.sizes))]
    bridging = [each for each in found.statements.bridging() if _enough(found, each, floor)][:_MOST]
    told = np.flatnonzero((whole.statements.seen >= floor).any(axis=0)).tolist()
    return Picture(
        people=len(found.votes),
        groups=groups,
        bridging=[numbers[each] for each in bridging],
        said=[_said(whole, numbers[each], each, floor) for each in told],
        silhouette=round(found.silhouette, 2),
        chance=round(found.chance, 2),
    )


def _enough(found: Opinions, statement: int, floor: int) -> bool:
    return bool((found.statements.seen[:, statement] >= floor).all())


def _group(found: Opinions, group: int, numbers: list[int], floor: int) -> Group:
    places = found.projection.places / max(float(np.abs(found.projection.places).max()), 1e-9)
    own = places[found.grouped == group]
    told = [each for each in found.statements.representative(group) if each.sure]
    seen = found.statements.seen[group]
    return Group(
        size=found.sizes[group],
        place=_rounded(own.mean(axis=0)),
        spread=_rounded(own.std(axis=0)),
        stands=[(numbers[each.statement], each.agrees) for each in told if seen[each.statement] >= floor],
    )


def _rounded(pair: NDArray[np.float64]) -> tuple[float, float]:
    return round(float(pair[0]), 2), round(float(pair[1]), 2)


def _said(found: Opinions, number: int, column: int, floor: int) -> Said:
    counted = found.statements
    seen = counted.seen[:, column].tolist()
    agreeing, opposing = counted.agreed[:, column].tolist(), counted.opposed[:, column].tolist()
    return Said(number, _parts(agreeing, seen, floor), _parts(opposing, seen, floor))


def _parts(counts: list[int], seen: list[int], floor: int) -> list[float | None]:
    pairs = zip(counts, seen, strict=True)
    return [round(_STEP * count / of) / _STEP if of >= floor else None for count, of in pairs]


def told(round_: Round, kept: Drawn, *, every: bool) -> tuple[Picture, dict[int, str]]:
    """A drawing without what has been hidden since, and the texts of the statements that are left in it: those that
    are named, or every one. One query.
    """
    picture = Picture.read(kept.found)
    asked = [each.number for each in picture.said] if every else picture.named
    shown = round_.case.contributions.filter(state=Contribution.State.SHOWN, number__in=asked)
    texts = dict(shown.values_list("number", "text"))
    return picture.only(texts), texts


def drawn(round_: Round) -> dict[str, Drawn]:
    """What was last drawn of each phase of a round."""
    return {each.phase: each for each in Drawn.objects.filter(case=round_.case)}
