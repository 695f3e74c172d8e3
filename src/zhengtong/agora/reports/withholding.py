"""What everybody could read of a petition is withheld: a measure by a published rule, like that on any other words.

The words are kept for the appeal, apart from what is public. Whoever wrote them is told in a letter.
"""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from zhengtong.agora.conflicts import Words, require_unconcerned
from zhengtong.agora.errors import NoSuchRule
from zhengtong.agora.measures import lift, take
from zhengtong.agora.models import Measure
from zhengtong.agora.moderated import Reported
from zhengtong.agora.reports import kinds
from zhengtong.agora.reports.acts import emptied
from zhengtong.agora.reports.errors import NoSuchReport, NotSaidWhy
from zhengtong.agora.reports.models import Kept, Report
from zhengtong.cases import letters
from zhengtong.cases.authority import require
from zhengtong.cases.law import office_of
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.common.text import Text, text
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor

LONGEST = 500
FOR_GOOD = text("不限期", "for good")
WHY = {
    "time-over": text("停止公开的期限已满。", "The time for which it was withheld is over."),
    "appeal-granted": text("申诉成立。", "An appeal was granted."),
}


@transaction.atomic
def withhold(
    *,
    report: Report,
    rule: str,
    facts: str,
    by: Actor,
    now: datetime,
    until: date | None = None,
    was: str = "",
    found: str = Measure.Found.OWN,
) -> Measure:
    """Take words and photograph away from the public by a published rule; the reason stands in their place.

    `was` and `found` as with `acts.hide`. NoSuchReport, NoSuchRule, ModeratesItself, NotTheModerator.
    """
    case, report = _locked(report)
    power = require(case, by=by, act="moderate", now=now)
    place, facts = Reported(case), facts.strip()
    if not report.is_public or report.withheld_for:
        raise NoSuchReport
    if len(facts) > LONGEST:
        raise NoSuchRule
    said: dict[str, Any] = {"rule": rule, "facts": facts, "was": was, "found": found, "until": until}
    measure, declared = take(place, Words(report.words), by=by, now=now, petition=case, **said)
    Kept.objects.create(report=report, measure=measure, words=report.words, photo=report.photo)
    report.words, report.photo = "", ""
    report.withheld_for, report.withheld_by = facts, declared.legal_basis[0]
    report.save()
    record(
        kind=kinds.WITHHELD,
        subject=case.number,
        by=by,
        power=power,
        basis=list(declared.legal_basis),
        reason=facts,
        particulars={"rule": rule, "until": until, "found": found},
        now=now,
    )
    _tell_withheld(place, measure, now=now)
    return measure


def _tell_withheld(place: Reported, measure: Measure, *, now: datetime) -> None:
    if place.case.erased_at is not None:
        return
    charter, declared = place.charter, place.declared
    rule, office = declared.rule(measure.rule), charter.organisation_of(measure.post)
    judge = office_of(charter, charter.procedures[declared.appeal], place.case.region, place.day(now))
    letters.write(
        place.case,
        "report-withheld",
        now=now,
        measure_rule=_worded(rule.name, rule.wording) if rule else measure.rule,
        measure_until=measure.until or FOR_GOOD,
        decision_reasons=measure.facts,
        decision_legal_basis=[charter.cite(each) for each in rule.legal_basis] if rule else [],
        appeal_where=judge.name,
        office_name=office.name,
        post_title=charter.post(measure.post).title,
        url_measure=_address(measure),
    )


def _worded(name: Text, wording: Text) -> Text:
    return text("{name}：{wording}", "{name}: {wording}").format(name=name, wording=wording)


def _address(measure: Measure) -> str:
    return f"{settings.ZHENGTONG_URL}/take-part/moderation/{measure.pk}"


@transaction.atomic
def show_again(*, measure: Measure, why: str, by: Actor, now: datetime) -> Measure:
    """What was withheld is public again, as it was: the moderator was wrong, an appeal says so, or the time is over.

    Of a petition that was erased meanwhile nothing comes back. NotContestable, NoSuchRule.
    """
    case, report = _locked(Report.objects.get(case=measure.petition_id))
    power = "" if by == PROGRAM else require(case, by=by, act="moderate", now=now)
    measure, why = lift(measure, why=why, now=now), why.strip()
    kept = Kept.objects.get(measure=measure)
    if report.is_public:
        report.words, report.photo = kept.words, kept.photo
    report.withheld_for, report.withheld_by = "", ""
    kept.delete()
    report.save()
    record(kind=kinds.RESTORED, subject=case.number, by=by, power=power, reason=why, now=now)
    if case.erased_at is None:
        told = WHY.get(why, why)
        letters.write(case, "report-restored", now=now, decision_reasons=told, url_measure=_address(measure))
    return measure


@transaction.atomic
def delete(*, report: Report, reason: str, basis: str, by: Actor, now: datetime) -> Report:
    """Delete what is public, for good: its petitioner never wished it, or the law wants personal data erased.

    It is no measure, as nothing is kept that could come back; reason and article stand in its place, and its
    petitioner is told. NoSuchReport, NotSaidWhy, ModeratesItself, NotTheModerator.
    """
    case, report = _locked(report)
    power = require(case, by=by, act="moderate", now=now)
    place, reason = Reported(case), reason.strip()
    on = place.day(now)
    if not report.is_public or report.withheld_for:
        raise NoSuchReport
    require_unconcerned(place, Words(report.words), by=by, on=on)
    allowed = place.charter.powers[power].legal_basis  # any other law would do for whoever writes the request by hand
    if not 0 < len(reason) <= LONGEST or basis not in allowed or place.charter.article(basis, on) is None:
        raise NotSaidWhy
    emptied(report)
    report.withheld_for, report.withheld_by = reason, basis
    report.save()
    record(kind=kinds.DELETED, subject=case.number, by=by, power=power, basis=[basis], reason=reason, now=now)
    if case.erased_at is None:
        letters.write(
            case,
            "report-deleted",
            now=now,
            decision_reasons=reason,
            decision_legal_basis=[place.charter.cite(basis)],
            office_name=place.charter.organisation_of(by.post).name,
        )
    return report


def _locked(report: Report) -> tuple[Case, Report]:
    """The petition and its report, fresh; the case goes first, as everywhere."""
    case = locked(report.case_id)
    return case, Report.objects.select_for_update().get(pk=report.pk)
