"""What a photograph tells beside the picture (where, when, with what it was taken) is taken out; the picture stays as
it is, bit by bit. Kept are the colours (ICC) and which way up it is (EXIF 2.32, tag 0x0112).
"""

import io
import re
import struct
from collections.abc import Iterator

from PIL import Image, ImageOps

_ORIENTATION = 0x0112
_PNG_SIGN = b"\x89PNG\r\n\x1a\n"
_PNG_TOLD = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # neither a byte of a scan nor one that fills
_TOLD = {*range(0xE0, 0xF0), 0xFE} - {0xE0, 0xE2, 0xEE}  # all but JFIF, the colour profile, Adobe's colour transform
_END = 0xD9


def without_place(body: bytes) -> bytes:
    """A JPEG or PNG without what it tells beside the picture; anything else, and what cannot be read, as it is."""
    if body.startswith(b"\xff\xd8"):
        return _jpeg(body)
    if body.startswith(_PNG_SIGN):
        return _PNG_SIGN + b"".join(chunk for kind, chunk in _chunks(body) if kind not in _PNG_TOLD)
    return body


def _jpeg(body: bytes) -> bytes:
    kept = [part for kind, part in _segments(body) if kind not in _TOLD]
    return b"\xff\xd8" + _upright(body) + b"".join(kept) + b"\xff\xd9"


def _segments(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments between start and end (ISO/IEC 10918-1, B.1), a scan with all of its data. What follows the end is
    another picture with a place of its own, as telephones hide it there, and is not among them.
    """
    at = _MARKER.search(body, 2)
    while at and body[at.end() - 1] != _END:
        length = int.from_bytes(body[at.end() : at.end() + 2])
        following = _MARKER.search(body, at.end() + max(length, 2))
        yield body[at.end() - 1], body[at.end() - 2 : following.start() if following else None]
        at = following


def _upright(body: bytes) -> bytes:
    """A segment that says only which way up the picture is; nothing if it stands as it lies."""
    with Image.open(io.BytesIO(body)) as image:
        turned = image.getexif().get(_ORIENTATION, 1)
    if not isinstance(turned, int) or not 2 <= turned <= 8:
        return b""
    exif = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + (len(exif) + 2).to_bytes(2) + exif


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG (ISO/IEC 15948, 5.3): their kind, and all of each."""
    at = len(_PNG_SIGN)
    while at + 12 <= len(body):
        end = at + 12 + int.from_bytes(body[at : at + 4])
        yield body[at + 4 : at + 8], body[at:end]
        at = end


def shown(body: bytes, *, most: int = 1000) -> bytes:
    """A new, smaller JPEG of what one sees in a photograph, for everybody: nothing else of the file is left."""
    with Image.open(io.BytesIO(body)) as image:
        seen = ImageOps.exif_transpose(image).convert("RGB")
        seen.thumbnail((most, most))
        made = io.BytesIO()
        Image.frombytes("RGB", seen.size, seen.tobytes()).save(made, "JPEG", quality=80)
    return made.getvalue()
