"""What Debian's belenios-tool makes we verify, and what we make it verifies; each party may be played by either."""

import json
import os
import shutil
import subprocess

import pytest

from tests.ballots.elections import QUESTIONS, opened
from tests.ballots.test_command import ballot
from zhengtong.engines.ballots import cast, compact, verify

pytestmark = pytest.mark.skipif(not shutil.which("belenios-tool"), reason="SKIPPED: no belenios-tool is installed")
VOTES = ([[1, 0], [0, 1, 0, 1]], [[0, 1], [1, 0, 0, 0]], [[1, 0], [0, 0, 1, 0]])
RESULT = [[2, 1], [1, 1, 1, 1]]


def tool(*args, at, said="", both=False):
    done = subprocess.run(
        ["belenios-tool", *map(str, args)], cwd=at, input=said, capture_output=True, text=True,
        env={**os.environ, "BELENIOS_USE_URANDOM": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr if both else done.stdout


def kept(box, at):
    at.mkdir(exist_ok=True)
    (at / f"{box.election.uuid}.bel").write_bytes(box.archive.bytes())
    return at


def test_it_accepts_our_archive_from_setup_to_result(tmp_path):
    held = opened()
    for code, votes in zip(held.codes, (VOTES[1], *VOTES[1:]), strict=True):
        held.box.accept(cast(election=held.box.election, credential=code, votes=votes))
    early = kept(held.box, tmp_path / "early")
    held.box.accept(cast(election=held.box.election, credential=held.codes[0], votes=VOTES[0]))
    held.box.close()
    for secret in held.secrets:
        held.box.take_share(*held.box.share(secret))
    assert held.box.publish() == RESULT
    late = kept(held.box, tmp_path / "late")
    tool("election", "verify", at=late)
    tool("election", "verify-diff", "--dir1", early, "--dir2", late, at=tmp_path)
    with pytest.raises(AssertionError):
        tool("election", "verify-diff", "--dir1", late, "--dir2", early, at=tmp_path)


def test_its_voters_and_trustees_take_part_in_our_election(tmp_path):
    held = opened()
    at = kept(held.box, tmp_path / "box")
    (at / "code").write_text(held.codes[0])
    (at / "votes").write_text(json.dumps(VOTES[0]))
    ballot = tool("election", "generate-ballot", "--privcred", "code", "--ballot", "votes", at=at)
    held.box.accept(ballot.strip())
    held.box.close()
    kept(held.box, at)
    for number, secret in enumerate(held.secrets, 1):
        (at / "key").write_text(f'"{secret}"')
        share = tool("election", "decrypt", "--privkey", "key", "--trustee-id", number, at=at)
        held.box.take_share(number, json.loads(share.splitlines()[0]))
    assert held.box.publish() == VOTES[0]


def test_our_voters_take_part_in_its_election_with_a_threshold_of_trustees(tmp_path):
    codes = _theirs(tmp_path)
    bel = next(tmp_path.glob("*.bel"))
    election = verify(bel.read_bytes()).election
    for code, votes in zip(codes, VOTES, strict=True):
        ballot = cast(election=election, credential=code, votes=votes)
        tool("archive", "add-event", "--type=Ballot", at=tmp_path, said=ballot + "\n")
    tool("archive", "add-event", "--type=EndBallots", at=tmp_path)
    tally = tool("election", "compute-encrypted-tally", at=tmp_path)
    tool("archive", "add-event", "--type=EncryptedTally", at=tmp_path, said=tally)
    single = next(tmp_path.glob("*.privkey"))
    share = tool("election", "decrypt", "--privkey", single, "--trustee-id", 1, at=tmp_path)
    tool("archive", "add-event", "--type=PartialDecryption", at=tmp_path, said=share)
    for number, key in enumerate(sorted(tmp_path.glob("*.key"))[:2], 2):
        opening = ("--key", key, "--decryption-key", key.with_suffix(".dkey"), "--trustee-id", number)
        share = tool("election", "decrypt-threshold", *opening, at=tmp_path)
        tool("archive", "add-event", "--type=PartialDecryption", at=tmp_path, said=share)
    result = tool("election", "compute-result", at=tmp_path)
    tool("archive", "add-event", "--type=Result", at=tmp_path, said=result)
    assert verify(bel.read_bytes()).result == RESULT


@pytest.mark.parametrize("ours", [{1}, {2, 3}, {1, 2, 3}])
def test_trustees_with_our_program_and_with_theirs_make_one_key_and_open_it(tmp_path, ours):
    """Whoever runs the election uses ours for one half of the steps, theirs for the other."""
    _certified(tmp_path, ours)
    keys = (tmp_path / f"{number}.key" for number in (1, 2, 3))
    certs = ("--certs", "certs.jsons")
    ceremony = ("setup", "generate-trustee-key-threshold", "--group", "BELENIOS-2048", *certs)
    with (tmp_path / "polynomials.jsons").open("w") as file:
        for number, key in enumerate(keys, 1):
            own = ballot("polynomial", tmp_path / "certs.jsons", key, "--needed", 2) if number in ours else ""
            file.write(own + "\n" if own else tool(*ceremony, "--key", key, "--step=3", "--threshold=2", at=tmp_path))
    given = (tmp_path / "certs.jsons", tmp_path / "polynomials.jsons")
    ballot("route", *given, "--needed", 2, "--folder", tmp_path)
    for number in (1, 2, 3):
        said = (tmp_path / f"{number}.vinput").read_text()
        if number in ours:
            part = ballot("part", given[0], tmp_path / f"{number}.key", tmp_path / f"{number}.vinput")
        else:
            part = tool(*ceremony, "--key", tmp_path / f"{number}.key", "--step=5", at=tmp_path, said=said)
        (tmp_path / f"{number}.voutput").write_text(part.strip() + "\n")
    said = "".join((tmp_path / f"{number}.voutput").read_text() for number in (1, 2, 3))
    (tmp_path / "voutputs").write_text(said)
    circle = tool(*ceremony, "--step=6", "--polynomials", "polynomials.jsons", at=tmp_path, said=said)
    assert json.loads(circle) == json.loads(ballot("circle", *given, tmp_path / "voutputs", "--needed", 2))
    held = opened(written=compact([["Pedersen", json.loads(circle)]]))
    _opened_by_both(held, tmp_path, ours)


def _certified(at, ours):
    """Seeds and certificates as 1.key, 1.cert, …; of `ours` by our program."""
    for number in (1, 2, 3):
        if number in ours:
            ballot("certificate", at / f"{number}")
            continue
        (at / "new").mkdir()
        tool("setup", "generate-trustee-key-threshold", "--group", "BELENIOS-2048", "--step=1", at=at / "new")
        for each in (at / "new").iterdir():
            each.rename(at / f"{number}{each.suffix}")
        (at / "new").rmdir()
    (at / "certs.jsons").write_text("".join((at / f"{number}.cert").read_text() for number in (1, 2, 3)))


def _opened_by_both(held, at, ours):
    """The first trustee opens with the one program, the last with the other."""
    held.box.accept(cast(election=held.box.election, credential=held.codes[0], votes=VOTES[0]))
    held.box.close()
    bel = kept(held.box, at) / f"{held.box.election.uuid}.bel"
    share = ballot("share", bel, at / "1.key", "--part", at / "1.voutput")
    (at / "share").write_text(share)
    assert json.loads(share)["owner"] == 1
    (at / "3.dkey").write_text(json.loads((at / "3.voutput").read_text())["private_key"])
    opening = ("--key", "3.key", "--decryption-key", "3.dkey", "--trustee-id", 3)
    theirs = tool("election", "decrypt-threshold", *opening, at=at).splitlines()[0]
    held.box.take_share(1, json.loads(share)["share"])
    held.box.take_share(3, json.loads(theirs))
    assert held.box.publish() == VOTES[0]
    kept(held.box, at)
    assert "all checks passed" in tool("election", "verify", at=at, both=True)


def _theirs(at):
    """Set up by the tool: one trustee is always needed, of three others two. Returns the voters' codes."""
    group = ("--group", "BELENIOS-2048")
    uuid = tool("setup", "generate-token", at=at).strip()
    tool("setup", "generate-credentials", "--uuid", uuid, *group, "--count", 3, at=at)
    next(at.glob("*.pubcreds")).rename(at / "public_creds.json")
    _threshold(at, ("setup", "generate-trustee-key-threshold", *group))
    tool("setup", "generate-trustee-key", *group, at=at)
    (at / "public_keys.jsons").write_text(next(at.glob("*.pubkey")).read_text())
    tool("setup", "make-trustees", at=at)
    (at / "threshold.json").unlink()
    template = {"description": "d", "name": "n", "questions": [one.json() for one in QUESTIONS]}
    (at / "template").write_text(json.dumps(template, ensure_ascii=False))
    tool("setup", "make-election", "--uuid", uuid, *group, "--template", "template", at=at)
    tool("archive", "init", at=at)
    return [line.split()[1] for line in next(at.glob("*.privcreds")).read_text().splitlines()]


def _threshold(at, ceremony):
    for _ in range(3):
        tool(*ceremony, "--step", 1, at=at)
    (at / "certs").write_text("".join(one.read_text() for one in sorted(at.glob("*.cert"))))
    keys, certs = sorted(at.glob("*.key")), ("--certs", "certs")
    made = [tool(*ceremony, *certs, "--key", key, "--step", 3, "--threshold", 2, at=at) for key in keys]
    (at / "polynomials").write_text("".join(made))
    tool(*ceremony, *certs, "--step", 4, "--polynomials", "polynomials", at=at)
    shares = [
        tool(*ceremony, *certs, "--key", key, "--step", 5, at=at, said=key.with_suffix(".vinput").read_text())
        for key in keys
    ]
    last = (*ceremony, *certs, "--step", 6, "--polynomials", "polynomials")
    (at / "threshold.json").write_text(tool(*last, at=at, said="".join(shares)))
