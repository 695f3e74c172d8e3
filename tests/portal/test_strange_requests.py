"""Strange addresses and forms get a clear page, never a fault of ours."""

import pytest

HUGE = 10**30
STRANGE = [
    "/search?q=%00",
    "/search?q=%F0%9F%8D%9C&q=2",
    f"/charters/{HUGE}",
    "/charters/1/../../etc/passwd",
    "/charters/1/%00",
    "/verify/%00",
    "/verify?number=%00",
    "/services/%00",
    "/laws/none",
    "/organisations/none",
    f"/drafts/{HUGE}",
    f"/drafts/{HUGE}/papers",
    "/cases/%00",
    f"/cases/{'9' * 300}",
    f"/cases/none/letters/{HUGE}",
    "/cases?before=%00",
    "/cases?before=9999-12-31T23:59:59%2B00:00",
    "/sign-in?next=//evil.example",
]


@pytest.mark.parametrize("address", STRANGE)
def test_a_strange_address_is_no_fault_of_ours(signed_in, cast, address):
    assert signed_in(cast.lin_yue).get(address).status_code in {200, 302, 404}


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/sign-in", {"username": "\x00", "password": "\x00"}),
        ("/sign-in", {"carried": "\x00", "username": "lin-yue", "password": "x"}),
        ("/mandates", {"enterprise": "\x00", "name": "\x00", "number": "\x00"}),
        ("/mandates", {"number": "１１１１１１１１１１１１１１１１１１"}),
        ("/language", {"language": "tlh", "next": "//evil.example"}),
        ("/services/open-restaurant/start", {"party": "\x00"}),
    ],
)
def test_a_strange_form_is_no_fault_of_ours(signed_in, client, cast, address, form):
    for browser in (client, signed_in(cast.lin_yue)):
        assert browser.post(address, form).status_code < 500


def test_a_strange_page_or_answer_of_a_draft_is_no_fault_of_ours(signed_in, cast):
    lin_yue = signed_in(cast.lin_yue)
    lin_yue.post("/services/open-restaurant/start", {"party": cast.linjiang.uscc})
    known = lin_yue.get("/drafts").content.decode()
    pk = known.split('href="/drafts/')[1].split('"')[0]
    assert lin_yue.post(f"/drafts/{pk}/questions/none", {}).status_code == 302
    page = lin_yue.post(f"/drafts/{pk}/questions/outlet", {"outlet_name": "临\x00江\u202e小馆"})
    assert page.status_code == 422
    assert "控制字符" in page.content.decode()
    for form in ({"remove": "x"}, {"remove": str(HUGE)}, {"material": "none"}, {"material": "\x00"}):
        assert lin_yue.post(f"/drafts/{pk}/papers", form).status_code < 500
