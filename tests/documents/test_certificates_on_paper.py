"""A document that is typeset and signed tells when one byte of it has changed."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengtong.engines.documents import TemplateFault, check, new_seal, sign, typeset

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
FONTS = Path(__file__).parents[2] / "node_modules" / "@embedpdf" / "fonts-sc" / "fonts"
TEMPLATE = b"""#set document(title: "x")
#set text(font: "Noto Sans Hans", lang: "zh")
#let d = json(bytes(sys.inputs.data))
= #d.name
#image("qr.svg", width: 3cm, alt: "QR")
"""


@pytest.fixture(scope="module")
def seal():
    return new_seal(name="青山市", now=NOW)


@pytest.fixture(scope="module")
def signed(seal):
    pdf = typeset(template=TEMPLATE, data={"name": "许可证"}, fonts=FONTS, now=NOW, qr="https://example.org/verify/1")
    return sign(pdf, seal=seal, reason="issue", place="Qingshan")


def covered(pdf: bytes) -> list[int]:
    """Every byte but those of the signature itself, whose encoding has a little play."""
    start = pdf.index(b"/Contents <")
    return [*range(start), *range(pdf.index(b">", start) + 1, len(pdf))]


def test_an_untouched_document_is_genuine(signed, seal):
    assert check(signed, seal=seal).genuine


@settings(max_examples=40)
@given(data=st.data())
def test_changing_any_one_byte_shows(signed, seal, data):
    place = data.draw(st.sampled_from(covered(signed)))
    changed = bytearray(signed)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    assert not check(bytes(changed), seal=seal).genuine


def test_a_number_that_is_none_shows(signed, seal):
    """Where a name begins, `/`, there stands `.`: a change of one bit that no number survives."""
    names = [at for at in covered(signed) if signed[at : at + 1] == b"/"]
    forged = [signed[:at] + b"." + signed[at + 1 :] for at in names]
    assert forged and not [at for at, each in zip(names, forged, strict=True) if check(each, seal=seal).genuine]


def test_adding_to_a_signed_document_shows(signed, seal):
    assert not check(signed + b"\n%%EOF", seal=seal).genuine


def test_a_document_sealed_by_somebody_else_is_not_ours(signed):
    other = check(signed, seal=new_seal(name="other", now=NOW))
    assert other.signed and not other.ours and not other.genuine


@pytest.mark.parametrize(
    "junk", [b"", b"hello", b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>\nstartxref\n0\n%%EOF"]
)
def test_a_file_that_is_no_signed_pdf_is_not_signed(junk, seal):
    assert not check(junk, seal=seal).signed


def test_what_people_write_is_never_read_as_typst_source():
    hostile = {"name": '#read("/etc/passwd") #panic("x") ]'}
    assert typeset(template=TEMPLATE, data=hostile, fonts=FONTS, now=NOW, qr="x").startswith(b"%PDF")


def test_a_template_cannot_read_outside_its_folder():
    with pytest.raises(TemplateFault):
        typeset(template=b'#read("/etc/passwd")', data={}, fonts=FONTS, now=NOW)


def test_the_same_input_gives_the_same_bytes():
    first, second = (typeset(template=TEMPLATE, data={"name": "x"}, fonts=FONTS, now=NOW, qr="y") for _ in range(2))
    assert first == second


def test_a_document_can_be_sealed_and_checked_from_within_a_loop(seal):
    pdf = typeset(template=TEMPLATE, data={"name": "许可证"}, fonts=FONTS, now=NOW, qr="https://example.org/verify/1")

    async def sealed_and_checked():
        return check(sign(pdf, seal=seal, reason="issue", place="Qingshan"), seal=seal)

    with ThreadPoolExecutor(1) as apart:  # the thread of the tests may have a loop already, that of the browser
        assert apart.submit(asyncio.run, sealed_and_checked()).result().genuine
