"""The limit that is in force on a round, if one is, and all that there were."""

from datetime import date

from zhengtong.agora.models import Limit
from zhengtong.agora.rounds import Round
from zhengtong.cases.models import Case


def limit_on(case: Case, on: date) -> Limit | None:
    """The limit in force on a day. It ends by its date, whether or not the worker has been there."""
    return Limit.objects.filter(case=case, ended_at__isnull=True, until__gte=on).first()


def limits(round_: Round | None = None) -> list[Limit]:
    """Every limit of a round, or of all, the newest first."""
    found = Limit.objects.select_related("case__enactment").order_by("-begun_at", "-pk")
    return list(found if round_ is None else found.filter(case=round_.case))
