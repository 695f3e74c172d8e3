"""The structure of a DMN file: which elements stand in which, with which attributes (the diagrams are left alone).

One table in our own words serves all versions from 1.1 to 1.5: what one of them allows is allowed in all. Of it an XML
Schema is made for each namespace, so that the check itself runs in the XML library; it takes as long as parsing does.
"""

from functools import cache
from typing import Any

from lxml import etree

from zhengtong.common.text import text
from zhengtong.engines.rules.errors import RulesFault

_TYPES: dict[str, tuple[str, str]] = {  # attributes (! is required), children (name:type with ? * +; ~ in any order)
    "import": ("name namespace! locationURI importType!", ""),
    "importedValues": ("name namespace! locationURI importType! expressionLanguage", "importedElement:string?"),
    "reference": ("href!", ""),
    "collection": ("name", "drgElement:reference*"),
    "decision": (
        "name!",
        "question:string? allowedAnswers:string? variable:item? informationRequirement* knowledgeRequirement*"
        " authorityRequirement* supportedObjective:reference* impactedPerformanceIndicator:reference*"
        " decisionMaker:reference* decisionOwner:reference* usingProcess:reference* usingTask:reference* EXPRESSION?",
    ),
    "businessKnowledgeModel": (  # in 1.1 the variable comes second, so the order is left open
        "name!",
        "~ encapsulatedLogic:functionDefinition variable:item knowledgeRequirement authorityRequirement",
    ),
    "decisionService": (
        "name!",
        "variable:item? outputDecision:reference* encapsulatedDecision:reference* inputDecision:reference*"
        " inputData:reference*",
    ),
    "inputData": ("name!", "variable:item?"),
    "knowledgeSource": ("name! locationURI", "authorityRequirement* type:string? owner:reference?"),
    "performanceIndicator": ("name! URI", "impactingDecision:reference*"),
    "organizationUnit": ("name! URI", "decisionMade:reference* decisionOwned:reference*"),
    "informationRequirement": ("", "requiredDecision:reference? requiredInput:reference?"),
    "knowledgeRequirement": ("", "requiredKnowledge:reference"),
    "authorityRequirement": ("", "requiredDecision:reference? requiredInput:reference? requiredAuthority:reference?"),
    "itemDefinition": (
        "name! typeLanguage isCollection=true|false|1|0",
        "typeRef:string? allowedValues:tests? typeConstraint:tests? itemComponent:itemDefinition* functionItem?",
    ),
    "functionItem": ("outputTypeRef", "parameters:item*"),
    "item": ("name typeRef", ""),
    "tests": ("expressionLanguage typeRef", "text:string"),
    "literalExpression": ("typeRef expressionLanguage", "text:string? importedValues?"),
    "invocation": ("typeRef", "EXPRESSION? binding*"),
    "binding": ("", "parameter:item EXPRESSION?"),
    "decisionTable": (
        "typeRef hitPolicy=UNIQUE|FIRST|PRIORITY|ANY|COLLECT|RULE_ORDER|OUTPUT_ORDER aggregation=SUM|COUNT|MIN|MAX"
        " preferredOrientation=Rule-as-Row|Rule-as-Column|CrossTable outputLabel",
        "input* output+ annotation* rule*",
    ),
    "input": ("", "inputExpression:literalExpression inputValues:tests?"),
    "output": ("name typeRef", "outputValues:tests? defaultOutputEntry:literalExpression?"),
    "annotation": ("name", ""),
    "rule": ("", "inputEntry:tests* outputEntry:literalExpression+ annotationEntry*"),
    "annotationEntry": ("", "text:string?"),
    "context": ("typeRef", "contextEntry*"),
    "contextEntry": ("", "variable:item? EXPRESSION"),
    "functionDefinition": ("typeRef kind=FEEL|Java|PMML", "formalParameter:item* EXPRESSION?"),
    "relation": ("typeRef", "column:item* row:list*"),
    "list": ("typeRef", "EXPRESSION*"),
    "conditional": ("typeRef", "if:child then:child else:child"),
    "filter": ("typeRef", "in:child match:child"),
    "for": ("typeRef iteratorVariable", "in:child return:child"),
    "every": ("typeRef iteratorVariable", "in:child satisfies:child"),
    "some": ("typeRef iteratorVariable", "in:child satisfies:child"),
    "child": ("typeRef", "EXPRESSION"),
    "group": ("name", ""),
    "textAnnotation": ("textFormat", "text:string?"),
    "association": ("associationDirection=None|One|Both", "sourceRef:reference targetRef:reference"),
}
_EXPRESSIONS = (
    "literalExpression invocation decisionTable context functionDefinition relation list conditional filter for every"
    " some"
)
_ROOT = (
    "import itemDefinition inputData decision businessKnowledgeModel decisionService knowledgeSource group"
    " textAnnotation association elementCollection:collection performanceIndicator organizationUnit"
)
_ROOT_ATTRIBUTES = "name namespace! expressionLanguage typeLanguage exporter exporterVersion"
_OCCURS = {
    "?": ' minOccurs="0"',
    "*": ' minOccurs="0" maxOccurs="unbounded"',
    "+": ' maxOccurs="unbounded"',
}
_FOREIGN = '<xs:any namespace="##other" processContents="skip"/>'
_EXTENSIONS = (
    '<xs:element name="extensionElements" minOccurs="0"><xs:complexType><xs:sequence><xs:any namespace="##any"'
    ' processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>'
)
_HEAD = '<xs:element name="description" type="xs:string" minOccurs="0"/>' + _EXTENSIONS


