"""Those whom a service served are asked how it was; nobody knows who answered what, and a bad result is answered."""

import json
from datetime import timedelta
from hashlib import sha256
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.cases.test_petition_clocks import TOLD
from tests.cast import signed_in
from tests.restaurant import do
from zhengtong.agora.errors import NotEligible
from zhengtong.agora.proceedings.errors import BadResultOwesMore, NothingSaidToIt
from zhengtong.agora.proceedings.models import Frame, Invited, Panel
from zhengtong.agora.proceedings.samples import digest_of
from zhengtong.agora.proceedings.served import Response, ask_due, bad_share, response
from zhengtong.agora.proceedings.surveys import answer_question
from zhengtong.agora.rounds import round_of
from zhengtong.cases import acts
from zhengtong.cases.models import Case, Letter
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger.acts import sequence
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


def opened(rounds, service="complaint", key=""):
    made = called(rounds, service, key=key)
    ask_due(now=rounds.now)  # commits
    ask_due(now=rounds.now)  # lists
    rounds.now += timedelta(minutes=1)
    sequence(now=rounds.now)
    ask_due(now=rounds.now)  # draws
    return round_of(made.case.number)


def called(rounds, service="complaint", until=1, key=""):
    """A survey about those whose cases were closed in the thirty days before yesterday, or so many days ago."""
    day = rounds.now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    asked = {
        "service": service,
        "served_from": f"{day - timedelta(days=30)}",
        "served_to": f"{day - timedelta(days=until)}",
    }
    told = {"title": "信访办理满意度", "summary": "请说说这件事办得怎么样。"}
    return rounds.open("satisfaction-survey", key, **told, **asked)


def complaint_of(who):
    return Case.objects.get(applicant=who.person, procedure="complaint")


def says(rounds, round_, who, overall):
    voice, told = rounds.voice(round_, who), [("overall", [overall])]
    told += [("what", ["time"])] if "dissatisfied" in overall else []
    for question, values in [*told, ("again", ["alone"])]:
        told = {"voice": voice, "question": question, "values": values}
        answer_question(round_=round_, phase="questions", now=rounds.now, **told)


@pytest.fixture
def people(cast, monday):
    return served(cast, monday - timedelta(days=1), 6)


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


@pytest.fixture
def sampled(rounds, people, monkeypatch):
    """Four of six are asked."""
    who = in_force_at(rounds.now).charter.participation["satisfaction-survey"].who
    monkeypatch.setitem(who.__dict__, "served", who.served.model_copy(update={"most": 4}))
    return opened(rounds)


def published(survey):
    return Client().get(reverse("round-lot", args=[survey.case.number, "questions"])).json()


def drawn_again(tmp_path, told):
    file, out = tmp_path / "draw.json", StringIO()
    file.write_text(json.dumps(told))
    call_command("draw", str(file), stdout=out, stderr=StringIO())
    return out.getvalue().split()


def test_of_many_a_sample_is_asked(sampled):
    assert (Frame.objects.get().served, Invited.objects.count()) == (6, 4)


def test_anybody_draws_the_sample_again_and_a_change_is_seen(sampled, tmp_path):
    told = published(sampled)
    assert (len(told["entrants"]), len(told["panel"])) == (6, 4)
    assert drawn_again(tmp_path, told) == told["panel"]
    others = [each for each in told["entrants"] if each not in told["panel"]]
    fewer = {code: shape for code, shape in told["entrants"].items() if code != told["panel"][0]}
    for changed in ({"panel": [*told["panel"][1:], others[0]]}, {"entrants": fewer}, {"kept": "00" * 32}):
        with pytest.raises(CommandError):
            drawn_again(tmp_path, told | changed)


def test_the_list_is_in_the_ledger_before_the_head_from_which_it_is_drawn(sampled):
    told = published(sampled)
    kinds = ["agora.panel.committed", "agora.survey.listed", "agora.panel.head-fixed", "agora.survey.asked"]
    acts = Act.objects.filter(subject=sampled.case.number, kind__in=kinds).order_by("pk")
    assert [each.kind for each in acts] == kinds
    assert acts[1].particulars == {"served": 6, "list": digest_of(told["entrants"])}
    assert acts[3].particulars["drawn"] == digest_of(told["panel"])


def test_nobody_is_listed_before_the_time_in_question_is_over(rounds, people):
    survey = called(rounds, until=-1)
    for _ in range(3):
        ask_due(now=rounds.now)
    assert not Frame.objects.exists() and "entrants" not in published(survey)
    rounds.later(survey, 2)
    ask_due(now=rounds.now)
    assert Frame.objects.get().served == 6


def test_whoever_is_asked_works_out_their_code_from_the_letter_alone(sampled):
    told = published(sampled)
    letters = Letter.objects.filter(name="survey").select_related("case")
    assert len(letters) == 4
    for letter in letters:
        line = next(each for each in letter.body.splitlines() if "sha256sum" in each)
        salt, number = line.split()[-4:-2]
        code = sha256(f"zhengtong survey code\n{salt}\n{number}\n".encode()).hexdigest()
        assert number == letter.case.number and code in told["panel"] and code in letter.body


def test_whoever_was_served_sees_whether_they_were_left_out_and_others_do_not(sampled, people):
    told, invited = published(sampled), set(Invited.objects.values_list("person", flat=True))
    for who in people:
        place = reverse("case", args=[complaint_of(who).number])
        page = signed_in(who).get(place, headers={"accept-language": "en"}).content.decode()
        (code,) = [each for each in told["entrants"] if each in page]
        assert (code in told["panel"]) == (who.person.pk in invited)
        assert ("you were not drawn" in page) == (who.person.pk not in invited)
    page = signed_in(people[1]).get(reverse("round", args=[sampled.case.number])).content.decode()
    assert not any(each in page for each in told["entrants"])


def test_what_is_published_tells_nobody_who_was_served(sampled, people):
    told = json.dumps(published(sampled)) + Client().get(f"/take-part/{sampled.case.number}/").content.decode()
    for who in people:
        number = complaint_of(who).number
        assert number not in told and str(who.person.handle) not in told
        assert sha256(number.encode()).hexdigest() not in told  # without the salt no code can be guessed
    assert str(Frame.objects.get().key) not in told and str(Panel.objects.get().kept) in told


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
