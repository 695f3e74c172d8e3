"""A photograph that is handed in does not tell where it was taken, and is the same picture."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from zhengtong.cases.documents import take_in
from zhengtong.cases.photographs import without_place
from zhengtong.charter.model import Material

ORIENTATION, GPS = 0x0112, 0x8825


def photograph(kind="jpeg", *, turned=6):
    """A picture that tells where it was taken, by whom, and which way up it is."""
    image, written = Image.linear_gradient("L").convert("RGB"), io.BytesIO()
    exif = Image.Exif()
    exif[ORIENTATION], exif[0x013B] = turned, "Lin Yue"
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (30.0, 15.0, 7.5)
    told = PngInfo()
    told.add_text("Comment", "Lin Yue, N 30 15 7.5")
    more = {"comment": b"Lin Yue", "xmp": b"<x>Lin Yue</x>"} if kind == "jpeg" else {"pnginfo": told}
    image.save(written, kind, exif=exif, icc_profile=b"colours" * 20, **more)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_where_and_by_whom_it_was_taken_is_gone_and_the_picture_is_the_same(kind):
    before, after = photograph(kind), without_place(photograph(kind))
    assert b"Lin Yue" in before and b"Lin Yue" not in after
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert old.getexif().get_ifd(GPS) and not new.getexif().get_ifd(GPS)
        assert old.tobytes() == new.tobytes()
        assert new.info["icc_profile"] == b"colours" * 20


def test_a_photograph_keeps_which_way_up_it_is():
    with Image.open(io.BytesIO(without_place(photograph(turned=6)))) as image:
        assert dict(image.getexif()) == {ORIENTATION: 6}
    with Image.open(io.BytesIO(without_place(photograph(turned=1)))) as image:
        assert not image.getexif()


@pytest.mark.parametrize("options", [{"progressive": True}, {"subsampling": 0, "restart_marker_rows": 1}])
def test_a_second_picture_behind_the_first_goes_with_its_place(options):
    image, written = Image.effect_noise((90, 70), 80).convert("RGB"), io.BytesIO()
    image.save(written, "jpeg", **options)
    body = written.getvalue() + photograph()
    with Image.open(io.BytesIO(body)) as old, Image.open(io.BytesIO(without_place(body))) as new:
        assert old.tobytes() == new.tobytes()
    assert b"Lin Yue" in body and b"Lin Yue" not in without_place(body)


def test_it_stays_as_it_is_where_the_charter_says_so_and_only_there():
    material = {"id": "photo", "name": {"en": "Photo"}, "legal_basis": ["petition-regulation/19"]}
    body = photograph()
    kept = take_in(name="a.jpg", content=io.BytesIO(body), material=Material(**material, keeps_location=True))
    taken = take_in(name="a.jpg", content=io.BytesIO(body), material=Material(**material))
    assert kept.body == body and b"Lin Yue" not in taken.body
    assert taken.document.size == len(taken.body)


def test_what_is_no_picture_stays_as_it_is():
    assert without_place(b"%PDF-1.7 Lin Yue") == b"%PDF-1.7 Lin Yue"
