"""A request for information is answered with papers from which the law's exceptions are really gone."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from tests.cases.test_photographs import photograph
from tests.redaction.papers import contract, packed
from tests.redaction.test_redaction import read, unpacked
from tests.restaurant import task
from zhengtong.cases import acts as cases
from zhengtong.cases import documents
from zhengtong.cases.content_errors import ContentMissing
from zhengtong.cases.errors import AskedAlready, NotYourTask, ReasonsMissing, TooLateToAsk
from zhengtong.engines.redaction import RedactionFault, Region
from zhengtong.ledger.queries import of
from zhengtong.openness import acts
from zhengtong.openness.errors import (
    GivenAlready,
    GivenInPart,
    NotADocument,
    NotDisclosing,
    NothingMarked,
    NothingRedacted,
    NotSaidWhether,
)
from zhengtong.openness.models import Paper, Published
from zhengtong.openness.queries import given_in

SECRET, PRIVATE = "open-information-regulation/14", "open-information-regulation/15"


def mark(asked, paper, **what):
    return acts.mark(paper=paper, ground=PRIVATE, by=asked.office, now=asked.now, **what)


def give(asked, paper, *, personal=False, title="自助终端采购合同"):
    return acts.give(paper=paper, title=title, personal=personal, by=asked.office, now=asked.now)


def test_what_is_marked_is_gone_from_the_file_that_is_given(asked):
    paper = asked.add(packed())
    mark(asked, paper, passage="张三丰")
    mark(asked, paper, region=Region(2, 0, 0, 1, 1))
    given = documents.read(give(asked, paper).given_path)
    assert "张三丰" not in read(given) and "第二页" not in read(given) and "4321" in read(given)
    assert b"ecretive" not in unpacked(given)


def test_the_ledger_knows_that_and_why_but_never_what(asked):
    paper = asked.add(contract())
    mark(asked, paper, passage="张三丰")
    give(asked, paper)
    kinds = [each.kind for each in of(asked.case.number)]
    assert kinds[-3:] == ["openness.paper.added", "openness.paper.marked", "openness.paper.given"]
    assert not any("张三丰" in str(each.__dict__) for each in of(asked.case.number))
    for path in (paper.path, Paper.objects.get().given_path):
        with default_storage.open(path) as file:
            assert b"%PDF" not in file.read()


def test_a_mark_needs_an_article_by_which_the_regulation_withholds(asked):
    paper = asked.add(contract())
    for wrong in ("", "open-information-regulation/36", "open-information-regulation/99"):
        with pytest.raises(NothingMarked):
            acts.mark(paper=paper, ground=wrong, passage="张三丰", by=asked.office, now=asked.now)
    for nothing in ({}, {"passage": " "}, {"region": Region(1, 0.5, 0, 0.2, 1)}):
        with pytest.raises(NothingMarked):
            mark(asked, paper, **nothing)


def test_a_mark_that_marks_nothing_stops_the_file(asked):
    paper = asked.add(contract())
    wrong = mark(asked, paper, passage="李四")
    with pytest.raises(RedactionFault):
        give(asked, paper)
    acts.unmark(found=wrong, by=asked.office, now=asked.now)
    assert give(asked, paper).given_at


def test_what_was_given_is_not_changed_any_more(asked):
    paper = asked.add(contract())
    give(asked, paper)
    with pytest.raises(GivenAlready):
        mark(asked, paper, passage="张三丰")
    with pytest.raises(GivenAlready):
        acts.remove_paper(paper=paper, by=asked.office, now=asked.now)


def test_a_paper_that_does_not_answer_is_taken_out(asked):
    acts.remove_paper(paper=asked.add(b"plain", name="a.txt"), by=asked.office, now=asked.now)
    assert not Paper.objects.exists()
    with pytest.raises(NotADocument):
        asked.add(b"\x00\x01")


def test_only_the_post_that_has_the_step_discloses(asked, cast, monday):
    with pytest.raises(NotDisclosing):
        acts.add_paper(case=asked.case, name="x", content=io.BytesIO(b"x"), by=cast.licensing, now=monday)
    asked.answer("not-held", "经检索没有。", contents={"searched": "市档案室"})
    with pytest.raises(NotDisclosing):
        asked.add(b"late")


def test_it_is_given_with_the_answer_and_published_unless_it_is_personal(asked):
    for personal in (False, True):
        give(asked, asked.add(contract()), personal=personal, title=f"合同 {personal}")
    with pytest.raises(NotSaidWhether):
        acts.give(paper=asked.add(b"x"), title="x", personal=None, by=asked.office, now=asked.now)
    assert given_in(asked.case) == [] and acts.publish_due(now=asked.now) == 0
    case = asked.answer("granted")
    assert len(given_in(case)) == 2
    assert acts.publish_due(now=asked.now) == 1 and acts.publish_due(now=asked.now) == 0
    found = Published.objects.get()
    given = documents.read(Paper.objects.get(personal=False, given_at__isnull=False).given_path)
    assert (found.title, found.office, documents.read(found.path)) == ("合同 False", "city-government", given)


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_a_paper_in_which_nothing_is_marked_is_given_without_what_it_tells_beside(asked, kind):
    sent = photograph(kind)
    with Image.open(io.BytesIO(sent)) as old:
        assert old.getexif()
    given = documents.read(give(asked, asked.add(sent, name=f"a.{kind}")).given_path)
    with Image.open(io.BytesIO(given)) as new:
        assert not new.getexif() and not new.info.get("icc_profile")
    assert b"Lin Yue" not in given


def test_a_pdf_in_which_nothing_is_marked_is_made_anew(asked):
    given = documents.read(give(asked, asked.add(contract() + b"\n%%hidden note behind the end")).given_path)
    assert b"hidden note" not in given and given.startswith(b"%PDF")


def test_an_answer_in_part_takes_a_paper_that_was_redacted(asked):
    def answered(output):
        step = task(asked.case, "answer")
        return cases.complete(task=step, output=output, reasons="理由", by=asked.office, now=asked.now)

    give(asked, asked.add(b"plain words", name="a.txt"))
    with pytest.raises(NothingRedacted):
        asked.answer("partly", "理由")
    paper = asked.add(b"plain words", name="b.txt")
    mark(asked, paper, passage="words")
    with pytest.raises(NothingRedacted):  # marked, and not given yet
        answered("partly")
    give(asked, paper, title="b")
    with pytest.raises(GivenInPart):
        answered("granted")
    assert answered("partly").outcome == "withheld"


CONTENTS = {
    "already-public": {"where": "公报第三期"},
    "not-held": {"searched": "市档案室"},
    "not-ours": {"why": "由消防作出", "whose": "消防救援支队"},
    "repeated": {"earlier": "一月十二日的答复"},
    "special-rules": {"law": "不动产登记暂行条例", "where": "登记窗口"},
    "needs-processing": {"missing": "需要逐件统计"},
    "abandoned": {"asked": "2026-03-02"},
}
KINDS = {
    "already-public": {"36"},
    "partly": {"37"},
    "withheld-secret": {"14", "36"},
    "withheld-third-party": {"15", "36"},
    "withheld-internal": {"16", "36"},
    "withheld-process": {"16", "36"},
    "not-held": {"36"},
    "not-ours": {"36"},
    "repeated": {"36"},
    "special-rules": {"36"},
    "needs-processing": {"38"},
    "is-petition": {"39"},
    "publications": {"39"},
    "abandoned": {"30"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_answer_carries_its_article_reasons_and_the_way_to_reconsideration(asked, kind):
    with pytest.raises((ReasonsMissing, ContentMissing)):
        asked.answer(kind)
    if kind == "partly":
        paper = asked.add(b"plain words", name="a.txt")
        mark(asked, paper, passage="words")
        give(asked, paper)
    step, contents = task(asked.case, "answer"), CONTENTS.get(kind, {})
    told = {"output": kind, "reasons": "理由", "contents": contents}
    if contents:
        with pytest.raises(ContentMissing):
            cases.complete(task=step, **told | {"contents": {}}, by=asked.office, now=asked.now)
    cases.complete(task=step, **told, by=asked.office, now=asked.now)
    decision = asked.case.decisions.get()
    assert {ref.rpartition("/")[2] for ref in decision.legal_basis} == KINDS[kind]
    assert decision.adverse and decision.appeal_until
    letter = asked.case.letters.get(name="answered").body
    assert "应当先申请行政复议" in letter and "条例" in letter
    assert all(said in letter for said in (*contents.values(), "理由"))


def test_what_is_unclear_is_asked_once_and_within_seven_working_days(asked, cast):
    items = [{"what": "年份", "why": "不明确"}]

    def ask(days, case):
        now = asked.now + timedelta(days=days)
        return cases.request_correction(task=task(case, "search"), items=items, by=asked.office, now=now)

    stop = ask(9, asked.case)  # Wednesday 11 March, the seventh working day
    cases.answer_correction(stop=stop, note="2025", by=cast.lin_qiang, now=asked.now + timedelta(days=10))
    with pytest.raises(AskedAlready):
        ask(10, asked.case)
    with pytest.raises(TooLateToAsk):
        ask(10, asked.file(key="other"))


def test_twenty_days_more_are_granted_once_and_told(asked, cast):
    before = asked.case.statutory_on
    head = cast.officer("supervision-office/duty")
    cases.extend(case=asked.case, reason="需要检索历年档案。", by=head, now=asked.now)
    asked.case.refresh_from_db()
    assert str(before) == "2026-03-30" and str(asked.case.statutory_on) == "2026-04-28"
    assert asked.case.letters.filter(name="extended").exists()


def test_another_officer_in_the_same_case_may_not(asked, cast):
    paper = asked.add(contract())
    with pytest.raises((NotDisclosing, NotYourTask)):
        acts.give(paper=paper, title="x", personal=False, by=cast.supervisor, now=asked.now)
