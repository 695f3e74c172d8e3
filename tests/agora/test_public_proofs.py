"""What the node says of a ballot, a count or a draw stands in its ledger, as outsiders see it: the operator attacks.

They have the ledger's key and a witness's key from elsewhere, `zhengtong-verify`, and what the pages offer.
"""

import json
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import connections

import zhengtong_verify
from tests.agora.keepers import Keepers
from tests.agora.test_satisfaction import opened, published, served
from zhengtong.agora import kinds
from zhengtong.agora.ballots.ballotbox.router import BALLOTS
from zhengtong.agora.proceedings.panels import panels_due
from zhengtong.agora.shown import public_record
from zhengtong.charter.queries import in_force_at
from zhengtong.engines.ballots import read_archive
from zhengtong.engines.merkle import Checkpoint, Cosigner, Ed25519Key, Signer, split_note
from zhengtong.ledger import cosigning
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.models import Act
from zhengtong.ledger.opening import NotPublic, opened_to_all, public_kinds
from zhengtong.ledger.queries import head, of, verifier

pytestmark = pytest.mark.django_db(databases=["default", BALLOTS])
WITNESS = Cosigner("paper.example/witness", Ed25519Key(Ed25519PrivateKey.generate()))


@pytest.fixture
def watched(settings):
    """A newspaper watches the ledger; each call signs what waits and lets it look."""

    def look(now):
        sequence(now)
        settings.ZHENGTONG_WITNESSES = f"{WITNESS.verifier} https://paper.example/witness"
        checkpoint = head()
        line = WITNESS.line(split_note(checkpoint.note)[0], int(checkpoint.at.timestamp()))
        cosigning.keep(checkpoint, line, now=checkpoint.at)
        settings.ZHENGTONG_WITNESSES = ""

    return look


@pytest.fixture
def filled(polls, watched):
    """Nine ballots in three batches, all under a checkpoint that the newspaper has seen."""
    for code in polls.opened()[:9]:
        polls.voted(code)
        polls.boxed()
    watched(polls.now)
    return polls


def downloaded(polls, client, tmp_path):
    """The heads and then the archive, saved as files."""
    at = f"/take-part/{polls.number}/ballot/ballot/"
    heads, archive = tmp_path / "heads.json", tmp_path / "vote.bel"
    heads.write_bytes(client.get(f"{at}heads.json").content)
    archive.write_bytes(polls.vote.archive().bytes())
    return archive, heads


def changed(path, change):
    told = json.loads(path.read_text())
    change(told)
    path.write_text(json.dumps(told))
    return path


def verified(archive, heads):
    said = StringIO()
    words = ["--heads", heads, "--key", verifier(), "--witness", WITNESS.verifier]
    call_command("ballot", "verify", *map(str, [archive, *words]), stdout=said)
    return said.getvalue()


def alone(capsys, *words):
    """The one file that an outsider has: its code, and what it says."""
    code = zhengtong_verify.main([*map(str, words), "--key", str(verifier()), "--witness", str(WITNESS.verifier)])
    return code, capsys.readouterr().out


def exported(tmp_path):
    call_command("ledger", "export", str(tmp_path / "log"), stdout=StringIO())
    return tmp_path / "log"


def test_each_head_is_proven_under_a_checkpoint_that_a_witness_has_seen(filled, client, tmp_path, capsys):
    archive, heads = downloaded(filled, client, tmp_path)
    said = verified(archive, heads)
    assert f"3 public acts of {filled.number}" in said and "paper.example/witness" in said
    code, said = alone(capsys, "export", exported(tmp_path), "--acts", heads)
    assert (code, "3 public acts" in said) == (0, True), said


def test_the_end_and_the_result_are_proven(polls, watched, client, tmp_path):
    code, *_ = polls.opened()
    polls.voted(code)
    polls.counted()
    watched(polls.now)
    archive, heads = downloaded(polls, client, tmp_path)
    told = json.loads(heads.read_text())
    recorded = [json.loads(each["leaf"])["kind"] for each in told["acts"]]
    assert recorded == [kinds.BOXED, kinds.BOX_CLOSED, kinds.BALLOT_COUNTED]
    assert "download it again" not in verified(archive, heads)


