"""An officer works from the desk: sees what waits, decides, asks, arranges, passes on."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages

from tests.restaurant import part, task
from zhengtong.cases import acts
from zhengtong.cases.acts.handling import outputs_of
from zhengtong.cases.models import Handover, Inspection
from zhengtong.cases.wording import outcome_told
from zhengtong.charter.queries import in_force
from zhengtong.people.actor import PROGRAM
from zhengtong.people.acts import take_post

LICENSING = "/desk/heping-market/licensing/"


@pytest.fixture
def licensing(browser, cast):
    return browser(cast.licensing)


@pytest.fixture
def step(accepted):
    """Examining the food licence."""
    return task(part(accepted, "food-licence"), "examine")


def page_of(step) -> str:
    return f"{LICENSING}tasks/{step.pk}"


def told(answer) -> list[str]:
    return [str(each) for each in get_messages(answer.wsgi_request)]


def test_with_one_post_the_desk_is_at_once_there(licensing):
    assert licensing.get("/desk/")["Location"] == LICENSING


def test_with_several_posts_one_chooses(licensing, cast, monday):
    take_post(
        person=cast.licensing.person, post="market-bureau/licensing", from_on=monday.date(), by=PROGRAM, now=monday
    )
    page = licensing.get("/desk/").content.decode()
    assert LICENSING in page and "/desk/market-bureau/licensing/" in page


def test_who_holds_no_post_has_no_desk(browser, cast):
    assert browser(cast.lin_yue).get("/desk/").status_code == 404


def test_the_desk_of_another_post_is_not_there(licensing):
    for path in ("/desk/fire-brigade/inspection/", "/desk/no-such/post/"):
        assert licensing.get(path).status_code == 404


def test_a_post_that_was_left_is_not_there(licensing, cast, monday):
    holding = cast.licensing.person.holdings.get()
    holding.to_on = monday.date() - timedelta(days=1)
    holding.save()
    assert licensing.get(LICENSING).status_code == 404


def test_nobody_gets_in_without_signing_in(client, step):
    assert client.get(page_of(step)).status_code == 302


def test_the_desk_shows_what_waits_with_its_light(licensing, step, cast):
    page = licensing.get(LICENSING).content.decode()
    assert cast.linjiang.name in page
    assert f"tasks/{step.pk}" in page
    assert "zt-light--" in page


def test_the_desk_can_be_narrowed_to_a_service(licensing, step):
    assert f"tasks/{step.pk}" in licensing.get(LICENSING, {"service": "food-licence"}).content.decode()
    assert f"tasks/{step.pk}" not in licensing.get(LICENSING, {"service": "shop-sign"}).content.decode()


def test_the_step_shows_facts_with_sources_documents_and_history(licensing, step, accepted):
    page = licensing.get(page_of(step)).content.decode()
    for expected in ("临江小馆", "floor-plan.png", "Enterprise register", "Step begun", "<svg"):
        assert expected in page, expected


def test_a_step_of_another_desk_is_not_there(licensing, accepted):
    fire = part(accepted, "fire-check").tasks.get(status="open")
    assert licensing.get(page_of(fire)).status_code == 404
    assert licensing.post(f"{page_of(fire)}/complete", {"output": "granted"}).status_code == 404


def test_the_officer_takes_a_step_up(licensing, step, cast):
    answer = licensing.post(f"{page_of(step)}/claim")
    assert answer["Location"] == page_of(step)
    step.refresh_from_db()
    assert step.officer == cast.licensing.person


def test_the_officer_completes_a_step(licensing, step):
    answer = licensing.post(f"{page_of(step)}/complete", {"output": "satisfied"})
    assert answer["Location"] == LICENSING
    assert told(answer) == ["The step is completed."]
    step.refresh_from_db()
    assert step.status == "done"


def test_what_no_form_sends_is_a_bad_request(licensing, step):
    assert licensing.post(f"{page_of(step)}/complete", {"output": "satisfied", "reasons": "a\x00b"}).status_code == 400
    step.refresh_from_db()
    assert step.status == "open"


def test_a_refusal_without_reasons_is_shown_on_the_same_page_and_keeps_what_was_chosen(licensing, accepted, step):
    licensing.post(f"{page_of(step)}/complete", {"output": "unsatisfied"})
    decide = task(part(accepted, "food-licence"), "decide")
    answer = licensing.post(f"{page_of(decide)}/complete", {"output": "refused", "basis": ["food-safety-law/35"]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page or "needs reasons" in page
    assert 'value="refused" checked' in page
    assert 'value="food-safety-law/35" checked' in page


def test_a_refusal_with_reasons_and_articles_is_decided(licensing, accepted, step):
    licensing.post(f"{page_of(step)}/complete", {"output": "unsatisfied"})
    decide = task(part(accepted, "food-licence"), "decide")
    sent = {"output": "refused", "reasons": "布局不符", "basis": ["food-safety-law/35"]}
    licensing.post(f"{page_of(decide)}/complete", sent)
    assert part(accepted, "food-licence").outcome == "refused"


def test_everything_missing_is_asked_at_once(licensing, step, accepted):
    assert "Item 1" in licensing.get(f"{page_of(step)}/correction").content.decode()
    sent = {"what-1": "制度", "why-1": "第三十五条", "what-2": "图纸", "why-2": ""}
    answer = licensing.post(f"{page_of(step)}/correction", sent)
    assert answer["Location"] == page_of(step)
    assert [each["what"] for each in step.stops.get().items] == ["制度", "图纸"]
    assert "The clock stands still" in licensing.get(page_of(step)).content.decode()


def test_the_form_of_a_correction_can_be_made_longer_and_keeps_what_was_written(licensing, step):
    answer = licensing.post(f"{page_of(step)}/correction", {"what-1": "制度", "what-2": "", "what-3": "", "more": "1"})
    page = answer.content.decode()
    assert "Item 6" in page and "Item 7" not in page and "制度" in page
    assert not step.stops.exists()


def test_asking_for_nothing_is_refused_on_the_form(licensing, step):
    answer = licensing.post(f"{page_of(step)}/correction", {"why-1": "因为"})
    assert answer.status_code == 422
    assert "因为" in answer.content.decode()


def test_a_hand_over_is_offered_taken_or_declined(licensing, browser, step, cast):
    sent = {"to": "market-bureau/licensing", "reason": "属于市局"}
    assert licensing.post(f"{page_of(step)}/hand-over", sent)["Location"] == page_of(step)
    offer = Handover.objects.get()
    other = browser(cast.officer("market-bureau/licensing"))
    desk = "/desk/market-bureau/licensing/"
    assert f"offers/{offer.pk}" in other.get(desk).content.decode()
    assert "属于市局" in other.get(f"{desk}offers/{offer.pk}").content.decode()
    assert other.post(f"{desk}offers/{offer.pk}", {"answer": "take"})["Location"] == f"{desk}tasks/{step.pk}"
    step.refresh_from_db()
    assert step.post == "market-bureau/licensing"


def test_declining_needs_a_reason_and_names_who_is_competent(licensing, browser, step, cast):
    licensing.post(f"{page_of(step)}/hand-over", {"to": "urban-management/signs", "reason": "不归我"})
    offer, signs = Handover.objects.get(), browser(cast.signs)
    path = f"/desk/urban-management/signs/offers/{offer.pk}"
    assert signs.post(path, {"answer": "decline", "reason": ""}).status_code == 422
    nobody = {"answer": "decline", "reason": "归市场监管", "competent": "fire-brigade/inspection"}
    assert signs.post(path, nobody).status_code == 422, "nor is that post competent"
    named = nobody | {"competent": "heping-market/licensing"}
    assert signs.post(path, named).status_code == 302
    assert signs.get(path).status_code == 404, "it has been answered"


def test_an_offer_to_another_post_is_not_there(licensing, browser, step, cast):
    licensing.post(f"{page_of(step)}/hand-over", {"to": "urban-management/signs", "reason": "不归我"})
    path = f"/desk/fire-brigade/inspection/offers/{Handover.objects.get().pk}"
    assert browser(cast.fire).get(path).status_code == 404


@pytest.fixture
def visit(accepted, cast, monday):
    """The inspection of the food business, on the inspector's desk."""
    acts.complete(
        task=task(part(accepted, "food-licence"), "examine"), output="satisfied", by=cast.licensing, now=monday
    )
    return task(part(accepted, "food-licence"), "inspect")


