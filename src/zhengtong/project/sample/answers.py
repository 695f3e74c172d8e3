"""Plausible answers to any form: by the name of the question where that says more, else by its kind."""

import io
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from zhengtong.cases.contents import contents_of
from zhengtong.cases.models import Case
from zhengtong.charter.model import Form, LifeEvent, Procedure, Question
from zhengtong.openness.acts import add_paper, make_ready
from zhengtong.openness.giving import disclosing
from zhengtong.people.actor import Actor
from zhengtong.project.sample.citizens import Citizen

_OFTEN_TRUE = {"only_prepackaged"}
_SELDOM = {"uses_gas": 0.4, "central_air": 0.3, "hearing_wanted": 0.2, "chilled_food": 0.4}  # else one in twenty
_NUMBERS = {
    "business_area": (20, 400),
    "exits": (1, 4),
    "sign_width": (1, 8),
    "sign_height": (1, 2),
}
_TEXTS = {
    "outlet_name": "{name}小馆",
    "premises_address": "{address}",
    "premises_number": "{region}-001-{number:04d}",
    "food_safety_manager": "{name}",
    "bank_name": "青山市样例银行",
    "bank_account": "6200{number:012d}",
    "certified_detail": "曾用名为{name}，用于办理社会保险。",
    "name": "{name}",
    "reach": "0000-555-{number:04d}",
    "petition_facts": "小区门口的路灯已经坏了两周，夜里行走不便。",
    "petition_request": "请尽快修复路灯，并告知修复时间。",
    "information_description": "青山市本年度老旧小区改造的计划和进度。",
    "appeal_reasons": "决定所依据的事实与实际不符，材料可以证明。",
    "review_reasons": "答复没有回应提出的问题。",
    "licence_number": "QSC-2021-{number:04d}",
}


def plausible(form: Form, *, citizen: Citizen, on: date, dice: Random) -> dict[str, Any]:
    """An answer to each question that is asked."""
    return {each.name: _answer(each, citizen, on, dice) for each in form.questions if each.asked}


def _answer(question: Question, citizen: Citizen, on: date, dice: Random) -> Any:
    schema, name = question.schema, question.name
    if name == "premises_region":
        return citizen.region[0]
    if question.columns:
        return [{each.name: _answer(each, citizen, on, dice) for each in question.columns if each.required}]
    if "enum" in schema:
        return dice.choice(schema["enum"])
    match schema.get("type"):
        case "boolean":
            return name in _OFTEN_TRUE or dice.random() < _SELDOM.get(name, 0.05)
        case "integer":
            return dice.randint(*_NUMBERS.get(name, (schema.get("minimum", 1), schema.get("maximum", 9))))
        case "number":
            low, high = _NUMBERS.get(name, (1, 20))
            return f"{dice.randint(low * 10, high * 10) / 10:.1f}"
    if schema.get("format") == "date":
        return (on + timedelta(days=dice.randint(20, 60))).isoformat()
    wording = _TEXTS.get(name, "{name}填写的说明。")
    return wording.format(
        name=citizen.name, address=citizen.address, region=citizen.region[0], number=citizen.index % 10_000
    )


def contents(case: Case, output: str, on: date) -> dict[str, str]:
    """What a decision in this outcome has to say, as an officer would."""
    in_a_month, where = (on + timedelta(days=30)).isoformat(), "见市政府门户网站信息公开专栏。"
    return {each.name: in_a_month if each.kind == "date" else where for each in contents_of(case, output)}


def redacts(listed: Procedure | LifeEvent, output: str) -> bool:
    """An answer in part gives a redacted paper, which nobody of the sample makes."""
    declared = getattr(listed, "disclosing", None)
    return declared is not None and output == declared.in_part


def find_papers(case: Case, output: str, *, by: Actor, now: datetime) -> None:
    """Put what was asked for to the request and make it ready, where the answer gives it."""
    declared = disclosing(case)
    if declared is None or output != declared.in_full:
        return
    title = f"老旧小区改造计划和进度（{now:%Y}年{now.month}月）"
    body = io.BytesIO(f"{title}\n\n各街道本年度计划改造的小区和完成情况见政府公报。".encode())
    paper = add_paper(case=case, name="plan.txt", content=body, by=by, now=now)
    make_ready(paper=paper, title=title, personal=False, by=by, now=now)
