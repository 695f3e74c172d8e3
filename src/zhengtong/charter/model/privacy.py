"""privacy.yaml: which looks are shown to the supervisor, what people can ask, and how long data live."""

from typing import Literal

from pydantic import Field

from zhengtong.charter.model.base import Basis, Id, Limit, LocalText, Part
from zhengtong.charter.model.government import ActVerb


class Watch(Part):
    """A rule by which an officer's look at somebody's data is flagged to the supervisor.

    `bulk`: more than `people` different people within `hours`. `no-open-case`: without an open case of that person.
    `same-value`: `field` of the register of persons has one value for officer and person (a household).
    `names`: `field` of one of the two records holds the other's number (a spouse, past or present).
    `marked`: `field` of the person's record is set (a public figure).
    """

    id: Id
    name: LocalText
    kind: Literal["bulk", "no-open-case", "same-value", "names", "marked"]
    people: int = Field(default=20, ge=1)
    hours: int = Field(default=1, ge=1, le=24 * 31)
    field: str = ""
    agreements: list[Id] = []  # that it does not watch: their purpose comes before any case
    legal_basis: list[Basis] = Field(min_length=1)


class Retention(Part):
    """How long something is kept from its end on: cases by procedure (none named: all others), drafts, looks, persons.

    A joint case is kept whole, as long as the part that is kept longest; none while it is contested or a certificate of
    it is good. A person who has neither case nor post is kept so long after the last case was erased.
    """

    what: Literal["case", "draft", "look", "person"]
    procedures: list[Id] = []
    keep: Limit
    legal_basis: list[Basis] = Field(min_length=1)


class Delay(Part):
    """For how long at most a look may be kept from the person, and by what law; two people decide it."""

    limit: Limit
    legal_basis: list[Basis] = Field(min_length=1)


class Opened(Part):
    """Posts with an act see what may only be stored, by the law that keeps it open to them."""

    act: ActVerb
    legal_basis: list[Basis] = Field(min_length=1)


class Privacy(Part):
    """privacy.yaml: the protection of personal data, as far as it is not an agreement of a register."""

    persons: Id  # the register of persons, by which kin and public figures are known
    question: Id  # the procedure by which a person asks why somebody looked
    legal_basis: list[Basis] = Field(min_length=1)  # on which officers see the facts of the cases that they handle
    watches: list[Watch] = []
    delay: Delay | None = None
    retention: list[Retention] = []
    erasure: Id = ""  # the procedure by which a person asks that what need not be kept be erased at once
    erasure_basis: list[Basis] = []

    restriction: Id = ""  # the procedure by which a person asks that their data be stored only
    restriction_basis: list[Basis] = []
    though_restricted: list[Opened] = []  # who sees even a case that is stored only

    def kept(self, what: str, procedure: str = "") -> Retention | None:
        """The rule for a thing; for a case the one that names its procedure goes before the one for all others."""
        rules = [each for each in self.retention if each.what == what]
        named = next((each for each in rules if procedure in each.procedures), None)
        return named or next((each for each in rules if not each.procedures), None)
