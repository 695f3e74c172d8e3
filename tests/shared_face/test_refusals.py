"""What went wrong is told in our look, in the reader's language, with the right status."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text
from zhengtong.project.urls import urlpatterns as project


class Broken(Refusal):
    code = "broken"
    status = 409
    message = text("坏了：{what}。", "It is broken: {what}.")
    next_step = text("请修理。", "Mend it.")
    ground = "licensing-law/32"


def refuses(request: HttpRequest) -> HttpResponse:
    raise Broken(what="<b>门</b>")


def fails(request: HttpRequest) -> HttpResponse:
    raise ValueError("a secret of ours")


urlpatterns = [path("refuses", refuses), path("fails", fails), *project]
handler400 = "zhengtong.faces.shared.errors.bad_request"
handler403 = "zhengtong.faces.shared.errors.not_allowed"
handler404 = "zhengtong.faces.shared.errors.not_found"
handler500 = "zhengtong.faces.shared.errors.failed"


@pytest.fixture(autouse=True)
def with_faults(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-hans", ["坏了：", "请修理。", "《行政许可法》第三十二条"]),
        ("en", ["It is broken", "Mend it.", "Licensing Law, art. 32"]),
    ],
)
def test_a_refusal_says_what_next_and_on_what_ground(client, cast, language, told):
    client.cookies["django_language"] = language
    page = client.get("/refuses")
    assert page.status_code == 409
    for part in told:
        assert part in page.content.decode()


def test_what_a_refusal_quotes_is_escaped(client, cast):
    assert "<b>门</b>" not in client.get("/refuses").content.decode()


def test_a_page_that_does_not_exist_says_so(client, cast):
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "没有这个页面" in page.content.decode()


def test_a_fault_of_ours_tells_no_secret_and_asks_no_database(cast):
    page = Client(raise_request_exception=False).get("/fails")
    assert page.status_code == 500
    assert "a secret of ours" not in page.content.decode()
    assert "Something went wrong" in page.content.decode()


@pytest.mark.django_db
def test_before_the_first_enactment_the_pages_say_what_is_missing(client):
    page = client.get("/")
    assert page.status_code == 503
    assert "zhengtong enact" in page.content.decode()


def test_a_form_from_elsewhere_is_refused(cast):
    page = Client(enforce_csrf_checks=True).post("/sign-in", {"username": "a", "password": "b"})
    assert page.status_code == 403
    assert "没有被接受" in page.content.decode()


def test_the_policy_lets_no_foreign_or_inline_script_run(client, cast):
    policy = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    page = client.get("/services/food-licence").content.decode()
    assert "<script>" not in page
    assert " style=" not in page
