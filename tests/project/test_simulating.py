"""`zhengtong process simulate`: variants side by side, from a plan, a log, or the record of a service."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from ruamel.yaml import YAML

from tests.process.drawings import xml
from zhengtong.charter.queries import in_force_at
from zhengtong.observatory.processes import planned, rules_of
from zhengtong.project.sample.history import write_history

DRAWN = (
    "user read post=desk/one outputs=answer:yes|no\nuser visit post=desk/two\nend good outcome=good\n"
    'end bad outcome=bad\nstart -> read -> xor1\nxor1 -> visit -> good : answer = "yes"\nxor1 => bad'
)
PLAN = """
first_day: 2026-01-05
office: {opens: "08:30", closes: "17:00", country: CN}
arrivals: {per_day: 12, hours: {9: 2, 14: 1}, closed: 0.1}
staff:
  - {posts: [desk/one, desk/two], count: 2}
  - {posts: [desk/two], hours: {opens: "13:00", days: [tue, thu]}, name: visitors}
times: {read: [10, 20, 60], visit: PT1H30M}
outcomes: {read: {yes: 3, no: 1}}
limit_days: 2
variants:
  one more: {staff: [{posts: [desk/one, desk/two], count: 3}]}
  quick: {times: {visit: 30}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "permit.bpmn").write_bytes(xml(DRAWN))
    (tmp_path / "plan.yaml").write_text(PLAN)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str, language: str = "en") -> str:
    call_command("process", "--language", language, "simulate", *arguments, "--cases", "150", "--runs", "3")
    return capsys.readouterr().out


def test_variants_of_a_plan_stand_side_by_side_in_words_and_as_a_picture(folder, capsys):
    out = told(capsys, "permit.bpmn", "--plan", "plan.yaml")
    assert [line.split(":")[0] for line in out.splitlines() if "nine in ten" in line] == ["permit", "one more", "quick"]
    assert out.count("against “permit”") == 2
    picture = (folder / "simulation.svg").read_text()
    assert all(name in picture for name in ("permit", "one more", "quick", "visitors", "read"))
    assert "one more：平均" in told(capsys, "permit.bpmn", "--plan", "plan.yaml", language="zh-Hans")
    assert "各环节平均等待" in (folder / "simulation.svg").read_text()


def test_two_models_are_compared_under_the_same_plan(folder, capsys):
    (folder / "shorter.bpmn").write_bytes(xml("user read post=desk/one outputs=answer:yes|no\nstart -> read -> end"))
    plan = PLAN.partition("variants")[0]
    (folder / "plan.yaml").write_text(plan)
    out = told(capsys, "permit.bpmn", "shorter.bpmn", "--plan", "plan.yaml")
    assert "against “permit”: -" in out


def test_rules_of_a_file_are_asked(folder, capsys):
    (folder / "risk.bpmn").write_bytes(
        xml('rule ask ref=risk_class into=risk\nuser read post=desk/one\nstart -> ask -> xor1\n'
            'xor1 -> read -> end : risk = "high"\nxor1 => end')
    )  # fmt: skip
    rules = settings.ZHENGTONG_CHARTER / "services" / "food-licence" / "rules.dmn"
    (folder / "plan.yaml").write_text("arrivals: {per_day: 5}\nstaff: [{posts: [desk/one]}]\n")
    assert "risk:" in told(capsys, "risk.bpmn", "--plan", "plan.yaml", "--rules", str(rules))


def test_arrivals_and_times_are_taken_from_a_log(folder, capsys):
    rows = ["case,activity,start_timestamp,timestamp,resource"]
    for number in range(40):
        day = f"2026-03-{2 + number % 5:02}"
        rows.append(f"c{number},read,{day}T09:{number:02}:00+08:00,{day}T10:{number:02}:00+08:00,ann")
    (folder / "log.csv").write_text("\n".join(rows))
    call_command("process", "simulate", "permit.bpmn", "--log", "log.csv", "--write-plan", "found.yaml")
    found = YAML(typ="safe").load((folder / "found.yaml").read_text())
    assert found["arrivals"]["per_day"] == 8
    assert found["arrivals"]["hours"] == {10: 40} or found["arrivals"]["hours"] == {9: 40}
    assert set(found["times"]["read"]) == {60.0}
    (folder / "staff.yaml").write_text("staff: [{posts: [desk/one, desk/two], count: 3}]\ntimes: {visit: 5}\n")
    out = told(capsys, "permit.bpmn", "--log", "log.csv", "--plan", "staff.yaml")
    assert "taken as even: read" in out
    assert "taken as usual" not in out


