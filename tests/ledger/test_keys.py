"""Suites, devices and successions: what signs the ledger can be another, and what was signed stays proven."""

import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

import zhengtong_verify
from tests.ledger.conftest import NOW, Deeds
from zhengtong.engines import merkle
from zhengtong.ledger import keys
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.errors import WrongKey
from zhengtong.ledger.kinds import KINDS
from zhengtong.ledger.leaf import leaf
from zhengtong.ledger.models import Act, Checkpoint
from zhengtong.ledger.places import end
from zhengtong.ledger.queries import head, opened, proof, verifier
from zhengtong.ledger.succession import end_broken, notes
from zhengtong.ledger.suite import SUITES, Suite, suite
from zhengtong.ledger.verify import verify

LIBRARIES = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"]


def ledger(*words: str) -> str:
    out = StringIO()
    call_command("ledger", *words, stdout=out)
    return out.getvalue()


def rekey(*words: str) -> str:
    out = StringIO()
    call_command("rekey", *words, stdout=out)
    return out.getvalue()


def checked(folder: Path, *words: object) -> int:
    """What zhengtong-verify finds in an export of the present ledger."""
    ledger("export", str(folder))
    return zhengtong_verify.main(["export", str(folder), "--key", *map(str, words)])


@pytest.fixture
def chinese(settings: Any) -> None:
    pytest.importorskip("gmssl_pyx", reason="the Chinese suite needs `pip install -r requirements/crypto.txt`")
    settings.ZHENGTONG_SUITE = "sm2-sm3"


@pytest.mark.parametrize("each", SUITES.values(), ids=SUITES)
@pytest.mark.parametrize("key", [b"k", b"k" * 32, b"k" * 65])
def test_a_key_that_is_taken_in_once_gives_the_same_codes(each: Suite, key: bytes) -> None:
    under_key = each.keyed(key)
    for content in (b"", b"x", b"x" * 1000):
        assert under_key(content) == each.mac(key, content)


