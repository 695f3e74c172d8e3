"""The legal representative lets somebody act for the company, and takes it back."""

import pytest

from zhengtong.people.models import Mandate

FIRST = "/services/open-restaurant/start"


@pytest.fixture
def given(cast):
    return {"enterprise": cast.linjiang.uscc, "name": "林强", "number": cast.lin_qiang.person.id_number}


def test_who_gets_a_mandate_can_apply_for_the_company_and_then_no_more(signed_in, cast, given):
    sister, brother = signed_in(cast.lin_yue), signed_in(cast.lin_qiang)
    assert cast.linjiang.name not in brother.get(FIRST).content.decode()
    assert sister.post("/mandates", given | {"matters": ["open-restaurant"]}).status_code == 302
    assert "林强" in sister.get("/mandates").content.decode()
    assert cast.linjiang.name in brother.get(FIRST).content.decode()
    sister.post(f"/mandates/{Mandate.objects.get(holder=cast.lin_qiang.person).pk}/withdraw")
    assert cast.linjiang.name not in brother.get(FIRST).content.decode()


def test_who_holds_a_mandate_cannot_pass_it_on(signed_in, cast, given):
    signed_in(cast.lin_yue).post("/mandates", given)
    brother = signed_in(cast.lin_qiang)
    page = brother.post("/mandates", given | {"name": "王德福", "number": cast.wang_defu.person.id_number})
    assert page.status_code == 422
    assert not Mandate.objects.filter(holder=cast.wang_defu.person).exists()


def test_nobody_withdraws_the_mandate_of_another_company(signed_in, cast, given):
    signed_in(cast.lin_yue).post("/mandates", given)
    mandate = Mandate.objects.get(holder=cast.lin_qiang.person)
    assert signed_in(cast.wang_defu).post(f"/mandates/{mandate.pk}/withdraw").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"number": "990102198511030119"}, "校验位不对"),
        ({"name": "林刚"}, "没有同时符合此号码和姓名的账户"),
        ({"until-year": "2026", "until-month": "2", "until-day": "30"}, "没有这个日期"),
        ({"until-year": "2020", "until-month": "1", "until-day": "1"}, "已经过去"),
        ({"enterprise": "x"}, "请选择企业"),
    ],
)
def test_what_is_wrong_is_told_at_the_field_and_nothing_is_given(signed_in, cast, given, wrong, told):
    before = Mandate.objects.count()
    page = signed_in(cast.lin_yue).post("/mandates", given | wrong)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert Mandate.objects.count() == before
