"""Each party of an election takes its step at its own command line, and belenios-tool follows."""

import json
import shutil
import subprocess
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command

from zhengtong.engines.ballots import public_key, read_archive

ASKED = {
    "name": "青山公园 Qingshan Park",
    "questions": [{"question": "Build it?", "answers": ["Yes", "No"], "min": 1, "max": 1, "blank": True}],
}


def ballot(*args):
    from io import StringIO

    said = StringIO()
    call_command("ballot", *map(str, args), stdout=said, stderr=StringIO())
    return said.getvalue().strip()


@pytest.fixture
def opened(tmp_path):
    for name in ("first", "second"):
        ballot("trustee", tmp_path / name)
    ballot("credentials", 2, tmp_path / "roll")
    (tmp_path / "asked.json").write_text(json.dumps(ASKED, ensure_ascii=False), encoding="utf-8")
    keys = [tmp_path / "first.pubkey", tmp_path / "second.pubkey"]
    ballot("open", tmp_path / "asked.json", tmp_path / "roll.pubcreds", *keys, "--folder", tmp_path)
    return tmp_path


def archive_in(folder):
    return next(folder.glob("*.bel"))


def cast_all(folder):
    votes = ("[[0,1,0]]", "[[1,0,0]]")
    for code, chosen in zip((folder / "roll.codes").read_text().split(), votes, strict=True):
        (folder / "code").write_text(code)
        (folder / "ballot").write_text(ballot("vote", archive_in(folder), folder / "code", chosen))
        ballot("cast", archive_in(folder), folder / "ballot")


def test_an_election_goes_from_keys_to_result(opened):
    archive = archive_in(opened)
    shutil.copy(archive, opened / "early")
    cast_all(opened)
    assert ballot("compare", opened / "early", archive)
    ballot("close", archive)
    for name in ("first", "second"):
        (opened / f"{name}.share").write_text(ballot("share", archive, opened / f"{name}.privkey"))
    assert ballot("count", archive, opened / "first.share", opened / "second.share") == "[[1,1,0]]"
    assert "'Yes': 1" in ballot("verify", archive)
    if shutil.which("belenios-tool"):
        subprocess.run(["belenios-tool", "election", "verify"], cwd=opened, check=True, capture_output=True)


def test_a_removed_ballot_is_told(opened):
    archive = archive_in(opened)
    shutil.copy(archive, opened / "early")
    cast_all(opened)
    with pytest.raises(CommandError, match="is gone"):
        ballot("compare", archive, opened / "early")


def test_secrets_are_readable_by_their_keeper_alone_and_never_written_over(opened):
    for name in ("first.privkey", "roll.codes"):
        assert (opened / name).stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError):
        ballot("trustee", opened / "first")


def test_a_ballot_cast_twice_is_told_in_both_languages(opened):
    cast_all(opened)
    with pytest.raises(CommandError, match=r"(?s)此选票已投过.*cast before"):
        ballot("cast", archive_in(opened), opened / "ballot")


def test_who_enrols_makes_a_code_of_their_own_that_nobody_else_reads(tmp_path):
    ballot("code", "--uuid", "abcdefghijkmno", tmp_path / "my")
    code = (tmp_path / "my.code").read_text().strip()
    assert (tmp_path / "my.code").stat().st_mode & 0o077 == 0
    assert (tmp_path / "my.public").read_text().strip() == public_key(credential=code, uuid="abcdefghijkmno")


def test_what_the_ledger_recorded_is_looked_for_in_the_file(opened):
    cast_all(opened)
    archive, heads = archive_in(opened), opened / "heads.json"
    events = read_archive(archive.read_bytes()).events
    heads.write_text(json.dumps({"heads": [{"ballots": 2, "head": events[2].hash}]}))
    assert "✓" in ballot("verify", archive, "--heads", heads)
    heads.write_text(json.dumps({"heads": [{"ballots": 2, "head": events[1].hash}]}))
    with pytest.raises(CommandError, match="ledger recorded are gone"):
        ballot("verify", archive, "--heads", heads)


def test_a_polynomial_names_its_certificates_as_sha256sum_does_and_others_are_not_routed(tmp_path):
    certificates = tmp_path / "my.certificates"

    def certified(*names):
        for name in names:
            ballot("certificate", tmp_path / name)
        certificates.write_text("".join((tmp_path / f"{at}.cert").read_text() for at in (names[0], "second")))

    certified("first", "second")
    made = [ballot("polynomial", certificates, tmp_path / f"{at}.key", "--needed", 2) for at in ("first", "second")]
    assert json.loads(made[0])["certificates"] == sha256(certificates.read_bytes()).hexdigest()
    (tmp_path / "polynomials").write_text("\n".join(made))
    ballot("route", certificates, tmp_path / "polynomials", "--needed", 2, "--folder", tmp_path)
    certified("anew")
    again = ballot("polynomial", certificates, tmp_path / "anew.key", "--needed", 2)
    (tmp_path / "polynomials").write_text(f"{again}\n{made[1]}")
    with pytest.raises(CommandError, match=r"(?s)重新下载全部证书.*make your part again"):
        ballot("route", certificates, tmp_path / "polynomials", "--needed", 2, "--folder", tmp_path)
