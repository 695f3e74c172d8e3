"""What is told of openings: that, by whom and on what ground to all; whose voice it is to two posts and the person."""

import json
from base64 import urlsafe_b64encode

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import signed_in
from tests.devices import Device
from tests.openings import ANSWERS, BASIS, PROCEDURE, WHY, Openings
from zhengtong.agora.openings.models import KeeperKey, Opening
from zhengtong.cases.models import Case
from zhengtong.faces.forum.data.feeds import FEEDS
from zhengtong.faces.forum.speaker import signed_value

ZH, EN = ({"accept-language": each} for each in ("zh-hans", "en"))
CAN, CANNOT = (
    {"en": "Voices in this round can be opened", "zh-hans": "发言身份可以被打开"},
    {
        "en": "Nobody can open a voice here",
        "zh-hans": "谁也打不开",
    },
)


@pytest.fixture
def city(cast, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    return Openings(cast, monday)


@pytest.fixture
def round_(city):
    return city.give_keys().begin()


@pytest.fixture
def voice(city, round_, cast):
    return city.said(round_, cast.chen_xiaoyu).voice


def address(city, at, round_, rest="voices"):
    return f"/take-part/office/{city.officers[at].post}/{round_.case.number}/{rest}"


def desk(city, at, **headers):
    return signed_in(city.officers[at], headers=headers or EN)


def sent_as(many):
    return " ".join(urlsafe_b64encode(each).decode() for each in many)


def read(client, path):
    return client.get(path).content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_before_anybody_speaks_the_pages_say_whether_voices_can_be_opened_and_by_whom(city, round_, rounds, language):
    other = rounds.open("city-conversation")
    anybody = Client(headers={"accept-language": language})
    bodies = {"en": ("Supervision", "Public Security"), "zh-hans": ("监督", "公安")}[language]
    for page in ("", "voice"):
        told = read(anybody, f"/take-part/{round_.case.number}/{page}")
        assert CAN[language] in told and CANNOT[language] not in told and all(each in told for each in bodies)
        assert f"/laws/{BASIS.partition('/')[0]}" in told
        told = read(anybody, f"/take-part/{other.case.number}/{page}")
        assert CANNOT[language] in told and CAN[language] not in told


def test_the_host_hears_which_keys_are_missing(city):
    host = signed_in(city.rounds.host, headers=EN)
    path = f"/take-part/office/{city.rounds.host.post}/open/{PROCEDURE}"
    given = ANSWERS | {"request_key": "k"}
    answer = host.post(path, given)
    assert answer.status_code == 409 and "have not given their keys yet" in answer.content.decode()
    assert not Case.objects.filter(procedure=PROCEDURE).exists()
    city.give_keys()
    assert host.post(path, given).status_code == 302 and Case.objects.filter(procedure=PROCEDURE).exists()


def test_a_keeper_makes_a_key_by_the_command_and_hands_it_in_at_the_desk(city, tmp_path):
    call_command("opening", "key", str(tmp_path / "my"))
    assert (tmp_path / "my.key").stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError):  # never over a key that is there
        call_command("opening", "key", str(tmp_path / "my"))
    office, post = desk(city, 0), f"/take-part/office/{city.officers[0].post}/"
    assert "key still missing" in read(office, post)
    path = f"{post}voices/{PROCEDURE}"
    assert "zhengtong opening key my" in read(office, path)
    assert office.post(path, {"do": "key", "written": "{}"}).status_code == 422
    assert office.post(path, {"do": "key", "written": (tmp_path / "my.cert").read_text()}).status_code == 302
    assert KeeperKey.objects.get().keeper == "supervision/duty" and "key still missing" not in read(office, post)


def test_the_pages_of_keepers_are_not_there_for_other_posts(city, round_, cast):
    other = signed_in(city.rounds.host, headers=EN)
    for path in (f"{round_.case.number}/voices", f"{round_.case.number}/voices/1.json", f"voices/{PROCEDURE}"):
        assert other.get(f"/take-part/office/{city.rounds.host.post}/{path}").status_code == 404


