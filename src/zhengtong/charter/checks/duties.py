"""What binds the government to who took part has a post that can do it, a time, and a case in which it is followed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhengtong.charter.checks.context import PARTY, Checked, hint
from zhengtong.charter.checks.references import POST, PROCEDURE, UNKNOWN, Reference, posts
from zhengtong.charter.errors import NoCompetentPost
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.charter.model import Obliged, Participation
from zhengtong.common.text import text
from zhengtong.engines.deadlines import Limit

if TYPE_CHECKING:
    from zhengtong.engines.process.model import Node

ORGAN = text("议事组织", "assembly")
FACTS = ("round", "what", "post", "limit")  # that the program answers when it opens such a case
ACT, DONE = "answer", "done"
SAID = ("opinions", "proposals", "statements")
_DAYS = {"days": 1, "working-days": 2, "months": 31}

NOTHING_SIGNED = kind(
    "duty-without-proposals",
    message=("阶段“{phase}”不是提建议，没有联署。", "“{phase}” is no phase of proposals: nothing in it is signed."),
    why=("只有联署才产生责任。", "Only signatures bind to something."),
    mend=("删去 obliges，或者改 feature。", "Leave `obliges` out, or declare `feature: proposals`."),
)
NOBODY = kind(
    "duty-of-nobody",
    message=(
        "“{phase}”联署达到 {signatures} 人须“{to}”，但没有写明由谁：answer 写 post，debate 和 vote 写 organ。",
        "In “{phase}” {signatures} signatures bind to “{to}”, and not who: an answer has a `post`, "
        "a debate or a vote an `organ`.",
    ),
    why=("每一时刻都有一个负责的岗位和期限。", "At every moment one post is responsible, with a time limit."),
    mend=("二者写其一。", "Name the one, and not the other."),
)
TWICE = kind(
    "duty-twice",
    message=(
        "阶段“{phase}”两次写了联署须“{to}”，只有人数少的一次有效。",
        "In “{phase}” signatures bind to “{to}” twice: only the smaller number would count.",
    ),
    why=(
        "一件建议同一种责任只产生一次。",
        "A text binds to an answer, to a debate or to a vote once each.",
    ),
    mend=("删去其中一行。", "Leave one of them out."),
)
NO_POWER = kind(
    "duty-without-power",
    message=(
        "“{post}”没有办理“{procedure}”的职权（act: answer）。",
        "“{post}” has no power for “{procedure}” (act `answer`).",
    ),
    why=("没有职权不得作为。", "Nobody acts without a power."),
    mend=("在 powers.yaml 中授予该职权。", "Give it the power in powers.yaml."),
)
NO_CASE = kind(
    "duty-without-case",
    message=(
        "“{name}”中应负的责任，没有可以跟踪办理的程序：{what}。",
        "What is owed in “{name}” has no procedure in which it is followed: {what}.",
    ),
    why=(
        "每一项责任都是一个办件：有岗位、期限、提醒和上报。",
        "Everything owed is a case: with a post, a clock, reminders, and somebody above who is told.",
    ),
    mend=(
        '写 bound_by 和 promise；程序只有一个环节，outputs 为 …:done，postFrom="post"、clockFrom="limit"；'
        "表单有 round、what、post、limit。",
        'Write `bound_by` and `promise`. Their procedure has one step with an output `done`, `postFrom="post"` and '
        '`clockFrom="limit"`, and its form asks for round, what, post and limit.',
    ),
)
NOT_NAMED, NOT_ONE_STEP = text("没有写明", "none is named"), text("“{id}”不合要求", "“{id}” does not fit")
LATER = text("提议的日期晚于最晚的日期", "the day that is proposed is later than the last one")


def check(of: Checked) -> Iterator[Finding]:
    for each in of.charter.participation.values():
        missing = [ref for ref in _references(of, each) if ref.name and ref.name not in ref.known]
        for ref in missing:
            yield UNKNOWN.at(ref.place, what=ref.what, name=ref.name, hint=hint(ref.name, list(ref.known)))
        if not missing and each.id in of.charter.procedures:
            yield from _signed(of, each)
            yield from _promised(of, each)


def _file(each: Participation) -> str:
    return f"participation/{each.id}.yaml"


def _references(of: Checked, each: Participation) -> Iterator[Reference]:
    file = _file(each)
    yield Reference(of.at(file, "bound_by"), PROCEDURE, each.bound_by, of.charter.procedures)
    if each.promise:
        yield Reference(of.at(file, "promise", "procedure"), PROCEDURE, each.promise.procedure, of.charter.procedures)
    for index, phase in enumerate(each.phases):
        for at, one in enumerate(phase.obliges):
            place = (file, "phases", index, "obliges", at)
            yield Reference(of.at(*place, "post"), POST, one.post, posts(of))
            yield Reference(of.at(*place, "organ"), ORGAN, one.organ, of.charter.organs)


def _signed(of: Checked, each: Participation) -> Iterator[Finding]:
    """Of every threshold: who does it, and in which case."""
    for index, phase in enumerate(each.phases):
        for at, one in enumerate(phase.obliges):
            place = of.at(_file(each), "phases", index, "obliges", at)
            if phase.feature != "proposals":
                yield NOTHING_SIGNED.at(place, phase=phase.name)
            elif bool(one.post) != (one.to == "answer") or bool(one.organ) == bool(one.post):
                yield NOBODY.at(place, phase=phase.name, signatures=one.signatures, to=one.to)
            elif each.bound_by:
                yield from _able(of, one, each.bound_by, place)
            if one.to in {before.to for before in phase.obliges[:at]}:
                yield TWICE.at(place, phase=phase.name, to=one.to)
    if any(phase.obliges for phase in each.phases):
        yield from _followed(of, each, each.bound_by, of.at(_file(each), "bound_by" if each.bound_by else "phases"))


def _able(of: Checked, one: Obliged, procedure: str, place: Place) -> Iterator[Finding]:
    post = of.charter.organs[one.organ].chair if one.organ else one.post
    region = of.charter.procedures[procedure].jurisdiction.region or next(iter(of.charter.regions))
    try:
        holder = of.charter.competent(post, region, of.day)
    except NoCompetentPost:
        holder = ""
    grants = of.charter.grants.get(holder, ())
    if not any(ACT in grant.acts and grant.over(procedure) and grant.in_force(of.day) for grant in grants):
        yield NO_POWER.at(place, post=post, procedure=of.charter.procedures[procedure].name)


def _promised(of: Checked, each: Participation) -> Iterator[Finding]:
    """Wherever people say something that can be adopted, what is promised has a day."""
    said = any(phase.feature in SAID for phase in each.phases)
    if each.promise is None:
        if said:
            yield NO_CASE.at(of.at(_file(each), "answered_by"), name=_name(of, each), what=NOT_NAMED)
        return
    place = of.at(_file(each), "promise")
    yield from _followed(of, each, each.promise.procedure, place)
    proposed, latest = (Limit.parse(limit) for limit in (each.promise.within, each.promise.at_most))
    if proposed.amount * _DAYS[proposed.unit] > latest.amount * _DAYS[latest.unit]:
        yield NO_CASE.at(place, name=_name(of, each), what=LATER)


def _followed(of: Checked, each: Participation, procedure: str, place: Place) -> Iterator[Finding]:
    if not procedure:
        yield NO_CASE.at(place, name=_name(of, each), what=NOT_NAMED)
        return
    process, form = of.processes.get(procedure), of.charter.forms.get(procedure)
    nodes = [node for node in process.nodes.values() if node.task] if process else []
    asked = {question.name for question in form.questions} if form else set()
    listed = of.charter.procedures[procedure]
    if len(nodes) != 1 or not _fits(nodes[0]) or not asked.issuperset(FACTS) or listed.on_request:
        yield NO_CASE.at(place, name=_name(of, each), what=NOT_ONE_STEP.format(id=procedure))


def _fits(node: "Node") -> bool:
    """Whether the post and the time are those with which the case is opened."""
    task = node.task
    given = task is not None and (task.post_from, task.clock_from, task.act) == ("post", "limit", ACT)
    return given and task is not None and task.post != PARTY and DONE in task.values


def _name(of: Checked, each: Participation) -> object:
    return of.charter.procedures[each.id].name
