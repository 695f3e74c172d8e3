"""FEEL text to tokens (DMN 1.5, 10.3.1.2). Names with spaces are put together later, by who knows the names."""

import re
from typing import NamedTuple

from zhengtong.common.text import Text, text
from zhengtong.engines.rules.errors import FeelError
from zhengtong.engines.rules.limits import LONGEST_SOURCE

_SPACE = "\t-\r \u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f\u2040"
_TOKEN = re.compile(
    rf"""(?P<space>[{_SPACE}]+|//[^\n\r]*|/\*(?s:.*?)\*/)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{{1,6}}(?![{_PART}]))?)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<word>[{_START}][{_PART}]*|\?)
    |(?P<sign>\*\*|\.\.|<=|>=|!=|->|[-+*/(){{}}\[\],:.<>=@'])
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r"}


class Token(NamedTuple):
    """A piece of text: `number`, `string`, `word`, `sign` or `end`."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def tokens_of(source: str) -> list[Token]:
    """The tokens, closed by one of kind `end`; FeelError for what cannot be one."""
    if len(source) > LONGEST_SOURCE:
        raise FeelError(text("表达式太长。", "The expression is too long."))
    tokens, at = [], 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise fault_at(source, at, _stray(source[at]))
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup or "", match[0], at))
        at = match.end()
    return [*tokens, Token("end", "", len(source))]


def _stray(sign: str) -> Text:
    if sign == '"':
        return text("字符串缺少结束引号。", "This string is not closed.")
    return text(f"不认识的符号“{sign}”。", f"“{sign}” means nothing here.")


def fault_at(source: str, at: int, what: Text) -> FeelError:
    """A FeelError at the offset `at`."""
    before = source[:at]
    return FeelError(what, before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1)


def unquoted(literal: str) -> str:
    """The text of a string literal. Surrogate pairs written as two escapes become the one character that they mean."""
    plain = _ESCAPE.sub(_unescaped, literal[1:-1])
    if any("\ud800" <= sign <= "\udfff" for sign in plain):
        plain = plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return plain


def _unescaped(match: re.Match[str]) -> str:
    if code := match[1] or match[2]:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else match[0]
    return _PLAIN.get(match[3], match[3] if match[3] in "\"'\\" else match[0])


def words_of(name: str) -> tuple[str, ...]:
    """The tokens of a name as a modeler wrote it; for comparing it with text."""
    return tuple(match[0] for match in _TOKEN.finditer(name) if match.lastgroup != "space")


def normal(name: str) -> str:
    """A name with single spaces."""
    return " ".join(name.split())
