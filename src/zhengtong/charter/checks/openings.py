"""Voices that can be opened: by two bodies, neither above the other, and never where people vote in secret."""

from collections.abc import Iterator
from itertools import product

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.checks.keepers import Keeper, apart, offices
from zhengtong.charter.checks.letters import NO_LETTER, fields_of, letter_files
from zhengtong.charter.checks.references import POST, UNKNOWN, posts
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.charter.model import Opening, Participation
from zhengtong.common.text import Text, text

LETTER = "voice-opened"  # to the person whose voice was opened
OPEN = "open-voice"  # the act of whoever keeps a key

NOT_HERE = kind(
    "opening-of-what-is-secret",
    message=(
        "“{name}”是秘密投票或者满意度调查，不得规定打开发言身份。",
        "“{name}” holds a secret ballot or asks how satisfied people were: its voices cannot be opened.",
    ),
    why=(
        "谁投了什么票、谁给了差评，任何机关都不得查知。",
        "No body may find out who voted for what, or who was dissatisfied.",
    ),
    mend=("删去 opening。", "Leave `opening` out."),
)
DEPENDENT = kind(
    "opening-keepers-dependent",
    message=("“{post}”不能保管打开发言身份的密钥：{what}。", "“{post}” cannot keep a key that opens voices: {what}."),
    why=(
        "一个机构能命令另一个的，两把密钥就等于一把；审核言论的机构不得同时查出言论是谁说的。",
        "Where one body commands the other, two keys are one; and who judges words does not find out whose they are.",
    ),
    mend=(
        "换成互不隶属、也不审核言论的机构的岗位。",
        "Name a post of a body that is not above or below the other, and does not moderate.",
    ),
)
SILENT = kind(
    "opening-letter-silent",
    message=("文书没有告知 {fields}。", "The letter does not tell {fields}."),
    why=(
        "发言身份被打开的人，有权知道是谁、依据什么、为什么，以及怎样申请救济。",
        "Whose voice was opened is told by whom, on what ground, why, and how to contest it.",
    ),
    mend=("在正文中写入这些字段。", "Put these fields into the body."),
)
TOLD = ("voice.name", "opening.by", "opening.order", "decision.legal_basis", "decision.reasons", "appeal.where")
BELOW = text("它与另一位保管人的机构有隶属关系", "its body is above or below that of the other keeper")
MODERATES = text("它的机构审核这里的言论", "its body moderates what is said here")


def check(of: Checked) -> Iterator[Finding]:
    for each in of.charter.participation.values():
        if each.opening is not None:
            yield from _checked(of, each, each.opening)


def _checked(of: Checked, each: Participation, opening: Opening) -> Iterator[Finding]:
    file = f"participation/{each.id}.yaml"
    place = of.at(file, "opening")
    if each.who.served or any(phase.feature == "ballot" for phase in each.phases):
        yield NOT_HERE.at(place, name=of.charter.listed(each.id).name)
    letters = letter_files(of, each.id, LETTER)
    if not letters:
        yield NO_LETTER.at(place, name=of.charter.listed(each.id).name, letter=LETTER)
    for letter in letters:
        missing = [field for field in TOLD if field not in fields_of(of.charter.files[letter].decode(errors="replace"))]
        if missing:
            yield SILENT.at(Place(letter), fields=", ".join(missing))
    named = [(post, of.at(file, "opening", "keepers", at)) for at, post in enumerate(opening.keepers)]
    known = posts(of)
    unknown = [(post, where) for post, where in named if post not in known]
    for post, where in unknown:
        yield UNKNOWN.at(where, what=POST, name=post, hint=hint(post, list(known)))
    if unknown:
        return
    keepers = [Keeper(f"opening.keepers[{at}]", post, OPEN, where) for at, (post, where) in enumerate(named)]
    yield from apart(of, each, host="host", keepers=keepers)
    for post, where in named:
        if what := _dependence(of, each, post, [other for other in opening.keepers if other != post]):
            yield DEPENDENT.at(where, post=post, what=what)


def _dependence(of: Checked, each: Participation, post: str, others: list[str]) -> Text | None:
    """What makes the body of a post unfit to keep a key beside these others."""
    bodies, beside = _bodies(of, post), {one for other in others for one in _bodies(of, other)}
    if any(one in _above(of, other) for one, other in product(beside, bodies)):
        return BELOW  # told at the lower one
    moderating = {one for other in (each.moderator, *each.otherwise) for one in _bodies(of, other)}
    return MODERATES if bodies & moderating else None


def _bodies(of: Checked, post: str) -> set[str]:
    return {one.id for one in offices(of, post.partition("/")[0])}


def _above(of: Checked, office: str) -> set[str]:
    """All bodies above an office."""
    found: set[str] = set()
    parent = of.charter.organisations[office].parent
    while parent is not None and parent in of.charter.organisations and parent not in found:
        found.add(parent)
        parent = of.charter.organisations[parent].parent
    return found
