"""Signed notes, checkpoints and receipts: the published examples, our own, and what must be refused."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.merkle.vectors import LEAVES
from zhengtong.engines.merkle import (
    Checkpoint,
    Ed25519Key,
    NoteFault,
    Receipt,
    Signer,
    Verifier,
    inclusion_proof,
    open_note,
    reader,
    root,
    sign_note,
)

# The example of the reference implementation, golang.org/x/mod/sumdb/note.
PETER = Verifier.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
NOTE = f"{TEXT}\n{SIGNED}"

OURS = Signer("qingshan.example/ledger", Ed25519Key(Ed25519PrivateKey.from_private_bytes(bytes(range(32)))))
OTHER = Signer("witness.example", Ed25519Key(Ed25519PrivateKey.from_private_bytes(bytes(32))))
HEAD = Checkpoint(OURS.name, 8, root(LEAVES))


def test_it_opens_the_published_note() -> None:
    assert open_note(NOTE, [PETER]) == (TEXT, ["PeterNeumann"])
    assert Verifier.parse(str(PETER)) == PETER


def test_it_opens_what_it_signed_among_other_signatures() -> None:
    note = sign_note(TEXT, [OTHER, OURS])
    assert open_note(note, [OURS.verifier, PETER]) == (TEXT, [OURS.name])
    assert open_note(note, [OURS.verifier, OTHER.verifier])[1] == [OTHER.name, OURS.name]


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("cryptography", "Cryptography"),
        NOTE.replace("x08go/", "x08goA"),
        NOTE.replace("BwJnAM=", "BwJnAN="),
        NOTE.replace("— ", "-- "),
        NOTE.removesuffix("\n"),
        NOTE + "\n",
        NOTE.replace("problem,", "problem\t"),
        NOTE.replace("PeterNeumann x0", "PeterNeumann  x0"),
        TEXT,
        TEXT + "\n",
        TEXT + "\n" + SIGNED * 101,
        TEXT + "\n" + OTHER.line(TEXT),
    ],
)
def test_it_refuses_a_note(note: str) -> None:
    with pytest.raises(NoteFault):
        open_note(note, [PETER])


@pytest.mark.parametrize(
    "published", ["", "x", str(PETER)[:-4], str(PETER).replace("c7", "c8"), f"a b{str(PETER)[12:]}"]
)
def test_it_refuses_a_key(published: str) -> None:
    with pytest.raises(NoteFault):
        Verifier.parse(published)


def test_it_signs_no_text_that_could_not_be_read_back() -> None:
    with pytest.raises(NoteFault):
        sign_note("no newline", [OURS])
    with pytest.raises(NoteFault):
        sign_note("a\x00b\n", [OURS])


def test_a_checkpoint_survives_its_signature() -> None:
    assert Checkpoint.opened(HEAD.signed(OURS), OURS.verifier) == HEAD
    with pytest.raises(NoteFault, match="no signature of a known key"):
        Checkpoint.opened(HEAD.signed(OTHER), OURS.verifier)


def test_it_reads_the_checkpoint_of_the_standard() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    head = Checkpoint.parse(text)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert head.text == text
    assert Checkpoint.parse(text + "an extension\n") == head


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "a\n1\nAAAA\n",
        "a\n01\n{root}\n",
        "a\n-1\n{root}\n",
        "a\n1\n{root}",
        "\n1\n{root}\n",
        "a\n1\n{root}\n\n",
        "a\n１\n{root}\n",
        "a\n1\n{root}!\n",
    ],
)
def test_it_refuses_a_checkpoint(text: str) -> None:
    with pytest.raises(NoteFault):
        Checkpoint.parse(text.replace("{root}", "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="))


def receipt(index: int = 5) -> Receipt:
    return Receipt(index, tuple(inclusion_proof(index=5, size=8, read=reader(LEAVES))), HEAD.signed(OURS))


def test_a_receipt_proves_its_entry_offline() -> None:
    kept = str(receipt())
    assert kept.startswith("c2sp.org/tlog-proof@v1\nindex 5\n")
    assert Receipt.parse(kept) == receipt()
    assert Receipt.parse(kept).check(LEAVES[5], OURS.verifier) == HEAD


def test_a_receipt_can_carry_its_entry() -> None:
    kept = replace(receipt(), extra=b"the entry")
    assert "\nextra dGhlIGVudHJ5\nindex 5\n" in str(kept)
    assert Receipt.parse(str(kept)) == kept


def test_a_receipt_of_a_tree_of_one_has_no_hashes() -> None:
    only = Receipt(0, (), Checkpoint(OURS.name, 1, LEAVES[0]).signed(OURS))
    assert Receipt.parse(str(only)) == only
    assert only.check(LEAVES[0], OURS.verifier).size == 1


def test_a_receipt_proves_nothing_else() -> None:
    with pytest.raises(NoteFault, match="not in this log"):
        receipt().check(LEAVES[4], OURS.verifier)
    with pytest.raises(NoteFault, match="not in this log"):
        receipt(index=4).check(LEAVES[5], OURS.verifier)
    with pytest.raises(NoteFault, match="no signature"):
        receipt().check(LEAVES[5], OTHER.verifier)


@pytest.mark.parametrize("fault", ["c2sp.org", "index 5", "@v1\n"])
def test_it_refuses_a_receipt(fault: str) -> None:
    with pytest.raises(NoteFault, match="not a tlog-proof"):
        Receipt.parse(str(receipt()).replace(fault, "", 1))
