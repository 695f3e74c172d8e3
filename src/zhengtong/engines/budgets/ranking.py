"""An election that puts projects in an order: its file says by which `rule`, and how many are chosen (`seats`)."""

from collections.abc import Callable

from zhengtong.common.text import text
from zhengtong.engines.budgets.election import Election
from zhengtong.engines.budgets.errors import ElectionFault
from zhengtong.engines.budgets.ranked import Count, approval, borda, schulze, transferable

RULES: dict[str, Callable[..., Count]] = {
    "approval": approval,
    "borda": borda,
    "schulze": schulze,
    "transferable": transferable,
}


def ranks_projects(election: Election) -> bool:
    """Whether it is one: Pabulib knows `seats` in none of its fields, and no other file says these rules."""
    return "seats" in election.meta and election.meta.get("rule", "") in RULES


def put_in_order(election: Election) -> Count:
    """The chosen, in their order. Where projects are level, the one that stands first goes before. ElectionFault."""
    seats, options = election.meta["seats"], list(election.projects)
    if not (seats.isdecimal() and int(seats[:9]) > 0 and len(seats) < 9):
        raise ElectionFault(text(f"“{seats}”不是名额。", f"“{seats}” is no number of seats."))
    if not options:
        return Count((), ())
    ballots = [list(each.points) for each in election.votes]
    return RULES[election.meta["rule"]](options, ballots, seats=min(int(seats), len(options)), ties=options)
