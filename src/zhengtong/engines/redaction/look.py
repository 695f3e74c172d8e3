"""What an officer marks on: how many pages there are, and the picture of one with what is marked already."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageOps

from zhengtong.engines.redaction.errors import no_such_page
from zhengtong.engines.redaction.kinds import Region, kind_of
from zhengtong.engines.redaction.pages import opened, page_of

WIDTH = 640  # of the picture, in pixels
_LONGEST = 4 * WIDTH


def pages_of(body: bytes) -> int:
    """How many pages have a picture: none of plain text."""
    kind = kind_of(body)
    if kind == "application/pdf":
        with opened(body) as document:
            return len(document)
    return 1 if kind.startswith("image/") else 0


def size_of(body: bytes, page: int) -> tuple[int, int]:
    """How wide and high the picture of a page is, in pixels."""
    if kind_of(body) == "application/pdf":
        with opened(body) as document:
            if not 1 <= page <= len(document):
                raise no_such_page(page)
            return _fitting(*document[page - 1].get_size())
    if page != 1:
        raise no_such_page(page)
    with Image.open(io.BytesIO(body)) as image:
        return _fitting(*ImageOps.exif_transpose(image).size)


def _fitting(wide: float, high: float) -> tuple[int, int]:
    return WIDTH, min(max(round(WIDTH * high / wide), 1), _LONGEST)


def look(body: bytes, page: int, regions: Sequence[Region]) -> bytes:
    """A PNG of one page with the regions of it framed."""
    picture = _picture(body, page).resize(size_of(body, page), Image.Resampling.LANCZOS)
    drawn, (wide, high) = ImageDraw.Draw(picture), picture.size
    for each in regions:
        if each.page == page:
            box = (each.left * wide, each.top * high, each.right * wide, each.bottom * high)
            drawn.rectangle(box, outline=(212, 53, 28), width=4)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _picture(body: bytes, page: int) -> Image.Image:
    if kind_of(body) == "application/pdf":
        with opened(body) as document:
            if not 1 <= page <= len(document):
                raise no_such_page(page)
            return page_of(document, page).picture
    if page != 1:
        raise no_such_page(page)
    with Image.open(io.BytesIO(body)) as image:
        return ImageOps.exif_transpose(image).convert("RGB")
