"""Programs ask that an officer stand aside, and decide it."""

import pytest

from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.models import Recusal


@pytest.fixture
def food(cast, monday):
    joint = apply(cast, now=monday)
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    case = part(joint, "food-licence")
    acts.claim(task=task(case, "examine"), by=cast.licensing, now=monday)
    return case


def test_a_request_is_made_and_decided(program, food, cast):
    path = f"/cases/{food.parent.number}/recusals"
    lin_yue, head = program(cast.lin_yue), program(cast.officer("heping-market/head"))
    handling = lin_yue.get(path).json()["handling"]
    assert [(each["post"], each["officer"]) for each in handling] == [(cast.licensing.post, cast.licensing.person.name)]
    sent = {"task": handling[0]["task"], "ground": "kin", "reason": "表哥"}
    assert lin_yue.post(path, sent | {"ground": "mood"}).status_code == 422
    assert lin_yue.post(path, sent).json()["requests"][0]["due_on"] == "2026-03-05"
    assert lin_yue.post(path, sent).status_code == 409
    (waiting,) = head.get("/recusals", post="heping-market/head").json()
    decision = {"post": "heping-market/head", "granted": True, "reason": "查明系表亲"}
    stranger = program(cast.officer("health-commission/head"))
    address = f"/recusals/{waiting['id']}/decision"
    assert stranger.post(address, decision | {"post": "health-commission/head"}).status_code == 404
    assert head.post(address, decision).json()["status"] == "granted"
    assert Recusal.objects.get().person == cast.licensing.person


def test_an_officer_stands_aside(program, food, cast):
    sent = {"post": cast.licensing.post, "ground": "kin", "reason": "表亲"}
    step = task(food, "examine").pk
    assert program(cast.fire).post(f"/tasks/{step}/stand-aside", sent | {"post": cast.fire.post}).status_code == 404
    assert program(cast.licensing).post(f"/tasks/{step}/stand-aside", sent).json() == {"number": food.number}
    assert task(food, "examine").post == "heping-market/inspection"


def test_another_s_case_tells_nothing(program, food, cast):
    assert program(cast.lin_qiang).get(f"/cases/{food.parent.number}/recusals").status_code == 404
