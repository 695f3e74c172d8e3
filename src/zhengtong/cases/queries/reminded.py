"""Who was told of a step that is nearly late, or late, and when: as the reminders are on record."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhengtong.cases.law import day_of
from zhengtong.cases.models import Reminder
from zhengtong.charter.charter import Charter
from zhengtong.common.text import Text
from zhengtong.people.wording import post_told


@dataclass(frozen=True)
class Reminded:
    """The post that has the step was reminded, or, once it was `late`, the post above was told."""

    late: bool
    post: Text
    on: date


def reminded(steps: Mapping[int, Charter]) -> Mapping[int, list[Reminded]]:
    """All of it, in its order, by step; each with the charter of its case. One query."""
    found: dict[int, list[Reminded]] = defaultdict(list)
    for each in Reminder.objects.filter(task__in=steps).order_by("pk"):
        charter = steps[each.task_id]
        told = Reminded(each.kind == Reminder.Kind.LATE, post_told(charter, each.post), day_of(each.at, charter))
        found[each.task_id].append(told)
    return found
