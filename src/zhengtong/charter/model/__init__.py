"""The charter's parts as typed, frozen data: what each file of a charter may say.

These classes are the file format: their JSON Schemas (docs/reference/charter/) let editors complete and complain.
"""

from zhengtong.charter.model.base import Basis, Dated, Id, Limit, LocalText, Part
from zhengtong.charter.model.data import Element, Field, Register, Sharing
from zhengtong.charter.model.forms import Form, Question, Source
from zhengtong.charter.model.government import (
    Calendar,
    Decree,
    Delegable,
    FourEyes,
    Head,
    Held,
    Organisation,
    Post,
    Power,
    Region,
    Station,
)
from zhengtong.charter.model.law import Article, Law
from zhengtong.charter.model.organ import Organ
from zhengtong.charter.model.participation import (
    Amending,
    Asked,
    Ballot,
    Eligibility,
    Emergency,
    HouseRule,
    Participation,
    Phase,
    Rate,
    SurveyQuestion,
)
from zhengtong.charter.model.privacy import Delay, Privacy, Retention, Watch
from zhengtong.charter.model.procedure import (
    CertificateKind,
    FeeItem,
    GeoReport,
    LifeEvent,
    Material,
    Migration,
    Procedure,
    Routing,
    Simulation,
    Solved,
    SpecialProcedure,
)
from zhengtong.charter.model.scenario import Expected, Filing, Scenario, StoryStep

__all__ = [
    "Amending",
    "Article",
    "Asked",
    "Ballot",
    "Basis",
    "Calendar",
    "CertificateKind",
    "Dated",
    "Decree",
    "Delay",
    "Delegable",
    "Element",
    "Eligibility",
    "Emergency",
    "Expected",
    "FeeItem",
    "Field",
    "Filing",
    "Form",
    "FourEyes",
    "GeoReport",
    "Head",
    "Held",
    "HouseRule",
    "Id",
    "Law",
    "LifeEvent",
    "Limit",
    "LocalText",
    "Material",
    "Migration",
    "Organ",
    "Organisation",
    "Part",
    "Participation",
    "Phase",
    "Post",
    "Power",
    "Privacy",
    "Procedure",
    "Question",
    "Rate",
    "Region",
    "Register",
    "Retention",
    "Routing",
    "Scenario",
    "Sharing",
    "Simulation",
    "Solved",
    "Source",
    "SpecialProcedure",
    "Station",
    "StoryStep",
    "SurveyQuestion",
    "Watch",
]
