"""services/<service>/form.json: JSON Schema 2020-12 with our layout keys, read into questions.

A property carries `title` and `description` as localized texts, and:
`x-element` the data element asked; `x-source` {register, field} when a register answers it;
`x-basis` the articles that need it; `x-page` the page that it shares with others (default: its own);
`x-show-if` a FEEL condition over earlier answers; `x-enum` [{value, title}] for choices;
`x-map` true for a place that can be pointed at on the map of the regions.
An array whose items are objects is asked row by row: each property of the items is a column, `maxItems` how many rows.
"""

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field as field_
from pydantic import StringConstraints

from zhengtong.charter.model.base import Basis, Id, LocalText, Part
from zhengtong.common.text import Text


@dataclass(frozen=True)
class Source:
    """Where an answer comes from without asking: a field of a register about the party or the person."""

    register: str
    field: str


@dataclass(frozen=True)
class Question:
    """One thing asked (or filled in) in a form."""

    name: str
    element: str
    title: Text
    hint: Text
    schema: dict[str, Any]  # plain JSON Schema of the answer, without our keys
    required: bool
    basis: tuple[str, ...]
    page: str
    show_if: str = ""
    source: Source | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    on_map: bool = False  # a place, which can be pointed at, too; the answer is then its latitude and longitude
    columns: tuple["Question", ...] = ()  # of one that is answered in rows: what each row says
    services: tuple[str, ...] = ()  # in a compiled form: which services need it

    @property
    def asked(self) -> bool:
        """Whether a person has to answer, since no register does."""
        return self.source is None


@dataclass(frozen=True)
class Form:
    """The questions of a procedure, in order; `compiled` forms merge those of several services."""

    questions: tuple[Question, ...] = field(default=())

    def question(self, name: str) -> Question | None:
        """The question with this name, if there is one."""
        return next((each for each in self.questions if each.name == name), None)


NAME = r"^[a-z][a-z0-9_]*$"


class SourceIn(Part):
    """`x-source`: the register and the field that answer the question."""

    register_id: Id = field_(alias="register")
    field: str


class Choice(Part):
    """One of `x-enum`: a value and what people read."""

    value: str
    title: LocalText


class Column(Part):
    """One property of the rows of an array: a line of text."""

    title: LocalText
    description: LocalText | None = None
    type: Literal["string"]
    min_length: int | None = field_(default=None, alias="minLength", ge=0)
    max_length: int | None = field_(default=None, alias="maxLength", ge=0, le=1000)
    pattern: str | None = None


class Items(Part):
    """`items` of an array: what each of several choices is, or each of several rows."""

    type: Literal["string", "object"]
    enum: list[str] | None = None
    properties: dict[Annotated[str, StringConstraints(pattern=NAME, max_length=60)], Column] = {}
    required: list[str] = []
    additional: Literal[False] = field_(default=False, alias="additionalProperties")


class Property(Part):
    """One property of a form: the keywords of JSON Schema that pages and checks know, and our own."""

    title: LocalText
    description: LocalText | None = None
    type: Literal["string", "number", "integer", "boolean", "array"]
    format: Literal["date", "email"] | None = None
    enum: list[str] | None = None
    min_length: int | None = field_(default=None, alias="minLength", ge=0)
    max_length: int | None = field_(default=None, alias="maxLength", ge=0, le=100_000)
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = field_(default=None, alias="exclusiveMinimum")
    exclusive_maximum: float | None = field_(default=None, alias="exclusiveMaximum")
    multiple_of: float | None = field_(default=None, alias="multipleOf", gt=0)
    items: Items | None = None
    min_items: int | None = field_(default=None, alias="minItems", ge=0)
    max_items: int | None = field_(default=None, alias="maxItems", ge=0)
    unique_items: bool | None = field_(default=None, alias="uniqueItems")
    element: Id = field_(alias="x-element")
    source: SourceIn | None = field_(default=None, alias="x-source")
    basis: list[Basis] = field_(default=[], alias="x-basis")
    page: str = field_(default="", alias="x-page")
    show_if: str = field_(default="", alias="x-show-if")
    choices: list[Choice] = field_(default=[], alias="x-enum")
    on_map: bool = field_(default=False, alias="x-map")


class FormFile(Part):
    """form.json: a JSON Schema of the answers."""

    dialect: Literal["https://json-schema.org/draft/2020-12/schema"] | None = field_(default=None, alias="$schema")
    title: LocalText | None = None
    description: LocalText | None = None
    type: Literal["object"]
    properties: dict[Annotated[str, StringConstraints(pattern=NAME, max_length=60)], Property]
    required: list[str] = []
    additional: Literal[False] = field_(default=False, alias="additionalProperties")

    def form(self, plain: dict[str, Any], service: str) -> Form:
        """The questions; `plain` is the same file as it was read, from which the schema of each answer is taken."""
        return Form(
            tuple(
                _question(name, each, plain["properties"][name], name in self.required, service)
                for name, each in self.properties.items()
            )
        )


def _question(name: str, given: Property, plain: dict[str, Any], required: bool, service: str) -> Question:
    return Question(
        name=name,
        element=given.element,
        title=given.title,
        hint=given.description or Text(),
        schema=_plain(plain),
        required=required,
        basis=tuple(given.basis),
        page=given.page or name,
        show_if=given.show_if,
        source=Source(given.source.register_id, given.source.field) if given.source else None,
        choices=tuple((each.value, each.title) for each in given.choices),
        on_map=given.on_map,
        columns=tuple(_column(name, *each, given) for name, each in _columns(given, plain).items()),
        services=(service,),
    )


def _columns(given: Property, plain: dict[str, Any]) -> dict[str, tuple[Column, dict[str, Any]]]:
    rows = given.items.properties if given.items else {}
    return {name: (each, plain["items"]["properties"][name]) for name, each in rows.items()}


def _column(name: str, given: Column, plain: dict[str, Any], of: Property) -> Question:
    return Question(
        name=name,
        element=of.element,
        title=given.title,
        hint=given.description or Text(),
        schema=_plain(plain),
        required=of.items is not None and name in of.items.required,
        basis=tuple(of.basis),
        page=of.page,
    )


_WORDS = {"title", "description"}


def _plain(plain: dict[str, Any]) -> dict[str, Any]:
    """The schema of an answer without our own keys and words; so are those of the columns of its rows."""
    kept = {key: value for key, value in plain.items() if not key.startswith("x-") and key not in _WORDS}
    rows = kept.get("items", {}).get("properties")
    if rows:
        kept["items"] = kept["items"] | {"properties": {name: _plain(each) for name, each in rows.items()}}
    return kept
