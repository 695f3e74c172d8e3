"""After a change of process the supervisor sees which running cases go by the old one, and moves those that can."""

from datetime import timedelta

import pytest

from tests.cases.test_constant_queries import cost
from tests.cases.test_migration import PROCESS, RULES, SIGN, enact, examined, renamed, sign
from tests.restaurant import papers
from zhengtong.cases import acts, queries
from zhengtong.cases.models import Case, Recusal
from zhengtong.ledger.models import Act

__all__ = ["enact", "examined", "sign"]

PAGE = "/oversight/supervision-office/duty/versions"
SIGNS = f"{PAGE}/shop-sign"
NEW_STEP = {PROCESS: renamed("decide", "decide_sign")}
NEW_RULES = {RULES: [("&lt;= 12<", "&lt;= 6<"), ("&gt; 12<", "&gt; 6<")]}


@pytest.fixture
def supervisor(browser, cast):
    return browser(cast.supervisor)


@pytest.fixture
def another(cast, monday):
    """`another(key)`: one more application for a sign, not accepted yet."""

    def filed(key):
        return acts.file_application(
            procedure="shop-sign",
            person=cast.lin_yue.person,
            enterprise=cast.linjiang,
            answers=SIGN,
            documents=papers("sign-design", "business-licence-copy"),
            by=cast.lin_yue,
            channel="web",
            language="zh-Hans",
            request_key=key,
            now=monday,
        )

    return filed


def page_of(supervisor, path=SIGNS):
    answer = supervisor.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_while_the_law_is_one_no_case_is_behind_it(supervisor, examined):
    assert "Every running case goes by the charter in force." in page_of(supervisor, PAGE)
    assert "Every running case of this procedure" in page_of(supervisor)


def test_the_cases_of_an_earlier_version_are_listed_with_where_they_would_go_on(supervisor, enact, examined):
    enact(NEW_STEP)
    assert SIGNS in page_of(supervisor, PAGE)
    page = page_of(supervisor)
    assert "The process was drawn otherwise" in page
    assert "1 of 1 can move." in page
    assert f'value="{examined.number}" checked' in page
    examined.refresh_from_db()
    assert examined.enactment.number == 1, "looking changes nothing"


def test_what_cannot_move_says_why_and_cannot_be_chosen(supervisor, enact, sign):
    enact(NEW_RULES)
    page = page_of(supervisor)
    assert "It stays:" in page
    assert "services/shop-sign/rules.dmn" in page
    assert f'value="{sign.number}"' not in page
    assert "None of these cases can move." in page


def test_the_chosen_cases_move_by_an_act_of_the_supervisor_and_the_others_stay(supervisor, enact, examined, another):
    left = another("left")
    new = enact(NEW_STEP)
    page = supervisor.post(SIGNS, {"cases": [examined.number]}, follow=True).content.decode()
    assert "1 case was moved." in page
    examined.refresh_from_db()
    left.refresh_from_db()
    assert (examined.enactment, left.enactment.number) == (new, 1)
    act = Act.objects.get(kind="case.migrated", subject=examined.number)
    assert act.actor_post == "supervision-office/duty"
    assert act.power
    assert f'value="{left.number}" checked' in page


def test_moving_twice_or_choosing_nothing_has_no_effect(supervisor, enact, examined):
    enact(NEW_STEP)
    for _time in range(2):
        supervisor.post(SIGNS, {"cases": [examined.number]})
    assert Act.objects.filter(kind="case.migrated").count() == 1
    assert "No case was chosen." in supervisor.post(SIGNS, {}, follow=True).content.decode()


def test_a_forged_choice_of_a_case_that_cannot_move_changes_nothing(supervisor, enact, sign):
    enact(NEW_RULES)
    page = supervisor.post(SIGNS, {"cases": [sign.number]}, follow=True).content.decode()
    assert "Not done" in page
    sign.refresh_from_db()
    assert sign.enactment.number == 1


def test_who_has_stood_aside_from_a_case_does_not_move_it_but_the_others(supervisor, enact, examined, another, cast):
    other = another("other")
    enact(NEW_STEP)
    Recusal.objects.create(case=examined, person=cast.supervisor.person, reason="亲属", at=examined.filed_at)
    page = supervisor.post(SIGNS, {"cases": [examined.number, other.number]}, follow=True).content.decode()
    assert "1 case was moved." in page
    assert examined.number in page
    moved = Act.objects.filter(kind="case.migrated").values_list("subject", flat=True)
    assert list(moved) == [other.number]


def test_it_is_for_who_supervises_in_the_region_and_has_shown_who_they_are(browser, supervisor, cast, enact, examined):
    enact(NEW_STEP)
    for path in (PAGE, SIGNS):
        assert browser(cast.signs).get(f"{path}".replace("supervision-office/duty", cast.signs.post)).status_code == 404
    assert supervisor.get(f"{PAGE}/no-such").status_code == 404
    session = supervisor.session
    session["sign_in"] = session["sign_in"] | {"proved": 0}
    session.save()
    supervisor.post(SIGNS, {"cases": [examined.number]})
    assert not Act.objects.filter(kind="case.migrated").exists()


def test_the_list_costs_the_same_with_one_case_and_with_four(cast, monday, enact, sign, another):
    def more():
        for number in range(3):
            another(f"more-{number}")

    def look():
        found, _further = queries.versions_of(cast.supervisor, "shop-sign", now=monday + timedelta(days=1))
        return [len(each.plans) for each in found]

    more()
    moved = Case.objects.exclude(pk=sign.pk)
    enact(NEW_STEP)
    moved.update(procedure="food-licence")
    assert look() == [1]
    one = cost(look)
    moved.update(procedure="shop-sign")
    assert look() == [4]
    assert cost(look) == one
