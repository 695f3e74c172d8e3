"""Each attack on a secret ballot: what its sender reads, that nothing changes, and who else is told where."""

import json
import logging
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.test import Client

from tests.ballots.elections import signed_anew
from tests.cast import signed_in
from tests.polls import Polls
from zhengtong.agora.acts import admit_here
from zhengtong.agora.ballots.ballotbox.models import Boxed
from zhengtong.agora.keys import key_of
from zhengtong.engines.ballots import compact, new_credential, public_key
from zhengtong.engines.ballots.modular import P
from zhengtong.engines.blind import blind
from zhengtong.ledger.queries import of
from zhengtong.people.models import Attempt

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])

ZH, EN = "zh-hans", "en"
JSON = {"Accept": "application/json"}
ROOMS = ("zhengtong.agora", "zhengtong.ledger")
ROLL, HOST, TRUSTEE = "public-security/household", "city-government/participation", "justice-bureau/reconsideration"
SUPERVISOR = "supervision-office/duty"
BALLOT, LIST, KEPT, ATTEMPTS = (
    "/take-part/{number}/ballot/ballot/",
    "/take-part/{number}/ballot/ballot/ballots",
    "/take-part/office/{post}/{number}/ballot/ballot",
    "/oversight/{post}/attempts",
)


@dataclass
class Box:
    """A secret ballot with one voice of Lin Yue's, and what somebody may try with it."""

    polls: Polls
    codes: list[str]
    key: str = ""
    copied: str = ""

    def page(self, path: str, post: str = "") -> str:
        """What is read there: by everybody, or by who holds the post."""
        browser = signed_in(self.polls.cast.officer(post)) if post else Client()
        return browser.get(path.format(number=self.polls.number, post=post)).content.decode()

    def send(self, page: str, language: str, by=None, **said):
        """By a browser in which somebody has signed in, as a script sends it."""
        browser = signed_in(by or self.polls.cast.lin_yue)
        browser.cookies["django_language"] = language
        where = page if page.startswith("/") else BALLOT.format(number=self.polls.number) + page
        return browser.post(where, said, headers={} if by else JSON)


def enrolling(polls: Polls) -> Box:
    """Lin Yue has enrolled a code."""
    polls.called()
    box = Box(polls, [], key=admit_here(round_=polls.vote.round, by=polls.cast.lin_yue, now=polls.now))
    assert enrol(box, ZH).status_code == 200
    return box


def voting(polls: Polls) -> Box:
    """Three ballots lie in the box."""
    codes = polls.opened()
    box = Box(polls, codes[3:], copied=polls.ballot(codes[0]))
    assert box.send("cast", ZH, ballot=box.copied).status_code == 200
    for code in codes[1:3]:
        polls.voted(code)
    assert polls.boxed() == 3
    return box


def counting(polls: Polls) -> Box:
    """Voting is over, and no trustee has opened yet."""
    box = voting(polls)
    polls.passed(11)
    polls.boxed()
    return box


def enrol(box: Box, language: str, code: str | None = None):
    vote = box.polls.vote
    public = public_key(credential=code or new_credential(), uuid=vote.uuid, group=vote.group)
    return box.send("enrol", language, key=box.key, public=public)


def ask_for_a_second(box: Box, language: str):
    blinded = blind(key_of(box.polls.number).public_key(), bytes(32)).message
    return box.send("blinded", language, request=urlsafe_b64encode(blinded).decode())


def enrol_what_is_no_member(box: Box, language: str):
    return box.send("enrol", language, key=box.key, public=str(P))


def stuff(box: Box, language: str):
    return box.send("cast", language, ballot=box.polls.ballot(new_credential()))


def cast_again(box: Box, language: str):
    return box.send("cast", language, ballot=box.copied)


def altered(box: Box, change: Callable[[list], object]) -> str:
    """A vote whose answers were changed, signed by its voter all the same."""
    written, election = box.polls.ballot(box.codes[0]), box.polls.vote.election
    return signed_anew(
        election=election, code=box.codes[0], written=written, change=lambda held: change(held["answers"])
    )


def vote_two(box: Box, language: str):
    def twice(answers):
        choice = answers[0]["choices"][1]
        choice["beta"] = str(int(choice["beta"]) * int(box.polls.vote.election.key) % int(P))

    return box.send("cast", language, ballot=altered(box, twice))


def prove_another(box: Box, language: str):
    def swapped(answers):
        one, other = (each["individual_proofs"] for each in answers)
        one[1], other[1] = other[1], one[1]

    return box.send("cast", language, ballot=altered(box, swapped))


def leave_the_group(box: Box, language: str):
    return box.send("cast", language, ballot=altered(box, lambda answers: answers[0]["choices"][0].update(alpha="0")))


