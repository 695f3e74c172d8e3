"""A vote on projects is counted once it is over: by the rule that the charter declares, with the other beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from django.db import transaction

from zhengtong.agora import kinds
from zhengtong.agora.acts.contributing import projects_of
from zhengtong.agora.apart import each_apart
from zhengtong.agora.models import BudgetVote, Drawn
from zhengtong.agora.proceedings.projects import as_filed
from zhengtong.agora.rounds import VOTED, Round, let_writers_end, of_case, running
from zhengtong.agora.votefile import keep_file
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.charter.model import Phase
from zhengtong.engines.budgets import (
    Election,
    Outcome,
    Project,
    Purchase,
    Vote,
    equal_shares,
    greedy,
    put_in_order,
    ranks,
    write,
)
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM

STEPS = 100  # in which votes get more, as long as the budget holds: hundredths of their first share


@dataclass(frozen=True)
class Counted:
    """An election and how it came out by both rules; `rule` is the one that decides."""

    election: Election
    rule: str
    shares: Outcome
    greedily: Outcome

    @property
    def winners(self) -> tuple[str, ...]:
        """What is to be built."""
        return (self.shares if self.rule == "equal-shares" else self.greedily).winners


def election_of(round_: Round, phase: Phase) -> Election:
    """The vote on money as an election, projects in the order of their numbers; nothing in it leads to a voice.

    Votes are put in the order of what they say, and numbered in it, so that it tells nothing about who cast them when.
    """
    projects = _projects(round_)
    votes = _votes(round_, phase, projects, ordered=False)
    told = {"budget": str(phase.budget), "vote_type": "approval", "rule": phase.rule}
    return Election(Fraction(phase.budget or 0), projects, votes, _meta(round_, projects, votes) | told)


def ranking_of(round_: Round, phase: Phase) -> Election:
    """The same of a vote that puts projects in an order. Pabulib asks for a budget: as much as they cost together,
    since money keeps none of them from being chosen.
    """
    ordered = phase.count_by != "approval"
    projects = _projects(round_)
    votes = _votes(round_, phase, projects, ordered=ordered)
    budget = sum((each.cost for each in projects.values()), Fraction(0))
    told = {
        "budget": f"{Decimal(budget.numerator) / budget.denominator:f}",
        "vote_type": "ordinal" if ordered else "approval",
        "rule": phase.count_by,
        "seats": str(phase.seats),
    }
    return Election(budget, projects, votes, _meta(round_, projects, votes) | told)


def _projects(round_: Round) -> dict[str, Project]:
    found = projects_of(round_).items()
    return {str(number): Project(str(number), Fraction(each.cost or 0), each.words) for number, each in found}


def _votes(round_: Round, phase: Phase, projects: Mapping[str, Project], *, ordered: bool) -> list[Vote]:
    """What was voted for what can still be chosen, in the order of what it says; votes that say the same share it."""
    cast = BudgetVote.objects.filter(case=round_.case, phase=phase.id).values_list("projects", flat=True)
    named = ([number for number in each if str(number) in projects] for each in cast)
    ballots = sorted(tuple(each if ordered else sorted(each)) for each in named)
    points = {each: ranks([*map(str, each)]) if ordered else dict.fromkeys(map(str, each), 1) for each in set(ballots)}
    return [Vote(str(place), points[each]) for place, each in enumerate(ballots, 1)]


def _meta(round_: Round, projects: Mapping[str, Project], votes: Sequence[Vote]) -> dict[str, str]:
    return {"description": round_.case.number, "num_projects": str(len(projects)), "num_votes": str(len(votes))}


def counted(election: Election, phase: Phase) -> Counted:
    """How an election comes out. Where projects are level, the one proposed first goes before."""
    ties = list(election.projects)
    step = election.budget / max(len(election.votes), 1) / STEPS or Fraction(1)
    shares = equal_shares(election, completion=phase.completion, step=step, ties=ties)
    return Counted(election, phase.rule, shares, greedy(election, ties=ties))


def count_votes(*, round_: Round, phase: Phase, now: datetime) -> Drawn:
    """Count a vote that is over, once, and write down how it came out, with the file of its votes as they were counted;
    the same again changes nothing.
    """
    let_writers_end(round_.case.pk)
    return _count(round_.case.pk, phase, now=now)


@transaction.atomic
def _count(pk: int, phase: Phase, *, now: datetime) -> Drawn:
    case = locked(pk)
    known = Drawn.objects.filter(case=case, phase=phase.id).first()
    if known is not None:
        return known
    fresh = of_case(case)
    if phase.feature == "ranking":
        return _count_ranking(fresh, phase, now=now)
    done = counted(election_of(fresh, phase), phase)
    return _written(fresh, phase, done.election, _kept(done), list(map(int, done.winners)), now=now)


def _count_ranking(round_: Round, phase: Phase, *, now: datetime) -> Drawn:
    """Count ballots that name projects, the best first. Where they are level, the one proposed first goes before."""
    election = ranking_of(round_, phase)
    done = put_in_order(election)
    found: dict[str, Any] = {
        "rule": phase.count_by,
        "votes": len(election.votes),
        "elected": [int(each) for each in done.elected],
        "rounds": [
            {
                "tally": [[int(option), str(votes)] for option, votes in each.tally.items()],
                "elected": [int(option) for option in each.elected],
                "out": int(each.out or 0),
                "by_order": each.by_order,
            }
            for each in done.rounds
        ],
    }
    return _written(round_, phase, election, found, found["elected"], now=now)


def _written(
    round_: Round, phase: Phase, election: Election, found: Mapping[str, Any], chosen: list[int], *, now: datetime
) -> Drawn:
    """Keep how a vote came out, and the file by which anybody counts it again; the ledger has its hash."""
    case, content = round_.case, write(as_filed(round_, election))
    told = {"sha256": sha256(content).hexdigest()}
    kept = {"on": round_.day(now), "found": {**found, **told}, "places": {}, "last": True}
    made = Drawn.objects.create(case=case, phase=phase.id, **kept)
    keep_file(made, content)
    record(
        kind=kinds.COUNTED,
        subject=case.number,
        by=PROGRAM,
        now=now,
        basis=round_.basis,
        particulars={"phase": phase.id, "votes": len(election.votes), "chosen": chosen, **told},
    )
    return made


def _kept(done: Counted) -> dict[str, object]:
    points = done.election.tally.support
    return {
        "rule": done.rule,
        "votes": len(done.election.votes),
        "share": str(done.shares.share),
        "shares": [
            [int(each.project), None if each.price is None else str(each.price)] for each in done.shares.purchases
        ],
        "greedily": [int(each) for each in done.greedily.winners],
        "projects": [
            [int(each.id), str(each.cost), int(points[each.id].counts.sum()) if each.id in points else 0]
            for each in done.election.projects.values()
        ],
    }


def outcome_read(kept: Mapping[str, object], projects: Mapping[int, str]) -> Outcome:
    """The outcome by equal shares as it was written down; `projects` are the names to call them by."""
    listed: Sequence[tuple[int, str, int]] = kept["projects"]  # type: ignore[assignment]
    bought: Sequence[tuple[int, str | None]] = kept["shares"]  # type: ignore[assignment]
    found = {str(number): Project(str(number), Fraction(cost), projects.get(number, "")) for number, cost, _ in listed}
    purchases = tuple(Purchase(str(number), None if price is None else Fraction(price)) for number, price in bought)
    return Outcome(Election(Fraction(0), found, ()), purchases, Fraction(str(kept["share"])))


def count_due(*, now: datetime) -> int:
    """Count the votes that are over; how many. The worker's."""

    def count(case: Case) -> int:
        round_, counted_ = Round(case), {each.phase for each in case.drawings.all()}
        over = filter(round_.is_over, round_.featuring(*VOTED))
        return sum(bool(count_votes(round_=round_, phase=each, now=now)) for each in over if each.id not in counted_)

    cases = running().filter(pk__in=BudgetVote.objects.values("case"))
    return each_apart(count, cases.prefetch_related("drawings"))
