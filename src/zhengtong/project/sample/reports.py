"""The petitions of `sample/reports.yaml`, which everybody may read, each as far as it has come; written once."""

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from PIL import Image, ImageDraw

from zhengtong.agora.reports.acts import publish_due
from zhengtong.agora.reports.withholding import withhold
from zhengtong.cases.acts import complete, file_application, say_whether_solved
from zhengtong.cases.models import Case, Task
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person
from zhengtong.project.sample.life import Officers
from zhengtong.project.sample.people import players_of, read

PROCEDURE, MATERIAL = "complaint", "petition-evidence"


def write_reports(folder: Path, *, now: datetime) -> int:
    """File the petitions that were not filed before, and let happen what happened since; how many."""
    path = folder / "sample" / "reports.yaml"
    if not path.exists():
        return 0
    people, officers = players_of(folder).people, Officers.on(localdate(now))
    return sum(_write(each, people[each["by"]], officers, now=now) for each in read(path))


@transaction.atomic
def _write(sample: Mapping[str, Any], person: Person, officers: Officers, *, now: datetime) -> bool:
    key, filed_at = f"sample-{sample['id']}", now - timedelta(days=sample["days"])
    if Case.objects.filter(applicant=person, request_key=key).exists():
        return False
    case = file_application(
        procedure=PROCEDURE,
        person=person,
        answers={"petition_public": True, "petition_jointly": False, **sample["answers"]},
        documents={MATERIAL: ("lamp.jpg", io.BytesIO(_picture()))} if "photo" in sample else {},
        by=Actor(person),
        channel="web",
        language="zh-Hans",
        request_key=key,
        now=filed_at,
    )
    publish_due(now=filed_at)
    for event in sample.get("then", ()):
        _happen(case, event, person, officers, now=filed_at + timedelta(days=event["after"]))
    return True


def _happen(case: Case, event: Mapping[str, Any], person: Person, officers: Officers, *, now: datetime) -> None:
    if "solved" in event:
        told = event.get("told", "")
        say_whether_solved(case=case, solved=event["solved"], by=Actor(person), channel="web", told=told, now=now)
        return
    if "withhold" in event:
        by = officers.by_post[event["in"]]
        withhold(report=case.report, rule=event["rule"], facts=event["withhold"], by=by, now=now)
        return
    task = Task.objects.get(case=case, node=event["node"], status=Task.Status.OPEN)
    more = {name: event[name] for name in ("reasons", "basis") if name in event}
    complete(task=task, output=event["output"], by=officers.by_post[task.post], now=now, **more)


def _picture() -> bytes:
    """A street lamp without a light, drawn here: the sample has photographs of nobody and of nowhere."""
    picture = Image.new("RGB", (640, 480), "#22303c")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 400, 640, 480), fill="#3a3f3f")
    draw.rectangle((40, 150, 250, 400), fill="#2c3b49")
    draw.rectangle((396, 120, 408, 400), fill="#8b949b")
    draw.line((402, 124, 330, 110), fill="#8b949b", width=8)
    draw.ellipse((300, 100, 344, 126), fill="#59636b", outline="#8b949b")
    for step in range(3):
        draw.rectangle((70, 400 - 14 * step, 220 - 20 * step, 414 - 14 * step), fill="#4a5563")
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()
