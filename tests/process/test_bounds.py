"""Whatever is drawn, reading, checking, running and drawing it stays within bounds."""

import re
import time
from pathlib import Path

import pytest

from tests.process.drawings import Case, model
from zhengtong.engines import process
from zhengtong.engines.process import Incident, TaskDone, check, draw
from zhengtong.engines.process.sound import CODES

ROOT = Path(__file__).resolve().parents[2]
SHAPES = {
    "a chain": "start -> " + " -> ".join(f"a{n}" for n in range(10_000)) + " -> end",
    "branches": "\n".join(f"and1 -> a{n} -> and2" for n in range(5_000)) + "\nstart -> and1\nand2 -> end",
    "choices": "\n".join(f"xor1 -> a{n} : x = {n}\na{n} -> end" for n in range(5_000)) + "\nstart -> xor1\nxor1 => end",
    "a staircase": "\n".join(
        f"xor{n} -> a{n} : x = {n}\nxor{n} => xor{n + 1}\na{n} -> xor{n + 1}" for n in range(2_500)
    )
    + "\nstart -> xor0\nxor2500 -> end",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_ten_thousand_nodes_take_seconds(shape: str) -> None:
    large = model(SHAPES[shape])
    began = time.process_time()
    assert [finding.code for finding in check(large)] == []
    assert draw(large, "en")
    assert time.process_time() - began < 15


@pytest.mark.parametrize(
    "drawn",
    [
        "start -> xor0 -> and1 -> xor0\nand1 -> xor0",
        "start -> or1\nor1 -> or1 : true\nor1 -> or1 : true\nor1 => end",
        "sub s\nstart s1 in=s\nend e1 in=s\nstart -> xor1 -> s -> xor1\ns1 -> e1",
        "script a script=n outputs=n again=true\nstart -> a -> end",
    ],
)
def test_what_multiplies_or_never_waits_is_stopped(drawn: str) -> None:
    began = time.process_time()
    case = Case(drawn, n=1)
    assert "endless" in {effect.code for effect in case.effects if isinstance(effect, Incident)}
    assert case.hear(TaskDone("nobody")) == ()
    assert time.process_time() - began < 10


def test_every_finding_is_documented() -> None:
    folder = Path(process.__file__).parent
    written = "\n".join(path.read_text() for path in folder.glob("*.py"))
    codes = set(re.findall(r'(?:_fault|_reason|Finding)\(\s*"([a-z-]+)"', written)) | CODES
    page = (ROOT / "docs/reference/process.md").read_text()
    assert {code for code in codes if f"`{code}`" not in page} == set()
