"""What petitioners let everybody read: with its place and state, never with their names or where a photograph was."""

import io

import pytest
from django.test import Client
from PIL import Image

from tests.cases.test_petition_clocks import TOLD, answered
from tests.cases.test_photographs import photograph
from tests.restaurant import do
from zhengtong.agora.reports.acts import publish_due
from zhengtong.agora.reports.models import Report
from zhengtong.agora.reports.queries import Asked, counted, listed
from zhengtong.cases import acts
from zhengtong.cases.acts.erasing import erase_case
from zhengtong.charter.queries import in_force_at


def reported(cast, now, key="report", *, photo=b"", **answers):
    told = TOLD | {"petition_public": True, "petition_place": "10.300000, 150.400000"} | answers
    return acts.file_application(
        procedure="complaint",
        person=cast.lin_yue.person,
        answers=told,
        documents={"petition-evidence": ("IMG.jpg", io.BytesIO(photo))} if photo else {},
        by=cast.lin_yue,
        channel="web",
        language="zh-Hans",
        request_key=key,
        now=now,
    )


def public(now, **narrowed):
    return listed(in_force_at(now).charter, Asked(**narrowed), page=1)


def test_it_is_published_once_with_its_place_and_without_a_name(cast, monday):
    reported(cast, monday)
    assert (publish_due(now=monday), publish_due(now=monday)) == (1, 0)
    (found,) = public(monday)
    assert (found.words, found.latitude, found.longitude, found.place) == (TOLD["petition_facts"], 10.3, 150.4, "")
    page = Client().get("/take-part/reports").content.decode()
    assert TOLD["petition_facts"] in page
    assert 'r="19"' in page  # a dot of the map
    assert cast.lin_yue.person.name not in page


@pytest.mark.parametrize("answer", [{"petition_public": False}, {"petition_public": None}])
def test_without_consent_it_is_only_counted(cast, monday, answer):
    case = reported(cast, monday, **{key: value for key, value in answer.items() if value is not None})
    if answer["petition_public"] is None:
        case.facts = {key: value for key, value in case.facts.items() if key != "petition_public"}
        case.save()
    publish_due(now=monday)
    assert (public(monday), Report.objects.get().words) == ([], "")
    assert counted(in_force_at(monday).charter)["received"] == 1
    assert Client().get(f"/take-part/reports/{case.number}").status_code == 404


def test_a_photograph_is_a_new_picture_with_nothing_else_in_it(cast, monday):
    case = reported(cast, monday, photo=photograph())
    publish_due(now=monday)
    sent = Client().get(f"/take-part/reports/{case.number}/photo.jpg")
    body = b"".join(sent.streaming_content)
    with Image.open(io.BytesIO(body)) as image:
        assert image.format == "JPEG"
        assert not image.getexif()
    assert b"Lin Yue" not in body


def test_the_state_is_what_the_petitioner_says(cast, monday):
    cases = [reported(cast, monday, key) for key in ("a", "b", "c", "d")]
    publish_due(now=monday)
    for case in cases[1:]:
        answered(case, cast, monday)
    acts.say_whether_solved(case=cases[2], solved=True, by=cast.lin_yue, channel="web", now=monday)
    no = acts.say_whether_solved(case=cases[3], solved=False, by=cast.lin_yue, channel="web", now=monday).follow_up
    states = {each.case.request_key: each.state for each in public(monday)}
    assert states == {"a": "received", "b": "answered", "c": "solved", "d": "not-solved"}
    do(no, "look_again", "stands", by=cast.officer("petition-office/reception"), now=monday)
    law = ["qingshan-participation-rules/14"]
    do(no, "settle", "refused", by=cast.supervisor, now=monday, reasons="灯亮着。", basis=law)
    assert [each.case.request_key for each in public(monday, state="against")] == ["d"]
    assert counted(in_force_at(monday).charter)["against"] == 1


def test_the_list_is_narrowed_by_place_kind_and_state(cast, monday):
    reported(cast, monday, "heping", petition_region="990102")
    reported(cast, monday, "binhe", petition_region="990103", petition_kind="proposal")
    publish_due(now=monday)
    assert len(public(monday, region="990100")) == 2
    assert [each.case.request_key for each in public(monday, region="990103")] == ["binhe"]
    assert [each.case.request_key for each in public(monday, kind="request")] == ["heping"]
    assert public(monday, kind="request", region="990103") == []
    assert Client().get("/take-part/reports?state=nonsense&page=-3").status_code == 200


def test_the_page_asks_the_same_however_long_the_list(cast, monday, django_assert_num_queries):
    reported(cast, monday, "0")
    publish_due(now=monday)
    Client().get("/take-part/reports")
    with django_assert_num_queries(3) as few:
        Client().get("/take-part/reports")
    for key in range(1, 6):
        reported(cast, monday, str(key))
    publish_due(now=monday)
    with django_assert_num_queries(len(few)):
        Client().get("/take-part/reports")


def test_a_petition_that_is_erased_is_not_public_any_more(cast, monday):
    case = answered(reported(cast, monday), cast, monday)
    publish_due(now=monday)
    erase_case(case=case, basis=["pipl/47"], now=monday)
    publish_due(now=monday)
    assert (public(monday), Report.objects.get().words) == ([], "")
