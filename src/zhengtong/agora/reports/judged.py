"""Who judges an appeal against a withheld report sees its photograph, too; its petitioner sees that they looked."""

from datetime import datetime

from zhengtong.agora.moderation.statements import contested_in
from zhengtong.agora.reports.errors import NoSuchReport
from zhengtong.cases import documents
from zhengtong.cases.authority import require_task
from zhengtong.cases.law import charter_of, procedure_of
from zhengtong.cases.models import Case, Task
from zhengtong.charter.model import GeoReport, Procedure
from zhengtong.common.session import PROGRAM, session_of
from zhengtong.people.actor import Actor
from zhengtong.registry.acts import note_look
from zhengtong.registry.subjects import index_of_person


@session_of(PROGRAM)  # the petition is another office's case
def contested_photograph(task: Task, *, by: Actor, now: datetime) -> bytes:
    """The photograph that is withheld, for whoever has the step of the appeal. NoSuchReport, NotYourTask, NoPower."""
    power, found = require_task(task, by=by, now=now), contested_in(task.case)
    if found is None or found.kept is None or not found.kept.photo:
        raise NoSuchReport
    petition = found.round.case
    note_look(
        charter=charter_of(petition),
        about=index_of_person(petition.applicant),
        fields=_shown(petition),
        power=power,
        by=by,
        case=petition.number,
        case_open=task.case.is_open,
        now=now,
    )
    return documents.read(found.kept.photo)


def _shown(petition: Case) -> list[str]:
    """What of a petition its report shows in words and picture."""
    listed = procedure_of(petition)
    declared: GeoReport | None = listed.georeport if isinstance(listed, Procedure) else None
    return [each for each in (declared.description, declared.photo) if each] if declared else []
