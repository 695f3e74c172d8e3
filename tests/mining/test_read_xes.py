import gzip
import random
from pathlib import Path

import pytest

from tests.mining.logs import REAL, SHARED
from zhengtong.engines.mining import Keys, Log, LogFault, follows, quality, read_xes, write_xes

ROWS = "SELECT trace, pos, case_id, activity, moment, wall FROM raw ORDER BY trace, pos"
HEAD = '<?xml version="1.0" encoding="{}"?>\n<log xes.version="1.0">\n'


def event(name: str, at: str, *more: str) -> str:
    inside = f'<string key="concept:name" value="{name}"/>\n<date key="time:timestamp" value="{at}"/>\n'
    return f"<event>\n{inside}{''.join(more)}</event>\n"


def trace(case: str, *events: str) -> str:
    return f'<trace>\n<string key="concept:name" value="{case}"/>\n{"".join(events)}</trace>\n'


def written(folder: Path, *traces: str, encoding: str = "utf-8", head: str = HEAD) -> Path:
    path = folder / "log.xes"
    path.write_bytes((head.format(encoding) + "".join(traces) + "</log>\n").encode(encoding))
    return path


def activities(log: Log) -> list[str]:
    return [name for (name,) in log.rows("SELECT name FROM event JOIN act_name ON code = act ORDER BY case_no, seq")]


MORNING, NOON = "2026-03-02T08:00:00+08:00", "2026-03-02T12:00:00+08:00"
WHOLE = trace("1", event("file", MORNING), event("grant", NOON))


@pytest.mark.skipif(not REAL, reason="the real logs are not on this machine")
@pytest.mark.parametrize(
    ("name", "cases", "events"), [("receipt", 1434, 8577), ("BPIC15_1", 1199, 52217), ("BPIC15_2", 832, 44354)]
)
def test_a_real_log_is_read_whole(name: str, cases: int, events: int) -> None:
    with read_xes(SHARED / f"{name}.xes.gz") as log:
        found = quality(log)
        assert (found.cases, found.events, found.bad) == (cases, events, ())


@pytest.mark.skipif(not REAL, reason="the real logs are not on this machine")
def test_half_of_the_events_of_a_building_permit_tie_with_the_one_before() -> None:
    with read_xes(SHARED / "BPIC15_1.xes.gz") as log:
        found = quality(log)
        assert found.tied / found.events > 0.4


@pytest.mark.skipif(not REAL, reason="the real logs are not on this machine")
def test_the_quick_way_and_the_parser_read_the_same() -> None:
    with read_xes(SHARED / "receipt.xes.gz") as quick, read_xes(SHARED / "receipt.xes.gz", exactly=True) as exact:
        assert quick.rows(ROWS) == exact.rows(ROWS)
        assert quick.rows("SELECT attr(more, 'org:group') FROM raw ORDER BY trace, pos") == exact.rows(
            "SELECT attr(more, 'org:group') FROM raw ORDER BY trace, pos"
        )


@pytest.mark.parametrize(
    "odd",
    [
        WHOLE.replace('key="concept:name" value="file"', 'value="file" key="concept:name"'),
        WHOLE.replace('value="file"', "value='file'"),
        WHOLE.replace('value="file"', 'value="f&#105;le"'),
        WHOLE.replace("<trace>", "<!-- a trace --><trace>"),
        WHOLE.replace("<event>", '<event id="7">'),
        WHOLE.replace('value="file"/>', 'value="file"><string key="concept:name" value="nested"/></string>'),
        WHOLE.replace("<trace>", "<t:trace>").replace("</trace>", "</t:trace>"),
        '<trace><string key="concept:name" value="empty"/></trace>' + WHOLE,
    ],
)
def test_what_has_not_the_usual_shape_is_read_all_the_same(tmp_path: Path, odd: str) -> None:
    with read_xes(written(tmp_path, odd, trace("2", event("file", NOON)))) as log:
        assert activities(log) == ["file", "grant", "file"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "iso-8859-1"])
