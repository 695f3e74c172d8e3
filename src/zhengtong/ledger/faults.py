"""What can be wrong with a ledger, in plain words."""

from dataclasses import dataclass

from zhengtong.common.text import Text, text

FAULTS = {
    "altered": text(
        "第{index}条记载的行为（{act}）已被更改：{fields}与台账所载不同。",
        "The act at entry {index} ({act}) was altered: {fields} differ from what the ledger holds.",
    ),
    "opened-otherwise": text(
        "第{index}条记载的行为（{act}）的承办人、理由或详情已被更改：与当时的承诺值不符。",
        "Who did the act at entry {index} ({act}), its reason or its particulars were altered: "
        "they do not fit the commitment made then.",
    ),
    "erased-without-act": text(
        "第{index}条记载的行为（{act}）的详情已被删除，但没有删除行为的记载。",
        "The particulars of the act at entry {index} ({act}) are gone, and no act of erasing them is recorded.",
    ),
    "rewritten": text(
        "第{index}条记载已被改写或调换：与树中的哈希值不符。",
        "Entry {index} was rewritten or exchanged: it does not fit its hash in the tree.",
    ),
    "entry-missing": text(
        "第{index}条记载已被删除。",
        "Entry {index} was deleted.",
    ),
    "act-missing": text(
        "第{index}条记载的行为已被删除；台账所载：{leaf}",
        "The act of entry {index} was deleted; the ledger holds of it: {leaf}",
    ),
    "hole": text(
        "{subject}的行为在第{index}条记载处不连续：序号应为{expected}，实为{position}。",
        "The acts of {subject} do not follow each other at entry {index}: number {expected} was due, {position} came.",
    ),
    "person-hole": text(
        "涉及同一人（化名{person}）的行为在第{index}条记载处不连续：序号应为{expected}，实为{number}。",
        "The acts that concern one person (blinded: {person}) do not follow each other at entry {index}: "
        "number {expected} was due, {number} came.",
    ),
    "history": text(
        "涉及同一人（化名{person}）的行为目录与台账不符：有行为被增加、删去或调换。",
        "The list of acts that concern one person (blinded: {person}) is not what the ledger holds: "
        "acts were added, taken out or exchanged.",
    ),
    "clock": text(
        "第{index}条记载的行为（{act}）记录于{at}，而在它之前的已有记录于{before}的：本机时钟曾被调回。",
        "The act at entry {index} ({act}) was recorded at {at}, after one that was recorded at {before}: "
        "the node's clock was turned back.",
    ),
    "copied": text(
        "第{index}条记载的行为（{act}）是另一行为的复制品。",
        "The act at entry {index} ({act}) is a copy of another one.",
    ),
    "back-in-time": text(
        "第{index}条记载的行为（{act}）的时间早于其前一行为：时钟曾被调回，或行为被倒签。",
        "The act at entry {index} ({act}) is dated before the one that precedes it: a clock was turned back, "
        "or the act was back-dated.",
    ),
    "inserted": text(
        "行为{id}（{act}）标为已入台账，台账中却没有：是插入的，或其记载已被删除。",
        "Act {id} ({act}) is marked as being in the ledger, and is not: it was inserted, or its entry was deleted.",
    ),
    "marked": text(
        "行为{id}（{act}）已在台账中，却标为尚未入台账。",
        "Act {id} ({act}) is in the ledger, and is marked as if it were not.",
    ),
    "forged": text(
        "行为{id}（{act}）不是由本程序记录的：没有本程序的封印。",
        "Act {id} ({act}) was not recorded by the program: it does not bear its seal.",
    ),
    "tile": text(
        "哈希块{tile}缺失或已被更改。",
        "The tile {tile} of the tree is missing or was altered.",
    ),
    "root": text(
        "第{first}条至第{last}条记载之间有更改：与已签名的检查点（{size}条）不符。",
        "Something between entry {first} and entry {last} was altered: it does not fit the signed checkpoint "
        "of {size} entries.",
    ),
    "signature": text(
        "检查点（{size}条）的签名无效：{why}",
        "The checkpoint of {size} entries is not validly signed: {why}",
    ),
    "truncated": text(
        "检查点（{size}条）已签名，但只有{entries}条记载：台账被截短，或恢复了旧备份。",
        "A checkpoint of {size} entries was signed, but there are {entries}: the ledger was cut short, "
        "or an old backup was restored.",
    ),
    "unsigned": text(
        "第{first}条起的记载没有任何检查点签名。",
        "The entries from {first} on are under no signed checkpoint.",
    ),
    "checkpoint-missing": text(
        "对外公布的检查点（{size}条）不在数据库中。",
        "The published checkpoint of {size} entries is not in the database.",
    ),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: its code (a key of FAULTS), the entry it was found at if at one, and in words."""

    code: str
    told: Text
    index: int | None = None


def fault(code: str, **values: object) -> Fault:
    """The fault `code`, told with `values`; `index` among them is where it is."""
    index = values.get("index")
    return Fault(code, FAULTS[code].format(**values), index if isinstance(index, int) else None)
