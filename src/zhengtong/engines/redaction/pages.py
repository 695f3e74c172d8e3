"""The pages of a PDF as they are seen: a picture of each, and the signs on it with their places.

PDFium is not safe for threads, so one lock holds everything that asks it.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from zhengtong.engines.redaction.errors import too_long, unreadable

DPI = 150
MOST_PAGES = 200
_MOST_PIXELS = 12_000_000  # of one page, however large it says that it is
_LOCK = Lock()

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels of the picture


@dataclass(frozen=True)
class Sign:
    """One sign of the text and where it is on the picture."""

    text: str
    box: Box


@dataclass(frozen=True)
class Page:
    """What is seen of a page; `width` and `height` in points."""

    picture: Image.Image
    signs: list[Sign]
    width: float
    height: float


@contextmanager
def opened(body: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document, while nobody else asks PDFium anything."""
    with _LOCK:
        try:
            document = pdfium.PdfDocument(body)
        except pdfium.PdfiumError as fault:
            raise unreadable() from fault
        try:
            if not 0 < len(document) <= MOST_PAGES:
                raise too_long(MOST_PAGES) if len(document) else unreadable()
            document.init_forms()  # what is filled in is seen, too
            yield document
        finally:
            document.close()


def page_of(document: pdfium.PdfDocument, number: int) -> Page:
    """One page, numbered from 1."""
    try:
        page = document[number - 1]
        width, height = page.get_size()
        if min(width, height) <= 0:
            raise unreadable()
        scale = min(DPI / 72, (_MOST_PIXELS / (width * height)) ** 0.5)
        bitmap = page.render(scale=scale, fill_color=(255, 255, 255, 255))
        picture = bitmap.to_pil().convert("RGB")
        return Page(picture, _signs(page, bitmap, picture.size), width, height)
    except pdfium.PdfiumError as fault:
        raise unreadable() from fault


def _signs(page: pdfium.PdfPage, bitmap: pdfium.PdfBitmap, size: tuple[int, int]) -> list[Sign]:
    """What of the text is drawn by something that is seen. Signs that only part two words have an empty box."""
    text, place = page.get_textpage(), bitmap.get_posconv(page)
    found = []
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text.raw, index) or 0xFFFD)
        if raw.FPDFText_IsGenerated(text.raw, index) or sign.isspace():
            found.append(Sign(" ", (0, 0, 0, 0)))
        elif _is_drawn(raw.FPDFText_GetTextObject(text.raw, index)):
            left, bottom, right, top = text.get_charbox(index, loose=True)
            corners = [place.to_bitmap(x, y) for x, y in ((left, top), (right, bottom))]
            found.append(Sign(sign, _box(corners, size)))
    return found


def _box(corners: list[tuple[int, int]], size: tuple[int, int]) -> Box:
    (x1, y1), (x2, y2) = corners
    wide, high = size
    within = [min(max(each, 0), most) for each, most in ((x1, wide), (y1, high), (x2, wide), (y2, high))]
    return min(within[0], within[2]), min(within[1], within[3]), max(within[0], within[2]), max(within[1], within[3])


def _is_drawn(drawn: object) -> bool:
    """Whether a piece of text is shown for certain: drawn as text, in no layer that could be turned off."""
    if not drawn or raw.FPDFTextObj_GetTextRenderMode(drawn) in (
        raw.FPDF_TEXTRENDERMODE_INVISIBLE,
        raw.FPDF_TEXTRENDERMODE_CLIP,
    ):
        return False
    marks = (raw.FPDFPageObj_GetMark(drawn, each) for each in range(raw.FPDFPageObj_CountMarks(drawn)))
    return not any(_name_of(each) == "OC" for each in marks)


def _name_of(mark: object) -> str:
    length = ctypes.c_ulong()
    kept = (ctypes.c_ushort * 64)()
    raw.FPDFPageObjMark_GetName(mark, kept, ctypes.sizeof(kept), length)
    return bytes(kept)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")
