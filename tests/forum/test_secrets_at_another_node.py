"""A secret of a draw by lot lies at another node, which is believed by its ledger and by nothing else."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

import zhengtong_verify
from tests.agora.keepers import Keepers
from tests.nodes import FORGED, Elsewhere, changed, installation, linshui
from tests.rounds import Rounds
from zhengtong.agora.abroad.models import Word
from zhengtong.agora.proceedings import kinds
from zhengtong.agora.proceedings.errors import DrawNotAtThisStage, NotACommitment, NotAKeeperOfTheDraw
from zhengtong.agora.proceedings.models import Panel, Pledge
from zhengtong.agora.proceedings.panels import panels_due
from zhengtong.agora.proceedings.redrawn import redrawn
from zhengtong.cases.acts.enactment import put_in_force
from zhengtong.charter.queries import in_force_at
from zhengtong.engines.sortition import commitment, new_seed
from zhengtong.ledger import words
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.queries import of, verifier
from zhengtong.people.actor import PROGRAM

DRAW, LINSHUI = "participation/city-conversation.yaml", 1
ELSEWHERE, BEFORE, MATTER, STAGE = "没有得到该节点台账的证明", 409, "不是为本节点", DrawNotAtThisStage


class Shared(Keepers):
    """The second of the two secrets lies at the node of Linshui County."""

    def __init__(self, rounds: Rounds, key: str = "") -> None:
        self.linshui = Elsewhere()
        files = dict(in_force_at(rounds.now).charter.files)
        keepers = files[DRAW].replace(b"reconsideration/reconsideration]", b"nodes/linshui]")
        changed_ = files | {"nodes.yaml": linshui(key or self.linshui.key), DRAW: keepers}
        put_in_force(files=changed_, on=rounds.now.date(), by=PROGRAM, now=rounds.now)
        super().__init__(rounds, rounds.open("city-conversation"))
        panels_due(now=rounds.now)
        self.residents_enter(20)
        self.anybody = Client()

    @property
    def number(self) -> str:
        return self.round.case.number

    @property
    def node(self) -> str:
        """Where its word is taken."""
        return f"/take-part/{self.number}/draw/panel/keys/linshui"

    def word(self, said, role: str, **other: str) -> dict:
        """What Linshui says by its ledger, for the current attempt."""
        attempt = Panel.objects.get(case=self.round.case).attempt
        told = {"to": words.origin(), "about": f"{self.number}/panel/{attempt}", "role": role, **other}
        return self.linshui.give(said, **told)

    def sent(self, word):
        """Anybody brings it; the answer."""
        raw = word if isinstance(word, bytes) else json.dumps(word).encode()
        return self.anybody.post(self.node, {"file": SimpleUploadedFile("my.word", raw)})

    def committed(self) -> dict:
        """The commitment of Linshui, as it gave its word."""
        return self.word(self.commitments[LINSHUI], "commitment")

    def asked(self) -> "Shared":
        """Both have committed, and the head is fixed."""
        self.commit(0)
        assert self.sent(self.committed()).status_code == 302
        self.closed().fixed()
        return self


@pytest.fixture
def shared(rounds, monkeypatch):
    return made(rounds, monkeypatch)


def made(rounds, monkeypatch, key=""):
    found = Shared(rounds, key)
    monkeypatch.setattr("zhengtong.faces.shared.clock.now", lambda: rounds.now)
    return found


def pledged():
    return Pledge.objects.filter(place=LINSHUI + 1)


def again(tmp_path, told, *words):
    """Whoever draws it again."""
    file, out, beside = tmp_path / "draw.json", StringIO(), StringIO()
    file.write_text(json.dumps(told))
    call_command("draw", str(file), *words, stdout=out, stderr=beside)
    return out.getvalue().split(), beside.getvalue()


def drawn_here(shared):
    """What everybody downloads of a draw in which Linshui told its secret."""
    shared.asked()
    shared.tell(0)
    assert shared.sent(shared.word(shared.secrets[LINSHUI], "secret")).status_code == 302
    return shared.anybody.get(f"/take-part/{shared.number}/draw/panel.json").json()


def with_another_secret(shared, told):
    """The operator puts another commitment and secret in the node's place: the draw fits itself."""
    kept = new_seed()
    told["keepers"][LINSHUI] |= {"commitment": commitment(kept), "secret": kept.hex()}
    return told | {"panel": redrawn(told)}


