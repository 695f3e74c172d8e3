"""Whose record it is, and when it ended.

Persons are known by their blinded number, enterprises and premises by their public one.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Register
from zhengtong.people.models import Person
from zhengtong.vault.secret import blind

PERSON = "person"  # as the index beside a person's number is blinded, so that the two compare


def key_of(charter: Charter, register: str, number: str) -> str:
    """What a record of this register is found by."""
    return index_of(number) if charter.registers[register].subject == "person" else number


def index_of(id_number: str) -> str:
    """The blinded number of a person, whether or not they have ever signed in."""
    return blind(PERSON, id_number) if id_number else ""


def index_of_person(person: Person) -> str:
    """The same for somebody who is known; empty once they have been erased."""
    return person.id_index or ""


def ended_on(register: Register, fields: Mapping[str, Any]) -> date | None:
    """The day from which a record is kept by its register's schedule; none before it has ended."""
    told = fields.get(register.retention.after) if register.retention else None
    try:
        return date.fromisoformat(str(told)) if told else None
    except ValueError:
        return None
