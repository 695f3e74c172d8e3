"""What is taken out of a document is gone: by no library, and in no corner of the file, is it found again."""

import contextlib
import io
import zlib
from datetime import UTC, datetime

import pypdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, PngImagePlugin

from tests.redaction.papers import FONTS, contract, packed
from zhengtong.engines.redaction import RedactionFault, Region, kind_of, look, pages_of, redact

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def taken(body, *passages, regions=()):
    return redact(body, passages=passages, regions=regions, fonts=FONTS, now=NOW)


def read(body):
    """The text as two libraries find it, without blanks."""
    with pdfium.PdfDocument(body) as document:
        one = "".join(page.get_textpage().get_text_bounded() for page in document)
    other = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    return "".join((one + other).split())


def unpacked(body):
    """Every byte of the file, with each stream in it opened."""
    found, at = [body], body.find(b"stream")
    while at >= 0:
        start = at + len(b"stream") + (2 if body[at + 6 : at + 8] == b"\r\n" else 1)
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(body[start:]))
        at = body.find(b"stream", start)
    return b"\n".join(found)


def test_a_passage_is_gone_from_the_text_wherever_it_is_broken():
    made = taken(contract(), "张三丰", "ZHANG SANFENG")
    assert made.found == {"张三丰": 1, "ZHANG SANFENG": 1}
    text = read(made.body)
    assert "三丰" not in text and "Sanfeng" not in text and "Zhang" not in text
    assert "0000-555-0123" in text and "采购合同" in text and "Acceptanceonpagetwo" in text


def test_a_region_takes_the_text_and_the_picture():
    made = taken(contract(), regions=[Region(1, 0, 0, 1, 0.6)])
    assert "采购合同" not in read(made.body) and "第二页" in read(made.body)
    with pdfium.PdfDocument(made.body) as document:
        seen = document[0].render(scale=1).to_pil().convert("L")
    assert seen.crop((2, 2, 398, 176)).getextrema()[1] < 40


def test_nothing_of_the_old_file_is_in_the_new_one():
    before = unpacked(packed()).decode("latin-1")
    for each in ("attachment", "note", "subject", "revision", "layer", "unseen", "white", "covered"):
        assert f"Secretive {each}" in before, each
    made = taken(packed(), "4321")
    assert b"ecretive" not in unpacked(made.body)
    assert "ecretive" not in read(made.body) and "4321" not in read(made.body)
    reader = pypdf.PdfReader(io.BytesIO(made.body))
    assert not reader.attachments and "/OCProperties" not in reader.trailer["/Root"]
    assert not any(page.get("/Annots") for page in reader.pages)
    assert made.body.count(b"%%EOF") == 1 and "title" not in str(reader.metadata).lower()


def test_what_was_only_covered_in_the_source_does_not_go_along():
    assert "covered" in read(packed())
    assert "covered" not in read(taken(packed(), "4321").body)


def test_a_mark_that_marks_nothing_is_refused_since_the_secret_would_stay():
    with pytest.raises(RedactionFault):
        taken(contract(), "李四")
    with pytest.raises(RedactionFault):
        taken(contract(), regions=[Region(3, 0, 0, 1, 1)])
    with pytest.raises(RedactionFault):
        taken(contract(), regions=[Region(1, 0.5, 0, 0.5, 1)])


@pytest.mark.parametrize("body", [b"%PDF-1.7 nothing", b"\x89PNG\r\n\x1a\nx", b"\x00\x01", b""])
def test_what_cannot_be_read_is_refused(body):
    with pytest.raises(RedactionFault):
        taken(body, "x")


def test_plain_text_loses_the_passage_and_how_long_it_was():
    made = taken("联系人：张三\n丰。Tel 1。张三丰".encode(), "张三丰")
    assert made.body.decode() == "联系人：█████。Tel 1。█████"
    assert made.found == {"张三丰": 2}


def test_a_picture_is_made_anew_without_what_it_told_beside():
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "Secretive")
    body = io.BytesIO()
    Image.new("RGB", (100, 50), (200, 10, 10)).save(body, "PNG", pnginfo=told)
    made = taken(body.getvalue(), regions=[Region(1, 0, 0, 0.5, 1)])
    assert b"Secretive" not in made.body
    with Image.open(io.BytesIO(made.body)) as image:
        assert image.getpixel((10, 10)) == (0, 0, 0) and image.getpixel((90, 10)) == (200, 10, 10)


def test_an_officer_sees_each_page_with_what_is_marked():
    assert (pages_of(contract()), pages_of(b"text"), kind_of(b"text")) == (2, 0, "text/plain")
    with Image.open(io.BytesIO(look(contract(), 1, [Region(1, 0.1, 0.1, 0.5, 0.5)]))) as image:
        assert image.size == (640, 480) and image.getpixel((64, 100)) == (212, 53, 28)
    with pytest.raises(RedactionFault):
        look(contract(), 3, [])


def test_a_turned_page_is_marked_where_it_is_seen():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(contract()))
    writer.pages[0].rotate(90)
    written = io.BytesIO()
    writer.write(written)
    made = taken(written.getvalue(), "张三丰")
    assert "张三丰" not in read(made.body) and "4321" in read(made.body)
