"""Which files make up a charter, and what each of them holds."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from zhengtong.charter.model import (
    Calendar,
    Element,
    Head,
    Id,
    Law,
    LifeEvent,
    LocalText,
    Migration,
    Node,
    Organ,
    Organisation,
    Participation,
    Power,
    Privacy,
    Procedure,
    Region,
    Register,
    Scenario,
    Station,
)
from zhengtong.charter.model.forms import FormFile
from zhengtong.common.text import Text, text


@dataclass(frozen=True)
class FileKind:
    """One kind of file: where it lies (`<id>` is a folder or file name), its type, and what it is for."""

    name: str
    where: str
    holds: Text
    type: Any = None  # what pydantic reads it as; None for BPMN, DMN, Typst and letters
    required: bool = False

    def matches(self, path: str) -> re.Match[str] | None:
        """The match of `path`, with the group `id` where the place has one."""
        return _pattern(self.where).fullmatch(path)


def _pattern(where: str) -> re.Pattern[str]:
    names = {"<id>": r"(?P<id>[a-z0-9-]+)", "<letter>": r"[a-z0-9-]+", "<lang>": r"[A-Za-z0-9-]+", "<name>": r"[^/]+"}
    parts = re.split(r"(<[a-z]+>)", where)
    return re.compile("".join(names.get(part, re.escape(part)) for part in parts))


KINDS = [
    FileKind("charter", "charter.yaml", text("这是谁的章程", "Whose charter this is"), Head, True),
    FileKind("calendar", "calendar.yaml", text("工作日与节假日通知", "Working days and decrees"), Calendar, True),
    FileKind("regions", "regions.yaml", text("行政区划", "Administrative divisions"), list[Region], True),
    FileKind("stations", "stations.yaml", text("服务站点", "Stations of service"), list[Station], True),
    FileKind("powers", "powers.yaml", text("权责清单", "The power list"), list[Power], True),
    FileKind("elements", "elements.yaml", text("数据元", "Data elements"), list[Element], True),
    FileKind("themes", "themes.yaml", text("浏览用的主题", "Themes for browsing"), dict[Id, LocalText], True),
    FileKind("nodes", "nodes.yaml", text("合作的其他节点", "Other nodes that this one works with"), dict[Id, Node]),
    FileKind("privacy", "privacy.yaml", text("个人信息保护", "The protection of personal data"), Privacy),
    FileKind("law", "laws/<id>.yaml", text("法律及所引条文", "A law and the articles cited"), Law),
    FileKind("organisation", "organisations/<id>.yaml", text("机构与岗位", "An office and its posts"), Organisation),
    FileKind("register", "registers/<id>.yaml", text("登记簿与共享协议", "A register and who reads it"), Register),
    FileKind("service", "services/<id>/service.yaml", text("实施清单", "The implementation list"), Procedure),
    FileKind("form", "services/<id>/form.json", text("申请表", "The form"), FormFile),
    FileKind("process", "services/<id>/process.bpmn", text("办理流程（BPMN 2.0）", "The process (BPMN 2.0)")),
    FileKind("rules", "services/<id>/rules.dmn", text("规则（DMN 1.5）", "The rules (DMN 1.5)")),
    FileKind("service-letter", "services/<id>/letters/<letter>.<lang>.md", text("本事项的文书", "Its own letters")),
    FileKind("service-certificate", "services/<id>/<name>.typ", text("本事项的证照样式", "Its own certificate")),
    FileKind(
        "participation", "participation/<id>.yaml", text("公众怎样参与", "How the public takes part"), Participation
    ),
    FileKind("organ", "organs/<id>.yaml", text("议事组织", "An assembly and how it decides"), Organ),
    FileKind(
        "migration", "services/<id>/migration.yaml", text("在办件如何转入新流程", "How running cases move"), Migration
    ),
    FileKind("event", "life-events/<id>/event.yaml", text("一件事", "A life event"), LifeEvent),
    FileKind("event-process", "life-events/<id>/process.bpmn", text("一件事的流程", "The process of a life event")),
    FileKind(
        "event-migration", "life-events/<id>/migration.yaml", text("其在办件如何转入", "The same of it"), Migration
    ),
    FileKind("event-letter", "life-events/<id>/letters/<letter>.<lang>.md", text("其文书", "Its own letters")),
    FileKind("letter", "letters/<letter>.<lang>.md", text("通用文书", "Letters of the whole charter")),
    FileKind("certificate", "certificates/<name>.typ", text("通用证照样式", "Certificates of the whole charter")),
    FileKind("scenario", "scenarios/<id>.yaml", text("必须成真的故事", "A story that must come true"), Scenario),
]

BESIDE = re.compile(r"(?:(?:sample|scenarios)/.*|(?:.*/)?\.[^/]+(?:/.*)?|(?:.*/)?README(?:\.[A-Za-z-]+)?\.md)")
"""What may lie beside the law without being part of it: invented people, stories, notes and hidden files."""


def kind_of(path: str) -> tuple[FileKind, str] | None:
    """The kind of the file at `path` and the id in its place; None for a file that no charter has."""
    for each in KINDS:
        match = each.matches(path)
        if match:
            return each, match.groupdict().get("id") or ""
    return None


def is_law(path: str) -> bool:
    """Whether the file is part of what is enacted."""
    return not BESIDE.fullmatch(path)


def adapter(kind: FileKind) -> TypeAdapter[Any]:
    """How a file of this kind is checked; ValueError for those that are not typed data."""
    if kind.type is None:
        raise ValueError(f"{kind.where} is no typed data")
    if kind.name not in _ADAPTERS:
        _ADAPTERS[kind.name] = TypeAdapter(kind.type)
    return _ADAPTERS[kind.name]


_ADAPTERS: dict[str, TypeAdapter[Any]] = {}
