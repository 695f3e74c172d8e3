"""Those whom a service served are asked how it was; nobody knows who answered what, and a bad result is answered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases.test_petition_clocks import TOLD
from tests.restaurant import do
from zhengtong.agora.errors import NotEligible
from zhengtong.agora.proceedings.errors import BadResultOwesMore, NothingSaidToIt
from zhengtong.agora.proceedings.models import Frame, Invited
from zhengtong.agora.proceedings.served import Response, ask_due, bad_share, response
from zhengtong.agora.proceedings.surveys import answer_question
from zhengtong.agora.rounds import round_of
from zhengtong.cases import acts
from zhengtong.cases.models import Letter
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person

LAW = ["petition-regulation/32"]


def served(cast, now, count):
    """So many people whose petitions were answered."""
    people = [each for each in Person.objects.order_by("pk") if each.id_number.startswith("9901")][:count]
    reception = cast.officer("petition-office/reception")
    for person in people:
        by = Actor(person)
        told = {"procedure": "complaint", "person": person, "answers": TOLD, "by": by, "channel": "web"}
        case = acts.file_application(**told, language="zh-Hans", request_key=f"s{person.pk}", now=now)
        do(case, "accept", "accepted", by=reception, now=now)
        do(case, "investigate", "completed", by=reception, now=now)
        do(case, "answer", "granted", by=reception, now=now, reasons="已修复。", basis=LAW)
    return [Actor(each) for each in people]


def opened(rounds, service="complaint"):
    day = rounds.now.date()
    asked = {"service": service, "served_from": f"{day - timedelta(days=30)}", "served_to": f"{day}"}
    made = rounds.open("satisfaction-survey", title="信访办理满意度", summary="请说说这件事办得怎么样。", **asked)
    ask_due(now=rounds.now)
    return round_of(made.case.number)


def says(rounds, round_, who, overall):
    voice, told = rounds.voice(round_, who), [("overall", [overall])]
    told += [("what", ["time"])] if "dissatisfied" in overall else []
    for question, values in [*told, ("again", ["alone"])]:
        told = {"voice": voice, "question": question, "values": values}
        answer_question(round_=round_, phase="questions", now=rounds.now, **told)


@pytest.fixture
def people(cast, monday):
    return served(cast, monday, 6)


@pytest.fixture
def survey(rounds, people):
    return opened(rounds)


def phase_of(round_):
    return round_.declared.phase("questions")


def ended(rounds, survey, people, overall):
    for who, said in zip(people, overall, strict=False):
        says(rounds, survey, who, said)
    return rounds.later(survey, 25)


def answers(rounds, over, output, reasons):
    return do(over.case, "respond", output, by=rounds.host, now=rounds.now, reasons=reasons)


def test_who_was_served_is_asked_by_letter_once(rounds, survey, people):
    assert (Frame.objects.get().served, Invited.objects.count()) == (6, 6)
    assert ask_due(now=rounds.now) == 0
    letters = Letter.objects.filter(name="survey")
    assert {each.recipient_id for each in letters} == {each.person.pk for each in people}
    assert survey.case.number in letters.first().body


def test_who_was_not_served_cannot_answer(rounds, survey, cast, people):
    outside = next(each for each in Person.objects.order_by("-pk") if each.pk not in {w.person.pk for w in people})
    with pytest.raises(NotEligible):
        rounds.voice(survey, Actor(outside))


def test_of_many_a_sample_is_asked(rounds, people, monkeypatch):
    who = in_force_at(rounds.now).charter.participation["satisfaction-survey"].who
    monkeypatch.setitem(who.__dict__, "served", who.served.model_copy(update={"most": 4}))
    opened(rounds)
    assert (Frame.objects.get().served, Invited.objects.count()) == (6, 4)


def test_no_row_leads_from_an_answer_to_who_gave_it(rounds, survey, people):
    says(rounds, survey, people[0], "satisfied")
    (answered,) = Act.objects.filter(kind="agora.survey.answered")
    assert str(people[0].person.handle) not in answered.actor
    assert {each.name for each in Invited._meta.get_fields()} == {"id", "frame", "person"}


def test_the_rate_of_response_and_the_margin_are_told(rounds, survey, people):
    over = ended(rounds, survey, people, ["satisfied"] * 5)
    told = response(over, phase_of(over))
    assert (told.served, told.asked, told.answered, told.rate) == (6, 6, 5, 83)
    assert told.margin == 19.6
    for page in ("/services/complaint", f"/take-part/{over.case.number}/", reverse("statistics")):
        assert "19.6" in Client().get(page, headers={"accept-language": "en"}).content.decode(), page


@pytest.mark.parametrize(
    ("served_", "answered", "margin"), [(1_000_000, 400, 4.9), (400, 400, 0.0), (1, 1, 0.0), (10, 0, None)]
)
def test_the_margin_is_that_of_a_sample_of_a_finite_population(served_, answered, margin):
    assert Response(served_, 400, answered).margin == margin


def test_of_few_nothing_is_told_and_nothing_is_bad(rounds, survey, people):
    over = ended(rounds, survey, people, ["very_dissatisfied"] * 4)
    assert bad_share(over, phase_of(over)) is None
    assert "Fewer than 5" in Client().get("/services/complaint", headers={"accept-language": "en"}).content.decode()


def test_a_bad_result_obliges_the_office_to_say_what_it_will_do(rounds, survey, people):
    over = ended(rounds, survey, people, ["satisfied"] * 3 + ["dissatisfied"] * 2)
    assert bad_share(over, phase_of(over)) == 40
    with pytest.raises(NothingSaidToIt):
        answers(rounds, over, "measures", " ")
    with pytest.raises(BadResultOwesMore):
        answers(rounds, over, "noted", "已知悉。")
    answers(rounds, over, "measures", "五月底前增设窗口。")
    over.case.refresh_from_db()
    assert (over.case.is_open, over.case.outcome) == (False, "answered")
    assert "五月底前增设窗口。" in Client().get("/services/complaint").content.decode()


def test_a_good_result_may_be_noted(rounds, survey, people):
    over = ended(rounds, survey, people, ["satisfied"] * 5 + ["dissatisfied"])
    assert bad_share(over, phase_of(over)) is None
    answers(rounds, over, "noted", "继续保持。")
