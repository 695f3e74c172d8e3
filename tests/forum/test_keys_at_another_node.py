"""A key of a secret ballot lies at another node, which is believed by its ledger and by nothing else."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import zhengtong_verify
from tests.nodes import FORGED, Elsewhere, changed, installation, linshui
from tests.polls import PARKS, Polls
from zhengtong.agora import kinds
from zhengtong.agora.acts import give_certificate
from zhengtong.agora.ballots.circle import certificates, sent_to
from zhengtong.agora.ballots.errors import KeyOfAnother, NotAKeeper
from zhengtong.agora.models import Keeper
from zhengtong.cases.acts.enactment import put_in_force
from zhengtong.charter.queries import in_force_at
from zhengtong.engines.ballots import compact
from zhengtong.engines.ballots.ceremony import new_certificate
from zhengtong.ledger import words
from zhengtong.ledger.queries import of
from zhengtong.people.actor import PROGRAM

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])
BALLOT, LINSHUI = "participation/priorities-ballot.yaml", 2


class Shared(Polls):
    """The last of the three keys lies at the node of Linshui County."""

    def __init__(self, cast_, now) -> None:
        super().__init__(cast_, now)
        self.anybody, self.linshui = Client(), Elsewhere()

    def neighboured(self, key: str) -> None:
        """From now on the charter names Linshui as a trustee, by its key."""
        files = dict(in_force_at(self.now).charter.files)
        trustees = files[BALLOT].replace(b"civil-affairs/benefits", b"nodes/linshui")
        changed = files | {"nodes.yaml": linshui(key), BALLOT: trustees}
        put_in_force(files=changed, on=self.now.date(), by=PROGRAM, now=self.now)

    @property
    def page(self) -> str:
        """Where its word is taken."""
        return f"/take-part/{self.number}/ballot/ballot/keys/linshui"

    def word(self, said, role: str, **other: str) -> dict:
        """What Linshui says by its ledger."""
        told = {"to": words.origin(), "about": f"{self.number}/ballot", "role": role, **other}
        return self.linshui.give(said, **told)

    def sent(self, word):
        """Anybody brings it; the answer."""
        raw = word if isinstance(word, bytes) else json.dumps(word).encode()
        return self.anybody.post(self.page, {"file": SimpleUploadedFile("my.word", raw)})

    def gave(self, trustee: int, step: str, held) -> None:
        if trustee != LINSHUI:
            super().gave(trustee, step, held)
            return
        assert f"my.{step[:4] if step == 'certificate' else step} --to" in self.anybody.get(self.page).content.decode()
        assert self.sent(self.word(held, step)).status_code == 302


@pytest.fixture
def shared(cast, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    polls = Shared(cast, monday)
    polls.neighboured(polls.linshui.key)
    polls.called()
    return polls


def certificate(shared):
    return new_certificate(shared.vote.group)[1]


def test_a_ballot_is_counted_with_the_key_of_another_node(shared):
    code, *_ = shared.opened()
    shared.voted(code)
    shared.passed(11)
    shared.boxed()
    assert [each.post for each in shared.trustees][LINSHUI] == "civil-affairs/benefits"  # who had it, has it no more
    shared.shared(LINSHUI)
    shared.shared(0)
    assert json.loads(shared.vote.poll.result)["result"][0] == PARKS
    page = shared.anybody.get(f"/take-part/{shared.number}/ballot/ballot/").content.decode()
    assert "临水县" in page and shared.page in page
    said = of(shared.number).filter(actor="nodes/linshui")
    assert {each.kind for each in said} == {kinds.CERTIFIED, kinds.COMMITTED, kinds.KEY_GIVEN, kinds.SHARED}
    entries = [each.particulars["entry"] for each in said]
    assert entries == sorted(set(entries))  # each names the entry of the other ledger on which it rests


def test_what_the_others_sent_is_there_for_the_node_and_nothing_that_is_sealed_for_itself(shared):
    assert shared.anybody.get(f"{shared.page}/certificates").status_code == 404
    shared.circled()
    lines = shared.anybody.get(f"{shared.page}/certificates").content.splitlines()
    assert list(map(json.loads, lines)) == certificates(shared.vote)
    assert shared.anybody.get(f"{shared.page}/vinput").status_code == 200
    assert shared.anybody.get(f"{shared.page}/part").status_code == 404
    assert shared.anybody.get(shared.page.replace("linshui", "elsewhere")).status_code == 404


def test_the_list_of_rounds_leads_to_other_nodes(shared):
    assert "https://linshui.example/take-part/" in shared.anybody.get("/take-part/").content.decode()


def test_an_officer_who_had_the_post_before_cannot_act_for_the_node(shared):
    with pytest.raises(NotAKeeper):
        give_certificate(held=certificate(shared), by=shared.trustees[LINSHUI], **shared.where)


@pytest.mark.parametrize(
    "other",
    [{"to": "elsewhere.example/ledger"}, {"about": "QI-1/ballot"}, {"role": "vote"}],
    ids=lambda each: min(each),
)
def test_what_the_node_said_to_another_or_of_something_else_is_not_taken(shared, other):
    told = {"role": "certificate"} | other
    answer = shared.sent(shared.word(certificate(shared), told.pop("role"), **told))
    assert answer.status_code == 422 and "不是为本节点" in answer.content.decode()
    assert not Keeper.objects.exists()


def test_a_word_is_taken_once_and_none_that_is_older(shared):
    first, second = (shared.word(certificate(shared), "certificate") for _ in "12")
    assert shared.sent(second).status_code == 302
    held = Keeper.objects.get().certificate
    for old in (second, first):
        assert shared.sent(old).status_code == 409
    assert Keeper.objects.get().certificate == held
    assert shared.sent(shared.word(certificate(shared), "certificate")).status_code == 302
    assert Keeper.objects.get().certificate != held


@pytest.mark.parametrize("what", FORGED)
def test_what_its_ledger_does_not_prove_is_not_the_word_of_the_node(shared, what):
    word = shared.word(certificate(shared), "certificate")
    answer = shared.sent(FORGED[what](word, certificate(shared), shared.linshui))
    assert answer.status_code == 422 and "没有得到该节点台账的证明" in answer.content.decode()
    assert not Keeper.objects.exists()


def test_whoever_has_another_key_is_not_the_node_whatever_they_call_themselves(cast, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    shared = Shared(cast, monday)
    shared.neighboured(Elsewhere().key)
    shared.called()
    answer = shared.sent(shared.word(certificate(shared), "certificate"))
    assert answer.status_code == 422 and "没有得到该节点台账的证明" in answer.content.decode()


def test_a_node_that_did_say_what_does_not_hold_is_recorded_once(shared):
    mine, other = certificate(shared), certificate(shared)
    false = shared.word(mine | {"signature": other["signature"]}, "certificate")
    answer = shared.sent(false)
    assert answer.status_code == 422 and "第 3 位保管人" in answer.content.decode()
    assert shared.sent(false).status_code == 409
    (told,) = of(shared.number).filter(kind=kinds.TRUSTEE_BELIED)
    assert (told.particulars["node"], told.particulars["trustee"]) == ("nodes/linshui", 3)
    assert shared.sent(shared.word(mine, "certificate")).status_code == 302  # and it can still do it right


def test_what_fails_by_what_another_trustee_sent_since_is_not_the_lie_of_the_node(shared):
    shared.certified()
    for trustee in range(3):
        shared.gave(trustee, "polynomial", shared.polynomial(trustee))
    late = shared.word(shared.part(LINSHUI), "part")
    shared.gave(0, "polynomial", shared.polynomial(0))  # a new one: what rests on the old one is void
    assert shared.sent(late).status_code == 422
    assert not of(shared.number).filter(kind=kinds.TRUSTEE_BELIED).exists()
    assert shared.sent(shared.word(shared.part(LINSHUI), "part")).status_code == 302


def test_a_word_for_certificates_of_which_one_was_sent_anew_is_refused_and_is_not_the_lie_of_the_node(shared):
    shared.certified()
    late = shared.word(shared.polynomial(LINSHUI), "polynomial")
    shared.seeds[0], held = new_certificate(shared.vote.group)
    shared.gave(0, "certificate", held)
    answer = shared.sent(late)
    assert answer.status_code == 409 and "请重新下载全部证书" in answer.content.decode()
    assert not of(shared.number).filter(kind=kinds.TRUSTEE_BELIED).exists()
    assert not Keeper.objects.exclude(polynomial="").exists()
    assert shared.sent(shared.word(shared.polynomial(LINSHUI), "polynomial")).status_code == 302
    for at in (0, 1):
        shared.gave(at, "polynomial", shared.polynomial(at))
    assert sent_to(shared.vote, 1)["secrets"] and shared.part(0)  # and now it fits at everybody's command


def test_when_another_sends_a_certificate_anew_the_polynomial_of_the_node_falls(shared):
    shared.certified()
    word = shared.word(shared.polynomial(LINSHUI), "polynomial")
    assert shared.sent(word).status_code == 302
    shared.seeds[0], held = new_certificate(shared.vote.group)
    shared.gave(0, "certificate", held)
    assert not Keeper.objects.exclude(polynomial="").exists()
    assert shared.sent(word).status_code == 409


def test_nobody_sends_the_certificate_of_the_node_as_their_own(shared):
    held = certificate(shared)
    assert shared.sent(shared.word(held, "certificate")).status_code == 302
    with pytest.raises(KeyOfAnother):
        give_certificate(held=held, by=shared.trustees[0], **shared.where)


def test_nothing_that_was_put_into_a_word_is_kept_or_shown(shared):
    word = shared.word(certificate(shared), "certificate")
    padded = changed(word | {"more": "x"}, salt=word["acts"][0]["salt"] + " " * 5000, more="x")
    assert shared.sent(padded).status_code == 302
    (kept,) = shared.anybody.get(f"{shared.page}/words.json").json()["words"]
    assert kept["acts"] == word["acts"] and set(kept) == {"role", "round", "checkpoint", "acts", "waiting"}


def test_anybody_checks_the_word_of_a_node_by_its_key(shared, tmp_path, capsys):
    word = tmp_path / "my.word"
    word.write_text(json.dumps(shared.word(certificate(shared), "certificate")), encoding="utf-8")
    assert zhengtong_verify.main(["acts", str(word), "--key", shared.linshui.key]) == 0, capsys.readouterr().out


def test_everybody_tells_the_key_of_the_node_from_one_that_was_written_into_the_database(shared, tmp_path):
    shared.certified()

    def named() -> bool:
        """Whether the certificate that counts is the one whose hash the other ledger names."""
        told = shared.anybody.get(f"{shared.page}/words.json").json()
        (word,) = told["words"]
        kept = tmp_path / "one.word"
        kept.write_text(json.dumps(word), encoding="utf-8")
        assert zhengtong_verify.main(["acts", str(kept), "--key", told["key"]]) == 0
        assert "said" not in word and word["role"] == "certificate"
        return word["acts"][0]["opened"][3]["sha256"] == words.hash_of(certificates(shared.vote)[LINSHUI])

    assert named()
    Keeper.objects.filter(place=LINSHUI + 1).update(certificate=compact(certificate(shared)))
    assert not named()


def test_a_second_node_with_a_ledger_of_its_own_gives_its_key(cast, monday, settings, tmp_path):
    """Two installations: what goes from one to the other is its key, once, and then a file."""

    there = installation(tmp_path)
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    there("migrate", "ledger")
    shared = Shared(cast, monday)
    shared.neighboured(there("ledger", "key").splitlines()[0])
    shared.called()
    held = certificate(shared)
    (tmp_path / "my.cert").write_text(compact(held), encoding="utf-8")
    about = ("--to", words.origin(), "--about", f"{shared.number}/ballot", "--as", "certificate")
    word = there("ledger", "word", str(tmp_path / "my.cert"), *about)
    assert json.loads(word)["checkpoint"].startswith("linshui.example/ledger\n")
    assert shared.sent(word.encode()).status_code == 302
    assert json.loads(Keeper.objects.get().certificate)["message"] == held["message"]