def test_it_is_read_in_the_encoding_that_it_says(tmp_path: Path, encoding: str) -> None:
    name = "Bestätigung" if encoding == "iso-8859-1" else "受理 ä"
    head = HEAD.format("utf-8" if encoding == "utf-8-sig" else encoding)
    with read_xes(written(tmp_path, trace("1", event(name, NOON)), encoding=encoding, head=head)) as log:
        assert activities(log) == [name]


def test_text_in_another_encoding_than_it_says_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_bytes(HEAD.format("utf-8").encode() + trace("1", event("受理", NOON)).encode("gb18030") + b"</log>")
    with pytest.raises(LogFault) as fault:
        read_xes(path)
    assert fault.value.line == 6


def test_bad_rows_are_left_out_counted_and_told_with_their_line(tmp_path: Path) -> None:
    bad = trace("1", event("file", "31 March"), event("grant", NOON), "<event>\n</event>\n")
    with read_xes(written(tmp_path, WHOLE, bad)) as log:
        assert activities(log) == ["file", "grant", "grant"]
        assert {each.why: each.lines for each in log.bad()} == {
            "broken-time": ((16, "31 March"),),
            "no-activity": ((24, "1"),),
        }


def test_events_that_stand_in_disorder_are_put_in_order_and_told(tmp_path: Path) -> None:
    with read_xes(written(tmp_path, trace("1", event("grant", NOON), event("file", MORNING)))) as log:
        assert activities(log) == ["file", "grant"]
        assert quality(log).unsorted == 1


def test_events_at_the_same_time_keep_the_order_of_the_file(tmp_path: Path) -> None:
    with read_xes(written(tmp_path, trace("1", *(event(name, NOON) for name in "zayb")))) as log:
        assert activities(log) == list("zayb")


def test_equal_rows_and_split_cases_are_kept_and_told(tmp_path: Path) -> None:
    with read_xes(written(tmp_path, trace("1", event("file", NOON), event("file", NOON)), WHOLE)) as log:
        found = quality(log)
        assert (found.cases, found.events, found.doubled, found.split) == (1, 4, 1, 1)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (HEAD + WHOLE, 14, "no element found"),
        (HEAD + WHOLE.replace("</event>", "</Event>", 1) + "</log>", 8, "mismatched tag"),
        ('<!DOCTYPE log [<!ENTITY e "x">]>\n<log>' + WHOLE + "</log>", 1, "entities"),
        (HEAD + WHOLE + "<!-- x -->" + WHOLE.replace("file", "&other;") + "</log>", 17, "undefined entity"),
        ("<html>\n" + WHOLE + "</html>", 1, "is not an XES log"),
        ("not xml", 1, "not well-formed"),
        ("", 1, "no element found"),
        (HEAD + "</log>", 0, "no event"),
    ],
)
def test_what_is_no_log_is_refused_with_the_line_where_it_ends(tmp_path: Path, text: str, line: int, told: str) -> None:
    path = tmp_path / "log.xes"
    path.write_text(text.replace("{}", "utf-8"))
    with pytest.raises(LogFault) as fault:
        read_xes(path)
    assert told in fault.value.told()["en"]
    assert fault.value.line == line


def test_a_gzip_file_that_ends_early_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(written(tmp_path, *[WHOLE] * 500).read_bytes())[:-60])
    with pytest.raises(LogFault, match="gzip"):
        read_xes(path)


def test_a_log_is_read_in_pieces_that_cut_it_anywhere(tmp_path: Path) -> None:
    path = written(tmp_path, *(trace(str(n), event("受理", MORNING), event("grant", NOON)) for n in range(40)))
    with read_xes(path, size=97) as log:
        assert follows(log) == {("受理", "grant"): 40}
    with read_xes(path, size=97, exactly=True) as log:
        assert follows(log) == {("受理", "grant"): 40}


def test_starts_and_completions_are_one_step_that_knows_when_it_began(tmp_path: Path) -> None:
    def phase(name: str, at: str, which: str) -> str:
        return event(name, at, f'<string key="lifecycle:transition" value="{which}"/>')

    both = trace("1", phase("examine", MORNING, "start"), phase("examine", NOON, "complete"))
    with read_xes(written(tmp_path, both)) as log:
        assert activities(log) == ["examine"]
        assert log.value("SELECT wall - begun FROM event").total_seconds() == 4 * 3600