def test_two_keepers_open_a_voice_at_their_desks_with_files(city, round_, voice, cast, tmp_path, monkeypatch, capsys):
    for at, (secret, _certificate) in enumerate(city.keys):
        (tmp_path / f"{at}.key").write_text(json.dumps(str(secret)))

    def made(at, yes="yes"):
        request = tmp_path / f"{at}.json"
        request.write_bytes(desk(city, at).get(address(city, at, round_, f"voices/{opening.pk}.json")).content)
        monkeypatch.setattr("builtins.input", lambda: yes)
        capsys.readouterr()
        call_command("opening", "share", str(tmp_path / f"{at}.key"), str(request))
        return capsys.readouterr()

    first, second = desk(city, 0), desk(city, 1)
    asked = {"do": "ask", "voice": voice.name, **WHY}
    assert first.post(address(city, 0, round_), asked).status_code == 302
    opening = Opening.objects.get()
    assert "a request waits for you" in read(first, f"/take-part/office/{city.officers[0].post}/")
    assert "a request waits for you" not in read(second, f"/take-part/office/{city.officers[1].post}/")
    with pytest.raises(CommandError):  # who reads what is asked, and is not sure
        made(0, yes="no")
    told = made(0)
    assert all(said in told.err for said in (voice.name, WHY["order"], WHY["reason"]))
    share = {"do": "share", "request": opening.pk, "written": told.out}
    assert second.post(address(city, 1, round_), share).status_code == 409
    assert first.post(address(city, 0, round_), share).status_code == 302
    assert "a request waits for you" in read(second, f"/take-part/office/{city.officers[1].post}/")
    assert WHY["reason"] in read(second, address(city, 1, round_))
    assert cast.chen_xiaoyu.person.name not in read(second, address(city, 1, round_))
    assert second.post(address(city, 1, round_), share | {"written": made(1).out}).status_code == 302
    for at in (0, 1):
        assert cast.chen_xiaoyu.person.name in read(desk(city, at), address(city, at, round_))


def test_the_other_body_refuses_at_its_desk(city, round_, voice):
    opening = city.ask(round_, voice)
    city.give(opening, 0)
    sent = {"do": "refuse", "request": opening.pk, "answer": "令状已经失效。"}
    assert desk(city, 1).post(address(city, 1, round_), sent | {"answer": ""}).status_code == 422
    assert desk(city, 1).post(address(city, 1, round_), sent).status_code == 302
    assert "令状已经失效。" in read(desk(city, 0), address(city, 0, round_))
    assert desk(city, 1).post(address(city, 1, round_), sent).status_code == 409


@pytest.mark.parametrize(("language", "headers", "said"), [("en", EN, "Yes. On"), ("zh-hans", ZH, "打开过。")])
def test_the_person_and_the_voice_are_told_and_nobody_else_reads_a_name(
    city, round_, voice, cast, language, headers, said
):
    city.opened(round_, voice)
    number, name = round_.case.number, cast.chen_xiaoyu.person.name
    own = read(signed_in(cast.chen_xiaoyu, headers=headers), f"/take-part/{number}/opened")
    for part in (said, voice.name, WHY["order"], WHY["reason"]):
        assert part in own
    assert ("reconsideration" if language == "en" else "行政复议") in own
    other = read(signed_in(cast.lin_yue, headers=headers), f"/take-part/{number}/opened")
    assert said not in other and voice.name not in other
    speaking = Client(headers=headers)
    speaking.cookies[f"voice-{round_.case.pk}"] = signed_value(round_.case.pk, str(voice.pk))
    heading = {"en": "This voice was opened", "zh-hans": "这个发言身份已被打开"}[language]
    assert heading in read(speaking, f"/take-part/{number}/")
    anybody = Client(headers=headers)
    for path in (
        f"/take-part/{number}/",
        f"/take-part/openings?round={number}",
        "/take-part/openings",
        "/take-part/openings.json",
    ):
        told = read(anybody, path)
        assert name not in told and heading not in told and WHY["reason"] not in told
    listed = read(anybody, f"/take-part/openings?round={number}")
    assert voice.name not in listed and {"en": "opened", "zh-hans": "已打开"}[language] in listed


def test_the_list_of_openings_is_open_data(city, round_, voice):
    city.opened(round_, voice)
    (told,) = Client().get("/take-part/openings.json").json()["openings"]
    assert (told["round"], told["outcome"], told["asked_on"]) == (round_.case.number, "opened", "2026-03-02")
    assert "openings-json" in [each.route for each in FEEDS]
    assert Client().get(f"/take-part/openings.json?round={round_.case.number}").json()["openings"] == [told]


def test_a_device_posts_its_list_and_then_what_it_shows(city, round_, cast):
    device, lin = Device(round_, cast.lin_yue), signed_in(cast.lin_yue, headers=EN)
    path = f"/take-part/{round_.case.number}/voice"
    sent = {"do": "blind", "listed": sent_as(device.listed)}
    assert lin.post(path, sent).json() == {"left": device.left}
    assert set(lin.post(path, sent | {"seeds": sent_as(device.shown())}).json()) == {"signature"}
    for wrong in ({}, {"listed": "%"}, {"listed": sent_as(device.listed[:3])}):
        assert lin.post(path, {"do": "blind", **wrong}).status_code in (400, 403)
    assert Client(headers=EN).post(path, sent).status_code == 401