def test_who_trusts_the_files_own_key_is_told_to_compare_it(filled, client, tmp_path):
    archive, heads = downloaded(filled, client, tmp_path)
    said = StringIO()
    call_command("ballot", "verify", str(archive), "--heads", str(heads), stdout=said)
    assert "Compare it with one that you have from elsewhere" in said.getvalue()


def test_a_head_changed_in_the_file_is_found(filled, client, tmp_path, capsys):
    archive, heads = downloaded(filled, client, tmp_path)
    events = [event.hash for event in read_archive(archive.read_bytes()).events]

    def change(told):
        told["heads"][1] = {"ballots": 5, "head": events[5]}

    changed(heads, change)
    with pytest.raises(CommandError, match="the ledger does not prove"):
        verified(archive, heads)
    code, said = alone(capsys, "acts", heads)
    assert (code, "Record 2 of the box is not that of the ledger" in said) == (1, True)


def test_an_act_that_is_made_to_say_something_else_is_found(filled, client, tmp_path, capsys):
    def change(told):
        told["acts"][0]["opened"][3]["head"] = told["heads"][0]["head"] = "0" * 64

    _, heads = downloaded(filled, client, tmp_path)
    code, said = alone(capsys, "acts", changed(heads, change))
    assert (code, "does not say what is published of it" in said) == (1, True)


@pytest.mark.parametrize("twice", [True, False])
def test_an_act_that_is_left_out_or_shown_twice_is_found(filled, client, tmp_path, capsys, twice):
    def change(told):
        told["acts"][1:2] = [told["acts"][0]] if twice else []

    _, heads = downloaded(filled, client, tmp_path)
    code, said = alone(capsys, "acts", changed(heads, change))
    assert (code, ("not in the order" if twice else "Record 2 of the box") in said) == (1, True)


def test_the_receipt_of_another_act_is_refused(filled, client, tmp_path, capsys):
    """One of another round, and one of an act that is nobody's to publish."""
    _, heads = downloaded(filled, client, tmp_path)
    code, said = alone(capsys, "acts", changed(heads, lambda told: told.update(round="QI-2026-000001")))
    assert (code, f"of {filled.number}" in said) == (1, True)
    officer = of(filled.number).get(kind=kinds.BOX_OPENED)
    with pytest.raises(NotPublic):
        opened_to_all([officer])


def test_the_proof_of_another_entry_is_refused(filled, client, tmp_path, capsys):
    def change(told):
        told["acts"][0]["proof"] = told["acts"][1]["proof"]

    _, heads = downloaded(filled, client, tmp_path)
    code, said = alone(capsys, "acts", changed(heads, change))
    assert (code, "It is not proven that entry" in said) == (1, True)


def without(polls, number):
    """A ballot is removed, and the box is chained anew as if it had never been there, with new heads."""
    written = [line for at, line in enumerate(_ballots(polls), start=1) if at != number]
    archive = polls.vote.setup()
    for line in written:
        archive.append("Ballot", line)
    return archive


def _ballots(polls):
    with connections[BALLOTS].cursor() as cursor:
        cursor.execute("SELECT written FROM ballotbox_boxed ORDER BY number")
        return [row[0] for row in cursor.fetchall()]


def test_a_ballot_removed_with_all_heads_recomputed_contradicts_what_was_witnessed(filled, client, tmp_path, capsys):
    """Nobody saved an earlier file: the archive and the list agree with each other, and not with the ledger."""
    archive, heads = downloaded(filled, client, tmp_path)
    forged = without(filled, 5)
    archive.write_bytes(forged.bytes())
    events = [event.hash for event in forged.events]
    changed(heads, lambda told: told.update(heads=[{"ballots": at, "head": events[at]} for at in (3, 6, 8)]))
    call_command("ballot", "verify", str(archive), stdout=StringIO())  # by itself the archive is valid
    with pytest.raises(CommandError, match="the ledger does not prove"):
        verified(archive, heads)
    assert "Record 2 of the box" in alone(capsys, "acts", heads)[1]


