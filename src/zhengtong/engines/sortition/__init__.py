"""A citizens' panel drawn by lot, by strata, so that anybody can draw it again and nobody could have steered it.

kept = new_seed(); publish(commitment(kept))             # each of several keepers, before the list is known
seed = joint_seed([kept, …], public)                     # `public`: a ledger root after the list was published
drawn = draw({"a1": ("18-34", "Heping"), …}, seats=40, seed=seed)
"""

from zhengtong.engines.sortition.draw import DrawFault, Drawn, Stratum, draw, seats_by_stratum, seats_within
from zhengtong.engines.sortition.seed import commitment, in_digits, joint_seed, new_seed, opens, seed_of_one

__all__ = [
    "DrawFault",
    "Drawn",
    "Stratum",
    "commitment",
    "draw",
    "in_digits",
    "joint_seed",
    "new_seed",
    "opens",
    "seats_by_stratum",
    "seats_within",
    "seed_of_one",
]
