"""Programs of those whose interests a case touches: what they were told, their views, and asking to be heard."""

import pytest

from tests.restaurant import apply, do, part, task
from zhengtong.cases.models import Hearing, Interest

TOUCHED, WHY = "招牌位于您的窗户上方", "夜间灯光直射卧室"


@pytest.fixture
def sign(cast, monday):
    joint = apply(cast, now=monday, sign_position="roof", sign_width="4", sign_height="3.5")
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    return part(joint, "shop-sign")


@pytest.fixture
def tell(program, sign, cast):
    """An officer's program tells somebody of the case."""
    path = f"/tasks/{task(sign, 'decide').pk}/interests"

    def told(who=cast.chen_xiaoyu, **other):
        sent = {"post": cast.signs.post, "id_number": who.person.id_number, "what": TOUCHED}
        return program(cast.signs).post(path, sent | other)

    return told


def test_a_neighbour_is_told_speaks_and_asks_to_be_heard(program, tell, sign, cast):
    answer = tell(came_forward=True)
    assert answer.status_code == 201 and answer.json()[0]["person"] == "陈晓宇"
    chen = program(cast.chen_xiaoyu)
    (row,) = chen.get("/interests").json()
    assert (row["number"], row["ask_until"]) == (sign.number, "2026-03-09")
    page = f"/interests/{row['id']}"
    told = chen.get(page).json()
    assert told["what"] == TOUCHED and told["may_ask"] and told["may_speak"] and len(told["letters"]) == 1
    assert told["legal_basis"][0]["ref"].startswith("licensing-law/") and "林悦" not in str(told)
    assert chen.post(f"{page}/views", {"views": " "}).status_code == 422
    assert chen.post(f"{page}/views", {"views": WHY}).json()["views"] == WHY
    asked = chen.post(f"{page}/hearing", {"reason": WHY})
    assert asked.status_code == 201 and asked.json()["hearing"]["at"] is None
    assert "reason" not in asked.json()["hearing"] and Hearing.objects.get().by_others
    (officers,) = program(cast.signs).get(f"/tasks/{task(sign, 'decide').pk}/interests", post=cast.signs.post).json()
    assert officers["views"] == WHY and officers["came_forward"]


def test_to_anybody_else_it_is_not_there(program, tell, cast):
    tell()
    page = f"/interests/{Interest.objects.get().pk}"
    for who in (cast.lin_yue, cast.lin_qiang):
        assert program(who).get("/interests").json() == []
        assert program(who).get(page).status_code == 404
        assert program(who).post(f"{page}/views", {"views": WHY}).status_code == 404
        assert program(who).post(f"{page}/hearing", {"reason": WHY}).status_code == 404
    assert not Hearing.objects.exists()


def test_only_whoever_has_the_step_tells_and_reads_who_was_told(program, tell, sign, cast):
    path, post = f"/tasks/{task(sign, 'decide').pk}/interests", cast.licensing.post
    assert program(cast.licensing).get(path, post=post).status_code == 404
    sent = {"post": post, "id_number": cast.chen_xiaoyu.person.id_number, "what": TOUCHED}
    assert program(cast.licensing).post(path, sent).status_code == 404
    assert tell(cast.lin_yue).status_code == 422, "she is the party"
    assert not Interest.objects.exists()


def test_a_step_whose_charter_gives_others_no_hearing_has_none(program, sign, cast):
    food = sign.parent.parts.get(procedure="food-licence")
    step = food.tasks.get(status="open")
    path = f"/tasks/{step.pk}/interests"
    assert program(cast.licensing).get(path, post=cast.licensing.post).status_code == 404


def test_a_token_without_the_scope_reads_nothing(program, tell, cast):
    tell()
    assert program(cast.chen_xiaoyu, "tasks:read").get("/interests").status_code == 403
