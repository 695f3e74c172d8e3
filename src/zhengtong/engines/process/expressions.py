"""Conditions are FEEL. What other engines write is turned into FEEL where that is harmless, else refused by name."""

import re
from collections.abc import Callable, Mapping
from functools import cache

Ask = Callable[[str, Mapping[str, object]], object]
"""Evaluates a FEEL text in a context of facts."""

_JUEL = re.compile(r"[$#]\{(.*)\}", re.DOTALL)
_GET_VARIABLE = re.compile(r"""execution\.getVariable\(\s*["'](\w+)["']\s*\)""")
_HAS_VARIABLE = re.compile(r"""execution\.hasVariable\(\s*["'](\w+)["']\s*\)""")
_EQUALS = re.compile(r"""("[^"]*"|'[^']*'|\b\w+)\.equals\(\s*("[^"]*"|'[^']*'|\w+)\s*\)""")
_INSTANCES = re.compile(r"\bnrOf(Completed|Active)?Instances\b")
_STRING = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_FOREIGN = re.compile(r"[?{}\[\]%&|!]|\w\s*\(|(?<!\d)\.\w|=>|\bempty\b|\b(eq|ne|lt|gt|le|ge|div|mod)\b")
_FEEL = "/FEEL/"


def evaluate(text: str, context: Mapping[str, object]) -> object:
    """FEEL, by the engine for rules."""
    return _feel()(text, context)


@cache
def _feel() -> Ask:
    from zhengtong.engines.rules import feel  # only when asked, so that a model can be read and drawn without it

    return feel.evaluate


def to_feel(text: str, language: str = "") -> str | None:
    """The FEEL that means the same as `text`, or None where it is in another language.

    Understood are FEEL itself, FEEL behind `=` (Camunda 8), and of the `${…}` of Camunda 7 what compares facts with
    values, joins that with and, or, not, asks whether a variable is there (a fact that is not there is null), and
    counts the instances of an activity done several times.
    """
    text = text.strip()
    if match := _JUEL.fullmatch(text):
        return _from_juel(match[1])
    if language and _FEEL not in language.upper() and "FEEL" not in language.upper():
        return text if text in {"true", "false"} else None
    return text.removeprefix("=").strip()


def _from_juel(text: str) -> str | None:
    text = _HAS_VARIABLE.sub(r"(\1 != null)", _GET_VARIABLE.sub(r"\1", text))
    text = _INSTANCES.sub(r"numberOf\1Instances", _EQUALS.sub(r"(\1 = \2)", text))
    pieces = _STRING.split(text)
    words = [piece if quoted else _word(piece) for quoted, piece in _marked(pieces)]
    if any(not quoted and _FOREIGN.search(_known(piece)) for quoted, piece in _marked(words)):
        return None
    return "".join(f'"{word[1:-1]}"' if quoted else word for quoted, word in _marked(words)).strip()


def _marked(pieces: list[str]) -> list[tuple[bool, str]]:
    return [(index % 2 == 1, piece) for index, piece in enumerate(pieces)]


def _word(piece: str) -> str:
    piece = piece.replace("&&", " and ").replace("||", " or ").replace("==", "=")
    piece = re.sub(r"!(?!=)\s*\(", "not(", piece)
    return re.sub(r"!(?!=)\s*([\w.]+)", r"not(\1)", piece)


def _known(piece: str) -> str:
    return re.sub(r"\b(not|and|or)\s*\(|!=", " ~ ", piece)
