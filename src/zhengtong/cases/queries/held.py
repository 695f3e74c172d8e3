"""Everything that is held about a person, for that person (PIPL art. 45): one structure for page and download."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from zhengtong.cases.law import charter_of, procedure_of
from zhengtong.cases.models import Case, Draft, Hearing
from zhengtong.cases.periods import after
from zhengtong.cases.queries.interests import interests_of
from zhengtong.cases.queries.looks import LookTold, looks_told
from zhengtong.cases.retention import kept_until
from zhengtong.cases.wording import outcome_told, value_told
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Register
from zhengtong.charter.queries import in_force_at, one_law
from zhengtong.common.text import Text, text
from zhengtong.people.models import Account, Mandate, Person, Token
from zhengtong.registry.queries import records_of
from zhengtong.registry.restrictions import restrictions_of
from zhengtong.registry.subjects import ended_on

NAME, NUMBER = text("姓名", "Name"), text("号码", "Number")
AT, REASONS = text("时间", "When"), text("理由", "Reasons")
YOURSELF = text("您本人填表时", "yourself, by filling in a form")
UNTIL, BY_LAW = text("保存至", "Kept until"), text("保存依据", "By what law")
FOR_GOOD = text("依法永久保存", "kept for good, by the law named here")
FROM_ON = text("自“{field}”起算", "counted from “{field}” on")
STORED_ONLY = text("只存储，自", "Stored only since")
LOOKS = 1000


@dataclass(frozen=True)
class Row:
    """One value: its name in the download, its title on the page, itself, and in words where it is a code."""

    name: str
    title: Text
    value: Any
    told: Text | None = None


@dataclass(frozen=True)
class Item:
    """One thing that is held: a record, a case, a letter."""

    title: Text
    rows: list[Row]

    def plain(self) -> dict[str, Any]:
        """As the download has it."""
        return {row.name: row.value for row in self.rows}


@dataclass(frozen=True)
class Section:
    """One kind of things that are held."""

    id: str
    title: Text
    items: list[Item]


@one_law()
def held(person: Person, *, now: datetime) -> list[Section]:
    """All that is held about a person; what an office keeps of others in the same cases is theirs, and is left out."""
    charter = in_force_at(now).charter
    cases = list(person.cases.select_related("enactment", "enterprise", "parent").order_by("pk"))
    readable = [each for each in cases if each.erased_at is None]
    return [
        Section("person", text("账户", "Account"), [_account(person)]),
        Section("registers", text("登记簿", "Registers"), _records(charter, person)),
        Section("restrictions", text("停止处理", "Stored only"), _restrictions(charter, person, now)),
        Section("cases", text("办件", "Cases"), [_case(each, charter) for each in cases]),
        Section("decisions", text("决定", "Decisions"), [each for case in readable for each in _decisions(case)]),
        Section("hearings", text("听证", "Hearings"), _hearings(readable)),
        Section("interests", text("与我有利害关系的办件", "Cases that touch my interests"), _interests(person)),
        Section("documents", text("材料", "Papers"), [each for case in readable for each in _papers(case)]),
        Section("letters", text("文书", "Letters"), [each for case in readable for each in _letters(case)]),
        Section("drafts", text("未提交的申请", "Drafts"), [_draft(charter, each) for each in _open_drafts(person)]),
        Section("mandates", text("授权", "Mandates"), _mandates(person)),
        Section("tokens", text("接口令牌", "API tokens"), _tokens(person)),
        Section("looks", text("谁查看过", "Who looked"), _looks(charter, person, now)),
    ]


def _account(person: Person) -> Item:
    account = Account.objects.filter(person=person).first()
    return Item(
        NAME,
        [
            Row("name", NAME, person.name),
            Row("id_number", text("公民身份号码", "Citizen identity number"), person.id_number),
            Row("email", text("电子邮箱", "E-mail"), person.email),
            Row("phone", text("电话", "Telephone"), person.phone),
            Row("language", text("语言", "Language"), person.language),
            Row("username", text("用户名", "User name"), account.username if account else ""),
        ],
    )


def _records(charter: Charter, person: Person) -> list[Item]:
    found = []
    for register_id, fields in records_of(charter, person):
        register = charter.registers[register_id]
        titles = {each.name: charter.elements[each.element].name for each in register.fields}
        rows = [Row(name, titles.get(name, text(name, name)), value) for name, value in fields.items()]
        found.append(
            Item(
                register.name,
                [
                    Row("register", text("登记簿", "Register"), register_id, register.name),
                    *rows,
                    *_record_kept(register, fields, charter),
                ],
            )
        )
    return found


def _record_kept(register: Register, fields: Mapping[str, Any], charter: Charter) -> list[Row]:
    """Until when a record is kept, and by what law; or from what day on it will count."""
    rule = register.retention
    if rule is None:
        return []
    ended, of_day = ended_on(register, fields), register.field(rule.after)
    until, told = str(after(ended, rule.keep)) if ended and rule.keep else "", FOR_GOOD
    if of_day is not None:
        told = FROM_ON.format(field=charter.elements[of_day.element].name)
    return [
        Row("kept_until", UNTIL, until, None if until else told),
        _basis("kept_basis", BY_LAW, rule.legal_basis, charter),
    ]


def _restrictions(charter: Charter, person: Person, now: datetime) -> list[Item]:
    """What is only stored, since when and until when, why, by what law."""
    return [
        Item(
            charter.registers[each.record.register].name,
            [
                Row("register", text("登记簿", "Register"), each.record.register),
                moment("since", each.begun_at, text("自", "Since")),
                Row("until", text("至", "Until"), each.until.isoformat() if each.until else ""),
                Row("reason", REASONS, each.reason or each.asked_in),
                _basis("legal_basis", text("依据", "Legal basis"), each.legal_basis, charter),
            ],
        )
        for each in restrictions_of(person, on=timezone.localdate(now))
        if each.record.register in charter.registers
    ]


def _case(case: Case, in_force: Charter) -> Item:
    listed, charter = procedure_of(case), charter_of(case)
    form = charter.form(case.procedure)
    facts = [
        Row(name, question.title, value, value_told(charter, question, value))
        for name, value in case.facts.items()
        if (question := form.question(name))
    ]
    return Item(
        listed.name,
        [
            Row("number", NUMBER, case.number),
            Row("procedure", text("事项", "Procedure"), case.procedure, listed.name),
            moment("filed_at", case.filed_at),
            Row("outcome", text("结果", "Outcome"), case.outcome, outcome_told(listed, case.outcome)),
            *_kept(case, in_force),
            *([moment("stored_only_since", case.restricted_at, STORED_ONLY)] if case.restricted_at else []),
            *facts,
        ],
    )


def _kept(case: Case, charter: Charter) -> list[Row]:
    """Until when it is kept, and by what law (PIPL art. 17); or when it was erased."""
    if case.erased_at is not None:
        return [moment("erased_at", case.erased_at, text("已删除", "Erased"))]
    found = kept_until(case.parent or case, charter)
    told = text("办结、期满或者证照失效后起算", "counted from its end, or that of what rests on it")
    return [
        Row("kept_until", UNTIL, str(found.until or ""), None if found.until else told),
        _basis("kept_basis", BY_LAW, found.basis, charter),
    ]


def _decisions(case: Case) -> Iterable[Item]:
    for each in case.decisions.order_by("pk"):
        yield Item(
            procedure_of(case).name,
            [
                Row("case", NUMBER, case.number),
                Row("outcome", text("决定", "Decision"), each.outcome, outcome_told(procedure_of(case), each.outcome)),
                *(Row(said["name"], Text(said["title"]), said["said"]) for said in each.contents),
                Row("reasons", REASONS, each.reasons),
                _basis("legal_basis", text("依据", "Legal basis"), each.legal_basis, charter_of(case)),
                moment("decided_at", each.decided_at),
            ],
        )


def _hearings(cases: Sequence[Case]) -> list[Item]:
    return [
        Item(
            procedure_of(each.case).name,
            [
                Row("case", NUMBER, each.case.number),
                Row("at", AT, each.at),
                Row("reason", REASONS, each.reason),
                Row("minutes", text("笔录", "Minutes"), each.minutes),
            ],
        )
        for each in Hearing.objects.filter(case__in=cases).select_related("case__enactment").order_by("pk")
    ]


def _interests(person: Person) -> list[Item]:
    return [
        Item(
            name,
            [
                Row("interest", text("涉及的利益", "Which interests"), each.what),
                Row("views", text("意见", "Views"), each.views),
                moment("told_at", each.told_at),
            ],
        )
        for each, name in interests_of(person)
    ]


def _papers(case: Case) -> Iterable[Item]:
    for each in case.documents.order_by("pk"):
        yield Item(
            text(each.name, each.name),
            [
                Row("case", NUMBER, case.number),
                Row("name", NAME, each.name),
                Row("sha256", text("校验值", "SHA-256"), each.sha256),
                moment("uploaded_at", each.uploaded_at),
            ],
        )


def _letters(case: Case) -> Iterable[Item]:
    for each in case.letters.filter(recipient=case.applicant_id).order_by("pk"):
        yield Item(
            text(each.subject, each.subject),
            [
                Row("case", NUMBER, case.number),
                moment("written_at", each.written_at),
                Row("body", text("正文", "Wording"), each.body),
            ],
        )


def _open_drafts(person: Person) -> list[Draft]:
    return list(person.drafts.filter(case__isnull=True).order_by("pk"))


def _draft(charter: Charter, draft: Draft) -> Item:
    known = charter.procedures.get(draft.procedure) or charter.events.get(draft.procedure)
    name = known.name if known else text(draft.procedure, draft.procedure)
    answers = [Row(key, text(key, key), value) for key, value in draft.answers.items()]
    return Item(name, [Row("procedure", text("事项", "Procedure"), draft.procedure, name), *answers])


def _mandates(person: Person) -> list[Item]:
    mandates = Mandate.objects.filter(holder=person).select_related("enterprise", "grantor").order_by("pk")
    return [
        Item(
            text(str(each.enterprise or each.grantor), str(each.enterprise or each.grantor)),
            [
                Row("for", text("代表", "Acting for"), str(each.enterprise or each.grantor)),
                Row("from_on", text("自", "From"), each.from_on.isoformat()),
                Row("to_on", text("至", "Until"), each.to_on.isoformat() if each.to_on else None),
            ],
        )
        for each in mandates
    ]


def _tokens(person: Person) -> list[Item]:
    return [
        Item(
            text(each.name, each.name),
            [
                Row("name", NAME, each.name),
                Row("scopes", text("范围", "Scopes"), list(each.scopes)),
                Row("expires_at", text("到期", "Expires"), each.expires_at.isoformat()),
            ],
        )
        for each in Token.objects.filter(person=person).order_by("pk")
    ]


def _looks(charter: Charter, person: Person, now: datetime) -> list[Item]:
    return [
        Item(
            each.what,
            [
                moment("at", each.at),
                Row("who", text("谁", "Who"), each.who, each.who or YOURSELF),
                Row("fields", text("字段", "Fields"), each.fields),
                Row("purpose", text("目的", "Purpose"), each.purpose, each.purpose),
                _basis("legal_basis", text("依据", "Legal basis"), each.basis, charter),
                Row("case", NUMBER, each.case),
                *_late(charter, each),
            ],
        )
        for each in looks_told(person, now=now, limit=LOOKS)
    ]


def _late(charter: Charter, look: LookTold) -> list[Row]:
    if look.late is None:
        return []
    return [
        Row("notice_delayed_until", text("延迟告知至", "Notice delayed until"), look.late.until.isoformat()),
        Row("notice_delayed_reason", text("延迟告知的理由", "Why it was delayed"), look.late.reason),
        _basis("notice_delayed_basis", text("延迟告知的依据", "By what law"), look.late.basis, charter),
    ]


def moment(name: str, at: datetime, title: Text = AT) -> Row:
    """A moment: exact in the download, as people write it on the page."""
    told = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    return Row(name, title, at.isoformat(), text(told, told))


def _basis(name: str, title: Text, refs: Sequence[str], charter: Charter) -> Row:
    """Articles: by their ids in the download, as they are cited on the page."""
    cited = [charter.cite(ref) for ref in refs]
    told = text(*("; ".join(each.in_(language) for each in cited) for language in ("zh-Hans", "en")))
    return Row(name, title, list(refs), told)
