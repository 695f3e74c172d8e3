"""Those who speak for many are named in rows, up to a number, are told, and are not shown to everybody."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.checks.letters import NO_LETTER, letter_files
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Procedure, Question
from zhengtong.common.text import Text, text

UNFIT = kind(
    "representatives-unfit",
    message=(
        "事项“{name}”的代表由问题“{question}”推选，该问题{fault}。",
        "“{name}” asks for representatives by “{question}”, which {fault}.",
    ),
    why=(
        "代表要有姓名和联系方式，机关才能找到他们；人数有上限；姓名不向公众公开。",
        "An office has to reach those who speak for many; there are only so many; the public is not told who.",
    ),
    mend=(
        "在 form.json 中写一个 items 为 object 的 array，含必填的 name 和 reach，以及 maxItems。",
        "Write an array in form.json whose items are objects with `name` and `reach`, both required, and its maxItems.",
    ),
)
NOT_THERE = text("不在表单中", "is not in the form")
NOT_ROWS = text("不是逐行填写的", "is not answered in rows")
NO_COLUMN = text("没有必填的“{column}”", "does not require “{column}” of each")
PUBLIC = text("会向公众公开", "everybody would read")
REPRESENTATIVE = text("推选代表", "naming a representative")
LETTER = "representative"


def check(of: Checked) -> Iterator[Finding]:
    for listed, file in of.listed():
        if not isinstance(listed, Procedure) or listed.representatives is None:
            continue
        asked, place = listed.representatives.question, of.at(file, "representatives")
        form = of.charter.forms.get(listed.id)
        for fault in _faults(listed, form.question(asked) if form else None):
            yield UNFIT.at(place, name=listed.name, question=asked, fault=fault)
        if not letter_files(of, listed.id, LETTER):
            yield NO_LETTER.at(place, name=REPRESENTATIVE, letter=LETTER)


def _faults(listed: Procedure, question: Question | None) -> Iterator[Text]:
    if question is None:
        yield NOT_THERE
    elif not question.columns:
        yield NOT_ROWS
    else:
        needed = {each.name for each in question.columns if each.required}
        yield from (NO_COLUMN.format(column=column) for column in ("name", "reach") if column not in needed)
        if question.name in _public(listed):
            yield PUBLIC


def _public(listed: Procedure) -> set[str]:
    """The answers that everybody may come to read."""
    shown, certificate = listed.georeport, listed.certificate
    read = {shown.service, shown.description, shown.place, shown.public} if shown else set()
    return read | set(certificate.public_fields if certificate else ())