@pytest.mark.usefixtures("chinese", "db")
def test_a_ledger_of_the_chinese_suite_is_whole_and_provable(
    act_on: Deeds, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    acts = act_on("case-a", 300)
    sequence(NOW)
    assert verify().sound
    assert verifier().kind == merkle.SM2
    receipt = proof(acts[7])
    assert receipt
    assert receipt.check(merkle.SM3.leaf(leaf(acts[7])), verifier(), merkle.SM3).size == 300
    assert checked(tmp_path / "log", verifier()) == 0, capsys.readouterr().out
    Act.objects.filter(pk=acts[7].pk).update(actor="x")
    assert [fault.code for fault in verify().faults] == ["opened-otherwise"]


@pytest.mark.usefixtures("chinese")
def test_a_ledger_keeps_the_suite_that_it_began_with(city: list[Act], act_on: Deeds) -> None:
    """The city's fixture came after the setting; the other way round the node stops."""
    assert verifier().kind == merkle.SM2


def test_another_suite_than_the_ledgers_is_refused(city: list[Act], act_on: Deeds, settings: Any) -> None:
    pytest.importorskip("gmssl_pyx", reason="the Chinese suite needs `pip install -r requirements/crypto.txt`")
    settings.ZHENGTONG_SUITE = "sm2-sm3"
    act_on("case-d", 1)
    with pytest.raises(WrongKey):
        sequence(NOW)
    settings.ZHENGTONG_SUITE = "rot13"
    with pytest.raises(ImproperlyConfigured, match="ed25519-sha256, sm2-sm3"):
        suite()


def test_a_succession_of_keys_loses_no_proof(city: list[Act], act_on: Deeds, tmp_path: Path) -> None:
    first, old = verifier(), proof(city[3])
    assert "the new key is" in rekey()
    act_on("case-d", 2)
    sequence(NOW)
    second = verifier()
    assert second != first
    act_on("case-d", 2)
    rekey()
    sequence(NOW)
    third = verifier()
    assert len({first, second, third}) == 3
    assert [str(merkle.split_note(note)[0]).split("\n")[2] for note in notes()] == ["12", "17"]
    report = verify()
    assert report.sound, report.faults
    assert Act.objects.filter(kind="ledger.key.replaced").count() == 2
    assert old and old.check(merkle.leaf_hash(leaf(city[3])), first)  # what somebody kept at home
    assert opened(Checkpoint.objects.get(size=5).note).size == 5
    assert verify(since=Checkpoint.objects.get(size=9).note).sound
    assert checked(tmp_path / "log", first) == 0
    assert checked(tmp_path / "log", third) == 0
    assert keys.folder().joinpath("ledger.pem.next").exists() is False


def test_a_key_that_was_replaced_signs_nothing_any_more(city: list[Act], act_on: Deeds) -> None:
    """Also who has kept it: a head of a size that came after is believed from the new key alone."""
    stolen = keys.signing_key()
    rekey()
    act_on("case-d", 2)
    sequence(NOW)
    last = head()
    assert last
    name = verifier().name
    forged = merkle.Checkpoint(name, last.size, bytes(last.root)).signed(merkle.Signer(name, stolen))
    Checkpoint.objects.filter(size=last.size).update(note=forged)
    assert "signature" in {fault.code for fault in verify().faults}


def test_a_rotation_that_was_broken_off_is_ended_the_next_time(
    city: list[Act], act_on: Deeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(keys, "take_draft", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rekey()
    act_on("case-d", 1)
    with pytest.raises(WrongKey, match="succession"):
        sequence(NOW)
    end_broken()
    assert sequence(NOW) == 1
    assert len(notes()) == 1
    assert verify().sound


def test_a_forged_succession_is_refused(city: list[Act], act_on: Deeds) -> None:
    from zhengtong.ledger import outside

    rekey()
    path = keys.folder() / "succession.json"
    outside.put(path, path.read_text().replace("\\n12\\n", "\\n10\\n"))
    act_on("case-d", 1)
    with pytest.raises(WrongKey):
        sequence(NOW)
    assert "signature" in {fault.code for fault in verify().faults}


def test_replacing_a_key_is_a_declared_act() -> None:
    assert KINDS["ledger.key.replaced"].version == 1


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A software device with a token of two keys in it, and the URI of the first. A process has but one device."""
    pytest.importorskip("pkcs11", reason="keys in a device need `pip install -r requirements/crypto.txt`")
    library = next((each for each in LIBRARIES if Path(each).exists()), None)
    tool = shutil.which("softhsm2-util")
    if library is None or tool is None:
        pytest.skip("needs SoftHSM: apt-get install softhsm2")
    folder = tmp_path_factory.mktemp("device")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    (folder / "pin").write_text("4321\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    begin = [tool, "--init-token", "--free", "--label", "ledger", "--pin", "4321", "--so-pin", "8765"]
    subprocess.run(begin, check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", MAKE, library], check=True, capture_output=True)
    return f"pkcs11:token=ledger;object=2026?module-path={library}&pin-source={folder / 'pin'}"


MAKE = """
import sys, pkcs11
from pkcs11 import Attribute, KeyType
token = pkcs11.lib(sys.argv[1]).get_token(token_label="ledger")
with token.open(user_pin="4321", rw=True) as session:
    for label in ("2026", "2027"):
        made = session.create_domain_parameters(
            KeyType.EC_EDWARDS, {Attribute.EC_PARAMS: bytes.fromhex("130c656477617264733235353139")}, local=True)
        made.generate_keypair(store=True, label=label)
"""


def test_a_device_wants_its_pin(token: str, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "pin").write_text("0000")
    settings.ZHENGTONG_LEDGER_KEY = f"{token.partition('pin-source=')[0]}pin-source={tmp_path / 'pin'}"
    with pytest.raises(ImproperlyConfigured, match="not in its device"):
        keys.signing_key()


def test_a_device_signs_and_never_gives_its_key_out(
    db: None, act_on: Deeds, token: str, settings: Any, tmp_path: Path
) -> None:
    settings.ZHENGTONG_LEDGER_KEY = token
    acts = act_on("case-a", 3)
    sequence(NOW)
    assert verify().sound
    assert not (keys.folder() / "ledger.pem").exists()
    receipt = proof(acts[0])
    assert receipt and receipt.check(merkle.leaf_hash(leaf(acts[0])), verifier()).size == 3
    first = verifier()
    rekey("--to", token.replace("2026", "2027"))
    settings.ZHENGTONG_LEDGER_KEY = token.replace("2026", "2027")
    sequence(NOW)
    assert verifier() != first
    assert verify().sound
    assert end() == 4
    assert checked(tmp_path / "log", first) == 0


@pytest.mark.parametrize(
    ("old", "new", "told"), [("2026", "1999", "not in its device"), ("token=ledger;", "", "lacks 'token'")]
)
def test_a_device_without_the_key_says_so(token: str, settings: Any, old: str, new: str, told: str) -> None:
    settings.ZHENGTONG_LEDGER_KEY = token.replace(old, new)
    with pytest.raises(ImproperlyConfigured, match=told):
        keys.signing_key()
