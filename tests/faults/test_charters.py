"""A broken charter is told so, by check and by enact, with exit code 1; and nothing of it is in force."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.charter.small import CALL, changed, small
from zhengtong.charter.models import Blob, Enactment

TEA = "services/tea-licence/process.bpmn"
XML = b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>\n'


def circle() -> dict[str, bytes]:
    """The tea licence calls itself."""
    source = small()[TEA].decode()
    call = (
        f'<bpmn:callActivity id="again"><bpmn:extensionElements>{CALL.format("tea-licence")}</bpmn:extensionElements>'
    )
    end = source.rindex("</bpmn:process>")
    return small() | {TEA: f"{source[:end]}{call}</bpmn:callActivity>{source[end:]}".encode()}


def without(path: str) -> dict[str, bytes]:
    files = small()
    del files[path]
    return files


BROKEN = {
    "a call cycle": (circle, ("tea-licence → tea-licence", "成环", "circle")),
    "xml entities": (
        lambda: small() | {TEA: XML + small()[TEA].split(b"?>", 1)[-1]},
        ("DOCTYPE", "DOCTYPE", "DOCTYPE"),
    ),
    "a missing process": (lambda: without(TEA), ("process.bpmn", "process.bpmn", "process.bpmn")),
    "a missing charter.yaml": (lambda: without("charter.yaml"), ("charter.yaml", "charter.yaml", "charter.yaml")),
    "a missing organisation": (
        lambda: without("organisations/overseer.yaml"),
        ("overseer", "overseer", "overseer"),
    ),
    "bytes that are no text": (
        lambda: small() | {"charter.yaml": small()["charter.yaml"] + b"\xff\xfe\x00"},
        ("charter.yaml", "charter.yaml", "charter.yaml"),
    ),
    "a sign that turns the reading": (
        lambda: changed("charter.yaml", "appeal: appeal", "appeal: app\u202eeal"),
        ("charter.yaml", "charter.yaml", "charter.yaml"),
    ),
}


@pytest.fixture
def folder(tmp_path):
    """`folder(files)`: the charter written down."""

    def write(files):
        for path, content in files.items():
            (tmp_path / "charter" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "charter" / path).write_bytes(content)
        return tmp_path / "charter"

    return write


@pytest.mark.django_db
@pytest.mark.parametrize("what", BROKEN)
def test_it_is_told_by_check_and_not_enacted(folder, capsys, what):
    make, (told, zh, en) = BROKEN[what]
    where = str(folder(make()))
    for language, word in (("zh-Hans", zh), ("en", en)):
        with pytest.raises(SystemExit) as end:
            call_command("check", where, "--on", "2026-03-02", "--language", language)
        assert end.value.code == 1
        out = capsys.readouterr().out
        assert told in out
        assert word in out
    with pytest.raises(CommandError, match="Nothing was enacted") as refusal:
        call_command("enact", where, "--on", "2026-03-02")
    assert refusal.value.returncode == 1
    assert not Enactment.objects.exists()
    assert not Blob.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("trick", ["a link", "a giant"])
def test_what_could_not_be_taken_in_is_not_left_out_in_silence(folder, tmp_path, trick):
    where = folder(small())
    if trick == "a link":
        (tmp_path / "elsewhere.yaml").write_bytes(small()["organisations/overseer.yaml"])
        (where / "organisations" / "second.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    else:
        (where / "laws" / "giant.yaml").write_bytes(b"# x\n" * 3_000_000)
    with pytest.raises(CommandError, match="Nothing was enacted"):
        call_command("enact", str(where), "--on", "2026-03-02")
    assert not Enactment.objects.exists()


def test_the_command_ends_with_one(folder, tmp_path):
    where = folder(without("charter.yaml"))
    command = [sys.executable, "-m", "zhengtong", "check", str(where)]
    end = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert end.returncode == 1
    assert "charter.yaml" in end.stdout
    assert "Traceback" not in end.stderr
