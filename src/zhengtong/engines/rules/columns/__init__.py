"""Decisions over a population: a model compiled to columns, exactly as FEEL has it, and run by a database.

First comes one small integer per table, the rule that fired, then the outputs are gathered from it; so the explanation
of the whole population is there too. See docs/reference/rules.md.
"""

from zhengtong.engines.rules.columns.errors import MissingColumns, NotColumns, UnfitColumn
from zhengtong.engines.rules.columns.frame import Group

__all__ = ["Group", "MissingColumns", "NotColumns", "UnfitColumn"]
