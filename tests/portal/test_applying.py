"""Lin Yue applies for her company: what is known is not asked, she can stop, and submitting twice makes one case."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.restaurant import ANSWERS, NEEDED, picture
from zhengtong.cases.models import Case, Draft

START = "/services/open-restaurant/start"


@pytest.fixture
def lin_yue(signed_in, cast):
    return signed_in(cast.lin_yue)


@pytest.fixture
def draft(lin_yue, cast) -> Draft:
    lin_yue.post(START, {"party": cast.linjiang.uscc})
    return Draft.objects.get()


def answers_for(page: str) -> dict[str, str]:
    """What Lin Yue fills into the fields that a page has."""
    asked = set(re.findall(r'name="([a-z_]+?)(?:-(?:year|month|day))?"', page))
    filled: dict[str, str] = {}
    for name, value in ANSWERS.items():
        if name not in asked:
            continue
        if name == "opening_on":
            filled |= dict(zip((f"{name}-year", f"{name}-month", f"{name}-day"), str(value).split("-"), strict=True))
        else:
            filled[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return filled


def answer_all(client, draft: Draft) -> str:
    """Follow the pages until no question is left; returns where they lead."""
    address = client.get(f"/drafts/{draft.pk}")["Location"]
    for _page in range(30):
        if "/questions/" not in address:
            return address
        asked = client.get(address).content.decode()
        answer = client.post(address, answers_for(asked))
        assert answer.status_code == 302, answer.content.decode()
        address = answer["Location"]
    raise AssertionError("the questions do not end")


def upload(client, draft: Draft, material: str, body: bytes | None = None, name: str = "plan.png"):
    file = SimpleUploadedFile(name, picture() if body is None else body)
    return client.post(f"/drafts/{draft.pk}/papers", {"material": material, material: file})


def hand_in_everything(client, draft: Draft) -> None:
    page = client.get(f"/drafts/{draft.pk}/papers").content.decode()
    for material in re.findall(r'name="material" value="([a-z-]+)"', page):
        assert upload(client, draft, material).status_code == 302


def test_somebody_who_has_not_signed_in_is_asked_to(client, cast):
    assert client.get(START)["Location"] == f"/sign-in?next={START}"


def test_she_can_choose_the_company_that_the_register_names_her_for(lin_yue, cast):
    page = lin_yue.get(START).content.decode()
    assert cast.linjiang.name in page
    assert "企业登记簿：法定代表人" in page


def test_her_brother_without_a_mandate_cannot(signed_in, cast):
    brother = signed_in(cast.lin_qiang)
    assert cast.linjiang.name not in brother.get(START).content.decode()
    assert brother.post(START, {"party": cast.linjiang.uscc}).status_code == 422
    assert not Draft.objects.exists()


def test_what_the_registers_know_is_shown_with_its_source_and_not_asked(lin_yue, draft):
    page = lin_yue.get(f"/drafts/{draft.pk}/known").content.decode()
    assert "青山市临江小馆餐饮有限公司" in page
    assert "市场主体登记库" in page
    for question in ("enterprise_name", "enterprise_uscc"):
        assert question not in answers_for(lin_yue.get(f"/drafts/{draft.pk}/questions/outlet").content.decode())


def test_each_question_says_which_service_and_which_law_needs_it(lin_yue, draft):
    page = lin_yue.get(f"/drafts/{draft.pk}/questions/outlet").content.decode()
    assert "为什么要问？" in page
    assert "食品经营许可（餐饮服务）" in page
    assert "/laws/" in page


def test_a_wrong_answer_is_told_at_the_field_and_the_others_are_kept(lin_yue, draft):
    address = f"/drafts/{draft.pk}/questions/fire"
    page = lin_yue.post(address, {"uses_gas": "true", "exits": "many"})
    told = page.content.decode()
    assert page.status_code == 422
    assert 'href="#exits"' in told
    assert "请输入整数" in told
    assert 'value="many"' in told
    assert Draft.objects.get().answers == {}


def test_she_stops_and_goes_on_later_where_she_was(lin_yue, draft, signed_in, cast):
    lin_yue.post(f"/drafts/{draft.pk}/questions/outlet", {"outlet_name": "临江小馆", "later": "1"})
    another_device = signed_in(cast.lin_yue)
    assert f"/drafts/{draft.pk}" in another_device.get("/drafts").content.decode()
    assert another_device.get(f"/drafts/{draft.pk}")["Location"].endswith("/questions/place")


def test_leaving_an_empty_page_for_later_is_no_fault(lin_yue, draft):
    assert (
        lin_yue.post(f"/drafts/{draft.pk}/questions/outlet", {"outlet_name": "", "later": "1"})["Location"] == "/drafts"
    )


def test_the_whole_way_ends_in_one_case_however_often_she_submits(lin_yue, draft):
    assert answer_all(lin_yue, draft) == f"/drafts/{draft.pk}/papers"
    hand_in_everything(lin_yue, draft)
    assert lin_yue.post(f"/drafts/{draft.pk}/papers")["Location"] == f"/drafts/{draft.pk}/check"
    check = lin_yue.get(f"/drafts/{draft.pk}/check").content.decode()
    assert "临江小馆" in check
    assert "4.2" in check
    first = lin_yue.post(f"/drafts/{draft.pk}/check", {"committed": "yes"})
    again = lin_yue.post(f"/drafts/{draft.pk}/check", {"committed": "yes"})
    case = Case.objects.get(parent=None)
    assert first["Location"] == again["Location"] == f"/cases/{case.number}/filed"
    assert case.number in lin_yue.get(first["Location"]).content.decode()


def test_a_filed_draft_cannot_be_changed(lin_yue, draft):
    answer_all(lin_yue, draft)
    hand_in_everything(lin_yue, draft)
    lin_yue.post(f"/drafts/{draft.pk}/check", {"committed": "yes"})
    page = lin_yue.post(f"/drafts/{draft.pk}/questions/outlet", {"outlet_name": "别的"})
    assert page.status_code == 409
    assert "已经提交" in page.content.decode()


def test_submitting_without_the_papers_names_those_that_are_missing(lin_yue, draft):
    answer_all(lin_yue, draft)
    assert lin_yue.post(f"/drafts/{draft.pk}/papers").status_code == 422
    page = lin_yue.post(f"/drafts/{draft.pk}/check", {"committed": "yes"})
    assert page.status_code == 422
    assert "场所平面布置图" in page.content.decode()
    assert not Case.objects.exists()


def test_submitting_without_the_answers_leads_to_the_questions(lin_yue, draft):
    page = lin_yue.post(f"/drafts/{draft.pk}/check", {"committed": "yes"})
    assert page.status_code == 422
    assert 'href="#answer-outlet_name"' in page.content.decode()


def test_a_commitment_has_to_be_confirmed(lin_yue, draft):
    answer_all(lin_yue, draft)
    hand_in_everything(lin_yue, draft)
    assert lin_yue.post(f"/drafts/{draft.pk}/check").status_code == 422
    assert not Case.objects.exists()


def test_a_file_of_the_wrong_kind_is_refused_at_its_field(lin_yue, draft):
    answer_all(lin_yue, draft)
    page = upload(lin_yue, draft, NEEDED[0], b"GIF89a" + bytes(100), "plan.png")
    assert page.status_code == 422
    assert f'href="#{NEEDED[0]}"' in page.content.decode()
    assert not draft.documents.exists()


def test_a_file_can_be_replaced_and_removed(lin_yue, draft):
    answer_all(lin_yue, draft)
    upload(lin_yue, draft, NEEDED[0])
    upload(lin_yue, draft, NEEDED[0], picture("red"), "new.png")
    document = draft.documents.get()
    assert document.name == "new.png"
    lin_yue.post(f"/drafts/{draft.pk}/papers", {"remove": document.pk})
    assert not draft.documents.exists()


def test_a_huge_upload_is_turned_away_unread(lin_yue, draft, settings):
    settings.ZHENGTONG_MAX_UPLOAD = 1000
    body = io.BytesIO(bytes(2_000_000))
    page = lin_yue.post(f"/drafts/{draft.pk}/papers", {"material": "floor-plan", "floor-plan": body})
    assert page.status_code == 413
    assert "太大" in page.content.decode()


def test_a_form_field_of_a_megabyte_is_turned_away(lin_yue, draft):
    page = lin_yue.post(f"/drafts/{draft.pk}/questions/outlet", {"outlet_name": "大" * 1_000_000})
    assert page.status_code == 413
    assert Draft.objects.get().answers == {}


@pytest.mark.parametrize("page", ["", "/known", "/questions/outlet", "/papers", "/check"])
def test_somebody_elses_draft_does_not_exist(signed_in, cast, draft, page):
    assert signed_in(cast.lin_qiang).get(f"/drafts/{draft.pk}{page}").status_code == 404


def test_a_draft_can_be_thrown_away(lin_yue, draft):
    lin_yue.post(f"/drafts/{draft.pk}/discard")
    assert not Draft.objects.exists()


def test_a_service_for_individuals_is_not_offered_to_companies(signed_in, cast):
    page = signed_in(cast.wang_defu).get("/services/old-age-allowance/start").content.decode()
    assert 'value="myself"' in page
