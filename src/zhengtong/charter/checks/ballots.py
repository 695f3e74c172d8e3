"""Secret ballots: nobody holds two of roll, box and key; the process waits for them; the questions can be answered."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.checks.keepers import Keeper, apart
from zhengtong.charter.checks.references import FIELD, KEEPER, UNKNOWN, Reference, keepers
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Asked, Ballot, Participation, Phase
from zhengtong.common.text import text
from zhengtong.engines.rules import feel

STATE = "ballot"  # the fact of every case: "", "ready" (the box is open), "counted"
FEW = 10  # with fewer voters the sum itself tells how somebody voted
STEP = text("流程环节", "step of the process")

INCOMPLETE = kind(
    "ballot-incomplete",
    message=(
        "阶段“{phase}”写明 feature: ballot 的，要有 ballot；其他阶段不能有；一个程序只有一次秘密投票。",
        "A phase with `feature: ballot` needs `ballot`, another has none, and a procedure has one ballot: “{phase}”.",
    ),
    why=("秘密投票要先说明问什么、谁保管什么。", "A secret ballot says beforehand what it asks and who keeps what."),
    mend=("补上 ballot，或者改 feature。", "Declare `ballot`, or another feature."),
)
NO_GATE = kind(
    "ballot-not-awaited",
    message=(
        "流程没有等待票箱打开和计票完毕。",
        "The process does not wait until the box is open and the sum is counted.",
    ),
    why=(
        "没有名册和密钥就投不了票，没有计票就没有结果。",
        "Without roll and keys nobody can vote, and uncounted there is no result.",
    ),
    mend=(
        '流程在 ballot = "ready" 时才进入投票，在 ballot = "counted" 时才离开计票。',
        'Let it go on to the vote when `ballot = "ready"`, and on from the count when `ballot = "counted"`.',
    ),
)
FEW_VOTERS = kind(
    "ballot-of-few",
    severity="warning",
    message=("{voters} 人就可以投票。", "It can be held with {voters} voters."),
    why=(
        "人太少时，总数本身就说出了谁投了什么。",
        "Among few the sum itself tells how somebody voted.",
    ),
    mend=("smallest_electorate 至少写 10。", "Make `smallest_electorate` 10 or more."),
)
NO_THRESHOLD = kind(
    "ballot-threshold-unfit",
    message=(
        "{trustees} 位保管人中 {threshold} 位即可开票，这个门限不成立。",
        "{threshold} of {trustees} trustees cannot be the threshold.",
    ),
    why=(
        "一位就够，则一个机关就能打开选票；比保管人还多，则永远无法计票。",
        "Where one is enough, one body could open ballots; where it takes more than there are, nobody ever counts.",
    ),
    mend=("threshold 写 2 到保管人人数之间的数，或者不写。", "Make it 2 to the number of trustees, or leave it out."),
)
UNFIT = kind(
    "ballot-question-unfit",
    message=("这个问题无法作答：{what}。", "This question cannot be answered: {what}."),
    why=("选票上的每个问题都要能作答。", "Every question of a ballot can be answered."),
    mend=("改正选项或者 min、max。", "Mend its answers, or `min` and `max`."),
)


def check(of: Checked) -> Iterator[Finding]:
    for each in of.charter.participation.values():
        ballots = [phase for phase in each.phases if phase.feature == "ballot"]
        for at, phase in enumerate(each.phases):
            place = of.at(f"participation/{each.id}.yaml", "phases", at)
            if (phase.ballot is None) == (phase.feature == "ballot") or (phase.ballot and len(ballots) > 1):
                yield INCOMPLETE.at(place, phase=phase.name)
            elif phase.ballot is not None:
                yield from _checked(of, each, at, phase, phase.ballot)


def _checked(of: Checked, each: Participation, at: int, phase: Phase, ballot: Ballot) -> Iterator[Finding]:
    places = ("phases", at, "ballot")
    missing = [ref for ref in _references(of, each, places, ballot) if ref.name not in ref.known]
    for ref in missing:
        yield UNKNOWN.at(ref.place, what=ref.what, name=ref.name, hint=hint(ref.name, list(ref.known)))
    if missing:
        return
    file = f"participation/{each.id}.yaml"
    yield from apart(of, each, host="box", keepers=_kept(of, each, places, ballot))
    if not _waits(of, each.id):
        yield NO_GATE.at(of.at(file, *places))
    if ballot.threshold is not None and not 2 <= ballot.threshold <= len(ballot.trustees):
        place = of.at(file, *places, "threshold")
        yield NO_THRESHOLD.at(place, threshold=ballot.threshold, trustees=len(ballot.trustees))
    if ballot.smallest_electorate < FEW:
        yield FEW_VOTERS.at(of.at(file, *places, "smallest_electorate"), voters=ballot.smallest_electorate)
    for index, asked in enumerate(ballot.questions):
        if what := _unfit(asked):
            yield UNFIT.at(of.at(file, *places, "questions", index), what=what)


def _references(of: Checked, each: Participation, places: tuple[str | int, ...], ballot: Ballot) -> Iterator[Reference]:
    file, process = f"participation/{each.id}.yaml", of.processes.get(each.id)
    for name in ("enrolment", "preparing", "counting"):
        if process:
            yield Reference(of.at(file, *places, name), STEP, getattr(ballot, name), process.nodes)
    yield Reference(of.at(file, *places, "roll"), KEEPER, ballot.roll, keepers(of))
    for index, trustee in enumerate(ballot.trustees):
        yield Reference(of.at(file, *places, "trustees", index), KEEPER, trustee, keepers(of))
    asked = {question.name for question in of.charter.form(each.id).questions}
    for index, question in enumerate(ballot.questions):
        if question.answers_from:
            yield Reference(of.at(file, *places, "questions", index), FIELD, question.answers_from, asked)


def _kept(of: Checked, each: Participation, places: tuple[str | int, ...], ballot: Ballot) -> list[Keeper]:
    """Who keeps what, beside the host, who keeps the box."""
    file = f"participation/{each.id}.yaml"
    roll = Keeper("roll", ballot.roll, "keep-roll", of.at(file, *places, "roll"))
    trustees = [
        Keeper(f"trustees[{index}]", trustee, "keep-key", of.at(file, *places, "trustees", index))
        for index, trustee in enumerate(ballot.trustees)
    ]
    return [roll, *trustees]


def _waits(of: Checked, procedure: str) -> bool:
    process = of.processes.get(procedure)
    if process is None:
        return True  # told elsewhere
    asked = " ".join(flow.condition for flow in process.flows.values() if flow.condition and _asks(flow.condition))
    return '"ready"' in asked and '"counted"' in asked


def _asks(condition: str) -> bool:
    try:
        return STATE in feel.names(condition)
    except feel.FeelError:
        return False  # told where expressions are checked


def _unfit(asked: Asked) -> str:
    """What is wrong with a question; nothing where it can be answered."""
    if bool(asked.answers) == bool(asked.answers_from):
        return "answers | answers_from"
    if asked.min > asked.max or (asked.answers and asked.max > len(asked.answers)):
        return "min ≤ max ≤ answers"
    return ""
