"""Whatever is named has to exist."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.charter.model import NODES, LifeEvent, Post, Procedure
from zhengtong.common.text import Text, text

UNKNOWN = kind(
    "unknown-reference",
    message=("没有{what}“{name}”。", "There is no {what} “{name}”."),
    why=("引用的内容必须存在，否则办件会停在半路。", "What is named has to exist, or cases would stop half-way."),
    mend=("{hint}检查拼写，或者在章程中声明。", "{hint}Check its spelling, or declare it in the charter."),
)
CIRCLE = kind(
    "circle",
    message=("“{name}”向上又回到自己。", "Going up from “{name}” leads back to it."),
    why=("上下级关系不能成环。", "What lies above cannot lie below as well."),
    mend=("改正 parent。", "Mend its parent."),
)

REGION, ORGANISATION, FUNCTION = text("区划", "region"), text("机构", "organisation"), text("职能", "function")
POWER, PROCEDURE, ELEMENT = text("职权", "power"), text("办事程序", "procedure"), text("数据元", "data element")
REGISTER, FIELD, THEME = text("登记簿", "register"), text("字段", "field"), text("主题", "theme")
SKILL = text("技能", "skill")
POST, KEEPER = text("岗位", "post"), text("岗位或者节点", "post or node")
QUESTION, LISTED = text("申请表问题", "question"), text("事项或者一件事", "procedure")
MATERIAL = text("材料", "document asked for")


class Reference(NamedTuple):
    """Something named at a place, which has to be among those known."""

    place: Place
    what: Text
    name: str
    known: Collection[str]


def check(of: Checked) -> Iterator[Finding]:
    for subject in (_head, _skills, _given, _government, _powers, _stations, _registers, _procedures, _events, _forms):
        for place, what, name, known in subject(of):
            if name and name not in known:
                yield UNKNOWN.at(place, what=what, name=name, hint=hint(name, list(known)))
    yield from _circles(of)


def functions(of: Checked) -> set[str]:
    """What the offices of the charter do."""
    return {each.function for each in of.charter.organisations.values()}


def posts(of: Checked) -> set[str]:
    """How a post can be named: by function or by organisation."""
    return {
        f"{name}/{post.id}"
        for each in of.charter.organisations.values()
        for post in each.posts
        for name in (each.id, each.function)
    }


def keepers(of: Checked) -> set[str]:
    """How a trustee can be named: as a post, or as another node."""
    return {*posts(of), *(f"{NODES}{each}" for each in of.charter.nodes)}


def procedures(of: Checked) -> set[str]:
    """Everything that can be run as a case."""
    return {*of.charter.procedures, *of.charter.events}


def _head(of: Checked) -> Iterator[Reference]:
    head, file = of.charter.head, "charter.yaml"
    yield Reference(of.at(file, "supervisor"), POST, head.supervisor, posts(of))
    yield Reference(of.at(file, "appeal"), PROCEDURE, head.appeal, of.charter.procedures)
    yield Reference(of.at(file, "bad_rating"), PROCEDURE, head.bad_rating, of.charter.procedures)
    for index, rule in enumerate(head.four_eyes):
        for at, matter in enumerate(rule.matters):
            yield Reference(of.at(file, "four_eyes", index, "matters", at), PROCEDURE, matter, procedures(of))
    for index, element in enumerate(head.kin_by):
        yield Reference(of.at(file, "kin_by", index), ELEMENT, element, of.charter.elements)


def _skills(of: Checked) -> Iterator[Reference]:
    """A post names skills of charter.yaml; a step asks for one that every post has which it can go to."""
    held: dict[str, list[set[str]]] = {}
    for each in of.charter.organisations.values():
        for index, post in enumerate(each.posts):
            for at, skill in enumerate(post.skills):
                place = of.at(f"organisations/{each.id}.yaml", "posts", index, "skills", at)
                yield Reference(place, SKILL, skill, of.charter.head.skills)
            for name in (each.id, each.function):
                held.setdefault(f"{name}/{post.id}", []).append(set(post.skills))
    for _procedure, node, place in of.nodes():
        if node.task and node.task.skill:
            shared = held.get(node.task.post, [])
            yield Reference(place, SKILL, node.task.skill, set.intersection(*shared) if shared else set())


def _given(of: Checked) -> Iterator[Reference]:
    """Post and time of a step may be given with the case, as answers to questions of its form."""
    for procedure, node, place in of.nodes():
        form = of.charter.forms.get(procedure)
        names = [question.name for question in form.questions] if form else []
        for name in (node.task.post_from, node.task.clock_from) if node.task else ():
            yield Reference(place, QUESTION, name, names)


def _government(of: Checked) -> Iterator[Reference]:
    for index, region in enumerate(of.charter.regions.values()):
        yield Reference(of.at("regions.yaml", index, "parent"), REGION, region.parent or "", of.charter.regions)
    for each in of.charter.organisations.values():
        file = f"organisations/{each.id}.yaml"
        yield Reference(of.at(file, "region"), REGION, each.region, of.charter.regions)
        yield Reference(of.at(file, "parent"), ORGANISATION, each.parent or "", of.charter.organisations)
        for index, post in enumerate(each.posts):
            yield from _held(of, file, index, post)
            seats = [other.id for other in each.posts if other.id != post.id]
            yield Reference(of.at(file, "posts", index, "deputy"), POST, post.deputy or "", seats)


def _held(of: Checked, file: str, index: int, post: Post) -> Iterator[Reference]:
    for at, held in enumerate(post.held):
        place = of.at(file, "posts", index, "powers", at)
        yield Reference(place, POWER, held.power, of.charter.powers)
        yield Reference(place, REGION, held.region or "", of.charter.regions)
        for matter in held.matters:
            yield Reference(place, PROCEDURE, matter, procedures(of))


def _powers(of: Checked) -> Iterator[Reference]:
    for index, power in enumerate(of.charter.powers.values()):
        for at, matter in enumerate(power.matters):
            yield Reference(of.at("powers.yaml", index, "matters", at), PROCEDURE, matter, procedures(of))
        for at, holder in enumerate(power.holders):
            yield Reference(of.at("powers.yaml", index, "holders", at), FUNCTION, holder, functions(of))


def _stations(of: Checked) -> Iterator[Reference]:
    for index, each in enumerate(of.charter.stations):
        yield Reference(of.at("stations.yaml", index, "region"), REGION, each.region, of.charter.regions)
        place = of.at("stations.yaml", index, "organisation")
        yield Reference(place, ORGANISATION, each.organisation, of.charter.organisations)
        for at, service in enumerate(each.services):
            yield Reference(of.at("stations.yaml", index, "services", at), PROCEDURE, service, procedures(of))


def _registers(of: Checked) -> Iterator[Reference]:
    for each in of.charter.registers.values():
        file, names = f"registers/{each.id}.yaml", [field.name for field in each.fields]
        yield Reference(of.at(file, "owner"), ORGANISATION, each.owner, of.charter.organisations)
        yield Reference(of.at(file, "key"), FIELD, each.key, names)
        yield Reference(of.at(file, "representative"), FIELD, each.representative, names)
        for index, field in enumerate(each.fields):
            yield Reference(of.at(file, "fields", index, "element"), ELEMENT, field.element, of.charter.elements)
        for index, sharing in enumerate(each.sharing):
            readers = functions(of) | {"portal", "agora"}
            yield Reference(of.at(file, "sharing", index, "reader"), FUNCTION, sharing.reader, readers)
            for at, name in enumerate(sharing.fields):
                yield Reference(of.at(file, "sharing", index, "fields", at), FIELD, name, names)


def _procedures(of: Checked) -> Iterator[Reference]:
    for listed, file in of.listed():
        for index, theme in enumerate(listed.themes):
            yield Reference(of.at(file, "themes", index), THEME, theme, of.charter.themes)
        yield Reference(of.at(file, "appeal"), PROCEDURE, listed.appeal or "", of.charter.procedures)
        place = of.at(file, "jurisdiction", "region")
        yield Reference(place, REGION, listed.jurisdiction.region, of.charter.regions)
        asked = [each.name for each in of.charter.form(listed.id).questions]
        yield Reference(of.at(file, "jurisdiction", "by"), QUESTION, listed.jurisdiction.by, asked)
        if isinstance(listed, Procedure):
            yield from _procedure(of, listed, file)


def _procedure(of: Checked, procedure: Procedure, file: str) -> Iterator[Reference]:
    body = procedure.body
    yield Reference(of.at(file, "body", "function"), FUNCTION, body.function, functions(of))
    if procedure.georeport:
        asked = [each.name for each in of.charter.form(procedure.id).questions]
        for key in ("service", "description", "place", "public"):
            yield Reference(of.at(file, "georeport", key), QUESTION, getattr(procedure.georeport, key), asked)
        materials = [each.id for each in procedure.materials]
        yield Reference(of.at(file, "georeport", "photo"), MATERIAL, procedure.georeport.photo or "", materials)
    for key in ("entrusting_body", "handling_organisation"):
        yield Reference(of.at(file, "body", key), ORGANISATION, getattr(body, key) or "", of.charter.organisations)
    for index, joint in enumerate(body.joint_bodies):
        place = of.at(file, "body", "joint_bodies", index)
        yield Reference(place, ORGANISATION, joint, {*of.charter.organisations, *functions(of)})
    for about in procedure.about_ids:
        yield Reference(of.at(file, "about"), PROCEDURE, about, procedures(of))
    if procedure.solved:
        yield Reference(of.at(file, "solved", "procedure"), PROCEDURE, procedure.solved.procedure, procedures(of))
    for index, material in enumerate(procedure.materials):
        for at_, element in enumerate(material.proves):
            yield Reference(of.at(file, "materials", index, "proves", at_), ELEMENT, element, of.charter.elements)
        if material.exemption:
            given, at = material.exemption, ("materials", index, "exemption")
            yield Reference(of.at(file, *at, "register"), REGISTER, given.register_id or "", of.charter.registers)
            for key in ("certificate", "step"):
                yield Reference(of.at(file, *at, key), PROCEDURE, getattr(given, key) or "", of.charter.procedures)


def _events(of: Checked) -> Iterator[Reference]:
    for listed, file in of.listed():
        if isinstance(listed, LifeEvent):
            yield Reference(of.at(file, "acceptance"), POST, listed.acceptance, posts(of))
            for index, each in enumerate(listed.services):
                place = of.at(file, "services", index, "service")
                yield Reference(place, PROCEDURE, each.service, of.charter.procedures)


def _forms(of: Checked) -> Iterator[Reference]:
    for service, form in of.charter.forms.items():
        file = f"services/{service}/form.json"
        for question in form.questions:
            at = ("properties", question.name)
            yield Reference(of.at(file, *at, "x-element"), ELEMENT, question.element, of.charter.elements)
            if question.source:
                place = of.at(file, *at, "x-source")
                yield Reference(place, REGISTER, question.source.register, of.charter.registers)
                register = of.charter.registers.get(question.source.register)
                if register:
                    names = [field.name for field in register.fields]
                    yield Reference(place, FIELD, question.source.field, names)
        tree = of.read.trees[file]
        names = [question.name for question in form.questions]
        for index, name in enumerate(tree.value.get("required", [])):
            yield Reference(tree.place("required", index), QUESTION, name, names)


def _circles(of: Checked) -> Iterator[Finding]:
    above = {code: region.parent for code, region in of.charter.regions.items()}
    for index, code in enumerate(above):
        if _returns(code, above):
            yield CIRCLE.at(of.at("regions.yaml", index, "parent"), name=code)
    above = {each.id: each.parent for each in of.charter.organisations.values()}
    for id_ in above:
        if _returns(id_, above):
            yield CIRCLE.at(of.at(f"organisations/{id_}.yaml", "parent"), name=id_)


def _returns(start: str, above: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    at: str | None = above.get(start)
    while at and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = above.get(at)
    return False
