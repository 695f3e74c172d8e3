"""What people read is there in each of the charter's languages."""

from collections.abc import Iterator
from typing import Any

from lxml import etree
from pydantic import BaseModel

from zhengtong.charter.checks.context import Checked, bpmn
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.reading.tree import Path
from zhengtong.charter.reading.xml_file import ZT, place
from zhengtong.common.text import Text

MISSING = kind(
    "text-missing",
    message=("“{what}”缺少语言 {languages} 的文字。", "“{what}” has no text in {languages}."),
    why=(
        "章程声明了这些语言，人们要用自己的语言读到一切。",
        "The charter declares these languages; people read all in theirs.",
    ),
    mend=("补上文字。", "Add the text."),
)

NAMED = {
    bpmn(name)
    for name in (
        *("process", "startEvent", "endEvent", "userTask", "serviceTask", "businessRuleTask", "callActivity"),
        *("manualTask", "scriptTask", "receiveTask", "sendTask", "subProcess", "boundaryEvent"),
        *("intermediateCatchEvent", "intermediateThrowEvent"),
    )
}
NAMED_IF_LABELLED = {
    bpmn(name)
    for name in ("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "sequenceFlow")
}
NAMED_IN_DMN = {"inputData", "decision", "input", "rule"}


def check(of: Checked) -> Iterator[Finding]:
    for file, part in of.read.by_file.items():
        for path, text in _walk(part, ()):
            yield from _lacking(of, file, path, text)
    for file, root in of.xml(".bpmn"):
        for element in root.iter(etree.Element):
            labelled = element.tag in NAMED_IF_LABELLED and (element.get("name") or _texts(element))
            if element.tag in NAMED or labelled:
                yield from _element(of, file, element)
    for file, root in of.xml(".dmn"):
        for element in root.iter(etree.Element):
            if etree.QName(element).localname in NAMED_IN_DMN and element.get("id"):
                yield from _element(of, file, element)


def _lacking(of: Checked, file: str, path: Path, text: Text) -> Iterator[Finding]:
    languages = [tag for tag in of.charter.head.languages if not text.get(tag, "").strip()]
    if languages:
        what = ".".join(map(str, path)) or file
        yield MISSING.at(of.at(file, *path), what=what, languages=", ".join(languages))


def _element(of: Checked, file: str, element: etree._Element) -> Iterator[Finding]:
    texts = _texts(element)
    languages = [tag for tag in of.charter.head.languages if not texts.get(tag, "").strip()]
    if languages:
        yield MISSING.at(place(file, element), what=element.get("id", ""), languages=", ".join(languages))


def _texts(element: etree._Element) -> dict[str, str]:
    found = element.findall(f"{{*}}extensionElements/{{{ZT}}}text")
    return {each.get("lang", ""): "".join(map(str, each.itertext())) for each in found}


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _walk(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _walk(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _walk(each, (*path, index))
