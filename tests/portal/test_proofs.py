"""She keeps a proof of what was done: at once a number, within a minute a file that needs nobody to be checked."""

import pytest
from django.test import Client

from tests.restaurant import apply
from zhengtong.cases.models import Case
from zhengtong.engines.merkle import Receipt, leaf_hash
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.queries import concerning, verifier


@pytest.fixture
def case(cast, monday) -> Case:
    return apply(cast, now=monday)


@pytest.fixture
def lin_yue(signed_in, cast):
    return signed_in(cast.lin_yue)


def test_she_has_a_number_at_once_and_a_proof_when_it_is_signed(lin_yue, case, monday):
    address = f"/cases/{case.number}/acts/1.tlog-proof"
    page = lin_yue.get(f"/cases/{case.number}/filed").content.decode()
    assert f"{case.number}#1" in page and address in page
    answer = lin_yue.get(address)
    assert answer.status_code == 404
    assert "请在一分钟后再下载" in answer.content.decode()
    sequence(monday)
    answer = lin_yue.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{case.number}-1.tlog-proof"'
    assert answer["Cache-Control"] == "private, no-store"
    kept = Receipt.parse(answer.content.decode())
    assert kept.check(leaf_hash(kept.extra), verifier()).size > 1
    assert address in lin_yue.get(f"/cases/{case.number}").content.decode()


def test_nobody_else_has_it(case, signed_in, cast, monday):
    sequence(monday)
    address = f"/cases/{case.number}/acts/1.tlog-proof"
    assert signed_in(cast.wang_defu).get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("position", ["0", "999", "99999999999999999999"])
def test_there_is_no_proof_of_what_was_not_done(lin_yue, case, monday, position):
    sequence(monday)
    assert lin_yue.get(f"/cases/{case.number}/acts/{position}.tlog-proof").status_code == 404


def test_all_that_concerns_her_is_numbered_through_her_cases(case, cast, monday):
    first = apply(cast, now=monday, key="another")
    sequence(monday)
    entries = list(concerning(str(cast.lin_yue.person.handle)))
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert {case.number, first.number} <= {entry.act.subject for entry in entries}


def test_the_page_of_the_record_tells_how_it_keeps_up(case, monday, client):
    sequence(monday)
    page = client.get("/oversight/record").content.decode()
    assert str(verifier()) in page.replace("&#x2B;", "+")
    assert "/ledger/zhengtong_verify.py" in page
