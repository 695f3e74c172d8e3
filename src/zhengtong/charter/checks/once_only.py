"""只填一次: what a register holds is not asked again, and no paper is wanted for what is known."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Material, Procedure, Question, Register
from zhengtong.common.text import Text

ONCE_ONLY = (
    "政务服务机关不得要求重复提供已经掌握的信息（优化营商环境条例第三十七条；国务院关于在线政务服务的若干规定第七条）。",
    "What the government knows must not be asked again (Optimising Business Regulation, art. 37; "
    "Online Service Rules, art. 7).",
)
ASKED_AGAIN = kind(
    "asks-what-is-known",
    message=(
        "“{question}”的答案已在登记簿“{register}”的字段“{field}”中。",
        "“{question}” asks what the register “{register}” holds in its field “{field}”.",
    ),
    why=ONCE_ONLY,
    mend=(
        '写 "x-source": {{"register": "{id}", "field": "{field}"}}，由登记簿填写。',
        'Write "x-source": {{"register": "{id}", "field": "{field}"}}, and the register fills it in.',
    ),
)
WRONG_FIELD = kind(
    "source-of-another-meaning",
    message=(
        "“{question}”问的是数据元“{element}”，来源字段“{field}”却是“{other}”。",
        "“{question}” asks for the element “{element}”, but the field “{field}” holds “{other}”.",
    ),
    why=("登记簿只能回答同一数据元的问题。", "A register can answer only for the same data element."),
    mend=("改正 x-element 或者 x-source。", "Mend x-element or x-source."),
)
CANNOT_ANSWER = kind(
    "source-cannot-answer",
    message=(
        "“{question}”取自登记簿“{register}”，而申请人不在其中。",
        "“{question}” is answered by the register “{register}”, which does not know this applicant.",
    ),
    why=(
        "企业的信息来自市场主体登记，个人的信息来自人口登记。",
        "An enterprise is known by the enterprise register, a person by the population register.",
    ),
    mend=("换成认识申请人的登记簿，或者改为提问。", "Name a register that knows the applicant, or ask."),
)
PAPER_KNOWN = kind(
    "paper-for-what-is-known",
    message=("材料“{material}”{how}，却仍要求提交。", "The document “{material}” is wanted, although {how}."),
    why=ONCE_ONLY,
    mend=("写明 exemption。", "Declare its `exemption`."),
)
EXEMPTION = kind(
    "exemption-unclear",
    message=("材料“{material}”的免提交方式要写且只写一种。", "The document “{material}” needs exactly one exemption."),
    why=("免提交的理由必须明确。", "Why a document is not needed has to be plain."),
    mend=("在 register、certificate、step 中留下一个。", "Keep one of register, certificate, step."),
)
NO_RESULT = kind(
    "exemption-without-certificate",
    message=("“{service}”不发证照，不能代替材料“{material}”。", "“{service}” issues no certificate for “{material}”."),
    why=("只有证照才能代替材料。", "Only a certificate can stand for a document."),
    mend=("改正 exemption，或者为该事项声明 certificate。", "Mend the exemption, or let that service issue one."),
)

_COPIES = ("复印件", "原件", "副本", "扫描件", "（", "）", "(", ")")


def check(of: Checked) -> Iterator[Finding]:
    for service in of.charter.forms:
        yield from _questions(of, service)
    for procedure in of.charter.procedures.values():
        yield from _materials(of, procedure)


def _questions(of: Checked, service: str) -> Iterator[Finding]:
    procedure = of.charter.procedures.get(service)
    for question in of.charter.forms[service].questions:
        place = of.at(f"services/{service}/form.json", "properties", question.name)
        title: Text | str = question.title or question.name
        if question.source is None:
            for register in of.charter.registers.values():
                field = _holding(register, question)
                if field and procedure and _knows(register, procedure):
                    yield ASKED_AGAIN.at(place, question=title, register=register.name, id=register.id, field=field)
            continue
        register_ = of.charter.registers.get(question.source.register)
        held = register_.field(question.source.field) if register_ else None
        if held and held.element != question.element:
            yield WRONG_FIELD.at(place, question=title, element=question.element, field=held.name, other=held.element)
        if register_ and procedure and not _answers(register_, procedure):
            yield CANNOT_ANSWER.at(place, question=title, register=register_.name)


def _holding(register: Register, question: Question) -> str:
    return next((field.name for field in register.fields if field.element == question.element), "")


def _knows(register: Register, procedure: Procedure) -> bool:
    """Whether the register is about somebody or something that an applicant of this procedure stands for."""
    return register.subject in {"person", "premises"} or register.subject in procedure.audience


def _answers(register: Register, procedure: Procedure) -> bool:
    """Whether a record can be found for the applicant: every case has a person, some have an enterprise."""
    return register.subject == "person" or (register.subject == "enterprise" and "enterprise" in procedure.audience)


def _materials(of: Checked, procedure: Procedure) -> Iterator[Finding]:
    for index, material in enumerate(procedure.materials):
        place = of.at(f"services/{procedure.id}/service.yaml", "materials", index)
        given = material.exemption
        if given is None:
            how = _known(of, procedure, material)
            if how:
                yield PAPER_KNOWN.at(place, material=material.name, how=how)
            continue
        if sum(map(bool, (given.register_id, given.certificate, given.step))) != 1:
            yield EXEMPTION.at(place, material=material.name)
        for service in filter(None, (given.certificate, given.step)):
            other = of.charter.procedures.get(service)
            if other and other.certificate is None:
                yield NO_RESULT.at(place, service=service, material=material.name)


def _known(of: Checked, procedure: Procedure, material: Material) -> Text | None:
    """Why the document need not be asked for: it is exempt elsewhere, or it is a certificate of the charter's own."""
    for other in of.charter.procedures.values():
        for same in other.materials:
            if same.id == material.id and same.exemption:
                return Text({"zh-Hans": f"在“{other.id}”中免提交", "en": f"“{other.id}” does without it"})
        issued = other.certificate
        if issued and other.id != procedure.id and _plain(issued.name) == _plain(material.name):
            return Text({"zh-Hans": f"就是“{other.id}”颁发的证照", "en": f"“{other.id}” issues it as a certificate"})
    for register in of.charter.registers.values():
        if _knows(register, procedure) and _proven(of, register, material):
            return Text({"zh-Hans": f"登记簿“{register.id}”已有记载", "en": f"the register “{register.id}” says it"})
    return None


def _proven(of: Checked, register: Register, material: Material) -> bool:
    """Whether the register holds all that the document proves, as declared or as its name says (居住地址证明)."""
    held = {field.element for field in register.fields}
    if material.proves:
        return held.issuperset(material.proves)
    names = {of.charter.elements[each].name.in_("zh-Hans") for each in held if each in of.charter.elements}
    return _plain(material.name).removesuffix("证明") in names


def _plain(name: Text) -> str:
    """The Chinese name of a document without what says that it is a copy."""
    plain = name.in_("zh-Hans")
    for word in _COPIES:
        plain = plain.replace(word, "")
    return plain.strip()