def test_other_attributes_can_stand_for_activity_person_and_office(tmp_path: Path) -> None:
    more = '<string key="doer" value="A &amp; B"/><string key="step" value="x"/>'
    keys = Keys(activity="step", person="doer", office="unit")
    head = trace("1", event("file", NOON, more)).replace("<event>", '<string key="unit" value="u"/><event>')
    with read_xes(written(tmp_path, head), keys=keys) as log:
        assert activities(log) == ["x"]
        assert log.rows("SELECT name FROM who_name") == [("A & B",)]
        assert log.rows("SELECT name FROM office_name") == [("u",)]


@pytest.mark.parametrize("name", ["again.xes", "again.xes.gz"])
def test_a_log_that_is_written_is_the_same_log(tmp_path: Path, name: str) -> None:
    odd = WHOLE.replace('value="file"/>', 'value="f&amp;i&#10;le"/><list key="l"><int key="n" value="1"/></list>')
    with read_xes(written(tmp_path, odd, trace("2", event("受理", NOON)))) as log:
        assert write_xes(log, tmp_path / name) == 3
        with read_xes(tmp_path / name) as again:
            assert again.rows(ROWS) == log.rows(ROWS)
            assert again.rows("SELECT more FROM raw ORDER BY trace, pos")[0] == log.rows("SELECT more FROM raw")[0]


def test_a_trace_without_a_name_is_a_case_too_but_an_event_outside_of_traces_is_none(tmp_path: Path) -> None:
    nameless = f"<trace>{event('file', NOON)}</trace>\n"
    for more in ("", "<!-- -->"):
        with read_xes(written(tmp_path, nameless, more, nameless)) as log:
            assert log.rows("SELECT case_id FROM cases ORDER BY 1") == [("#1",), ("#2",)]
    with read_xes(written(tmp_path, WHOLE, event("alone", NOON))) as log:
        assert [(each.why, each.lines[0][1]) for each in log.bad()] == [("no-case", "alone")]


def test_one_endless_tag_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengtong.engines.mining.xes_exact.LONGEST", 5000)
    path = written(tmp_path, trace("1", event("x" * 20_000, NOON)))
    with pytest.raises(LogFault, match="too long"):
        read_xes(path, size=500, exactly=True)


def test_attributes_nested_without_end_are_refused(tmp_path: Path) -> None:
    nest = '<list key="l">' * 60
    with pytest.raises(LogFault, match="nested too deeply"):
        read_xes(written(tmp_path, trace("1", event("a", NOON, nest))))


@pytest.mark.parametrize("seed", range(12))
def test_random_logs_are_read_the_same_both_ways(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    names = ["受理", "a &amp; b", "&lt;x&gt;", "it's", "&quot;q&quot;", "é", " padded ", "&#233;" if seed % 3 else "e"]
    times = [MORNING, NOON, "2026-03-02T08:00:00.123Z", "2026-03-02", "never", "0001-01-01T00:00:00Z", ""]
    more = ['<int key="n" value="1"/>', "", '<string key="org:group" value="g &amp; h"/>', '<list key="l"></list>']

    def one() -> str:
        at = chance.choice(times[:4]) if chance.random() < 0.97 else chance.choice(times)
        return event(chance.choice(names), at, *chance.choices(more[: 4 if seed % 2 else 3], k=chance.randint(0, 2)))

    path = written(tmp_path, *(trace(str(n), *(one() for _ in range(chance.randint(0, 5)))) for n in range(60)))
    office = "SELECT attr(more, 'org:group'), attr(more, 'concept:name') FROM raw ORDER BY trace, pos"
    with read_xes(path, size=1500) as quick, read_xes(path, exactly=True) as exact:
        assert quick.rows(ROWS) == exact.rows(ROWS)
        assert quick.rows(office) == exact.rows(office)
        assert quick.bad() == exact.bad()
