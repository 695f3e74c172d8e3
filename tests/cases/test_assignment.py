"""Among those who share a post, a step goes to the skill and then to the least load; it can be taken or handed back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import signed_in
from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.decide import Candidate, choose
from zhengtong.cases.errors import NotYourTask
from zhengtong.cases.handover_errors import HandoverNeedsReason
from zhengtong.ledger.models import Act
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.acts import take_post

POST = "heping-market/inspection"
SKILLS = [frozenset[str](), frozenset({"food"}), frozenset({"fire"}), frozenset({"food", "fire"})]
CANDIDATES = st.lists(st.tuples(st.sampled_from(SKILLS), st.integers(0, 9)), max_size=7)


@given(given_=CANDIDATES, skill=st.sampled_from(["", "food", "fire"]))
def test_nobody_with_the_skill_and_less_to_do_is_passed_over(given_, skill):
    candidates = [Candidate(person=pk, skills=skills, load=load) for pk, (skills, load) in enumerate(given_, 1)]
    choice = choose(candidates, skill=skill)
    assert (choice is None) == (not candidates)
    if choice:
        (chosen,) = (each for each in candidates if each.person == choice.person)
        able = [each for each in candidates if skill in each.skills] or candidates
        assert chosen in able and chosen.load == choice.load == min(each.load for each in able)
        assert bool(choice.skill) == (skill in chosen.skills)
        assert choose(candidates[::-1], skill=skill) == choice, "the order of the candidates does not matter"


@pytest.fixture
def colleague(cast, monday) -> Actor:
    """A second inspector, who knows food hygiene."""
    person = cast.officer("market-bureau/inspection").person
    take_post(person=person, post=POST, from_on=monday.date(), by=PROGRAM, now=monday, skills=["food-hygiene"])
    return Actor(person, POST)


@pytest.fixture
def first(cast) -> Actor:
    """The first inspector, who sat there before."""
    return cast.officer(POST)


def inspected(cast, monday, key="first"):
    joint = apply(cast, now=monday, key=key)
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    food = part(joint, "food-licence")
    do(food, "examine", "satisfied", by=cast.licensing, now=monday)
    return task(food, "inspect")


def test_a_post_of_one_needs_no_choice(cast, monday):
    step = inspected(cast, monday)
    assert step.officer is None and not Act.objects.filter(kind="case.task.assigned").exists()


def test_the_skill_comes_before_the_load_and_the_desk_says_why(first, colleague, cast, settings, monday):
    inspected(cast, monday, key="one")
    step = inspected(cast, monday, key="two")
    assert step.officer == colleague.person and step.chosen_by == {"skill": "food-hygiene", "load": 1}
    assert Act.objects.filter(kind="case.task.assigned").count() == 2
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    for page in ("", f"tasks/{step.pk}"):
        shown = signed_in(first).get(f"/desk/{POST}/{page}").content.decode()
        assert "具备技能“食品卫生”，在办环节最少（1 件）" in shown


def test_whoever_has_it_hands_it_back_to_the_next_and_says_why(first, colleague, cast, monday):
    step = inspected(cast, monday)
    with pytest.raises(NotYourTask):
        acts.hand_back(task=step, reason="不在", by=first, now=monday)
    with pytest.raises(HandoverNeedsReason):
        acts.hand_back(task=step, reason=" ", by=colleague, now=monday)
    acts.hand_back(task=step, reason="出差", by=colleague, now=monday)
    step.refresh_from_db()
    assert (step.officer, step.post) == (first.person, POST)
    assert step.chosen_by == {"skill": "", "load": 0}, "nobody else has the skill, and the step does not wait"
    assert Act.objects.get(kind="case.task.handed-back").reason == "出差"


def test_a_colleague_may_take_it_up(first, colleague, cast, monday):
    step = acts.claim(task=inspected(cast, monday), by=first, now=monday)
    assert (step.officer, step.chosen_by) == (first.person, None)


def test_it_is_handed_back_on_the_page(first, colleague, cast, settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    step = inspected(cast, monday)
    page = signed_in(colleague)
    assert page.post(f"/desk/{POST}/tasks/{step.pk}/hand-back", {"why": ""}).status_code == 422
    assert page.post(f"/desk/{POST}/tasks/{step.pk}/hand-back", {"why": "出差"}).status_code == 302
    step.refresh_from_db()
    assert step.officer == first.person
