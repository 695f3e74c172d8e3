"""Whether an answered petition is solved the petitioner alone says; against that word only a supervisor closes it."""

from datetime import timedelta

import pytest

from tests.cases.test_petition_clocks import answered, filed
from tests.restaurant import do
from zhengtong.cases import acts
from zhengtong.cases.errors import NoSuchCase, NotToBeSaid, ReasonsMissing
from zhengtong.cases.handover_errors import ContestedAlready, NotCompetent
from zhengtong.cases.hearing_errors import DidTheOtherStep
from zhengtong.cases.models import Case, Handover
from zhengtong.cases.queries import case_for
from zhengtong.ledger.models import Act

LAW = ["qingshan-participation-rules/14"]


def says(case, who, now, solved):
    told = "" if solved else "只绑了一根绳子，还在晃。"
    return acts.say_whether_solved(case=case, solved=solved, told=told, by=who, channel="web", now=now)


@pytest.fixture
def petition(cast, monday):
    return answered(filed(cast, monday), cast, monday)


def test_the_petitioner_says_that_it_is_solved_once_for_each_answer(petition, cast, monday):
    word = says(petition, cast.lin_yue, monday, solved=True)
    assert word.follow_up is None
    with pytest.raises(NotToBeSaid):
        says(petition, cast.lin_yue, monday, solved=False)


def test_nobody_else_says_it(petition, cast, monday):
    for who in (cast.wang_defu, cast.supervisor, cast.officer("petition-office/reception")):
        with pytest.raises(NoSuchCase):
            says(petition, who, monday, solved=True)


def test_nothing_is_said_before_the_answer(cast, monday):
    with pytest.raises(NotToBeSaid):
        says(filed(cast, monday), cast.lin_yue, monday, solved=True)


def test_a_no_obliges_the_office_within_ten_days(petition, cast, monday):
    follow_up = says(petition, cast.lin_yue, monday, solved=False).follow_up
    again = follow_up.tasks.get(status="open")
    assert (again.node, again.post) == ("look_again", "petition-office/reception")
    assert again.due_on == monday.date() + timedelta(days=10)


def test_more_is_done_and_the_petitioner_says_so(petition, cast, monday):
    follow_up = says(petition, cast.lin_yue, monday, solved=False).follow_up
    do(follow_up, "look_again", "more-done", by=cast.officer("petition-office/reception"), now=monday)
    do(follow_up, "say_again", "solved", by=cast.lin_yue, now=monday)
    follow_up.refresh_from_db()
    assert (follow_up.outcome, follow_up.decisions.count()) == ("solved", 0)


def test_only_the_supervisor_closes_it_as_solved_against_that_word_and_says_why(petition, cast, monday):
    reception = cast.officer("petition-office/reception")
    follow_up = says(petition, cast.lin_yue, monday, solved=False).follow_up
    do(follow_up, "look_again", "stands", by=reception, now=monday)
    settle = follow_up.tasks.get(status="open")
    with pytest.raises(DidTheOtherStep):
        acts.complete(
            task=settle, output="refused", reasons="已经固定。", basis=LAW, now=monday,
            by=type(reception)(reception.person, settle.post),
        )  # fmt: skip
    with pytest.raises(ReasonsMissing):
        do(follow_up, "settle", "refused", by=cast.supervisor, now=monday, reasons=" ")
    do(follow_up, "settle", "refused", by=cast.supervisor, now=monday, reasons="照片显示已经固定。", basis=LAW)
    follow_up.refresh_from_db()
    told = follow_up.letters.get(name="refused")
    assert "照片显示已经固定。" in told.body
    assert told.recipient == cast.lin_yue.person
    review = filed(cast, monday, procedure="complaint-review", about=follow_up, review_reasons="第二天又松了，有照片。")
    assert review.about == follow_up


def test_silence_is_no_word(petition, cast, monday):
    follow_up = says(petition, cast.lin_yue, monday, solved=False).follow_up
    do(follow_up, "look_again", "more-done", by=cast.officer("petition-office/reception"), now=monday)
    acts.fire_due(now=monday + timedelta(days=17))
    follow_up.refresh_from_db()
    assert follow_up.outcome == "unsaid"


def offered(cast, now, to="urban-management/signs"):
    case = filed(cast, now)
    return case, _offer(case, cast, now, to)


def _offer(case, cast, now, to="urban-management/signs"):
    task = case.tasks.get(status="open")
    office = cast.officer(task.post)
    return acts.hand_over(task=task, to_post=to, reason="招牌由城市管理部门负责", by=office, now=now)


def declined(offer, cast, now):
    told = {"answer": "属于信访局", "competent": "petition-office/reception"}
    return acts.decline(handover=offer, by=cast.officer(offer.to_post), now=now, **told)


def test_a_petition_is_sent_on_only_to_who_is_competent(cast, monday):
    with pytest.raises(NotCompetent):
        offered(cast, monday, to="heping-market/licensing")


def test_a_routing_is_contested_within_five_working_days_and_the_first_receiver_keeps_it(cast, monday):
    case, offer = offered(cast, monday)
    assert offer.answer_until == monday.date() + timedelta(days=7)
    declined(offer, cast, monday + timedelta(days=7))
    case.refresh_from_db()
    assert case.post == "petition-office/reception"


def test_after_five_working_days_it_is_not_contested_any_more(cast, monday):
    _case, offer = offered(cast, monday)
    with pytest.raises(ContestedAlready):
        declined(offer, cast, monday + timedelta(days=8))


def test_an_office_contests_once(cast, monday):
    case, offer = offered(cast, monday)
    declined(offer, cast, monday)
    with pytest.raises(ContestedAlready):
        declined(_offer(case, cast, monday), cast, monday)


def test_silence_takes_it_and_every_later_step(cast, monday):
    case, offer = offered(cast, monday)
    assert acts.take_uncontested(now=monday + timedelta(days=7)) == 0
    case.refresh_from_db()
    assert case.post == "petition-office/reception", "the first receiver keeps it until then"
    assert acts.take_uncontested(now=monday + timedelta(days=8)) == 1
    assert acts.take_uncontested(now=monday + timedelta(days=8)) == 0
    case.refresh_from_db()
    offer.refresh_from_db()
    assert (case.post, offer.status) == ("urban-management/signs", Handover.Status.TAKEN)
    assert Act.objects.filter(subject=case.number, kind="case.handover.taken-by-silence").count() == 1
    do(case, "accept", "accepted", by=cast.signs, now=monday + timedelta(days=8))
    assert case.tasks.get(status="open").post == "urban-management/signs"


def test_an_office_sees_only_the_petitions_that_were_sent_to_it(cast, monday):
    kept, (sent, _offer) = filed(cast, monday, petition_region="990103"), offered(cast, monday)
    assert case_for(cast.signs, sent.number, now=monday).case == sent
    with pytest.raises(NoSuchCase):
        case_for(cast.signs, kept.number, now=monday)
    assert Case.objects.count() == 2
