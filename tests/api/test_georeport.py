"""Open311 GeoReport v2: a report becomes a petition with its clock, and shows in public no more than was allowed."""

from xml.etree import ElementTree as ET

import georeport
import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given

from tests.api.test_description import BOUNDED, CHECKS
from tests.cases.test_photographs import photograph
from zhengtong.agora.reports.models import Report
from zhengtong.agora.reports.withholding import withhold
from zhengtong.cases import documents
from zhengtong.cases.models import Case
from zhengtong.faces.api.georeport.described import DESCRIPTION
from zhengtong.faces.shared import clock
from zhengtong.people.actor import PROGRAM
from zhengtong.people.acts import issue_token

ROOT = "/open311/v2"
TOLD = {
    "service_code": "complaint.request",
    "description": "The lamp in front of number 5 has been out for two weeks.",
    "lat": "30.250000",
    "long": "120.170000",
    "attribute[petition_region]": "990102",
    "attribute[petition_request]": "Please repair it.",
    "attribute[petition_jointly]": "false",
}


@pytest.fixture
def key(cast, settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    person = cast.lin_yue.person
    return issue_token(person=person, name="app", scopes=["cases:write"], days=1, by=PROGRAM, now=clock.now())


def report(key, form="json", **more):
    return Client().post(f"{ROOT}/requests.{form}", TOLD | {"api_key": key} | more, headers={"Accept-Language": "en"})


def get(path):
    return Client().get(ROOT + path, headers={"Accept-Language": "en"})


def test_what_can_be_reported_and_what_is_asked_for_it_is_told(key):
    services = get("/services.json").json()
    assert [each["service_code"] for each in services] == [
        f"complaint.{each}" for each in ("request", "proposal", "report")
    ]
    asked = {each["code"]: each for each in get("/services/complaint.request.json").json()["attributes"]}
    assert asked["petition_region"]["values"][1] == {"key": "990102", "name": "Heping District"}
    assert asked["petition_request"]["required"] and asked["petition_request"]["datatype"] == "text"
    assert "petition_representatives" not in asked, "an attribute has no rows"
    root = ET.fromstring(get("/services/complaint.request.xml").content)
    assert root.tag == "service_definition" and root.find("attributes/attribute/values/value/key") is not None


def test_a_report_becomes_a_petition_that_is_on_a_desk(key, cast):
    (made,) = report(key).json()
    case = Case.objects.get(number=made["service_request_id"])
    assert (case.procedure, case.channel, case.region, case.applicant) == (
        "complaint",
        "api",
        "990102",
        cast.lin_yue.person,
    )
    assert case.facts["petition_place"] == "30.250000, 120.170000" and case.facts["petition_jointly"] is False
    assert case.post and case.tasks.filter(status="open").exists()
    token = ET.fromstring(get(f"/tokens/{case.number}.xml").content)
    assert token.findtext("request/service_request_id") == case.number


def test_sent_again_it_is_the_same_report(key):
    assert report(key).json() == report(key).json()
    assert Case.objects.count() == 1
    assert report(key, description="Another lamp is out, at number 9.").json() != report(key).json()


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"api_key": "no"}, 403),
        ({"api_key": ""}, 403),
        ({"service_code": ""}, 400),
        ({"service_code": "complaint.nothing"}, 404),
        ({"jurisdiction_id": "elsewhere"}, 404),
        ({"lat": "91", "long": "0"}, 400),
        ({"lat": "nan", "long": "0"}, 400),
        ({"description": ""}, 400),
        ({"attribute[petition_region]": "110000"}, 400),
        ({"attribute[petition_jointly]": "perhaps"}, 400),
        ({"attribute[petition_request]": ""}, 400),
        ({"attribute[petition_jointly]": "true"}, 400),  # many name who speaks for them, in another way
    ],
)
def test_what_is_no_report_is_refused_with_a_code_in_both_formats(key, more, status):
    answer = report(key, **more)
    assert answer.status_code == status and answer.json()[0]["code"] == status and answer.json()[0]["description"]
    told = ET.fromstring(report(key, form="xml", **more).content)
    assert told.tag == "errors" and told.findtext("error/code") == str(status)
    assert not Case.objects.exists()


