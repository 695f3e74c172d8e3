"""A process as a picture: the server's SVG, in place of which bpmn-js draws the same where scripts run."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from zhengtong.cases import queries
from zhengtong.cases.law import charter_of
from zhengtong.cases.models import Case
from zhengtong.engines.process import MARKS, Model, draw, told
from zhengtong.faces.shared.language import local, tag


def case_picture(case: Case, *, now: datetime) -> SafeString:
    """The process of a case, with where it stands."""
    model, marks = charter_of(case).process(case.procedure), queries.standing(case, now=now)
    return process_picture(model, enactment=case.enactment.number, procedure=case.procedure, marks=marks)


def process_picture(
    model: Model, *, enactment: int, procedure: str, marks: Mapping[str, str] | None = None
) -> SafeString:
    """The process of a procedure as an enactment has it; `marks` are those of `engines.process.draw`.

    Where something is marked there are a legend and the steps in words, for those who do not see the picture.
    """
    known = {node: mark for node, mark in (marks or {}).items() if mark in MARKS}
    used = {name: mark for name, mark in MARKS.items() if name in known.values()}
    looks = {name: (mark.badge, mark.paper, mark.ink, mark.weight) for name, mark in used.items()}
    context = {
        "svg": mark_safe(draw(model, tag(), known)),  # noqa: S308 the engine escapes what it draws
        "source": reverse("process-file", args=[enactment, procedure, tag()]),
        "marks": json.dumps(known),
        "looks": json.dumps(looks, ensure_ascii=False),
        "legend": [(name, mark.badge, local(mark.said)) for name, mark in used.items()],
        "steps": told(model, tag(), known) if known else (),
    }
    return render_to_string("components/process.html", context)
