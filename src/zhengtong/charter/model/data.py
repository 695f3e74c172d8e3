"""elements.yaml and registers/<register>.yaml: what the government knows, held once."""

from typing import Literal

from pydantic import Field as field

from zhengtong.charter.model.base import Basis, Dated, Id, Limit, LocalText, Part

Subject = Literal["person", "enterprise", "premises"]


class Element(Part):
    """A data element (数据元): one meaning, wherever it is asked or held. Forms and registers both name elements,
    which is how the checker sees that a form asks for what a register holds."""

    id: Id
    name: LocalText
    about: Literal["person", "enterprise", "premises", "case"]
    type: Literal["string", "integer", "decimal", "boolean", "date", "region", "file", "rows"] = "string"


class Field(Part):
    """One field of a register."""

    name: str = field(pattern=r"^[a-z][a-z0-9_]*$")
    element: Id
    required: bool = True
    personal: bool = True


class Sharing(Dated):
    """A sharing agreement: who may read which fields for which purpose, by what law."""

    id: Id
    reader: Id  # a function; `portal` fills in a person's own form, `agora` asks who may take part
    fields: list[str] = field(min_length=1)
    purpose: LocalText
    legal_basis: list[Basis] = field(min_length=1)
    though_restricted: list[Basis] = []  # the law by which it reads even what may only be stored


class Keeping(Part):
    """How long a record is kept after the day in its field `after` (a death, a deregistration), and by what law.

    Without the two it is kept for good: the law that says so is named.
    """

    after: str = ""
    keep: Limit | None = None
    legal_basis: list[Basis] = field(min_length=1)


class Register(Part):
    """A register (登记簿): its owner, its subject, its fields, and the agreements by which it is shared."""

    id: Id
    name: LocalText
    owner: Id  # organisation
    subject: Subject
    key: str  # the field that identifies a record
    representative: str = ""  # the field with the id number of the person who acts for the subject by law
    legal_basis: list[Basis] = field(min_length=1)
    fields: list[Field] = field(min_length=1)
    sharing: list[Sharing] = []
    retention: Keeping | None = None

    def field(self, name: str) -> Field | None:
        """The field with this name, if there is one."""
        return next((each for each in self.fields if each.name == name), None)
