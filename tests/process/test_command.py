"""`zhengtong process`: models from anywhere are checked and drawn without a charter."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.process.drawings import xml


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    call_command("process", "--language", "en", *map(str, arguments))
    return capsys.readouterr().out


def test_a_faultless_process_is_certainly_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.bpmn").write_bytes(xml("start -> a -> end"))
    assert "p: certain: sound\n" in told(capsys, "check", tmp_path)


def test_a_dead_lock_is_told_by_line_and_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = xml("start -> xor1\nxor1 -> a : x = 1\nxor1 => b\na -> and1\nb -> and1\nand1 -> end")
    (tmp_path / "a.bpmn").write_bytes(drawn)
    with pytest.raises(CommandError):
        told(capsys, "check", tmp_path / "a.bpmn")
    out = capsys.readouterr().out
    assert "certain: unsound" in out
    line = drawn[: drawn.index(b'"and1"')].count(b"\n") + 1
    assert f"a.bpmn:{line} error dead-lock and1:" in out
    assert "[start → xor1 →" in out


def test_what_cannot_be_read_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.bpmn").write_bytes(b"<nothing")
    (tmp_path / "b.bpmn").write_bytes(xml("start -> a -> end"))
    with pytest.raises(CommandError):
        told(capsys, "check", "--brief", tmp_path)
    out, err = capsys.readouterr()
    assert "a.bpmn: line 1:" in err
    assert "b.bpmn p: certain: sound" in out


def test_a_process_is_drawn_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.bpmn").write_bytes(xml("start -> a -> end"))
    told(capsys, "draw", tmp_path / "a.bpmn", "--out", tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_text().startswith("<svg")
