"""A PDF from a Typst template. What people wrote reaches the template as data, never as source."""

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst


class TemplateFault(Exception):
    """The template does not compile; the message is Typst's own, with the line."""


def typeset(*, template: bytes, data: Mapping[str, Any], fonts: Path, now: datetime, qr: str = "") -> bytes:
    """The PDF/A-2a bytes of `template`, which reads `json(bytes(sys.inputs.data))` and may show `qr.svg`.

    `now` is the date in the PDF's metadata, so that the same input gives the same bytes.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "main.typ").write_bytes(template)
        if qr:
            segno.make(qr, error="m").save(str(root / "qr.svg"), border=2, xmldecl=False, omitsize=True)
        try:
            pdf = typst.compile(
                root / "main.typ",
                root=root,
                font_paths=[fonts],
                sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
                format="pdf",
                pdf_standards=["a-2a"],
                timestamp=now.replace(microsecond=0),  # Typst takes whole seconds
            )
        except typst.TypstError as fault:
            raise TemplateFault(str(fault)) from fault
    return bytes(pdf)