def test_an_inspection_is_arranged_where_the_government_is(browser, cast, visit):
    inspector = browser(cast.officer(visit.post))
    path = f"/desk/{visit.post}/tasks/{visit.pk}/inspection"
    sent = {"on-year": "2026", "on-month": "3", "on-day": "5", "time": "09:30", "place": "样例路88号"}
    assert inspector.post(path, sent).status_code == 302
    assert Inspection.objects.get().at.isoformat() == "2026-03-05T01:30:00+00:00"


@pytest.mark.parametrize("wrong", [{"on-month": "13"}, {"on-year": "2020"}, {"time": "soon"}, {"place": ""}])
def test_a_day_that_is_none_or_past_is_said_on_the_form(browser, cast, visit, wrong):
    inspector = browser(cast.officer(visit.post))
    path = f"/desk/{visit.post}/tasks/{visit.pk}/inspection"
    sent = {"on-year": "2026", "on-month": "3", "on-day": "5", "time": "09:30", "place": "样例路88号"} | wrong
    answer = inspector.post(path, sent)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not Inspection.objects.exists()


def test_a_document_is_a_download_and_never_shown_inline(licensing, accepted, step):
    document = accepted.documents.first()
    answer = licensing.get(f"{LICENSING}cases/{step.case.number}/documents/{document.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    document.scan = "quarantined"
    document.save()
    assert licensing.get(f"{LICENSING}cases/{step.case.number}/documents/{document.pk}").status_code == 404


def test_a_case_out_of_reach_is_not_there(browser, cast, accepted):
    food = part(accepted, "food-licence")
    path = f"/desk/urban-management/signs/cases/{food.number}"
    assert browser(cast.signs).get(path).status_code == 404


def grant(case, cast, now):
    """Every step of a part, to the grant."""
    case.refresh_from_db()
    while open_task := case.tasks.filter(status="open").first():
        output = {"examine": "satisfied", "inspect": "passed", "decide": "granted"}[open_task.act]
        acts.complete(task=open_task, output=output, by=cast.officer(open_task.post), now=now)


def test_a_certificate_is_revoked_by_two_officers_with_reasons(browser, accepted, cast, monday):
    for procedure in ("business-licence", "shop-sign"):
        grant(part(accepted, procedure), cast, monday)
    sign = part(accepted, "shop-sign")
    certificate = sign.certificates.get()
    signs = browser(cast.signs)
    path = f"/desk/urban-management/signs/cases/{sign.number}/certificates/{certificate.number}/revoke"
    assert certificate.number in signs.get(path).content.decode()
    assert signs.post(path, {"reasons": ""}).status_code == 422
    sent = {"reasons": "招牌已拆除", "basis": [sign.decisions.get().legal_basis[0]]}
    assert told(signs.post(path, sent)) == ["Proposed; a second officer has to confirm."]
    certificate.refresh_from_db()
    assert certificate.status == "valid"
    at = f"proposals/{certificate.proposals.get().pk}"
    assert "You proposed it" in signs.get(f"/desk/urban-management/signs/{at}").content.decode()
    assert signs.post(f"/desk/urban-management/signs/{at}", {"answer": "confirm"}).status_code == 403
    head, desk = browser(cast.officer("urban-management/head")), "/desk/urban-management/head/"
    assert at in head.get(desk).content.decode()
    assert "招牌已拆除" in head.get(desk + at).content.decode()
    assert head.post(desk + at, {"answer": "reject", "reason": ""}).status_code == 422
    assert head.post(desk + at, {"answer": "confirm"}).status_code == 302
    certificate.refresh_from_db()
    assert certificate.status == "revoked"
    assert head.get(desk + at).status_code == 404, "it has been answered"


def test_only_who_may_extend_the_limit_is_offered_to(licensing, browser, step, cast):
    assert "Extend the time limit" not in licensing.get(page_of(step)).content.decode()
    assert licensing.get(f"{page_of(step)}/extension").status_code == 404
    head = browser(cast.officer("heping-market/head"))
    desk = f"/desk/heping-market/head/tasks/{step.pk}"
    assert "Extend the time limit" in head.get(desk).content.decode()
    head.post(f"{desk}/extension", {"reason": "需要专家评审"})
    assert step.case.extensions.get().reason == "需要专家评审"


def test_every_result_that_an_officer_may_choose_is_in_words(cast, monday):
    charter = in_force(monday.date()).charter
    steps = [(each, node) for each in charter.all_listed() for node in charter.process(each.id).nodes.values()]
    asked = [(each, value) for each, node in steps if node.task for value in outputs_of(node)[1]]
    assert len(asked) > 100
    assert [(each.id, value) for each, value in asked if outcome_told(each, value)["zh-Hans"] == value] == []
