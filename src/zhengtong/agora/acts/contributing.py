"""What a voice does: brings something forward, says what it thinks of what others brought, votes on a budget."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import F, Max, Q

from zhengtong.agora import kinds
from zhengtong.agora.decide import MOST, cleaned, paragraphs, shown_on, sponsors_of
from zhengtong.agora.errors import (
    HasJoined,
    NoSuchContribution,
    NoSuchOffice,
    NothingSaid,
    OverBudget,
    PhaseIsClosed,
    SaidAlready,
    TextHasChanged,
    TurnTooFar,
)
from zhengtong.agora.models import OWED, BudgetVote, Contribution, Stance, Voice
from zhengtong.agora.moderation.limits import limit_on
from zhengtong.agora.rounds import HOW_FAR, VOTED, WEIGHED, WRITTEN, Round, as_it_is_now, of_case, to_write_in
from zhengtong.agora.voices import Speaker
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.charter.model import Phase
from zhengtong.common.compiled import Compiled, Given
from zhengtong.engines.likeness import fingerprint
from zhengtong.ledger.acts import record

AT_ONCE = 5000  # shown by the worker in one go
AHEAD = timedelta(days=366)  # how far ahead a voice may write: nobody fills the queue
_READ = ("number", "phase", "state", "version", "amends", "joined", *(f"case__{each}" for each in HOW_FAR))
_NUMBERED = Compiled(
    lambda: Contribution.objects.select_related("case").only(*_READ).filter(case=Given("case"), number=Given("number"))
)
SIGNS = {"proposals": (0, 1), "statements": (-1, 0, 1)}  # a proposal is signed, or the signature taken back


@transaction.atomic
def contribute(
    *,
    round_: Round,
    phase: str,
    voice: Voice,
    said: str,
    request_key: str,
    now: datetime,
    place: str = "",
    addressed: str = "",
) -> Contribution:
    """Bring something forward; the same `request_key` of the same voice gives the same contribution.

    What is beyond the rate is kept and shown later; a proposal waits for its sponsors (acts.sponsoring), and the office
    owes it nothing before it has them. Nothing is lost.
    """
    known = Contribution.objects.filter(voice=voice, request_key=request_key).first()
    if known is not None:
        return known
    case = locked(round_.case.pk)  # contributions have numbers, one after the other
    fresh = of_case(case)
    open_ = open_phase(fresh, phase, WRITTEN)
    if addressed and addressed not in fresh.charter.organisations:
        raise NoSuchOffice
    made = keep(
        Contribution(
            case=case,
            phase=open_.id,
            voice=voice,
            place=place,
            addressed=addressed,
            text=_written(fresh, voice, said, place),
            request_key=request_key,
            made_at=now,
        ),
        fresh,
        now=now,
    )
    if made.sponsored:
        one_more_to_answer(case)
    record(
        kind=kinds.CONTRIBUTED,
        subject=case.number,
        by=Speaker(voice),
        now=now,
        particulars={"number": made.number, "phase": open_.id, "text": made.text},
    )
    return made


def keep(made: Contribution, round_: Round, *, now: datetime) -> Contribution:
    """Number it, and show it at once or in its turn; the case is locked. What says the same as an earlier opinion, word
    for word, is told along with that.
    """
    case, today, phase = round_.case, round_.day(now), round_.declared.phase(made.phase)
    made.show_on = _turn(round_, made.voice, today=today)
    made.sponsored = phase is None or made.amends_id is not None or sponsors_of(phase) == 0
    waits = made.show_on > today or not made.sponsored or limit_on(case, today) is not None
    made.state = Contribution.State.WAITING if waits else Contribution.State.SHOWN
    made.number = (case.contributions.aggregate(last=Max("number"))["last"] or 0) + 1
    made.alike = fingerprint(made.text)
    if phase is not None and phase.feature == "opinions":
        made.same_as = _said_first(made)
    made.save()
    if made.same_as_id is not None:
        Contribution.objects.filter(pk=made.same_as_id).update(repeated=F("repeated") + 1)
    return made


def _turn(round_: Round, voice: Voice | None, *, today: date) -> date:
    """When what this voice says now is shown. What would wait for longer than a year is not taken."""
    rate = round_.declared.rate
    latest = Contribution.objects.filter(voice=voice).order_by("-show_on").values_list("show_on", flat=True)
    day = shown_on(rate, list(latest[: rate.number]), today=today)
    if day - today > AHEAD:
        raise TurnTooFar(day=day)
    return day


def _said_first(made: Contribution) -> Contribution | None:
    """Who said the same first, of the same place and to the same office; nobody where that is not to be read yet or any
    more, so that what is shown is never told along with what is not.
    """
    first = made.case.contributions.filter(phase=made.phase, alike=made.alike, same_as=None, amends=None)
    shown = {Contribution.State.SHOWN, made.state}
    return first.filter(place=made.place, addressed=made.addressed, state__in=shown).order_by("number").first()


def open_phase(round_: Round, phase: str, features: Sequence[str]) -> Phase:
    """A phase that is open and in which this is done; PhaseIsClosed."""
    found = round_.phase(phase)
    if found.feature not in features:
        raise PhaseIsClosed(phase=found.name)
    return found


def _written(round_: Round, voice: Voice, said: str, place: str) -> str:
    written = cleaned(said)
    if not written or len(written) > MOST:
        raise NothingSaid(most=MOST)
    if place and not (
        place.isdecimal() and 1 <= int(place) <= len(paragraphs(str(round_.case.facts.get("draft", ""))))
    ):
        raise NoSuchContribution
    if voice.contributions.filter(text=written, place=place).exists():
        raise SaidAlready
    return written


def one_more_to_answer(case: Case) -> None:
    """The same for one that is new, without counting the others again."""
    if "unanswered" in case.facts:
        case.facts["unanswered"] += 1
        case.save(update_fields=["facts"])
    else:
        count_unanswered(case)


def count_unanswered(case: Case) -> None:
    """Keep with the case how much the office has not answered yet: its process asks for it."""
    owed = case.contributions.filter(OWED, answers=None).exclude(state=Contribution.State.HIDDEN)
    case.facts["unanswered"] = owed.count()
    case.save(update_fields=["facts"])


@transaction.atomic
def weigh(
    *, round_: Round, voice: Voice, number: int, value: int, now: datetime, version: int | None = None
) -> Contribution:
    """Agree, disagree or pass; sign a proposal or take the signature back. The last word of a voice counts.

    It is counted later, so that a crowd does not queue for one counter. `version` is the text that was read:
    TextHasChanged where there is another by now. What is not shown yet is signed by sponsors (acts.sponsoring).
    """
    to_write_in(round_.case.pk)
    found = _NUMBERED.first(case=round_.case.pk, number=number)  # with the round, as it is now
    if found is None or found.amends_id is not None or found.state != Contribution.State.SHOWN:
        raise NoSuchContribution
    if found.joined_id is not None:
        raise HasJoined(number=number)
    if version not in (None, found.version):
        raise TextHasChanged(number=number)
    phase = open_phase(as_it_is_now(round_, found.case), found.phase, WEIGHED)
    if value not in SIGNS[phase.feature]:
        raise NoSuchContribution
    say(found, voice, value)
    return found


def say(found: Contribution, voice: Voice, value: int) -> None:
    """Write the stance down, in the place of an earlier one; the sums follow (agora.sums)."""
    Stance.objects.bulk_create(
        [Stance(contribution=found, voice=voice, value=value, version=found.version)],
        update_conflicts=True,
        unique_fields=["contribution", "voice"],
        update_fields=["value", "version", "asked"],
    )


@transaction.atomic
def vote_budget(*, round_: Round, phase: str, voice: Voice, projects: Sequence[int], now: datetime) -> BudgetVote:
    """Say for which projects one would pay, or put them in an order; voting again replaces the vote."""
    to_write_in(round_.case.pk)
    round_ = as_it_is_now(round_)
    open_ = open_phase(round_, phase, VOTED)
    if len(set(projects)) != len(projects) or not set(projects) <= set(projects_of(round_)):
        raise OverBudget
    return BudgetVote.objects.update_or_create(
        voice=voice, phase=open_.id, defaults={"case": round_.case, "projects": list(projects)}
    )[0]


def projects_of(round_: Round) -> dict[int, Contribution]:
    """The projects that can be voted on, by number: shown, with a cost that an office checked. One that is hidden while
    it is voted on stays, without its words: no moderator decides a vote.
    """
    listed = Q(state=Contribution.State.SHOWN) | Q(on_ballot=True)
    found = round_.case.contributions.filter(listed, cost__isnull=False)
    return {each.number: each for each in found.order_by("number")}


@transaction.atomic
def show_what_waited(*, round_: Round, now: datetime) -> int:
    """Show what waited for its turn, the oldest first; how many. The worker does it.

    While the round is limited, no more than the limit leaves room for on this day; what says the same as something that
    is shown takes no room.
    """
    case, day = locked(round_.case.pk), round_.day(now)
    waiting = case.contributions.filter(state=Contribution.State.WAITING)
    if waiting.filter(_signed_enough(round_), sponsored=False).update(sponsored=True):
        count_unanswered(case)
    ready = waiting.filter(sponsored=True, show_on__lte=day)
    limit = limit_on(case, day)
    along = ready.filter(same_as__state=Contribution.State.SHOWN).update(state=Contribution.State.SHOWN)
    if limit is None:
        return along + ready.update(state=Contribution.State.SHOWN)
    if limit.day != day:
        limit.day, limit.shown = day, 0
    room = max(0, min(limit.shown_a_day - limit.shown, AT_ONCE))
    chosen = list(ready.order_by("number").values_list("pk", flat=True)[:room])
    limit.shown += Contribution.objects.filter(pk__in=chosen).update(state=Contribution.State.SHOWN)
    limit.save(update_fields=["day", "shown"])
    return along + len(chosen)


def _signed_enough(round_: Round) -> Q:
    """What has its sponsors: the last signature was added up by another transaction than the sponsor's own."""
    phases = (Q(phase=each.id, signed__gte=sponsors_of(each)) for each in round_.declared.phases)
    return reduce(or_, phases)
