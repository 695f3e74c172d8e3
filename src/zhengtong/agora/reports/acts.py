"""What petitioners agreed to is published by the worker, and gone when the petition is erased."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.agora.reports import kinds
from zhengtong.agora.reports.models import Kept, Report
from zhengtong.cases import documents
from zhengtong.cases.law import charter_of, day_of, procedure_of
from zhengtong.cases.models import Case, Document
from zhengtong.cases.photographs import shown
from zhengtong.charter.model import GeoReport, Procedure
from zhengtong.charter.queries import in_force_at
from zhengtong.common.positions import position
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM
from zhengtong.vault import ring

SAID: dict[str, Any] = {"words": "", "photo": ""}  # what a report says, and what is there where it says nothing
PLACE: dict[str, Any] = {"place": "", "latitude": None, "longitude": None}


def publish_due(*, now: datetime, limit: int = 50) -> int:
    """Make the rows of new petitions, and empty those of petitions that were erased. The worker's; how many."""
    charter = in_force_at(now).charter
    reported = [each.id for each in charter.procedures.values() if each.georeport]
    new = Case.objects.filter(procedure__in=reported, report=None, erased_at=None).order_by("pk")
    made = sum(publish(pk, now=now) for pk in list(new.values_list("pk", flat=True)[:limit]))
    gone = Report.objects.filter(is_public=True, case__erased_at__isnull=False).values_list("pk", flat=True)
    return made + sum(_forget(pk) for pk in list(gone[:limit]))


@transaction.atomic
def publish(pk: int, *, now: datetime) -> bool:
    """Make the row of a petition, with words only if its petitioner agreed; once."""
    case = Case.objects.select_for_update(of=("self",)).select_related("enactment").get(pk=pk)
    listed = procedure_of(case)
    declared = listed.georeport if isinstance(listed, Procedure) else None
    if declared is None or Report.objects.filter(case=case).exists():
        return False
    agreed = case.facts.get(declared.public) is True
    Report.objects.create(
        case=case,
        kind=str(case.facts.get(declared.service, "")),
        region=case.region,
        filed_on=day_of(case.filed_at, charter_of(case)),
        is_public=agreed,
        **(_told(case, declared) if agreed else {}),
    )
    if agreed:
        record(kind=kinds.PUBLISHED, subject=case.number, by=PROGRAM, now=now)
    return True


def _told(case: Case, declared: GeoReport) -> dict[str, Any]:
    place = str(case.facts.get(declared.place) or "").strip()
    longitude, latitude = position(place) or (None, None)
    return {
        "words": str(case.facts.get(declared.description) or ""),
        "place": place[:200] if latitude is None else "",
        "latitude": latitude,
        "longitude": longitude,
        "photo": _photo(case, declared.photo),
    }


def _photo(case: Case, material: str | None) -> str:
    """A new picture of the first photograph that was handed in and is no danger; it keeps nothing but what one sees."""
    pictures = case.documents.filter(material=material or "", media_type__in=("image/jpeg", "image/png"))
    first = pictures.exclude(scan=Document.Scan.QUARANTINED).order_by("pk").first()
    return documents.store(shown(documents.read(first.path)), ring.NODE) if first else ""


@transaction.atomic
def _forget(pk: int) -> bool:
    report = Report.objects.select_for_update().get(pk=pk)
    emptied(report)
    for kept in Kept.objects.filter(report=report):
        emptied(kept)
        kept.save()
    report.is_public = False
    report.save()
    return True


def emptied(report: Report | Kept) -> None:
    """Its words, photograph and place are gone; not saved yet."""
    documents.remove([report.photo] if report.photo else [])
    for name, empty in (SAID | PLACE).items():
        setattr(report, name, empty)
