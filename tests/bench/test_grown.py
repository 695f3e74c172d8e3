"""What the growth benchmark writes in bulk is what the acts would have written."""

from django.db import models

from bench.grown import COPIED, STEP, multiply
from tests.restaurant import apply, do, papers
from zhengtong.cases import acts
from zhengtong.cases.models import Case, Letter, Task, Timer
from zhengtong.ledger.models import Act

OWN = {
    "id",
    "number",
    "request_key",
    "subject",
    "body",
    "salt",
    "commitment",
    "seal",
    "recorded_at",
    "particulars",
    "actor",
    "path",
    "traces",
}
PARTIES = {"applicant", "enterprise", "recipient", "uploaded_by"}


def live(cast, now, key: str) -> None:
    """One application that is accepted, and one that is asked for a correction and answers."""
    accepted = apply(cast, now=now, key=key)
    do(accepted, "accept", "accepted", by=cast.window, now=now)
    step = Task.objects.filter(case__parent=accepted, post=cast.fire.post).first()
    if step is not None:
        stop = acts.request_correction(task=step, items=[{"what": "图", "why": "看不清"}], by=cast.fire, now=now)
        acts.answer_correction(stop=stop, note="好", documents=papers("floor-plan"), by=cast.lin_yue, now=now)


def rows(model: type[models.Model], first: int, last: int) -> list[tuple]:
    """The rows with ids in that range, without what is each row's own."""
    columns = [
        field.attname
        for field in model._meta.concrete_fields
        if field.name not in OWN | PARTIES and field.related_model not in COPIED
    ]  # what is sealed is opened: two seals of one thing differ
    found = model.objects.filter(pk__gt=first, pk__lte=last).order_by("pk")
    if model is Act:
        found = found.filter(subject__startswith="QI-")
    return [tuple(str(getattr(row, name)) for name in columns) for row in found]


def last(model: type[models.Model]) -> int:
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_a_copy_is_what_the_acts_would_have_written(cast, monday):
    live(cast, monday, "first")
    once = {model: last(model) for model in COPIED}
    live(cast, monday, "second")
    twice = {model: last(model) for model in COPIED}
    multiply(1, people=5)
    written = {model: rows(model, once[model], twice[model]) for model in COPIED}
    assert {model: rows(model, STEP, STEP + once[model]) for model in COPIED} == written
    assert all(written[model] for model in (Case, Task, Timer, Letter, Act))


def test_a_copy_belongs_to_others_and_hangs_together(cast, monday):
    live(cast, monday, "first")
    multiply(2, people=5)
    for copy in (1, 2):
        whole = Case.objects.get(pk__gt=copy * STEP, pk__lt=(copy + 1) * STEP, parent=None)
        assert whole.number.endswith(f"-{copy}")
        assert whole.applicant != cast.lin_yue.person
        assert {part.applicant for part in whole.parts.all()} == {whole.applicant}
        assert {letter.recipient for letter in whole.letters.all()} == {whole.applicant}
        assert Act.objects.filter(subject=whole.number).count() > 2
