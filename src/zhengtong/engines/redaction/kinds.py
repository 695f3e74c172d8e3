"""A document of any kind without what is marked: a PDF, a picture or plain text, and the new file of the same kind."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from zhengtong.engines.redaction.errors import no_such_page, not_there, still_there, unreadable
from zhengtong.engines.redaction.pages import Box, Page, Sign, opened, page_of
from zhengtong.engines.redaction.passages import flat, places
from zhengtong.engines.redaction.rebuild import document_of

GONE = "█████"  # in plain text, always as long, so that it does not tell how long the name was
_MARGIN = 3  # pixels around a box, for the edges of letters
_CELL = 64  # pixels, of the grid in which signs of one place are looked for
_INK = 24  # of 255: as much has to differ where a sign is, or nobody sees it
_MEDIA = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True)
class Region:
    """A part of a page (from 1) that is taken out: its edges as parts of the width and height, 0 to 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Redacted:
    """The new file, its media type, and how often each passage was in the old one."""

    body: bytes
    media_type: str
    found: dict[str, int]


def kind_of(body: bytes) -> str:
    """The media type by the content; plain text where it is UTF-8 without control signs, nothing otherwise."""
    for sign, kind in _MEDIA.items():
        if body.startswith(sign):
            return kind
    try:
        written = body.decode()
    except UnicodeDecodeError:
        return ""
    return "" if any(sign < " " and sign not in "\n\r\t" for sign in written) else "text/plain"


def redact(body: bytes, *, passages: Sequence[str], regions: Sequence[Region], fonts: Path, now: datetime) -> Redacted:
    """The document without what is marked. RedactionFault if a mark marks nothing, or something would be left."""
    wanted = [each for each in dict.fromkeys(passages) if flat(each)]
    kind = kind_of(body)
    if kind == "application/pdf":
        return _pdf(body, wanted, regions, fonts, now)
    if wanted and kind.startswith("image/"):
        raise not_there(wanted[0])
    if kind.startswith("image/"):
        return Redacted(_picture(body, regions), "image/png", {})
    if kind == "text/plain" and not regions:
        return _plain(body.decode(), wanted)
    raise unreadable()


def _plain(written: str, wanted: Sequence[str]) -> Redacted:
    found, gone = {}, [False] * len(written)
    for passage in wanted:
        stretches = list(places(written, passage))
        found[passage] = len(stretches)
        for each in stretches:
            gone[each.start : each.stop] = [True] * len(each)
    _require(found)
    kept = [
        (GONE if index == 0 or not gone[index - 1] else "") if gone[index] else sign
        for index, sign in enumerate(written)
    ]
    left = "".join(kept)
    _hold(left, wanted)
    return Redacted(left.encode(), "text/plain; charset=utf-8", found)


def _picture(body: bytes, regions: Sequence[Region]) -> bytes:
    try:
        with Image.open(io.BytesIO(body)) as image:
            picture = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError) as fault:
        raise unreadable() from fault
    _burn(picture, [_box(each, picture, pages=1) for each in regions])
    fresh = Image.frombytes("RGB", picture.size, picture.tobytes())  # no text, profile or thumbnail goes along
    written = io.BytesIO()
    fresh.save(written, "PNG", optimize=True)
    return written.getvalue()


def _pdf(body: bytes, wanted: Sequence[str], regions: Sequence[Region], fonts: Path, now: datetime) -> Redacted:
    with opened(body) as document:
        pages = [page_of(document, number) for number in range(1, len(document) + 1)]
    burnt: list[list[Box]] = [[] for _ in pages]
    for each in regions:
        if not 1 <= each.page <= len(pages):
            raise no_such_page(each.page)
        burnt[each.page - 1].append(_box(each, pages[each.page - 1].picture, pages=len(pages)))
    found = _mark(pages, wanted, burnt)
    _require(found)
    for page, boxes in zip(pages, burnt, strict=True):
        _burn(page.picture, boxes)
    left = [_left(page, boxes) for page, boxes in zip(pages, burnt, strict=True)]
    _hold("".join(sign.text for signs in left for sign in signs), wanted)
    made = document_of(pages, left, fonts=fonts, now=now)
    with opened(made) as document:  # what anybody can read in the new file, read as anybody reads it
        _hold("".join(sheet.get_textpage().get_text_bounded() for sheet in document), wanted)
    return Redacted(made, "application/pdf", found)


def _mark(pages: Sequence[Page], wanted: Sequence[str], burnt: list[list[Box]]) -> dict[str, int]:
    """Put the boxes of each passage with its page, across lines and pages; how often each was there."""
    every = [(number, sign) for number, page in enumerate(pages) for sign in page.signs]
    found = {}
    for passage in wanted:
        stretches = list(places([sign.text for _, sign in every], passage))
        found[passage] = len(stretches)
        for stretch in stretches:
            for number, sign in every[stretch.start : stretch.stop]:
                if sign.text != " ":
                    burnt[number].append(_wider(sign.box))
    return found


def _wider(box: Box) -> Box:
    left, top, right, bottom = box
    return left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN


def _box(region: Region, picture: Image.Image, *, pages: int) -> Box:
    left, right = sorted((region.left, region.right))
    top, bottom = sorted((region.top, region.bottom))
    if region.page > pages or not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise no_such_page(region.page)
    wide, high = picture.size
    return left * wide, top * high, right * wide, bottom * high


def _burn(picture: Image.Image, boxes: Sequence[Box]) -> None:
    drawn = ImageDraw.Draw(picture)
    for box in boxes:
        drawn.rectangle(box, fill=(0, 0, 0))


def _left(page: Page, boxes: Sequence[Box]) -> list[Sign]:
    """The signs that go along: outside every box, seen on the picture, and in a place where nothing else is written."""
    free = [each for each in page.signs if each.text == " " or not any(_meet(each.box, box) for box in boxes)]
    seen = [each for each in free if each.text == " " or _has_ink(page.picture, each.box)]
    doubled = _doubled(seen)
    return [each for index, each in enumerate(seen) if index not in doubled]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _has_ink(picture: Image.Image, box: Box) -> bool:
    if box[2] - box[0] < 1 or box[3] - box[1] < 1:
        return False
    levels = picture.crop((int(box[0]), int(box[1]), int(box[2]) + 1, int(box[3]) + 1)).convert("L").getextrema()
    low, high = int(levels[0]), int(levels[1])  # type: ignore[arg-type]
    return high - low >= _INK


def _doubled(signs: Sequence[Sign]) -> set[int]:
    """Which stand where another sign stands: one of the two may be hidden, and nobody can tell which."""
    cells: dict[tuple[int, int], list[int]] = {}
    for index, each in enumerate(signs):
        for cell in _cells(each.box):
            cells.setdefault(cell, []).append(index)
    found = set()
    for index, each in enumerate(signs):
        x, y = (each.box[0] + each.box[2]) / 2, (each.box[1] + each.box[3]) / 2
        near = cells.get((int(x) // _CELL, int(y) // _CELL), ())
        if any(other != index and _holds(signs[other].box, x, y) for other in near):
            found.add(index)
    return found


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] < x < box[2] and box[1] < y < box[3]


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box[0]) // _CELL, int(box[2]) // _CELL + 1):
        for row in range(int(box[1]) // _CELL, int(box[3]) // _CELL + 1):
            yield column, row


def _require(found: dict[str, int]) -> None:
    for passage, times in found.items():
        if not times:
            raise not_there(passage)


def _hold(written: str, wanted: Sequence[str]) -> None:
    text = flat(written)
    for passage in wanted:
        if flat(passage) in text:
            raise still_there(passage)
