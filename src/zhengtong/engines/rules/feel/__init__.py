"""FEEL, the Friendly Enough Expression Language of DMN 1.5, by itself.

>>> from zhengtong.engines.rules import feel
>>> feel.evaluate("if age >= 80 then allowance * 2 else allowance", {"age": 82, "allowance": 100})
Decimal('200')
"""

from collections.abc import Mapping
from typing import Any

from zhengtong.engines.rules.errors import FeelError
from zhengtong.engines.rules.feel.expression import Expression

__all__ = ["Expression", "FeelError", "evaluate", "names"]


def evaluate(text: str, context: Mapping[str, Any]) -> Any:
    """The value of a FEEL expression with the names of `context`; names that it lacks are null.

    Numbers come out as Decimal, dates as date, contexts as dict, null as None. An expression is compiled once. Raises
    FeelError for a text that cannot be read, TooMuch past the limits.
    """
    return Expression.parse(text, names=context).evaluate(context)


def names(text: str) -> frozenset[str]:
    """The names that the expression takes from its context, as far as the text alone tells. Raises FeelError."""
    return Expression.parse(text).names
