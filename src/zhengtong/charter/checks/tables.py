"""Rules that answer every case, and answer it one way only."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, Place, kind

FAULTY = kind(
    "rules-faulty",
    message=("规则有错：{detail}", "The rules are faulty: {detail}"),
    why=(
        "同样的情形得到同样的决定，每种情形都有决定。",
        "Like cases are decided alike, and every case is decided.",
    ),
    mend=("在规则表中补上缺口，消除矛盾。", "Fill the gap or resolve the contradiction in the table."),
)
DOUBTFUL = kind(
    "rules-doubtful",
    severity="warning",
    message=("规则可能有误：{detail}", "The rules may be wrong: {detail}"),
    why=("规则应当让人看得懂。", "Rules have to be understood by people."),
    mend=("检查该规则。", "Look at the rule."),
)


def check(of: Checked) -> Iterator[Finding]:
    for procedure, model in of.rules.items():
        for found in model.check(on=of.on):
            faulty = FAULTY if found.severity == "error" else DOUBTFUL
            yield faulty.at(Place(f"services/{procedure}/rules.dmn", found.line or 1), detail=found.message)
