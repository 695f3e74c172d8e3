"""Papers for a story: a small real file for each material."""

import io
from collections.abc import Iterable
from functools import cache
from typing import BinaryIO

from PIL import Image

from zhengtong.charter.model import Material

FORMATS = {"png": "PNG", "jpeg": "JPEG", "pdf": "PDF"}


def papers(materials: Iterable[Material]) -> dict[str, tuple[str, BinaryIO]]:
    """A file of a type that is allowed, by material."""
    made: dict[str, tuple[str, BinaryIO]] = {}
    for material in materials:
        kind = next(each for each in FORMATS if each in material.file_types)
        made[material.id] = f"{material.id}.{kind}", io.BytesIO(_file(kind))
    return made


@cache
def _file(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, FORMATS[kind])
    return file.getvalue()
