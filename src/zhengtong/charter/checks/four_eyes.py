"""Where a second officer has to confirm, there is one."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, kind

OF_NO_CASE = ("enact", "rekey", "correct", "restrict", "limit")
NOBODY_TO_CONFIRM = kind(
    "nobody-to-confirm",
    message=(
        "“{act}”须由两名工作人员办理，但有权的岗位不够。",
        "“{act}” takes two officers, but too few posts have the power.",
    ),
    why=(
        "没有第二名有权的工作人员，提议永远得不到确认。",
        "Without a second post that may, nothing could be confirmed.",
    ),
    mend=(
        "把该职权再授予一个岗位；要求不同机构的，授予另一机构的岗位。",
        "Give the power to another post, of another office where the rule wants two offices.",
    ),
)


def check(of: Checked) -> Iterator[Finding]:
    for index, rule in enumerate(of.charter.head.four_eyes):
        if rule.act not in OF_NO_CASE:
            continue
        able = [post for post, grants in of.charter.grants.items() if any(rule.act in each.acts for each in grants)]
        offices = {post.partition("/")[0] for post in able}
        if not able or (rule.two_offices and len(offices) < 2) or (len(able) < 2 and _seats(of, able[0]) < 2):
            yield NOBODY_TO_CONFIRM.at(of.at("charter.yaml", "four_eyes", index), act=rule.act)


def _seats(of: Checked, post: str) -> int:
    return of.charter.post(post).seats
