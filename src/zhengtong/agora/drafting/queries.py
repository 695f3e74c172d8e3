"""What is shown of a proposal that people work on: its texts, how each became the next, what is like it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from zhengtong.agora.drafting.models import Amendment, Version
from zhengtong.agora.errors import NoSuchContribution
from zhengtong.agora.models import FORWARD, Contribution, Stance, Voice
from zhengtong.agora.queries import Said, viewed
from zhengtong.agora.rounds import Round
from zhengtong.charter.model import Phase
from zhengtong.engines.likeness import Corpus, Like, Piece, difference

ALIKE = 0.3  # the cosine from which on somebody is asked whether two are one; docs/explanation/taking-part.md says why
COMPARED = 2000  # proposals that a text is held against: those with the most signatures
TOLD = 3


@dataclass(frozen=True)
class Change:
    """A proposed text beside the one on which it rests. `said` has the measure, where it is hidden."""

    amendment: Amendment
    said: Said
    pieces: list[Piece]

    @property
    def readable(self) -> bool:
        return self.said.measure is None


@dataclass(frozen=True)
class Step:
    """A version that there was, and how it became the next."""

    version: Version
    pieces: list[Piece]


@dataclass(frozen=True)
class Proposal:
    """A proposal with everything that was done with its text; the newest first."""

    said: Said
    phase: Phase
    steps: list[Step]
    changes: list[Change]
    joining: list[Contribution]  # that go on in this one
    offers: list[Change]  # by which it would go on in another


def proposal(round_: Round, number: int, *, voice: Voice | None) -> Proposal:
    """One proposal; `NoSuchContribution` where there is none that this voice may see: before it is shown, and of what
    never was, only its author's. The same queries for all.
    """
    seen = FORWARD & ~Q(state=Contribution.State.WAITING)
    if voice is not None:
        seen |= Q(voice=voice)
    rows = round_.case.contributions.filter(seen, number=number, amends=None).select_related("joined")
    found = next(iter(viewed(round_, rows, voice=voice)), None)
    phase = round_.declared.phase(found.contribution.phase) if found else None
    if found is None or phase is None or phase.amendments is None:
        raise NoSuchContribution
    kept = found.contribution
    versions = list(kept.versions.order_by("-number"))
    texts = {each.number: each.text for each in versions} | {kept.version: kept.text}
    changes = _changes(round_, Q(amends=kept), voice, texts)
    offers = _changes(round_, Q(amendment__joining=kept), voice, {})
    return Proposal(
        said=found,
        phase=phase,
        steps=[Step(each, difference(each.text, texts[each.number + 1])) for each in versions],
        changes=changes,
        joining=list(kept.joining.exclude(state=Contribution.State.HIDDEN).order_by("number")),
        offers=offers,
    )


def _changes(round_: Round, which: Q, voice: Voice | None, texts: dict[int, str]) -> list[Change]:
    visible = ~Q(state=Contribution.State.WAITING)
    if voice is not None:
        visible |= Q(voice=voice)
    rows = round_.case.contributions.filter(which, visible, amendment__isnull=False).order_by("-number")
    rows = rows.select_related("amendment__joining", "amends")
    return [_change(each, texts) for each in viewed(round_, rows, voice=voice)]


def _change(said: Said, texts: dict[int, str]) -> Change:
    amendment: Amendment = said.contribution.amendment
    amended = said.contribution.amends
    earlier = texts.get(amendment.on_version) or (amended.text if amended else "")
    return Change(amendment, said, difference(earlier, said.contribution.text))


@dataclass(frozen=True)
class Asked:
    """A proposal that a voice had signed, and whose text is another by now; `joined`: the one that it signed and that
    goes on in this.
    """

    contribution: Contribution
    joined: Contribution | None


def asked(voice: Voice) -> list[Asked]:
    """What a voice has to say again whether it supports it. Two queries."""
    stances = Stance.objects.filter(voice=voice, asked=True).select_related("contribution").order_by("pk")
    found = [(each.version, each.contribution) for each in stances]
    came = Stance.objects.filter(voice=voice, contribution__joined__in=[each for _, each in found])
    by_target = {each.contribution.joined_id: each.contribution for each in came.select_related("contribution")}
    return [
        Asked(each, by_target.get(each.pk) if version == 0 else None)
        for version, each in found
        if each.state != Contribution.State.HIDDEN
    ]


def to_decide(voice: Voice) -> list[Amendment]:
    """What waits for the word of this voice, as the author."""
    rows = Amendment.objects.filter(decider=voice, state=Amendment.State.OPEN)
    rows = rows.filter(contribution__state=Contribution.State.SHOWN)
    return list(rows.select_related("contribution__amends", "joining").order_by("until", "pk"))


@dataclass(frozen=True)
class Alike:
    """A proposal that is like a text, and how."""

    contribution: Contribution
    like: Like

    @property
    def percent(self) -> int:
        return round(self.like.score * 100)


def like_ones(round_: Round, phase: Phase, written: str, *, but: Contribution | None = None) -> list[Alike]:
    """The shown proposals of a phase that are like a text, the most alike first; found, and no more than that."""
    rows = round_.case.contributions.filter(phase=phase.id, state=Contribution.State.SHOWN, amends=None, joined=None)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    kept = list(rows.select_related("voice").order_by("-signed", "number")[:COMPARED])
    found = Corpus([each.text for each in kept]).like(written, least=ALIKE, most=TOLD)
    return [Alike(kept[each.place], each) for each in found]


def amendments(round_: Round) -> Sequence[Amendment]:
    """All of a round that are shown or hidden, for its data."""
    rows = Amendment.objects.filter(contribution__case=round_.case).exclude(
        contribution__state=Contribution.State.WAITING
    )
    chosen = Prefetch("contribution", Contribution.objects.select_related("voice", "amends"))
    return list(rows.select_related("joining").prefetch_related(chosen).order_by("pk"))


def versions(round_: Round) -> list[Version]:
    """Every text that a proposal of a round had before."""
    rows = Version.objects.filter(contribution__case=round_.case).exclude(contribution__state=Contribution.State.HIDDEN)
    return list(rows.select_related("contribution").order_by("contribution", "number"))
