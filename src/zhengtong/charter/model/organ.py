"""organs/<procedure>.yaml: an assembly, a council, a committee, and how it comes to a decision.

Its meetings are cases of the procedure of the same id; its members are whoever holds the posts named here on the day.
"""

from typing import Literal

from pydantic import Field

from zhengtong.charter.model.base import Basis, Id, LocalText, Part

Share = Literal["half", "two-thirds"]
"""More than half, or at least two thirds."""


class Organ(Part):
    """Who sits in it, when it can decide, and what carries a motion."""

    id: Id  # the procedure of its meetings
    name: LocalText
    legal_basis: list[Basis] = Field(min_length=1)
    chair: str  # function/post: convenes it, calls and closes votes, answers for the minutes; has a vote
    members: list[str] = []  # function/post: the others who have a vote
    agenda: str  # the step or wait of the process in which members put motions
    sitting: str  # the chair's step in which motions are voted on
    minutes: str  # the chair's step that ends in the minutes being published
    quorum: Share = "half"  # of the members: how many have to be there
    majority: Share = "half"  # of the votes for and against
