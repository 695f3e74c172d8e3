"""How a vote on projects came out: both rules side by side, and what the reader's own vote paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhengtong.agora.acts.counting import outcome_read
from zhengtong.agora.models import BudgetVote, Drawn, Voice
from zhengtong.agora.rounds import Round
from zhengtong.agora.votefile import digest, file_of
from zhengtong.charter.model import Phase
from zhengtong.engines.budgets import Vote
from zhengtong.faces.shared.fetched import fetched
from zhengtong.faces.shared.language import money, tag

_LENGTH = 80  # of a project's text where it stands for its name


@dataclass(frozen=True)
class Row:
    """A project with what it costs, how many would pay for it, and which rule chose it."""

    number: int
    text: str
    cost: Decimal
    votes: int
    by_shares: bool
    greedily: bool


@dataclass(frozen=True)
class Result:
    """A counted vote. `own` are sentences on the reader's vote, None for who has none here."""

    rule: str
    votes: int
    share: Decimal
    rows: list[Row]
    own: list[str] | None
    sha256: str  # of the file of its votes; empty where none was made

    @property
    def chosen(self) -> list[Row]:
        """What is to be built, by the rule that decides."""
        return [each for each in self.rows if (each.by_shares if self.rule == "equal-shares" else each.greedily)]


def resulted(round_: Round, phase: Phase, kept: Drawn | None, voice: Voice | None) -> Result | None:
    """The result of a phase; None while it is not counted. Two queries, whatever the number of votes."""
    if kept is None:
        return None
    found = kept.found
    texts = _texts(round_, [number for number, _, _ in found["projects"]])
    shares, greedily = {number for number, _ in found["shares"]}, set(found["greedily"])
    rows = [
        Row(number, texts.get(number, ""), Decimal(_decimal(cost)), votes, number in shares, number in greedily)
        for number, cost, votes in found["projects"]
    ]
    return Result(
        rule=found["rule"],
        votes=found["votes"],
        share=Decimal(_decimal(found["share"])),
        rows=sorted(rows, key=lambda each: (-each.votes, each.number)),
        own=_own(found, texts, phase, voice) if voice else None,
        sha256=found.get("sha256", ""),
    )


@dataclass(frozen=True)
class Ranked:
    """A counted ranking: the chosen in their order, and what each still in the race had, count by count."""

    rule: str
    votes: int
    chosen: list[str]
    counts: list[list[tuple[str, str]]]
    by_order: bool
    sha256: str  # of the file of its votes; empty where none was made


def ranked(round_: Round, kept: Drawn | None) -> Ranked | None:
    """How a ranking came out; None while it is not counted."""
    if kept is None:
        return None
    found = kept.found
    numbers = {option for each in found["rounds"] for option, _ in each["tally"]}
    texts = _texts(round_, sorted(numbers))
    return Ranked(
        rule=found["rule"],
        votes=found["votes"],
        chosen=[texts.get(each, f"#{each}") for each in found["elected"]],
        counts=[
            [(texts.get(option, f"#{option}"), plain(votes)) for option, votes in each["tally"]]
            for each in found["rounds"]
        ],
        by_order=any(each["by_order"] for each in found["rounds"]),
        sha256=found.get("sha256", ""),
    )


def plain(written: str) -> str:
    """A number of votes: whole where it is whole."""
    return written if "/" not in written else _decimal(written)


def _texts(round_: Round, numbers: list[int]) -> dict[int, str]:
    shown = round_.case.contributions.filter(number__in=numbers, state="shown")
    return {number: f"#{number} {said[:_LENGTH]}" for number, said in shown.values_list("number", "text")}


def _decimal(written: str) -> str:
    """An amount that was written as a fraction, in hundredths."""
    above, _, below = written.partition("/")
    return f"{Decimal(above) / Decimal(below or 1):.2f}"


def _own(found: Mapping[str, Any], texts: Mapping[int, str], phase: Phase, voice: Voice) -> list[str] | None:
    vote = BudgetVote.objects.filter(voice=voice, phase=phase.id).first()
    if vote is None:
        return None
    outcome = outcome_read(found, texts)
    return outcome.sentences(Vote("", dict.fromkeys(map(str, vote.projects), 1)), tag(), _yuan)


def _yuan(amount: Fraction) -> str:
    """An amount as every page writes it, in hundredths."""
    return money(Decimal(round(amount * 100)) / 100)


@fetched
def as_pb(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """The vote in Pabulib's format, so that anybody can count it again: the bytes that were made with the count."""
    content = file_of(number, phase)
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{number}-{phase}.pb"'
    response["Repr-Digest"] = digest(content)
    return response
