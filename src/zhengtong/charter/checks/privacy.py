"""Looks at personal data are watched, can be asked about, and end: nothing is kept for ever."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.checks.references import FIELD, PROCEDURE, REGISTER, UNKNOWN, procedures
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Privacy, Register
from zhengtong.common.text import Text, text

FILE = "privacy.yaml"
AGREEMENT = text("共享协议", "sharing agreement")
POWER_NEEDS_LIMITS = (
    "国家机关处理个人信息不得超出履行法定职责所必需的范围和限度，保存期限应当最短（个人信息保护法第十九条、第三十四条）。",
    "State organs read no more than their duty needs, and keep it no longer (PIPL, arts. 19, 34).",
)
UNWATCHED = kind(
    "unwatched-register",
    message=(
        "登记簿“{register}”的个人信息供机构读取，但没有“{kind}”的监督规则。",
        "Offices read personal data of the register “{register}”, and no rule of the kind “{kind}” watches them.",
    ),
    why=POWER_NEEDS_LIMITS,
    mend=("在 privacy.yaml 的 watches 中加入这一规则。", "Add such a rule under `watches` in privacy.yaml."),
)
NO_RETENTION = kind(
    "kept-for-ever",
    message=("“{what}”没有保存期限。", "It is not said how long “{what}” is kept."),
    why=POWER_NEEDS_LIMITS,
    mend=(
        "在 privacy.yaml 的 retention 中写明期限和依据。",
        "Give the time and its basis under `retention` in privacy.yaml.",
    ),
)
FROM_NO_DATE = kind(
    "kept-from-no-date",
    message=(
        "登记簿“{register}”没有写明从哪个日期字段起保存多久。",
        "The register “{register}” does not say how long its records are kept from which of their dates on.",
    ),
    why=POWER_NEEDS_LIMITS,
    mend=(
        "after 写本登记簿中类型为 date 的字段，keep 写期限；依法永久保存的，两项都不写。",
        "Give a field of type `date` under `after`, and the time under `keep`; neither where a law keeps it for good.",
    ),
)
NOT_PERSONS = kind(
    "persons-register-not-of-persons",
    message=("登记簿“{register}”不是自然人的登记簿。", "The register “{register}” is not one of persons."),
    why=("亲属和公众人物由人口登记簿得知。", "Kin and public figures are known by the register of persons."),
    mend=("换成主体为 person 的登记簿。", "Name a register whose subject is `person`."),
)
WATCHED_ALWAYS = ("bulk", "no-open-case")
BY_FIELD = {"same-value", "names", "marked"}
KEPT = {
    "draft": text("未提交的申请", "drafts"),
    "look": text("查询记录", "the record of looks"),
    "person": text("不再办事的人", "people who have no case any more"),
}


def check(of: Checked) -> Iterator[Finding]:
    privacy = of.charter.privacy
    for register in of.charter.registers.values():
        if _read_by_offices(of, register):
            yield from _watched(of, register, privacy)
        yield from _records_kept(of, register)
    if privacy is not None:
        yield from _references(of, privacy)
        yield from _kept(of, privacy)


def _read_by_offices(of: Checked, register: Register) -> bool:
    personal = {each.name for each in register.fields if each.personal}
    shared = [each for each in register.sharing if each.in_force(of.day) and each.reader not in {"portal", "agora"}]
    return register.subject == "person" and any(personal & set(each.fields) for each in shared)


def _watched(of: Checked, register: Register, privacy: Privacy | None) -> Iterator[Finding]:
    there = {each.kind for each in privacy.watches} if privacy else set()
    for wanted in WATCHED_ALWAYS:
        if wanted not in there:
            place = of.at(f"registers/{register.id}.yaml", "sharing")
            yield UNWATCHED.at(place, register=register.name, kind=wanted)


def _references(of: Checked, privacy: Privacy) -> Iterator[Finding]:
    charter = of.charter
    persons = charter.registers.get(privacy.persons)
    agreements = {each.id for register in charter.registers.values() for each in register.sharing}
    fields = {each.name for each in persons.fields} if persons else set()
    named: list[tuple[tuple[str | int, ...], Text, str, set[str]]] = [
        (("persons",), REGISTER, privacy.persons, set(charter.registers)),
        (("question",), PROCEDURE, privacy.question, set(charter.procedures)),
    ]
    for key, procedure in (("erasure", privacy.erasure), ("restriction", privacy.restriction)):
        if procedure:
            named.append(((key,), PROCEDURE, procedure, set(charter.procedures)))
    for index, watch in enumerate(privacy.watches):
        if persons and watch.kind in BY_FIELD:
            named.append((("watches", index, "field"), FIELD, watch.field, fields))
        for each in watch.agreements:
            named.append((("watches", index, "agreements"), AGREEMENT, each, agreements))
    for index, rule in enumerate(privacy.retention):
        for each in rule.procedures:
            named.append((("retention", index, "procedures"), PROCEDURE, each, procedures(of)))
    for path, what, name, known in named:
        if name not in known:
            yield UNKNOWN.at(of.at(FILE, *path), what=what, name=name, hint=hint(name, known))
    if persons and persons.subject != "person":
        yield NOT_PERSONS.at(of.at(FILE, "persons"), register=persons.name)


def _kept(of: Checked, privacy: Privacy) -> Iterator[Finding]:
    for what, told in KEPT.items():
        if privacy.kept(what) is None:
            yield NO_RETENTION.at(of.at(FILE, "retention"), what=told)
    for listed, _file in of.listed():
        if privacy.kept("case", listed.id) is None:
            yield NO_RETENTION.at(of.at(FILE, "retention"), what=listed.name)


def _records_kept(of: Checked, register: Register) -> Iterator[Finding]:
    """Every register that holds something personal says how long; from a day that its records have."""
    place, rule = f"registers/{register.id}.yaml", register.retention
    if rule is None:
        if any(each.personal for each in register.fields):
            yield NO_RETENTION.at(of.at(place, "fields"), what=register.name)
        return
    of_day = register.field(rule.after)
    element = of.charter.elements.get(of_day.element) if of_day else None
    if bool(rule.after) != bool(rule.keep) or (rule.after and (element is None or element.type != "date")):
        yield FROM_NO_DATE.at(of.at(place, "retention"), register=register.name)
