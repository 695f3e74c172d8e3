"""What is no DMN by its structure is refused where it is read, with the line; what the standard allows is taken."""

import copy
import os
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from tests.rules.models import HEAD, decision, input_data, literal, table
from zhengtong.engines.rules import Model, RulesFault

KIT = Path(os.environ.get("DMN_TCK", Path(__file__).parents[3] / "shared" / "dmn-tck"))
VERSIONS = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "DMN12.xsd",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "DMN13.xsd",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "DMN14.xsd",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "DMN15.xsd",
}


def load(*parts):
    return Model.load((HEAD + "".join(parts) + "</definitions>").encode())


@pytest.mark.parametrize(
    "wrong",
    [
        "<decison id='d' name='d'/>",
        "<decision id='d' name='d' colour='red'/>",
        "<decision id='d'/>",
        "<decision id='d' name='d'><text>1</text></decision>",
        "<decision id='d' name='d'><literalExpression><text>1</text><text>2</text></literalExpression></decision>",
        "<decision id='d' name='d'><decisionTable hitPolicy='BEST'><output/></decisionTable></decision>",
        "<decision id='d' name='d'><decisionTable/></decision>",
        "<inputData id='i' name='i'><variable name='i'/><variable name='j'/></inputData>",
        "<decision id='d' name='d'><informationRequirement><requiredInput/></informationRequirement></decision>",
    ],
)
def test_a_wrong_structure_is_refused_with_its_line(wrong):
    with pytest.raises(RulesFault, match="Not the structure of DMN") as refused:
        load("\n\n", wrong)
    assert refused.value.line == 3


def test_extensions_foreign_attributes_and_diagrams_are_let_be():
    asked = load(
        "<decision id='d' name='d' xmlns:my='urn:my' my:colour='red'><extensionElements><my:any><deep/></my:any>"
        "</extensionElements>"
        + literal("1")
        + "</decision><my:Diagram xmlns:my='urn:my'><my:Shape x='1'/></my:Diagram>"
    )
    assert asked.decide("d", {}).value == 1


def test_what_we_write_ourselves_is_dmn():
    load(input_data("x"), decision("d", table(["x"], [("1", "2")]), "i-x"))


@pytest.fixture(scope="module")
def standard():
    if not KIT.is_dir():
        pytest.skip(f"no schemas of the standard at {KIT}")
    return {namespace: etree.XMLSchema(etree.parse(KIT / name)) for namespace, name in VERSIONS.items()}


def damaged(root, random):
    """A copy with one element renamed, or given an attribute that no element has, or moved where it does not belong."""
    made = copy.deepcopy(root)
    own = [each for each in made.iter("{*}*") if etree.QName(each).namespace == etree.QName(made).namespace][1:]
    victim = random.choice(own)
    match random.randrange(3):
        case 0:
            victim.tag = f"{{{etree.QName(victim).namespace}}}nothing"
        case 1:
            victim.set("nothing", "x")
        case _:
            random.choice(own[:5]).append(copy.deepcopy(victim))
    return made


def test_what_the_standards_schema_refuses_of_damaged_models_is_refused_here(standard):
    """What it takes is taken; of what it refuses, only an order or a number of children may still pass here."""
    random, refused, passed = Random(5), 0, 0
    for path in sorted(KIT.glob("compliance-level-*/*/*.dmn")):
        root = etree.parse(path).getroot()
        schema = standard.get(etree.QName(root).namespace)
        for made in [root, *(damaged(root, random) for _ in range(6))] if schema is not None else []:
            is_right = schema.validate(made)
            try:
                Model.load(etree.tostring(made))
                passed += not is_right
            except RulesFault:
                assert not is_right, path
                refused += 1
    assert refused > 300
    assert passed < refused / 20
