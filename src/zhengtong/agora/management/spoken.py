"""Whether keepers at other nodes said what a draw says that they did: by their own ledgers, and nobody's word here."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import CommandError

from zhengtong.agora.abroad.lies import COMMITMENT, SECRET
from zhengtong.charter.model import NODES
from zhengtong.ledger.errors import NotItsWord
from zhengtong.ledger.words import Says, hash_of, said_by


def believed(told: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """The nodes that keep a secret of the draw, and the key by which each is believed: the one that was given, from
    elsewhere, or else the one in the file. CommandError where one of those given is no keeper.
    """
    nodes = told.get("nodes", {})
    if strange := sorted(set(given) - set(nodes)):
        raise CommandError(f"不是保管人 no keeper of this draw: {', '.join(strange)}")
    return {name: given.get(name, each["key"]) for name, each in nodes.items()}


def require_spoken(told: Mapping[str, Any], keys: Mapping[str, str]) -> set[tuple[Any, str]]:
    """Each commitment and secret of a keeper at another node, of every attempt, is what its ledger says that it gave
    its word for, in this order. To whom it did, and of which draw. CommandError.
    """
    said = {name: [_said(name, word, key) for word in told["nodes"][name]["words"]] for name, key in keys.items()}
    found = set[tuple[Any, str]]()
    for attempt in [*told.get("ended", []), told]:
        for keeper in attempt.get("keepers", []):
            if keeper["post"].startswith(NODES):
                node = keeper["post"].removeprefix(NODES)
                found |= set(_matched(node, keeper, attempt["attempt"], said.get(node, [])))
    if len(found) > 1:
        raise CommandError("各份声明不是为同一次抽签作的 the words are not all of one draw")
    return found


def _said(node: str, word: Any, key: str) -> Says:
    try:
        return said_by(word, key=key)
    except NotItsWord as fault:
        raise CommandError(
            f"节点台账不能证明 the ledger of {node} does not prove what it is said to have said"
        ) from fault


def _matched(node: str, keeper: Mapping[str, str], attempt: int, said: list[Says]) -> Iterator[tuple[Any, str]]:
    """To whom and of which draw a node said each thing that it is told to have said in an attempt."""
    before = -1
    for step in (COMMITMENT, SECRET):
        if not keeper[step]:
            continue
        later = (each for each in said if each.index > before)
        word = next((each for each in later if _is_of(each, step, attempt, hash_of(keeper[step]))), None)
        if word is None:
            raise CommandError(f"节点没有这样说过 {node} did not say so by its ledger: {step}, attempt {attempt}")
        before = word.index
        yield word.to, str(word.about).rpartition("/")[0]


def _is_of(word: Says, step: str, attempt: int, digest: str) -> bool:
    return (word.role, word.sha256, str(word.about).rpartition("/")[2]) == (step, digest, str(attempt))
