"""An assembly meets by a procedure of its own: its chair answers for each step, and its members may vote."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.checks.participation import STEP
from zhengtong.charter.checks.references import POST, PROCEDURE, UNKNOWN, Reference, posts
from zhengtong.charter.errors import NoCompetentPost
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Organ

OWN_ORDER = (
    "会议由议事组织自己的主持人召集、主持，并对会议记录负责。",
    "An assembly is convened and led by its own chair, who answers for the minutes.",
)
NO_CHAIR = kind(
    "assembly-without-chair",
    message=("环节“{step}”不由主持岗位“{chair}”办理。", "The step “{step}” is not done by the chair, “{chair}”."),
    why=OWN_ORDER,
    mend=("在 zt:task 中写 post，与 chair 相同。", "Give its zt:task the post that `chair` names."),
)
NO_VOTE = kind(
    "member-without-vote",
    message=("成员岗位“{member}”没有表决（vote）的职权。", "“{member}” is a member, but has no power to vote."),
    why=("没有职权不得作为。", "Nobody acts without a power."),
    mend=(
        "在 powers.yaml 中加入职权（acts 含 vote），并授予该岗位。",
        "Add a power with the act `vote` to powers.yaml, and give it to the post.",
    ),
)
ALSO_PUBLIC = kind(
    "assembly-and-round",
    message=(
        "“{name}”既是议事组织的会议，又是公众参与活动。",
        "“{name}” is both a meeting and a round of participation.",
    ),
    why=OWN_ORDER,
    mend=("分成两个办事程序。", "Make two procedures of it."),
)


def check(of: Checked) -> Iterator[Finding]:
    for each in of.charter.organs.values():
        missing = [ref for ref in _references(of, each) if ref.name not in ref.known]
        for ref in missing:
            yield UNKNOWN.at(ref.place, what=ref.what, name=ref.name, hint=hint(ref.name, list(ref.known)))
        if not missing:
            yield from _steps(of, each)
            yield from _votes(of, each)
            if each.id in of.charter.participation:
                yield ALSO_PUBLIC.at(of.at(_file(each), "id"), name=each.name)


def _file(each: Organ) -> str:
    return f"organs/{each.id}.yaml"


def _references(of: Checked, each: Organ) -> Iterator[Reference]:
    file, process = _file(each), of.processes.get(each.id)
    yield Reference(of.at(file, "id"), PROCEDURE, each.id, of.charter.procedures)
    yield Reference(of.at(file, "chair"), POST, each.chair, posts(of))
    for index, member in enumerate(each.members):
        yield Reference(of.at(file, "members", index), POST, member, posts(of))
    for key in ("agenda", "sitting", "minutes") if process else ():
        yield Reference(of.at(file, key), STEP, getattr(each, key), process.nodes if process else ())


def _steps(of: Checked, each: Organ) -> Iterator[Finding]:
    process = of.processes.get(each.id)
    for key in ("sitting", "minutes") if process else ():
        node = process.nodes[getattr(each, key)] if process else None
        if node is None or node.task is None or node.task.post != each.chair:
            yield NO_CHAIR.at(of.at(_file(each), key), step=getattr(each, key), chair=each.chair)


def _votes(of: Checked, each: Organ) -> Iterator[Finding]:
    region = of.charter.procedures[each.id].jurisdiction.region or next(iter(of.charter.regions))
    named = [("chair",), *(("members", index) for index in range(len(each.members)))]
    for place, post in zip(named, [each.chair, *each.members], strict=True):
        try:
            holder = of.charter.competent(post, region, of.day)
        except NoCompetentPost:
            holder = ""
        grants = of.charter.grants.get(holder, ())
        if not any("vote" in grant.acts and grant.over(each.id) and grant.in_force(of.day) for grant in grants):
            yield NO_VOTE.at(of.at(_file(each), *place), member=post)
