"""What each kind of answer to a request for information has to say (条例 arts. 30, 35 to 39), is asked for and told."""

from datetime import timedelta

import pytest

from tests.cast import signed_in
from tests.restaurant import do, task
from zhengtong.cases import acts as cases
from zhengtong.cases.acts.timers import fire_due
from zhengtong.cases.content_errors import ContentMissing, NotAContent, StillToBeAnswered
from zhengtong.cases.errors import ClockIsStopped, NotAnOutput
from zhengtong.cases.models import Proposal
from zhengtong.cases.queries import proposals
from zhengtong.cases.queries.held import held
from zhengtong.charter.queries import in_force
from zhengtong.ledger.models import Act
from zhengtong.openness import acts
from zhengtong.openness.errors import NothingReady
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.acts import take_post


def test_a_day_is_written_as_one_and_nothing_else_is_taken_with_an_answer(asked):
    later = asked.unclear()
    do(asked.case, "search", "none", by=asked.office, now=later)
    told = {"task": task(asked.case, "answer"), "by": asked.office, "now": later, "reasons": "理由"}
    with pytest.raises(ContentMissing):
        cases.complete(output="abandoned", contents={"asked": "上周"}, **told)
    with pytest.raises(NotAContent):
        cases.complete(output="abandoned", contents={"asked": "2026-03-02", "whose": "消防"}, **told)
    cases.complete(output="abandoned", contents={"asked": "2026-03-02"}, **told)


def test_what_was_never_made_clear_can_be_ended_once_the_time_for_it_is_over(asked):
    later = asked.unclear()
    with pytest.raises(ClockIsStopped):
        do(asked.case, "search", "none", by=asked.office, now=later - timedelta(days=1))
    do(asked.case, "search", "none", by=asked.office, now=later)
    told = {"output": "abandoned", "contents": {"asked": "2026-03-02"}, "by": asked.office, "now": later}
    assert cases.complete(task=task(asked.case, "answer"), **told).outcome == "withheld"


@pytest.mark.parametrize("answered", [False, True])
def test_nothing_is_taken_as_given_up_that_was_not_asked_or_that_was_answered(asked, cast, answered):
    if answered:
        asked.unclear()
        stop = asked.case.stops.get()
        cases.answer_correction(stop=stop, note="2025", by=cast.lin_qiang, now=asked.now + timedelta(days=1))
    later = asked.now + timedelta(days=20)
    do(asked.case, "search", "none", by=asked.office, now=later)
    told = {"output": "abandoned", "contents": {"asked": "2026-03-02"}, "by": asked.office, "now": later}
    with pytest.raises(StillToBeAnswered, match="30"):
        cases.complete(task=task(asked.case, "answer"), **told)
    assert not asked.case.decisions.exists()


def desk_case(asked):
    return f"/desk/{asked.office.post}/cases/{asked.case.number}"


def test_the_page_asks_for_what_each_kind_of_answer_has_to_say_and_keeps_it_apart(asked, cast, settings):
    settings.ZHENGTONG_CLOCK = asked.now.isoformat()
    do(asked.case, "search", "none", by=asked.office, now=asked.now)
    browser = signed_in(asked.office, headers={"Accept-Language": "en"})
    step = f"/desk/{asked.office.post}/tasks/{task(asked.case, 'answer').pk}"
    page = browser.get(step).content.decode()
    assert 'name="says:not-ours:whose"' in page and "how to reach it" in page
    sent = {
        "output": "not-ours",
        "says:not-ours:why": "由消防作出",
        "says:repeated:earlier": "别的",
        "reasons": "请另行申请",
    }
    refused = browser.post(f"{step}/complete", sent)
    assert "how to reach it (Open Information Regulation, art. 36)" in refused.content.decode()
    assert "由消防作出" in refused.content.decode()
    browser.post(f"{step}/complete", sent | {"says:not-ours:whose": "消防救援支队"})
    decision = asked.case.decisions.get()
    assert [(each["name"], each["said"]) for each in decision.contents] == [
        ("why", "由消防作出"),
        ("whose", "消防救援支队"),
    ]
    assert decision.reasons == "请另行申请"
    act = Act.objects.filter(subject=asked.case.number, kind="case.decided").get()
    assert act.reason.endswith("消防救援支队\n\n请另行申请"), "the record has all of it, as the letter has"
    assert act.reason in asked.case.letters.get(name="answered").body
    for reader, address in ((cast.lin_qiang, f"/cases/{asked.case.number}"), (asked.office, desk_case(asked))):
        shown = signed_in(reader, headers={"Accept-Language": "en"}).get(address).content.decode()
        assert "how to reach it" in shown and "消防救援支队" in shown and "请另行申请" in shown
    held_rows = held(cast.lin_qiang.person, now=asked.now)
    (item,) = next(each for each in held_rows if each.id == "decisions").items
    assert item.plain()["whose"] == "消防救援支队"


