"""A story that does not come true says where, what was expected, and what came."""

from pathlib import Path

import pytest
from django.conf import settings

from zhengtong.cases.models import Case
from zhengtong.cases.scenarios import play
from zhengtong.charter.scenarios import read_stories
from zhengtong.ledger.models import Act
from zhengtong.project.sample.people import players_of

CITY = Path(settings.ZHENGTONG_CHARTER)


@pytest.fixture
def told(cast, tmp_path):
    """Plays a story of the city that was changed in one place; gives the failures with their source lines."""

    def changed(name: str, old: str, new: str) -> list[tuple[str, str, str]]:
        source = (CITY / "scenarios" / f"{name}.yaml").read_text()
        assert old in source
        (tmp_path / "scenarios").mkdir()
        (tmp_path / "scenarios" / f"{name}.yaml").write_text(source := source.replace(old, new))
        stories, faults = read_stories(tmp_path)
        assert faults == []
        failures = play(stories[0], players=players_of(CITY))
        lines = source.splitlines()
        return [(lines[each.place.line - 1].strip(), each.expected, each.came) for each in failures]

    return changed


@pytest.mark.parametrize(
    ("old", "new", "line", "expected", "came"),
    [
        ("outcome: granted", "outcome: refused", "outcome: refused", "refused", "granted"),
        ("decided_on: 2026-03-17", "decided_on: 2026-03-18", "decided_on: 2026-03-18", "2026-03-18", "2026-03-17"),
        ("certificates: 1", "certificates: 2", "certificates: 2", "2", "1"),
        ("granted, rate]", "granted]", "letters: [received, accepted, granted]", "received, accepted, granted", None),
        ("case.accepted, ", "", "acts: [case.filed, case.decided, certificate.issued, case.closed]", None, None),
        ("status: closed", "status: closed\n  due_on: 2026-03-20", "due_on: 2026-03-20", "2026-03-20", "nothing"),
        ("status: closed", "status: closed\n  others: {appeal: refused}", None, "appeal refused", "nothing"),
    ],
)
def test_each_thing_that_is_otherwise_is_told_at_its_line(told, old, new, line, expected, came):
    (failure,) = told("sign-within-limits", old, new)
    assert line is None or failure[0] == line
    assert expected is None or failure[1] == expected
    assert came is None or failure[2] == came


def test_the_wording_of_the_outcome_is_compared(told):
    (failure,) = told("withdrawn-in-time", "en: withdrawn}", "en: gone}")
    assert failure[1:] == ("已撤回 / gone", "已撤回 / withdrawn")


def test_an_application_that_is_refused_is_told(told):
    (failure,) = told("sign-within-limits", "sign_width: 8", "sign_width: wide")
    assert failure[0] == "file:"
    assert "invalid-answers" in failure[2]


def test_a_step_that_is_refused_is_told(told):
    (failure,) = told("sign-within-limits", "by: heping-services/window", "by: market-bureau/head")
    assert "not-your-task" in failure[2]


def test_a_step_that_should_have_been_refused_is_told(told):
    (failure,) = told("sign-within-limits", "output: accepted", "output: accepted, refused: not-your-task")
    assert failure[1:] == ("refused (not-your-task)", "it was done")


def test_another_refusal_than_the_one_expected_is_told(told):
    (failure,) = told("reasons-are-owed", "refused: reasons-missing", "refused: not-your-task")
    assert failure[1] == "refused (not-your-task)"
    assert "reasons-missing" in failure[2]


def test_a_step_that_is_not_open_is_told_with_those_that_are(told):
    (failure,) = told("fire-check-corrected", "node: accept", "node: inspect")
    assert "inspect of fire-check is open" in failure[1]
    assert "fire-check:accept" in failure[2]


@pytest.mark.parametrize("act", ["answer-correction", "take"])
def test_an_answer_to_what_was_not_asked_is_told(told, act):
    (failure,) = told("sign-within-limits", "act: complete", f"act: {act}")
    assert failure[2] == "none"


def test_nobody_in_a_post_is_told(told):
    (failure,) = told("sign-within-limits", "by: heping-services/window", "by: heping-services/nobody")
    assert failure[2] == "nobody"


def test_a_story_leaves_nothing_behind(cast):
    before = Act.objects.count()
    play(read_stories(CITY)[0][0], players=players_of(CITY))
    assert (Case.objects.count(), Act.objects.count()) == (0, before)
