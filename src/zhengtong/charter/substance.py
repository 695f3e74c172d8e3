"""By what a case is decided, and whether that is the same in another version: substance follows the law of the day on
which a case was filed, procedure that of today (实体从旧，程序从新).
"""

from collections.abc import Iterator

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import LifeEvent
from zhengtong.engines.deadlines import Limit

FILES = ("form.json", "rules.dmn")
DECISIVE = (  # of the implementation list: who may have what, by which law, for which papers, and what comes of it
    *("legal_basis", "jurisdiction", "statutory_limit", "limit_basis", "appeal", "materials", "charged", "fee_items"),
    *("certificate", "decisions", "adverse", "about", "within", "tacit_approval", "commitment", "services"),
)


def differences(old: Charter, new: Charter, procedure: str) -> list[str]:
    """What decides a case of the procedure, or of one that it calls, otherwise in `new`: files and keys."""
    calls = {node.call.procedure for node in new.process(procedure).nodes.values() if node.call}
    found = list(_differences(old, new, procedure))
    return found + [each for called in sorted(calls & {*old.procedures}) for each in differences(old, new, called)]


def _differences(old: Charter, new: Charter, procedure: str) -> Iterator[str]:
    one, other = old.listed(procedure), new.listed(procedure)
    folder = f"{'life-events' if isinstance(one, LifeEvent) else 'services'}/{procedure}"
    for path in (*(f"{folder}/{name}" for name in FILES), f"participation/{procedure}.yaml"):
        if old.files.get(path) != new.files.get(path):
            yield path
    for key in DECISIVE:
        if getattr(one, key, None) != getattr(other, key, None):
            yield f"{folder} {key}"
    if not _as_soon(one.promised_limit, other.promised_limit):
        yield f"{folder} promised_limit"
    special = getattr(other, "special_procedures", [])
    if not all(each in special for each in getattr(one, "special_procedures", [])):
        yield f"{folder} special_procedures"


def _as_soon(promised: str, then: str) -> bool:
    """Whether a promise is kept by another: what was promised may be promised earlier, never later."""
    was, becomes = Limit.parse(promised), Limit.parse(then)
    return was.unit == becomes.unit and becomes.amount <= was.amount
