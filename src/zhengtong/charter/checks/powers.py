"""What a post holds, it can use: its office has the function and level, the region is its own, an act is left."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Held, Organisation, Power
from zhengtong.common.text import Text, text

IN_VAIN = kind(
    "power-held-in-vain",
    message=(
        "岗位“{post}”不能行使职权“{power}”：{reason}。",
        "The post “{post}” cannot use the power “{power}”: {reason}.",
    ),
    why=(
        "职权法定：权责清单以外没有职权，写在岗位上也不能行使。",
        "Powers come from the power list only; a post has none that the list does not give to its office.",
    ),
    mend=("改 powers.yaml，或者改岗位的 powers。", "Mend powers.yaml, or the powers of the post."),
)

WITHIN_OFFICE = kind(
    "licensing-delegated-to-any",
    message=(
        "行政许可职权“{power}”可以委托，却没有限于其他行政机关。",
        "The licensing power “{power}” may be delegated, but not to another authority only.",
    ),
    why=(
        "行政许可只能委托其他行政机关实施，受委托机关和内容应当公告（行政许可法第二十四条）。",
        "Licensing is delegated to another administrative authority only, in public (Licensing Law, art. 24).",
    ),
    mend=("在 delegation 中写 to: another-authority。", "Write `to: another-authority` under `delegation`."),
)
LICENSING = "01"  # 行政许可, in the national list of kinds

FUNCTION = text("清单没有把它授予本机构的职能", "the list does not give it to this function")
LEVEL = text("清单没有把它授予本级机构", "the list does not give it to this level")
REGION = text("区划不在本机构辖区内", "the region is not within that of the office")
ACTS = text("清单没有其中的行为", "the list has none of these acts")
MATTERS = text("清单没有其中的事项", "the list has none of these matters")


def check(of: Checked) -> Iterator[Finding]:
    for number, listed in enumerate(of.charter.powers.values()):
        if listed.kind == LICENSING and listed.delegation and listed.delegation.to == "any":
            yield WITHIN_OFFICE.at(of.at("powers.yaml", number, "delegation"), power=listed.name)
    for office in of.charter.organisations.values():
        for index, post in enumerate(office.posts):
            for at, held in enumerate(post.held):
                power = of.charter.powers.get(held.power)
                reason = _in_vain(of, office, held, power) if power else None
                if reason:
                    place = of.at(f"organisations/{office.id}.yaml", "posts", index, "powers", at)
                    yield IN_VAIN.at(place, post=post.title, power=held.power, reason=reason)


def _in_vain(of: Checked, office: Organisation, held: Held, power: Power) -> Text | None:
    if office.function not in power.holders:
        return FUNCTION
    if power.levels and office.level not in power.levels:
        return LEVEL
    if held.region and held.region in of.charter.regions and not of.charter.region_within(held.region, office.region):
        return REGION
    if held.acts and not set(held.acts) <= set(power.acts):
        return ACTS
    return MATTERS if held.matters and power.matters and not set(held.matters) <= set(power.matters) else None
