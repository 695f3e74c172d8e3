"""Whoever is not the party, but whose major interests a case bears on (利害关系人, 行政许可法 36, 47)."""

from typing import Any

from django.conf import settings

from zhengtong.cases.law import procedure_of
from zhengtong.cases.models import Case, Interest
from zhengtong.charter.model import Procedure, SpecialProcedure


def hearing_for_others(case: Case) -> SpecialProcedure | None:
    """The hearing that others may ask for; none where the charter gives them none."""
    listed = procedure_of(case)
    declared = listed.special_procedures if isinstance(listed, Procedure) else []
    return next((each for each in declared if each.kind == "hearing" and each.interested), None)


def takes_views(case: Case) -> bool:
    """Whether what others think can still be given: until it is decided."""
    return case.is_open and not case.is_decided


def addressed(interest: Interest) -> dict[str, Any]:
    """What a letter to one of them says instead of the party's name and page."""
    return {
        "party_name": str(interest.person.name),
        "url_case": f"{settings.ZHENGTONG_URL}/interests/{interest.pk}",
    }
