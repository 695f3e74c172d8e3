"""Other nodes: the key by which each is believed can be read, is that of a ledger, and is not another's."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, kind
from zhengtong.engines.merkle import COSIGNATURE, NoteFault, Verifier

BELIEVED = (
    "别的节点说了什么，以它的台账钥匙为准；钥匙不对，谁都可以冒充它。",
    "What another node says is believed by the key of its ledger; by a wrong one anybody could speak for it.",
)
UNREADABLE = kind(
    "node-key-unreadable",
    message=(
        "节点“{node}”的 ledger 不是台账的验证钥匙：{fault}。",
        "The `ledger` of the node “{node}” is no verifier key of a ledger: {fault}.",
    ),
    why=BELIEVED,
    mend=(
        "写对方 `zhengtong ledger key` 输出的第一行，并用另一渠道核对。",
        "Write the first line of what `zhengtong ledger key` prints there, and compare it by another way.",
    ),
)
SHARED = kind(
    "node-key-shared",
    message=("节点“{node}”与“{other}”是同一把钥匙。", "The nodes “{node}” and “{other}” have one key."),
    why=BELIEVED,
    mend=("一个节点只写一次。", "Name each node once."),
)


def check(of: Checked) -> Iterator[Finding]:
    met: dict[bytes, str] = {}
    for name, node in of.charter.nodes.items():
        place = of.at("nodes.yaml", name, "ledger")
        if fault := _fault(node.ledger):
            yield UNREADABLE.at(place, node=name, fault=fault)
        elif (other := met.setdefault(Verifier.parse(node.ledger).key, name)) != name:
            yield SHARED.at(place, node=name, other=other)


def _fault(key: str) -> str:
    """What is wrong with a key; nothing if nothing is."""
    try:
        kind_ = Verifier.parse(key).kind
    except NoteFault as fault:
        return str(fault)
    return "a witness's" if kind_ == COSIGNATURE else ""
