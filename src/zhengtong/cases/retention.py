"""How long a case is kept: the charter's schedule, from the end of the last thing that rests on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhengtong.cases.law import day_of
from zhengtong.cases.models import Case, Certificate
from zhengtong.cases.periods import after
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Retention


@dataclass(frozen=True)
class Ended:
    """A case, or a part of a joint one, with the day that it ended; none while something rests on it."""

    procedure: str
    on: date | None


@dataclass(frozen=True)
class Kept:
    """Until when a case is kept, its last day included, and by which law; no day while something rests on it."""

    until: date | None
    basis: list[str]

    def over(self, on: date) -> bool:
        """Whether the time has run on this day."""
        return self.until is not None and self.until < on


def kept(ended: Iterable[Ended], rules: Iterable[Retention | None]) -> Kept:
    """A joint case is kept whole, as long as the part that is kept longest. What no rule names is kept."""
    basis: list[str] = []
    until: date | None = date.min
    for each, rule in zip(ended, rules, strict=True):
        basis += [ref for ref in (rule.legal_basis if rule else []) if ref not in basis]
        if each.on is None or rule is None:
            until = None
        elif until is not None:
            until = max(until, after(each.on, rule.keep))
    return Kept(until, basis)


def kept_until(case: Case, charter: Charter) -> Kept:
    """Of a whole case by the schedule of the charter in force."""
    ended = [_ended(each, charter) for each in (case, *case.parts.all())]
    schedule = [charter.privacy.kept("case", each.procedure) if charter.privacy else None for each in ended]
    return kept(ended, schedule)


def _ended(case: Case, charter: Charter) -> Ended:
    """Not while it runs, is contested, or a certificate of it is good without end."""
    if case.closed_at is None or case.is_open or case.contested_by.exclude(status=Case.Status.CLOSED).exists():
        return Ended(case.procedure, None)
    days = [day_of(case.closed_at, charter)]
    for certificate in case.certificates.filter(status=Certificate.Status.VALID):
        if certificate.valid_to is None:
            return Ended(case.procedure, None)
        days.append(certificate.valid_to)
    return Ended(case.procedure, max(days))
