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

VOTERS = 1000


def main() -> None:
    box, codes = _election()
    begun = process_time()
    for code in codes:
        box.accept(cast(election=box.election, credential=code, votes=[[1, 0, 0]]))
    casting = (process_time() - begun) / VOTERS
    raw = box.archive.bytes()
    begun = process_time()
    verify(raw)
    ours = process_time() - begun
    print(
        f"{VOTERS} ballots of three options: verified in {ours:.2f} s CPU; encrypted and cast in {casting * 1e3:.1f} ms"
    )
    theirs = _tool(box.election.uuid, raw)
    if theirs:
        print(f"belenios-tool: verified in {theirs:.2f} s CPU, {theirs / ours:.2f}×")
    found = ask_python("../agora/electionguard_peer.py")
    if found and found["electionguard"]:
        print(f"ElectionGuard: {found['seconds'] * 1e3:.0f} ms, {found['seconds'] / casting:.1f}×")


def _election() -> tuple[Box, Sequence[str]]:
    uuid, (_, public) = new_token(14), new_trustee()
    trustees = compact([["Single", public]])
    key, questions = joint_key(read_trustees(trustees)), (Question("Which first?", ("a", "b", "c")),)
    election = compose(name="bench", description="", uuid=uuid, key=key, questions=questions)
    codes = [new_credential() for _ in range(VOTERS)]
    roll = [str(public_key(credential=code, uuid=uuid)) for code in codes]
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
