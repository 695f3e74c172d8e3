"""A story is about what the charter has; the checker tells what is not there, with its line."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from zhengtong.charter.charter import load
from zhengtong.charter.scenarios import check_stories, read_stories

CITY = Path(settings.ZHENGTONG_CHARTER)
STORY = "appeal-overturns-refusal"


@pytest.fixture(scope="module")
def charter():
    return load(CITY)


@pytest.fixture
def wrong(charter, tmp_path):
    """What the checker says of a story of the city that was changed in one place, as code and source line."""

    def changed(old: str, new: str, story: str = STORY) -> list[tuple[str, str]]:
        source = (CITY / "scenarios" / f"{story}.yaml").read_text()
        assert old in source
        (tmp_path / "scenarios").mkdir()
        (tmp_path / "sample").mkdir()
        (tmp_path / "sample" / "people.yaml").write_bytes((CITY / "sample" / "people.yaml").read_bytes())
        (tmp_path / "scenarios" / f"{story}.yaml").write_text(source := source.replace(old, new, 1))
        lines = source.splitlines()
        return [(each.code, lines[each.line - 1].strip()) for each in check_stories(tmp_path, charter)]

    return changed


def test_those_of_the_city_are_faultless(charter):
    assert check_stories(CITY, charter) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("procedure: food-licence-renewal", "procedure: food-licence-renewel", "unknown-reference"),
        ("person: lin-yue", "person: lin-yu", "unknown-reference"),
        ("for: linjiang", "for: linjian", "unknown-reference"),
        ("licence_number:", "licence_numbr:", "unknown-reference"),
        ("by: justice-bureau/head", "by: justice-bureau/chief", "unknown-reference"),
        ('by: "person:lin-yue"', 'by: "person:lin-yu"', "unknown-reference"),
        ('node: "appeal:hear"', 'node: "appeal:listen"', "unknown-reference"),
        ('node: "appeal:hear"', 'node: "apeal:hear"', "unknown-reference"),
        ("output: held", "output: hold", "unknown-reference"),
        ("procedure: appeal", "procedure: apeal", "unknown-reference"),
        ("appeal_request:", "appeal_requests:", "unknown-reference"),
        ("[received,", "[recieved,", "unknown-reference"),
        ("others: {appeal:", "others: {apeal:", "unknown-reference"),
        ("reconsideration-law/48", "reconsideration-law/999", "no-such-article"),
        ("on: 2026-06-01", "on: 1990-06-01", "article-not-in-force"),
        ("status: closed", "state: closed", "unknown-key"),
        ("act: wait", "act: sleep", "wrong-value"),
        ("after: P1WD", "after: soon", "wrong-value"),
        ("illustrates: [", "illustrates: [nothing, ", "wrong-value"),
        ("then:", "then: {", "yaml-syntax"),
        (f"id: {STORY}", "id: another", "wrong-id"),
    ],
)
def test_each_fault_is_told(wrong, old, new, code):
    found = wrong(old, new)
    assert code in {each for each, _line in found}


@pytest.mark.parametrize(
    ("story", "old", "new"),
    [
        ("buck-stops", "to: heping-market/licensing", "to: heping-market/nobody"),
        ("hygiene-report-later", "[hygiene-test-report]", "[hygiene-report]"),
    ],
)
def test_a_fault_is_told_at_its_line(wrong, story, old, new):
    ((code, line),) = wrong(old, new, story)
    assert code == "unknown-reference"
    assert new in line


def test_a_file_whose_name_no_story_can_have_is_told(tmp_path):
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "A story.yaml").write_text("id: a")
    assert [each.code for each in read_stories(tmp_path)[1]] == ["unknown-file"]


def test_the_check_command_fails_on_a_story_about_nobody(tmp_path, capsys):
    copy = shutil.copytree(CITY, tmp_path / "city")
    story = copy / "scenarios" / f"{STORY}.yaml"
    story.write_text(story.read_text().replace("person: lin-yue", "person: nobody", 1))
    with pytest.raises(SystemExit):
        call_command("check", str(copy), language="en")
    told = capsys.readouterr().out
    assert "There is no sample person “nobody”." in told
    assert f"scenarios/{STORY}.yaml:8" in told
