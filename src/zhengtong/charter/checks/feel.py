"""Which facts an expression looks at."""

import re

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text

_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"|@"[^"]*"|(?P<before>\.\s*)?(?P<name>[^\W\d]\w*)(?P<after>\s*\()?|(?P<rest>.)', re.DOTALL
)
_WORDS = {"and", "or", "not", "true", "false", "null", "in", "between", "if", "then", "else", "for", "return", "some"}
_WORDS |= {"every", "satisfies", "instance", "of", "date", "time", "duration", "number", "string", "boolean", "item"}
_LOCAL = re.compile(r"\b(?:for|some|every|,)\s+([^\W\d]\w*)\s+in\b")


def read_names(expression: str) -> tuple[list[str], Text | None]:
    """The names of facts in an expression, each once; and what is wrong with it, if it cannot be read."""
    fault = _fault(expression)
    if fault is not None:
        return [], fault
    local = set(_LOCAL.findall(expression))
    found = [
        each["name"] for each in _TOKEN.finditer(expression) if each["name"] and not (each["before"] or each["after"])
    ]
    return [name for name in dict.fromkeys(found) if name not in _WORDS | local], None


def _fault(expression: str) -> Text | None:
    try:
        from zhengtong.engines.rules.feel.names import Names
        from zhengtong.engines.rules.feel.parser import parse_expression
    except ImportError:
        return None

    try:
        parse_expression(expression, Names())
    except Refusal as fault:
        return getattr(fault, "what", None) or fault.told()
    return None
