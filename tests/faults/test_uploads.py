"""Files that are wrong, huge or wicked are refused clearly, in the reader's language, and nothing of them is kept."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.restaurant import picture
from zhengtong.cases.documents import take_in
from zhengtong.cases.errors import FileTooLarge
from zhengtong.cases.models import Document, Draft
from zhengtong.charter.queries import in_force


def zip_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("plan.pdf", bytes(30_000_000))
    return file.getvalue()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def picture_bomb() -> bytes:
    """A kilobyte that says it is a picture of ten thousand million pixels."""
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(1000)))


WICKED = {
    "a program": (b"MZ" + bytes(200), "应为", "is needed"),
    "a page": (b"<html><script>alert(1)</script>", "应为", "is needed"),
    "a zip bomb as pdf": (zip_bomb(), "应为", "is needed"),
    "a picture bomb": (picture_bomb(), "像素过多", "too many pixels"),
    "half a picture": (picture()[:60], "无法打开", "cannot be opened"),
    "a pdf with a script": (b"%PDF-1.7\n1 0 obj <</S /JavaScript /JS (x)>>", "脚本", "scripts"),
    "a pdf with a hidden script": (b"%PDF-1.7\n1 0 obj <</S /J#61vaScript>>", "脚本", "scripts"),
    "a pdf that starts a program": (b"%PDF-1.7\n1 0 obj <</S /Launch>>", "脚本", "scripts"),
    "a pdf with a file inside": (b"%PDF-1.7\n<</Type /EmbeddedFile>>", "附件", "attachments"),
    "nothing": (b"", "空", "empty"),
}


@pytest.fixture
def browser(signed_in, cast):
    lin_yue = signed_in(cast.lin_yue)
    lin_yue.post("/services/open-restaurant/start", {"party": cast.linjiang.uscc})
    return lin_yue


def put(browser, body: bytes, language: str, name: str = "plan.pdf"):
    browser.cookies["django_language"] = language
    form = {"material": "floor-plan", "floor-plan": SimpleUploadedFile(name, body)}
    return browser.post(f"/drafts/{Draft.objects.get().pk}/papers", form)


@pytest.fixture
def nothing_kept(cast):
    """Whatever a test uploads leaves neither a row nor a file."""
    yield
    assert not Document.objects.exists()
    location = Path(default_storage.location)
    assert not location.exists() or not [path for path in location.rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }


@pytest.mark.parametrize("what", WICKED)
@pytest.mark.usefixtures("nothing_kept")
def test_the_page_says_what_is_wrong_with_it(browser, what):
    body, zh, en = WICKED[what]
    for language, told in (("zh-hans", zh), ("en", en)):
        page = put(browser, body, language)
        assert page.status_code == 422
        assert told in page.content.decode()


@pytest.mark.parametrize("what", [each for each in WICKED if each != "nothing"])
@pytest.mark.usefixtures("nothing_kept")
def test_a_program_is_told_the_same(program, cast, what):
    body, zh, en = WICKED[what]
    for language, told in (("zh-Hans", zh), ("en", en)):
        answer = program(cast.lin_yue, language=language).upload("open-restaurant", "floor-plan", body)
        assert answer.status_code == 422
        assert told in answer.json()["detail"]


HUNDRED_MEGABYTES = 100 * 2**20


class Stream:
    """A hundred megabytes that nobody holds; counts how far it is read."""

    def __init__(self) -> None:
        self.left, self.read_so_far = HUNDRED_MEGABYTES, 0

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        self.left -= size
        self.read_so_far += size
        return bytes(size)

    readline = read


@pytest.mark.parametrize(("language", "told"), [("zh-hans", "太大"), ("en", "is too ")])
@pytest.mark.parametrize("address", ["/drafts/1/papers", "/api/v1/documents"])
@pytest.mark.usefixtures("nothing_kept")
def test_a_hundred_megabytes_are_refused_before_they_are_read(browser, program, cast, address, language, told):
    stream = Stream()
    headers = program(cast.lin_yue)._headers() if address.startswith("/api") else {}
    browser.cookies["django_language"] = language
    answer = browser.post(
        address,
        b"",
        content_type="multipart/form-data; boundary=x",
        headers=headers | {"Idempotency-Key": "k", "Accept-Language": language},
        CONTENT_LENGTH=str(HUNDRED_MEGABYTES),
        **{"wsgi.input": stream},
    )
    assert answer.status_code == 413
    assert told in (answer.json()["detail"] if address.startswith("/api") else answer.content.decode())
    assert stream.read_so_far == 0


@pytest.mark.usefixtures("nothing_kept")
def test_a_stream_without_a_length_is_read_no_further_than_the_limit(cast, monday, settings):
    charter = in_force(monday.date()).charter
    plan = next(each.material for each in charter.materials("open-restaurant") if each.material.id == "floor-plan")
    stream = Stream()
    tracemalloc.start()
    with pytest.raises(FileTooLarge):
        take_in(name="plan.pdf", content=stream, material=plan)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert stream.read_so_far == settings.ZHENGTONG_MAX_UPLOAD + 1
    assert most < 2 * settings.ZHENGTONG_MAX_UPLOAD


def test_the_name_of_a_file_plays_no_tricks(browser):
    put(browser, picture(), "en", name="../../etc/\u202egnp.exe\r\nSet-Cookie: a")
    name = Document.objects.get().name
    assert not set(name) & set("/\\\r\n\u202e")
