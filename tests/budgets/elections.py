"""Small elections, written short, and where the real ones are."""

import os
from fractions import Fraction
from pathlib import Path

from zhengtong.engines.budgets import Election, Project, Vote

PABULIB = Path(os.environ.get("PABULIB", Path(__file__).parents[3] / "shared" / "participation" / "pabulib"))
ABSENT = f"there are no elections at {PABULIB}; set PABULIB to a folder of .pb files"


def files(largest: int = 100_000) -> list[Path]:
    """The real elections of at most so many bytes."""
    return [each for each in sorted(PABULIB.glob("*.pb")) if each.stat().st_size <= largest]


def election(budget, costs, ballots):
    """`costs` by project; a ballot is a text of approved projects, or points by project; `{ballot: how many}` too."""
    listed = [each for each, count in ballots.items() for _ in range(count)] if isinstance(ballots, dict) else ballots
    votes = [Vote(str(number), points(each)) for number, each in enumerate(listed)]
    return Election(Fraction(budget), {each: Project(each, Fraction(cost)) for each, cost in costs.items()}, votes)


def points(ballot):
    return dict.fromkeys(ballot, 1) if isinstance(ballot, str) else dict(ballot)
