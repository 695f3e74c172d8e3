"""What everybody could read of a petition is withheld: a measure by a published rule, like that on any other words.

The words are kept for the appeal, apart from what is public. Whoever wrote them is told in a letter.
"""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from zhengtong.agora.moderation.conflicts import Words, require_unconcerned
from zhengtong.agora.moderation.errors import NoSuchRule
from zhengtong.agora.moderation.measures import lift, take
from zhengtong.agora.moderation.models import DELETED, Measure
from zhengtong.agora.moderation.moderated import Reported
from zhengtong.agora.reports import kinds
from zhengtong.agora.reports.acts import PLACE, SAID, emptied
from zhengtong.agora.reports.errors import NoSuchReport, NotSaidWhy, StillContested
from zhengtong.agora.reports.models import Kept, Report
from zhengtong.cases import letters
from zhengtong.cases.authority import require
from zhengtong.cases.law import office_of
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.common.text import Text, text
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor

LONGEST = 500
FOR_GOOD = text("不限期", "for good")
WHAT = text("内容和照片", "words and photograph")
WHAT_AND_PLACE = text("内容、照片和地点", "words, photograph and place")
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
    with_place: bool = False,
) -> Measure:
    """Take words and photograph away from the public by a published rule; the reason stands in their place.

    `with_place`: its place, too. `was` and `found` as with `acts.hide`. NoSuchReport, NoSuchRule, ModeratesItself,
    NotTheModerator.
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
    kept = Kept(report=report, measure=measure, with_place=with_place)
    _move(report, kept, with_place=with_place)
    kept.save()
    report.withheld_for, report.withheld_by = facts, declared.legal_basis[0]
    report.save()
    record(
        kind=kinds.WITHHELD,
        subject=case.number,
        by=by,
        power=power,
        basis=list(declared.legal_basis),
        reason=facts,
        particulars={"rule": rule, "until": until, "found": found, "with_place": with_place},
        now=now,
    )
    _tell_withheld(place, measure, with_place=with_place, now=now)
    return measure


def _move(source: Report | Kept, to: Report | Kept, *, with_place: bool) -> None:
    """What is withheld, from what is public to what is kept, or back; nothing is saved yet."""
    for name, empty in (SAID | PLACE if with_place else SAID).items():
        setattr(to, name, getattr(source, name))
        setattr(source, name, empty)


def _tell_withheld(place: Reported, measure: Measure, *, with_place: bool, now: datetime) -> None:
    if place.case.erased_at is not None:
        return
    charter, declared = place.charter, place.declared
    rule, office = declared.rule(measure.rule), charter.organisation_of(measure.post)
    judge = office_of(charter, charter.procedures[declared.appeal], place.case.region, place.day(now))
    letters.write(
        place.case,
        "report-withheld",
        now=now,
        measure_what=WHAT_AND_PLACE if with_place else WHAT,
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
        _move(kept, report, with_place=kept.with_place)
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
    petitioner is told. The measure by which it is withheld ends with it. NoSuchReport, NotSaidWhy, StillContested,
    ModeratesItself, NotTheModerator.
    """
    case, report = _locked(report)
    power = require(case, by=by, act="moderate", now=now)
    place, reason = Reported(case), reason.strip()
    on, kept = place.day(now), Kept.objects.filter(report=report).select_related("measure").first()
    if not report.is_public or (report.withheld_for and kept is None):
        raise NoSuchReport
    require_unconcerned(place, Words(kept.words if kept else report.words), by=by, on=on)
    allowed = place.charter.powers[power].legal_basis  # any other law would do for whoever writes the request by hand
    if not 0 < len(reason) <= LONGEST or basis not in allowed or place.charter.article(basis, on) is None:
        raise NotSaidWhy
    if kept is not None:
        _drop(kept, now=now)
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


@session_of(PROGRAM_SESSION)  # an appeal is another office's case
def _drop(kept: Kept, *, now: datetime) -> None:
    """What is withheld comes back no more, and its measure has nothing to stand on. While it is contested it stays, for
    its judge. StillContested.
    """
    measure = lift(kept.measure, why=DELETED, now=now)
    if measure.appeals.filter(closed_at=None).exists():
        raise StillContested
    emptied(kept)
    kept.delete()


def _locked(report: Report) -> tuple[Case, Report]:
    """The petition and its report, fresh; the case goes first, as everywhere."""
    case = locked(report.case_id)
    return case, Report.objects.select_for_update().get(pk=report.pk)