@pytest.mark.parametrize(
    ("written", "en", "zh"),
    [
        ("a: [", "is no YAML", "不是 YAML"),
        ("- 1", "is to be a mapping", "应为键值表"),
        ("staf: []", "“staf” is unknown; there are: first_day", "不认识“staf”"),
        ("staff: [{posts: [a]}]", "lacks “arrivals”", "缺少“arrivals”"),
        ("arrivals: {per_day: 1}", "lacks “staff”", "缺少“staff”"),
        ("arrivals: {per_day: 1}\nstaff: [{count: 2}]", "lacks “staff[1].posts”", "缺少"),
        ("arrivals: {per_day: many}\nstaff: [{posts: [a]}]", "“arrivals.per_day” is to be a number", "数字"),
        ("arrivals: {per_day: 1}\nstaff: [{posts: [a], count: 1.5}]", "“staff[1].count” is to be a whole", "整数"),
        ("times: {nap: 3}", "“times.nap”: no process has such a step", "没有这一环节"),
        ("times: {read: soon}\narrivals: {per_day: 1}\nstaff: [{posts: [a]}]", "minutes, or a duration", "时长"),
        ("office: {opens: 9}\narrivals: {per_day: 1}\nstaff: [{posts: [a]}]", "a time of day", "时刻"),
        ("office: {days: [today]}\narrivals: {per_day: 1}\nstaff: [{posts: [a]}]", "from mon to sun", "mon 至 sun"),
        ("office: {country: XX}\narrivals: {per_day: 1}\nstaff: [{posts: [a]}]", "that has a calendar", "有日历的国家"),
        ("first_day: soon\narrivals: {per_day: 1}\nstaff: [{posts: [a]}]", "“first_day” is to be a date", "日期"),
        ("arrivals: {per_day: 1}\nstaff: [{posts: [a]}]", "nobody works at the post 'desk/one'", "没有人员"),
        ("arrivals: {per_day: 1}\nstaff: [{posts: [a]}]\nvariants: {x: {model: y}}", "no such model", "没有这个流程"),
    ],
)  # fmt: skip
def test_a_bad_plan_is_told_by_its_place_in_both_languages(folder, capsys, written, en, zh):
    (folder / "plan.yaml").write_text(written)
    for language, words in (("en", en), ("zh-Hans", zh)):
        with pytest.raises(CommandError) as refused:
            told(capsys, "permit.bpmn", "--plan", "plan.yaml", language=language)
        assert words in str(refused.value)
    assert not (folder / "simulation.svg").exists()


def test_an_unsound_process_and_no_process_are_refused(folder, capsys):
    (folder / "dead.bpmn").write_bytes(
        xml("start -> xor1\nxor1 -> a : x = 1\nxor1 => b\na -> and1\nb -> and1\nand1 -> end")
    )
    with pytest.raises(CommandError, match="unsound"):
        told(capsys, "dead.bpmn", "--plan", "plan.yaml")
    with pytest.raises(CommandError, match="no process is named"):
        told(capsys)


KNOWN = {
    "times": {"accept": 5, "examine": 60, "inspect": 90, "hear": 60, "decide": 60},
    "outcomes": {"hear": {"held": 1}},  # no case of the sample asks for a hearing
}
UNTIL = datetime(2026, 10, 15, 18, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def history(cast):
    list(write_history(cases=12, seed=2, charter=in_force_at(UNTIL).charter, until=UNTIL, service="food-licence"))


def test_the_record_of_a_service_gives_its_plan_and_names_nobody(history):
    found = planned(procedure="food-licence", code="2026", now=UNTIL + timedelta(days=1))
    kinds = found["arrivals"]["kinds"]
    assert sum(each["weight"] for each in kinds) <= 12
    names = {name for each in kinds for name in each["facts"]}
    assert "accepted_jointly" in names
    assert not names & {"examination", "risk_class", "decision", "person_name", "legal_representative_name"}
    assert set(found["outcomes"]["decide"]) <= {"granted", "refused"}
    assert {each["posts"][0] for each in found["staff"]} >= {"market-regulation/licensing"}
    asked = rules_of(in_force_at(UNTIL).charter, "food-licence", UNTIL.date())
    assert {asked("risk_class", each["facts"]) for each in kinds} <= {"low", "medium", "high"}


def test_a_service_in_force_stands_beside_its_draft_with_its_own_rules(history, folder, capsys, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: UNTIL + timedelta(days=1))
    shutil.copytree(settings.ZHENGTONG_CHARTER, folder / "draft")
    process = folder / "draft" / "services" / "food-licence" / "process.bpmn"
    process.write_text(process.read_text().replace('licensing" act="examine"', 'inspection" act="examine"'))
    (folder / "plan.yaml").write_text(json.dumps(KNOWN))
    out = told(capsys, "--service", "food-licence", "--draft", "draft", "--plan", "plan.yaml")
    assert "in force:" in out
    assert "draft:" in out
    assert "taken as" not in out
    office = in_force_at(UNTIL).charter.organisations["market-bureau"]
    titles = {post.id: post.title["en"] for post in office.posts}
    assert titles["inspection"] in (folder / "simulation.svg").read_text()
    with pytest.raises(CommandError, match="there is no service “nothing”"):
        told(capsys, "--service", "nothing")
