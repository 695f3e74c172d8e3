"""What came of a story, beside what it says."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from zhengtong.cases.law import day_of
from zhengtong.cases.models import Case, Certificate
from zhengtong.cases.scenarios.failure import Failure, shown
from zhengtong.cases.scenarios.stage import Stage
from zhengtong.cases.wording import outcome_told
from zhengtong.charter.scenarios import Story
from zhengtong.ledger.models import Act

SMALL = ("case.task.", "case.part.")  # kinds of act about single steps and parts, which stories leave out


def differences(story: Story, stage: Stage) -> Iterator[Failure]:
    """Everything in `then` that is not so."""
    then, came = story.scenario.then, _came(stage)
    for key, is_so in came.items():
        expected = getattr(then, key)
        if expected is not None and expected != is_so:
            yield Failure(story.place("then", key), shown(expected), shown(is_so))
    others = {each.procedure: each.outcome or each.status for each in stage.family() if each.pk != stage.case.pk}
    for procedure, outcome in then.others.items():
        if others.get(procedure) != outcome:
            place = story.place("then", "others", procedure)
            yield Failure(place, f"{procedure} {outcome}", shown(others.get(procedure)))


def _came(stage: Stage) -> dict[str, object]:
    case = stage.fresh()
    return {
        "status": case.status,
        "outcome": case.outcome,
        "told": outcome_told(stage.charter.listed(case.procedure), case.outcome),
        "decided_on": _decided_on(case, stage),
        "due_on": case.due_on,
        "statutory_on": case.statutory_on,
        "acts": [kind for kind in _kinds(case) if not kind.startswith(SMALL)],
        "certificates": _certificates(case),
        "letters": list(case.letters.order_by("pk").values_list("name", flat=True)),
    }


def _decided_on(case: Case, stage: Stage) -> date | None:
    decision = case.decisions.filter(set_aside_at__isnull=True).order_by("pk").last()
    return day_of(decision.decided_at, stage.charter) if decision else None


def _kinds(case: Case) -> list[str]:
    return list(Act.objects.filter(subject=case.number).order_by("position").values_list("kind", flat=True))


def _certificates(case: Case) -> int:
    whole = Q(case=case) | Q(case__parent=case)
    return Certificate.objects.filter(whole, status=Certificate.Status.VALID).count()
