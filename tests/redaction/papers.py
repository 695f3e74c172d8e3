"""Documents with something in them that may not be disclosed: in the text, and wherever else a PDF keeps things."""

import io
from functools import cache
from pathlib import Path

import pypdf
import typst
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

FONTS = Path(__file__).parents[2] / "node_modules/@embedpdf/fonts-sc/fonts"
CONTRACT = """
#set page(width: 400pt, height: 300pt, margin: 30pt)
#set document(title: "密约 Secretive", author: "Secretive")
采购合同 Contract with Qingshan Terminals

联系人张三丰，电话 0000-555-0123。 Contact: Zhang
Sanfeng, telephone as above.

设备单价 4321 元。 #link("https://secretive.example")[Home]
#pagebreak()
第二页：验收办法。 Acceptance on page two.
"""


@cache
def contract() -> bytes:
    """A contract of two pages with a name that is broken over two lines."""
    return bytes(typst.compile(CONTRACT.encode(), font_paths=[FONTS], format="pdf"))


def packed() -> bytes:
    """The same with a note, an attachment, a hidden layer, unseen text, and an earlier version of itself."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(contract()))
    writer.add_attachment("secretive.txt", b"Secretive attachment")
    writer.add_metadata({"/Subject": "Secretive subject", "/Keywords": "Secretive revision"})
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Popup"),
            NameObject("/Contents"): TextStringObject("Secretive note"),
            NameObject("/Rect"): ArrayObject([]),
        }
    )
    page = writer.pages[0]
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    _hidden(writer, page)
    written = io.BytesIO()
    writer.write(written)
    later = pypdf.PdfWriter(written, incremental=True)
    later.add_metadata({"/Keywords": "replaced"})
    updated = io.BytesIO()
    later.write(updated)
    return updated.getvalue()


def _hidden(writer: pypdf.PdfWriter, page: pypdf.PageObject) -> None:
    """Text in a layer that is off, text in no ink, and white text on white, all over what is seen."""
    layer = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("off")})
    )
    off = DictionaryObject({NameObject("/OFF"): ArrayObject([layer]), NameObject("/BaseState"): NameObject("/ON")})
    writer._root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): off}
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    resources = page["/Resources"].get_object()
    resources.setdefault(NameObject("/Font"), DictionaryObject())[NameObject("/Hid")] = writer._add_object(font)
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/Off"): layer})
    drawn = (
        b"q /OC /Off BDC BT /Hid 11 Tf 30 255 Td (Secretive layer) Tj ET EMC "
        b"BT 3 Tr /Hid 11 Tf 30 235 Td (Secretive unseen) Tj ET "
        b"BT 0 Tr 1 1 1 rg /Hid 11 Tf 30 20 Td (Secretive white) Tj ET "
        b"BT 0 0 0 rg /Hid 11 Tf 200 20 Td (Secretive covered) Tj ET 0 0 0 rg 190 10 150 30 re f Q"
    )
    stream = DecodedStreamObject()
    stream.set_data(drawn)
    page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), writer._add_object(stream)])
