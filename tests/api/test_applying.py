"""A program applies for a person: once, whole, and only for whom it may."""

import pytest

from tests.restaurant import ANSWERS, NEEDED
from zhengtong.cases.models import Case


@pytest.fixture
def lin_yue(program, cast):
    return program(cast.lin_yue)


def uploads(program) -> dict[str, int]:
    return {material: program.upload("open-restaurant", material).json()["id"] for material in NEEDED}


def application(cast, documents, **changes):
    whole = {
        "procedure": "open-restaurant",
        "enterprise": cast.linjiang.uscc,
        "answers": ANSWERS,
        "documents": documents,
        "language": "en",
    }
    return whole | changes


@pytest.fixture
def filed(lin_yue, cast):
    answer = lin_yue.post("/cases", application(cast, uploads(lin_yue)))
    assert answer.status_code == 201, answer.json()
    return answer.json()


def test_files_first_then_the_application_makes_a_case(filed):
    assert filed["procedure"] == "open-restaurant"
    assert filed["status"] == "filed"
    sources = {fact["name"]: fact["source"] for fact in filed["facts"]}
    assert sources["enterprise_name"] and not sources["outlet_name"]
    assert {each["material"] for each in filed["documents"]} == set(NEEDED)


def test_the_same_key_gives_the_same_answer_and_one_case(lin_yue, cast):
    sent = application(cast, uploads(lin_yue))
    first, second = (lin_yue.post("/cases", sent, key="k-1") for _ in range(2))
    assert first.content == second.content
    assert (first.status_code, second.status_code) == (201, 201)
    assert second["Idempotent-Replayed"] == "true"
    assert Case.objects.filter(procedure="open-restaurant").count() == 1


def test_the_same_key_with_another_body_is_refused(lin_yue, cast):
    sent = application(cast, uploads(lin_yue))
    lin_yue.post("/cases", sent, key="k-1")
    again = lin_yue.post("/cases", sent | {"language": "zh-Hans"}, key="k-1")
    assert (again.status_code, again.json()["code"]) == (422, "idempotency-key-reused")


def test_the_key_of_another_person_is_another_key(lin_yue, program, cast):
    sent = application(cast, uploads(lin_yue))
    lin_yue.post("/cases", sent, key="k-1")
    other = program(cast.chen_xiaoyu).post("/cases", sent, key="k-1")
    assert other.json()["code"] != "idempotency-key-reused"


def test_a_refusal_is_not_kept_so_that_the_key_can_be_tried_again(lin_yue, cast):
    missing = lin_yue.post("/cases", application(cast, {}), key="k-2")
    assert missing.json()["code"] == "missing-materials"
    assert lin_yue.post("/cases", application(cast, uploads(lin_yue)), key="k-2").status_code == 201


