"""Many petition together, on pages without scripts: who speaks for them is named row by row, and says whether."""

import re

import pytest

from tests.cases.test_petition_clocks import TOLD
from tests.cases.test_representatives import REACH, row, stranger, together
from zhengtong.agora.reports.acts import publish_due
from zhengtong.cases.models import Case, Draft, Representative


@pytest.fixture
def asked(signed_in, cast) -> str:
    """Where Lin Yue is asked who represents them."""
    lin = signed_in(cast.lin_yue)
    lin.post("/services/complaint/start", {"party": "myself"})
    draft = Draft.objects.get()
    draft.answers = TOLD | {"petition_jointly": True}
    draft.save()
    return f"/drafts/{draft.pk}/questions/representatives"


def posted(rows):
    """Rows as their inputs are called."""
    return {
        f"petition_representatives-{at}-{name}": value
        for at, each in enumerate(rows, 1)
        for name, value in each.items()
    }


def test_five_rows_are_there_the_first_at_once_and_the_rest_on_demand(signed_in, cast, asked):
    page = signed_in(cast.lin_yue).get(asked).content.decode()
    assert len(re.findall(r'name="petition_representatives-\d-reach"', page)) == 5
    assert page.count('<details class="govuk-details zt-row">') == 4
    assert "一至五名" in page


def test_a_sixth_is_refused_at_its_field_in_both_languages_and_nothing_is_kept(signed_in, cast, asked):
    lin, six = signed_in(cast.lin_yue), [stranger(number) for number in range(1, 7)]
    for language, told in (("zh-hans", "最多 5 个"), ("en", "At most 5")):
        lin.cookies["django_language"] = language
        refused = lin.post(asked, posted(six))
        page = refused.content.decode()
        assert refused.status_code == 422 and told in page
        assert 'href="#petition_representatives-1-name"' in page and 'id="petition_representatives-1-name"' in page
        assert "邻居6号" in page, "what was written stays"
    assert "petition_representatives" not in Draft.objects.get().answers


def test_they_are_named_read_again_before_it_is_sent_and_filed(signed_in, cast, asked):
    lin = signed_in(cast.lin_yue)
    assert lin.post(asked, posted([stranger(1), {}, row(cast.chen_xiaoyu)])).status_code == 302
    check = asked.replace("questions/representatives", "check")
    assert f"邻居1号 · {REACH}" in lin.get(check).content.decode()
    assert lin.post(check, {"committed": "yes"}).status_code == 302
    assert Case.objects.get().representatives.get().person == cast.chen_xiaoyu.person


def test_who_was_named_accepts_reads_the_case_and_lays_it_down(signed_in, cast, monday):
    case = together(cast, monday, row(cast.chen_xiaoyu), stranger(1))
    chen, made = signed_in(cast.chen_xiaoyu), Representative.objects.get()
    assert chen.get(f"/cases/{case.number}").status_code == 404
    assert f"/representing/{made.pk}" in chen.get("/cases").content.decode()
    page = chen.get(f"/representing/{made.pk}").content.decode()
    assert "林悦" in page and "补正材料" in page and TOLD["petition_facts"] not in page
    assert chen.post(f"/representing/{made.pk}", {"do": "accept"})["Location"] == f"/cases/{case.number}"
    whole = chen.get(f"/cases/{case.number}").content.decode()
    assert "邻居1号" in whole and REACH not in whole and f"/cases/{case.number}/withdraw" not in whole
    assert chen.post(f"/cases/{case.number}/withdraw", {"reason": ""}).status_code == 302
    assert Case.objects.get().is_open
    chen.post(f"/representing/{made.pk}", {"do": "decline"})
    assert chen.get(f"/cases/{case.number}").status_code == 404
    held = chen.get("/my-data/held.json").json()["representative"]
    assert [each["status"] for each in held] == ["declined"]


def test_to_others_there_is_nothing_to_accept(signed_in, cast, monday):
    together(cast, monday, row(cast.chen_xiaoyu))
    address = f"/representing/{Representative.objects.get().pk}"
    for who in (cast.lin_yue, cast.lin_qiang):
        assert signed_in(who).get(address).status_code == 404
        assert signed_in(who).post(address, {"do": "accept"}).status_code == 404


def test_the_petitioner_and_the_office_see_who_agreed(signed_in, cast, monday):
    case = together(cast, monday, row(cast.chen_xiaoyu), stranger(1))
    assert "尚未答复" in signed_in(cast.lin_yue).get(f"/cases/{case.number}").content.decode()
    reception = cast.officer("petition-office/reception")
    desk = signed_in(reception).get(f"/desk/petition-office/reception/cases/{case.number}").content.decode()
    assert f"邻居1号 · {REACH}" in desk and "尚未答复" in desk


@pytest.mark.parametrize(
    "address",
    [
        *("/take-part/reports", "/take-part/reports/{number}", "/take-part/reports.json", "/take-part/reports.csv"),
        *("/open311/v2/requests.json", "/open311/v2/requests/{number}.json", "/open311/v2/requests.xml"),
    ],
)
def test_the_public_reads_the_petition_and_not_who_speaks_for_it(client, cast, monday, address):
    case = together(cast, monday, row(cast.chen_xiaoyu), stranger(1), petition_public=True)
    publish_due(now=monday)
    answer = client.get(address.format(number=case.number))
    told = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200 and case.number in told.decode()
    for secret in ("陈晓宇", "邻居1号", REACH, cast.chen_xiaoyu.person.id_number):
        assert secret not in told.decode()
