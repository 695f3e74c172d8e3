"""依法行政: nothing without a legal basis, and no basis that is not law on the day."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from zhengtong.charter.checks.context import PARTY, Checked, hint
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.charter.reading.faults import MISSING_BASIS
from zhengtong.charter.reading.parts import BASES
from zhengtong.charter.reading.xml_file import ZT, place
from zhengtong.common.text import Text, text

NO_ARTICLE = kind(
    "no-such-article",
    message=("章程的法律中没有“{basis}”。", "The laws of the charter do not have “{basis}”."),
    why=("法律依据必须查得到原文。", "Whoever is told a legal basis must be able to read it."),
    mend=("{hint}检查条号，或者在 {file} 中写入该条。", "{hint}Check the article, or write it into {file}."),
)
NOT_IN_FORCE = kind(
    "article-not-in-force",
    message=("“{basis}”在 {on} 当日无效。", "“{basis}” is not in force on {on}."),
    why=("行政行为只能依据当时有效的法律。", "An office acts by the law that is in force on the day."),
    mend=("改用有效的条文，或者改变生效日期。", "Cite what is in force, or choose another date of force."),
)

# What the program does that changes somebody's rights.
DEEDS = {"accept", "decide", "set-aside", "remit", "erase", "restrict"}
STEP, SERVICE = text("步骤“{name}”", "The step “{name}”"), text("自动步骤“{name}”", "The automatic step “{name}”")
RULE, TABLE = text("规则“{name}”", "The rule “{name}”"), text("决定“{name}”", "The decision “{name}”")
ASKED = text("问题“{name}”", "The question “{name}”")


def check(of: Checked) -> Iterator[Finding]:
    for where, basis in _cited(of):
        if of.charter.article(basis) is None:
            yield NO_ARTICLE.at(where, basis=basis, file=_file(basis), hint=hint(basis, _articles(of)))
        elif of.on and of.charter.article(basis, of.on) is None:
            yield NOT_IN_FORCE.at(where, basis=basis, on=of.on.isoformat())
    for subject in (_steps, _rules, _questions):
        for where, what in subject(of):
            yield MISSING_BASIS.at(where, what=what)


def _file(basis: str) -> str:
    return f"laws/{basis.partition('/')[0]}.yaml"


def _articles(of: Checked) -> list[str]:
    return [f"{law.id}/{each.article}" for law in of.charter.laws.values() for each in law.articles]


def _cited(of: Checked) -> Iterator[tuple[Place, str]]:
    """Every basis that any file names."""
    for tree in of.read.trees.values():
        for path in tree.lines:
            if len(path) > 1 and path[-2] in BASES and isinstance(path[-1], int):
                yield tree.place(*path), str(_value(tree.value, path))
    for file, root in of.read.xml.items():
        for element in root.iter(etree.Element):
            if element.get("legalBasis"):
                yield place(file, element), str(element.get("legalBasis"))
            if element.tag == f"{{{ZT}}}legalBasis":
                yield place(file, element), str(element.get("ref", ""))


def _value(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def _steps(of: Checked) -> Iterator[tuple[Place, Text]]:
    """What an office or the program does to a case needs its own basis; the party's own steps do not."""
    for _, node, where in of.nodes():
        if node.task and node.task.post != PARTY and not node.legal_basis:
            yield where, STEP.format(name=node.name or node.id)
        if node.service and node.service.name in DEEDS and not node.legal_basis:
            yield where, SERVICE.format(name=node.name or node.id)


def _rules(of: Checked) -> Iterator[tuple[Place, Text]]:
    """Every rule of a table names its law, for the party is told the rule that fired; other decisions name theirs."""
    for file, root in of.xml(".dmn"):
        for decision in root.iter("{*}decision"):
            rules = list(decision.iter("{*}rule"))
            for rule in rules:
                if not _own_basis(rule):
                    yield place(file, rule), RULE.format(name=rule.get("id", ""))
            if not rules and not _own_basis(decision):
                yield place(file, decision), TABLE.format(name=decision.get("name", ""))


def _own_basis(element: etree._Element) -> bool:
    return element.find(f"{{*}}extensionElements/{{{ZT}}}legalBasis") is not None


def _questions(of: Checked) -> Iterator[tuple[Place, Text]]:
    for service, form in of.charter.forms.items():
        for question in form.questions:
            if not question.basis:
                where = of.at(f"services/{service}/form.json", "properties", question.name)
                yield where, ASKED.format(name=question.title or question.name)
