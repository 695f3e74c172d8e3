"""The public pages of a secret ballot, and what somebody hears who sends what is wrong."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import signed_in
from tests.polls import LIGHTS, PARKS, YES, Polls
from zhengtong.agora.acts import admit_here
from zhengtong.agora.ballots.ballotbox.models import Boxed, Waiting
from zhengtong.agora.ballots.queries import Vote
from zhengtong.agora.keys import key_of
from zhengtong.agora.models import Admission
from zhengtong.cases.models import Timer
from zhengtong.engines.ballots import compact, fingerprint, new_credential, new_trustee, public_key, verify
from zhengtong.engines.ballots.modular import P
from zhengtong.engines.blind import blind
from zhengtong.engines.merkle import Cosigner, Ed25519Key
from zhengtong.faces.forum import ballots
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.queries import verifier

EN = {"Accept-Language": "en"}
WITNESS = Cosigner("paper.example/witness", Ed25519Key(Ed25519PrivateKey.generate())).verifier
pytestmark = pytest.mark.django_db(databases=["default", "ballots"])


def path(polls: Polls, page: str = "") -> str:
    return f"/take-part/{polls.number}/ballot/ballot/{page}"


def hand_in(client, polls: Polls, ballot: str):
    """As the booth does: the status, and what is told."""
    answer = client.post(path(polls, "cast"), {"ballot": ballot}, headers={"Accept": "application/json"})
    return answer.status_code, answer.json()


def downloaded(client, polls: Polls) -> bytes:
    answer = client.get(path(polls, "archive.bel"))
    raw = b"".join(answer.streaming_content)
    assert len(raw) == int(answer["Content-Length"])
    return raw


def changed(ballot: str, **more) -> str:
    return compact(json.loads(ballot) | more)


def test_its_page_says_until_when_one_enrols_and_then_until_when_one_votes(polls, client):
    for begin, told in ((polls.called, "登记截止 {}"), (polls.opened, "开放至{}")):
        begin()
        ends = Timer.objects.filter(case__number=polls.number).latest("pk").fire_at
        last = (ends - timedelta(seconds=1)).astimezone(ZoneInfo("Asia/Shanghai"))
        assert told.format(f"{last.year}年{last.month}月{last.day}日") in client.get(path(polls)).content.decode()


def test_a_ballot_is_handed_in_without_a_session_and_its_number_is_told(polls, client):
    code, *_ = polls.opened()
    ballot = polls.ballot(code)
    status, told = hand_in(client, polls, ballot)
    assert (status, told) == (200, {"tracking_number": fingerprint(ballot)})
    assert "sessionid" not in client.cookies


def test_without_scripts_a_file_is_handed_in(polls, client):
    code, *_ = polls.opened()
    ballot = polls.ballot(code)
    answer = client.post(path(polls, "cast"), {"file": SimpleUploadedFile("ballot.json", ballot.encode())})
    assert fingerprint(ballot) in answer.content.decode()


def test_the_office_is_offered_neither_answers_nor_costs_of_a_ballot(polls, settings):
    settings.ZHENGTONG_CLOCK = polls.now.isoformat()
    polls.called()
    page = signed_in(polls.host).get("/take-part/office/city-government/participation/").content.decode()
    assert f"{polls.number}/follow-up" in page
    assert f"{polls.number}/answers" not in page and f"{polls.number}/costs" not in page


# What is wrong, and who is told: the voter at once, and nothing of it goes into the box.


def test_whoever_is_not_on_the_roll_stuffs_no_box(polls, client):
    polls.opened()
    status, told = hand_in(client, polls, polls.ballot(new_credential()))
    assert (status, told["code"]) == (403, "not-on-the-roll")
    assert not Waiting.objects.exists()


def test_the_same_ballot_twice_is_one(polls, client):
    code, *_ = polls.opened()
    ballot = polls.ballot(code)
    hand_in(client, polls, ballot)
    assert hand_in(client, polls, ballot)[1]["code"] == "cast-already"
    assert Waiting.objects.count() == 1


def test_a_ballot_copied_from_the_public_archive_does_not_undo_a_later_vote(polls, client):
    code, *others = polls.opened()
    first = polls.ballot(code, PARKS)
    hand_in(client, polls, first)
    for other in others[:3]:
        polls.voted(other, LIGHTS)
    polls.boxed()
    hand_in(client, polls, polls.ballot(code, LIGHTS))
    assert hand_in(client, polls, first)[1]["code"] == "cast-already"
    assert polls.counted()[0] == [0, 0, 4, 0]


def test_a_ballot_in_another_dress_is_no_second_one(polls, client):
    code, *_ = polls.opened()
    ballot = polls.ballot(code)
    for dress in (json.dumps(json.loads(ballot)), ballot.replace("{", "{ ", 1), changed(ballot, more=1)):
        assert hand_in(client, polls, dress)[1]["code"] == "ballot-not-accepted"


def test_a_ballot_of_another_vote_does_not_come_in(polls, client, cast):
    codes = polls.opened()
    theirs = polls.ballot(codes[0])
    other = Polls(cast, polls.now)
    other.open = lambda procedure, **answers: _again(other, procedure, answers)
    other.opened()
    told = hand_in(client, other, theirs)[1]
    assert "another election" in told["told"] or "另一次选举" in told["told"]


def _again(polls: Polls, procedure, answers):
    from zhengtong.agora.rounds import round_of
    from zhengtong.cases.acts import open_by_office

    answers = {"title": "又一次", "summary": "再投一次票，看看会怎样。", **answers}
    case = open_by_office(
        procedure=procedure, answers=answers, by=polls.host, language="zh-Hans", request_key="again", now=polls.now
    )
    return round_of(case.number)


@pytest.mark.parametrize("member", ["0", "1", str(P), str(P - 1), "-1", "2", "01", "1e9", "9" * 700])
def test_numbers_outside_of_the_group_are_refused_wherever_they_stand(polls, client, member):
    code, *_ = polls.opened()
    ballot = polls.ballot(code)
    held = json.loads(ballot)
    held["answers"][0]["choices"][0]["alpha"] = member
    for wrong in (compact(held), changed(ballot, credential=member)):
        status, told = hand_in(client, polls, wrong)
        assert (status, told["code"]) == (422, "ballot-not-accepted")
    assert not Waiting.objects.exists()


@pytest.mark.parametrize("wrong", ["", "{}", "[]", "null", "x", "[" * 100_000, '{"answers":' * 5000, "\x00", "“"])
def test_what_is_no_ballot_is_refused(polls, client, wrong):
    polls.opened()
    status, told = hand_in(client, polls, wrong)
    assert (status, told["code"]) == (422, "ballot-not-accepted")


def test_a_trustee_who_lies_is_told_and_nothing_is_counted(polls):
    code, *_ = polls.opened()
    polls.voted(code)
    polls.passed(11)
    polls.boxed()
    _, true = polls.read().share(polls.secrets[0][0])
    false = json.loads(compact(true))
    false["decryption_factors"][0][0] = str(int(false["decryption_factors"][0][1]))
    browser = signed_in(polls.trustees[0])
    page = f"/take-part/office/{polls.trustees[0].post}/{polls.number}/ballot/ballot"
    answer = browser.post(page, {"do": "share", "written": compact(false)})
    assert answer.status_code == 422
    assert "解密证明不成立" in answer.content.decode()
    assert len(polls.vote.missing) == 3  # and everybody sees who has not opened
    assert browser.post(page, {"do": "share", "written": compact({"owner": 1, "share": true})}).status_code == 302
    assert len(polls.vote.missing) == 2


def test_a_key_is_refused_whose_keeper_does_not_show_that_it_is_theirs(polls, monkeypatch):
    monkeypatch.setattr(Vote, "threshold", None)
    polls.called()
    page = f"/take-part/office/{polls.trustees[0].post}/{polls.number}/ballot/ballot"
    (_, one), (_, other) = new_trustee(), new_trustee()
    answer = signed_in(polls.trustees[0]).post(page, {"do": "key", "written": compact(one | {"pok": other["pok"]})})
    assert answer.status_code == 422 and "持有证明不成立" in answer.content.decode()


def test_two_tokens_for_one_person_are_not_signed(polls, cast):
    polls.called()
    browser, public = signed_in(cast.lin_yue), key_of(polls.number).public_key()

    def ask(token: bytes):
        request = urlsafe_b64encode(blind(public, token).message).decode()
        return browser.post(path(polls, "blinded"), {"request": request})

    assert ask(bytes(32)).status_code == 200
    second = ask(bytes(range(32)))
    assert (second.status_code, second.json()["code"]) == (409, "voice-given-already")
    assert Admission.objects.count() == 1


def test_a_token_is_used_for_one_code(polls, client, cast):
    vote = polls.called()
    key = admit_here(round_=vote.round, by=cast.lin_yue, now=polls.now)
    said = {"key": key, "public": public_key(credential=new_credential(), uuid=vote.uuid)}
    assert client.post(path(polls, "enrol"), said, headers={"Accept": "application/json"}).json() == {"enrolled": True}
    other = said | {"public": public_key(credential=new_credential(), uuid=vote.uuid)}
    answer = client.post(path(polls, "enrol"), other, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (409, "enrolled-already")


@pytest.mark.parametrize("wrong", ["", "x", "漢", "A" * 344])
def test_what_is_no_blinded_request_is_not_signed(polls, cast, wrong):
    polls.called()
    answer = signed_in(cast.lin_yue).post(path(polls, "blinded"), {"request": wrong})
    assert answer.status_code == 403
    assert not Admission.objects.exists()


def test_a_trustee_is_led_through_the_three_steps_and_nobody_else_gets_what_was_sealed_for_them(polls):
    polls.called()
    first, other = (f"/take-part/office/{each.post}/{polls.number}/ballot/ballot" for each in polls.trustees[:2])
    browser, host = signed_in(polls.trustees[0]), signed_in(polls.host)
    assert "zhengtong ballot certificate" in browser.get(first).content.decode()
    assert browser.get(f"{first}/certificates").status_code == 404
    polls.certified()
    assert "--needed 2" in browser.get(first).content.decode()
    assert len(browser.get(f"{first}/certificates").content.splitlines()) == 3
    assert browser.get(f"{first}/vinput").status_code == 404
    answer = browser.post(first, {"do": "polynomial", "written": compact(polls.polynomial(1))})
    assert answer.status_code == 422 and "第 1 位保管人" in answer.content.decode()
    polls.circled()
    assert "my.part" in browser.get(first).content.decode()
    mine = json.loads(browser.get(f"{first}/vinput").content)["secrets"]
    assert mine != json.loads(signed_in(polls.trustees[1]).get(f"{other}/vinput").content)["secrets"]
    for name in ("vinput", "part", "certificates"):
        assert browser.get(f"{other}/{name}").status_code in (403, 404)
        assert host.get(f"/take-part/office/{polls.host.post}/{polls.number}/ballot/ballot/{name}").status_code == 404
    assert browser.get(f"{first}/else").status_code == 404


# What everybody sees


def test_everybody_sees_the_stages_who_keeps_what_and_the_result(polls, client):
    codes = polls.opened()
    page = client.get(path(polls)).content.decode()
    assert "前往投票间" in page and "市公安局" in page and "哪些事应当先办？" in page
    for code in codes[:4]:
        polls.voted(code, PARKS, YES)
    polls.counted()
    page = " ".join(client.get(path(polls)).content.decode().split())
    assert "结果" in page and ">4<" in page
    assert verify(downloaded(client, polls)).result == [[0, 4, 0, 0], [0, 4, 0]]


def test_a_tracking_number_is_looked_up_in_the_list(polls, client):
    codes = polls.opened()
    mine = polls.voted(codes[0])
    assert "还不在票箱中" in client.get(path(polls, "ballots"), {"q": mine}).content.decode()
    for code in codes[1:3]:
        polls.voted(code)
    polls.boxed()
    page = client.get(path(polls, "ballots"), {"q": f" {mine} "}).content.decode()
    assert "这张选票在票箱中" in page and page.count("zt-code") == 3
    assert "不在票箱中。" in client.get(path(polls, "ballots"), {"q": "x"}).content.decode()


def test_the_list_has_pages_and_each_asks_as_much_however_many_vote(
    polls, client, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr("zhengtong.faces.forum.ballots.LISTED", 2)
    codes = polls.opened()
    cast = sorted(polls.voted(code) for code in codes[:5])
    polls.boxed()
    pages = [client.get(path(polls, "ballots"), {"page": page}).content.decode() for page in (1, 2, 3)]
    assert [[each for each in cast if each in page] for page in pages] == [cast[:2], cast[2:4], cast[4:]]
    assert "?page=2" in pages[0] and "?page=1" in pages[1] and "?page=3" in pages[1] and "?page=4" not in pages[2]
    for wild in ("0", "-1", "99", "x", "9" * 50):
        assert client.get(path(polls, "ballots"), {"page": wild}).status_code == 200
    with django_assert_max_num_queries(16):
        client.get(path(polls, "ballots"), {"page": 2})


def test_everybody_sees_that_a_ballot_was_removed(polls, client):
    codes = polls.opened()
    for code in codes[:3]:
        polls.voted(code)
    polls.boxed()
    assert client.get(path(polls, "heads.json")).json()["heads"][0]["ballots"] == 3
    keeper = signed_in(polls.trustees[0])
    kept = f"/take-part/office/{polls.trustees[0].post}/{polls.number}/ballot/ballot"
    pages = [(client, path(polls, each)) for each in ("ballots", "", "booth")] + [(keeper, kept)]
    told = [who.get(where, follow=True).content.decode() for who, where in pages]
    assert "被删除或改动" not in "".join(told) and all("<h1" in each for each in told)
    Boxed.objects.filter(number=2).delete()
    assert all("被删除或改动" in who.get(where, follow=True).content.decode() for who, where in pages)


@pytest.mark.parametrize("page", ["", "enrol"])
def test_before_the_box_is_open_there_is_nothing_to_download(polls, client, page):
    polls.called()
    assert client.get(path(polls, page)).status_code == 200
    for missing in ("archive.bel", "ballots", "booth"):
        assert client.get(path(polls, missing)).status_code == 404


def test_the_pages_of_a_ballot_ask_as_much_however_many_vote(polls, client, django_assert_max_num_queries):
    codes = polls.opened()
    for code in codes[:6]:
        polls.voted(code)
    polls.boxed()
    with django_assert_max_num_queries(20):
        client.get(path(polls))


@pytest.mark.parametrize(
    "post", ["city-government/participation", "public-security/household", "supervision-office/duty"]
)
def test_each_keeper_has_a_page_that_says_what_is_to_be_done(polls, cast, post):
    polls.called()
    browser = signed_in(cast.officer(post))
    page = f"/take-part/office/{post}/{polls.number}/ballot/ballot"
    assert browser.get(page).status_code == 200
    assert page in browser.get(f"/take-part/office/{post}/").content.decode()


def test_who_can_enrol_is_told_so_on_the_list_and_until_when(polls, client, settings):
    polls.called()
    listed = client.get("/take-part/").content.decode()
    assert "现在可以登记" in listed
    ends = polls.vote.round.day(Timer.objects.get(case__number=polls.number).fire_at)
    last = f"{ends - timedelta(days=1):%Y年%-m月%-d日}"  # the clock fires as the day after begins
    assert f"至{last}" in listed
    assert f"登记截止 {last}" in client.get(f"/take-part/{polls.number}/").content.decode()
    polls.passed(25)
    settings.ZHENGTONG_CLOCK = polls.now.isoformat()
    assert "现在可以登记" not in client.get("/take-part/").content.decode()


def test_where_nobody_writes_the_page_says_nothing_of_what_was_written(polls, client):
    polls.opened()
    page = client.get(f"/take-part/{polls.number}/").content.decode()
    assert "answers" not in page and "zt-figures" not in page


def test_the_example_for_the_command_line_is_a_vote_in_this_ballot(polls, client):
    code = polls.opened()[0]
    page = unescape(client.get(path(polls, "booth")).content.decode())
    example = json.loads(page.partition("my.code '")[2].partition("'")[0])
    assert hand_in(client, polls, polls.ballot(code, *example))[0] == 200


def filled(polls, codes):
    for code in codes:
        polls.voted(code)
    polls.boxed()


def test_what_the_ledger_recorded_is_worked_out_again_only_when_it_has_changed(polls, client, monkeypatch):
    """With thousands of heads it is megabytes: who asks again is told that nothing is new, without any of them read."""
    codes = polls.opened()
    filled(polls, codes[:3])
    sequence(polls.now)
    first = client.get(path(polls, "heads.json"))
    told = {"if-none-match": first["ETag"]}
    with monkeypatch.context() as patched:
        patched.setattr(ballots, "public_record", lambda _: pytest.fail("all of it was read again"))
        assert client.get(path(polls, "heads.json"), headers=told).status_code == 304
    filled(polls, codes[3:6])
    again = client.get(path(polls, "heads.json"), headers=told)
    assert again.status_code == 200
    assert len(again.json()["heads"]) == 2
    sequence(polls.now)
    placed = client.get(path(polls, "heads.json"), headers={"if-none-match": again["ETag"]})
    assert placed.status_code == 200
    assert len(placed.json()["acts"]) == 2


def test_before_the_box_is_open_the_page_that_says_how_to_check_says_so(polls, client):
    polls.called()
    assert "nothing to check yet" in client.get(path(polls, "check"), headers=EN).content.decode()


def test_the_page_that_says_how_to_check_has_the_addresses_of_this_election(polls, client, settings):
    settings.ZHENGTONG_WITNESSES = f"{WITNESS} https://paper.example/witness"
    code, *_ = polls.opened()
    polls.voted(code)
    polls.boxed()
    told = unescape(client.get(path(polls, "check"), headers=EN).content.decode())
    for page in (path(polls, "heads.json"), path(polls, "archive.bel"), "/ledger/zhengtong_verify.py"):
        assert f"{settings.ZHENGTONG_URL}{page}" in told
        answer = client.get(page)
        assert answer.status_code == 200 and b"".join(answer)
    assert f"{polls.vote.uuid}.bel" in told
    assert f"--key '{verifier()}' --witness '{WITNESS}'" in told
    for page in (f"/take-part/{polls.number}/", path(polls), path(polls, "ballots")):
        assert path(polls, "check") in client.get(page).content.decode()
