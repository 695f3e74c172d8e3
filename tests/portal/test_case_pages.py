"""All along she sees where each part stands, whose desk it is on, until when, and why that date."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cases.test_petition_clocks import answered, filed
from tests.restaurant import apply, do, part, picture, task
from zhengtong.cases import acts
from zhengtong.cases.models import Case, Draft


@pytest.fixture
def lin_yue(signed_in, cast):
    return signed_in(cast.lin_yue)


@pytest.fixture
def case(cast, monday) -> Case:
    return apply(cast, now=monday)


@pytest.fixture
def accepted(case, cast, monday) -> Case:
    do(case, "accept", "accepted", by=cast.window, now=monday)
    case.refresh_from_db()
    return case


@pytest.fixture
def corrected(accepted, cast, monday):
    """Food licensing asks for a correction."""
    food = part(accepted, "food-licence")
    acts.request_correction(
        task=task(food, "examine"),
        items=[{"what": "平面图缺少尺寸", "why": "无法核对面积"}],
        by=cast.licensing,
        now=monday,
    )
    return food


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_list_shows_her_cases_with_desk_and_light(lin_yue, case):
    page = read(lin_yue, "/cases")
    assert case.number in page
    assert "和平区政务服务局" in page
    assert "期限内" in page


def test_the_case_shows_each_part_with_its_desk_and_day(lin_yue, accepted):
    page = read(lin_yue, f"/cases/{accepted.number}")
    for told in ("营业执照", "食品经营许可", "消防", "招牌", "食品许可岗", "已受理"):
        assert told in page


def test_the_count_of_days_is_shown_with_its_law(lin_yue, accepted):
    page = read(lin_yue, f"/cases/{accepted.number}/why")
    assert "2026年3月2日" in page
    assert "起算当日，不计入" in page
    assert "《行政许可法》第四十二条" in page


def test_before_acceptance_no_day_is_counted(lin_yue, case):
    assert "时限自受理时起算" in read(lin_yue, f"/cases/{case.number}/why")


@pytest.mark.parametrize("page", ["", "/why", "/filed", "/correction", "/withdraw", "/rate"])
def test_somebody_elses_case_does_not_exist(signed_in, cast, case, page):
    answer = signed_in(cast.lin_qiang).get(f"/cases/{case.number}{page}")
    assert answer.status_code == 404
    assert "青山市临江小馆" not in answer.content.decode()


def test_a_correction_is_told_on_the_case_and_answered_there(lin_yue, accepted, corrected):
    page = read(lin_yue, f"/cases/{accepted.number}")
    assert "平面图缺少尺寸" in page
    assert "时限中止" in page
    assert "无法核对面积" in read(lin_yue, f"/cases/{corrected.number}/correction")
    form = lin_yue.get(f"/cases/{corrected.number}/correction").context["fields"]
    answers = {field.name: field.value for field in form if getattr(field, "value", "")}
    file = SimpleUploadedFile("new plan.png", picture("red"))
    answer = lin_yue.post(f"/cases/{corrected.number}/correction", answers | {"note": "已补尺寸", "floor-plan": file})
    assert answer.status_code == 302, answer.content.decode()
    assert not corrected.stops.filter(to_at__isnull=True).exists()
    assert "new plan.png" in {each.name for each in accepted.documents.all()}


def test_while_the_clock_stands_still_the_count_says_why(lin_yue, corrected, settings, monday):
    settings.ZHENGTONG_CLOCK = (monday + timedelta(days=3)).isoformat()
    page = read(lin_yue, f"/cases/{corrected.number}/why")
    assert "时限中止" in page
    assert "补正" in page


def test_a_letter_can_be_read_and_a_paper_downloaded(lin_yue, case):
    letter = case.letters.first()
    assert letter.subject in read(lin_yue, f"/cases/{case.number}/letters/{letter.pk}")
    document = case.documents.first()
    answer = lin_yue.get(f"/cases/{case.number}/documents/{document.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content == picture()


def test_she_withdraws_after_a_question(lin_yue, case):
    assert "确定要撤回申请吗" in read(lin_yue, f"/cases/{case.number}/withdraw")
    lin_yue.post(f"/cases/{case.number}/withdraw", {"reason": "改主意了"})
    case.refresh_from_db()
    assert (case.status, case.outcome) == ("closed", "withdrawn")


@pytest.fixture
def refused(accepted, cast, monday) -> Case:
    """The food licence is refused."""
    food = part(accepted, "food-licence")
    do(food, "examine", "unsatisfied", by=cast.licensing, now=monday)
    basis = ["food-licence-rules/11"]
    do(food, "decide", "refused", by=cast.licensing, reasons="操作间与布局不符", basis=basis, now=monday)
    return food


def test_a_refusal_says_why_by_what_law_and_rules_and_where_to_appeal(lin_yue, accepted, refused):
    page = read(lin_yue, f"/cases/{accepted.number}")
    for told in ("操作间与布局不符", "第十一条", "适用的规则", "不服此决定，提出行政复议", "2026年5月6日"):
        assert told in page


def test_contesting_begins_an_appeal_about_that_part(lin_yue, refused):
    answer = lin_yue.post(f"/cases/{refused.number}/contest")
    draft = Draft.objects.get(procedure="appeal")
    assert answer["Location"] == f"/drafts/{draft.pk}/known"
    assert draft.about == refused


def test_she_rates_a_closed_case_once(lin_yue, case):
    lin_yue.post(f"/cases/{case.number}/withdraw", {"reason": ""})
    assert lin_yue.post(f"/cases/{case.number}/rate", {"level": "7"}).status_code == 422
    lin_yue.post(f"/cases/{case.number}/rate", {"level": "5", "comment": "很快"})
    assert case.ratings.get().level == 5
    assert lin_yue.get(f"/cases/{case.number}/rate").status_code == 302


def test_an_open_case_cannot_be_rated(lin_yue, case):
    lin_yue.post(f"/cases/{case.number}/rate", {"level": "1"})
    assert not case.ratings.exists()


def test_every_look_at_her_data_is_shown_to_her(lin_yue, case):
    page = read(lin_yue, "/my-data")
    assert "人口基础信息库" in page
    assert "您本人填表时" in page


def test_the_list_pages_on_by_moment(lin_yue, case):
    assert case.number not in read(lin_yue, "/cases?before=2020-01-01T00:00:00%2B08:00")
    assert case.number in read(lin_yue, "/cases?before=nonsense")


def test_a_decision_is_contested_by_its_own_way_and_a_rating_is_told_in_words(lin_yue, cast, monday):
    petition = answered(filed(cast, monday), cast, monday)
    page = read(lin_yue, f"/cases/{petition.number}")
    assert "不服此决定，提出信访复查" in page and "行政复议" not in page.partition("</main>")[0]
    begun = lin_yue.post(f"/cases/{petition.number}/contest", follow=True).content.decode()
    assert "开始填写之前" in begun and "都要由您自己填写" in begun
    lin_yue.post(f"/cases/{petition.number}/rate", {"level": "1"})
    assert "非常不满意" in read(lin_yue, f"/cases/{petition.number}")
