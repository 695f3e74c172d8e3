"""A program delegates a power for an officer, takes it back, and says that the officer is absent and back."""

from zhengtong.people.models import Delegation

SENT = {
    "post": "heping-market/licensing",
    "power": "food-licensing",
    "to": "services-bureau/window",
    "acts": ["examine"],
    "matters": ["food-licence"],
    "region": "990102",
    "from_on": "2026-03-02",
    "to_on": "2026-03-08",
    "reason": "和平区人手不足",
}


def test_a_power_is_delegated_once_and_taken_back_by_whoever_gave_it(program, cast):
    licensing = program(cast.licensing)
    for _ in range(2):
        given = licensing.post("/delegations", SENT, key="the-same-request")
        assert given.status_code == 201
    assert Delegation.objects.count() == 1
    assert given.json()["legal_basis"] == ["licensing-law/24"]
    end = f"/delegations/{given.json()['id']}/end"
    stranger = program(cast.officer("services-bureau/window"))
    assert stranger.post(end, {"post": "services-bureau/window"}).status_code == 404
    assert stranger.post(end, {"post": "heping-market/licensing"}).status_code == 403
    assert licensing.post(end, {"post": "heping-market/licensing"}).json()["to_on"] == "2026-03-01"
    assert program().get("/delegations").json() == []


def test_what_is_wider_than_the_post_is_refused_with_the_reason(program, cast):
    answer = program(cast.licensing).post("/delegations", SENT | {"region": "990121"})
    assert (answer.status_code, answer.json()["code"]) == (422, "not-delegable")
    assert not Delegation.objects.exists()


def test_an_officer_is_absent_and_back(program, cast):
    licensing = program(cast.licensing)
    told = licensing.post("/absences", {"post": "heping-market/licensing", "from_on": "2026-03-02"}).json()
    assert (told["deputy"], told["covered"]) == ("heping-market/inspection", True)
    assert licensing.get("/tasks", post="heping-market/licensing").status_code == 403
    assert program(cast.fire).post(f"/absences/{told['id']}/end").status_code == 404
    assert licensing.post(f"/absences/{told['id']}/end").json()["to_on"] == "2026-03-01"
    assert licensing.get("/tasks", post="heping-market/licensing").status_code == 200
