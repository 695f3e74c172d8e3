"""A rating is not shown to those whom it rates, nor handled by them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cases.test_petition_clocks import answered, filed
from tests.cast import signed_in
from tests.restaurant import apply, do, task
from tests.rounds import copied
from zhengtong.cases import acts, kinds, rated
from zhengtong.cases.authority import may
from zhengtong.cases.errors import AboutThatOffice, NoSuchCase
from zhengtong.cases.queries import case_for, desk, supervised, task_for
from zhengtong.cases.rated import is_secret_from
from zhengtong.cases.registers import read
from zhengtong.faces.shared import clock
from zhengtong.ledger.models import Act
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.acts import issue_token, take_post
from zhengtong.people.decide import Against
from zhengtong.people.scopes import SCOPES

APPEAL = {"appeal_request": "set-aside", "appeal_reasons": "没有核实就答复，与事实不符。", "stay_wanted": False}
APPEAL |= {"hearing_wanted": False, "norm_review_wanted": False}
AGREEMENT = "population-identity-window"


@pytest.fixture
def rated_petition(cast, monday):
    petition = answered(filed(cast, monday), cast, monday)
    acts.rate(case=petition, level=1, comment="敷衍了事", by=cast.lin_yue, channel="web", now=monday)
    return petition


def test_the_office_that_was_rated_sees_neither_the_rating_nor_that_there_is_one(rated_petition, cast, monday):
    own, theirs = (
        case_for(who, rated_petition.number, now=monday)
        for who in (cast.lin_yue, cast.officer("petition-office/reception"))
    )
    assert own.rating.level == 1
    assert theirs.rating is None
    assert "case.rated" in {each.kind for each in own.history}
    assert "case.rated" not in {each.kind for each in theirs.history}


@pytest.fixture
def follow_up(cast, monday):
    """The window of Heping took her application in, and would be the one to put right what she rates."""
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    acts.withdraw(case=case, reason="", by=cast.lin_yue, now=monday)
    case.refresh_from_db()
    return acts.rate(case=case, level=1, comment="敷衍了事", by=cast.lin_yue, channel="web", now=monday).follow_up


def taken_in(cast, now):
    """Chen Xiaoyu's certificate, which the bureau took in at its own counter and the program granted at once."""
    clerk = cast.officer("services-bureau/window")
    told = {"person": cast.chen_xiaoyu.person, "by": clerk, "answers": {"certified_matter": "relation"}}
    given = {"procedure": "household-certificate", "language": "zh-Hans", "request_key": "k", "channel": "counter"}
    return acts.file_application(**told, **given, now=now)


@pytest.fixture
def colleague(cast, monday):
    """Sits beside the officer of the window, and had no step of what was rated."""
    person = cast.wang_defu.person
    take_post(person=person, post=cast.window.post, from_on=monday.date(), by=PROGRAM, now=monday)
    return Actor(person, cast.window.post)


def test_whoever_served_takes_no_part_in_what_follows_a_bad_rating(follow_up, cast, monday):
    do(follow_up, "verify", "founded", by=cast.supervisor, now=monday)
    put_right = follow_up.tasks.get(node="put_right")
    assert put_right.post != cast.window.post
    with pytest.raises(NoSuchCase):
        case_for(cast.window, follow_up.number, now=monday)
    assert all(row.party == "" for row in desk(cast.officer(put_right.post), now=monday) if row.id == put_right.pk)
    assert Against.RATED in may(follow_up, by=cast.window, act="examine", now=monday).against


def test_to_the_colleagues_of_whoever_served_it_is_not_there(follow_up, colleague, cast, monday):
    step = task(follow_up, "verify")
    for look in (
        lambda who: case_for(who, follow_up.number, now=monday),
        lambda who: task_for(who, step.pk, now=monday),
        lambda who: read(agreement=AGREEMENT, key="", case=follow_up.number, by=who, now=monday),
    ):
        with pytest.raises(NoSuchCase):
            look(colleague)
    assert Against.SPOKEN_OF in may(follow_up, by=colleague, act="examine", now=monday).against
    assert case_for(cast.supervisor, follow_up.number, now=monday).case == follow_up


