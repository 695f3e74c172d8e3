"""Signing in and out, the language, and a form that outlives its session."""

import re

import pytest
from django.test import Client

from zhengtong.cases.models import Draft

PASSWORD = "qingshan-demo-2026"
START = "/services/open-restaurant/start"


def sign_in(client: Client, **more: str):
    return client.post("/sign-in", {"username": "lin-yue", "password": PASSWORD} | more)


@pytest.fixture
def draft(client, cast):
    sign_in(client)
    client.post(START, {"party": cast.linjiang.uscc})
    return Draft.objects.get()


def hidden(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def test_she_signs_in_and_comes_back_to_where_she_wanted(client, cast):
    assert sign_in(client, next="/cases")["Location"] == "/cases"
    assert "林悦" in client.get("/").content.decode()


def test_nobody_is_sent_to_another_site(client, cast):
    assert sign_in(client, next="https://evil.example/")["Location"] == "/"


@pytest.mark.parametrize("username", ["lin-yue", "nobody"])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(client, cast, username):
    page = client.post("/sign-in", {"username": username, "password": "wrong"}).content.decode()
    assert "用户名与密码不匹配" in page


def test_signing_out_needs_a_post(client, cast):
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out")
    assert client.get("/cases").status_code == 302


def test_a_form_posted_after_the_session_ended_is_carried_through_the_sign_in(client, cast, draft):
    client.session.flush()
    address = f"/drafts/{draft.pk}/questions/outlet"
    asked = client.post(address, {"outlet_name": "临江小馆"})
    assert asked.status_code == 200
    assert "您刚才填写的内容已保留" in asked.content.decode()

    back = sign_in(client, **hidden(asked.content.decode()))
    page = back.content.decode()
    assert f'action="{address}"' in page
    client.post(address, hidden(page))
    draft.refresh_from_db()
    assert draft.answers == {"outlet_name": "临江小馆"}


def test_it_is_carried_through_a_wrong_password_too(client, cast, draft):
    client.session.flush()
    asked = client.post(f"/drafts/{draft.pk}/questions/outlet", {"outlet_name": "临江小馆"}).content.decode()
    again = client.post("/sign-in", {"username": "lin-yue", "password": "wrong"} | hidden(asked)).content.decode()
    assert hidden(again)["carried"] == hidden(asked)["carried"]


def test_a_forged_form_is_not_carried(client, cast):
    assert sign_in(client, carried="eyJwYXRoIjoiLyJ9:forged")["Location"] == "/"


def test_the_session_changes_its_key_at_the_sign_in(client, cast):
    client.get("/sign-in")
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.cookies["sessionid"].value != before


def test_the_language_is_chosen_by_a_post_and_kept(client, cast):
    client.post("/language", {"language": "en", "next": "/services"})
    page = client.get("/services").content.decode()
    assert '<html lang="en"' in page
    client.post("/language", {"language": "zh-hans", "next": "/services"})
    assert '<html lang="zh-Hans"' in client.get("/services").content.decode()
