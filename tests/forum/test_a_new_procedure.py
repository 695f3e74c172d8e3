"""A new way of taking part is files and no program: written, checked, enacted, and held from opening to answer."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from tests.cast import signed_in
from tests.restaurant import task
from zhengtong.agora.acts import admit_here
from zhengtong.agora.rounds import round_of
from zhengtong.cases.acts import fire_due, put_in_force
from zhengtong.cases.models import Case
from zhengtong.charter.reading.folder import gather
from zhengtong.faces.shared import clock
from zhengtong.people.actor import PROGRAM

QINGSHAN = Path(__file__).resolve().parents[2] / "charters" / "qingshan"
EN = {"Accept-Language": "en"}
WALK = """
id: street-walk
who: {age_from: 16, regions: ["990100"], register: population, born: birth_on, resides: residence_region}
rate: {number: 5, days: 1}
moderator: petitions/moderation
otherwise: [reconsideration/moderation]
appeal: moderation-appeal
emergency: {days: 14, legal_basis: [qingshan-participation-rules/11]}
answered_by: respond
bound_by: signed-duty
promise: {procedure: kept-promise, within: P180D, at_most: P730D}
rules:
  - id: insult
    name: {zh-Hans: 侮辱、诽谤, en: Insult or defamation}
    wording: {zh-Hans: 侮辱、诽谤具体的人。, en: It insults or defames a particular person.}
    legal_basis: [civil-code/1024]
phases:
  - id: seen
    step: walk
    feature: opinions
    name: {zh-Hans: 走街看到的, en: What was seen on the walk}
    hint: {zh-Hans: 写下看到的问题。, en: Write down what you saw.}
    at_least: {limit: P7D, legal_basis: [qingshan-participation-rules/6]}
  - id: weighed
    step: weigh
    feature: statements
    smallest_group: 5
    name: {zh-Hans: 大家怎么看, en: What everybody thinks}
    hint: {zh-Hans: 同意、不同意或者跳过。, en: "Agree, disagree or pass."}
  - id: wished
    step: weigh
    feature: proposals
    name: {zh-Hans: 希望怎样改, en: What should change}
    hint: {zh-Hans: 提出建议并联署。, en: Propose and sign.}
"""
WEIGH = """    <bpmn:intermediateCatchEvent id="weigh" name="权衡七日">
      <bpmn:extensionElements>
        <zt:text lang="zh-Hans">权衡七日</zt:text>
        <zt:text lang="en">Seven days to weigh it</zt:text>
      </bpmn:extensionElements>
      <bpmn:timerEventDefinition>
        <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P7D</bpmn:timeDuration>
      </bpmn:timerEventDefinition>
    </bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="walk_to_weigh" sourceRef="walk" targetRef="weigh"/>
    <bpmn:sequenceFlow id="weigh_to_respond" sourceRef="weigh" targetRef="respond"/>
