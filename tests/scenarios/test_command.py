"""`zhengtong scenarios DIR` plays stories in a city that is founded for it."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

CITY = Path(settings.ZHENGTONG_CHARTER)


@pytest.fixture
def city(tmp_path):
    """A copy of the sample city with one story, and what is not law."""
    copy = tmp_path / "city"
    shutil.copytree(CITY, copy, ignore=lambda folder, names: names if Path(folder).name == "scenarios" else [])
    shutil.copy(CITY / "scenarios" / "residence-at-once.yaml", copy / "scenarios")
    return copy


@pytest.mark.slow
@pytest.mark.once
def test_a_story_that_comes_true_is_one_line(city, capfd):
    call_command("scenarios", str(city))
    first, last = capfd.readouterr().out.splitlines()
    assert first.startswith("ok     residence-at-once")
    assert last == "1 stories, 1 came true, 0 did not."


@pytest.mark.slow
@pytest.mark.once
def test_a_story_that_does_not_ends_in_failure_and_says_where(city, capfd):
    story = city / "scenarios" / "residence-at-once.yaml"
    story.write_text(story.read_text().replace("certificates: 1", "certificates: 3"))
    with pytest.raises(SystemExit) as end:
        call_command("scenarios", str(city), "residence-at-once")
    assert end.value.code == 1
    told = capfd.readouterr().out
    assert "scenarios/residence-at-once.yaml:19" in told
    assert "expected: 3" in told and "came:     1" in told


def test_a_story_that_is_not_there_is_told(city):
    with pytest.raises(CommandError, match="no story nobody"):
        call_command("scenarios", str(city), "nobody")


def test_nothing_is_played_while_the_charter_has_errors(city):
    (city / "scenarios" / "residence-at-once.yaml").write_text("id: [")
    with pytest.raises(CommandError, match="zhengtong check"):
        call_command("scenarios", str(city))
