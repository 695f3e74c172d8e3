"""The roll of a secret ballot lies at another node, without which the host cannot open the box."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from tests.nodes import FORGED, Elsewhere, installation, linshui
from tests.polls import PARKS, Polls
from zhengtong.agora import kinds
from zhengtong.agora.acts import close_roll, open_poll
from zhengtong.agora.acts.admitting import close_days
from zhengtong.agora.ballots.errors import BallotIsClosed, NotAKeeper, RollChanged
from zhengtong.agora.ballots.models import Poll
from zhengtong.agora.models import Word
from zhengtong.cases.acts.enactment import put_in_force
from zhengtong.charter.queries import in_force_at
from zhengtong.engines.ballots import compact, new_credential, public_key
from zhengtong.ledger import words
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.queries import of, verifier
from zhengtong.people.actor import PROGRAM

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])
BALLOT = "participation/priorities-ballot.yaml"


class Rolled(Polls):
    """Linshui County keeps the roll; enrolment is over, and the ledger has told how many were admitted."""

    def __init__(self, cast_, now, key: str = "") -> None:
        super().__init__(cast_, now)
        self.anybody, self.linshui = Client(), Elsewhere()
        files = dict(in_force_at(self.now).charter.files)
        ballot = files[BALLOT].replace(b"roll: public-security/household", b"roll: nodes/linshui")
        assert ballot != files[BALLOT]
        put_in_force(
            files=files | {"nodes.yaml": linshui(key or self.linshui.key), BALLOT: ballot},
            on=self.now.date(), by=PROGRAM, now=self.now,
        )  # fmt: skip
        self.called()
        self.codes = [self.enrolled(who) for who in self.residents(20)]
        self.keyed()
        self.passed(25)
        close_days(now=self.now)
        sequence(self.now)

    @property
    def page(self) -> str:
        return f"/take-part/{self.number}/ballot/ballot/keys/linshui"

    def list(self) -> dict:
        """What the node is given."""
        return self.anybody.get(f"{self.page}/roll").json()

    def word(self, said, role="roll", **other: str) -> dict:
        return self.linshui.give(said, **{"to": words.origin(), "about": f"{self.number}/ballot", "role": role} | other)

    def sent(self, word):
        raw = word if isinstance(word, bytes) else json.dumps(word).encode()
        return self.anybody.post(self.page, {"file": SimpleUploadedFile("my.word", raw)})

    def opens(self) -> Poll:
        return open_poll(by=self.host, **self.where)


def checked(tmp_path, told, *more) -> dict:
    """What the keeper's own command says of the list."""
    file, out = tmp_path / "roll.json", StringIO()
    file.write_text(json.dumps(told), encoding="utf-8")
    call_command("ballot", "roll", str(file), "--key", str(verifier()), *more, stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


@pytest.fixture
def rolled(cast, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    return Rolled(cast, monday)


def test_a_vote_is_held_on_the_roll_that_another_node_closed(rolled, tmp_path):
    page = rolled.anybody.get(rolled.page).content.decode()
    assert "zhengtong ballot roll" in page and "--as roll" in page and str(verifier()) in page
    said = checked(tmp_path, rolled.list())
    assert (said["voters"], said["admitted"]) == (20, 20)
    with pytest.raises(BallotIsClosed):
        rolled.opens()  # not without it
    assert rolled.sent(rolled.word(said)).status_code == 302
    rolled.opens()
    rolled.done("prepare")
    rolled.voted(rolled.codes[0])
    assert rolled.counted()[0] == PARKS
    act = of(rolled.number).get(kind=kinds.ROLL_CLOSED)
    assert (act.actor, act.particulars["node"]) == ("nodes/linshui", "nodes/linshui")
    (kept,) = rolled.anybody.get(f"{rolled.page}/words.json").json()["words"]
    assert kept["said"] == said and said["credentials"] in rolled.vote.archive().bytes().decode()


def test_an_officer_who_kept_the_roll_before_cannot_close_it(rolled):
    with pytest.raises(NotAKeeper):
        close_roll(by=rolled.authority, **rolled.where)


@pytest.mark.parametrize("what", FORGED)
def test_what_its_ledger_does_not_prove_closes_no_roll(rolled, tmp_path, what):
    said = checked(tmp_path, rolled.list())
    answer = rolled.sent(FORGED[what](rolled.word(said), said | {"voters": 21}, rolled.linshui))
    assert answer.status_code == 422 and not Word.objects.exists() and not Poll.objects.get().credentials


@pytest.mark.parametrize(
    "other",
    [{"to": "elsewhere.example/ledger"}, {"about": "QI-1/ballot"}, {"role": "key"}, {"role": "share"}],
    ids=lambda each: "-".join(each.values()),
)
def test_what_it_said_to_another_or_of_another_ballot_or_as_a_trustee_closes_no_roll(rolled, tmp_path, other):
    assert rolled.sent(rolled.word(checked(tmp_path, rolled.list()), **other)).status_code == 422
    assert not Poll.objects.get().credentials


@pytest.mark.parametrize("said", [None, 7, [], {}, {"voters": 20}, "roll"])
def test_what_is_no_roll_closes_none(rolled, said):
    assert rolled.sent(rolled.word(said)).status_code == RollChanged.status
    assert not Poll.objects.get().credentials


def test_a_list_that_changed_since_is_not_closed(rolled, tmp_path):
    said = checked(tmp_path, rolled.list())
    for other in ({"credentials": "0" * 64}, {"voters": 19}):
        assert rolled.sent(rolled.word(said | other)).status_code == RollChanged.status
    assert not Poll.objects.get().credentials and not Word.objects.exists()


def test_a_roll_is_closed_once(rolled, tmp_path):
    word = rolled.word(checked(tmp_path, rolled.list()))
    assert rolled.sent(word).status_code == 302
    assert rolled.sent(word).status_code == 409
    assert rolled.anybody.get(f"{rolled.page}/roll").status_code == 404


def test_the_operator_cannot_open_the_box_on_a_roll_of_his_own(rolled, tmp_path):
    """He writes a list into the database, before the node has closed one and after."""
    own = compact([public_key(credential=new_credential(), uuid=rolled.vote.uuid, group=rolled.vote.group)])
    Poll.objects.update(credentials=own)
    with pytest.raises(RollChanged):
        rolled.opens()
    Poll.objects.update(credentials="")
    assert rolled.sent(rolled.word(checked(tmp_path, rolled.list()))).status_code == 302
    closed = Poll.objects.get().credentials
    Poll.objects.update(credentials=own)
    with pytest.raises(RollChanged):
        rolled.opens()
    forged = Elsewhere().give({}, to=words.origin(), about=f"{rolled.number}/ballot", role="roll")
    kept = Word.objects.get()
    whole = kept.told
    Word.objects.update(told=whole | {"said": whole["said"] | {"voters": 1}})
    with pytest.raises(RollChanged):
        rolled.opens()
    Word.objects.update(told=whole | {"acts": forged["acts"], "checkpoint": forged["checkpoint"]})
    Poll.objects.update(credentials=closed)
    with pytest.raises(RollChanged):
        rolled.opens()
    Word.objects.update(told=whole)
    assert rolled.opens().opened_at


LISTED = {
    "more codes than people": lambda told, more: told | {"credentials": [*told["credentials"], more]},
    "one code twice": lambda told, more: told | {"credentials": told["credentials"][:1] * 2},
    "a code that is none": lambda told, more: told | {"credentials": ["7"]},
    "no act of any day": lambda told, more: told | {"acts": []},
    "another number in the act": lambda told, more: told | {"acts": [_raised(each) for each in told["acts"]]},
    "no head of the ledger": lambda told, more: told | {"checkpoint": ""},
    "of another round": lambda told, more: told | {"round": "QI-1"},
}


def _raised(act):
    *before, says = act["opened"]
    return act | {"opened": [*before, says | {"admitted": says["admitted"] + 1}]}


@pytest.mark.parametrize("what", LISTED)
def test_the_keeper_finds_what_is_wrong_with_the_list(rolled, tmp_path, what):
    more = public_key(credential=new_credential(), uuid=rolled.vote.uuid, group=rolled.vote.group)
    with pytest.raises(CommandError):
        checked(tmp_path, LISTED[what](rolled.list(), more))


def test_the_list_is_given_to_its_keeper_alone_and_when_enrolment_is_over(cast, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    rolled = Rolled(cast, monday)
    assert rolled.anybody.get(f"{rolled.page}/roll").status_code == 200
    assert rolled.anybody.get(f"{rolled.page}/certificates").status_code == 404
    assert rolled.anybody.get(f"{rolled.page.replace('linshui', 'elsewhere')}/roll").status_code == 404
    rolled.number = rolled.open(rolled.PROCEDURE, key="another", **rolled.ASKED).case.number  # people enrol
    assert rolled.anybody.get(f"{rolled.page}/roll").status_code == 404


def test_a_second_node_with_a_ledger_of_its_own_closes_the_roll(cast, monday, settings, tmp_path):
    """Two installations: what goes from one to the other is its key, once, then a file each way."""
    there = installation(tmp_path)
    there("migrate", "ledger")
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    rolled = Rolled(cast, monday, there("ledger", "key").splitlines()[0])
    (tmp_path / "roll.json").write_bytes(rolled.anybody.get(f"{rolled.page}/roll").content)
    (tmp_path / "my.roll").write_text(there("ballot", "roll", str(tmp_path / "roll.json"), "--key", str(verifier())))
    about = ("--to", words.origin(), "--about", f"{rolled.number}/ballot", "--as", "roll")
    word = there("ledger", "word", str(tmp_path / "my.roll"), *about)
    assert json.loads(word)["checkpoint"].startswith("linshui.example/ledger\n")
    assert rolled.sent(word.encode()).status_code == 302
    assert rolled.opens().opened_at
