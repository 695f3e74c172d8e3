"""An election as everybody must see it: the same bytes for all, and their fingerprint (sections 4.9, 4.10)."""

import base64
import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from zhengtong.common.text import text
from zhengtong.engines.ballots.errors import ElectionArchiveFault
from zhengtong.engines.ballots.group import Element, Group
from zhengtong.engines.ballots.groups import BELENIOS_2048, group_called

ANSWERS_AT_MOST = 200


@dataclass(frozen=True)
class Question:
    """Between `least` and `most` of the answers; or none and blank, where `blank` may be voted."""

    question: str
    answers: tuple[str, ...]
    least: int = 1
    most: int = 1
    blank: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most <= len(self.answers) <= ANSWERS_AT_MOST or not self.answers:
            raise ElectionArchiveFault(text("题目的选项数不成立", "a question's numbers of answers cannot be"))

    @property
    def size(self) -> int:
        """How many numbers a vote has."""
        return len(self.answers) + self.blank

    def json(self) -> dict[str, Any]:
        """Fields in the order of the format."""
        blank = {"blank": True} if self.blank else {}
        return {
            "answers": list(self.answers), **blank,
            "min": self.least, "max": self.most, "question": self.question,
        }  # fmt: skip


@dataclass(frozen=True)
class Election:
    """`written` is its text, byte by byte; whatever was signed refers to it."""

    written: str
    uuid: str
    group: Group
    key: Element
    questions: tuple[Question, ...]

    @cached_property
    def fingerprint(self) -> str:
        """What voters compare."""
        return fingerprint(self.written)

    @classmethod
    def read(cls, written: str) -> "Election":
        """Raises ElectionArchiveFault where it is no election of version 1 in a group that is known here."""
        held = load(written)
        if held.get("version") != 1 or not isinstance(held.get("uuid"), str):
            raise ElectionArchiveFault(text("版本或群不受支持", "its version or group is not known here"))
        group = group_called(held.get("group"))
        questions = tuple(_question(one) for one in held.get("questions") or ())
        return cls(written, held["uuid"], group, group.read(held.get("public_key")), questions)


def compose(
    *, name: str, description: str, uuid: str, key: Element, questions: tuple[Question, ...],
    group: Group = BELENIOS_2048,
) -> Election:  # fmt: skip
    """A new election."""
    held = {
        "version": 1, "description": description, "name": name, "group": group.name, "public_key": group.write(key),
        "questions": [one.json() for one in questions], "uuid": uuid,
    }  # fmt: skip
    return Election.read(compact(held))


def compact(held: object) -> str:
    """JSON as the format hashes it: no blanks, fields as given, characters unescaped."""
    return json.dumps(held, separators=(",", ":"), ensure_ascii=False)


def fingerprint(written: str) -> str:
    """SHA-256 in Base64 without padding; of a ballot, its tracking number."""
    return base64.b64encode(sha256(written.encode()).digest()).decode().rstrip("=")


def load(written: str) -> dict[str, Any]:
    """A JSON object; raises ElectionArchiveFault."""
    try:
        held = json.loads(written)
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict):
        raise ElectionArchiveFault(text("不是有效的 JSON 对象", "not a JSON object"))
    return held


def _question(held: Any) -> Question:
    try:
        return Question(
            str(held["question"]), tuple(map(str, held["answers"])),
            int(held["min"]), int(held["max"]), held.get("blank") is True,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as fault:
        raise ElectionArchiveFault(text("题目无法读取", "a question cannot be read")) from fault