def test_heads_that_are_kept_back_are_seen_in_the_log(filled, client, tmp_path, capsys, watched):
    """The operator shows only what still fits the archive; the log holds the others, and nobody else can open them."""
    archive, heads = downloaded(filled, client, tmp_path)
    archive.write_bytes(without(filled, 5).bytes())

    def change(told):
        told["heads"], told["acts"] = told["heads"][:1], told["acts"][:1]

    verified(archive, changed(heads, change))  # what is shown does fit
    hidden = of(filled.number).filter(kind=kinds.BOXED).count() - 1
    code, said = alone(capsys, "export", exported(tmp_path), "--acts", heads)
    assert code == 1 and said.count("what it says is kept back") == hidden == 2


def test_a_receipt_under_a_forged_checkpoint_is_refused(filled, client, tmp_path, capsys):
    """Another key's, and one that the ledger's own key signed, behind the back of the witness."""
    _, heads = downloaded(filled, client, tmp_path)
    true = json.loads(heads.read_text())["checkpoint"]
    found = Checkpoint.parse(split_note(true)[0])
    stranger = Signer(verifier().name, Ed25519Key(Ed25519PrivateKey.generate()))
    code, said = alone(capsys, "acts", changed(heads, lambda told: told.update(checkpoint=found.signed(stranger))))
    assert (code, "is not signed with the ledger's key" in said) == (1, True)
    own = head().note  # without its cosignatures, as a fork would be
    code, said = alone(capsys, "acts", changed(heads, lambda told: told.update(checkpoint=own)))
    assert (code, "cosigned by 0 of the witnesses" in said) == (1, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(acts=[], waiting=3),
        lambda told: told.update(checkpoint=""),
    ],
)
def test_what_has_no_receipt_at_all_proves_nothing(filled, client, tmp_path, capsys, change):
    archive, heads = downloaded(filled, client, tmp_path)
    changed(heads, change)
    assert "by itself it proves nothing" in alone(capsys, "acts", heads)[1]
    with pytest.raises(CommandError, match="the ledger does not prove"):
        verified(archive, heads)


def test_what_is_too_new_for_a_receipt_is_said_to_wait(polls, watched, client, tmp_path):
    for at, code in enumerate(polls.opened()[:6]):
        polls.voted(code)
        polls.boxed()
        if at == 3:
            watched(polls.now)
    archive, heads = downloaded(polls, client, tmp_path)
    assert "1 of them have no receipt yet" in verified(archive, heads)


def test_what_is_malformed_is_said_to_be_so(filled, client, tmp_path, capsys):
    for at, change in (
        (2, lambda told: told["acts"][0].update(salt="00")),
        (2, lambda told: told["acts"][0].update(leaf=told["acts"][0]["leaf"] + " ")),
        (2, lambda told: told["acts"][0].update(opened=None)),
        (2, lambda told: told.update(acts=None)),
    ):
        _, heads = downloaded(filled, client, tmp_path)
        assert alone(capsys, "acts", changed(heads, change))[0] == at


def test_opening_an_act_says_nothing_of_any_other(filled, client):
    """Each has a salt of its own; nobody but the program is named; of what others did not even the kind is opened."""
    told = client.get(f"/take-part/{filled.number}/ballot/ballot/heads.json").json()
    salts = {bytes(each.salt).hex() for each in Act.objects.exclude(kind=kinds.BOXED)}
    assert len({each["salt"] for each in told["acts"]}) == 3 and not salts & {each["salt"] for each in told["acts"]}
    assert {(each["opened"][1], each["opened"][2]) for each in told["acts"]} == {("program", "")}
    others = {each.actor for each in of(filled.number)} - {"program"}
    assert others and not any(each in json.dumps(told) for each in others)


def test_what_is_opened_asks_as_much_however_many_heads_there_are(polls, watched, django_assert_num_queries):
    codes = polls.opened()
    for shown in range(1, 4):
        for code in codes[3 * shown - 3 : 3 * shown]:
            polls.voted(code)
        polls.boxed()
        watched(polls.now)
        round_ = polls.vote.round
        with django_assert_num_queries(6):
            assert len(public_record(round_)["acts"]) == shown


def test_the_standalone_program_knows_every_kind_that_is_public():
    assert public_kinds() == zhengtong_verify.PUBLIC


def saved(number, client, tmp_path):
    file = tmp_path / "record.json"
    file.write_bytes(client.get(f"/take-part/{number}/record.json").content)
    return file


