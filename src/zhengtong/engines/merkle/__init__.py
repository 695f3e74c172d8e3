"""Merkle logs that tools of others can verify: RFC 9162 proofs, C2SP checkpoints, tiles and receipts."""

from zhengtong.engines.merkle.compact import CompactRange
from zhengtong.engines.merkle.hashing import EMPTY_ROOT, leaf_hash, node_hash, root
from zhengtong.engines.merkle.notes import Checkpoint, NoteFault, Signer, Verifier, open_note, sign_note
from zhengtong.engines.merkle.proofs import (
    Reader,
    consistency_proof,
    inclusion_proof,
    reader,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from zhengtong.engines.merkle.receipt import Receipt
from zhengtong.engines.merkle.tiles import HEIGHT, WIDTH, bundle, entries_path, grow, path, split, tile_reader

__all__ = [
    "EMPTY_ROOT",
    "HEIGHT",
    "WIDTH",
    "Checkpoint",
    "CompactRange",
    "NoteFault",
    "Reader",
    "Receipt",
    "Signer",
    "Verifier",
    "bundle",
    "consistency_proof",
    "entries_path",
    "grow",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "open_note",
    "path",
    "reader",
    "root",
    "sign_note",
    "split",
    "tile_reader",
    "tree_root",
    "verify_consistency",
    "verify_inclusion",
]