def lie(box: Box, language: str):
    _, true = box.polls.read().share(box.polls.secrets[0][0])
    false = json.loads(compact(true))
    false["decryption_factors"][0][0] = false["decryption_factors"][0][1]
    where = KEPT.format(number=box.polls.number, post=TRUSTEE)
    return box.send(where, language, by=box.polls.trustees[0], do="share", written=compact(false))


@dataclass(frozen=True)
class Fault:
    """What is tried, when; what its sender reads; and who else reads of it, on which page."""

    tried: Callable
    when: Callable[[Polls], Box]
    status: int
    chinese: str
    english: str
    also: tuple[tuple[str, str, str], ...] = ()
    on_record: bool = False  # with who tried it: never where somebody votes


WHOLE = (
    LIST,
    "",
    "台账在投票期间记录了票箱 1 次，票箱与记录完全一致",
)  # everybody, also by the archive, sees the box as it was
FAULTS = {
    "two tokens for one person": Fault(
        *(ask_for_a_second, enrolling, 409),
        "已经领取过发言凭证",
        "given your voice in this round already",
        also=((KEPT, ROLL, "投票码 1 个，取得资格的 1 人"),),
    ),
    "a token replayed for another code": Fault(
        *(enrol, enrolling, 409),
        "已经登记过投票码",
        "enrolled with this voice already",
        also=((KEPT, ROLL, "投票码 1 个，取得资格的 1 人"), (BALLOT, "", "<dd>1</dd>")),
    ),
    "a key that is no member of the group": Fault(
        *(enrol_what_is_no_member, enrolling, 422), "选票未被接受", "The ballot is not accepted"
    ),
    "ballot stuffing": Fault(
        *(stuff, voting, 403), "投票码不在本次投票的名册中", "This voting code is not on the roll", also=(WHOLE,)
    ),
    "a ballot replayed": Fault(*(cast_again, voting, 409), "这张选票已经投过", "was cast before", also=(WHOLE,)),
    "a vote of two": Fault(*(vote_two, voting, 422), "证明不成立", "a proof does not hold", also=(WHOLE,)),
    "a proof for another question": Fault(
        *(prove_another, voting, 422), "证明不成立", "a proof does not hold", also=(WHOLE,)
    ),
    "numbers outside of the group": Fault(
        *(leave_the_group, voting, 422), "选票未被接受", "The ballot is not accepted", also=(WHOLE,)
    ),
    "a trustee who lies": Fault(
        *(lie, counting, 422),
        "解密证明不成立",
        "a proof of its decryption does not hold",
        also=(
            (BALLOT, "", "尚未解密"),
            (KEPT, HOST, "尚未解密"),
            (ATTEMPTS, SUPERVISOR, "保管人提交的内容未通过核验"),
        ),
        on_record=True,
    ),
}


def everything() -> dict[str, list[str]]:
    """All rows of rounds, ballots and the ledger."""
    models = [model for app in apps.get_app_configs() if app.name.startswith(ROOMS) for model in app.get_models()]
    assert Boxed in models
    return {each._meta.label: sorted(map(repr, each._default_manager.values_list())) for each in models}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_who_tries_is_told_in_their_language_nothing_changes_and_others_read_of_it(fault, polls):
    box = fault.when(polls)
    before = everything()
    for language, told in ((ZH, fault.chinese), (EN, fault.english)):
        answer = fault.tried(box, language)
        page = answer.content.decode()
        said = json.loads(page) if answer["Content-Type"] == "application/json" else {"told": page, "advice": "x"}
        assert (answer.status_code, told in said["told"], bool(said["advice"])) == (fault.status, True, True), said
        assert everything() == before
    for page, post, told in fault.also:
        assert told in box.page(page, post), (page, post)
    assert Attempt.objects.count() == (2 if fault.on_record else 0)


def test_of_a_ballot_that_is_gone_log_ledger_voters_and_every_keepers_desk_are_told(polls, caplog):
    """Also while nobody votes, and the worker has nothing to put in."""
    box = voting(polls)
    desks = [
        (f"/{page}/", post)
        for post in (HOST, ROLL, TRUSTEE, SUPERVISOR)
        for page in (f"desk/{post}", f"take-part/office/{post}")
    ]
    assert not any("有票箱缺失选票" in box.page(page, post) for page, post in desks)
    Boxed.objects.filter(number=2).delete()
    with caplog.at_level(logging.ERROR):
        assert polls.boxed() == polls.boxed() == 0
    assert "is not filled" in caplog.text
    assert of(polls.number).filter(kind="agora.ballot.disagrees").count() == 1
    assert [each for each in desks if "有票箱缺失选票" not in box.page(*each)] == []
    assert all("被删除或改动" in box.page(page, post) for page, post in ((BALLOT, ""), (LIST, ""), (KEPT, HOST)))
