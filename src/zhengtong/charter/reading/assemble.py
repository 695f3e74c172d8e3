"""From the files of a charter to its parts, all of them, with every fault on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from zhengtong.charter.finding import Finding, Place
from zhengtong.charter.model import Form
from zhengtong.charter.reading import faults
from zhengtong.charter.reading.json_file import read_json
from zhengtong.charter.reading.layout import KINDS, FileKind, kind_of
from zhengtong.charter.reading.parts import typed
from zhengtong.charter.reading.tree import Tree, Unreadable, decoded
from zhengtong.charter.reading.xml_file import read_xml
from zhengtong.charter.reading.yaml_file import read_yaml

NEEDED = {
    "service": ("form.json", "process.bpmn"),
    "event": ("process.bpmn",),
}
REASON = {
    "charter": ("每个章程都有这个文件。", "Every charter has this file."),
    "service": ("每个事项都有实施清单。", "Every service has its implementation list."),
    "event": ("一件事由 event.yaml 说明。", "A life event is declared in event.yaml."),
    "form.json": ("没有申请表就无法申请。", "Without a form nobody can apply."),
    "process.bpmn": ("没有流程就无法办理。", "Without a process nothing can be handled."),
}


@dataclass
class Read:
    """What was read: parts by kind and id (a whole file by its kind and ""), and where things stand."""

    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    by_file: dict[str, Any] = field(default_factory=dict)
    trees: dict[str, Tree] = field(default_factory=dict)
    xml: dict[str, etree._Element] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def all(self, kind: str) -> dict[str, Any]:
        """The parts of a kind, by id."""
        return self.parts.get(kind, {})


def assemble(files: Mapping[str, bytes]) -> Read:
    """Read every file. Nothing is raised: what cannot be read is a finding."""
    read = Read()
    for path in sorted(files):
        known = kind_of(path)
        if known is None:
            read.findings.append(faults.UNKNOWN_FILE.at(Place(path)))
            continue
        try:
            _take(read, path, files[path], *known)
        except Unreadable as fault:
            read.findings.append(fault.finding)
    read.findings += _missing(files)
    return read


def _take(read: Read, path: str, content: bytes, kind: FileKind, id_: str) -> None:
    if path.endswith((".bpmn", ".dmn")):
        read.xml[path] = read_xml(path, content)
    if kind.type is None:
        decoded(path, content)
        return
    tree = read_json(path, content) if path.endswith(".json") else read_yaml(path, content)
    read.trees[path] = tree
    part, findings = typed(kind, tree)
    read.findings += findings
    if findings:
        return
    read.parts.setdefault(kind.name, {})[id_] = read.by_file[path] = part
    own = getattr(part, "id", id_)
    if id_ and kind.name != "form" and own != id_:
        read.findings.append(faults.WRONG_ID.at(tree.place("id"), id=own, expected=id_))


def forms(read: Read) -> dict[str, Form]:
    """The form of each service."""
    return {
        id_: part.form(read.trees[f"services/{id_}/form.json"].value, id_) for id_, part in read.all("form").items()
    }


def _missing(files: Mapping[str, bytes]) -> Iterator[Finding]:
    for each in KINDS:
        if each.required and each.where not in files:
            yield _absent(each.where, "charter")
    folders = {tuple(path.split("/")[:2]) for path in files if path.count("/") >= 2}
    for top, kind, main in (("services", "service", "service.yaml"), ("life-events", "event", "event.yaml")):
        for id_ in sorted(folder[1] for folder in folders if folder[0] == top):
            if f"{top}/{id_}/{main}" not in files:
                yield _absent(f"{top}/{id_}/{main}", kind)
            for name in NEEDED[kind]:
                if f"{top}/{id_}/{name}" not in files:
                    yield _absent(f"{top}/{id_}/{name}", name)


def _absent(path: str, reason: str) -> Finding:
    zh, en = REASON[reason]
    return faults.MISSING_FILE.at(Place(path), name=path, reason_zh=zh, reason_en=en)
