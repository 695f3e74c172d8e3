"""Models for the tests, written short."""

from collections.abc import Sequence

from zhengtong.engines.rules import Model

HEAD = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:zt="https://zhengtong.example/ns/charter" '
    'id="m" name="m" namespace="https://test.example/m">'
)

Rule = tuple[Sequence[str], Sequence[str], str]


def model(*parts: str) -> Model:
    """A model of the given elements."""
    return Model.load((HEAD + "".join(parts) + "</definitions>").encode())


def input_data(name: str, kind: str = "number") -> str:
    return f'<inputData id="i-{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>'


def decision(name: str, logic: str, *needs: str, kind: str = "", note: str = "") -> str:
    """A decision. `needs` are `#id` of elements: `i-…` of inputs, `d-…` of decisions, `b-…` of knowledge."""
    return (
        f'<decision id="d-{name}" name="{name}"><extensionElements>{note}</extensionElements>'
        f'<variable name="{name}" {f"typeRef={kind!r}" if kind else ""}/>{"".join(map(_need, needs))}{logic}</decision>'
    )


def _need(key: str) -> str:
    place = {"i": "requiredInput", "d": "requiredDecision", "b": "requiredKnowledge", "s": "requiredKnowledge"}[key[0]]
    outer = "knowledgeRequirement" if place == "requiredKnowledge" else "informationRequirement"
    return f'<{outer}><{place} href="#{key}"/></{outer}>'


def literal(text: str) -> str:
    return f"<literalExpression><text>{escaped(text)}</text></literalExpression>"


def table(
    inputs: Sequence[str],
    rules: Sequence[Sequence[str]],
    *,
    policy: str = "UNIQUE",
    notes: dict[int, str] | None = None,
    outputs: str = '<output id="o"/>',
    aggregation: str = "",
    kinds: Sequence[str] = (),
    allowed: dict[int, str] | None = None,
) -> str:
    """A table; each rule is its cells, those of the inputs first. `notes` are extension elements by rule number."""
    return (
        f'<decisionTable id="t" hitPolicy="{policy}" {f"aggregation={aggregation!r}" if aggregation else ""}>'
        + "".join(_column(place, each, kinds, allowed or {}) for place, each in enumerate(inputs))
        + outputs
        + "".join(_rule(number, each, len(inputs), notes or {}) for number, each in enumerate(rules, 1))
        + "</decisionTable>"
    )


def _column(place: int, text: str, kinds: Sequence[str], allowed: dict[int, str]) -> str:
    kind = f"typeRef='{kinds[place]}'" if kinds else ""
    values = f"<inputValues><text>{escaped(allowed[place])}</text></inputValues>" if place in allowed else ""
    return f"<input><inputExpression {kind}><text>{escaped(text)}</text></inputExpression>{values}</input>"


def _rule(number: int, cells: Sequence[str], width: int, notes: dict[int, str]) -> str:
    entries = "".join(f"<inputEntry><text>{escaped(each)}</text></inputEntry>" for each in cells[:width])
    entries += "".join(f"<outputEntry><text>{escaped(each)}</text></outputEntry>" for each in cells[width:])
    note = f"<extensionElements>{notes[number]}</extensionElements>" if number in notes else ""
    return f'<rule id="r{number}">{note}{entries}</rule>'


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
