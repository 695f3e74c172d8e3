"""Witnesses: asked over HTTP by the standard's protocol, they cosign what continues, and a fork is caught and shown."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.ledger.conftest import CLERK, DECIDED, NOW, Clerk, Deeds
from zhengtong.connectors.witnesses.ask import ask_witnesses
from zhengtong.engines import merkle
from zhengtong.engines.merkle.witness import Request
from zhengtong.ledger import cosigning, keys
from zhengtong.ledger.acts import record, sequence
from zhengtong.ledger.errors import Unwitnessed
from zhengtong.ledger.models import Act, Checkpoint, Cosignature, Dispute, Witnessed
from zhengtong.ledger.queries import head, of, proof, verifier

PATH = "/ledger/witness/add-checkpoint"


@pytest.fixture
def watched(city: list[Act], settings: Any) -> list[Act]:
    """The city's ledger, and a node that watches it: here, the node itself."""
    settings.ZHENGTONG_WITNESSES = f"{keys.cosigner().verifier} http://127.0.0.1:9/ledger/witness"
    settings.ZHENGTONG_WITNESSED_LOGS = str(verifier())
    cosigning._looked.clear()
    return city


@pytest.fixture
def witnessed(watched: list[Act], live_server: Any, settings: Any) -> list[Act]:
    """The same, and it can be asked over HTTP."""
    settings.ZHENGTONG_WITNESSES = f"{keys.cosigner().verifier} {live_server.url}/ledger/witness"
    return watched


def ask(old: int, new: Checkpoint, proof: list[bytes] | None = None) -> Any:
    from zhengtong.ledger.queries import consistency

    body = str(Request(old, consistency(old, new.size) if proof is None else proof, new.note))
    return Client().post(PATH, body, content_type="text/plain")


def test_a_checkpoint_is_cosigned_kept_and_published(witnessed: list[Act], client: Client) -> None:
    now = timezone.now()
    assert ask_witnesses(now=now) == 1
    assert ask_witnesses(now=now) == 0  # not so soon again
    note = client.get("/ledger/checkpoint").content.decode()
    witness = keys.cosigner().verifier
    assert merkle.open_note(note, [verifier(), witness])[1] == [verifier().name, witness.name]
    assert abs(merkle.cosignatures(note, [witness])[witness.name] - now.timestamp()) < 60
    assert Witnessed.objects.get().size == 12
    receipt = proof(witnessed[3])
    assert receipt and receipt.note == note


def test_a_new_checkpoint_is_shown_with_a_proof_that_it_continues(witnessed: list[Act], act_on: Deeds) -> None:
    now = timezone.now()
    ask_witnesses(now=now)
    act_on("case-d", 5)
    sequence(NOW + timedelta(hours=7))
    assert ask_witnesses(now=now + timedelta(seconds=5)) == 0
    assert ask_witnesses(now=now + timedelta(seconds=30)) == 1
    assert Witnessed.objects.get().size == 17
    assert list(Cosignature.objects.order_by("checkpoint_id").values_list("checkpoint_id", flat=True)) == [12, 17]


def test_a_quiet_ledger_is_looked_at_again(witnessed: list[Act]) -> None:
    now = timezone.now()
    ask_witnesses(now=now)
    assert ask_witnesses(now=now + timedelta(minutes=10)) == 0
    assert ask_witnesses(now=now + timedelta(minutes=20)) == 1
    assert Cosignature.objects.count() == 1


def test_a_witness_that_is_at_another_size_is_asked_again_from_there(witnessed: list[Act]) -> None:
    ask(0, Checkpoint.objects.get(size=5))
    assert ask_witnesses(now=timezone.now()) == 1
    assert Witnessed.objects.get().size == 12


