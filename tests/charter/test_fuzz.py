"""Whatever the files are, the checker says what is wrong with them and falls over nothing."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.charter.small import small
from zhengtong.charter.charter import inspect

FILES = {path: content for path, content in small().items() if not path.startswith("letters/") or "refused" in path}
LETTERS = {path: content for path, content in small().items() if path not in FILES}
PIECES = [
    *(
        b"",
        b"\x00",
        b"\xff\xfe",
        b"\n",
        b"  ",
        b"- ",
        b": ",
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"'",
        b"&a ",
        b"*a",
        b"!!set ",
    ),
    *(
        b"<",
        b"/>",
        b"<!DOCTYPE x>",
        b"&lt;",
        b"null",
        b"true",
        b"-1",
        b"1e999",
        b"9999-12-31",
        b"0001-01-01",
        b"P9999M",
    ),
    *(b"tea-law/1", b"tea-licence", b"\xe5", b"{{ }}", b"|\n", b"---\n", b"%YAML 9\n", b"? ", b"#", b"\t", b"a" * 500),
]
path = st.sampled_from(sorted(FILES))


@st.composite
def mutated(draw):
    """A charter in which a few bytes or lines were changed, moved or lost."""
    files = dict(FILES)
    for _ in range(draw(st.integers(1, 3))):
        where = draw(path)
        files[where] = draw(st.sampled_from([_bytes, _lines, _borrowed]))(draw, files[where])
    return files | LETTERS


def _bytes(draw, content):
    start = draw(st.integers(0, len(content)))
    end = draw(st.integers(start, min(len(content), start + 20)))
    return content[:start] + draw(st.sampled_from(PIECES) | st.binary(max_size=8)) + content[end:]


def _lines(draw, content):
    lines = content.split(b"\n")
    one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    act = draw(st.sampled_from(["swap", "drop", "double", "indent"]))
    if act == "swap":
        lines[one], lines[other] = lines[other], lines[one]
    elif act == "drop":
        del lines[one]
    elif act == "double":
        lines.insert(other, lines[one])
    else:
        lines[one] = b"  " + lines[one]
    return b"\n".join(lines)


def _borrowed(draw, content):
    """A word of this file is replaced by a word of another."""
    words, others = content.split(b" "), FILES[draw(path)].split(b" ")
    words[draw(st.integers(0, len(words) - 1))] = others[draw(st.integers(0, len(others) - 1))]
    return b" ".join(words)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated())
def test_random_changes_give_findings_and_nothing_else(files):
    charter, findings = inspect(files)
    assert charter is not None or any(each.is_error for each in findings)
    for each in findings:
        assert each.line >= 1
        assert each.file


@settings(max_examples=100)
@given(path, st.binary(max_size=200))
def test_any_bytes_at_all_give_findings(where, content):
    inspect(FILES | LETTERS | {where: content})
