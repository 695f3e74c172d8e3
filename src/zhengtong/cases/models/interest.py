"""Others whose major interests a case bears on (利害关系人): they are told, give their views, and may be heard."""

from django.db import models

from zhengtong.cases.models.case import Case
from zhengtong.people.models import Person
from zhengtong.vault.fields import Sealed


class Interest(models.Model):
    """Somebody beside the party was told of a case, and until when they may ask for a hearing."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="interests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="interests")
    what = Sealed()  # of theirs it touches, as the office sees it
    came_forward = models.BooleanField(default=False)  # themselves; else the office found them
    post = models.CharField(max_length=130)
    told_at = models.DateTimeField()
    ask_until = models.DateField()
    views = Sealed()
    views_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="told_once_of_a_case")]

    def __str__(self) -> str:
        return f"{self.case}: {self.person_id}"

    @property
    def sealed_for(self) -> str:
        return self.case.number
