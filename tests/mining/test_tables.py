from pathlib import Path

import pytest

from tests.mining.logs import small
from zhengtong.engines.mining import Keys, LogFault, follows, hand_overs, read_csv, read_log, variants, write_csv


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "log.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_columns_are_found_by_their_usual_names(tmp_path: Path) -> None:
    path = table(tmp_path, "Case ID,Activity,Timestamp,Department\n1,file,2026-03-02 08:00,A\n1,grant,2026-03-03,B\n")
    with read_csv(path) as log:
        assert follows(log) == {("file", "grant"): 1}
        assert [(each.source, each.target) for each in hand_overs(log)] == [("A", "B")]


def test_a_chinese_table_is_read(tmp_path: Path) -> None:
    text = "案件编号;环节;时间;部门\nA;受理;2026年3月2日;窗口\nA;审查;2026年3月4日;业务科\n"
    with read_csv(table(tmp_path, text, "gb18030"), encoding="gb18030") as log:
        assert follows(log) == {("受理", "审查"): 1}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("13/02/2026 09:30", "2026-02-13 09:30:00"),
        ("02/13/2026 09:30", "2026-02-13 09:30:00"),
        ("13.02.2026", "2026-02-13 00:00:00"),
        ("02/13/2026 9:30 PM", "2026-02-13 21:30:00"),
        ("2026-02-13T09:30:00+01:00", "2026-02-13 09:30:00"),
    ],
)
def test_the_usual_ways_to_write_a_time_are_understood(tmp_path: Path, written: str, read: str) -> None:
    with read_csv(table(tmp_path, f"case,activity,time\n1,a,{written}\n")) as log:
        assert str(log.value("SELECT wall FROM event")) == read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_western_table_says_nothing_of_its_encoding_and_is_read(tmp_path: Path, encoding: str) -> None:
    text = "Vorgang;Aktivität;Datum;Amt\r\n1;Prüfen;02.03.2026;Bürgeramt\r\n1;Erlass größer;03.03.2026;Straße\r\n"
    with read_log(table(tmp_path, text, encoding)) as log:
        assert follows(log) == {("Prüfen", "Erlass größer"): 1}
        assert [(each.source, each.target) for each in hand_overs(log)] == [("Bürgeramt", "Straße")]


def test_a_chinese_table_says_nothing_of_its_encoding_and_is_read(tmp_path: Path) -> None:
    text = "案件编号,环节,时间,部门\nA,受理,2026年3月2日,窗口\nA,审查,2026年3月4日,业务科\n"
    with read_log(table(tmp_path, text, "gb18030")) as log:
        assert follows(log) == {("受理", "审查"): 1}


@pytest.mark.parametrize(("written", "read"), [("1772442000", "09:00:00"), ("1772442000500", "09:00:00.5")])
def test_times_that_are_counted_since_1970_are_understood(tmp_path: Path, written: str, read: str) -> None:
    with read_csv(table(tmp_path, f"case,activity,time\n1,a,{written}\n")) as log:
        assert str(log.value("SELECT moment FROM event")).startswith(f"2026-03-02 {read}")


def test_a_first_line_that_only_names_the_separator_is_understood(tmp_path: Path) -> None:
    with read_csv(table(tmp_path, "sep=|\r\ncase|activity|time\r\n1|a, b|2026-03-02\r\n1|c|soon\r\n")) as log:
        assert [each.way for each in variants(log)] == [("a, b",)]
        assert log.bad()[0].lines[0][0] == 4


def test_two_remarks_may_have_the_same_name(tmp_path: Path) -> None:
    with read_csv(table(tmp_path, "case,activity,time,note,note\n1,a,2026-03-02,x,y\n")) as log:
        more = log.value("SELECT more FROM raw")
        assert 'key="note" value="x"' in more
        assert 'key="note_5" value="y"' in more


