"""Verifying 1,000 ballots of three options, ours and belenios-tool's, on one archive; encrypting and casting."""

import resource
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from bench.rules.peers import ask_python
from zhengtong.engines.ballots import (
    Box,
    Question,
    cast,
    compact,
    compose,
    joint_key,
    new_credential,
    new_token,
    new_trustee,
    open_box,
    public_key,
    read_trustees,
    verify,
)
from zhengtong.engines.ballots.group import Group
from zhengtong.engines.ballots.groups import BELENIOS_2048, ED25519

VOTERS = 1000


def main() -> None:
    for group in (BELENIOS_2048, ED25519):
        _measure(group)


def _measure(group: Group) -> None:
    box, codes = _election(group)
    begun = process_time()
    written = [cast(election=box.election, credential=code, votes=[[1, 0, 0]]) for code in codes]
    encrypting = (process_time() - begun) / VOTERS
    begun = process_time()
    for each in written:
        box.accept(each)
    accepting = (process_time() - begun) / VOTERS
    raw = box.archive.bytes()
    begun = process_time()
    verify(raw)
    ours = process_time() - begun
    print(f"{VOTERS} ballots of three options, {box.election.group.name}: verified in {ours:.2f} s CPU")
    print(f"one is encrypted in {encrypting * 1e3:.2f} ms, and verified when it is cast in {accepting * 1e3:.2f} ms")
    theirs = _tool(box.election.uuid, raw) if box.election.group is BELENIOS_2048 else None
    if theirs:
        print(f"belenios-tool: verified in {theirs:.2f} s CPU, {theirs / ours:.2f}×")
    found = ask_python("../agora/electionguard_peer.py") if group is BELENIOS_2048 else None
    if found and found["electionguard"]:
        theirs = found["seconds"]
        print(
            f"ElectionGuard encrypts and casts, verifying nothing, in {theirs * 1e3:.0f} ms: {theirs / encrypting:.1f}×"
        )
        print(f"the same beside what we verify when it is cast: {theirs / (encrypting + accepting):.1f}×")


def _election(group: Group) -> tuple[Box, Sequence[str]]:
    uuid, (_, public) = new_token(14), new_trustee(group)
    trustees = compact([["Single", public]])
    key, questions = (
        joint_key(read_trustees(trustees, group=group), group=group),
        (Question("Which first?", ("a", "b", "c")),),
    )
    election = compose(name="bench", description="", uuid=uuid, key=key, questions=questions, group=group)
    codes = [new_credential() for _ in range(VOTERS)]
    roll = [public_key(credential=code, uuid=uuid, group=group) for code in codes]
    return open_box(election=election, trustees=trustees, credentials=roll, timestamp=1), codes


def _tool(uuid: str, raw: bytes) -> float | None:
    if not shutil.which("belenios-tool"):
        print("SKIPPED: belenios-tool is not installed")
        return None
    with TemporaryDirectory() as folder:
        Path(folder, f"{uuid}.bel").write_bytes(raw)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run(["belenios-tool", "election", "verify"], cwd=folder, check=True, capture_output=True)
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
