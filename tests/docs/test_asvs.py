"""The checklist of OWASP ASVS is complete and honest: nothing is met without evidence, and all evidence is there."""

from collections import Counter

import pytest

from tools.asvs import PAGE, ROOT, STATUSES, page, requirements, tagged

ROWS = requirements()


def test_it_has_every_requirement_of_the_first_two_levels_once():
    """The standard has 70 of level 1 and 183 of level 2."""
    levels = Counter(row["level"] for row in ROWS.values())
    assert (levels[1], levels[2]) == (70, 183)


@pytest.mark.parametrize("number", sorted(ROWS))
def test_what_it_says_has_evidence_that_exists_or_a_reason(number):
    row = ROWS[number]
    assert row["status"] in STATUSES
    assert [place for place in row["evidence"] if not (ROOT / place).exists()] == []
    assert row["evidence"] or tagged()[number] if row["status"] == "met" else row["note"]


def test_every_mark_of_a_test_is_a_requirement_that_is_claimed():
    wrong = {number for number in tagged() if ROWS.get(number, {}).get("status") not in {"met", "partly"}}
    assert wrong == set()


def test_the_page_is_in_step():
    """If this fails: `python -m tools.asvs`."""
    assert PAGE.read_text("utf-8") == page()
