"""What a charter adds to BPMN: the elements of one namespace, inside `bpmn:extensionElements`.

They are documented for modelers in docs/reference/process.md.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

NAMESPACE = "https://zhengtong.example/ns/charter"

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Task:
    """`zt:task`: who does a step, by which power, until when, and how it can end."""

    post: str = ""  # function/post, organisation/post, or `party`: the applicant
    act: str = ""  # accept, examine, inspect, decide, answer …
    clock: str = ""  # a time limit: P5WD
    power: str = ""
    legal_basis: str = ""
    outputs: str = ""  # `fact:value|value`
    form: str = ""
    skill: str = ""  # what whoever does it is best good at
    special: str = ""  # the special procedure (hearing, consultation …) that the step is; its time may not count
    apart: tuple[str, ...] = ()  # steps whose officers must not do this one
    post_from: str = ""  # attribute `postFrom`: the fact that names the post instead, where the case has it
    clock_from: str = ""  # attribute `clockFrom`: the fact that holds the time limit instead, where the case has it

    @property
    def fact(self) -> str:
        """The fact that the step sets; empty where it sets none."""
        return self.outputs.partition(":")[0]

    @property
    def values(self) -> tuple[str, ...]:
        """What that fact may become."""
        return tuple(value for value in self.outputs.partition(":")[2].split("|") if value)


@dataclass(frozen=True, slots=True)
class Service:
    """`zt:service`: what the program does by itself."""

    name: str
    by: str = ""  # rule, silence, commitment: in what way a decision came about
    outcome: str = ""
    source: str = ""  # attribute `from`: the fact that holds the outcome
    letter: str = ""
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """`zt:decision`: which decision of the rules is asked, and the fact that its answer becomes."""

    ref: str
    into: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """`zt:call`: which procedure is run as a case of its own, and when (FEEL; empty: always)."""

    procedure: str
    when: str = ""
    into: str = ""  # the fact that its outcome becomes


@dataclass(frozen=True, slots=True)
class End:
    """`zt:end`: what came of the case."""

    outcome: str = ""
    adverse: bool = False


def _task(of: Attributes) -> Task:
    return Task(
        post=of.get("post", ""),
        act=of.get("act", ""),
        clock=of.get("clock", ""),
        power=of.get("power", ""),
        legal_basis=of.get("legalBasis", ""),
        outputs=of.get("outputs", ""),
        form=of.get("form", ""),
        skill=of.get("skill", ""),
        special=of.get("special", ""),
        apart=tuple(of.get("apart", "").split()),
        post_from=of.get("postFrom", ""),
        clock_from=of.get("clockFrom", ""),
    )


def _service(of: Attributes) -> Service:
    return Service(
        name=of.get("name", ""),
        by=of.get("by", ""),
        outcome=of.get("outcome", ""),
        source=of.get("from", ""),
        letter=of.get("letter", ""),
        legal_basis=of.get("legalBasis", ""),
    )


def _decision(of: Attributes) -> Decision:
    return Decision(ref=of.get("ref", ""), into=of.get("into", ""))


def _call(of: Attributes) -> Call:
    return Call(procedure=of.get("procedure", ""), when=of.get("when", ""), into=of.get("into", ""))


def _end(of: Attributes) -> End:
    return End(outcome=of.get("outcome", ""), adverse=of.get("adverse") == "true")


_READERS: Mapping[str, Callable[[Attributes], object]] = {
    "task": _task,
    "service": _service,
    "decision": _decision,
    "call": _call,
    "end": _end,
}
KNOWN: Mapping[str, frozenset[str]] = {
    "text": frozenset({"lang"}),
    "task": frozenset(
        {
            *("post", "act", "clock", "power", "legalBasis", "outputs", "form", "skill", "special", "apart"),
            *("postFrom", "clockFrom"),
        }
    ),
    "service": frozenset({"name", "by", "outcome", "from", "letter", "legalBasis"}),
    "decision": frozenset({"ref", "into"}),
    "call": frozenset({"procedure", "when", "into"}),
    "end": frozenset({"outcome", "adverse"}),
    "legalBasis": frozenset({"ref"}),
}
"""The elements, and the attributes that each may have."""


def typed(extensions: Mapping[str, tuple[Attributes, ...]]) -> dict[str, object]:
    """The fields of a Node that `extensions` (by element name) fill."""
    fields = {name: read(extensions[name][0]) for name, read in _READERS.items() if name in extensions}
    return fields | {"legal_basis": tuple(_bases(extensions))}


def _bases(extensions: Mapping[str, tuple[Attributes, ...]]) -> Iterable[str]:
    for attributes in (each for found in extensions.values() for each in found):
        if attributes.get("legalBasis"):
            yield attributes["legalBasis"]
    yield from (attributes["ref"] for attributes in extensions.get("legalBasis", ()) if attributes.get("ref"))
