"""A service keeps its word: what its implementation list promises is what its process and papers do."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.files import certificate_path
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Procedure
from zhengtong.charter.reading.faults import MISSING_FILE
from zhengtong.common.text import Text, text

UNTRUE = kind(
    "promise-not-kept",
    message=("实施清单写明{what}，{but}。", "The implementation list says {what}, but {but}."),
    why=(
        "实施清单是对公众的承诺，流程和材料必须与之一致。",
        "The implementation list is a promise to the public; process and papers have to keep it.",
    ),
    mend=("改正其中之一。", "Mend one of the two."),
)
NO_TEMPLATE = ("证照需要样式文件。", "A certificate needs its template.")

COMMITMENT = (
    text("告知承诺", "that a commitment is enough"),
    text("流程没有据此决定", "the process never decides on it"),
)
COMMITTED = text("没有承诺书", "no commitment"), text("流程却凭承诺决定", "its process decides on one")
TACIT = (
    text("默示同意", "that silence is consent"),
    text("流程没有到期自动决定", "its process never decides by silence"),
)
SILENT = text("没有默示同意", "no consent by silence"), text("流程却到期自动决定", "its process decides by silence")
TOLERATES = text("容缺受理", "that papers may come later"), text("没有可以后补的材料", "none of them may")
LATER = text("没有容缺受理", "no papers that come later"), text("有材料可以后补", "one of them may")
UNTIMED = text("材料可以后补", "that a paper may come later"), text("没有写明期限", "not until when")
CHARGED = text("收费", "that there is a fee"), text("没有列出收费项目", "lists none")
FREE = text("不收费", "that there is no fee"), text("却列出了收费项目", "lists one")
SHOWN = (
    text("证照公开字段“{name}”", "that the certificate shows “{name}” to all"),
    text("证照上没有", "it is not on it"),
)

Broken = tuple[tuple[object, ...], tuple[Text, Text]]
"""The keys in service.yaml; what it promises, and what is so instead."""


def check(of: Checked) -> Iterator[Finding]:
    for procedure in of.charter.procedures.values():
        file = f"services/{procedure.id}/service.yaml"
        for key, (what, but) in _broken(of, procedure):
            yield UNTRUE.at(of.at(file, *key), what=what, but=but)
        yield from _certificate(of, procedure, file)


def _broken(of: Checked, procedure: Procedure) -> Iterator[Broken]:
    if procedure.id in of.processes:
        yield from _decided_otherwise(of, procedure)
    yield from _papers(procedure)
    if procedure.charged != bool(procedure.fee_items):
        yield ("charged",), CHARGED if procedure.charged else FREE


def _decided_otherwise(of: Checked, procedure: Procedure) -> Iterator[Broken]:
    """By commitment or silence only where the list says so, and where it says so, indeed."""
    ways = {
        node.service.by
        for owner, node, _ in of.nodes()
        if owner == procedure.id and node.service and node.service.name == "decide"
    }
    if bool(procedure.commitment) != ("commitment" in ways):
        yield ("commitment",), COMMITMENT if procedure.commitment else COMMITTED
    if procedure.tacit_approval != ("silence" in ways):
        yield ("tacit_approval",), TACIT if procedure.tacit_approval else SILENT


def _papers(procedure: Procedure) -> Iterator[Broken]:
    later = [index for index, each in enumerate(procedure.materials) if each.necessity == "later"]
    if procedure.tolerates_missing and not later:
        yield ("tolerates_missing",), TOLERATES
    for index in later:
        if not procedure.tolerates_missing:
            yield ("materials", index, "necessity"), LATER
        if procedure.materials[index].later_within is None:
            yield ("materials", index, "necessity"), UNTIMED


def _certificate(of: Checked, procedure: Procedure, file: str) -> Iterator[Finding]:
    declared = procedure.certificate
    if declared is None:
        return
    template = certificate_path(procedure.id, declared.template)
    if template not in of.charter.files:
        place = of.at(file, "certificate", "template")
        yield MISSING_FILE.at(place, name=template, reason_zh=NO_TEMPLATE[0], reason_en=NO_TEMPLATE[1])
    for index, name in enumerate(declared.public_fields):
        if name not in declared.fields:
            what, but = SHOWN
            place = of.at(file, "certificate", "public_fields", index)
            yield UNTRUE.at(place, what=what.format(name=name), but=but)