def test_no_page_list_or_interface_of_theirs_has_it(follow_up, colleague, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    browser, number = signed_in(colleague), follow_up.number
    at = f"/desk/{colleague.post}"
    hidden = ("", "/papers", "/documents/1", "/papers/1", "/notice", "/may", "/third-parties", "/replay/1")
    assert {browser.get(f"{at}/cases/{number}{each}").status_code for each in hidden} == {404}
    assert browser.get(f"{at}/tasks/{task(follow_up, 'verify').pk}").status_code == 404
    assert browser.get(f"/counter/{colleague.post}/corrections?number={number}").status_code == 404
    for page in (f"{at}/", f"{at}/registers", f"{at}/looks", "/oversight/figures", "/oversight/record"):
        answer = browser.get(page, follow=True)
        assert answer.status_code == 200
        assert number not in answer.content.decode()
    secret = issue_token(person=colleague.person, name="t", scopes=SCOPES, days=1, by=PROGRAM, now=clock.now())
    asked = {"headers": {"Authorization": f"Bearer {secret}"}}
    for path in (
        f"cases/{number}",
        f"cases/{number}/history",
        f"cases/{number}/may-act?post={colleague.post}&act=examine",
    ):
        assert browser.get(f"/api/v1/{path}", **asked).status_code == 404
    tasks = browser.get(f"/api/v1/tasks?post={colleague.post}", **asked)
    assert tasks.status_code == 200
    assert number not in tasks.content.decode()


def test_what_is_to_be_put_right_is_given_to_another_office(follow_up, colleague, cast, monday):
    do(follow_up, "verify", "founded", by=cast.supervisor, now=monday)
    step = task(follow_up, "put_right")
    assert step.post.partition("/")[0] not in follow_up.kept_from
    with pytest.raises(AboutThatOffice):
        acts.hand_over(task=step, to_post=colleague.post, reason="贵处办过", by=cast.officer(step.post), now=monday)
    assert all(row.number != follow_up.number for row in desk(colleague, now=monday))


def test_who_supervises_the_rated_office_from_within_it_has_no_late_row_of_it(cast, monday):
    """The bureau took it in at its own counter; its director watches over what is late in the whole city."""
    case = taken_in(cast, monday)
    follow_up = acts.rate(case=case, level=2, by=cast.chen_xiaoyu, channel="web", now=monday).follow_up
    late = monday + timedelta(days=30)
    director, supervisor = cast.officer("services-bureau/head"), cast.supervisor
    assert follow_up.kept_from == ["services-bureau"]
    numbers = [{each.row.number for each in supervised(who, now=late)} for who in (director, supervisor)]
    assert [follow_up.number in each for each in numbers] == [False, True]


def test_the_list_of_what_is_late_asks_as_much_however_many_ratings_are_followed_up(
    follow_up, cast, monday, django_assert_max_num_queries
):
    late = monday + timedelta(days=30)
    with CaptureQueriesContext(connection) as before:
        supervised(cast.supervisor, now=late)
    copied(follow_up, 10)
    with django_assert_max_num_queries(len(before)):
        assert len(supervised(cast.supervisor, now=late)) == 11


def test_an_appeal_about_what_came_of_it_is_as_secret(follow_up, colleague, cast, monday):
    do(follow_up, "verify", "unfounded", by=cast.supervisor, now=monday)
    do(
        follow_up,
        "answer",
        "refused",
        by=cast.supervisor,
        now=monday,
        reasons="查无此事。",
        basis=["qingshan-rules/14"],
    )
    follow_up.refresh_from_db()
    appeal = filed(cast, monday, procedure="appeal", about=follow_up, **APPEAL)
    assert appeal.kept_from == follow_up.kept_from
    assert is_secret_from(appeal, colleague)


def rated_badly(case, cast, now):
    acts.withdraw(case=case, reason="", by=cast.lin_yue, now=now)
    case.refresh_from_db()
    return acts.rate(case=case, level=1, comment="推来推去", by=cast.lin_yue, channel="web", now=now).follow_up


def handed_over(cast, now):
    """Her application, of which the window of Heping hands the first step to the bureau; and who takes it there."""
    case, clerk = apply(cast, now=now), cast.officer("services-bureau/window")
    told = {"to_post": clerk.post, "reason": "由局里受理", "by": cast.window, "now": now}
    acts.take(handover=acts.hand_over(task=task(case, "accept"), **told), by=clerk, now=now)
    return case, clerk


def test_whoever_had_a_step_and_handed_it_over_is_rated_with_who_took_it(cast, colleague, monday):
    """The window of Heping hands the step to the bureau, and the bureau takes it."""
    case = apply(cast, now=monday)
    clerk = cast.officer("services-bureau/window")
    offer = acts.hand_over(
        task=task(case, "accept"), to_post=clerk.post, reason="由局里受理", by=cast.window, now=monday
    )
    acts.take(handover=offer, by=clerk, now=monday)
    follow_up = rated_badly(case, cast, monday)
    assert follow_up.kept_from == ["heping-services", "services-bureau"]
    for officer in (cast.window, colleague, clerk):
        assert is_secret_from(follow_up, officer)
        with pytest.raises(NoSuchCase):
            case_for(officer, follow_up.number, now=monday)
    assert Against.RATED in may(follow_up, by=cast.window, act="examine", now=monday).against
    assert Against.SPOKEN_OF in may(follow_up, by=colleague, act="examine", now=monday).against


def test_whoever_only_had_a_step_on_their_desk_is_rated_too(cast, colleague, monday):
    """The supervisor takes it from the window, which has done nothing; and gives it to the bureau."""
    case = apply(cast, now=monday)
    for post in ("services-bureau/window", "services-bureau/head"):
        acts.assign(task=task(case, "accept"), to_post=post, reason="以此为准", by=cast.supervisor, now=monday)
    assert rated.served(case) == {"heping-services", "services-bureau"}
    assert is_secret_from(rated_badly(case, cast, monday), colleague)


def test_who_had_it_before_learns_of_no_rating_though_their_office_alone_may_follow_it_up(cast, monday, monkeypatch):
    case = apply(cast, now=monday)
    clerk = cast.officer("services-bureau/window")
    offer = acts.hand_over(
        task=task(case, "accept"), to_post=clerk.post, reason="由局里受理", by=cast.window, now=monday
    )
    acts.take(handover=offer, by=clerk, now=monday)
    monkeypatch.setattr(rated, "posts_with_power", lambda *_: [cast.window.post])
    follow_up = rated_badly(case, cast, monday)
    assert "heping-services" not in follow_up.kept_from
    assert is_secret_from(follow_up, cast.window)


def test_what_was_not_rated_is_not_secret(cast, monday, colleague):
    case = apply(cast, now=monday)
    assert case.kept_from == []
    assert not is_secret_from(case, colleague)


def test_the_record_says_which_offices_stand_aside_and_the_page_who_reads_it(follow_up, cast, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    kept = Act.objects.get(subject=follow_up.number, kind=kinds.KEPT_FROM)
    assert kept.particulars == {"offices": follow_up.kept_from}
    case = taken_in(cast, monday)
    page = signed_in(cast.chen_xiaoyu, headers={"Accept-Language": "en"}).get(f"/cases/{case.number}/rate")
    assert "Office for the Supervision of Public Services" in page.content.decode()
    assert "Qingshan Government Services Bureau" not in page.content.decode()


def test_an_office_that_alone_may_follow_up_is_not_kept_from_it(cast, monday, monkeypatch):
    """Were the bureau the only one with the power, it would have to, and whoever rates is told so."""
    case = taken_in(cast, monday)
    monkeypatch.setattr(rated, "posts_with_power", lambda *_: ["services-bureau/window"])
    told = rated.readers(case, now=monday)
    assert [each.in_("zh-Hans") for each in told.rated] == ["青山市政务服务局"]
    follow_up = acts.rate(case=case, level=1, by=cast.chen_xiaoyu, channel="web", now=monday).follow_up
    assert follow_up.kept_from == []
