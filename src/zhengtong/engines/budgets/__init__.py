"""Votes put together: participatory budgets by equal shares or greedily, and elections by ranked and approved names.

>>> from zhengtong.engines.budgets import equal_shares, read
>>> election = read(Path("warszawa.pb").read_bytes())               # Pabulib's format; `write` gives it again
>>> outcome = equal_shares(election, completion="add1")
>>> outcome.winners                                                 # projects in the order in which they were bought
('17', '3', '8')
>>> outcome.payments(election.votes[0])                             # what this vote paid for which project
[Payment(project='3', paid=Fraction(16, 5), cost=Fraction(12000, 1))]
>>> outcome.sentences(election.votes[0], "en")
['Your vote paid 3.20 of the 12000 that “3” costs.']

All sums are exact fractions. Where projects are level, a declared order decides, by default that of their ids.
"""

from zhengtong.engines.budgets.election import Election, Project, Vote, ranks
from zhengtong.engines.budgets.errors import ElectionFault
from zhengtong.engines.budgets.greedy import greedy
from zhengtong.engines.budgets.outcome import Outcome, Payment, Purchase
from zhengtong.engines.budgets.pabulib import read, read_projects, write
from zhengtong.engines.budgets.ranked import Count, Round, approval, borda, schulze, transferable
from zhengtong.engines.budgets.ranking import put_in_order, ranks_projects
from zhengtong.engines.budgets.shares import equal_shares

__all__ = [
    "Count",
    "Election",
    "ElectionFault",
    "Outcome",
    "Payment",
    "Project",
    "Purchase",
    "Round",
    "Vote",
    "approval",
    "borda",
    "equal_shares",
    "greedy",
    "put_in_order",
    "ranks",
    "ranks_projects",
    "read",
    "read_projects",
    "schulze",
    "transferable",
    "write",
]
