"""Another project's tools believe our checkpoints, proofs and tiles: Go's checksum database, from which C2SP came."""

import base64
import os
import shutil
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.ledger.conftest import NOW, Deeds
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.models import Act, Checkpoint
from zhengtong.ledger.queries import consistency, head, proof, verifier

SOURCE = Path(__file__).parent / "independent"
DEBIAN = Path("/usr/share/gocode")  # where golang-golang-x-mod-dev lies


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    go, folder = shutil.which("go"), tmp_path_factory.mktemp("go")
    if go is None or not (DEBIAN / "src/golang.org/x/mod/sumdb").exists():
        pytest.skip("needs Go and its checksum database: apt-get install golang-go golang-golang-x-mod-dev")
    shutil.copy(SOURCE / "main.go", folder)
    env = os.environ | {"GO111MODULE": "off", "GOPATH": str(DEBIAN), "GOCACHE": str(folder / "cache"), "GOFLAGS": ""}
    built = subprocess.run([go, "build", "-o", "check", "main.go"], cwd=folder, env=env, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return folder / "check"


def believes(program: Path, *words: object) -> bool:
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "ok" or done.returncode == 1, done.stderr
    return done.returncode == 0


def written(hashes: list[bytes]) -> list[str]:
    return [base64.b64encode(each).decode() for each in hashes]


def test_another_projects_tools_believe_ours(program: Path, city: list[Act], act_on: Deeds, tmp_path: Path) -> None:
    act_on("case-d", 300)
    sequence(NOW)
    newest = head()
    assert newest and newest.size == 312
    (tmp_path / "new").write_text(newest.note)
    (tmp_path / "old").write_text(Checkpoint.objects.get(size=9).note)
    key = verifier()
    for index in (0, 8, 11):
        receipt = proof(city[index])
        assert receipt
        entry, path = base64.b64encode(receipt.extra).decode(), written(list(receipt.proof))
        asked = ["inclusion", key, tmp_path / "new", index, entry, *path]
        assert believes(program, *asked)
        assert not believes(program, *asked[:3], index + 1, *asked[4:])
        assert not believes(program, *asked[:-1], path[0])
    path = written(consistency(9, 312))
    assert believes(program, "consistency", key, tmp_path / "old", tmp_path / "new", *path)
    assert not believes(program, "consistency", key, tmp_path / "old", tmp_path / "new", *path[:-1])
    (tmp_path / "new").write_text(newest.note.replace("\n312\n", "\n311\n"))
    assert not believes(program, "consistency", key, tmp_path / "old", tmp_path / "new", *path)


def test_and_our_tiles(program: Path, city: list[Act], act_on: Deeds, tmp_path: Path) -> None:
    act_on("case-d", 300)
    sequence(NOW)
    call_command("ledger", "export", str(tmp_path / "log"), stdout=StringIO())
    assert believes(program, "tiles", verifier(), tmp_path / "log")
    tile = tmp_path / "log/tile/0/000"
    *kept, last = tile.read_bytes()
    tile.write_bytes(bytes([*kept, last ^ 1]))
    assert not believes(program, "tiles", verifier(), tmp_path / "log")