@pytest.mark.parametrize("key", ["", "with blank", "x" * 101])
def test_a_change_needs_a_key(lin_yue, cast, key):
    answer = lin_yue.post("/cases", application(cast, {}), key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-missing")


def test_every_wrong_answer_is_named(lin_yue, cast):
    sent = application(cast, uploads(lin_yue), answers=ANSWERS | {"exits": "many", "sign_width": -1})
    answer = lin_yue.post("/cases", sent)
    assert answer.json()["code"] == "invalid-answers"
    assert {each["at"] for each in answer.json()["errors"]} == {"answers.exits", "answers.sign_width"}
    assert not Case.objects.exists()


@pytest.mark.parametrize("value", ["\ud800", "\x00", {"a": "\x00"}, ["\ud800"], 1e400, "9" * 5000, 10**30, None, True])
def test_a_strange_answer_is_refused_and_breaks_nothing(lin_yue, cast, value):
    for name in ("outlet_name", "exits", "opening_on", "uses_gas"):
        sent = application(cast, uploads(lin_yue), answers=ANSWERS | {name: value})
        answer = lin_yue.post("/cases", sent)
        assert answer.status_code < 500, (name, answer.json())


@pytest.mark.parametrize("text", ["\ud800", "a\x00b"])
def test_what_is_no_text_is_not_taken(lin_yue, cast, filed, text):
    for sent in ({"outlet_name": text}, {"outlet_name": {"deep": [text]}}):
        assert lin_yue.post("/cases", application(cast, {}, answers=ANSWERS | sent)).json()["code"] == "invalid-request"
    assert lin_yue.post(f"/cases/{filed['number']}/withdrawal", {"reason": text}).status_code == 422


@pytest.mark.parametrize("number", [0, -1, 10**30])
def test_an_upload_that_cannot_be_is_refused(lin_yue, cast, number):
    answer = lin_yue.post("/cases", application(cast, {"floor-plan": number}))
    assert answer.status_code == 422


def test_a_relative_without_a_mandate_is_refused(program, cast):
    brother = program(cast.lin_qiang)
    answer = brother.post("/cases", application(cast, {}))
    assert (answer.status_code, answer.json()["code"]) == (403, "no-mandate")


def test_an_enterprise_that_is_not_there_is_refused_in_the_same_way(program, cast):
    answer = program(cast.lin_qiang).post("/cases", application(cast, {}, enterprise="9" * 18))
    assert (answer.status_code, answer.json()["code"]) == (403, "no-mandate")


def test_the_upload_of_another_person_cannot_be_named(lin_yue, program, cast):
    stolen = uploads(program(cast.lin_qiang))
    answer = lin_yue.post("/cases", application(cast, stolen))
    assert answer.json()["code"] == "no-such-upload"


def test_a_file_of_the_wrong_type_is_refused(lin_yue):
    answer = lin_yue.upload("open-restaurant", "floor-plan", b"MZ not a picture")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-file")


def test_the_same_upload_twice_is_one(lin_yue):
    first, second = (lin_yue.upload("open-restaurant", "floor-plan", key="u") for _ in range(2))
    assert first.json()["id"] == second.json()["id"]


def test_the_person_sees_the_case_its_history_and_why_that_date(lin_yue, cast, filed, settings):
    assert [row["number"] for row in lin_yue.get("/cases").json()["items"]] == [filed["number"]]
    kinds = [act["kind"] for act in lin_yue.get(f"/cases/{filed['number']}/history").json()["items"]]
    assert kinds[0] == "case.filed"
    assert lin_yue.get(f"/cases/{filed['number']}/deadline").json() == {"promised": None, "statutory": None}


def test_the_case_of_somebody_else_is_not_there(program, cast, filed):
    for path in ("", "/history", "/deadline"):
        answer = program(cast.chen_xiaoyu).get(f"/cases/{filed['number']}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "no-such-case")


def test_the_list_comes_in_pages(lin_yue, cast, settings, monday):
    from datetime import timedelta

    numbers = []
    for day in range(3):
        settings.ZHENGTONG_CLOCK = (monday + timedelta(hours=day)).isoformat()
        numbers.append(lin_yue.post("/cases", application(cast, uploads(lin_yue))).json()["number"])
    first = lin_yue.get("/cases", limit=2).json()
    second = lin_yue.get("/cases", limit=2, cursor=first["next"]).json()
    assert [row["number"] for row in first["items"] + second["items"]] == numbers[::-1]
    assert second["next"] is None


def test_it_can_be_withdrawn_with_a_reason(lin_yue, filed):
    answer = lin_yue.post(f"/cases/{filed['number']}/withdrawal", {"reason": "changed plans"})
    assert answer.json()["outcome"] == "withdrawn"
    again = lin_yue.post(f"/cases/{filed['number']}/withdrawal", {"reason": "changed plans"})
    assert (again.status_code, again.json()["code"]) == (409, "case-is-closed")


def test_an_open_case_cannot_be_rated(lin_yue, filed):
    answer = lin_yue.post(f"/cases/{filed['number']}/rating", {"level": 5})
    assert (answer.status_code, answer.json()["code"]) == (409, "not-rateable")
