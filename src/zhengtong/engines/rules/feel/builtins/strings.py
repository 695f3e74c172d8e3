"""Functions of strings (DMN 1.5, 10.3.4.3). Lengths and positions count characters, not bytes or halves of pairs."""

from decimal import Decimal

from zhengtong.engines.rules.feel import regex
from zhengtong.engines.rules.feel.forms import builtin
from zhengtong.engines.rules.feel.values import Value, truncated
from zhengtong.engines.rules.limits import Run


@builtin("substring(string: string, start position: number, length?: number)")
def substring(text: str, start: Decimal, length: Decimal | None) -> str | None:
    first, count = truncated(start), None if length is None else truncated(length)
    if first == 0 or abs(first) > len(text) or (count is not None and count < 1):
        return None
    begin = first - 1 if first > 0 else len(text) + first
    return text[begin:] if count is None else text[begin : begin + count]


@builtin("string length(string: string)")
def string_length(text: str) -> Decimal:
    return Decimal(len(text))


@builtin("upper case(string: string)")
def upper_case(text: str) -> str:
    return text.upper()


@builtin("lower case(string: string)")
def lower_case(text: str) -> str:
    return text.lower()


@builtin("substring before(string: string, match: string)")
def substring_before(text: str, match: str) -> str:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after(string: string, match: string)")
def substring_after(text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


@builtin("contains(string: string, match: string)")
def contains(text: str, match: str) -> bool:
    return match in text


@builtin("starts with(string: string, match: string)")
def starts_with(text: str, match: str) -> bool:
    return text.startswith(match)


@builtin("ends with(string: string, match: string)")
def ends_with(text: str, match: str) -> bool:
    return text.endswith(match)


@builtin("matches(input: string, pattern: string, flags?: string?)", run=True)
def matches(run: Run, text: str, pattern: str, flags: str | None) -> bool | None:
    return regex.matches(run, text, pattern, flags or "")


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string?)", run=True)
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None) -> str | None:
    return regex.replace(run, text, pattern, replacement, flags or "")


@builtin("split(string: string, delimiter: string)", run=True)
def split(run: Run, text: str, delimiter: str) -> list[str] | None:
    return regex.split(run, text, delimiter)


@builtin("string join(list: list, delimiter?: string?)", run=True)
def string_join(run: Run, texts: list[Value], delimiter: str | None) -> str | None:
    told = [each for each in texts if each is not None]
    if not all(type(each) is str for each in told):
        return None
    run.fits(sum(map(len, told)) + len(delimiter or "") * len(told))
    return (delimiter or "").join(told)
