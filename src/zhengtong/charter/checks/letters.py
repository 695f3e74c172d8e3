"""Letters can be filled in, and tell what they must."""

import re
from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.checks.processes import WORDED
from zhengtong.charter.checks.remedies import REMEDY, adverse_outcomes
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.charter.model import LifeEvent, Procedure, SpecialProcedure
from zhengtong.charter.reading.faults import MISSING_FILE
from zhengtong.common.text import text
from zhengtong.engines.process import Node

UNKNOWN_PLACE = kind(
    "unknown-letter-field",
    message=("文书使用了不存在的字段“{field}”。", "The letter uses a field that does not exist: “{field}”."),
    why=("填不上的字段会在寄出的文书中留下空白。", "A field that cannot be filled leaves a gap in what people get."),
    mend=("{hint}可用的字段见 docs/reference/charter/。", "{hint}See docs/reference/charter/ for the fields."),
)
NO_SUBJECT = kind(
    "letter-without-subject",
    message=("文书的第一行不是“# 标题”，或者没有正文。", "The letter does not begin with `# subject`, or has no body."),
    why=("第一行是标题，其余是正文。", "The first line is the subject, the rest is the body."),
    mend=("第一行写“# 标题”，空一行后写正文。", "Begin with `# subject`, then a blank line, then the body."),
)
NO_REMEDY = kind(
    "letter-without-remedy",
    message=(
        "不利结果“{outcome}”用此文书告知，其中却没有 {fields}。",
        "This letter tells the adverse outcome “{outcome}”, but lacks {fields}.",
    ),
    why=REMEDY,
    mend=("在正文中写入这些字段。", "Put these fields into the body."),
)
NO_LETTER = kind(
    "unknown-letter",
    message=("步骤“{name}”要寄的文书“{letter}”不存在。", "“{name}” sends the letter “{letter}”, which does not exist."),
    why=("每份文书都有各语言的文本。", "Every letter has its wording in each language."),
    mend=("写入 letters/{letter}.<语言>.md。", "Write letters/{letter}.<language>.md."),
)

FIELDS = {
    "case.number": ("办件编号", "number of the case"),
    "case.name": ("事项名称", "name of the procedure, or of the round"),
    "party.name": ("当事人", "name of the party"),
    "office.name": ("机关", "name of the office"),
    "post.title": ("岗位", "title of the post"),
    "decision.outcome": ("决定", "what was decided"),
    "decision.reasons": ("理由", "reasons"),
    "decision.legal_basis": ("法律依据", "legal basis"),
    "decision.trace": ("规则如何得出", "the rules that fired, in words"),
    "appeal.where": ("向何处申请救济", "where to contest it"),
    "appeal.until": ("救济期限", "until when"),
    "appeal.name": ("救济方式", "the way to contest it"),
    "due.on": ("办结期限", "when it is due"),
    "correction.items": ("需要补正的内容", "what has to be put right"),
    "inspection.at": ("检查时间", "when the inspection is"),
    "inspection.place": ("检查地点", "where it is"),
    "hearing.at": ("听证时间", "when the hearing is"),
    "hearing.place": ("听证地点", "where it is"),
    "hearing.until": ("可以要求听证的最后一天", "until when a hearing can be asked for"),
    "interest.what": ("涉及的利益", "which interests it touches"),
    "recusal.officer": ("请求回避的工作人员", "the officer who was asked to stand aside"),
    "recusal.decision": ("回避决定", "what was decided of it"),
    "recusal.reasons": ("回避决定的理由", "why so"),
    "hearing.note": ("听证须知", "what else to know about it"),
    "certificate.number": ("证照编号", "number of the certificate"),
    "url.case": ("办件网址", "address of the case"),
    "url.verify": ("核验网址", "address for verifying"),
    "url.rate": ("评价网址", "address for rating"),
    "round.number": ("活动编号", "number of the round"),
    "url.round": ("活动网址", "address of the round"),
    "url.offer": ("答复是否参加的网址", "address where who was drawn accepts or declines"),
    "lot.code": ("抽样名单上的代码", "the code on the list of a draw"),
    "lot.salt": ("算出代码所用的盐值", "the salt from which the code comes"),
    "url.lot": ("抽样结果网址", "address of the draw"),
    "measure.what": ("停止公开的内容", "what is withheld"),
    "measure.rule": ("停止公开所依据的规则", "the rule by which something is withheld"),
    "measure.until": ("措施到何时为止", "until when a measure lasts"),
    "url.measure": ("措施网址", "address of a measure"),
    "voice.name": ("发言身份", "the name of a voice"),
    "opening.by": ("共同打开发言身份的两个机构", "the two bodies that opened a voice"),
    "opening.order": ("决定书或者令状文号", "number of the order or warrant"),
    "url.opened": ("发言身份被打开的详情网址", "address where the person reads who opened their voice"),
    "answer.text": ("答复内容", "the answer"),
    "representative.may": ("代表可以做什么", "what a representative may do"),
    "acceptance.by": ("如何受理", "how it was accepted"),
}
STANDARD = (
    "received",
    "accepted",
    "rejected",
    "correction",
    "inspection",
    "granted",
    "refused",
    "extended",
    "answered",
    "handed-over",
    "rate",
    "appeal-decided",
    "withdrawn",
    "revoked",
    "receipt-of-correction",
)
REPORTER = ("report-withheld", "report-restored", "report-deleted")
RECUSAL = text("回避", "standing aside")
REASONED, CONTESTED = ("decision.reasons", "decision.legal_basis"), ("appeal.where", "appeal.until")
REASON = ("程序会寄出这份文书。", "The program sends this letter.")

_PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def check(of: Checked) -> Iterator[Finding]:
    for file in of.charter.files:
        if file.endswith(".md"):
            yield from _letter(file, of.charter.files[file].decode(errors="replace"))
    yield from _missing(of)
    for listed, _ in of.listed():
        for outcome in adverse_outcomes(of, listed):
            yield from _remedy(of, listed, outcome)
    if of.charter.head.recusal and not any(file.startswith("letters/recusal.") for file in of.charter.files):
        yield NO_LETTER.at(of.at("charter.yaml", "recusal"), name=RECUSAL, letter="recusal")
    for listed, file in of.listed():
        for index, special in enumerate(getattr(listed, "special_procedures", [])):
            for letter in _owed_to_others(listed, special):
                if not letter_files(of, listed.id, letter):
                    place = of.at(file, "special_procedures", index)
                    yield NO_LETTER.at(place, name=special.name, letter=letter)
    for each in of.charter.participation.values():
        served = each.who.served
        if served and not any(file.startswith(f"letters/{served.letter}.") for file in of.charter.files):
            place = of.at(f"participation/{each.id}.yaml", "who", "served")
            yield NO_LETTER.at(place, name=of.charter.listed(each.id).name, letter=served.letter)
    yield from _to_reporters(of)
    for procedure, node, place in of.nodes():
        sent = _sent(node)
        if sent and not letter_files(of, procedure, sent):
            yield NO_LETTER.at(place, name=node.name or node.id, letter=sent)


def _to_reporters(of: Checked) -> Iterator[Finding]:
    """Whose report everybody reads is told when it is withheld, and when it is public again."""
    for listed, file in of.listed():
        if isinstance(listed, Procedure) and listed.georeport and listed.georeport.moderation:
            for letter in REPORTER:
                if not letter_files(of, listed.id, letter):
                    yield NO_LETTER.at(of.at(file, "georeport", "moderation"), name=listed.name, letter=letter)


def _owed_to_others(listed: Procedure | LifeEvent, special: SpecialProcedure) -> tuple[str, ...]:
    """The letters to somebody who is not the party: whose interests a case touches, or a disclosure would harm."""
    if special.kind == "consultation" and getattr(listed, "nature", "") == "information":
        return "third-party", "third-party-told"
    return ("interested",) if special.interested else ()


def _sent(node: Node) -> str:
    """The letter that a step sends beside the standard ones: its own, or the invitation to a hearing."""
    if node.service and node.service.name == "letter":
        return node.service.letter
    return "hearing" if node.task and node.task.act == "hear" else ""


def _letter(file: str, source: str) -> Iterator[Finding]:
    subject, _, body = source.strip().partition("\n")
    if not subject.startswith("#") or not subject.lstrip("# ") or not body.strip():
        yield NO_SUBJECT.at(Place(file))
    for found in _PLACE.finditer(source):
        field = found[1].strip()
        if field not in FIELDS:
            line = source.count("\n", 0, found.start()) + 1
            yield UNKNOWN_PLACE.at(Place(file, line), field=field, hint=hint(field, FIELDS))
    bare = _PLACE.sub("", source)
    for sign in ("{{", "}}", "{%"):
        if sign in bare:
            yield UNKNOWN_PLACE.at(Place(file), field=sign, hint="")


def fields_of(letter: str) -> set[str]:
    """The fields that are filled in a letter."""
    return {found.strip() for found in _PLACE.findall(letter)}


def _missing(of: Checked) -> Iterator[Finding]:
    """Each standard letter in each language; each letter of a service's own in all languages if in one."""
    wanted = [f"letters/{name}.{tag}.md" for name in STANDARD for tag in of.charter.head.languages]
    for file in list(of.charter.files):
        folder, _, name = file.rpartition("/")
        if name.endswith(".md") and folder.endswith("letters"):
            wanted += [f"{folder}/{name.split('.')[0]}.{tag}.md" for tag in of.charter.head.languages]
    for file in dict.fromkeys(wanted):
        if file not in of.charter.files:
            yield MISSING_FILE.at(Place(file), name=file, reason_zh=REASON[0], reason_en=REASON[1])


def letter_files(of: Checked, procedure: str, name: str) -> list[str]:
    """The files of a letter, the procedure's own before the charter's."""
    own = of.process_file(procedure).replace("process.bpmn", f"letters/{name}.")
    for start in (own, f"letters/{name}."):
        found = [file for file in of.charter.files if file.startswith(start)]
        if found:
            return found
    return []


def _remedy(of: Checked, listed: Procedure | LifeEvent, outcome: str) -> Iterator[Finding]:
    for file in letter_files(of, listed.id, told_by(listed, outcome)):
        source = of.charter.files[file].decode(errors="replace")
        lacking = [field for field in _owed(listed) if field not in fields_of(source)]
        if lacking:
            yield NO_REMEDY.at(Place(file), outcome=outcome, fields=", ".join(lacking))


def _owed(listed: Procedure | LifeEvent) -> tuple[str, ...]:
    """What a letter with an adverse outcome must tell; an appeal's own is contested in court, in the letter's words."""
    is_appeal = isinstance(listed, Procedure) and listed.nature == "appeal"
    return REASONED if is_appeal else REASONED + CONTESTED


def told_by(listed: Procedure | LifeEvent, outcome: str) -> str:
    """The letter by which an outcome is told."""
    if outcome in {"granted", "refused", "rejected"}:
        return outcome
    if isinstance(listed, Procedure) and listed.nature == "appeal":
        return "appeal-decided"
    declared = listed.decisions if isinstance(listed, Procedure) else WORDED
    return "answered" if outcome in declared else "refused"
