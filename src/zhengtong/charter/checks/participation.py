"""Taking part: open to whom the law says, answered by an office, moderated by another one, by published rules."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from zhengtong.charter.checks import eligibility
from zhengtong.charter.checks.context import PARTY, Checked, hint
from zhengtong.charter.checks.keepers import able
from zhengtong.charter.checks.participation_phases import check_phase
from zhengtong.charter.checks.references import POST, PROCEDURE, UNKNOWN, Reference, posts
from zhengtong.charter.checks.surveys import named
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.charter.grants import Grant
from zhengtong.charter.model import Participation
from zhengtong.common.text import text
from zhengtong.engines.rules import feel

if TYPE_CHECKING:
    from zhengtong.engines.process.model import Node

UNANSWERED = "unanswered"  # the fact of every case: how much of what people brought forward has no answer yet
STEP = text("流程环节", "step of the process")

NO_HOST = kind(
    "phase-without-host",
    message=(
        "阶段“{phase}”对应的“{step}”既不是机构的环节，也不是定时等待。",
        "The phase “{phase}” runs during “{step}”, which is neither a step of an office nor a wait for a time.",
    ),
    why=("每一时刻都有一个负责的岗位和期限。", "At every moment one post is responsible, with a time limit."),
    mend=(
        "指向一个由机构岗位办理、有时限的环节，或者一个中间定时事件。",
        "Name a step that a post does within a time limit, or an intermediate timer event.",
    ),
)
NO_ANSWER = kind(
    "participation-without-answer",
    message=(
        "“{name}”可以在意见没有全部答复时结束。",
        "“{name}” can end while something has not been answered.",
    ),
    why=(
        "公众提出的意见必须得到答复，采纳与否都要说明理由。",
        "What people bring forward must be answered: adopted or not, and why.",
    ),
    mend=(
        "answered_by 指向机构的环节；流程在 unanswered = 0 时才往下走。",
        "Name a step of an office in `answered_by`, and let the process go on from there when `unanswered = 0`.",
    ),
)
OWN_JUDGE = kind(
    "moderator-of-own-criticism",
    message=(
        "“{moderator}”与主办机关属于同一职能，不能审核对自己的批评。",
        "“{moderator}” belongs to the office that is criticised, and cannot moderate that.",
    ),
    why=("任何人不得审理涉及自己的事（回避）。", "Nobody judges in a matter of their own."),
    mend=("由另一机构的岗位审核。", "Let a post of another office moderate."),
)
SAME_OFFICE = kind(
    "moderator-for-own-office",
    message=(
        "“{moderator}”与前面的审核岗位属于同一机构。",
        "“{moderator}” belongs to the office of a moderator named before it.",
    ),
    why=(
        "批评审核机构的言论，由另一机构审核。",
        "What criticises a moderator’s office is moderated by another office.",
    ),
    mend=("在 otherwise 中指定另一机构的岗位。", "Name a post of another office in `otherwise`."),
)
NO_POWER = kind(
    "moderator-without-power",
    message=(
        "“{moderator}”没有审核（moderate）的职权。",
        "“{moderator}” has no power to moderate (act `moderate`) in this procedure.",
    ),
    why=("没有职权不得作为。", "Nobody acts without a power."),
    mend=("在 powers.yaml 中加入职权，并授予该岗位。", "Add the power to powers.yaml, and give it to the post."),
)
ONE_JUDGE = kind(
    "appeal-with-one-judge",
    message=(
        "申诉“{appeal}”只有一个机构可以决定；言论涉及它的，没有别的机构可以决定。",
        "Only one office can decide “{appeal}”: where the words are about it, no other can.",
    ),
    why=("任何人不得审理涉及自己的事（回避）。", "Nobody judges in a matter of their own."),
    mend=(
        "把决定这项申诉的职权也授予另一机构的岗位。",
        "Give the power to decide this appeal to a post of another office as well.",
    ),
)
EMERGENCY_ALONE = kind(
    "emergency-by-one",
    message=(
        "“{name}”可以临时限制，但章程没有要求由两个机构的两名工作人员办理（four_eyes，act: limit，two_offices）。",
        "“{name}” can be limited in an emergency, but no rule of `four_eyes` asks two offices for `limit`.",
    ),
    why=("限制整个活动，一个人、一个机构不得决定。", "Nobody limits a whole round alone, nor does one office."),
    mend=("在 charter.yaml 的 four_eyes 中加入该规则。", "Add the rule to `four_eyes` in charter.yaml."),
)
LIMITED_BY_HOST = kind(
    "limited-by-host",
    message=(
        "主办机关的岗位“{post}”有临时限制（limit）的职权。",
        "“{post}” belongs to the office that holds the round, and may limit it.",
    ),
    why=("听取批评的机关不得限制批评。", "An office that is spoken to does not limit what is said."),
    mend=("把该职权授予其他机构。", "Give the power to other offices."),
)


def check(of: Checked) -> Iterator[Finding]:
    for each in of.charter.participation.values():
        missing = [ref for ref in _references(of, each) if ref.name and ref.name not in ref.known]
        for ref in missing:
            yield UNKNOWN.at(ref.place, what=ref.what, name=ref.name, hint=hint(ref.name, list(ref.known)))
        if not missing:
            yield from _hosts(of, each)
            yield from _moderation(of, each)
            yield from _judges(of, each)
            yield from _emergency(of, each)
            yield from eligibility.check_who(of, each)


def _file(each: Participation) -> str:
    return f"participation/{each.id}.yaml"


def _references(of: Checked, each: Participation) -> Iterator[Reference]:
    file, process = _file(each), of.processes.get(each.id)
    yield Reference(of.at(file, "id"), PROCEDURE, each.id, of.charter.procedures)
    yield Reference(of.at(file, "appeal"), PROCEDURE, each.appeal, of.charter.procedures)
    yield Reference(of.at(file, "moderator"), POST, each.moderator, posts(of))
    for index, other in enumerate(each.otherwise):
        yield Reference(of.at(file, "otherwise", index), POST, other, posts(of))
    yield from eligibility.references(of, each)
    yield from named(of, each)
    if process:
        yield Reference(of.at(file, "answered_by"), STEP, each.answered_by, process.nodes)
        for index, phase in enumerate(each.phases):
            yield Reference(of.at(file, "phases", index, "step"), STEP, phase.step, process.nodes)


def _hosts(of: Checked, each: Participation) -> Iterator[Finding]:
    process = of.processes.get(each.id)
    if process is None:
        return
    for index, phase in enumerate(each.phases):
        if not _is_hosted(process.nodes[phase.step]):
            place = of.at(_file(each), "phases", index, "step")
            yield NO_HOST.at(place, phase=phase.name, step=phase.step)
        yield from check_phase(of, each, index, process.nodes[phase.step])
    asked = {name for flow in process.flows.values() if flow.condition for name in _names(flow.condition)}
    if not process.nodes[each.answered_by].task or UNANSWERED not in asked:
        yield NO_ANSWER.at(of.at(_file(each), "answered_by"), name=of.charter.procedures[each.id].name)


def _names(condition: str) -> frozenset[str]:
    try:
        return feel.names(condition)
    except feel.FeelError:
        return frozenset()  # told where expressions are checked


def _is_hosted(node: "Node") -> bool:
    """A step of an office, or a wait for a time that nobody can cut short."""
    if node.task and node.task.post and node.task.post != PARTY and node.task.clock:
        return True
    return node.kind == "intermediateCatchEvent" and node.trigger is not None and node.trigger.kind == "timer"


def _moderation(of: Checked, each: Participation) -> Iterator[Finding]:
    yield from _moderates(of, each, each.moderator, of.at(_file(each), "moderator"))
    before = {each.moderator.partition("/")[0]}
    for index, other in enumerate(each.otherwise):
        place = of.at(_file(each), "otherwise", index)
        yield from _moderates(of, each, other, place)
        function = other.partition("/")[0]
        if function in before:
            yield SAME_OFFICE.at(place, moderator=other)
        before.add(function)


def _judges(of: Checked, each: Participation) -> Iterator[Finding]:
    """Two offices at least that can decide an appeal, each step of it."""
    process = of.processes.get(each.appeal)
    nodes = process.nodes.values() if process else ()
    for act in sorted({node.task.act for node in nodes if node.task and node.task.post != PARTY}):
        able = (post for post, grants in of.charter.grants.items() if _may(grants, act, each.appeal))
        if len({post.partition("/")[0] for post in able}) < 2:
            name = of.charter.procedures[each.appeal].name
            yield ONE_JUDGE.at(of.at(_file(each), "appeal"), appeal=name)
            return


def _may(grants: Iterable[Grant], act: str, matter: str) -> bool:
    return any(act in grant.acts and grant.over(matter) for grant in grants)


def _moderates(of: Checked, each: Participation, moderator: str, place: Place) -> Iterator[Finding]:
    """Another office than the host, with the power."""
    function = moderator.partition("/")[0]
    offices = [one for one in of.charter.organisations.values() if function in (one.id, one.function)]
    body = of.charter.procedures[each.id].body.function
    if any(body in (one.id, one.function) for one in offices):
        yield OWN_JUDGE.at(place, moderator=moderator)
    yield from has_power(of, each.id, moderator, place)


def has_power(of: Checked, procedure: str, moderator: str, place: Place) -> Iterator[Finding]:
    """Whoever moderates in a procedure holds the power to."""
    if not able(of, moderator, "moderate", procedure):
        yield NO_POWER.at(place, moderator=moderator)


def _emergency(of: Checked, each: Participation) -> Iterator[Finding]:
    if each.emergency is None:
        return
    place, host = of.at(_file(each), "emergency"), of.charter.procedures[each.id].body.function
    if not any(rule.act == "limit" and rule.two_offices for rule in of.charter.head.four_eyes):
        yield EMERGENCY_ALONE.at(place, name=of.charter.procedures[each.id].name)
    for post, grants in of.charter.grants.items():
        may = any("limit" in grant.acts and grant.over(each.id) for grant in grants)
        if may and of.charter.organisation_of(post).function == host:
            yield LIMITED_BY_HOST.at(place, post=post)
