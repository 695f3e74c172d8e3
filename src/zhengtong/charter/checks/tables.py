"""Rules that answer every case, and answer it one way only."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, Kind, Place, kind

ALIKE = (
    "同样的情形得到同样的决定，每种情形都有决定。",
    "Like cases are decided alike, and every case is decided.",
)
GAP = kind(
    "table-gap",
    message=("规则表有缺口：{detail}", "The table has a gap: {detail}"),
    why=ALIKE,
    mend=("为这种情形补上一条规则。", "Add a rule for that case."),
)
OVERLAP = kind(
    "table-overlap",
    message=("规则表有矛盾：{detail}", "The rules contradict one another: {detail}"),
    why=ALIKE,
    mend=("使条件互不重叠，或者换一种命中策略。", "Keep their conditions apart, or choose another hit policy."),
)
CLOCK = kind(
    "asks-the-clock",
    message=("询问了现在的时间：{detail}", "This asks what time it is: {detail}"),
    why=(
        "同样的事实必须得到同样的决定，无论何时复查。",
        "The same facts give the same decision, whenever it is looked at again.",
    ),
    mend=(
        "用 filed_on（申请日）代替 today()、now()。",
        "Use filed_on, the day of filing, instead of today() and now().",
    ),
)
FAULTY = kind(
    "rules-faulty",
    message=("规则有错：{detail}", "The rules are faulty: {detail}"),
    why=("规则必须读得懂、算得出。", "Rules have to be readable and computable."),
    mend=("在规则文件中改正。", "Mend the rules."),
)
DOUBTFUL = kind(
    "rules-doubtful",
    severity="warning",
    message=("规则可能有误：{detail}", "The rules may be wrong: {detail}"),
    why=("规则应当让人看得懂。", "Rules have to be understood by people."),
    mend=("检查该规则。", "Look at the rule."),
)

TOLD = {"gap": GAP, "overlap": OVERLAP, "reads-the-clock": CLOCK}


def check(of: Checked) -> Iterator[Finding]:
    for procedure, model in of.rules.items():
        for found in model.check(on=of.on):
            if found.severity == "note":
                continue
            place = Place(f"services/{procedure}/rules.dmn", found.line or 1)
            yield _kind(found.code, found.severity).at(place, detail=found.message)


def _kind(code: str, severity: str) -> Kind:
    """A gap or overlap that the hit policy allows is told as a warning, and stays one."""
    if severity != "error" and code != "reads-the-clock":
        return DOUBTFUL
    return TOLD.get(code, FAULTY)
