import json
import sqlite3
from pathlib import Path

import pytest

from tests.mining.logs import small
from zhengtong.engines.mining import LogFault, follows, hand_overs, object_types, read_log, variants, write_ocel

PERMIT = {
    "objectTypes": [{"name": "permit", "attributes": []}, {"name": "parcel", "attributes": []}],
    "eventTypes": [{"name": "file", "attributes": []}, {"name": "inspect", "attributes": []}],
    "objects": [
        {"id": "p1", "type": "permit", "attributes": [{"name": "fee", "time": "2026-01-01T00:00:00Z", "value": 5}]},
        {"id": "p2", "type": "permit"},
        {"id": "land", "type": "parcel", "relationships": [{"objectId": "p1", "qualifier": "carries"}]},
    ],
    "events": [
        {
            "id": "e1",
            "type": "file",
            "time": "2026-03-02T08:00:00Z",
            "relationships": [{"objectId": "p1", "qualifier": ""}],
        },
        {
            "id": "e2",
            "type": "file",
            "time": "2026-03-02T09:00:00Z",
            "relationships": [{"objectId": "p2", "qualifier": ""}],
        },
        {
            "id": "e3",
            "type": "inspect",
            "time": "2026-03-03T08:00:00Z",
            "attributes": [{"name": "org:group", "value": "land office"}],
            "relationships": [{"objectId": each, "qualifier": ""} for each in ("p1", "p2", "land")],
        },
    ],
}


@pytest.fixture
def permit(tmp_path: Path) -> Path:
    path = tmp_path / "permit.json"
    path.write_text(json.dumps(PERMIT))
    return path


def test_an_event_belongs_to_every_object_of_the_type_that_is_the_case(permit: Path) -> None:
    with read_log(permit) as log:
        assert object_types(log) == {"permit": 3, "parcel": 1}
        assert follows(log) == {("file", "inspect"): 2}
        assert log.rows("SELECT name FROM office_name") == [("land office",)]
    with read_log(permit, case="parcel") as log:
        assert [each.way for each in variants(log)] == [("inspect",)]


@pytest.mark.parametrize("form", ["json", "xml", "sqlite"])
def test_what_is_written_is_read_again_with_all_objects(permit: Path, tmp_path: Path, form: str) -> None:
    with read_log(permit) as log:
        assert write_ocel(log, tmp_path / f"again.{form}") == 3
        with read_log(tmp_path / f"again.{form}") as again:
            assert object_types(again) == object_types(log)
            for case in ("permit", "parcel"):
                with read_log(permit, case=case) as one, read_log(tmp_path / f"again.{form}", case=case) as other:
                    assert variants(one) == variants(other)
            links = "SELECT source, target, qualifier FROM ocel_link ORDER BY ALL"
            assert again.rows(links) == log.rows(links)


@pytest.mark.parametrize("form", ["json", "xml", "sqlite"])
def test_a_log_of_cases_can_be_written_as_objects(tmp_path: Path, form: str) -> None:
    with small("a@x:p b@y c", "b a@x") as log:
        assert write_ocel(log, tmp_path / f"again.{form}") == 5
        with read_log(tmp_path / f"again.{form}") as again:
            assert variants(again) == variants(log)
            assert hand_overs(again) == hand_overs(log)


def test_bad_events_are_told(permit: Path, tmp_path: Path) -> None:
    found = json.loads(permit.read_text())
    found["events"][0]["time"] = "yesterday"
    (tmp_path / "bad.json").write_text(json.dumps(found))
    with read_log(tmp_path / "bad.json") as log:
        assert [(each.why, each.lines) for each in log.bad()] == [("broken-time", ((1, "yesterday"),))]


def test_an_event_of_no_object_that_is_described_is_told(tmp_path: Path) -> None:
    lost = {"id": "e9", "type": "inspect", "time": "2026-03-04T08:00:00Z", "relationships": [{"objectId": "gone"}]}
    alone = {"id": "e8", "type": "file", "time": "2026-03-04T08:00:00Z"}
    path = tmp_path / "lost.json"
    path.write_text(json.dumps(PERMIT | {"events": [*PERMIT["events"], lost, alone]}))
    with read_log(path) as log:
        assert [(each.why, each.lines) for each in log.bad()] == [("no-case", ((4, "inspect"), (5, "file")))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "not well-formed JSON"),
        ('{"a": 1}', "not OCEL"),
        ('{"objects": [], "events": [{"id": "e"}]}', "item 1 of events"),
        ("<log><objects>", "not well-formed XML"),
        ("<!DOCTYPE log><log><objects/><events/></log>", "entities"),
        ("<log><objects/><events/></log>", "no event belongs"),
    ],
)
def test_what_is_no_such_log_is_refused(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "log.ocel").write_text(text)
    with pytest.raises(LogFault, match=told):
        read_log(tmp_path / "log.ocel")


def test_another_database_is_refused(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "other.sqlite")
    db.execute("CREATE TABLE t (a)")
    db.close()
    with pytest.raises(LogFault, match="not an OCEL"):
        read_log(tmp_path / "other.sqlite")


def test_a_type_that_is_not_there_is_named_with_those_that_are(permit: Path) -> None:
    with pytest.raises(LogFault, match="permit, parcel"):
        read_log(permit, case="house")
