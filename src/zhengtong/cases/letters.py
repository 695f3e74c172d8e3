"""Letters to the parties: the charter's wording, filled with the case, written in the transaction of the act.

The row is its own outbox: the mail connector sends what has not been sent, and tries again later.
"""

import re
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet

from zhengtong.cases.law import charter_of, procedure_of
from zhengtong.cases.models import Case, Letter
from zhengtong.common.rows import insert
from zhengtong.common.text import Text
from zhengtong.people.models import Person

_PLACE = re.compile(r"\{\{\s*([a-z]+\.[a-z_]+)\s*\}\}")


def write(case: Case, name: str, *, now: datetime, to: Person | None = None, **places: object) -> Letter | None:
    """Write the letter `name` to the applicant, in the case's language, or `to` another; `places` add to the common.

    A place `decision_reasons=` fills `{{ decision.reasons }}`.
    """
    if case.is_of_office and to is None:
        return None  # nobody applied
    language = to.language if to else case.language
    subject, body = worded(case, name, language, **places)
    letter = Letter(
        case=case,
        recipient=to or case.applicant,
        name=name,
        language=language,
        subject=subject[:300],
        body=body,
        written_at=now,
        next_try_at=now,
    )
    insert(letter)
    return letter


def without_address(case: Case, name: str) -> QuerySet[Letter]:
    """The letters `name` that were to go out and stay, as who they are to has no e-mail address here."""
    return Letter.objects.filter(case=case, name=name, sent_at=None, next_try_at=None)


def worded(case: Case, name: str, language: str, **places: object) -> tuple[str, str]:
    """Subject and body of a letter, filled in; nobody is written to yet."""
    subject, body = charter_of(case).letter(case.procedure, name, language)
    values = _common(case, language) | {
        key.replace("_", ".", 1): _told(value, language) for key, value in places.items()
    }
    return _filled(subject, values), _filled(body, values)


def _filled(wording: str, values: dict[str, str]) -> str:
    return _PLACE.sub(lambda place: values.get(place[1], ""), wording)


def _told(value: object, language: str) -> str:
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日" if language.startswith("zh") else f"{value:%-d %B %Y}"
    if isinstance(value, list):
        return "\n".join(f"- {_told(each, language)}" for each in value)
    return "" if value is None else str(value)


def _common(case: Case, language: str) -> dict[str, str]:
    charter, listed = charter_of(case), procedure_of(case)
    values: dict[str, object] = {
        "case.number": case.number,
        "case.name": listed.name,
        "party.name": case.party.name,
        "due.on": case.due_on or case.statutory_on,
        "url.case": f"{settings.ZHENGTONG_URL}/cases/{case.number}",
        "url.rate": f"{settings.ZHENGTONG_URL}/cases/{case.number}/rate",
        "url.verify": f"{settings.ZHENGTONG_URL}/verify",
    }
    if case.post:
        values["office.name"] = charter.organisation_of(case.post).name
        values["post.title"] = charter.post(case.post).title
    return {key: _told(value, language) for key, value in values.items()}
