"""The clocks of a petition are those of the Regulation on Petitions (信访工作条例), from filing to the last review."""

from datetime import timedelta

import pytest

from tests.restaurant import do, task
from zhengtong.cases import acts
from zhengtong.cases.contest_errors import ContestedBefore
from zhengtong.cases.errors import NotContestable

TOLD = {
    "petition_kind": "request",
    "petition_region": "990102",
    "petition_facts": "小区门口的路灯已经坏了两周，夜里行走不便。",
    "petition_request": "请尽快修复路灯，并告知修复时间。",
    "petition_jointly": False,
}
BASIS = ["petition-regulation/32"]


@pytest.fixture
def petition(cast, monday):
    return filed(cast, monday)


def filed(cast, now, *, procedure="complaint", about=None, **answers):
    given = {"procedure": procedure, "about": about, "answers": TOLD | answers if about is None else answers}
    person = {"person": cast.lin_yue.person, "by": cast.lin_yue}
    return acts.file_application(
        **given, **person, channel="web", language="zh-Hans", request_key=f"{procedure}{sorted(answers)}", now=now
    )


def answered(case, cast, now):
    """The case with an opinion that does not support it."""
    reception = cast.officer("petition-office/reception")
    for node, output, more in (
        ("accept", "accepted", {}),
        ("investigate", "completed", {}),
        ("answer", "refused", {"reasons": "不属于本市管理的路段。", "basis": BASIS}),
    ):
        do(case, node, output, by=reception, now=now, **more)
    case.refresh_from_db()
    return case


def test_whether_it_is_accepted_is_told_within_fifteen_days(petition, monday):
    assert task(petition, "accept").due_on == monday.date() + timedelta(days=15)


def test_it_is_answered_within_sixty_days_and_thirty_more_if_it_is_complex(petition, cast, monday):
    tenth = monday + timedelta(days=10)
    do(petition, "accept", "accepted", by=cast.officer("petition-office/reception"), now=tenth)
    petition.refresh_from_db()
    sixty = petition.statutory_on
    assert sixty == tenth.date() + timedelta(days=60), "from acceptance, not from filing ten days before"
    acts.extend(case=petition, reason="情况复杂，需要会同供电部门核实。", by=cast.supervisor, now=monday)
    petition.refresh_from_db()
    assert (petition.statutory_on - sixty).days in range(22, 39)


def test_review_and_re_review_are_asked_for_and_given_within_thirty_days_each(petition, cast, monday):
    opinion = answered(petition, cast, monday)
    with pytest.raises(NotContestable):
        filed(cast, monday + timedelta(days=60), procedure="complaint-review", about=opinion, review_reasons="x" * 20)
    review = filed(
        cast, monday, procedure="complaint-review", about=opinion, review_reasons="路灯归市里管理，有铭牌照片。"
    )
    assert (review.statutory_on - monday.date()).days in range(30, 39)
    examiner = cast.officer("petition-office/review")
    do(review, "examine", "completed", by=examiner, now=monday)
    do(
        review,
        "review",
        "refused",
        by=examiner,
        now=monday,
        reasons="路段属于小区自管。",
        basis=["petition-regulation/35"],
    )
    review.refresh_from_db()
    last = filed(cast, monday, procedure="complaint-re-review", about=review, review_reasons="市政平台登记为市管路灯。")
    assert (last.statutory_on - monday.date()).days in range(30, 39)


def test_an_opinion_is_reviewed_once_unless_the_request_was_taken_back(petition, cast, monday):
    opinion, why = answered(petition, cast, monday), {"review_reasons": "路灯归市里管理，有铭牌照片。"}

    def ask(key):
        asked = {"procedure": "complaint-review", "about": opinion, "answers": why, "channel": "web"}
        party = {"person": cast.lin_yue.person, "by": cast.lin_yue, "language": "zh-Hans"}
        return acts.file_application(**asked, **party, request_key=key, now=monday)

    review = ask("one")
    assert ask("one") == review
    with pytest.raises(ContestedBefore, match=f"{review.number}.*taken once"):
        ask("two")
    with pytest.raises(ContestedBefore):
        acts.start_draft(
            person=cast.lin_yue.person, procedure="complaint-review", enterprise=None, about=opinion, now=monday
        )
    acts.withdraw(case=review, reason="", by=cast.lin_yue, now=monday)
    assert ask("three") != review
