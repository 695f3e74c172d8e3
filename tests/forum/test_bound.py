"""Everybody reads what signatures bind the government to, by whom and by when, and what came of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.agora.duties import bind_due
from zhengtong.agora.models import Contribution
from zhengtong.cases.acts import complete, fire_due, open_by_office, put_in_force
from zhengtong.cases.models import Task
from zhengtong.charter.queries import in_force_at
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.models import Account

SAYS = {"title": "2026年第一次会议", "summary": "审议联署达到人数的建议。"}


@pytest.fixture
def signed(rounds, settings):
    """A proposal that three hundred have signed, and what that binds to."""
    round_ = rounds.open("proposal-round")
    voice = rounds.voices(round_, 1)[0]
    acts.contribute(round_=round_, phase="propose", voice=voice, said="江边加装路灯", request_key="k", now=rounds.now)
    Contribution.objects.update(state="shown", sponsored=True, signed=300)
    bind_due(now=rounds.now)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return round_


def words(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_its_text_says_what_is_owed_and_the_step_leads_to_the_answer(signed, rounds, client):
    for page in (words(client, "round", signed.case.number), words(client, "round-proposal", signed.case.number, 1)):
        assert "联署达到 100 人，须在2026年4月14日前答复：市政府 · 公众参与专员" in page
        assert "联署达到 300 人，青山市市民议事会须在2026年5月6日前审议" in page and "等待列入下一次会议" in page
    assert "江边加装路灯" in words(client, "assemblies")
    assert "江边加装路灯" in words(client, "owed", "citizens-council")
    assert "300 人联署</p>" in words(client, "round", signed.case.number), "what is reached is no longer counted up to"
    task = Task.objects.get(case__duty__kind="answer")
    step = words(signed_in(rounds.host), "task", "city-government", "participation", task.pk)
    assert f"/{signed.case.number}/answers" in step and "task-complete" not in step and 'id="complete"' not in step
    row = client.get("/take-part/owed/citizens-council.json").json()["duties"][0]
    assert (row["kind"], row["numbers"], row["signatures"], row["overdue"]) == ("debate", "1", 300, False)
    assert row["post"] == "citizens-council/chair"


def test_the_meeting_debates_it_and_its_text_leads_to_the_minutes(signed, rounds, cast, client, settings):
    chair = cast.officer("citizens-council/chair")
    member = Actor(Account.objects.get(username="kong-ming").person, "citizens-council/member")
    case = open_by_office(
        procedure="council-session", answers=SAYS, by=chair, language="zh-Hans", request_key="m", now=rounds.now
    )
    bind_due(now=rounds.now)
    assert f"/assemblies/{case.number}" in words(client, "round", signed.case.number)
    assert "联署达到 300 人，须审议" in words(client, "meeting", case.number)
    assert words(client, "meeting", case.number).count("江边加装路灯") == 1, "one line is not told twice"
    rounds.now += timedelta(days=8)
    fire_due(now=rounds.now)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    for who, done in ((chair, "attend"), (member, "attend"), (chair, "debated")):
        office, _, seat = who.post.partition("/")
        page = reverse("meeting-hold", args=[office, seat, case.number])
        assert signed.case.number in signed_in(who).get(page).content.decode()
        assert signed_in(who).post(page, {"do": done, "motion": "1"}).status_code == 302
    for node, output in (("sit", "held"), ("write_minutes", "answered")):
        step = case.tasks.get(node=node, status="open")
        complete(task=step, output=output, reasons="会议记录", by=chair, now=rounds.now)
    assert "青山市市民议事会已审议" in words(client, "round", signed.case.number)
    told = client.get(reverse("meeting-json", args=[case.number])).json()["motions"][0]
    assert told["debated"] and told["signed"] == {"round": signed.case.number, "number": 1, "signatures": 300}


def test_what_moderation_has_hidden_is_not_told_on_the_agenda(signed, rounds, cast, client):
    chair = cast.officer("citizens-council/chair")
    case = open_by_office(
        procedure="council-session", answers=SAYS, by=chair, language="zh-Hans", request_key="m", now=rounds.now
    )
    bind_due(now=rounds.now)
    acts.hide(round_=signed, number=1, rule="insult", facts="侮辱他人", by=rounds.moderator, now=rounds.now)
    for page in (
        words(client, "meeting", case.number),
        client.get(f"/take-part/assemblies/{case.number}.json").content.decode(),
        words(client, "owed", "citizens-council"),
    ):
        assert "江边加装路灯" not in page


def hide(rounds, signed):
    told = {"rule": "insult", "facts": "骂人", "by": rounds.moderator, "now": rounds.now}
    return acts.hide(round_=signed, number=1, **told)


def test_the_desk_ends_what_is_owed_of_a_hidden_text_and_everybody_reads_why(signed, rounds, cast, client):
    chair, task = cast.officer("citizens-council/chair"), Task.objects.get(case__duty__kind="debate")
    desk, page = signed_in(chair), reverse("forum-answers", args=["citizens-council", "chair", signed.case.number])
    assert "因文本已被隐藏而终止" not in words(desk, "task", "citizens-council", "chair", task.pk)
    refused = desk.post(page, {"hidden": task.case.duty.pk})
    assert refused.status_code == 409 and "仍被隐藏" in refused.content.decode()
    measure = hide(rounds, signed)
    assert "因文本已被隐藏而终止" in words(desk, "task", "citizens-council", "chair", task.pk)
    assert "因文本已被隐藏而终止" in words(desk, "forum-answers", "citizens-council", "chair", signed.case.number)
    answering = Task.objects.get(case__duty__kind="answer").case.duty.pk
    assert "不在您的工作台" in desk.post(page, {"hidden": answering}).content.decode()
    assert desk.post(page, {"hidden": "0"}).status_code == 404
    assert desk.post(page, {"hidden": task.case.duty.pk}).status_code == 302
    assert not Task.objects.filter(case=task.case, status="open").exists()
    link = f'href="/take-part/moderation/{measure.pk}"'
    assert link in words(client, "owed", "citizens-council")
    assert "因文本被隐藏，于" in words(client, "round-proposal", signed.case.number, 1)
    row = client.get("/take-part/owed/citizens-council.json").json()["duties"][0]
    assert row["hidden_by"] == f"{signed.case.number}-{measure.pk}" and not row["late"]


def test_what_binds_another_post_is_not_offered_to_who_answers_the_rest(signed, rounds, settings):
    rounds.later(signed, 75)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    Contribution.objects.update(signed=300)
    host, where = signed_in(rounds.host), ("forum-answers", "city-government", "participation", signed.case.number)
    assert 'name="numbers"' in words(host, *where)
    Task.objects.filter(case__duty__kind="answer").update(post="citizens-council/chair")
    assert 'name="numbers"' not in words(host, *where)


def test_where_the_assembly_is_no_more_everybody_reads_who_says_what_becomes_of_it(signed, rounds, cast, client):
    files = in_force_at(rounds.now).charter.files
    old, new = "council-session", "town-session"
    files = {path.replace(old, new): each.replace(old.encode(), new.encode()) for path, each in files.items()}
    put_in_force(files=files, on=rounds.now.date(), by=PROGRAM, now=rounds.now)
    told = words(client, "round", signed.case.number)
    assert "青山市市民议事会已经不存在" in told and "等待列入下一次会议" not in told
    task, desk = Task.objects.get(case__duty__kind="debate"), signed_in(cast.officer("citizens-council/chair"))
    assert 'id="complete"' in words(desk, "task", "citizens-council", "chair", task.pk)
    ending = {"output": "done", "reasons": "已转市人民政府研究。"}
    assert desk.post(reverse("task-complete", args=["citizens-council", "chair", task.pk]), ending).status_code == 302
    assert "已转市人民政府研究。" in words(client, "round", signed.case.number)
