"""The supervisor sees how a service really runs, beside its model; posts are named, persons are not."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.restaurant import part, task
from zhengtong.cases import acts, kinds
from zhengtong.charter.queries import in_force_at
from zhengtong.engines.mining import ping_pong, quality, read_log
from zhengtong.ledger.acts import record
from zhengtong.ledger.kinds import KINDS
from zhengtong.observatory.processes import NothingRecorded, process_of
from zhengtong.observatory.processes.changes import changes
from zhengtong.observatory.processes.chosen import Recorded, cases_of
from zhengtong.people.actor import PROGRAM
from zhengtong.project.sample.history import write_history
from zhengtong.vault import ring

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
    told = {each.name for each in found(monday).found.map.steps}
    assert told
    assert all(name.isascii() for name in told)


def test_a_case_that_goes_on_is_late_once_its_day_has_passed_and_not_judged_yet(passed_around, monday):
    report = found(monday + timedelta(days=90))
    assert (report.found.late.cases, report.found.late.open) == (1, 1)
    assert report.found.quality.open == 1
    assert (report.found.ended, report.found.ways, report.found.lasting.count) == (0, 0, 0)
    assert report.found.conformance.deviations == ()


def test_a_withdrawn_application_is_no_deviation(passed_around, accepted, cast, monday):
    acts.withdraw(case=accepted, reason="", by=cast.lin_yue, now=monday)
    fits = found(monday).found.conformance
    assert (fits.cases, fits.fitting, fits.deviations) == (1, 1, ())


def test_what_changed_is_told_since_the_last_enactment_or_since_a_day(passed_around, monday):
    enacted, asked = found(monday), found(monday, since="2026-02-01")
    assert asked.since.isoformat() == "2026-02-01" != enacted.since.isoformat()
    assert {each.measure for each in asked.found.changes} == {
        "working-days",
        "steps",
        "repeats",
        "corrections",
        "hand-overs",
        "cases",
    }
    assert any("2026-02-01" in section.title["en"] for section in asked.sections)


def test_changes_are_counted_by_the_database_in_six_queries(passed_around, monday, django_assert_num_queries):
    enacted = in_force_at(monday)
    given = {"charter": enacted.charter, "calendar": enacted.charter.working_days(), "today": monday.date()}
    with django_assert_num_queries(6):
        changes("food-licence", monday.date(), office="", **given)


def test_a_day_that_is_none_or_to_come_is_not_taken(passed_around, monday):
    assert {found(monday, since=day).since for day in ("soon", "2999-01-01", "", "\x00")} == {found(monday).since}


@pytest.mark.parametrize("form", ["xes.gz", "csv", "json"])
def test_the_record_can_be_had_as_an_event_log(supervisor, passed_around, cast, tmp_path, form):
    answer = supervisor.get(f"{PAGE}.{form}", ASKED)
    path = tmp_path / f"log.{form}"
    path.write_bytes(b"".join(answer.streaming_content))
    assert f'filename="food-licence-2026.{form}"' in answer["Content-Disposition"]
    with read_log(path) as log:
        assert quality(log).bad == ()
        assert log.rows("SELECT case_id FROM cases") == [(passed_around.number,)]
        assert ping_pong(log).count == 2
    assert cast.licensing.person.name not in path.read_bytes().decode(errors="ignore")


def test_no_other_form_and_nobody_else_gets_it(supervisor, browser, passed_around, cast):
    assert supervisor.get(f"{PAGE}.exe", ASKED).status_code == 404
    assert supervisor.get(f"{PAGE}.csv", {"service": "no-such"}).status_code == 404
    assert supervisor.get(f"{PAGE}.csv", ASKED | {"period": "2025"}).status_code == 404
    assert browser(cast.licensing).get("/oversight/heping-market/licensing/process.csv", ASKED).status_code == 404


def test_the_command_writes_the_record_of_a_service(passed_around, monday, tmp_path, settings):
    said = StringIO()
    call_command("record", "food-licence", period="2026", out=tmp_path / "log.xes", language="en", stdout=said)
    with read_log(tmp_path / "log.xes") as log:
        assert f"{log.value('SELECT count(*) FROM event')} events" in said.getvalue()
    with pytest.raises(CommandError, match="There is no service"):
        call_command("record", "no-such", out=tmp_path / "log.xes")
    with pytest.raises(CommandError, match="No case"):
        call_command("record", "food-licence", period="2025", out=tmp_path / "log.xes", language="en")


def test_the_keys_of_all_cases_are_fetched_at_once(cast, monday):
    until = monday + timedelta(days=200)
    list(write_history(cases=6, seed=2, charter=in_force_at(until).charter, until=until, service="food-licence"))
    chosen = cases_of("food-licence", date(2025, 1, 1), until.date(), office="", charter=in_force_at(until).charter)
    recorded = Recorded(chosen, in_force_at(until).charter.working_days(), "en")
    found(until)  # so that charters are in memory
    ring.forget()
    with CaptureQueriesContext(connection) as queries, recorded.log("record") as log:
        assert log.value("SELECT count(*) FROM cases") == 6
    assert len([each for each in queries if "vault_key" in each["sql"]]) == 1


def test_a_process_that_stood_still_is_told_as_that_and_ends_no_step(passed_around, monday):
    with transaction.atomic():
        record(
            kind=kinds.INCIDENT,
            subject=passed_around.number,
            by=PROGRAM,
            now=monday,
            particulars={"step": "examine", "code": "no-way"},
        )
    told = {each.name for each in found(monday).found.map.steps}
    assert KINDS[kinds.INCIDENT].title["en"] in told


def test_waiting_ends_when_an_officer_takes_the_step_up(accepted, cast, monday):
    food = part(accepted, "food-licence")
    opened = task(food, "examine").opened_at
    acts.claim(task=task(food, "examine"), by=cast.licensing, now=opened + timedelta(days=1))
    acts.complete(task=task(food, "examine"), output="satisfied", by=cast.licensing, now=opened + timedelta(days=3))
    (step,) = found(opened + timedelta(days=3)).found.steps
    assert step.working == pytest.approx(2.0)
