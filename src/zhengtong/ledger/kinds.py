"""What kinds of act there are. Rooms declare theirs in their own kinds.py; an undeclared kind is not recorded."""

import re
from dataclasses import dataclass

from zhengtong.common.text import Text, text

_DOTTED = re.compile(r"[a-z]+(\.[a-z]+(-[a-z]+)*)+")


@dataclass(frozen=True)
class Kind:
    """A kind of act: its name (dotted, in the past), its title, and the version of what its particulars hold.

    `public`: the program does it, of itself, and what it says is on a page; its commitment may be opened to everybody.
    """

    name: str
    title: Text
    version: int = 1
    public: bool = False


KINDS: dict[str, Kind] = {}


def declare(name: str, title: Text, version: int = 1, *, public: bool = False) -> str:
    """Declare a kind, and give back its name. ValueError if it is badly named or declared in two ways."""
    kind = Kind(name, title, version, public)
    if not _DOTTED.fullmatch(name):
        raise ValueError(f"a kind is named like `case.decided`, not {name!r}")
    if KINDS.setdefault(name, kind) != kind:
        raise ValueError(f"the kind {name!r} is declared twice")
    return name


KEY_REPLACED = declare("ledger.key.replaced", text("台账签名钥匙已更换", "The ledger's signing key replaced"))
FORK_SEEN = declare("ledger.fork.seen", text("发现一本台账出示两份历史", "A log seen to show two histories"))
WORD_GIVEN = declare("ledger.word.given", text("向另一节点说明一份文件", "A word given to another node"), public=True)
ERASED = declare("ledger.act.erased", text("行为详情已删除", "Particulars of an act erased"))
SUBJECT_ERASED = declare(
    "ledger.subject.erased", text("个人信息已删除，密钥已销毁", "Personal data erased, the key destroyed")
)
