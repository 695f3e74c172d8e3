"""Whoever is burdened by a decision learns why, and where to contest it."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.checks.processes import outcomes
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import LifeEvent, Procedure
from zhengtong.common.text import text

REMEDY = (
    "不利决定应当说明理由并告知救济途径（行政许可法第三十八条；行政复议法）。",
    "An adverse decision gives its reasons and says where to contest it (Licensing Law, art. 38; Reconsideration Law).",
)
NO_APPEAL = kind(
    "adverse-without-appeal",
    message=(
        "“{name}”可能得到不利结果“{outcome}”，却没有救济途径。",
        "“{name}” can end in “{outcome}”, which burdens the party, and there is no way to contest it.",
    ),
    why=REMEDY,
    mend=(
        "写明 appeal；该程序要有 about 和 within，并且适用于本事项。",
        "Name an `appeal` whose procedure is about this one (`about`) and says within what time (`within`).",
    ),
)
NOT_MARKED = kind(
    "adverse-not-marked",
    message=(
        "结果“{outcome}”是不利的，办结“{end}”却没有标明。",
        "The outcome “{outcome}” burdens the party, but the end “{end}” is not marked so.",
    ),
    why=REMEDY,
    mend=('写 adverse="true"。', 'Write adverse="true" in its zt:end.'),
)
NO_GROUND = kind(
    "answer-without-ground",
    message=(
        "“{name}”可以答复“{outcome}”，却没有写明它的法律依据。",
        "“{name}” can be answered with “{outcome}”, and nothing says by which article.",
    ),
    why=(
        "政府信息公开申请的每一种答复都有各自的条文（政府信息公开条例第三十五条至第三十九条）。",
        "Each kind of answer to a request for information has its article "
        "(Open Information Regulation, arts. 35 to 39).",
    ),
    mend=("在 grounds 中写明 outcome 和 legal_basis。", "Write `outcome` and `legal_basis` under `grounds`."),
)

UNANSWERED_IN_NONE = kind(
    "unanswered-in-no-outcome",
    message=(
        "“{name}”把到期没有补正的作为“{outcome}”，流程中却没有这种结果。",
        "“{name}” takes what was not put right in time as “{outcome}”, and no step ends in it.",
    ),
    why=REMEDY,
    mend=("改正 unanswered 中的结果。", "Put the outcome under `unanswered` right."),
)
NO_OUTCOME = kind(
    "content-of-no-outcome",
    message=(
        "“{name}”要求结果“{outcome}”写明“{content}”，流程中却没有这种结果。",
        "“{name}” has the outcome “{outcome}” say “{content}”, and no step ends in it.",
    ),
    why=REMEDY,
    mend=("改正 outcomes 中的结果。", "Put the outcome under `outcomes` right."),
)

NOT_DISCLOSING = kind(
    "answers-not-told-apart",
    message=(
        "“{name}”没有写明哪些答复公开信息：{what}。",
        "“{name}” does not say rightly which of its answers disclose: {what}.",
    ),
    why=(
        "准备好的文件只随公开信息的答复提供；以后才能获取的，要告知方式、途径和时间（政府信息公开条例第三十六条）。",
        "Papers go out only with an answer that discloses; what is had elsewhere or later, the answer says how "
        "(Open Information Regulation, art. 36).",
    ),
    mend=(
        "在 disclosing 中写明 in_full、in_part 和 elsewhere，后者要有必填的 contents。",
        "Write `in_full`, `in_part` and `elsewhere` under `disclosing`; the last need a required content.",
    ),
)

OWN_JUDGE = kind(
    "solved-by-its-own-judge",
    message=(
        "步骤“{step}”能不顾当事人意见认定已经解决，岗位“{post}”却不是监督岗位。",
        "“{step}” can find it solved against the party’s word, and “{post}” is no supervising post.",
    ),
    why=(
        "是否解决由当事人说了算；不顾当事人意见的，只能由监督岗位审定。",
        "Whether it is solved the party says; against their word, only a supervising post decides.",
    ),
    mend=("把这个步骤交给 supervises 的岗位。", "Give the step to a post that `supervises`."),
)

ADVERSE = ("refused", "rejected")  # of a life event


def check(of: Checked) -> Iterator[Finding]:
    for listed, file in of.listed():
        adverse = [*adverse_outcomes(of, listed), *_drawn_adverse(of, listed)]
        if adverse and not _contestable(of, listed):
            yield NO_APPEAL.at(of.at(file, "appeal"), name=listed.name, outcome=adverse[0])
        yield from _grounds(of, listed, file)
        yield from _contents(of, listed, file)
        yield from _disclosing(of, listed, file)
    yield from _own_judge(of)
    for procedure, node, place in of.nodes():
        if node.end and not node.end.adverse and node.end.outcome in burdening(of.charter.listed(procedure)):
            yield NOT_MARKED.at(place, end=node.name or node.id, outcome=node.end.outcome)


def _own_judge(of: Checked) -> Iterator[Finding]:
    """Where the party says whether it is solved, every step that can say otherwise is a supervisor's."""
    about = {each.solved.procedure for each in of.charter.procedures.values() if each.solved}
    supervising = {
        f"{name}/{post.id}"
        for office in of.charter.organisations.values()
        for post in office.posts
        if post.supervises
        for name in (office.id, office.function)
    }
    for procedure, node, place in of.nodes():
        if procedure not in about or node.task is None or node.task.post in supervising:
            continue
        if set(node.task.values) & set(burdening(of.charter.listed(procedure))):
            yield OWN_JUDGE.at(place, step=node.name or node.id, post=node.task.post)


