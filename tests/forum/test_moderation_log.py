"""The log of moderation: every measure with its reasons, told to its author and to everybody, and how often it fell."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.cases.acts import complete, withdraw
from zhengtong.people.models import Attempt


@pytest.fixture
def talk(rounds, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return rounds.open("city-conversation")


@pytest.fixture
def say(rounds, talk):
    voices = rounds.voices(talk, 10)

    def said(text, voice=0):
        return acts.contribute(
            round_=talk, phase="statements", voice=voices[voice], said=text, request_key=text, now=rounds.now
        )

    return said


@pytest.fixture
def hide(rounds, talk):
    def hidden(number, rule="insult", **told):
        told = {"facts": "指名侮辱一名摊贩", **told}
        return acts.hide(round_=talk, number=number, rule=rule, by=rounds.moderator, now=rounds.now, **told)

    return hidden


def fell(measure, rounds, cast, output="granted", who=None):
    """An appeal against the measure, decided."""
    who = who or cast.chen_xiaoyu
    appeal = acts.contest(measure=measure, grounds="属于批评", by=who, language="zh-Hans", now=rounds.now)
    decided(appeal, rounds, cast, output)
    acts.lift_what_ended(now=rounds.now)


def decided(appeal, rounds, cast, output):
    basis = {} if output == "granted" else {"basis": ["civil-code/1024"]}
    task = appeal.tasks.get(status="open")
    complete(task=task, output=output, reasons="已查明", by=cast.supervisor, now=rounds.now, **basis)


def test_a_statement_has_every_field_of_the_european_one(client, say, hide):
    say("骂人的话")
    measure = hide(1, was="对一名摊贩的辱骂", found="signal")
    (told,) = client.get("/take-part/moderation.json").json()["statements"]
    assert {name: told[name] for name in ("decision_visibility", "decision_ground", "automated_detection")} == {
        "decision_visibility": "DECISION_VISIBILITY_CONTENT_DISABLED",
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
        "automated_detection": "Yes",
    }
    assert told["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED"
    assert told["illegal_content_legal_ground"] == "civil-code/1024" and told["incompatible_content_ground"] == ""
    assert told["redress_possibilities"]["zh-Hans"].startswith("任何人都可以申诉一次，不收费：言论审核申诉（")
    assert "Anybody may contest it once" in told["redress_possibilities"]["en"]
    assert client.get(told["redress_at"].partition("127.0.0.1:8000")[2]).status_code == 302  # to sign in, then the form
    assert told["post"] == "petition-office/moderation" and told["decision_facts"] == "指名侮辱一名摊贩"
    page = client.get(f"/take-part/moderation/{measure.pk}").content.decode()
    for part in ("对一名摊贩的辱骂", "公众言论审核岗", "指名侮辱一名摊贩", "个工作日", "不限期", "民法典"):
        assert part in page
    assert "骂人的话" not in page + client.get("/take-part/moderation").content.decode()


def test_what_may_lawfully_be_shown_is_folded_and_can_be_read(client, say, hide, talk):
    say("清仓大甩卖")
    measure = hide(1, rule="advertising")
    (told,) = client.get("/take-part/moderation.json").json()["statements"]
    assert told["decision_visibility"] == "DECISION_VISIBILITY_CONTENT_DEMOTED"
    assert told["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    place = client.get(f"/take-part/{talk.case.number}/").content.decode()
    assert "清仓大甩卖" in place.partition("<details")[2] and "清仓大甩卖" not in place.partition("<details")[0]
    assert "清仓大甩卖" in client.get(f"/take-part/moderation/{measure.pk}").content.decode()


def test_the_place_and_the_files_tell_what_stood_there_whether_or_not_the_moderator_does(client, say, hide, talk):
    say("骂人的话")
    say("又一句骂人", voice=1)
    hide(1)
    hide(2, was="对一名摊贩的辱骂")
    page = client.get(f"/take-part/{talk.case.number}/").content.decode()
    assert "一段 4 字的文字。" in page and "对一名摊贩的辱骂" in page
    assert "骂人的话" not in page and "一段 5 字的文字。" not in page
    said = client.get(f"/take-part/{talk.case.number}/said.json").json()["said"]
    assert [(each["text"], each["what_was_there"], each["characters"]) for each in said] == [
        ("", "", 4),
        ("", "对一名摊贩的辱骂", 5),
    ]


def test_the_author_and_only_they_are_told_of_it_when_they_come_in(rounds, talk, hide, cast):
    key = acts.admit_here(round_=talk, by=cast.lin_yue, now=rounds.now)
    voice = acts.come_in(round_=talk, key=key, now=rounds.now)
    acts.contribute(round_=talk, phase="statements", voice=voice, said="路灯", request_key="k", now=rounds.now)
    hide(1)
    author, other = Client(), Client()
    author.post(f"/take-part/{talk.case.number}/voice", {"do": "enter", "key": key})
    assert "对您言论的处理决定" in author.get(f"/take-part/{talk.case.number}/").content.decode()
    assert "对您言论的处理决定" not in other.get(f"/take-part/{talk.case.number}/").content.decode()


def test_how_often_measures_fell_is_told_for_each_post_and_rule(client, say, hide, rounds, cast):
    for number in range(1, 5):
        say(f"说法 {number}")
    fell(hide(1), rounds, cast)
    fell(hide(2), rounds, cast, output="refused")
    acts.restore(measure=hide(3), why="误判", by=rounds.moderator, now=rounds.now)
    hide(4, rule="privacy")
    told = client.get("/take-part/moderation.json").json()
    rows = {each["rule"]: each for each in told["rates"]}
    insult = rows["insult"]
    assert [insult[name] for name in ("taken", "contested", "decided", "overturned", "put_right")] == [3, 2, 2, 1, 1]
    assert insult["share_overturned"] == 0.5 and rows["privacy"]["share_overturned"] is None
    assert [each["outcome"] for each in told["statements"]] == ["stands", "put-right", "upheld", "overturned"]
    assert "1 (50 %)" in client.get("/take-part/moderation").content.decode()


def test_an_appeal_that_is_withdrawn_upholds_nothing(client, say, hide, rounds, cast):
    say("说法 1")
    measure = hide(1)
    appeal = acts.contest(measure=measure, grounds="属于批评", by=cast.lin_yue, language="zh-Hans", now=rounds.now)
    withdraw(case=appeal, reason="不想申诉了", by=cast.lin_yue, now=rounds.now)
    told = client.get("/take-part/moderation.json").json()
    assert [told["rates"][0][name] for name in ("contested", "decided", "overturned")] == [1, 0, 0]
    assert told["statements"][0]["outcome"] == "stands"
    assert "维持" not in client.get(f"/take-part/moderation/{measure.pk}").content.decode()


def test_several_appeals_against_one_measure_count_as_one_measure(client, say, hide, rounds, cast):
    say("说法 1")
    measure = hide(1)
    for who, output in ((cast.lin_yue, "refused"), (cast.chen_xiaoyu, "granted")):
        fell(measure, rounds, cast, output=output, who=who)
    told = client.get("/take-part/moderation.json").json()
    assert [told["rates"][0][name] for name in ("taken", "contested", "decided", "overturned")] == [1, 1, 1, 1]
    assert len(told["statements"]) == 1 and told["statements"][0]["contested_by"].count(";") == 1


def test_once_an_appeal_is_lost_it_is_contested_no_more_and_others_still_may(client, say, hide, rounds, cast, talk):
    say("说法 1")
    measure = hide(1)
    place = f"/take-part/{talk.case.number}/"
    appeal = acts.contest(measure=measure, grounds="属于批评", by=cast.lin_yue, language="zh-Hans", now=rounds.now)
    assert "正在申诉。" in client.get(place).content.decode()
    decided(appeal, rounds, cast, "refused")
    for page in (client.get(place), client.get(f"/take-part/moderation/{measure.pk}")):
        assert "正在申诉。" not in page.content.decode() and "维持" in page.content.decode()
        assert f"/contest/{measure.pk}" in page.content.decode()


def test_what_has_won_and_is_not_shown_yet_was_overturned(client, say, hide, rounds, cast):
    say("说法 1")
    measure = hide(1)
    appeal = acts.contest(measure=measure, grounds="属于批评", by=cast.lin_yue, language="zh-Hans", now=rounds.now)
    decided(appeal, rounds, cast, "granted")
    assert client.get("/take-part/moderation.json").json()["statements"][0]["outcome"] == "overturned"


def test_the_log_as_csv_is_safe_in_a_spreadsheet(client, say, hide):
    say("路灯")
    hide(1, facts="=HYPERLINK(1)")
    written = client.get("/take-part/moderation.csv").content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(written)))["decision_facts"] == "'=HYPERLINK(1)"


def test_the_log_asks_as_often_for_nine_measures_as_for_one(client, say, hide):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/take-part/moderation").status_code == 200
        return len(queries)

    say("说法 1")
    hide(1)
    client.get("/take-part/moderation")
    one = asked()
    for number in range(2, 10):
        say(f"说法 {number}", voice=number % 10)
        hide(number)
    assert asked() == one


def test_the_judge_reads_the_text_the_rule_and_the_facts_on_the_step(say, hide, rounds, cast, talk):
    """Escaped, and apart from what stands around it: the text is written the other way, and has a tag."""
    say("שלום! 骂人的话 <b>x</b>")
    measure = hide(1, facts="指名侮辱 <i>一名摊贩</i>")
    appeal = acts.contest(measure=measure, grounds="属于批评", by=cast.lin_yue, language="zh-Hans", now=rounds.now)
    page = judge(cast, appeal).content.decode()
    assert '<bdi class="zt-said">שלום! 骂人的话 &lt;b&gt;x&lt;/b&gt;</bdi>' in page
    assert '<bdi class="zt-said">指名侮辱 &lt;i&gt;一名摊贩&lt;/i&gt;</bdi>' in page
    links = (f"/take-part/moderation/{measure.pk}", f"/take-part/{talk.case.number}/#said-1")
    for part in ("侮辱、诽谤", "民法典", *links):
        assert part in page


def test_the_judges_step_asks_as_often_however_many_contest_it(say, hide, rounds, cast):
    say("说法 1")
    measure, asked = hide(1), []
    for who in (cast.lin_yue, cast.chen_xiaoyu, cast.lin_qiang):
        appeal = acts.contest(measure=measure, grounds="属于批评", by=who, language="zh-Hans", now=rounds.now)
        judge(cast, appeal)
        with CaptureQueriesContext(connection) as queries:
            judge(cast, appeal)
        asked.append(len(queries))
    assert len(set(asked)) == 1


def judge(cast, appeal):
    """The page of the step, to its judge."""
    browser, step = signed_in(cast.supervisor), appeal.tasks.get(status="open")
    return browser.get(f"/desk/{step.post}/tasks/{step.pk}")


def test_a_statement_that_there_is_not_is_not_found(client, talk):
    assert client.get("/take-part/moderation/4711").status_code == 404


def test_an_officer_who_would_hide_criticism_of_their_own_office_is_refused_and_it_is_on_record(say, talk, rounds):
    say("信访局办事拖拉")
    page = f"/take-part/office/{rounds.moderator.post}/{talk.case.number}/moderation"
    browser = signed_in(rounds.moderator)
    assert "不由您审核：" in browser.get(page).content.decode()
    answer = browser.post(page, {"number": "1", "rule": "insult", "facts": "侮辱"})
    assert answer.status_code == 403 and "您应当回避" in answer.content.decode()
    assert Attempt.objects.get().code == "moderates-itself"
    assert talk.case.contributions.get().state == "shown"
