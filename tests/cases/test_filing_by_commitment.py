"""A filing on a promise (告知承诺): the certificate at once, the check later, none if the promise was broken."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.restaurant import do
from zhengtong.cases import acts
from zhengtong.cases.models import Certificate

ANSWERS = {
    "only_prepackaged": True,
    "premises_region": "990102",
    "premises_address": "青山市和平区样例路16号",
    "trade_mode": "retail",
    "chilled_food": False,
    "special_food": False,
}


@pytest.fixture
def filing(cast: Cast, monday):
    return acts.file_application(
        procedure="prepackaged-food-filing",
        person=cast.lin_yue.person,
        enterprise=cast.linjiang,
        answers=ANSWERS,
        by=cast.lin_yue,
        channel="web",
        language="zh-Hans",
        request_key="filing",
        now=monday,
    )


def test_the_certificate_comes_at_once_and_the_check_waits_on_a_desk(filing):
    certificate = filing.certificates.get()
    assert certificate.status == Certificate.Status.VALID
    assert filing.is_open and filing.tasks.get(status="open").node == "check"
    assert filing.due_on is None, "the decision is made; the check has a clock of its own"
    assert certificate.number in filing.letters.get(name="granted").body


def test_a_promise_that_is_kept_leaves_the_certificate_alone(filing, cast, monday):
    do(filing, "check", "passed", by=cast.officer("heping-market/inspection"), now=monday + timedelta(days=20))
    filing.refresh_from_db()
    assert (filing.status, filing.outcome) == ("closed", "granted")
    assert filing.certificates.get().status == Certificate.Status.VALID


def test_a_promise_that_was_broken_takes_it_away(filing, cast, monday):
    inspector, later = cast.officer("heping-market/inspection"), monday + timedelta(days=20)
    do(filing, "check", "failed", by=inspector, now=later)
    do(filing, "put_right", "done", by=cast.lin_yue, now=later)
    do(filing, "recheck", "failed", by=inspector, now=later)
    do(
        filing,
        "decide",
        "refused",
        by=cast.officer("heping-market/licensing"),
        reasons="现场制售散装食品，逾期未改正",
        basis=["food-licence-rules/59"],
        now=later,
    )
    filing.refresh_from_db()
    assert filing.outcome == "refused"
    assert filing.certificates.get().status == Certificate.Status.REVOKED
