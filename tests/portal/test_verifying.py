"""Anyone can see whether a certificate is valid, and whether a file is the very one; no more than must be is shown."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhengtong.cases.certificates import make_due
from zhengtong.cases.documents import read
from zhengtong.cases.models import Case, Certificate
from zhengtong.cases.numbers import new_number


@pytest.fixture
def certificate(cast, monday) -> Certificate:
    """A certificate of a case that was granted."""
    from tests.restaurant import apply, do, part
    from zhengtong.cases.closing import issue_certificate

    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    licence: Case = part(case, "business-licence")
    return issue_certificate(licence, now=monday)


def show(client, number: str) -> tuple[int, str]:
    answer = client.get(f"/verify/{number}")
    return answer.status_code, answer.content.decode()


def test_a_valid_certificate_is_valid_and_shows_what_is_public(client, certificate):
    status, page = show(client, certificate.number)
    assert status == 200
    assert "有效" in page
    assert "和平区" in page


def test_it_shows_no_more_than_it_must(client, certificate):
    _status, page = show(client, certificate.number)
    assert "林悦" not in page
    assert certificate.case.number not in page


def test_a_revoked_one_is_revoked(client, certificate):
    Certificate.objects.update(status="revoked")
    assert "已撤销" in show(client, certificate.number)[1]


def test_an_expired_one_is_expired(client, certificate, monday):
    Certificate.objects.update(valid_to=monday.date() - timedelta(days=1))
    assert "已过期" in show(client, certificate.number)[1]


def test_an_unknown_number_is_unknown(client, cast):
    status, page = show(client, new_number("QC", 2026))
    assert status == 404
    assert "查无此证" in page
    assert "请不要相信" in page


def test_a_slip_of_the_pen_is_called_one(client, cast):
    assert "校验位不对" in show(client, "QC-2026-0000-0000-0000-01")[1]


@pytest.mark.parametrize("number", ["%00", "a" * 500, "'; drop", "../.."])
def test_strange_numbers_are_only_unknown(client, cast, number):
    assert client.get(f"/verify/{number}").status_code == 404


def test_the_form_leads_to_the_certificate(client, certificate):
    assert client.get("/verify", {"number": f" {certificate.number.lower()} "})["Location"].endswith(certificate.number)


@pytest.mark.parametrize(("altered", "told"), [(False, "真实有效"), (True, "不是所签发的证照")])
def test_altering_one_byte_of_the_file_shows(client, certificate, monday, altered, told):
    make_due(now=monday)
    certificate.refresh_from_db()
    body = bytearray(read(certificate.path))
    body[len(body) // 2] ^= altered
    file = SimpleUploadedFile("licence.pdf", bytes(body))
    answer = client.post(f"/verify/{certificate.number}", {"file": file})
    assert told in answer.content.decode()


def test_no_file_is_told_at_the_field(client, certificate):
    assert "请先选择文件" in client.post(f"/verify/{certificate.number}").content.decode()


def test_she_downloads_her_certificate_and_nobody_else_does(signed_in, cast, certificate, monday):
    address = f"/cases/{certificate.case.number}/certificates/{certificate.number}.pdf"
    assert signed_in(cast.lin_yue).get(address).status_code == 202
    make_due(now=monday)
    answer = signed_in(cast.lin_yue).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert signed_in(cast.lin_qiang).get(address).status_code == 404