def test_a_witness_that_is_away_keeps_nobody_from_working(watched: list[Act]) -> None:
    assert ask_witnesses(now=timezone.now()) == 0
    assert sequence(NOW) == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("old 0\n", 400),
        ("old 00\n\n{note}", 400),
        ("old 13\n\n{note}", 400),
        ("old 0\nAAAA\n\n{note}", 400),
        ("old 0\n\n" + "x" * 70_000, 400),
        ("old 0\n\nother.example\n1\n{root}\n\n— other.example AAAAAAAA\n", 404),
        ("old 0\n\n{forged}", 403),
        ("old 0\n\n{unsigned}", 403),
        ("old 7\n\n{note}", 409),
        ("old 0\n{root}\n\n{note}", 422),
    ],
)
def test_the_witness_answers_as_the_standard_says(watched: list[Act], client: Client, body: str, status: int) -> None:
    newest = head()
    assert newest
    text, lines = merkle.split_note(newest.note)
    forged = text.replace("\n12\n", "\n11\n") + "\n" + lines
    asked = body.replace("{note}", newest.note).replace("{forged}", forged)
    asked = asked.replace("{unsigned}", f"{text}\n— {verifier().name} AAAAAAAA\n")
    asked = asked.replace("{root}", "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
    answer = client.post(PATH, asked, content_type="text/plain")
    assert answer.status_code == status, answer.content
    assert not Witnessed.objects.exists()


def test_the_witness_tells_at_which_size_it_is(watched: list[Act]) -> None:
    assert ask(0, Checkpoint.objects.get(size=9)).status_code == 200
    answer = ask(0, Checkpoint.objects.get(size=12))
    assert (answer.status_code, answer["Content-Type"], answer.content) == (409, "text/x.tlog.size", b"9\n")
    assert ask(5, Checkpoint.objects.get(size=9)).status_code == 409  # nor does it go back
    assert ask(9, Checkpoint.objects.get(size=12)).status_code == 200


def fork(size: int) -> str:
    """Another history under the city's own signature: what a node would show to somebody else."""
    leaves = [merkle.leaf_hash(b"another %d" % n) for n in range(size)]
    return merkle.Checkpoint(verifier().name, size, merkle.root(leaves)).signed(keys.signer(verifier().name))


@pytest.mark.parametrize(("size", "status"), [(12, 409), (20, 422)])
def test_a_node_that_shows_two_histories_is_caught(watched: list[Act], client: Client, size: int, status: int) -> None:
    """The witness refuses, and both heads stand for everybody to see: two signatures that exclude each other."""
    ask(0, Checkpoint.objects.get(size=12))
    shown = fork(size)
    answer = client.post(PATH, str(Request(12, [], shown)), content_type="text/plain")
    assert answer.status_code == status
    assert Witnessed.objects.get().size == 12
    (dispute,) = json.loads(client.get("/ledger/witness/disputes").content)
    heads = [merkle.Checkpoint.opened(dispute[name], verifier()) for name in ("held", "shown")]
    assert heads[0].root != heads[1].root
    client.post(PATH, str(Request(12, [], shown)), content_type="text/plain")
    assert Dispute.objects.count() == 1
    act = of(f"witness:{verifier().name}").get()  # and the evidence itself is in the ledger
    assert (act.kind, (act.particulars or {})["shown"]) == ("ledger.fork.seen", shown)


def test_a_node_that_was_rewritten_learns_it_from_its_witness(
    witnessed: list[Act], act_on: Deeds, caplog: pytest.LogCaptureFixture
) -> None:
    """The database, its keys and the published head were all in the hands of whoever did it."""
    ask_witnesses(now=timezone.now())
    note = fork(15)
    root = merkle.Checkpoint.opened(note, verifier()).root
    Checkpoint.objects.create(size=15, root=root, note=note, at=NOW)
    assert ask_witnesses(now=timezone.now() + timedelta(minutes=1)) == 0
    act_on("case-d", 3)
    assert "could not be asked" in caplog.text or "does not cosign" in caplog.text
    assert Cosignature.objects.get().checkpoint_id == 12


def do(by: Clerk) -> Act:
    with transaction.atomic():
        return record(kind=DECIDED, subject="case-z", by=by, power="food-licence", now=NOW)


def age(cosignature_age: timedelta) -> datetime:
    """As if the witness had looked so long ago."""
    at = timezone.now() - cosignature_age
    checkpoint = head()
    assert checkpoint
    cosigning.keep(checkpoint, keys.cosigner().line(merkle.split_note(checkpoint.note)[0], int(at.timestamp())), now=at)
    cosigning._looked.clear()
    return at


def test_offices_stop_when_nobody_has_looked_for_hours(witnessed: list[Act], settings: Any) -> None:
    age(timedelta(hours=3))
    assert do(CLERK)
    age(timedelta(hours=5))
    with pytest.raises(Unwitnessed, match="for 4 hours"):
        do(CLERK)
    assert do(Clerk(post=""))  # a citizen may still file, and the program still keeps time
    assert sequence(NOW + timedelta(hours=7)) == 2
    assert ask_witnesses(now=timezone.now()) == 1
    assert do(CLERK)
    age(timedelta(hours=5))
    settings.ZHENGTONG_WITNESS_HOURS = 6.0
    assert do(CLERK)


def test_a_witness_that_never_came_counts_from_the_beginning_of_the_log(watched: list[Act]) -> None:
    with pytest.raises(Unwitnessed):  # the city's first checkpoint is of another day
        do(CLERK)


def test_where_no_witness_is_named_nothing_stops(city: list[Act]) -> None:
    assert do(CLERK)


def test_a_look_that_somebody_wrote_into_the_database_does_not_count(watched: list[Act]) -> None:
    age(timedelta(hours=5))
    Cosignature.objects.update(at=timezone.now())
    with pytest.raises(Unwitnessed):
        do(CLERK)
    Cosignature.objects.update(line=keys.signer("x").line("x"))
    with pytest.raises(Unwitnessed):
        do(CLERK)


def test_a_cosignature_of_tomorrow_or_of_somebody_else_is_not_kept(watched: list[Act]) -> None:
    checkpoint = head()
    assert checkpoint
    text = merkle.split_note(checkpoint.note)[0]
    now = timezone.now()
    with pytest.raises(merkle.NoteFault, match="dated in the future"):
        cosigning.keep(checkpoint, keys.cosigner().line(text, int(now.timestamp()) + 3600), now=now)
    with pytest.raises(merkle.NoteFault, match="is wrong"):
        cosigning.keep(checkpoint, keys.cosigner().line(text.replace("12", "13"), int(now.timestamp())), now=now)
    stranger = merkle.Cosigner("stranger.example", keys.signing_key())
    assert cosigning.keep(checkpoint, stranger.line(text, int(now.timestamp())), now=now) == []
    assert not Cosignature.objects.exists()
