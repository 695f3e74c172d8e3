"""An appeal against a measure is judged neither by who took it, nor by those whom the words are about."""

from datetime import datetime

from zhengtong.agora.moderation.conflicts import kept_from_appeal, names, words_of
from zhengtong.agora.moderation.models import Measure
from zhengtong.cases.acts.handling import end_in
from zhengtong.cases.aside import exclude, keep_from
from zhengtong.cases.authority import competent_posts
from zhengtong.cases.law import charter_of, day_of
from zhengtong.cases.locks import open_task
from zhengtong.cases.models import Case, Ground, Task
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.common.text import text
from zhengtong.people.actor import PROGRAM
from zhengtong.people.models import Holding, Person

ABOUT = text("言论涉及这些机构，或者措施由其作出", "the words are about these offices, or they took the measure")
OWN = text("措施由本人作出", "took the measure")
NAMED = text("言论提到本人", "is named in what was said")
NOBODY_LEFT = text(
    "言论涉及每一个可以决定申诉的机构。没有机构可以审查的措施，不予维持。",
    "The words are about every office that could decide. A measure that nobody may examine does not stand.",
)


@session_of(PROGRAM_SESSION)
def keep_apart(appeal: Case, measure: Measure, *, now: datetime) -> None:
    """Keep the offices and officers whom it concerns out of an appeal; its step goes to the next that has the power.
    Where none is left, the appeal is granted.
    """
    charter, tongue = charter_of(appeal), appeal.language
    first = appeal.tasks.filter(status=Task.Status.OPEN).order_by("pk").first()
    if first is None:
        return
    first.case = appeal
    offices = kept_from_appeal(charter, measure)
    able = [post for post in competent_posts(first, now=now) if post.partition("/")[0] not in offices]
    if not able:
        _let_it_win(first, now=now)
        return
    keep_from(appeal, offices, reason=ABOUT.in_(tongue), now=now)
    exclude(appeal, measure.by, ground=Ground.OTHER, reason=OWN.in_(tongue), now=now)
    for held in Holding.objects.on(day_of(now, charter)).filter(post__in=able).select_related("person").order_by("pk"):
        if _concerned(measure, held.person):
            exclude(appeal, held.person, ground=Ground.INTEREST, reason=NAMED.in_(tongue), now=now)


def _concerned(measure: Measure, person: Person) -> bool:
    return person.pk != measure.by_id and names(words_of(measure), person)


def _let_it_win(task: Task, *, now: datetime) -> None:
    task = open_task(task.pk)
    why = NOBODY_LEFT.in_(task.case.language)
    end_in(task, output="granted", reasons=why, basis=[], findings="", power="", by=PROGRAM, now=now)
