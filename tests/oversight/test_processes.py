"""The supervisor sees how a service really runs, beside its model; posts are named, persons are not."""

from datetime import timedelta

import pytest

from tests.restaurant import part, task
from zhengtong.cases import acts
from zhengtong.observatory.processes import NothingRecorded, process_of

PAGE = "/oversight/supervision-office/duty/process"
ASKED = {"service": "food-licence", "period": "2026"}


@pytest.fixture
def supervisor(browser, cast):
    return browser(cast.supervisor)


@pytest.fixture
def passed_around(accepted, cast, monday):
    """The food licence is offered to the signs post, which does not want it, and stays with licensing."""
    food = part(accepted, "food-licence")
    for reason in ("一", "二"):
        offer = acts.hand_over(
            task=task(food, "examine"), to_post="urban-management/signs", reason=reason, by=cast.licensing, now=monday
        )
        acts.decline(handover=offer, answer="不是我的", competent=offer.from_post, by=cast.signs, now=monday)
    return food


def found(monday, **asked):
    return process_of(**{"procedure": "food-licence", "code": "2026", "language": "en", "now": monday} | asked)


def test_the_acts_of_a_case_are_events_with_their_number(passed_around, monday):
    report = found(monday)
    assert report.found.quality.cases == 1
    assert report.found.quality.bad == ()
    assert report.of == 1


def test_work_that_came_back_to_an_office_is_seen_though_all_happened_at_once(passed_around, monday):
    returns = found(monday).found.office_returns
    assert (returns.cases, returns.count) == (1, 2)
    assert all("Market" in each.office or "Market" in each.other for each in returns.returns)


def test_a_hand_over_is_no_deviation_from_the_model(passed_around, monday):
    assert found(monday).found.conformance.unknown == {}


def test_it_can_be_asked_for_an_office_and_a_period(passed_around, monday):
    assert found(monday, office="urban-management").of == 1
    for asked in ({"office": "fire-brigade"}, {"code": "2025"}, {"code": "2026-04"}):
        with pytest.raises(NothingRecorded):
            found(monday, **asked)


def test_the_page_shows_the_map_beside_the_model_and_names_nobody(supervisor, passed_around, cast):
    answer = supervisor.get(PAGE, ASKED)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<svg") >= 2
    assert "Ping-pong" in page
    assert cast.licensing.person.name not in page


def test_the_page_says_when_there_is_nothing_or_the_question_is_wrong(supervisor, passed_around):
    assert supervisor.get(PAGE).status_code == 200
    assert supervisor.get(PAGE, ASKED | {"period": "2025"}).status_code == 404
    assert supervisor.get(PAGE, ASKED | {"period": "soon"}).status_code == 422
    assert supervisor.get(PAGE, ASKED | {"service": "no-such", "share": "lots"}).status_code == 200


def test_it_is_for_who_supervises(browser, cast, passed_around):
    assert browser(cast.licensing).get("/oversight/heping-market/licensing/process", ASKED).status_code == 404


def test_a_case_is_late_by_the_limit_that_was_promised(passed_around, monday):
    late = found(monday).found.late
    assert (late.of, late.cases) == (1, 0)


def test_steps_are_named_in_the_language_of_the_reader(passed_around, monday):
    told = {each.step for each in found(monday).found.conformance.deviations}
    assert told
    assert all(name.isascii() for name in told)


def test_waiting_ends_when_an_officer_takes_the_step_up(accepted, cast, monday):
    food = part(accepted, "food-licence")
    opened = task(food, "examine").opened_at
    acts.claim(task=task(food, "examine"), by=cast.licensing, now=opened + timedelta(days=1))
    acts.complete(task=task(food, "examine"), output="satisfied", by=cast.licensing, now=opened + timedelta(days=3))
    (step,) = found(opened + timedelta(days=3)).found.steps
    assert step.working == pytest.approx(2.0)
