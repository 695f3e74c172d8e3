"""Every step has a responsible post that may do it, a deadline, and a way to end."""

from collections.abc import Iterator

from zhengtong.charter.checks.calendar import bearable
from zhengtong.charter.checks.context import PARTY, Checked, hint
from zhengtong.charter.checks.references import posts
from zhengtong.charter.errors import NoCompetentPost
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.charter.model.government import ActVerb
from zhengtong.engines.process.model import Node

RESPONSIBLE = (
    "每个办件在每一刻都要有一个负责的岗位和一个期限。",
    "At every moment a case has one responsible post and one deadline.",
)
NO_POST = kind(
    "step-without-post",
    message=("步骤“{name}”没有负责的岗位。", "Nobody is responsible for the step “{name}”."),
    why=RESPONSIBLE,
    mend=(
        '在 zt:task 中写 post="职能/岗位"，申请人自己的步骤写 post="party"。',
        'Write post="function/post" in its zt:task; post="party" for what the applicant does.',
    ),
)
NO_CLOCK = kind(
    "step-without-deadline",
    message=("步骤“{name}”没有期限。", "The step “{name}” has no deadline."),
    why=RESPONSIBLE,
    mend=('在 zt:task 中写 clock="P5WD"。', 'Write clock="P5WD" in its zt:task.'),
)
BAD_CLOCK = kind(
    "bad-limit",
    message=("“{clock}”不是时限。", "“{clock}” is not a time limit."),
    why=RESPONSIBLE,
    mend=(
        "写 P5WD（工作日）、P60D（自然日）或者 P1M（月）。",
        "Write P5WD (working days), P60D (days) or P1M (months).",
    ),
)
NO_SUCH_POST = kind(
    "unknown-post",
    message=("步骤“{name}”的岗位“{post}”不存在。", "The step “{name}” goes to “{post}”, which does not exist."),
    why=RESPONSIBLE,
    mend=("{hint}检查拼写，或者在机构中设立该岗位。", "{hint}Check its spelling, or give an organisation that post."),
)
NOBODY_THERE = kind(
    "nobody-competent",
    message=(
        "区划 {region} 的办件走到步骤“{name}”时，没有岗位“{post}”可以承担。",
        "For a case in the region {region} there is no “{post}” to do the step “{name}”.",
    ),
    why=RESPONSIBLE,
    mend=(
        "在该区划或者其上级设立岗位，或者写“机构/岗位”。",
        "Set up the post there or above, or name it as `organisation/post`.",
    ),
)
NO_POWER = kind(
    "post-without-power",
    message=(
        "“{holder}”在步骤“{name}”中要做“{act}”，却没有这项职权（区划 {region}）。",
        "“{holder}” has to do “{act}” in the step “{name}”, but has no power to (region {region}).",
    ),
    why=(
        "权责清单以外的事，任何岗位都不能做（职权法定）。",
        "No post may do what the power list does not give it.",
    ),
    mend=(
        "在 powers.yaml 中授予该职权并写入岗位的 powers，或者把步骤交给有权的岗位。",
        "Give the power in powers.yaml and list it in the post's powers, or give the step to a post that has it.",
    ),
)
NO_ACT = kind(
    "unknown-act",
    message=("步骤“{name}”的行为“{act}”未知。", "The step “{name}” does “{act}”, which is no act."),
    why=("行为的种类是固定的，职权以此授予。", "Powers are given by acts, and these are known."),
    mend=("写下列之一：{acts}。", "Write one of: {acts}."),
)
NO_OUTPUTS = kind(
    "step-without-outputs",
    message=("步骤“{name}”没有可选的结果。", "The step “{name}” has no outcomes to choose from."),
    why=("工作人员以选择结果来完成步骤。", "An officer completes a step by choosing one of its outcomes."),
    mend=(
        '写 outputs="decision:granted|refused"。',
        'Write outputs="decision:granted|refused".',
    ),
)

