"""A consultation asks, shows what it rests on, and answers everything that is said: nothing vanishes."""

import io
from datetime import timedelta

import pytest

from zhengtong.agora import acts
from zhengtong.agora.errors import PhaseIsClosed
from zhengtong.agora.proceedings.errors import NoSuchQuestion, NotAnAnswer, NotEvidence
from zhengtong.agora.proceedings.evidence import put_evidence
from zhengtong.agora.proceedings.models import Evidence, Sheet
from zhengtong.agora.proceedings.surveys import answer_question, counted, way
from zhengtong.agora.queries import outcome
from zhengtong.agora.reconciled import reconciled
from zhengtong.cases import documents
from zhengtong.charter.queries import in_force_at
from zhengtong.charter.runs import Population, Run
from zhengtong.ledger.models import Act
from zhengtong.people.errors import NoPower


@pytest.fixture
def consultation(rounds):
    return rounds.consultation()


def tick(rounds, round_, voice, question, *values):
    return answer_question(round_=round_, phase="survey", voice=voice, question=question, values=values, now=rounds.now)


def test_the_next_question_depends_on_the_answers(consultation):
    questions = consultation.declared.phase("survey").survey

    def after(**answers):
        led = way(questions, {name: value.split() for name, value in answers.items()})
        return led.next.id if led.next else "end"

    assert after() == "concerned"
    assert after(concerned="daily") == "how"
    assert after(concerned="never") == "opinion"
    assert after(concerned="never", opinion="for") == "end"
    assert after(concerned="never", opinion="against") == "why"


def test_an_answer_that_changes_takes_along_what_is_no_longer_asked(rounds, consultation, cast):
    voice = rounds.voice(consultation, cast.lin_yue)
    tick(rounds, consultation, voice, "concerned", "daily")
    tick(rounds, consultation, voice, "how", "living", "working")
    tick(rounds, consultation, voice, "opinion", "for")
    tick(rounds, consultation, voice, "concerned", "never")
    assert Sheet.objects.get().answers == {"concerned": ["never"], "opinion": ["for"]}


@pytest.mark.parametrize("values", [(), ("nothing",), ("daily", "never"), ("daily", "nothing")])
def test_only_answers_that_there_are_are_taken_and_one_where_one_is_asked(rounds, consultation, cast, values):
    with pytest.raises(NotAnAnswer):
        tick(rounds, consultation, rounds.voice(consultation, cast.lin_yue), "concerned", *values)


def test_a_question_that_is_not_asked_cannot_be_answered(rounds, consultation, cast):
    with pytest.raises(NoSuchQuestion):
        tick(rounds, consultation, rounds.voice(consultation, cast.lin_yue), "why", "strict")


def test_a_survey_ends_with_its_phase_and_few_answers_are_not_told(rounds, consultation):
    voices = rounds.voices(consultation, 6)
    for number, voice in enumerate(voices):
        tick(rounds, consultation, voice, "concerned", "never")
        tick(rounds, consultation, voice, "opinion", "against" if number == 0 else "for")
    tick(rounds, consultation, voices[0], "why", "strict")
    over = rounds.later(consultation, 31)
    with pytest.raises(PhaseIsClosed):
        tick(rounds, over, voices[0], "opinion", "for")
    found = {each.question.id: each for each in counted(over, over.declared.phase("survey"))}
    assert found["opinion"].given == {"for": 5, "partly": 0, "against": 1}
    assert (found["why"].people, found["why"].given) == (1, None)
    assert all(each.agrees for each in reconciled([over]))


def test_whoever_is_not_at_the_end_is_not_counted(rounds, consultation):
    for voice in rounds.voices(consultation, 6):
        tick(rounds, consultation, voice, "concerned", "never")
    assert counted(consultation, consultation.declared.phase("survey"))[0].people == 0


def test_the_host_puts_evidence_to_the_round_and_nobody_else(rounds, consultation, cast):
    def put(by=rounds.host, body=b"<svg/>", title="影响测算", kind="simulation"):
        return put_evidence(
            round_=consultation,
            kind=kind,
            title=title,
            name="../effect.svg",
            content=io.BytesIO(body),
            by=by,
            now=rounds.now,
        )

    made = put()
    assert (made.name, documents.read(made.path)) == ("effect.svg", b"<svg/>")
    with pytest.raises(NoPower):
        put(by=cast.licensing)
    for wrong in ({"body": b""}, {"body": b"\x00"}, {"title": " "}, {"kind": "rumour"}):
        with pytest.raises(NotEvidence):
            put(**wrong)
    assert Evidence.objects.count() == 1


def test_nothing_vanishes_whatever_happens_to_it(rounds, consultation):
    """Answered together and alone, answered twice, hidden before and after the answer, waiting, not answered yet."""
    voices, now = rounds.voices(consultation, 4), rounds.now
    for number in range(24):  # more than ten a day of one voice wait their turn
        said = {"voice": voices[number % 2], "said": f"意见 {number}", "request_key": str(number)}
        acts.contribute(round_=consultation, phase="comment", now=now, **said)
    hidden = {"rule": "advertising", "facts": "重复", "by": rounds.moderator, "now": now}
    acts.hide(round_=consultation, number=3, **hidden)
    round_ = rounds.later(consultation, 31)
    later = rounds.now + timedelta(hours=1)
    for numbers in ([1, 2, 5], [5], [7]):
        acts.answer(round_=round_, numbers=numbers, verdict="partly", text="理由", by=rounds.host, now=later)
    acts.hide(round_=round_, number=7, **hidden)
    found = outcome(round_)
    placed = {number for each in found.groups for number in each.numbers}
    assert sorted([*placed, *found.open_numbers, *found.hidden_numbers]) == list(range(1, 25))
    assert (found.all, found.answered, found.open, found.hidden_numbers) == (24, 4, 19, [3])


def test_a_report_is_tied_to_its_run_if_its_rules_were_enacted_here_and_any_other_file_is_not(rounds, consultation):
    law = in_force_at(rounds.now)
    drawn = {"sha256": "b" * 64, "size": 900, "seed": 0, "on": "2026-03-02"}
    run = Run(
        program="0.1.0",
        service="old-age-allowance",
        on=rounds.now.date(),
        language="en",
        charter=law.charter.digest,
        draft="a" * 64,
        change={"services/old-age-allowance/rules.dmn": "<dmn/> & more"},
        population=Population.model_validate(drawn),
    )
    elsewhere = run.model_copy(update={"charter": "c" * 64})

    def put(body, kind="simulation"):
        paper = {"kind": kind, "title": "测算", "name": "report.html", "content": io.BytesIO(body.encode())}
        return put_evidence(round_=consultation, by=rounds.host, now=rounds.now, **paper)

    made = put(f"<p>{run.written()}</p>")
    assert made.run["changed"] == ["services/old-age-allowance/rules.dmn"] and "change" not in made.run
    assert (made.run["enactment"], made.run["drawn"]) == (law.enactment.number, True)
    told = Act.objects.filter(kind="agora.evidence.put").latest("pk").particulars
    assert (told["run"], told["sha256"]) == (made.run, made.sha256)
    twice, broken = run.written() * 2, run.written().replace("old-age", "../..")
    for body in (elsewhere.written(), twice, broken, "<p>1,000 persons gain</p>"):
        assert put(body).run is None
    assert put(run.written(), kind="evidence").run is None
