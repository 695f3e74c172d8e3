"""A request for information is answered with papers from which the law's exceptions are really gone."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from tests.cases.test_photographs import photograph
from tests.cast import signed_in
from tests.redaction.papers import contract, packed
from tests.redaction.test_redaction import read, unpacked
from tests.restaurant import do, task
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
    NothingReady,
    NothingRedacted,
    NotReady,
    NotSaidWhether,
    OnlyTheOfficeGives,
    ReadyAlready,
)
from zhengtong.openness.giving import publish_due
from zhengtong.openness.models import Paper, Published
from zhengtong.openness.queries import given_in
from zhengtong.people.actor import Actor

SECRET, PRIVATE = "open-information-regulation/14", "open-information-regulation/15"


def mark(asked, paper, **what):
    return acts.mark(paper=paper, ground=PRIVATE, by=asked.office, now=asked.now, **what)


def ready(asked, paper, *, personal=False, title="自助终端采购合同"):
    return acts.make_ready(paper=paper, title=title, personal=personal, by=asked.office, now=asked.now)


def taken_back(asked, paper):
    return acts.take_back(paper=paper, by=asked.office, now=asked.now)


SAYS_WHERE = {"where": "数据开放网站", "when": "2026-04-20"}


def test_what_is_marked_is_gone_from_the_file_that_is_given(asked):
    paper = asked.add(packed())
    mark(asked, paper, passage="张三丰")
    mark(asked, paper, region=Region(2, 0, 0, 1, 1))
    given = documents.read(ready(asked, paper).ready_path)
    assert "张三丰" not in read(given) and "第二页" not in read(given) and "4321" in read(given)
    assert b"ecretive" not in unpacked(given)


def test_the_ledger_knows_that_and_why_but_never_what(asked):
    paper = asked.add(contract())
    mark(asked, paper, passage="张三丰")
    ready(asked, paper)
    kinds = [each.kind for each in of(asked.case.number)]
    assert kinds[-3:] == ["openness.paper.added", "openness.paper.marked", "openness.paper.made-ready"]
    assert not any("张三丰" in str(each.__dict__) for each in of(asked.case.number))
    for path in (paper.path, Paper.objects.get().ready_path):
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
        ready(asked, paper)
    acts.unmark(found=wrong, by=asked.office, now=asked.now)
    assert ready(asked, paper).ready_at


def test_what_is_ready_is_not_changed_before_it_is_taken_back(asked):
    paper = asked.add(contract())
    found = mark(asked, paper, passage="张三丰")
    ready(asked, paper)
    for change in (
        lambda: mark(asked, paper, passage="4321"),
        lambda: acts.unmark(found=found, by=asked.office, now=asked.now),
        lambda: acts.remove_paper(paper=paper, by=asked.office, now=asked.now),
        lambda: ready(asked, paper),
    ):
        with pytest.raises(ReadyAlready):
            change()
    taken_back(asked, paper)
    with pytest.raises(NotReady):
        taken_back(asked, paper)
    acts.unmark(found=found, by=asked.office, now=asked.now)
    acts.remove_paper(paper=paper, by=asked.office, now=asked.now)


def test_a_bad_first_version_is_replaced_and_only_the_second_is_given(asked, django_capture_on_commit_callbacks):
    paper = asked.add(contract())
    first = ready(asked, paper).ready_path
    with django_capture_on_commit_callbacks(execute=True):
        taken_back(asked, paper)
    assert not default_storage.exists(first)
    mark(asked, paper, passage="张三丰")
    ready(asked, paper)
    asked.answer("partly", "理由")
    assert [read(documents.read(each.ready_path)) for each in given_in(asked.case)]
    assert publish_due(now=asked.now) == 1
    assert "张三丰" not in read(documents.read(Published.objects.get().path))
    kinds = [each.kind.removeprefix("openness.paper.") for each in of(asked.case.number) if "paper" in each.kind]
    assert kinds == ["added", "made-ready", "taken-back", "marked", "made-ready", "given", "published"]
    assert "张三丰" not in read(documents.read(given_in(asked.case)[0].ready_path))


def test_only_the_post_that_has_the_step_takes_back_and_nothing_that_was_given(asked, cast):
    paper = ready(asked, asked.add(contract()))
    with pytest.raises(NotDisclosing):
        acts.take_back(paper=paper, by=cast.licensing, now=asked.now)
    asked.answer("granted")
    with pytest.raises(NotDisclosing):
        taken_back(asked, paper)


WITHHELD = ["withheld-secret", "withheld-third-party", "withheld-internal", "withheld-process", "already-public"]
WITHHELD += ["not-held", "not-ours", "repeated", "special-rules", "needs-processing", "is-petition", "publications"]


@pytest.mark.parametrize("kind", WITHHELD)
def test_what_is_ready_goes_to_nobody_with_an_answer_that_withholds(asked, kind, settings):
    paper = ready(asked, asked.add(contract()), title="甲号文件")
    asked.answer(kind, "理由", contents=CONTENTS.get(kind, {}))
    require_nothing_given(asked, paper, settings)


def test_what_is_ready_goes_to_nobody_when_the_request_is_withdrawn(asked, cast, settings):
    paper = ready(asked, asked.add(contract()), title="甲号文件")
    cases.withdraw(case=asked.case, reason="", by=cast.lin_qiang, now=asked.now)
    require_nothing_given(asked, paper, settings)


def require_nothing_given(asked, paper, settings):
    settings.ZHENGTONG_CLOCK = asked.now.isoformat()
    asked.case.refresh_from_db()
    assert not asked.case.is_open
    assert given_in(asked.case) == []
    browser = signed_in(Actor(asked.case.applicant))
    assert browser.get(f"/cases/{asked.case.number}/given/{paper.pk}").status_code == 404
    assert "甲号文件" not in browser.get(f"/cases/{asked.case.number}").content.decode()
    assert publish_due(now=asked.now) == 0
    assert not Published.objects.exists()
    assert not of(asked.case.number).filter(kind="openness.paper.given").exists()


def appealed(asked, cast, output):
    """Lin Qiang appeals, and the decision on it is taken."""
    judge, head = cast.officer("justice-bureau/reconsideration"), cast.officer("justice-bureau/head")
    asks = {"appeal_request": "remit", "appeal_reasons": "不是内部信息，与事实不符。", "stay_wanted": False}
    appeal = cases.file_application(
        procedure="appeal",
        person=cast.lin_qiang.person,
        about=asked.case,
        answers=asks | {"hearing_wanted": False, "norm_review_wanted": False},
        by=cast.lin_qiang,
        channel="web",
        language="zh-Hans",
        request_key="appeal",
        now=asked.now,
    )
    for step, ends in (
        ("accept", "accepted"),
        ("exchange", "received"),
        ("hear", "in-writing"),
        ("propose", "overturn"),
    ):
        do(appeal, step, ends, by=judge, now=asked.now)
    do(appeal, "decide", output, by=head, now=asked.now, reasons="依据不合法。", basis=["reconsideration-law/64"])
    asked.case.refresh_from_db()
    return appeal


def test_what_an_answer_gave_is_given_no_more_once_the_answer_that_stands_withholds(asked, cast):
    paper = asked.add(contract())
    mark(asked, paper, passage="张三丰")
    ready(asked, paper)
    asked.answer("partly", "理由")
    assert given_in(asked.case) == [paper]
    appealed(asked, cast, "remitted")
    assert given_in(asked.case) == []
    assert publish_due(now=asked.now) == 0
    with pytest.raises(GivenAlready):
        taken_back(asked, paper)
    asked.answer("withheld-internal", "理由")
    assert given_in(asked.case) == []
    assert publish_due(now=asked.now) == 0


def test_no_appeal_grants_a_request_with_nothing_to_give(asked, cast):
    asked.answer("withheld-internal", "理由")
    with pytest.raises(OnlyTheOfficeGives):
        appealed(asked, cast, "set-aside")
    asked.case.refresh_from_db()
    assert (asked.case.outcome, given_in(asked.case)) == ("withheld", [])
    assert asked.case.decisions.get().set_aside_at is None


def test_after_an_appeal_more_is_disclosed_beside_what_was_given_in_part(asked, cast):
    paper = asked.add(contract())
    mark(asked, paper, passage="张三丰")
    ready(asked, paper)
    asked.answer("partly", "理由")
    appealed(asked, cast, "remitted")
    with pytest.raises(NothingReady):
        asked.answer("granted")
    whole = ready(asked, asked.add(contract()), title="全文")
    step = task(asked.case, "answer")
    cases.complete(task=step, output="granted", by=asked.office, now=asked.now)
    asked.case.refresh_from_db()
    assert given_in(asked.case) == [paper, whole]


def test_an_answer_in_full_takes_a_paper_or_says_where_and_when_it_can_be_had(asked):
    with pytest.raises(NothingReady):
        asked.answer("granted")
    paper = asked.add(contract())
    step = {"task": task(asked.case, "answer"), "by": asked.office, "now": asked.now}
    with pytest.raises(NothingReady):  # added, and not ready
        cases.complete(output="granted", **step)
    mark(asked, paper, passage="张三丰")
    ready(asked, paper)
    for output, says in (("granted", {}), ("to-be-given", SAYS_WHERE)):
        with pytest.raises(GivenInPart):
            cases.complete(output=output, contents=says, **step)
    taken_back(asked, paper)
    assert cases.complete(output="to-be-given", contents=SAYS_WHERE, **step).outcome == "granted"


def test_it_is_taken_back_on_the_page_of_the_paper(asked, settings):
    settings.ZHENGTONG_CLOCK = asked.now.isoformat()
    paper = ready(asked, asked.add(contract()), title="“终端”合同 & 附件")
    browser = signed_in(asked.office, headers={"Accept-Language": "en"})
    page = f"/desk/{asked.office.post}/cases/{asked.case.number}/papers/{paper.pk}"
    assert "Take the file back" in browser.get(page).content.decode()
    assert browser.post(page, {"do": "back"}).status_code == 302
    told = browser.get(page).content.decode()
    assert "Mark a passage" in told and "“终端”合同 &amp; 附件" in told
    assert browser.post(page, {"do": "back"}).status_code == 409
    browser.post(page, {"do": "ready", "title": "合同", "publish": "yes"})
    paper.refresh_from_db()
    assert paper.ready_at and str(paper.title) == "合同"


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
        ready(asked, asked.add(contract()), personal=personal, title=f"合同 {personal}")
    with pytest.raises(NotSaidWhether):
        acts.make_ready(paper=asked.add(b"x"), title="x", personal=None, by=asked.office, now=asked.now)
    assert given_in(asked.case) == [] and publish_due(now=asked.now) == 0
    case = asked.answer("granted")
    assert len(given_in(case)) == 2
    assert publish_due(now=asked.now) == 1 and publish_due(now=asked.now) == 0
    found = Published.objects.get()
    given = documents.read(Paper.objects.get(personal=False, ready_at__isnull=False).ready_path)
    assert (found.title, found.office, documents.read(found.path)) == ("合同 False", "city-government", given)


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_a_paper_in_which_nothing_is_marked_is_given_without_what_it_tells_beside(asked, kind):
    sent = photograph(kind)
    with Image.open(io.BytesIO(sent)) as old:
        assert old.getexif()
    given = documents.read(ready(asked, asked.add(sent, name=f"a.{kind}")).ready_path)
    with Image.open(io.BytesIO(given)) as new:
        assert not new.getexif() and not new.info.get("icc_profile")
    assert b"Lin Yue" not in given


def test_a_pdf_in_which_nothing_is_marked_is_made_anew(asked):
    given = documents.read(ready(asked, asked.add(contract() + b"\n%%hidden note behind the end")).ready_path)
    assert b"hidden note" not in given and given.startswith(b"%PDF")


def test_an_answer_in_part_takes_a_paper_that_was_redacted(asked):
    def answered(output):
        step = task(asked.case, "answer")
        return cases.complete(task=step, output=output, reasons="理由", by=asked.office, now=asked.now)

    ready(asked, asked.add(b"plain words", name="a.txt"))
    with pytest.raises(NothingRedacted):
        asked.answer("partly", "理由")
    paper = asked.add(b"plain words", name="b.txt")
    mark(asked, paper, passage="words")
    with pytest.raises(NothingRedacted):  # marked, and not given yet
        answered("partly")
    ready(asked, paper, title="b")
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
    now = asked.unclear() if kind == "abandoned" else asked.now
    do(asked.case, "search", "none", by=asked.office, now=now)
    with pytest.raises((ReasonsMissing, ContentMissing)):
        do(asked.case, "answer", kind, by=asked.office, now=now)
    if kind == "partly":
        paper = asked.add(b"plain words", name="a.txt")
        mark(asked, paper, passage="words")
        ready(asked, paper)
    step, contents = task(asked.case, "answer"), CONTENTS.get(kind, {})
    told = {"output": kind, "reasons": "理由", "contents": contents}
    if contents:
        with pytest.raises(ContentMissing):
            cases.complete(task=step, **told | {"contents": {}}, by=asked.office, now=now)
    cases.complete(task=step, **told, by=asked.office, now=now)
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
        acts.make_ready(paper=paper, title="x", personal=False, by=cast.supervisor, now=asked.now)