def test_in_public_it_shows_no_name_and_its_words_only_if_that_was_allowed(key, cast):
    (quiet,) = report(key).json()
    (open_,) = report(key, **{"attribute[petition_public]": "true"}).json()
    listed = get("/requests.json").json()
    assert [each["service_request_id"] for each in listed] == [open_["service_request_id"]]
    assert (listed[0]["lat"], listed[0]["long"], listed[0]["description"]) == (30.25, 120.17, TOLD["description"])
    assert cast.lin_yue.person.name not in str(listed)
    (known,) = get(f"/requests/{quiet['service_request_id']}.json").json()
    assert (known["status"], known["description"], known["address"], known["lat"]) == ("open", "", "", None)


def test_the_list_is_narrowed_by_kind_state_and_days(key):
    report(key, **{"attribute[petition_public]": "true"})
    found = {
        query: len(get(f"/requests.json?{query}").json())
        for query in ("status=open", "status=closed", "status=open,closed")
    }
    assert found == {"status=open": 1, "status=closed": 0, "status=open,closed": 1}
    assert get("/requests.json?service_code=complaint.report").json() == []
    assert get("/requests.json?start_date=2001-01-01T00:00:00Z").json() == []
    for wrong in (
        "start_date=2026-01-01",
        "start_date=x",
        "status=lost",
        "start_date=2001-01-01T00:00:00Z&end_date=2002-01-01T00:00:00Z",
    ):
        assert get(f"/requests.json?{wrong}").status_code == 400
    assert get("/requests/QS-NONE.json").status_code == 404


def test_a_photograph_comes_along_and_loses_its_place(key):
    report(key, media=SimpleUploadedFile("lamp.jpg", photograph(), "image/jpeg"))
    kept = Case.objects.get().documents.get()
    assert kept.material == "petition-evidence"
    assert b"Lin Yue" not in documents.read(kept.path)


def test_a_client_of_other_makers_reads_it(key, live_server):
    (made,) = report(key, **{"attribute[petition_public]": "true"}).json()
    for form in ("json", "xml"):
        client = georeport.GeoReport(f"{live_server.url}{ROOT}", jurisdiction="qingshan", output_format=form)
        assert len(client.get_service_list()) == 3
        assert client.get_service_definition("complaint.request")["service_code"] == "complaint.request"
        assert client.get_service_request(made["service_request_id"])["status"] == "open"
        found = client.get_service_requests()
        one = found if form == "xml" else found[0]  # one element is no list to it
        assert one["service_request_id"] == made["service_request_id"]


def test_what_is_withheld_on_the_page_of_reports_is_withheld_here(key, cast, monday):
    media = SimpleUploadedFile("lamp.jpg", photograph(), "image/jpeg")
    (made,) = report(key, media=media, **{"attribute[petition_public]": "true"}).json()
    (shown,) = get("/requests.json").json()
    picture = Client().get(shown["media_url"])
    assert picture["Content-Type"] == "image/jpeg" and b"Lin Yue" not in b"".join(picture.streaming_content)
    moderator = cast.officer("petition-office/moderation")
    withhold(report=Report.objects.get(), rule="privacy", facts="写了他人住址。", by=moderator, now=monday)
    (shown,) = get("/requests.json").json()
    assert (shown["description"], shown["media_url"]) == ("", None)
    assert shown["service_notice"] == "Somebody’s private life: 写了他人住址。"
    assert get(f"/requests/{made['service_request_id']}.json").json() == [shown]


def test_the_list_asks_as_often_for_many_reports_as_for_one(key):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert get("/requests.json?service_code=complaint.request&status=open").status_code == 200
        return len(queries)

    report(key, **{"attribute[petition_public]": "true"})
    asked()
    one = asked()
    for number in range(4):
        report(key, description=f"Lamp {number} is out, too.", **{"attribute[petition_public]": "true"})
    assert (len(get("/requests.json").json()), asked()) == (5, one)


@pytest.mark.usefixtures("kept_connection")
def test_generated_requests_get_what_the_description_says(key):
    schema = schemathesis.openapi.from_dict(DESCRIPTION)
    schema.app = get_wsgi_application()
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 12
    for each in operations:

        @BOUNDED
        @given(case=each.as_strategy())
        def ask(case):
            case.call_and_validate(checks=CHECKS)

        ask()
