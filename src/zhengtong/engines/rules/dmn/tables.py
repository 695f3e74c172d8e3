"""Decision tables of a file as data (DMN 1.5, chapter 8)."""

from zhengtong.common.text import text
from zhengtong.engines.rules.dmn.boxed import READERS, Boxes
from zhengtong.engines.rules.dmn.document import Xml, line_of, reference
from zhengtong.engines.rules.dmn.notes import note_of
from zhengtong.engines.rules.errors import RulesFault
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.lexer import normal

_POLICIES = {
    "UNIQUE": "U",
    "ANY": "A",
    "PRIORITY": "P",
    "FIRST": "F",
    "RULE ORDER": "R",
    "OUTPUT ORDER": "O",
    "COLLECT": "C",
}


def _table(self: Boxes, xml: Xml) -> tree.Table:
    policy = xml.get("hitPolicy", "UNIQUE")
    if policy not in _POLICIES:
        raise RulesFault(text(f"未知的命中策略“{policy}”。", f"There is no hit policy “{policy}”."), line_of(xml))
    inputs = tuple(_input(self, each) for each in self.document.children(xml, "input"))
    outputs = tuple(_output(self, each) for each in self.document.children(xml, "output"))
    rules = self.document.children(xml, "rule")
    return tree.Table(
        key=xml.get("id", ""),
        policy=_POLICIES[policy],
        aggregation=xml.get("aggregation", "") if policy == "COLLECT" else "",
        inputs=inputs,
        outputs=outputs,
        rules=tuple(_rule(self, number, each, inputs, outputs) for number, each in enumerate(rules, 1)),
        note=note_of(self.document, xml),
    )


def _input(self: Boxes, xml: Xml) -> tree.Input:
    inner = xml.find(self.document.tag("inputExpression"))
    written = self.document.text(inner).strip() or xml.get("label", "")
    kind = reference(inner) if inner is not None else None
    allowed = xml.find(self.document.tag("inputValues"))
    tests = self.tests(self.document.text(allowed), allowed) if allowed is not None else None
    return tree.Input(
        expression=self.expression(written, xml),
        allowed=tests if tests and tests.tests else None,
        type=tree.Named(kind) if kind else None,
        label=note_of(self.document, xml, xml.get("label") or " ".join(written.split())),
        text=written,
        allowed_text=self.document.text(allowed).strip(),
    )


def _output(self: Boxes, xml: Xml) -> tree.Output:
    allowed = xml.find(self.document.tag("outputValues"))
    tests = self.tests(self.document.text(allowed), allowed).tests if allowed is not None else ()
    default = xml.find(self.document.tag("defaultOutputEntry"))
    kind = reference(xml)
    return tree.Output(
        name=normal(xml.get("name", "")),
        type=tree.Named(kind) if kind else None,
        allowed=tests,
        default=None if default is None else self.expression(self.document.text(default), default),
        label=note_of(self.document, xml, xml.get("label", "") or xml.get("name", "")),
    )


def _rule(
    self: Boxes, number: int, xml: Xml, inputs: tuple[tree.Input, ...], outputs: tuple[tree.Output, ...]
) -> tree.Rule:
    tests = list(self.document.children(xml, "inputEntry"))
    results = list(self.document.children(xml, "outputEntry"))
    if len(tests) != len(inputs) or len(results) != len(outputs):
        raise RulesFault(
            text(f"第 {number} 条规则的列数与表头不符。", f"Rule {number} has not as many cells as there are columns."),
            line_of(xml),
        )
    return tree.Rule(
        number=number,
        tests=tuple(self.tests(self.document.text(each), each) for each in tests),
        results=tuple(self.expression(self.document.text(each), each) for each in results),
        note=note_of(self.document, xml, self.document.text(xml, "description")),
        texts=tuple(self.document.text(each).strip() for each in tests),
        result_texts=tuple(self.document.text(each).strip() for each in results),
    )


READERS["decisionTable"] = _table