def test_bad_rows_are_told_by_their_line(tmp_path: Path) -> None:
    rows = ["1,a,2026-03-02", "1,b", "1,c,soon", ",d,2026-03-02", "1,,2026-03-02", "1,e,", "1,f,2026-03-04"]
    with read_csv(table(tmp_path, "case,activity,time\n" + "\n".join(rows) + "\n")) as log:
        assert [each.way for each in variants(log)] == [("a", "f")]
        assert {each.why: each.lines[0][0] for each in log.bad()} == {
            "broken-row": 3,
            "broken-time": 4,
            "no-case": 5,
            "no-activity": 6,
            "no-time": 7,
        }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("case,what,time\n1,a,2026-03-02\n", "activity"),
        ("a,b\n1,2\n", "three columns"),
        ("case,activity,time,Time\n1,a,2026-03-02,x\n", "same name"),
        ("case,activity,time\n", "no event"),
        ("", "three columns"),
    ],
)
def test_a_table_that_is_no_log_says_what_is_missing(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(LogFault, match=told):
        read_csv(table(tmp_path, text))


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = table(tmp_path, "nr|what|when\n1|a|2026-03-02\n1|b|2026-03-03\n")
    with read_csv(path, keys=Keys(case="nr", activity="what", moment="when")) as log:
        assert follows(log) == {("a", "b"): 1}
    with pytest.raises(LogFault, match="no column number"):
        read_csv(path, keys=Keys(case="number"))


def test_a_value_may_hold_anything_that_a_table_can(tmp_path: Path) -> None:
    path = table(tmp_path, 'case,activity,time,note\n1,"a, <""b"">\n& c",2026-03-02,\'\n')
    with read_csv(path) as log:
        assert [each.way for each in variants(log)] == [('a, <"b">\n& c',)]


def test_a_log_written_as_a_table_is_the_same_log(tmp_path: Path) -> None:
    with small("a@x:p b@y c", "b a@x") as log:
        assert write_csv(log, tmp_path / "again.csv") == 5
        with read_log(tmp_path / "again.csv") as again:
            assert variants(again) == variants(log)
            assert hand_overs(again) == hand_overs(log)


@pytest.mark.parametrize(
    "text",
    [
        "case,activity,date,time\n1,a,2026-03-02,8:30\n1,b,2026-03-02,17:05:10\n",
        "案件编号,环节,日期,时间\n1,a,2026年3月2日,上午8:30\n1,b,2026年3月2日,下午5:05:10\n",
        "Case;Activity;Start Date;Start Time;End Date;End Time\n1;a;1.3.2026;8:00;02.03.2026;08:30\n"
        "1;b;01.03.2026;08:00;02.03.2026;17:05:10\n",
        "Vorgang;Aktivität;Datum;Uhrzeit\n1;a;02.03.2026 00:00:00;8:30\n1;b;02.03.2026 00:00:00;17:05:10\n",
        "case,activity,time\n1,a,2026/3/2 上午8:30\n1,b,2026/3/2 下午5:05:10\n",
        "case,activity,time\n1,a,46083.354166667\n1,b,46083.7119213\n",
    ],
)
def test_a_time_in_two_columns_or_as_a_spreadsheet_has_it_is_one(tmp_path: Path, text: str) -> None:
    with read_log(table(tmp_path, text)) as log:
        assert [str(wall) for (wall,) in log.rows("SELECT wall FROM event ORDER BY seq")] == [
            "2026-03-02 08:30:00",
            "2026-03-02 17:05:10",
        ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(tmp_path: Path, encoding: str) -> None:
    with read_log(table(tmp_path, "案件编号\t环节\t时间\nA\t受理\t2026-03-02\nA\t审查\t2026-03-03\n", encoding)) as log:
        assert follows(log) == {("受理", "审查"): 1}


@pytest.mark.parametrize("above", ["\n\n", "办件清单, 2026, 共2行\n\n", "sep=,\n", "Exported on 2 March\n"])
def test_what_stands_above_the_names_of_the_columns_is_passed_over(tmp_path: Path, above: str) -> None:
    with read_log(table(tmp_path, above + "case,activity,time\n1,a,2026-03-02\n1,b\n1,c,2026-03-03\n")) as log:
        assert follows(log) == {("a", "c"): 1}
        assert log.bad()[0].lines[0][0] == above.count("\n") + 3


def test_lines_may_end_as_on_an_old_macintosh(tmp_path: Path) -> None:
    with read_log(table(tmp_path, "case,activity,time\r1,a,2026-03-02\r1,b,2026-03-03\r")) as log:
        assert follows(log) == {("a", "b"): 1}


@pytest.mark.parametrize("strays", [[500], [500, 700], [500, 640, 900]])
def test_a_quotation_mark_that_is_never_closed_costs_one_row_and_is_told(tmp_path: Path, strays: list[int]) -> None:
    rows = [f"{n},a,2026-03-02" for n in range(1000)]
    rows[10] = '10,"a note\n\nof three lines",2026-03-02'
    for n in strays:
        rows[n] = f'{n},"a,2026-03-02'
    with read_log(table(tmp_path, "case,activity,time\n" + "\n".join(rows) + "\n")) as log:
        assert log.value("SELECT count(*) FROM event") == 1000 - len(strays)
        assert log.bad()[0].why == "broken-row"
        assert [line for line, _what in log.bad()[0].lines] == [n + 4 for n in strays]


@pytest.mark.parametrize(
    ("begins", "told"),
    [
        (b"PK\x03\x04", "XLSX"),
        (b"\xd0\xcf\x11\xe0", "XLS"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"[1, 2]", "OCEL"),
    ],
)
def test_what_is_no_table_says_what_it_is(tmp_path: Path, begins: bytes, told: str) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(begins)
    with pytest.raises(LogFault, match=told):
        read_log(path)