NO_SPECIAL = kind(
    "unknown-special-procedure",
    message=(
        "步骤“{name}”是特别程序“{special}”，但事项没有规定它。",
        "The step “{name}” is the special procedure “{special}”, which the service does not declare.",
    ),
    why=("只有法律规定的特别程序才能停止时限。", "Only a special procedure with a legal basis stops the clock."),
    mend=(
        "在 service.yaml 的 special_procedures 中写明它的依据和期限。",
        "Declare it under special_procedures of service.yaml, with its limit and legal basis.",
    ),
)

ACTS: tuple[str, ...] = ActVerb.__args__  # type: ignore[attr-defined]


def check(of: Checked) -> Iterator[Finding]:
    known = posts(of)
    for procedure, node, place in of.nodes():
        if node.kind == "userTask":
            yield from _declared(node, place)
            yield from _special(of, procedure, node, place)
            if node.task and node.task.post and node.task.post != PARTY:
                if node.task.post not in known:
                    yield NO_SUCH_POST.at(
                        place, name=_name(node), post=node.task.post, hint=hint(node.task.post, known)
                    )
                else:
                    yield from _powers(of, procedure, node, place)
    yield from _supervisor(of)


def _supervisor(of: Checked) -> Iterator[Finding]:
    """Whoever late cases and contested hand-overs go to may supervise."""
    post = of.charter.head.supervisor
    where = of.at("charter.yaml", "supervisor")
    for region in of.charter.regions if post in posts(of) else ():
        try:
            holder = of.charter.competent(post, region, of.day)
        except NoCompetentPost:
            yield NOBODY_THERE.at(where, name="supervisor", post=post, region=region)
            return
        if not any("supervise" in power.acts for power in of.charter.powers_of(holder, of.day)):
            yield NO_POWER.at(where, holder=holder, name="supervisor", act="supervise", region=region)
            return


def _name(node: Node) -> object:
    return node.name or node.id


def _declared(node: Node, place: Place) -> Iterator[Finding]:
    task = node.task
    if task is None or not task.post:
        yield NO_POST.at(place, name=_name(node))
    if task is None:
        return
    if not task.clock:
        yield NO_CLOCK.at(place, name=_name(node))
    elif not bearable(task.clock):
        yield BAD_CLOCK.at(place, clock=task.clock)
    if task.act not in ACTS:
        yield NO_ACT.at(place, name=_name(node), act=task.act, acts=", ".join(ACTS))
    if not task.fact or not task.values:
        yield NO_OUTPUTS.at(place, name=_name(node))


def _special(of: Checked, procedure: str, node: Node, place: Place) -> Iterator[Finding]:
    """The special procedure that a step is has to be declared, with its ground."""
    wanted = node.task.special if node.task else ""
    declared = getattr(of.charter.listed(procedure), "special_procedures", [])
    if wanted and wanted not in {each.kind for each in declared}:
        yield NO_SPECIAL.at(place, name=_name(node), special=wanted)


def _powers(of: Checked, procedure: str, node: Node, place: Place) -> Iterator[Finding]:
    """In every region where a case may lie, whoever is competent must have the power for the act."""
    task = node.task
    seen: set[str] = set()
    for region in regions(of, procedure):
        try:
            holder = of.charter.competent(task.post, region, of.day) if task else ""
        except NoCompetentPost:
            yield NOBODY_THERE.at(place, name=_name(node), post=task.post if task else "", region=region)
            continue
        if task and holder not in seen and task.act in ACTS and not _may(of, holder, task.act, procedure, region):
            seen.add(holder)
            yield NO_POWER.at(place, holder=holder, name=_name(node), act=task.act, region=region)


def _may(of: Checked, holder: str, act: str, procedure: str, region: str) -> bool:
    return any(
        act in grant.acts and grant.over(procedure) and region in grant.within and grant.in_force(of.day)
        for grant in of.charter.grants.get(holder, ())
    )


def regions(of: Checked, procedure: str) -> list[str]:
    """The regions in which a case of this procedure may lie."""
    jurisdiction = of.charter.listed(procedure).jurisdiction
    if jurisdiction.region:
        return [jurisdiction.region] if jurisdiction.region in of.charter.regions else []
    question = of.charter.form(procedure).question(jurisdiction.by)
    offered = [value for value, _ in question.choices] if question else []
    return [code for code in offered if code in of.charter.regions] or list(of.charter.regions)