def _grounds(of: Checked, listed: Procedure | LifeEvent, file: str) -> Iterator[Finding]:
    if not isinstance(listed, Procedure) or listed.nature != "information":
        return
    for outcome in _answers(of, listed):
        if not listed.grounds_of(outcome):
            yield NO_GROUND.at(of.at(file, "grounds"), name=listed.name, outcome=outcome)


def _answers(of: Checked, listed: Procedure) -> list[str]:
    """What its steps can answer."""
    found = [
        each for procedure, node, _ in of.nodes() if procedure == listed.id and node.task for each in outcomes(node)
    ]
    return list(dict.fromkeys(found))


def _contents(of: Checked, listed: Procedure | LifeEvent, file: str) -> Iterator[Finding]:
    asked = listed.contents if isinstance(listed, Procedure) else []
    steps = [node.task for procedure, node, _ in of.nodes() if procedure == listed.id and node.task]
    ends = {value for step in steps for value in step.values}
    for index, each in enumerate(asked):
        for outcome in each.outcomes:
            if outcome not in ends:
                place = of.at(file, "contents", index)
                yield NO_OUTCOME.at(place, name=listed.name, outcome=outcome, content=each.title)
    for index, special in enumerate(getattr(listed, "special_procedures", ())):
        if special.unanswered and special.unanswered not in ends:
            place = of.at(file, "special_procedures", index, "unanswered")
            yield UNANSWERED_IN_NONE.at(place, name=listed.name, outcome=special.unanswered)


UNDECLARED = text("没有 disclosing", "there is no `disclosing`")
NO_SUCH_ANSWER = text("没有“{outcome}”这种答复", "no step ends in “{outcome}”")
NOT_SAID = text("“{outcome}”没有要求写明在哪里获取", "“{outcome}” does not have to say where it is had")


def _disclosing(of: Checked, listed: Procedure | LifeEvent, file: str) -> Iterator[Finding]:
    if not isinstance(listed, Procedure) or listed.nature != "information":
        return
    declared, place = listed.disclosing, of.at(file, "disclosing")
    if declared is None:
        yield NOT_DISCLOSING.at(of.at(file), name=listed.name, what=UNDECLARED)
        return
    for outcome in declared.answers:
        if outcome not in _answers(of, listed):
            yield NOT_DISCLOSING.at(place, name=listed.name, what=NO_SUCH_ANSWER.format(outcome=outcome))
        elif outcome in declared.elsewhere and not any(each.required for each in listed.contents_of(outcome)):
            yield NOT_DISCLOSING.at(place, name=listed.name, what=NOT_SAID.format(outcome=outcome))


def burdening(listed: Procedure | LifeEvent) -> list[str]:
    """The outcomes that burden the party."""
    return listed.adverse if isinstance(listed, Procedure) else list(ADVERSE)


def adverse_outcomes(of: Checked, listed: Procedure | LifeEvent) -> list[str]:
    """The adverse outcomes that can be decided, answered, or given instead of acceptance."""
    found: list[str] = []
    for procedure, node, _ in of.nodes():
        if procedure == listed.id:
            found += outcomes(node)
            found += node.task.values if node.task and node.task.act == "accept" else ()
    return [each for each in dict.fromkeys(found) if each in burdening(listed)]


def _drawn_adverse(of: Checked, listed: Procedure | LifeEvent) -> list[str]:
    process = of.processes.get(listed.id)
    return [str(node.name or node.id) for node in process.adverse_ends] if process else []


def _contestable(of: Checked, listed: Procedure | LifeEvent) -> bool:
    """Appeals themselves end in court, which is outside of the charter."""
    if isinstance(listed, Procedure) and listed.nature == "appeal":
        return True
    appeal = of.charter.procedures.get(listed.appeal or of.charter.head.appeal)
    return (
        appeal is not None and appeal.id != listed.id and appeal.can_be_about(listed.id) and appeal.within is not None
    )
