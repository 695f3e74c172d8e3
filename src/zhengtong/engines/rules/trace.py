"""Why a decision came out as it did: plain data that can be kept for ever, and told in words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from zhengtong.common.text import Text


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a cell asks for: a wording with places, and the values for them as FEEL writes them."""

    form: Text
    values: list[dict[str, str]]  # {"value": …}, so that whoever knows a better word can put it there


@dataclass(frozen=True, slots=True)
class Seen:
    """A value that a table or a decision saw: its name in words, the value as FEEL writes it, what the rule asked."""

    label: Text
    value: str
    asked: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired: its number in the table, what it says, and its legal basis (`law/article`)."""

    number: int
    text: Text
    basis: list[str]


@dataclass(frozen=True, slots=True)
class Failed:
    """A condition that did not hold: what it is about, what it asks (in FEEL, and in words), and what it saw."""

    label: Text
    test: str
    value: str
    asked: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The next-best rule, its conditions that failed, and what would have come out (in FEEL, "" if not a literal)."""

    number: int
    text: Text
    basis: list[str]
    failed: list[Failed]
    value: str = ""


@dataclass(frozen=True, slots=True)
class TableTrace:
    """What one table did."""

    id: str
    policy: str
    fired: list[Fired]
    saw: list[Seen]
    nearest: Nearest | None = None
    not_allowed: list[Failed] = field(default_factory=list)  # values that the table does not provide for


@dataclass(frozen=True, slots=True)
class Step:
    """A decision that was asked, and its value as FEEL writes it."""

    id: str
    name: Text
    value: str
    basis: list[str]
    tables: list[TableTrace] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trace:
    """The input data that were looked at, and the decisions asked: those that others need come before them."""

    inputs: list[Seen]
    steps: list[Step]
    on: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data: dicts, lists, strings, numbers."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Trace":
        """What `to_json` gave."""
        return cls(
            inputs=[_seen(each) for each in data["inputs"]],
            steps=[_step(each) for each in data["steps"]],
            on=data.get("on", ""),
        )

    def sentences(self, language: str, *, otherwise: bool = True) -> list[str]:
        """The trace in words, a sentence or two for each decision; `language` is `zh-Hans` or `en`.

        `otherwise`: also what would have come out, had the next-best rule fired, and what that would have taken.
        """
        from zhengtong.engines.rules.sentences import sentences

        return sentences(self, language, otherwise=otherwise)


def _seen(data: Mapping[str, Any]) -> Seen:
    return Seen(Text(data["label"]), data["value"], _wanted(data.get("asked")))


def _wanted(data: Mapping[str, Any] | None) -> Wanted | None:
    return Wanted(Text(data["form"]), [dict(each) for each in data["values"]]) if data else None


def _step(data: Mapping[str, Any]) -> Step:
    tables = [_table(each) for each in data["tables"]]
    return Step(data["id"], Text(data["name"]), data["value"], list(data["basis"]), tables)


def _table(data: Mapping[str, Any]) -> TableTrace:
    fired = [Fired(each["number"], Text(each["text"]), list(each["basis"])) for each in data["fired"]]
    nearest = _nearest(data["nearest"]) if data["nearest"] else None
    saw = [_seen(each) for each in data["saw"]]
    return TableTrace(data["id"], data["policy"], fired, saw, nearest, _failed(data["not_allowed"]))


def _nearest(data: Mapping[str, Any]) -> Nearest:
    failed = _failed(data["failed"])
    return Nearest(data["number"], Text(data["text"]), list(data["basis"]), failed, data.get("value", ""))


def _failed(data: Sequence[Mapping[str, Any]]) -> list[Failed]:
    return [Failed(Text(each["label"]), each["test"], each["value"], _wanted(each.get("asked"))) for each in data]
