"""The figures of the offices follow the acts, and are the same when counted anew."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.restaurant import apply, do, papers, part, task
from zhengtong.cases import acts
from zhengtong.cases.acts.handling import outputs_of
from zhengtong.cases.law import charter_of
from zhengtong.cases.models import Case
from zhengtong.charter.model import LifeEvent
from zhengtong.ledger.acts import sequence
from zhengtong.observatory.counting import office_of
from zhengtong.observatory.models import Figures
from zhengtong.observatory.queries import figures
from zhengtong.observatory.rollup import bring_up_to_date, keep_up, rebuild

COLUMNS = [each.name for each in Figures._meta.fields if each.name != "id"]


def rows() -> set[tuple[str, ...]]:
    return {tuple(map(repr, row)) for row in Figures.objects.values_list(*COLUMNS)}


def count(now) -> int:
    sequence(now)
    return bring_up_to_date(now=now)


def row(office: str, procedure: str, first_on: date, span: str = "day") -> Figures:
    return Figures.objects.get(office=office, procedure=procedure, first_on=first_on, span=span)


@pytest.fixture
def accepted(cast, monday):
    joint = apply(cast, now=monday)
    do(joint, "accept", "accepted", by=cast.window, now=monday + timedelta(days=1))
    joint.refresh_from_db()
    return joint


def refuse(case, cast, now):
    do(case, "examine", "unsatisfied", by=cast.licensing, now=now)
    do(case, "decide", "refused", by=cast.licensing, reasons="布局不符", basis=["food-safety-law/35"], now=now)


def test_a_case_counts_for_the_body_that_the_law_makes_responsible(accepted, monday):
    count(monday + timedelta(days=1))
    assert row("heping-market", "food-licence", date(2026, 3, 2)).filed == 1
    assert row("heping-services", "open-restaurant", date(2026, 3, 2)).filed == 1


def test_a_refusal_counts_its_working_days_and_whether_it_was_on_time(accepted, cast, monday):
    refuse(part(accepted, "food-licence"), cast, monday + timedelta(days=3))
    count(monday + timedelta(days=3))
    found = row("heping-market", "food-licence", date(2026, 3, 5))
    assert (found.closed, found.on_time, found.late, found.taken) == (1, 1, 0, {"2": 1})


def test_a_late_decision_is_late(accepted, cast, monday):
    refuse(part(accepted, "food-licence"), cast, monday + timedelta(days=100))
    count(monday + timedelta(days=100))
    assert Figures.objects.get(span="day", procedure="food-licence", closed=1).late == 1


def test_a_withdrawn_case_is_closed_and_says_nothing_about_time(accepted, cast, monday):
    acts.withdraw(case=accepted, reason="", by=cast.lin_yue, now=monday + timedelta(days=2))
    count(monday + timedelta(days=2))
    found = row("heping-market", "food-licence", date(2026, 3, 4))
    assert (found.closed, found.taken) == (1, {})


def story(cast, accepted, monday):
    """A correction, a hand-over, a refusal, an appeal that sends it back, day after day."""
    food = part(accepted, "food-licence")
    items = [{"what": "制度", "why": ""}]
    stop = acts.request_correction(task=task(food, "examine"), items=items, by=cast.licensing, now=monday)
    yield monday + timedelta(days=1)
    acts.answer_correction(stop=stop, by=cast.lin_yue, documents=papers("floor-plan"), now=monday + timedelta(days=2))
    acts.hand_over(
        task=task(food, "examine"),
        to_post="market-bureau/licensing",
        reason="属于市局",
        by=cast.licensing,
        now=monday + timedelta(days=2),
    )
    yield monday + timedelta(days=2)
    refuse(food, cast, monday + timedelta(days=7))
    yield monday + timedelta(days=7)
    appeal = acts.file_application(
        procedure="appeal",
        person=cast.lin_yue.person,
        enterprise=cast.linjiang,
        about=food,
        answers=APPEAL,
        by=cast.lin_yue,
        channel="web",
        language="zh-Hans",
        request_key="appeal",
        now=monday + timedelta(days=8),
    )
    yield monday + timedelta(days=8)
    decide(appeal, "remitted", cast, monday + timedelta(days=9))
    yield monday + timedelta(days=9)
    acts.withdraw(case=accepted, reason="", by=cast.lin_yue, now=monday + timedelta(days=20))
    yield monday + timedelta(days=40)


APPEAL = {
    "appeal_request": "remit",
    "appeal_reasons": "操作间的布局符合要求，现场可以核实。",
    "stay_wanted": False,
    "hearing_wanted": False,
    "norm_review_wanted": False,
}


def decide(appeal, outcome, cast, now):
    """Every step of the appeal, to this outcome."""
    while open_task := appeal.tasks.filter(status="open").first():
        outputs = outputs_of(charter_of(appeal).process(appeal.procedure).nodes[open_task.node])[1]
        acts.complete(
            task=open_task,
            output=outcome if outcome in outputs else outputs[0],
            by=cast.officer(open_task.post),
            reasons="事实不清",
            basis=["reconsideration-law/64"],
            now=now,
        )


def test_counting_along_and_counting_anew_give_the_same(cast, accepted, monday):
    for now in story(cast, accepted, monday):
        count(now)
    along = rows()
    months = list(rebuild(now=now))
    assert rows() == along
    assert months == [date(2026, 3, 1), date(2026, 4, 1)]
    assert count(now) == 0, "the rebuilding has read the whole ledger"


def test_a_case_that_an_appeal_sent_back_is_no_longer_closed_on_its_old_day(cast, accepted, monday):
    seen = []
    for now in story(cast, accepted, monday):
        count(now)
        seen.append(Figures.objects.filter(span="day", procedure="food-licence", closed=1).first())
    refused, sent_back = seen[2], seen[4]
    assert refused.first_on == date(2026, 3, 9)
    assert sent_back is None
    assert row("heping-market", "food-licence", date(2026, 3, 11)).overturned == 1
    assert row("heping-market", "food-licence", date(2026, 3, 10)).appeals == 1
    assert row("heping-market", "food-licence", date(2026, 3, 1), span="month").corrections == 1


def test_counting_twice_changes_nothing(accepted, monday):
    count(monday + timedelta(days=1))
    before = rows()
    assert bring_up_to_date(now=monday + timedelta(days=1)) == 0
    assert rows() == before


def test_the_worker_rests_between_two_counts(accepted, monday):
    sequence(monday)
    assert keep_up(now=monday) > 0
    apply_again = monday + timedelta(seconds=30)
    assert keep_up(now=apply_again) == 0


def test_what_is_open_is_what_was_filed_and_not_closed(accepted, cast, monday):
    refuse(part(accepted, "food-licence"), cast, monday + timedelta(days=3))
    count(monday + timedelta(days=3))
    report = figures(code="2026-03", now=monday + timedelta(days=4))
    lines = {line.procedure: line for office in report.offices for line in office.lines}
    assert lines["food-licence"].open.value == 0
    still_open = accepted.parts.exclude(status="closed").first()
    assert lines[still_open.procedure].open.hidden, "one case only"


def many(case: Case, copies: int) -> None:
    """The same case again and again: as the kernel would have written it, without its acts."""
    for number in range(copies):
        case.pk, case.number, case.request_key = None, f"{case.number[:20]}-{number}", f"{case.request_key}{number}"
        case.save(force_insert=True)


def test_the_public_figures_tell_counts_days_and_shares(accepted, cast, monday):
    food = part(accepted, "food-licence")
    refuse(food, cast, monday + timedelta(days=3))
    food.refresh_from_db()
    many(food, 9)
    list(rebuild(now=monday + timedelta(days=4)))
    report = figures(code="2026", now=monday + timedelta(days=4))
    line = next(line for office in report.offices for line in office.lines if line.procedure == "food-licence")
    assert (line.filed.value, line.closed.value, line.median.value, line.p90.value) == (10, 10, 2, 2)
    assert line.on_time.value == Decimal("100.0")
    assert line.rating.value is None and not line.rating.hidden
    assert report.periods == ["2026", "2026-03"]
    assert report.whole.closed.value == 10


def test_nobody_is_named(accepted, cast, monday):
    count(monday + timedelta(days=1))
    told = repr(figures(now=monday + timedelta(days=1)))
    for person in (cast.lin_yue.person, cast.licensing.person):
        assert person.name not in told
        assert person.id_number not in told
    assert accepted.number not in told


def test_the_number_of_queries_does_not_grow(accepted, cast, monday):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            figures(now=monday + timedelta(days=4))
        return len(seen)

    count(monday + timedelta(days=1))
    few = queries()
    many(part(accepted, "shop-sign"), 30)
    list(rebuild(now=monday + timedelta(days=4)))
    assert queries() == few


def test_every_service_has_a_responsible_body_in_every_region(cast, monday):
    from zhengtong.charter.queries import in_force

    charter = in_force(monday.date()).charter
    for listed in charter.all_listed():
        for region in charter.regions:
            office = charter.organisations[office_of(charter, listed.id, region)]
            function = listed.acceptance.split("/")[0] if isinstance(listed, LifeEvent) else listed.body.function
            assert office.function == function