def said_of(shared, told, about="", **other):
    """Words of the node for just what is told, but said otherwise; or in another order."""
    keeper = told["keepers"][LINSHUI]
    steps = other.pop("steps", ["commitment", "secret"])
    of = {"to": words.origin(), "about": about or f"{shared.number}/panel/1"} | other
    said = {step: shared.linshui.give(keeper[step], **({"role": step} | of)) for step in steps}
    told["nodes"]["linshui"]["words"] = list(said.values())
    return told


UNSAID = {
    "another secret was put in its place": with_another_secret,
    "no word is there": lambda shared, told: {each: told[each] for each in told if each != "nodes"},
    "the word for the secret is missing": lambda shared, told: said_of(shared, told, steps=["commitment"]),
    "it spoke of another attempt": lambda shared, told: said_of(shared, told, about=f"{shared.number}/panel/2"),
    "it said it as something else": lambda shared, told: said_of(shared, told, role="key"),
    "it committed once it had told": lambda shared, told: said_of(shared, told, steps=["secret", "commitment"]),
}


def test_a_panel_is_drawn_with_the_secret_of_another_node_and_anybody_draws_it_again(shared, tmp_path):
    page = shared.anybody.get(shared.node, headers={"accept-language": "en"}).content.decode()
    assert "my.commitment --to" in page and f"--about {shared.number}/panel/1" in page
    shared.asked()
    shared.tell(0)
    assert "my.secret --to" in shared.anybody.get(shared.node).content.decode()
    assert shared.sent(shared.word(shared.secrets[LINSHUI], "secret")).status_code == 302
    told = shared.anybody.get(f"/take-part/{shared.number}/draw/panel.json").json()
    assert [each["post"] for each in told["keepers"]] == ["supervision/duty", "nodes/linshui"]
    drawn, keepers = again(tmp_path, told)
    assert drawn == told["panel"] and len(drawn) == 12 and "nodes/linshui" in keepers
    said = of(shared.number).filter(actor="nodes/linshui")
    assert [each.kind for each in said] == [kinds.PLEDGED, kinds.TOLD]
    assert said[0].particulars["entry"] < said[1].particulars["entry"]  # each names the entry of the other ledger
    page = shared.anybody.get(shared.page).content.decode()
    assert "临水县" in page and shared.node in page


def test_an_officer_who_had_the_post_before_cannot_act_for_the_node(shared):
    with pytest.raises(NotAKeeperOfTheDraw):
        shared.commit(LINSHUI)


def test_nothing_is_drawn_before_the_node_has_committed_and_told(shared):
    shared.commit(0)
    shared.closed().fixed()
    assert Panel.objects.get().sealed_at is None
    assert shared.sent(shared.committed()).status_code == 302
    panels_due(now=shared.now)
    shared.fixed()
    shared.tell(0)
    assert Panel.objects.get().drawn_at is None


@pytest.mark.parametrize(
    "other",
    [{"to": "elsewhere.example/ledger"}, {"about": "QI-1/panel/1"}, {"role": "vote"}, {"role": "certificate"}],
    ids=lambda each: "-".join([*each, *each.values()]),
)
def test_what_the_node_said_to_another_or_of_another_draw_or_step_is_not_taken(shared, other):
    told = {"role": "commitment"} | other
    answer = shared.sent(shared.word(shared.commitments[LINSHUI], told.pop("role"), **told))
    assert answer.status_code == 422 and MATTER in answer.content.decode()
    assert not pledged().exists() and not Word.objects.exists()


def test_what_it_said_of_another_draw_is_nothing_in_this(shared):
    other = shared.rounds.open("city-conversation", key="another")
    panels_due(now=shared.now)
    elsewhere = shared.word(shared.commitments[LINSHUI], "commitment", about=f"{other.case.number}/panel/1")
    assert shared.sent(elsewhere).status_code == 422 and not pledged().exists()


@pytest.mark.parametrize("what", FORGED)
def test_what_its_ledger_does_not_prove_is_not_the_word_of_the_node(shared, what):
    answer = shared.sent(FORGED[what](shared.committed(), commitment(new_seed()), shared.linshui))
    assert answer.status_code == 422 and ELSEWHERE in answer.content.decode()
    assert not pledged().exists() and not Word.objects.exists()


def test_whoever_has_another_key_is_not_the_node_whatever_they_call_themselves(rounds, monkeypatch):
    shared = made(rounds, monkeypatch, Elsewhere().key)
    answer = shared.sent(shared.committed())
    assert answer.status_code == 422 and ELSEWHERE in answer.content.decode()


