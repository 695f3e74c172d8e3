"""Which looks are shown to the supervisor: the charter's rules, decided from two records and the looks of late."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhengtong.charter.model import Watch

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Sight:
    """What is known of a look: the records of officer and person (empty where there is none), and around it."""

    officer: Fields
    person: Fields
    officer_number: str
    person_number: str
    agreement: str
    case_open: bool

    @property
    def own(self) -> bool:
        return self.officer_number == self.person_number


def sees(watch: Watch, sight: Sight) -> bool:
    """Whether a rule flags the look; `bulk` is counted (see registry/acts.py) and never decided here."""
    if sight.agreement and sight.agreement in watch.agreements:
        return False
    match watch.kind:
        case "no-open-case":
            return not sight.case_open
        case "same-value":
            value = sight.officer.get(watch.field)
            return bool(value) and not sight.own and value == sight.person.get(watch.field)
        case "names":
            return _names(sight.officer, watch.field, sight.person_number) or _names(
                sight.person, watch.field, sight.officer_number
            )
        case "marked":
            return sight.person.get(watch.field) in (True, "true")
    return False


def _names(record: Fields, field: str, number: str) -> bool:
    return bool(number) and record.get(field) == number
