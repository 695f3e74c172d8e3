"""A hearing that a service declares can be asked for, and is led by an officer who has not examined the case."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.engines.process import Node

HEARD = (
    "法律给予的听证权利，必须在流程中能够行使。",
    "A hearing that the law gives has to be one that a case can come to.",
)
NO_STEP = kind(
    "hearing-without-step",
    message=(
        "事项“{name}”规定了听证，流程中却没有听证的步骤。",
        "“{name}” declares a hearing, but no step of its process is one.",
    ),
    why=HEARD,
    mend=(
        '画一个由消息“hearing”开始、不中断办理的事件子流程，其中的步骤写 act="hear" special="hearing"。',
        'Draw an event sub-process begun by the message “hearing” that interrupts nothing, with a step act="hear".',
    ),
)
NOT_CALLED = kind(
    "hearing-not-begun",
    message=("听证步骤“{name}”没有由消息“hearing”开始。", "No message “hearing” begins the hearing “{name}”."),
    why=HEARD,
    mend=(
        "把它放在由消息“hearing”开始的事件子流程中，isInterrupting 写 false。",
        "Put it into an event sub-process begun by the message “hearing”, with isInterrupting false.",
    ),
)
OWN_JUDGE = kind(
    "hearing-by-examiner",
    message=(
        "听证“{name}”没有说明由谁回避。",
        "The hearing “{name}” does not say whose steps its leader must not have done.",
    ),
    why=(
        "听证由没有审查该申请的工作人员主持（行政许可法第四十八条、行政处罚法第六十四条）。",
        "A hearing is led by somebody who has not examined the case (Licensing Law art. 48, Penalties Law art. 64).",
    ),
    mend=('写 apart="examine decide"。', 'Write apart="examine decide" in its zt:task.'),
)
NO_SUCH_STEP = kind(
    "unknown-step-apart",
    message=(
        "步骤“{name}”的 apart 中没有“{step}”这个步骤。",
        "The step “{name}” is kept apart from “{step}”, which is no step.",
    ),
    why=HEARD,
    mend=("{hint}写同一流程中步骤的 id。", "{hint}Write the id of a step of the same process."),
)
NO_MINUTES = kind(
    "hearing-minutes-unread",
    message=(
        "听证“{name}”之后，当事人没有核对笔录的步骤。",
        "After the hearing “{name}” the party never checks its minutes.",
    ),
    why=("听证笔录交参加人确认无误后签字。", "Those who took part check the minutes and sign them."),
    mend=(
        '在听证子流程中加入 post="party" 的步骤，并为它设期限。',
        'Give the hearing a step post="party", with a time limit.',
    ),
)


def check(of: Checked) -> Iterator[Finding]:
    for listed, file in of.listed():
        for index, special in enumerate(getattr(listed, "special_procedures", [])):
            model = of.processes.get(listed.id)
            if special.kind == "hearing" and model and not any(_is(node) for node in model.nodes.values()):
                yield NO_STEP.at(of.at(file, "special_procedures", index), name=listed.name)
    for procedure, node, place in of.nodes():
        yield from _apart(of, procedure, node, place)
        if node.task and node.task.act == "hear":
            yield from _hearing(of, procedure, node, place)


def _is(node: Node) -> bool:
    return node.task is not None and node.task.special == "hearing"


def _apart(of: Checked, procedure: str, node: Node, place: Place) -> Iterator[Finding]:
    steps = [each.id for each in of.processes[procedure].nodes.values() if each.task]
    for other in node.task.apart if node.task else ():
        if other not in steps:
            yield NO_SUCH_STEP.at(place, name=node.name or node.id, step=other, hint=hint(other, steps))


def _hearing(of: Checked, procedure: str, node: Node, place: Place) -> Iterator[Finding]:
    inside = [each for each in of.processes[procedure].nodes.values() if node.parent and each.parent == node.parent]
    name = node.name or node.id
    if not any(_begins(each) for each in inside):
        yield NOT_CALLED.at(place, name=name)
    if node.task and not node.task.apart:
        yield OWN_JUDGE.at(place, name=name)
    if not any(each.task and each.task.post == "party" for each in inside):
        yield NO_MINUTES.at(place, name=name)


def _begins(node: Node) -> bool:
    trigger = node.trigger
    return node.kind == "startEvent" and not node.interrupting and trigger is not None and trigger.name == "hearing"
