"""`zhengtong check` speaks to people and to programs."""

import io
import json

import pytest
from django.core.management import call_command

from tests.charter.small import changed, small
from zhengtong.charter.finding import Finding
from zhengtong.charter.report import told
from zhengtong.common.text import text

FAULTY = changed("organisations/overseer.yaml", "parent: tea-office", "parent: tee-office")


@pytest.fixture
def checked(tmp_path):
    def check(files, *options):
        for path, content in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content)
        out = io.StringIO()
        try:
            call_command("check", str(tmp_path), "--on", "2026-03-02", "--language", "en", *options, stdout=out)
        except SystemExit as end:
            return out.getvalue(), end.code
        return out.getvalue(), 0

    return check


def test_a_faultless_charter_passes(checked):
    assert checked(small()) == ("0 errors, 0 warnings.\n", 0)


def test_a_fault_is_shown_with_its_line_why_and_how_to_mend(checked):
    out, code = checked(FAULTY)
    assert code == 1
    assert "error[unknown-reference]: There is no organisation “tee-office”." in out
    assert "--> organisations/overseer.yaml:7:1" in out
    assert "7 | parent: tee-office" in out
    assert "why: What is named has to exist" in out
    assert "mend: Did you mean “tea-office”?" in out
    assert "\x1b[" not in out


def test_it_speaks_chinese(checked):
    out, _ = checked(FAULTY, "--language", "zh-Hans")
    assert "错误[unknown-reference]: 没有机构“tee-office”。" in out


def test_it_speaks_to_programs(checked):
    out, code = checked(FAULTY, "--json")
    (finding,) = json.loads(out)
    assert code == 1
    assert (finding["code"], finding["line"], finding["column"]) == ("unknown-reference", 7, 1)
    assert finding["file"] == "organisations/overseer.yaml"
    assert set(finding["message"]) == {"zh-Hans", "en"}


def test_a_warning_alone_does_not_fail(checked):
    out, code = checked(small() | {"notes.txt": b"x"})
    assert code == 0
    assert "warning[unknown-file]" in out
    assert "0 errors, 1 warning." in out


def test_a_terminal_gets_colours_and_is_not_steered():
    words = text("甲", "a")
    finding = Finding("x", "error", "f.yaml", 1, None, words, words, words)
    shown = told(finding, "id: \x1b[2J\x07evil", language="en", colours=True)
    assert shown.startswith("\x1b[31;1merror[x]")
    assert "\x1b[2J" not in shown
    assert "\x07" not in shown
