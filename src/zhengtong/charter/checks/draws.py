"""Draws by lot: the seed comes from several bodies, so that nobody alone can choose who is drawn."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.checks.keepers import Keeper, apart
from zhengtong.charter.checks.letters import NO_LETTER, letter_files
from zhengtong.charter.checks.references import KEEPER, REGION, UNKNOWN, keepers
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Participation, Phase
from zhengtong.charter.model.participation import Shares
from zhengtong.common.text import Text, text

if TYPE_CHECKING:
    from zhengtong.charter.charter import Charter

AGE = text("年龄段", "age group")
LETTER = "panel-drawn"  # to each who was drawn
KEEP = "keep-lot"  # the act of whoever keeps a secret of a draw

UNFIT = kind(
    "draw-keepers-unfit",
    message=(
        "阶段“{phase}”写了 {keepers} 位保管人：抽签至少要两位，其他阶段不能有。",
        "“{phase}” names {keepers} keepers: a draw by lot has two or more, another phase has none.",
    ),
    why=(
        "只有一位保管人时，没有别的机关能证明种子不是他挑的。",
        "Where there is one keeper, no other body vouches that the seed was not chosen.",
    ),
    mend=("再写一位另一机构的岗位，或者删去 keepers。", "Name a post of another body too, or leave `keepers` out."),
)
UNTOLD = kind(
    "drawn-and-not-told",
    message=("阶段“{phase}”抽中的人得不到通知。", "Nobody tells those who are drawn in “{phase}”."),
    why=("抽签选出的是人，不是代码。", "A draw ends in people, not in codes."),
    mend=("写明 answer_in：几天内答复是否参加。", "Write `answer_in`: in how many days they accept or decline."),
)
ALONE = kind(
    "draw-by-the-node-alone",
    severity="warning",
    message=(
        "阶段“{phase}”的抽签种子只由本节点产生。",
        "The seed of the draw in “{phase}” comes from this node alone.",
    ),
    why=(
        "运行节点的人知道秘密，也能挑选台账的检查点，可以反复试到满意为止。",
        "Who runs the node knows the secret and could try heads of the ledger until one suits.",
    ),
    mend=("在 keepers 中写两个以上不同机构的岗位。", "Name posts of two or more other bodies in `keepers`."),
)
SHARES = kind(
    "panel-shares-unfit",
    message=(
        "阶段“{phase}”的人口表不完整：{what}。",
        "The table of people by which the places of “{phase}” are shared out is not whole: {what}.",
    ),
    why=(
        "漏掉的年龄段和区域排在最后才抽，写了两次的人数不知以哪一个为准。",
        "Who is left out of it is drawn last, and of what is written twice nobody knows which number holds.",
    ),
    mend=(
        "可以参加的每个区域，每个年龄段各写一行，人数取自所写明的来源。",
        "Write one row for every age group of every region of who may take part, with the numbers of the source.",
    ),
)
TWICE = text("“{age}/{region}”写了两次", "“{age}/{region}” is there twice")
NO_REGION = text("没有区域“{region}”", "the region “{region}” is missing")
LEFT_OUT = text("没有“{age}/{region}”", "“{age}/{region}” is missing")
NO_PEOPLE = text("一个人也没有", "there is nobody in it")


def check(of: Checked) -> Iterator[Finding]:
    for each in of.charter.participation.values():
        for at, phase in enumerate(each.phases):
            yield from _told(of, each, at, phase)
            yield from _shared_out(of, each, at, phase)
            if phase.keepers and (phase.feature != "sortition" or len(phase.keepers) < 2):
                place = of.at(f"participation/{each.id}.yaml", "phases", at, "keepers")
                yield UNFIT.at(place, phase=phase.name, keepers=len(phase.keepers))
            elif phase.keepers:
                yield from _kept(of, each, at, phase)
            elif phase.feature == "sortition":
                yield ALONE.at(of.at(f"participation/{each.id}.yaml", "phases", at, "feature"), phase=phase.name)


def _told(of: Checked, each: Participation, at: int, phase: Phase) -> Iterator[Finding]:
    """Who is drawn is told, and has a time to answer."""
    if phase.feature != "sortition":
        return
    place = of.at(f"participation/{each.id}.yaml", "phases", at, "feature")
    if phase.answer_in is None:
        yield UNTOLD.at(place, phase=phase.name)
    elif not letter_files(of, each.id, LETTER):
        yield NO_LETTER.at(place, name=phase.name, letter=LETTER)


def _shared_out(of: Checked, each: Participation, at: int, phase: Phase) -> Iterator[Finding]:
    """The strata by whose numbers places are shared out are strata that there are."""
    if phase.shares is None:
        return
    groups, table = list(map(str, phase.ages)), of.at(f"participation/{each.id}.yaml", "phases", at, "shares")
    ages = {"0", *groups}
    for what in _not_whole(phase.shares, groups or ["0"], _lived_in(of.charter, each.who.regions)):
        yield SHARES.at(table, phase=phase.name, what=what)
    for row, share in enumerate(phase.shares.people):
        place = of.at(f"participation/{each.id}.yaml", "phases", at, "shares", "people", row)
        age, region = share.stratum
        if age not in ages:
            yield UNKNOWN.at(place, what=AGE, name=age, hint=hint(age, sorted(ages)))
        if region not in of.charter.regions:
            yield UNKNOWN.at(place, what=REGION, name=region, hint=hint(region, list(of.charter.regions)))


def _lived_in(charter: "Charter", within: list[str]) -> list[str]:
    """The smallest regions, in which people live, of those who may take part."""
    parents = {each.parent for each in charter.regions.values()}
    smallest = [code for code in charter.regions if code not in parents]
    return [code for code in smallest if not within or any(charter.region_within(code, each) for each in within)]


def _not_whole(shares: Shares, ages: list[str], regions: list[str]) -> Iterator[Text]:
    """What is twice in the table, or missing from it; the youngest, whom no age group takes in, may be left out."""
    rows = Counter((age, region) for age, region in (share.stratum for share in shares.people))
    for age, region in (stratum for stratum, times in rows.items() if times > 1):
        yield TWICE.format(age=age, region=region)
    counted = dict.fromkeys(region for _, region in rows)
    yield from (NO_REGION.format(region=region) for region in regions if region not in counted)
    for region in counted:
        yield from (LEFT_OUT.format(age=age, region=region) for age in ages if (age, region) not in rows)
    if not any(share.people for share in shares.people):
        yield NO_PEOPLE


def _kept(of: Checked, each: Participation, at: int, phase: Phase) -> Iterator[Finding]:
    places = [of.at(f"participation/{each.id}.yaml", "phases", at, "keepers", one) for one in range(len(phase.keepers))]
    known = keepers(of)
    unknown = [(place, post) for place, post in zip(places, phase.keepers, strict=True) if post not in known]
    for place, post in unknown:
        yield UNKNOWN.at(place, what=KEEPER, name=post, hint=hint(post, list(known)))
    if not unknown:
        named = zip(places, phase.keepers, strict=True)
        listed = [Keeper(f"keepers[{index}]", post, KEEP, place) for index, (place, post) in enumerate(named)]
        yield from apart(of, each, host="host", keepers=listed)
