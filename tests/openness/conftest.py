"""A request for information that the information officer handles."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.restaurant import do, task
from zhengtong.cases import acts as cases
from zhengtong.openness import acts

ANSWERS = {"information_description": "二〇二五年自助终端采购合同全文。", "information_form": "electronic"}


@pytest.fixture
def asked(cast, monday):
    """`asked.case`, the officer `asked.office`, and `asked.add(body)`, which puts a paper to it."""

    def file(who=cast.lin_qiang, key="info"):
        return cases.file_application(
            procedure="information-request",
            person=who.person,
            answers=ANSWERS,
            by=who,
            channel="web",
            language="zh-Hans",
            request_key=key,
            now=monday,
        )

    case, office = file(), cast.officer("city-government/information")

    def add(body, name="contract.pdf", case=case):
        return acts.add_paper(case=case, name=name, content=io.BytesIO(body), by=office, now=monday)

    def answer(output, reasons="", basis=(), case=case, **more):
        do(case, "search", "none", by=office, now=monday)
        do(case, "answer", output, by=office, now=monday, reasons=reasons, basis=list(basis), **more)
        case.refresh_from_db()
        return case

    def unclear(case=case):
        """Ask once for what is unclear; nothing comes, and the time for it is over."""
        items = [{"what": "年份", "why": "不明确"}]
        cases.request_correction(task=task(case, "search"), items=items, by=office, now=monday)
        return monday + timedelta(days=10)

    return SimpleNamespace(case=case, office=office, add=add, answer=answer, file=file, unclear=unclear, now=monday)