def check_structure(root: etree._Element, namespace: str) -> None:
    """RulesFault with the line of the first element or attribute that stands where none like it may."""
    schema = _schema(namespace)
    if not schema.validate(root):
        error: Any = next(iter(schema.error_log))  # type: ignore[call-overload]
        told = error.message.replace(f"{{{namespace}}}", "")
        raise RulesFault(text(f"不符合 DMN 的结构：{told}", f"Not the structure of DMN: {told}"), error.line)


@cache
def _schema(namespace: str) -> etree.XMLSchema:
    root = _HEAD + _in_any_order(_ROOT.split(), _FOREIGN)
    types = "".join(
        f'<xs:complexType name="{name}"><xs:sequence>{_HEAD}{_children(children)}</xs:sequence>'
        f"{_attributes(attributes)}</xs:complexType>"
        for name, (attributes, children) in _TYPES.items()
    )
    expressions = "".join(map(_element, _EXPRESSIONS.split()))
    return etree.XMLSchema(
        etree.fromstring(
            f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}" xmlns="{namespace}"'
            f' elementFormDefault="qualified"><xs:element name="definitions"><xs:complexType><xs:sequence>{root}'
            f"</xs:sequence>{_attributes(_ROOT_ATTRIBUTES)}</xs:complexType></xs:element>{types}"
            f'<xs:group name="EXPRESSION"><xs:choice>{expressions}</xs:choice></xs:group></xs:schema>'
        )
    )


def _attributes(written: str) -> str:
    """All may have an id, a label, and attributes of other namespaces."""
    own = "".join(map(_attribute, ["id", "label", *written.split()]))
    return f'{own}<xs:anyAttribute namespace="##other" processContents="skip"/>'


def _attribute(written: str) -> str:
    name, _, values = written.partition("=")
    use = ' use="required"' if name.endswith("!") else ""
    plain = name.rstrip("!")
    if not values:
        return f'<xs:attribute name="{plain}" type="xs:string"{use}/>'
    allowed = "".join(f'<xs:enumeration value="{each.replace("_", " ")}"/>' for each in values.split("|"))
    restricted = f'<xs:simpleType><xs:restriction base="xs:token">{allowed}</xs:restriction></xs:simpleType>'
    return f'<xs:attribute name="{plain}"{use}>{restricted}</xs:attribute>'


def _children(written: str) -> str:
    return _in_any_order(written.split()[1:]) if written.startswith("~") else "".join(map(_child, written.split()))


def _in_any_order(names: list[str], more: str = "") -> str:
    return f'<xs:choice minOccurs="0" maxOccurs="unbounded">{"".join(map(_element, names))}{more}</xs:choice>'


def _child(written: str) -> str:
    name, occurs = written.rstrip("?*+"), _OCCURS.get(written[-1], "")
    return f'<xs:group ref="EXPRESSION"{occurs}/>' if name == "EXPRESSION" else _element(name, occurs)


def _element(written: str, occurs: str = "") -> str:
    name, _, kind = written.partition(":")
    of = "xs:string" if kind == "string" else kind or name
    return f'<xs:element name="{name}" type="{of}"{occurs}/>'
