"""All functions of the standard (DMN 1.5, 10.3.4), by kind."""

from zhengtong.engines.rules.feel.builtins import (  # noqa: F401  each module declares its functions
    calendar,
    contexts,
    conversion,
    lists,
    numbers,
    ranges,
    statistics,
    strings,
)
from zhengtong.engines.rules.feel.forms import BUILTINS

__all__ = ["BUILTINS"]
