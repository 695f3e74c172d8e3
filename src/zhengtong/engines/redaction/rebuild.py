"""A PDF from nothing but pictures of pages and the text that is left, typeset where it stood, unseen but readable."""

import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import typst

from zhengtong.engines.redaction.pages import Page, Sign

_QUALITY = 85
_TEMPLATE = """
#let pages = json(bytes(sys.inputs.pages))
#set text(fallback: true, fill: rgb(0, 0, 0, 0%))
#for (number, sheet) in pages.enumerate() {
  page(width: sheet.width * 1pt, height: sheet.height * 1pt, margin: 0pt, {
    place(top + left, image(str(number + 1) + ".jpg", width: 100%, height: 100%, alt: sheet.alt))
    for line in sheet.lines {
      place(top + left, dx: line.x * 1pt, dy: line.y * 1pt,
        text(size: line.size * 1pt, top-edge: "ascender", bottom-edge: "descender", box(line.text)))
    }
  })
}
"""


def document_of(pages: Sequence[Page], left: Sequence[list[Sign]], *, fonts: Path, now: datetime) -> bytes:
    """The new document; `left` are the signs of each page that go along."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "main.typ").write_text(_TEMPLATE)
        for number, page in enumerate(pages, 1):
            written = io.BytesIO()
            page.picture.save(written, "JPEG", quality=_QUALITY)
            (root / f"{number}.jpg").write_bytes(written.getvalue())
        sheets = [_sheet(page, signs) for page, signs in zip(pages, left, strict=True)]
        return bytes(
            typst.compile(
                root / "main.typ",
                root=root,
                font_paths=[fonts],
                sys_inputs={"pages": json.dumps(sheets, ensure_ascii=False)},
                format="pdf",
                timestamp=now.astimezone(UTC).replace(microsecond=0),
            )
        )


def _sheet(page: Page, signs: list[Sign]) -> dict[str, object]:
    wide, high = page.picture.size
    lines = list(_lines(signs))
    return {
        "width": page.width,
        "height": page.height,
        "alt": " ".join(_text(each) for each in lines)[:2000],
        "lines": [
            {
                "x": line[0].box[0] * page.width / wide,
                "y": line[0].box[1] * page.height / high,
                "size": max((line[0].box[3] - line[0].box[1]) * page.height / high * 0.8, 1),
                "text": _text(line),
            }
            for line in lines
        ],
    }


def _text(signs: Sequence[Sign]) -> str:
    return "".join(each.text for each in signs).strip()


def _lines(signs: Sequence[Sign]) -> Iterator[list[Sign]]:
    """Signs that follow each other on one line, without a gap in which something was taken out."""
    line: list[Sign] = []
    for before, sign in pairwise([Sign(" ", (0, 0, 0, 0)), *signs]):
        if sign.text == " ":
            if line:
                line.append(sign)
            continue
        if line and not _follows(line, sign, spaced=before.text == " "):
            yield line
            line = []
        line.append(sign)
    if line:
        yield line


def _follows(line: Sequence[Sign], sign: Sign, *, spaced: bool) -> bool:
    last = next(each for each in reversed(line) if each.text != " ")
    high = last.box[3] - last.box[1]
    gap = high * (1.0 if spaced else 0.5)
    return abs(sign.box[1] - last.box[1]) < high / 2 and -high / 2 < sign.box[0] - last.box[2] < gap
