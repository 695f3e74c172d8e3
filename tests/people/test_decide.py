"""The one question, on values alone: may this post do this act in this matter, here and today?"""

from dataclasses import replace
from datetime import date

import pytest

from zhengtong.charter.grants import Grant
from zhengtong.people.decide import Against, Question, may_act

TODAY = date(2026, 3, 2)
HEPING, BINHE = "990102", "990103"

GRANT = Grant(
    post="market/desk",
    power="food",
    acts=frozenset({"accept", "examine"}),
    matters=frozenset({"food-licence"}),
    region=HEPING,
    within=frozenset({HEPING}),
    from_on=date(2026, 1, 1),
    to_on=date(2026, 12, 31),
)
ASKED = Question(post="market/desk", act="accept", matter="food-licence", region=HEPING, on=TODAY)


def test_a_power_over_act_matter_region_and_day_is_named_in_the_answer():
    answer = may_act(ASKED, [GRANT])
    assert answer.allowed
    assert answer.power == "food"


def test_a_delegated_power_says_by_which_delegation():
    assert may_act(ASKED, [replace(GRANT, via="delegation:7")]).power == "food/delegation:7"


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (replace(ASKED, act="decide"), Against.NO_ACT),
        (replace(ASKED, matter="fire-check"), Against.NO_MATTER),
        (replace(ASKED, region=BINHE), Against.NO_REGION),
        (replace(ASKED, on=date(2027, 1, 1)), Against.NO_TIME),
        (replace(ASKED, on=date(2025, 12, 31)), Against.NO_TIME),
        (replace(ASKED, act="revoke", region=BINHE), Against.NO_POWER),
    ],
)
def test_without_the_power_the_answer_says_what_is_missing(asked, why):
    answer = may_act(asked, [GRANT])
    assert not answer.allowed
    assert answer.against == (why,)
    assert answer.power == ""


def test_it_says_what_the_post_may_do_instead():
    assert may_act(replace(ASKED, act="decide"), [GRANT]).may == {"accept", "examine"}


def test_the_first_and_the_last_day_belong_to_it():
    assert all(may_act(replace(ASKED, on=day), [GRANT]).allowed for day in (GRANT.from_on, GRANT.to_on))


def test_a_power_over_no_matter_in_particular_is_one_over_all():
    assert may_act(replace(ASKED, matter="anything"), [replace(GRANT, matters=frozenset())]).allowed


@pytest.mark.parametrize("why", sorted({Against.NOT_SEATED, Against.KIN, Against.STOOD_ASIDE}))
def test_what_is_known_of_the_officer_excludes_whatever_the_post_may(why):
    answer = may_act(replace(ASKED, against=frozenset({why})), [GRANT])
    assert not answer.allowed
    assert answer.against == (why,)


def test_every_reason_is_told_not_only_the_first():
    answer = may_act(replace(ASKED, act="decide", against=frozenset({Against.KIN, Against.OWN_COMPANY})), [GRANT])
    assert answer.against == (Against.NO_ACT, Against.KIN, Against.OWN_COMPANY)
