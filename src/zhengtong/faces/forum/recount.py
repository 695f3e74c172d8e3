"""Counting any vote on projects again: a file of Pabulib goes in, both rules come out."""

from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.agora.acts.counting import STEPS
from zhengtong.agora.errors import TooLargeToCount, TooManyToOrder
from zhengtong.common.refusal import Refusal
from zhengtong.engines.budgets import (
    Election,
    Outcome,
    equal_shares,
    greedy,
    put_in_order,
    ranks_projects,
    read,
)
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import name_refusal

MOST = 3 * 2**20  # bytes: three real elections have more, and took 7 to 23 seconds, which no page should
ORDERED, MARKS = 50, 500_000  # projects of a vote that orders them, and by how many votes: two seconds or so


@dataclass(frozen=True)
class Row:
    """A project with what it costs, and which rule chose it."""

    name: str
    cost: str
    by_shares: bool
    greedily: bool


@form_page
def recount(request: HttpRequest) -> HttpResponse:
    """Nothing of the file is kept."""
    refusal, election = None, None
    rows: list[Row] = []
    order: list[str] = []  # of a vote that puts projects in one
    sent = request.FILES.get("file")
    if request.method == "POST":
        try:
            if sent is None or (sent.size or 0) > MOST:
                raise TooLargeToCount(most=MOST // 2**20)
            election = read(sent.read())
            if ranks_projects(election):
                order = _order(election)
            else:
                rows = _rows(election)
        except Refusal as told:
            refusal = told
            name_refusal(request, told)
    context = {
        "rows": rows,
        "order": order,
        "most": MOST // 2**20,
        "election": election,
        "refusal": refusal,
        "section": "forum",
    }
    return render(request, "forum/recount.html", context, status=refusal.status if refusal else 200)


def _order(election: Election) -> list[str]:
    """The chosen, in their order. TooManyToOrder."""
    many = len(election.projects)
    if many > ORDERED or many * len(election.votes) > MARKS:
        raise TooManyToOrder(projects=ORDERED)
    return [election.projects[each].name or each for each in put_in_order(election).elected]


def _rows(election: Election) -> list[Row]:
    step = election.budget / max(len(election.votes), 1) / STEPS or Fraction(1)
    ties = list(election.projects)
    shares = set(equal_shares(election, completion="add1u", step=step, ties=ties).winners)
    most: Outcome = greedy(election, ties=ties)
    chosen = set(most.winners)
    return [
        Row(each.name or each.id, f"{float(each.cost):,.2f}", each.id in shares, each.id in chosen)
        for each in election.projects.values()
    ]
