"""Who speaks for many who apply together, and what they may do in the case: as the charter has it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from zhengtong.cases.errors import InvalidAnswers
from zhengtong.cases.facts import TWICE
from zhengtong.cases.law import charter_of, procedure_of
from zhengtong.cases.models import Case, Representative
from zhengtong.charter.model import Procedure, Representatives
from zhengtong.common.text import Text, text
from zhengtong.people.actor import Actor
from zhengtong.people.errors import BadIdentifier
from zhengtong.people.identifiers import checked_id_number
from zhengtong.people.models import Person
from zhengtong.registry.subjects import index_of

NAME, NUMBER = "name", "id_number"  # columns of the question, beside how to reach them

MAY = {
    "withdraw": text("撤回申请", "withdraw it"),
    "answer-correction": text("补正材料", "answer what the office asks for"),
    "ask-recusal": text("申请工作人员回避", "ask that an officer stand aside"),
    "ask-hearing": text("申请听证", "ask for a hearing"),
    "own-step": text("完成由申请人办理的环节", "do the steps that are the applicant’s"),
    "say-solved": text("说明是否已经解决", "say whether it is solved"),
    "rate": text("评价办理情况", "rate how it was handled"),
}
ONLY_READ = text("查看办件", "read it")


def declared(case: Case) -> Representatives | None:
    """What the charter says of those who speak for many in this case; nothing in most procedures."""
    listed = procedure_of(case)
    return listed.representatives if isinstance(listed, Procedure) else None


def accepted(case: Case, by: Actor) -> bool:
    """Whether somebody, in no post, represents many in this case by their own word."""
    if by.person is None or by.post or declared(case) is None:
        return False
    return case.representatives.filter(person=by.person, status=Representative.Status.ACCEPTED).exists()


def named(case: Case) -> list[Person]:
    """Those whom the facts name and who are known here: by number and name together, so that neither finds anybody.

    InvalidAnswers, at the question: a number that is none, or that is there twice.
    """
    rule = declared(case)
    if rule is None:
        return []
    names: dict[str, str] = {}
    for row in case.facts.get(rule.question) or []:
        index = _index(row, rule.question)
        if index in names:
            raise InvalidAnswers({rule.question: TWICE})
        if index:
            names[index] = row[NAME]
    known = Person.objects.filter(id_index__in=names) if names else ()
    return [each for each in known if each.name == names[str(each.id_index)] and each.pk != case.applicant_id]


def _index(row: Mapping[str, str], question: str) -> str:
    try:
        return index_of(checked_id_number(row[NUMBER])) if row.get(NUMBER) else ""
    except BadIdentifier as refusal:
        raise InvalidAnswers({question: refusal.told()}) from refusal


def names_only(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """What one representative reads of the others."""
    return [{NAME: each[NAME]} for each in rows]


def may_told(case: Case) -> Text:
    """What a representative may do in the case, in words."""
    rule = declared(case)
    told = [ONLY_READ, *(MAY[each] for each in (rule.may if rule else ()))]
    signs = {"zh-Hans": "、", "en": "; "}
    return Text(
        {tag: signs.get(tag, ", ").join(each.in_(tag) for each in told) for tag in charter_of(case).head.languages}
    )


def addressed(made: Representative) -> dict[str, Any]:
    """What a letter to one of them says instead of the party's page."""
    return {
        "url_case": f"{settings.ZHENGTONG_URL}/representing/{made.pk}",
        "representative_may": may_told(made.case),
    }
