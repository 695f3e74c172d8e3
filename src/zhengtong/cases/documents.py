"""Files that people hand in: checked by content, counted, scanned where there is a scanner, and kept sealed."""

import hashlib
import io
import re
import secrets
import socket
import unicodedata
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, UnidentifiedImageError

from zhengtong.cases.errors import BadFile, FileTooLarge
from zhengtong.cases.models import Case, Document, Draft
from zhengtong.cases.photographs import without_place
from zhengtong.charter.model import Material
from zhengtong.common.text import Text, text
from zhengtong.people.models import Person
from zhengtong.vault import ring

MEDIA = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
_MAGIC = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
_MAX_PIXELS = 60_000_000
_ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")  # /J#61vaScript is /JavaScript (ISO 32000-1, 7.3.5)

WRONG_TYPE = text("内容是 {found}，应为 {wanted}。", "its content is {found}, but {wanted} is needed.")
BROKEN_IMAGE = text("图片无法打开或已损坏。", "the picture cannot be opened or is damaged.")
HUGE_IMAGE = text("图片像素过多。", "the picture has too many pixels.")
ACTIVE = text("PDF 中含有脚本或附件。", "the PDF holds scripts or attachments.")
EMPTY = text("文件是空的。", "the file is empty.")
INFECTED = text("文件含有恶意代码。", "the file holds malicious code.")


class ScannerAway(Exception):
    """The scanner that is configured does not answer; the file waits in quarantine."""


@dataclass(frozen=True)
class Taken:
    """A file that was read and found good, and is not kept yet."""

    document: Document
    body: bytes

    def keep(self, *, by: Person, now: datetime, case: Case | None = None, draft: Draft | None = None) -> Document:
        """Store it sealed for the case or the draft that it belongs to."""
        document = self.document
        document.case, document.draft, document.uploaded_by, document.uploaded_at = case, draft, by, now
        document.path = store(self.body, document.sealed_for)
        document.save()
        return document


def take_in(*, name: str, content: BinaryIO, material: Material) -> Taken:
    """Read and check an uploaded file; nothing is kept yet. Photographs lose what they tell beside the picture.

    Raises `FileTooLarge` or `BadFile`. At most one byte beyond the limit is read.
    """
    name = clean_name(name)
    body = content.read(settings.ZHENGTONG_MAX_UPLOAD + 1)
    if len(body) > settings.ZHENGTONG_MAX_UPLOAD:
        raise FileTooLarge(name=name, limit=settings.ZHENGTONG_MAX_UPLOAD // 2**20)
    kind = _checked_kind(name, body, material)
    scan = _scan(name, body)
    body = body if material.keeps_location else without_place(body)
    digest = hashlib.sha256(body).hexdigest()
    return Taken(
        Document(material=material.id, name=name, media_type=MEDIA[kind], size=len(body), sha256=digest, scan=scan),
        body,
    )


def store(body: bytes, subject: str) -> str:
    """Keep `body` sealed for a subject; where it lies."""
    name = secrets.token_hex(16)
    path = f"{name[:2]}/{name}"
    default_storage.save(path, ContentFile(ring.seal(subject, body, about=path.encode())))
    return path


def read(path: str) -> bytes:
    """The content that lies there. Raises `Erased`."""
    with default_storage.open(path) as file:
        return ring.open_(file.read(), about=path.encode())


def remove(paths: Iterable[str]) -> None:
    """Delete files once the transaction is committed."""
    for path in paths:
        transaction.on_commit(partial(default_storage.delete, path))


def clean_name(name: str) -> str:
    """The last part of the name, without paths, control signs or bidirectional tricks."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")[-150:] or "file"


def _checked_kind(name: str, body: bytes, material: Material) -> str:
    if not body:
        raise BadFile(name=name, reason=EMPTY)
    kind = next((kind for sign, kind in _MAGIC.items() if body.startswith(sign)), None)
    if kind not in material.file_types:
        raise BadFile(name=name, reason=WRONG_TYPE.format(found=kind or _described(body), wanted=_listed(material)))
    if kind == "pdf":
        if _ACTIVE_PDF.search(_NAME_ESCAPE.sub(lambda sign: bytes([int(sign[1], 16)]), body)):
            raise BadFile(name=name, reason=ACTIVE)
    else:
        _check_image(name, body)
    return str(kind)


def _described(body: bytes) -> str:
    try:
        return str(puremagic.from_string(body[:4096])).lstrip(".") or "?"
    except puremagic.PureError:
        return "?"


def _listed(material: Material) -> str:
    return ", ".join(each.upper() for each in material.file_types)


def _check_image(name: str, body: bytes) -> None:
    """Only the header says how large a picture is; a bomb is refused before a pixel is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body)) as image:
                if image.width * image.height > _MAX_PIXELS:
                    raise BadFile(name=name, reason=HUGE_IMAGE)
                image.verify()
    except Image.DecompressionBombError as fault:
        raise BadFile(name=name, reason=HUGE_IMAGE) from fault
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise BadFile(name=name, reason=BROKEN_IMAGE) from fault


def _scan(name: str, body: bytes) -> str:
    if not settings.ZHENGTONG_SCANNER:
        return Document.Scan.NOT_SCANNED
    try:
        infected = _clamd_finds(body)
    except (OSError, ScannerAway):
        return Document.Scan.QUARANTINED
    if infected:
        raise BadFile(name=name, reason=INFECTED)
    return Document.Scan.CLEAN


def _clamd_finds(body: bytes) -> bool:
    """Ask ClamAV's daemon on its socket (INSTREAM); True if it names a virus."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as scanner:
        scanner.settimeout(20)
        scanner.connect(settings.ZHENGTONG_SCANNER)
        scanner.sendall(b"zINSTREAM\0" + len(body).to_bytes(4, "big") + body + bytes(4))
        answer = scanner.recv(4096)
    if answer.rstrip(b"\0").endswith(b"OK"):
        return False
    if b"FOUND" in answer:
        return True
    raise ScannerAway(answer)


def told(document: Document) -> Text:
    """How far a document has been scanned, in words."""
    return {
        Document.Scan.CLEAN: text("已查毒", "scanned"),
        Document.Scan.NOT_SCANNED: text("未查毒", "not scanned"),
        Document.Scan.QUARANTINED: text("隔离：等待查毒", "quarantined until it is scanned"),
    }[Document.Scan(document.scan)]
