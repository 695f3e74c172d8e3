"""A program works for an officer, in a post that the officer holds."""

import pytest

from tests.restaurant import apply, do, part
from zhengtong.ledger.acts import sequence

BASIS = ["food-safety-law/35"]


@pytest.fixture
def accepted(cast, monday):
    joint = apply(cast, now=monday)
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    joint.refresh_from_db()
    return joint


@pytest.fixture
def licensing(program, cast):
    return program(cast.licensing)


POST = "heping-market/licensing"


def examine(program) -> dict:
    items = program.get("/tasks", post=POST).json()["items"]
    return next(each for each in items if each["procedure"] == "food-licence")


def test_the_window_accepts_and_the_departments_begin(program, cast, monday):
    joint = apply(cast, now=monday)
    window = program(cast.window)
    task = window.get("/tasks", post=cast.window.post).json()["items"][0]
    told = window.get(f"/tasks/{task['id']}", post=cast.window.post).json()
    assert {each["value"] for each in told["outputs"]} == {"accepted", "rejected"}
    sent = {"post": cast.window.post, "output": "accepted"}
    assert window.post(f"/tasks/{task['id']}/complete", sent).status_code == 200
    assert joint.parts.exists()


def test_a_refusal_without_reasons_is_refused_with_its_legal_ground(licensing, accepted, cast, monday):
    do(part(accepted, "food-licence"), "examine", "unsatisfied", by=cast.licensing, now=monday)
    task = examine(licensing)
    answer = licensing.post(f"/tasks/{task['id']}/complete", {"post": POST, "output": "refused"})
    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["legal_basis"]) == ("reasons-missing", "licensing-law/38")
    sent = {"post": POST, "output": "refused", "reasons": "the layout is wrong", "basis": BASIS}
    assert licensing.post(f"/tasks/{task['id']}/complete", sent).json()["status"] == "done"


def test_a_correction_is_asked_and_answered(licensing, program, accepted, cast):
    task = examine(licensing)
    items = [{"what": "制度", "why": "第三十五条"}]
    asked = licensing.post(f"/tasks/{task['id']}/correction", {"post": POST, "items": items})
    assert asked.json()["stop"]["items"] == items
    lin_yue = program(cast.lin_yue)
    upload = lin_yue.upload("open-restaurant", "food-safety-rules").json()["id"]
    path = f"/cases/{task['number']}/corrections"
    sent = {"note": "here", "documents": {"food-safety-rules": upload}}
    answered = lin_yue.post(path, sent, key="c")
    assert (answered.status_code, answered.json()["stop"]) == (200, None)
    assert lin_yue.post(path, sent, key="c").content == answered.content
    assert lin_yue.post(path, sent).json()["code"] == "not-waiting-for-you"


def test_a_step_is_offered_and_declined(licensing, program, accepted, cast):
    task = examine(licensing)
    sent = {"post": POST, "to": "urban-management/signs", "reason": "not ours"}
    offer = licensing.post(f"/tasks/{task['id']}/hand-over", sent).json()
    signs = program(cast.signs)
    assert [each["id"] for each in signs.get("/offers", post=cast.signs.post).json()["items"]] == [offer["id"]]
    sent = {"post": cast.signs.post, "answer": "it is yours", "competent": POST}
    assert signs.post(f"/offers/{offer['id']}/decline", sent).json()["status"] == "declined"
    assert examine(licensing)["id"] == task["id"]


def test_an_offer_to_another_post_is_not_there(licensing, program, accepted, cast):
    task = examine(licensing)
    sent = {"post": POST, "to": "urban-management/signs", "reason": "not ours"}
    offer = licensing.post(f"/tasks/{task['id']}/hand-over", sent).json()
    answer = program(cast.fire).post(f"/offers/{offer['id']}/take", {"post": cast.fire.post})
    assert answer.status_code == 404


def test_a_step_is_taken_up(licensing, accepted):
    task = examine(licensing)
    licensing.post(f"/tasks/{task['id']}/claim", {"post": POST})
    assert examine(licensing)["claimed_by"]


def test_a_post_that_is_not_held_is_refused(program, accepted, cast):
    answer = program(cast.lin_yue).get("/tasks", post=POST)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-the-holder")


def test_the_step_of_another_desk_is_not_there(program, licensing, accepted, cast):
    task = examine(licensing)
    answer = program(cast.signs).get(f"/tasks/{task['id']}", post=cast.signs.post)
    assert answer.status_code == 404


def test_an_inspection_needs_a_time_and_a_place(licensing, accepted):
    answer = licensing.post(f"/tasks/{examine(licensing)['id']}/inspection", {"post": POST, "at": "soon", "place": "x"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert answer.json()["errors"][0]["at"].endswith("at")


def test_a_person_proves_an_act_by_the_ledger(program, accepted, cast, monday):
    lin_yue = program(cast.lin_yue)
    path = f"/cases/{accepted.number}/history/1/proof"
    assert lin_yue.get(path).status_code == 404, "it has no place in the ledger yet"
    sequence(monday)
    assert lin_yue.get(path).json()["proof"].startswith("c2sp.org/tlog-proof@v1")
    head = program().get("/ledger/checkpoint").json()
    assert head["size"] > 0 and head["verifier"]
