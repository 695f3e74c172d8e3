"""Opening a restaurant, as the tests do it: what Lin Yue answers, hands in, and what officers do with it."""

import io
from datetime import datetime
from typing import Any

from PIL import Image

from tests.cast import Cast
from zhengtong.cases import acts
from zhengtong.cases.models import Case, Task
from zhengtong.people.actor import Actor

ANSWERS: dict[str, Any] = {
    "outlet_name": "临江小馆",
    "premises_region": "990102",
    "premises_number": "990102-001-0088",
    "premises_address": "青山市和平区样例路88号",
    "business_area": "180.50",
    "business_items": "hot-cold",
    "food_safety_manager": "林悦",
    "uses_gas": True,
    "exits": 2,
    "fire_by_commitment": False,
    "opening_on": "2026-05-01",
    "sign_position": "above-door",
    "sign_width": "4.2",
    "sign_height": "1.1",
}


def picture(colour: str = "white") -> bytes:
    """A small real PNG."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return file.getvalue()


def papers(*materials: str) -> dict[str, tuple[str, io.BytesIO]]:
    """A picture for every material named."""
    return {material: (f"{material}.png", io.BytesIO(picture())) for material in materials}


NEEDED = ("floor-plan", "food-safety-rules", "fire-safety-self-check", "sign-design")


def apply(cast: Cast, *, now: datetime, key: str = "first", **changes: Any) -> Case:
    """Lin Yue files the joint application for her company."""
    return acts.file_application(
        procedure="open-restaurant",
        person=cast.lin_yue.person,
        enterprise=cast.linjiang,
        answers=ANSWERS | changes,
        documents=papers(*NEEDED),
        by=cast.lin_yue,
        channel="web",
        language="zh-Hans",
        request_key=key,
        now=now,
    )


def part(case: Case, procedure: str) -> Case:
    """One service of the joint case, fresh."""
    return case.parts.get(procedure=procedure)


def task(case: Case, node: str) -> Task:
    """The open step `node` of a case."""
    return case.tasks.get(node=node, status=Task.Status.OPEN)


def do(case: Case, node: str, output: str, *, by: Actor, now: datetime, **more: Any) -> Case:
    """An officer ends a step."""
    return acts.complete(task=task(case, node), output=output, by=by, now=now, **more)
