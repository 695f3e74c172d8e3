"""Rules: DMN 1.1–1.5 and FEEL as a library of its own; it knows no web framework and no government.

>>> from zhengtong.engines.rules import Model
>>> model = Model.load("rules.dmn")                                    # or bytes
>>> outcome = model.decide("risk_class", {"business_area": 600}, on=date(2026, 3, 9))
>>> outcome.value                                                      # Decimal, str, bool, date, list, dict or None
'high'
>>> outcome.trace.sentences("en")                                      # which rules fired, on what law, seeing what
['Risk class of a caterer: high. Rule 2 applies: Cold food is made on more than 500 m²: high risk …']
>>> model.check()                                                      # gaps, overlaps, unknown names, cycles …
[]

A million at once, by columns: `model.decide_many("risk_class", "population.parquet", on=date(2026, 3, 9))`.

A single expression: `feel.evaluate("age >= 80", {"age": 82})`.
"""

from zhengtong.engines.rules import feel
from zhengtong.engines.rules.columns import Group, MissingColumns, NotColumns, UnfitColumn
from zhengtong.engines.rules.errors import ExternalCode, FeelError, NoSuchDecision, RulesFault, TooMuch
from zhengtong.engines.rules.findings import Finding
from zhengtong.engines.rules.limits import Limits
from zhengtong.engines.rules.model import Model, Outcome
from zhengtong.engines.rules.trace import Trace
from zhengtong.engines.rules.views import RuleView, TableView

__all__ = [
    "ExternalCode",
    "FeelError",
    "Finding",
    "Group",
    "Limits",
    "MissingColumns",
    "Model",
    "NoSuchDecision",
    "NotColumns",
    "Outcome",
    "RuleView",
    "RulesFault",
    "TableView",
    "TooMuch",
    "Trace",
    "UnfitColumn",
    "feel",
]
