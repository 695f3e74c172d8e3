"""A vote on projects is counted once it is over: by the rule that the charter declares, with the other beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from zhengtong.agora import kinds
from zhengtong.agora.acts.contributing import projects_of
from zhengtong.agora.models import BudgetVote, Drawn
from zhengtong.agora.rounds import VOTED, WITH_LAW, Round, of_case
from zhengtong.cases.law import today
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.charter.model import Phase
from zhengtong.charter.queries import in_force
from zhengtong.engines.budgets import (
    Count,
    Election,
    Outcome,
    Project,
    Purchase,
    Vote,
    approval,
    borda,
    equal_shares,
    greedy,
    schulze,
    transferable,
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
    """The vote as an election, projects in the order of their numbers; nothing in it leads to a voice.

    Votes are put in the order of what they say, and numbered in it, so that it tells nothing about who cast them when.
    """
    projects = {
        str(number): Project(str(number), Fraction(each.cost or 0), each.text)
        for number, each in projects_of(round_).items()
    }
    cast = BudgetVote.objects.filter(case=round_.case, phase=phase.id).values_list("projects", flat=True)
    ballots = sorted(tuple(sorted(number for number in each if str(number) in projects)) for each in cast)
    points = {each: dict.fromkeys(map(str, each), 1) for each in set(ballots)}
    votes = [Vote(str(place), points[each]) for place, each in enumerate(ballots, 1)]
    meta = {
        "description": round_.case.number,
        "num_projects": str(len(projects)),
        "num_votes": str(len(votes)),
        "budget": str(phase.budget),
        "vote_type": "approval",
        "rule": phase.rule,
    }
    return Election(Fraction(phase.budget or 0), projects, votes, meta)


def counted(election: Election, phase: Phase) -> Counted:
    """How an election comes out. Where projects are level, the one proposed first goes before."""
    ties = list(election.projects)
    step = election.budget / max(len(election.votes), 1) / STEPS or Fraction(1)
    shares = equal_shares(election, completion=phase.completion, step=step, ties=ties)
    return Counted(election, phase.rule, shares, greedy(election, ties=ties))


@transaction.atomic
def count_votes(*, round_: Round, phase: Phase, now: datetime) -> Drawn:
    """Count a vote that is over, once, and write down how it came out; the same again changes nothing."""
    case = locked(round_.case.pk)
    known = Drawn.objects.filter(case=case, phase=phase.id).first()
    if known is not None:
        return known
    fresh = of_case(case)
    if phase.feature == "ranking":
        return _count_ranking(fresh, phase, now=now)
    done = counted(election_of(fresh, phase), phase)
    made = Drawn.objects.create(case=case, phase=phase.id, on=fresh.day(now), found=_kept(done), places={})
    record(
        kind=kinds.COUNTED,
        subject=case.number,
        by=PROGRAM,
        now=now,
        basis=list(fresh.charter.procedures[case.procedure].legal_basis),
        particulars={"phase": phase.id, "votes": len(done.election.votes), "chosen": list(map(int, done.winners))},
    )
    return made


def _count_ranking(round_: Round, phase: Phase, *, now: datetime) -> Drawn:
    """Count ballots that name projects, the best first. Where they are level, the one proposed first goes before."""
    options = [str(number) for number in projects_of(round_)]
    cast = BudgetVote.objects.filter(case=round_.case, phase=phase.id).values_list("projects", flat=True)
    ballots = [[str(number) for number in each if str(number) in options] for each in cast]
    rules = {"approval": approval, "borda": borda, "schulze": schulze, "transferable": transferable}
    seats = min(phase.seats, len(options))
    done = rules[phase.count_by](options, ballots, seats=seats, ties=options) if options else Count((), ())
    found = {
        "rule": phase.count_by,
        "votes": len(ballots),
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
    made = Drawn.objects.create(case=round_.case, phase=phase.id, on=round_.day(now), found=found, places={})
    record(
        kind=kinds.COUNTED,
        subject=round_.case.number,
        by=PROGRAM,
        now=now,
        basis=list(round_.charter.procedures[round_.case.procedure].legal_basis),
        particulars={"phase": phase.id, "votes": len(ballots), "chosen": found["elected"]},
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
    charter = in_force(today(now)).charter
    asked = [each.id for each in charter.participation.values() if any(map(_votes, each.phases))]
    cases = Case.objects.filter(procedure__in=asked, closed_at__isnull=True, budget_votes__isnull=False)
    over = 0
    for case in cases.select_related(*WITH_LAW).prefetch_related("drawings").distinct():
        round_, counted_ = Round(case), {each.phase for each in case.drawings.all()}
        for phase in round_.declared.phases:
            if _votes(phase) and phase.id not in counted_ and phase not in round_.open_phases:
                count_votes(round_=round_, phase=phase, now=now)
                over += 1
    return over


def _votes(phase: Phase) -> bool:
    return phase.feature in VOTED
