"""The restaurant through the interface alone: a program files, officers' programs decide, she appeals and rates."""

import pytest

from tests.restaurant import ANSWERS, NEEDED
from zhengtong.cases.law import charter_of
from zhengtong.cases.models import Case, Certificate
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.verify import verify

OUTPUTS = {
    "acceptance": "accepted",
    "examination": "satisfied",
    "inspection": "passed",
    "decision": "granted",
    "defence": "received",
    "hearing": "in-writing",
    "opinion": "overturn",
}


@pytest.fixture
def work(program, cast):
    """Officers' programs end every open step of a case, each as `OUTPUTS` says or as told."""

    def do(case: Case, **told: str) -> None:
        while step := case.tasks.filter(status="open").first():
            fact = charter_of(case).process(case.procedure).nodes[step.node].task.fact
            sent = {"post": step.post, "output": told.get(fact, OUTPUTS[fact]), "reasons": "the facts are clear"}
            sent["basis"] = list(charter_of(case).listed(case.procedure).legal_basis)[:1]
            answer = program(cast.officer(step.post)).post(f"/tasks/{step.pk}/complete", sent)
            assert answer.status_code == 200, answer.content
            case.refresh_from_db()

    return do


def test_one_application_opens_a_restaurant_through_the_interface(program, cast, work, monday):
    lin_yue = program(cast.lin_yue)
    assert program().get("/catalogue", q="restaurant").json()["items"]
    documents = {material: lin_yue.upload("open-restaurant", material).json()["id"] for material in NEEDED}
    sent = {
        "procedure": "open-restaurant",
        "enterprise": cast.linjiang.uscc,
        "answers": ANSWERS,
        "documents": documents,
    }
    first, second = (lin_yue.post("/cases", sent, key="open") for _ in range(2))
    assert first.status_code == 201 and first.json()["number"] == second.json()["number"]
    joint = Case.objects.get(number=first.json()["number"])

    step = joint.tasks.get(status="open")
    window = program(cast.window)
    accepted = window.post(f"/tasks/{step.pk}/complete", {"post": step.post, "output": "accepted"})
    assert accepted.status_code == 200
    parts = {part.procedure: part for part in joint.parts.all()}
    work(parts["fire-check"])
    work(parts["food-licence"], decision="refused")
    food = parts["food-licence"]
    assert food.outcome == "refused"

    grounds = {"appeal_request": "set-aside", "appeal_reasons": "the layout is right"}
    grounds |= dict.fromkeys(("stay_wanted", "hearing_wanted", "norm_review_wanted"), False)
    contested = lin_yue.post(f"/cases/{food.number}/appeal", {"answers": grounds})
    assert contested.status_code == 201, contested.content
    work(Case.objects.get(number=contested.json()["number"]), decision="set-aside")
    food.refresh_from_db()
    assert food.outcome == "granted"

    joint.refresh_from_db()
    assert joint.status == "closed"
    rated = lin_yue.post(f"/cases/{joint.number}/rating", {"level": 1, "comment": "slow"})
    assert rated.json()["follow_up"], "a bad rating opens a case"
    for certificate in Certificate.objects.all():
        assert program().get(f"/certificates/{certificate.number}").json()["state"] == "valid"
    while sequence(now=monday):
        pass
    assert verify().sound
