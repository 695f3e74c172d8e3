"""One table of 12 rules and 5 inputs: numbers in ranges, decimals, a list of texts, dates, truths; and rows for it.

Each cell stands in FEEL, and in the Python that SpiffWorkflow evaluates.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from zhengtong.engines.rules import Model

INPUTS = {"age": "number", "income": "number", "trade": "string", "filed_on": "date", "resident": "boolean"}
_AGES = [("< 18", "< 18"), ("[18..65)", "18 <= ? < 65"), (">= 65", ">= 65")]
_INCOMES = [("<= 2500.50", "<= Decimal('2500.50')"), ("> 2500.50", "> Decimal('2500.50')")]
_TRADES = [
    ('"food", "retail", "craft"', "? in ('food', 'retail', 'craft')"),
    ('"transport", "building"', "? in ('transport', 'building')"),
]
_SINCE = ('>= date("2025-01-01")', ">= date(2025, 1, 1)")
_PERIOD = ('[date("2024-01-01")..date("2026-12-31")]', "date(2024, 1, 1) <= ? <= date(2026, 12, 31)")
_TRUE, _EITHER = ("true", "True"), ("true, false", "? in (True, False)")
RULES = [
    (age, income, trade, _SINCE if number % 2 else _PERIOD, _TRUE if number % 3 == 0 else _EITHER)
    for number, (age, income, trade) in enumerate((a, i, t) for a in _AGES for i in _INCOMES for t in _TRADES)
]
RESULTS = [f"{100 + 25 * number}.{number:02}" for number in range(len(RULES))]


def rows(size: int = 2_000, seed: int = 1) -> list[dict[str, object]]:
    """Cases, of which most are hit by some rule."""
    random = Random(seed)
    trades = ["food", "retail", "craft", "transport", "building", "other"]
    return [
        {
            "age": random.randrange(95),
            "income": Decimal(random.randrange(600_000)) / 100,
            "trade": random.choice(trades),
            "filed_on": date(2023, 6, 1) + timedelta(days=random.randrange(1_200)),
            "resident": random.random() < 0.7,
        }
        for _ in range(size)
    ]


def _cells(dialect: int) -> list[list[str]]:
    return [[cell[dialect] for cell in rule] for rule in RULES]


def xml(dialect: int, namespace: str = "https://www.omg.org/spec/DMN/20191111/MODEL/") -> str:
    """The table as DMN; dialect 0 is FEEL, 1 Python."""
    inputs = "".join(
        f'<input id="in_{name}" label="{name}"><inputExpression id="e_{name}" typeRef="{kind}"><text>{name}</text>'
        "</inputExpression></input>"
        for name, kind in INPUTS.items()
    )
    rules = "".join(
        f'<rule id="r{number}">'
        + "".join(
            f'<inputEntry id="c{number}_{place}"><text>{_escaped(cell)}</text></inputEntry>'
            for place, cell in enumerate(cells)
        )
        + f'<outputEntry id="o{number}"><text>{_result(number, dialect)}</text></outputEntry></rule>'
        for number, cells in enumerate(_cells(dialect))
    )
    data = "".join(
        f'<inputData id="d_{name}" name="{name}"><variable id="v_{name}" name="{name}" typeRef="{kind}"/></inputData>'
        for name, kind in INPUTS.items()
    )
    needs = "".join(
        f'<informationRequirement id="n_{name}"><requiredInput href="#d_{name}"/></informationRequirement>'
        for name in INPUTS
    )
    return (
        f'<definitions xmlns="{namespace}" id="permit" name="permit" namespace="https://zhengtong.example/bench/permit">'
        f'{data if dialect == 0 else ""}<decision id="fee" name="fee"><variable id="v" name="fee" typeRef="number"/>'
        f'{needs if dialect == 0 else ""}<decisionTable id="t" hitPolicy="UNIQUE">{inputs}'
        f'<output id="out" name="fee" typeRef="number"/>{rules}</decisionTable></decision></definitions>'
    )


def _result(number: int, dialect: int) -> str:
    return RESULTS[number] if dialect == 0 else f"Decimal('{RESULTS[number]}')"


def _escaped(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def model() -> Model:
    return Model.load(xml(0).encode())


def plain_rows(found: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows as JSON can carry them."""
    return [{**row, "income": str(row["income"]), "filed_on": str(row["filed_on"])} for row in found]


def feel_cells() -> list[list[str]]:
    """The cells for an interpreter of FEEL."""
    return _cells(0)
