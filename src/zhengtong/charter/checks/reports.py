"""Reports that everybody may read: withheld only by published rules, by who is not spoken of, judged by another."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.checks.participation import SAME_OFFICE, has_power
from zhengtong.charter.checks.references import POST, PROCEDURE, UNKNOWN, Reference, posts
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Moderation, Procedure

UNMODERATED = kind(
    "reports-without-moderation",
    message=(
        "“{name}”公开诉求，却没有写明由谁、按什么规则停止公开。",
        "“{name}” publishes reports, and nobody moderates them.",
    ),
    why=(
        "停止公开是一项措施：有公布的规则、理由和申诉途径。",
        "To withhold a report is a measure: it takes a published rule, reasons, and a way to contest it.",
    ),
    mend=(
        "在 georeport 中写 moderation：moderator、rules、appeal。",
        "Write `moderation` under `georeport`: `moderator`, `rules`, `appeal`.",
    ),
)
JUDGES_ITSELF = kind(
    "moderator-judges-itself",
    message=("申诉由“{moderator}”的机构审查。", "The appeal is decided by the office of “{moderator}”."),
    why=("申诉由另一机构审查。", "An appeal is a case at another office."),
    mend=("由另一机构的岗位审核，或者审查申诉。", "Let a post of another office moderate, or decide the appeal."),
)


def check(of: Checked) -> Iterator[Finding]:
    for listed, file in of.listed():
        if not isinstance(listed, Procedure) or listed.georeport is None:
            continue
        declared = listed.georeport.moderation
        if declared is None:
            yield UNMODERATED.at(of.at(file, "georeport"), name=listed.name)
            continue
        missing = [each for each in _references(of, declared, file) if each.name not in each.known]
        for each in missing:
            yield UNKNOWN.at(each.place, what=each.what, name=each.name, hint=hint(each.name, list(each.known)))
        if not missing:
            yield from _moderators(of, listed.id, declared, file)


def _references(of: Checked, declared: Moderation, file: str) -> Iterator[Reference]:
    at = ("georeport", "moderation")
    yield Reference(of.at(file, *at, "appeal"), PROCEDURE, declared.appeal, of.charter.procedures)
    yield Reference(of.at(file, *at, "moderator"), POST, declared.moderator, posts(of))
    for index, other in enumerate(declared.otherwise):
        yield Reference(of.at(file, *at, "otherwise", index), POST, other, posts(of))


def _moderators(of: Checked, procedure: str, declared: Moderation, file: str) -> Iterator[Finding]:
    judge, before = of.charter.procedures[declared.appeal].body.function, set[str]()
    for index, each in enumerate((declared.moderator, *declared.otherwise)):
        at = ("otherwise", index - 1) if index else ("moderator",)
        place, office = of.at(file, "georeport", "moderation", *at), each.partition("/")[0]
        yield from has_power(of, procedure, each, place)
        if office in before:
            yield SAME_OFFICE.at(place, moderator=each)
        if office == judge:
            yield JUDGES_ITSELF.at(place, moderator=each)
        before.add(office)