def test_a_word_is_taken_once_and_none_that_is_older(shared):
    first = shared.word(commitment(new_seed()), "commitment")
    assert shared.sent(shared.committed()).status_code == 302
    for old in (first, first):
        assert shared.sent(old).status_code == BEFORE
    assert pledged().get().commitment == shared.commitments[LINSHUI]
    newer = shared.word(commitment(new_seed()), "commitment")
    assert shared.sent(newer).status_code == 302
    assert shared.sent(newer).status_code == BEFORE
    assert pledged().get().commitment == newer["said"]


def test_a_commitment_that_comes_when_the_list_is_published_is_too_late(shared):
    late = commitment(new_seed())
    shared.asked()
    answer = shared.sent(shared.word(late, "commitment"))
    assert answer.status_code == STAGE.status and pledged().get().commitment == shared.commitments[LINSHUI]


def test_a_secret_is_not_told_before_its_time_and_can_be_told_then(shared):
    shared.commit(0)
    assert shared.sent(shared.committed()).status_code == 302
    early = shared.word(shared.secrets[LINSHUI], "secret")
    assert shared.sent(early).status_code == STAGE.status and not pledged().get().secret
    shared.closed().fixed()
    assert shared.sent(early).status_code == 302 and pledged().get().secret


def test_a_secret_that_does_not_fit_is_the_lie_of_the_node_and_recorded_once(shared):
    shared.asked()
    false = shared.word(new_seed().hex(), "secret")
    answer = shared.sent(false)
    assert answer.status_code == 422 and "这不是您封存的那个秘密" in answer.content.decode()
    assert shared.sent(false).status_code == BEFORE
    (told,) = of(shared.number).filter(kind=kinds.BELIED)
    assert told.particulars["node"] == "nodes/linshui" and not pledged().get().secret
    assert shared.sent(shared.word(shared.secrets[LINSHUI], "secret")).status_code == 302  # it can still do it right
    assert pledged().get().secret


@pytest.mark.parametrize("said", [None, 7, {}, [], "", "x" * 64, ["0" * 64], "0" * 65])
def test_what_is_no_commitment_is_refused_whoever_said_it(shared, said):
    answer = shared.sent(shared.word(said, "commitment"))
    assert answer.status_code == NotACommitment.status and not pledged().exists()
    assert not of(shared.number).filter(kind=kinds.BELIED).exists()


def test_the_node_does_not_send_the_commitment_of_another_keeper(shared):
    shared.commit(0)
    assert shared.sent(shared.word(shared.commitments[0], "commitment")).status_code == NotACommitment.status


def test_what_it_said_for_an_attempt_is_nothing_in_the_next(shared):
    spare = shared.word(commitment(new_seed()), "commitment")
    old = shared.asked().word(shared.secrets[LINSHUI], "secret")
    shared.rounds.now += timedelta(days=8)
    shared.begin_again("临水县没有按时公开秘密。")
    for word in (spare, old):
        assert shared.sent(word).status_code == 422
    assert shared.sent(shared.word(shared.commitments[LINSHUI], "commitment")).status_code == NotACommitment.status
    assert shared.sent(shared.word(commitment(new_seed()), "commitment")).status_code == 302
    assert pledged().order_by("attempt").last().attempt == 2


def test_nothing_that_was_put_into_a_word_is_kept_or_shown(shared):
    word = shared.committed()
    padded = changed(word | {"more": "x"}, salt=word["acts"][0]["salt"] + " " * 5000, more="x")
    assert shared.sent(padded).status_code == 302
    (kept,) = shared.anybody.get(f"{shared.node}/words.json").json()["words"]
    assert (kept["acts"], kept["said"]) == (word["acts"], word["said"]) and set(kept) == {
        "role",
        "round",
        "checkpoint",
        "acts",
        "waiting",
        "said",
    }


def test_everybody_tells_the_commitment_of_the_node_from_one_that_was_written_into_the_database(shared, tmp_path):
    assert shared.sent(shared.committed()).status_code == 302

    def named() -> bool:
        """Whether the commitment that counts is the one whose hash the other ledger names."""
        told = shared.anybody.get(f"{shared.node}/words.json").json()
        (word,) = told["words"]
        kept = tmp_path / "one.word"
        kept.write_text(json.dumps(word), encoding="utf-8")
        assert zhengtong_verify.main(["acts", str(kept), "--key", told["key"]]) == 0
        counts = shared.anybody.get(f"/take-part/{shared.number}/draw/panel.json").json()["keepers"][LINSHUI]
        return word["acts"][0]["opened"][3]["sha256"] == words.hash_of(counts["commitment"])

    assert named()
    pledged().update(commitment=commitment(new_seed()))
    assert not named()