def checked(command, file, record):
    words = ["--record", record, "--key", verifier(), "--witness", WITNESS.verifier]
    said = StringIO()
    call_command(command, *map(str, [file, *words]), stdout=StringIO(), stderr=said)
    return said.getvalue()


def kinds_in(record):
    """Of the acts that a saved record proves, in their order."""
    return [json.loads(each["leaf"])["kind"] for each in json.loads(record.read_text())["acts"]]


@pytest.fixture
def draw(rounds, watched, tmp_path):
    """A panel that was drawn, and the file that everybody downloads."""
    round_ = rounds.open("city-conversation")
    panels_due(now=rounds.now)
    keepers = Keepers(rounds, round_)
    keepers.residents_enter(20)
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(keepers.drawn()))
    watched(rounds.now)
    return round_, file


def test_each_step_of_a_draw_is_proven_in_its_order(draw, client, tmp_path):
    round_, file = draw
    record = saved(round_.case.number, client, tmp_path)
    assert "4 public acts" in checked("draw", file, record)
    assert kinds_in(record) == [f"agora.panel.{each}" for each in ("committed", "closed", "head-fixed", "drawn")]


@pytest.mark.parametrize(
    ("kind", "told"), [("closed", "list"), ("committed", "commitment"), ("drawn", "who was drawn")]
)
def test_a_draw_that_the_ledger_does_not_know_is_refused(draw, client, tmp_path, kind, told):
    """The operator shows a draw that fits itself, without the step that the ledger recorded otherwise."""
    round_, file = draw
    record = saved(round_.case.number, client, tmp_path)

    def change(held):
        held["acts"] = [each for each in held["acts"] if f".{kind}" not in each["leaf"]]

    with pytest.raises(CommandError, match=f"recorded something else: {told}"):
        checked("draw", file, changed(record, change))


@pytest.fixture
def sample(rounds, cast, monday, watched, tmp_path, monkeypatch):
    """Four of six who were served are asked; the survey, and the file of its draw."""
    served(cast, monday - timedelta(days=1), 6)
    who = in_force_at(rounds.now).charter.participation["satisfaction-survey"].who
    monkeypatch.setitem(who.__dict__, "served", who.served.model_copy(update={"most": 4}))
    survey = opened(rounds)
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(published(survey)))
    watched(rounds.now)
    return survey, file


def test_each_step_of_the_sample_of_a_survey_is_proven_in_its_order(sample, client, tmp_path):
    survey, file = sample
    record = saved(survey.case.number, client, tmp_path)
    assert "4 public acts" in checked("draw", file, record)
    names = ("panel.committed", "survey.listed", "panel.head-fixed", "survey.asked")
    assert kinds_in(record) == [f"agora.{each}" for each in names]


@pytest.mark.parametrize(
    ("kind", "told"),
    [("listed", "list"), ("committed", "commitment"), ("head-fixed", "head"), ("asked", "who was drawn")],
)
def test_a_sample_that_the_ledger_does_not_know_is_refused(sample, client, tmp_path, kind, told):
    survey, file = sample
    record = saved(survey.case.number, client, tmp_path)

    def change(held):
        held["acts"] = [each for each in held["acts"] if f".{kind}" not in each["leaf"]]

    with pytest.raises(CommandError, match=f"recorded something else: {told}"):
        checked("draw", file, changed(record, change))


def test_a_sample_drawn_from_another_list_than_the_ledger_has_is_refused(rounds, sample, client, tmp_path):
    """A second survey of the same service is drawn rightly, and is not the one that this record is of."""
    survey, _file = sample
    other = tmp_path / "other.json"
    rounds.now += timedelta(days=1)
    other.write_text(json.dumps(published(opened(rounds, key="another"))))
    with pytest.raises(CommandError, match="recorded something else"):
        checked("draw", other, saved(survey.case.number, client, tmp_path))


def test_the_guide_gives_the_same_commands_in_both_languages():
    guide = Path(__file__).parents[2] / "docs/guides/check-this-election-yourself.md"
    said = [each.read_text(encoding="utf-8") for each in (guide, guide.with_suffix(".zh.md"))]
    commands, in_chinese = (re.findall(r"```sh\n(.*?)```", each, re.DOTALL) for each in said)
    assert len(commands) == 7 and commands == in_chinese