"""
FLOW = '    <bpmn:sequenceFlow id="talk_to_respond" sourceRef="talk" targetRef="respond"/>\n'


@pytest.fixture
def folder(tmp_path):
    """A copy of the sample with one procedure more: people comment, and then weigh and propose side by side."""
    city, like = tmp_path / "city", QINGSHAN / "services/city-conversation"
    shutil.copytree(QINGSHAN, city)
    own = city / "services/street-walk"
    own.mkdir()
    words = (like / "service.yaml").read_text().replace("city-conversation", "street-walk")
    words = words.replace("城市议事", "走街共议").replace("City conversation", "Street walk")
    (own / "service.yaml").write_text(words.replace("99020400", "99020900").replace("9902004001", "9902009001"))
    (own / "form.json").write_text((like / "form.json").read_text().replace("城市议事", "走街共议"))
    drawn = (
        (like / "process.bpmn").read_text().replace("city-conversation", "street-walk").replace("城市议事", "走街共议")
    )
    drawn = drawn.replace(FLOW, WEIGH).replace('"talk"', '"walk"').replace("start_to_talk", "start_to_walk")
    (own / "process.bpmn").write_text(drawn.replace("P21D", "P7D").replace("二十一日", "七日"))
    (city / "participation/street-walk.yaml").write_text(WALK.lstrip())
    powers = (city / "powers.yaml").read_text()
    (city / "powers.yaml").write_text(powers.replace("city-conversation,", "city-conversation, street-walk,"))
    return city


def test_no_procedure_of_the_sample_puts_these_phases_together():
    found = [each.read_text() for each in (QINGSHAN / "participation").glob("*.yaml")]
    together = [set(re.findall(r"feature: ([a-z]+)", each)) for each in found]
    assert all(not {"opinions", "statements"} <= each and not {"statements", "proposals"} <= each for each in together)


def test_it_is_held_from_opening_to_answer_with_files_alone(folder, cast, monday, settings, capsys):
    def at(days):
        settings.ZHENGTONG_CLOCK = (monday + timedelta(days=days)).isoformat()
        fire_due(now=monday + timedelta(days=days))

    at(0)
    try:
        call_command("check", folder, on=monday.date(), language="en")
    except SystemExit:
        pytest.fail(capsys.readouterr().out)
    assert "0 errors, 0 warnings" in capsys.readouterr().out
    files, unreadable = gather(folder)
    assert not unreadable
    put_in_force(files=files, on=monday.date(), by=PROGRAM, now=monday)

    host = cast.officer("city-government/participation")
    office = signed_in(host, headers=EN)
    post = f"/take-part/office/{host.post}"
    assert "Street walk" in office.get(f"{post}/").content.decode()
    given = {"title": "沿江步道走访", "title_en": "A walk along the river", "summary": "一起走一走，看看哪里不方便。"}
    opened = office.post(f"{post}/open/street-walk", given | {"request_key": "k"})
    assert opened.status_code == 302
    number = Case.objects.get(procedure="street-walk").number
    round_ = f"/take-part/{number}/"

    for client, title, phase in (
        (Client(headers=EN), "A walk along the river", "What was seen on the walk"),
        (Client(headers={"Accept-Language": "zh-hans"}), "沿江步道走访", "走街看到的"),
    ):
        page = client.get(round_).content.decode()
        assert title in page and phase in page
        assert title in client.get("/take-part/").content.decode()

    voice = Client(headers=EN)
    key = admit_here(round_=round_of(number), by=cast.lin_yue, now=monday)
    voice.post(f"{round_}voice", {"do": "enter", "key": key})
    assert say(voice, round_, "seen", "台阶没有坡道") == 302
    assert say(voice, round_, "weighed", "还没有到时候") == 409

    at(8)
    assert say(voice, round_, "seen", "已经结束了") == 409
    assert say(voice, round_, "weighed", "步道夜里应当有灯") == 302
    assert say(voice, round_, "wished", "修一条坡道") == 302
    other = Client(headers=EN)
    key = admit_here(round_=round_of(number), by=cast.chen_xiaoyu, now=clock.now())
    other.post(f"{round_}voice", {"do": "enter", "key": key})
    assert other.post(f"{round_}weigh/2", {"value": "agree"}).status_code == 302

    at(16)
    case = Case.objects.get(number=number)
    answered = {"numbers": ["1", "2", "3"], "verdict": "adopted", "text": "五月底前修好坡道并装灯。"}
    answered |= {"keeper": "services-bureau/head", "until-year": "2026", "until-month": "5", "until-day": "29"}
    assert office.post(f"{post}/{number}/answers", answered).status_code == 302
    for node, output in (("respond", "completed"), ("publish", "answered")):
        sent = {"output": output, "reasons": "全部采纳。"}
        assert office.post(f"/desk/{host.post}/tasks/{task(case, node).pk}/complete", sent).status_code == 302
    case.refresh_from_db()
    assert case.outcome == "answered"
    for headers, said in ((EN, "Adopted"), ({"Accept-Language": "zh-hans"}, "采纳")):
        page = Client(headers=headers).get(round_).content.decode()
        assert said in page and "五月底前修好坡道并装灯。" in page


def say(client, round_, phase, said):
    return client.post(f"{round_}say/{phase}", {"said": said, "request_key": said}).status_code