def test_who_is_no_keeper_has_no_page(shared):
    for page in (shared.node.replace("linshui", "elsewhere"), shared.node.replace("panel", "statements")):
        assert shared.anybody.get(page).status_code == 404
        assert shared.anybody.get(f"{page}/words.json").status_code == 404


def test_a_second_node_with_a_ledger_of_its_own_commits_and_tells(rounds, monkeypatch, tmp_path):
    """Two installations: what goes from one to the other is its key, once, and then two files."""
    there = installation(tmp_path)
    there("migrate", "ledger")
    shared = made(rounds, monkeypatch, there("ledger", "key").splitlines()[0])
    there("draw", "secret", "--out", str(tmp_path / "my"))

    def word(role: str) -> bytes:
        about = ("--to", words.origin(), "--about", f"{shared.number}/panel/1", "--as", role)
        return there("ledger", "word", str(tmp_path / f"my.{role}"), *about).encode()

    shared.commit(0)
    told = word("commitment")
    assert json.loads(told)["checkpoint"].startswith("linshui.example/ledger\n")
    assert shared.sent(told).status_code == 302
    shared.closed().fixed()
    shared.tell(0)
    assert shared.sent(word("secret")).status_code == 302
    assert Panel.objects.get().drawn_at and pledged().get().secret == json.loads((tmp_path / "my.secret").read_text())
    assert (tmp_path / "my.secret").stat().st_mode & 0o077 == 0


def test_a_node_that_is_this_one_under_another_name_is_not_heard(rounds, monkeypatch):
    """A charter from before this was refused, or a key that this node took since, may name it."""
    monkeypatch.setattr("zhengtong.cases.acts.enactment.own_keys", set)
    shared = made(rounds, monkeypatch, str(verifier()))
    told = {"to": words.origin(), "about": f"{shared.number}/panel/1", "role": "commitment"}
    answer = shared.sent(words.give(shared.commitments[LINSHUI], now=shared.now, **told))
    assert answer.status_code == 409 and "不是另一个节点" in answer.content.decode()
    assert not pledged().exists()


@pytest.mark.parametrize("what", UNSAID)
def test_who_draws_it_again_hears_what_the_node_did_not_say(shared, tmp_path, what):
    told = drawn_here(shared)
    again(tmp_path, said_of(shared, told))  # said anew as it should be
    with pytest.raises(CommandError, match="节点没有这样说过"):
        again(tmp_path, UNSAID[what](shared, told))


def test_who_has_the_nodes_key_from_elsewhere_believes_no_other(shared, tmp_path):
    told, known = drawn_here(shared), shared.linshui.key
    _, said = again(tmp_path, told, "--node", f"linshui={shared.linshui.key}")
    assert "请向该节点核对" not in said and shared.linshui.key in said
    other = Elsewhere()
    with pytest.raises(CommandError, match="节点台账不能证明"):
        again(tmp_path, told, "--node", f"linshui={other.key}")
    shared.linshui = other  # the operator lets a ledger of its own speak
    forged = said_of(shared, with_another_secret(shared, told))
    forged["nodes"]["linshui"]["key"] = other.key
    assert "请向该节点核对" in again(tmp_path, forged)[1]
    with pytest.raises(CommandError, match="节点台账不能证明"):
        again(tmp_path, forged, "--node", f"linshui={known}")
    with pytest.raises(CommandError, match="不是保管人"):
        again(tmp_path, forged, "--node", f"elsewhere={other.key}")


def test_by_the_record_what_the_node_said_is_seen_to_be_of_this_draw(shared, tmp_path):
    told, record = drawn_here(shared), tmp_path / "record.json"
    sequence(shared.now)
    record.write_bytes(shared.anybody.get(f"/take-part/{shared.number}/record.json").content)
    assert "4 public acts" in again(tmp_path, told, "--record", str(record))[1]
    for about, to in ((f"{shared.number}/other/1", words.origin()), (f"{shared.number}/panel/1", "elsewhere/ledger")):
        said_of(shared, told, about=about, to=to)
        again(tmp_path, told)
        with pytest.raises(CommandError, match="to whom and of what"):
            again(tmp_path, told, "--record", str(record))
    said_of(shared, told)
    mixed = told["nodes"]["linshui"]["words"][:1]
    said_of(shared, told, about="QI-1/panel/1")
    told["nodes"]["linshui"]["words"][:1] = mixed
    with pytest.raises(CommandError, match="不是为同一次抽签"):
        again(tmp_path, told)