def test_too_much_is_refused_only_after_reasons_were_asked_for(asked, cast):
    """Nothing lets an officer answer so at once; who is silent for five working days is not asked again."""
    with pytest.raises(NotAnOutput):
        asked.answer("excessive", "太多")
    asked.case = asked.file(key="second")
    do(asked.case, "search", "too-much", by=asked.office, now=asked.now)
    assert task(asked.case, "explain").post == "party"
    later = asked.now + timedelta(days=8)
    fire_due(now=later)
    do(asked.case, "weigh", "unsound", by=asked.office, now=later)
    step = task(asked.case, "refuse")
    with pytest.raises(ContentMissing):
        cases.complete(task=step, output="excessive", reasons="太多", by=asked.office, now=later)
    said = {"unsound": "三月二日请其说明，没有说明"}
    cases.complete(task=step, output="excessive", contents=said, by=asked.office, now=later)
    decision = asked.case.decisions.get()
    assert decision.adverse
    assert decision.contents[0]["said"] == said["unsound"]
    assert decision.reasons == "", "what it has to say may be all of them"


@pytest.fixture
def two(asked, cast):
    """Two officers of the post, of whom both are needed for an answer by the charter of the request."""
    files = dict(in_force(asked.now.date()).charter.files)
    rule = b"four_eyes:\n  - {act: answer, matters: [information-request], legal_basis: [qingshan-rules/21]}"
    files["charter.yaml"] = files["charter.yaml"].replace(b"four_eyes:", rule, 1)
    today = asked.now.date()
    cases.put_in_force(files=files, on=today, by=PROGRAM, now=asked.now)
    second = cast.wang_defu.person
    take_post(person=second, post=asked.office.post, from_on=today, by=PROGRAM, now=asked.now)
    asked.case = asked.file(key="two")
    return Actor(second, asked.office.post)


class TestConfirmed:
    def test_what_was_proposed_is_shown_whole_and_kept_apart_once_it_is_confirmed(self, asked, two):
        asked.answer("not-ours", "请另行申请", case=asked.case, contents={"why": "由消防作出", "whose": "消防救援支队"})
        (row,) = proposals(two, now=asked.now)
        assert row.reasons.endswith("消防救援支队\n\n请另行申请")
        cases.confirm(proposal=Proposal.objects.get(), by=two, now=asked.now)
        decision = asked.case.decisions.get()
        assert [each["said"] for each in decision.contents] == ["由消防作出", "消防救援支队"]
        assert decision.reasons == "请另行申请"

    def test_a_paper_that_is_gone_meanwhile_is_noticed_and_nothing_is_decided(self, asked, two):
        told = {"by": asked.office, "now": asked.now}
        paper = asked.add(b"plain words", name="a.txt", case=asked.case)
        acts.make_ready(paper=paper, title="合同", personal=False, **told)
        asked.answer("granted", case=asked.case)
        acts.take_back(paper=paper, **told)
        with pytest.raises(NothingReady):
            cases.confirm(proposal=Proposal.objects.get(), by=two, now=asked.now)
        assert Proposal.objects.get().status == "open" and not asked.case.decisions.exists()
        acts.make_ready(paper=paper, title="合同", personal=False, **told)
        cases.confirm(proposal=Proposal.objects.get(), by=two, now=asked.now)
        assert asked.case.decisions.get().outcome == "granted"

    def test_so_is_a_law_that_asks_for_more_than_was_said(self, asked, two):
        asked.answer("not-ours", "请另行申请", case=asked.case, contents={"why": "由消防作出", "whose": "消防救援支队"})
        proposal = Proposal.objects.get()
        proposal.content = proposal.content | {"contents": proposal.content["contents"][:1]}
        proposal.save()
        with pytest.raises(ContentMissing):
            cases.confirm(proposal=proposal, by=two, now=asked.now)
        assert not asked.case.decisions.exists()
