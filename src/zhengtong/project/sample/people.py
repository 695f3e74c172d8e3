"""Loads `sample/people.yaml` and `sample/records/*.yaml` of a charter; doing it again changes nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from ruamel.yaml import YAML

from zhengtong.cases.scenarios import Players
from zhengtong.charter.charter import Charter
from zhengtong.people.actor import PROGRAM
from zhengtong.people.acts import give_mandate, take_post
from zhengtong.people.identifiers import checked_id_number, checked_uscc
from zhengtong.people.models import Account, Enterprise, Mandate, Person
from zhengtong.people.sign_in.codes import secret_of
from zhengtong.people.sign_in.models import CodeApp
from zhengtong.people.sign_in.sealing import seal
from zhengtong.registry.acts import keep

IN_OFFICE_SINCE = date(2025, 1, 1)


def read_sample(folder: Path) -> Mapping[str, Any]:
    """The people, enterprises and mandates of `folder`/sample/people.yaml."""
    return dict(read(folder / "sample" / "people.yaml"))


def players_of(folder: Path) -> Players:
    """The people and enterprises that were loaded, by their ids in sample/people.yaml."""
    sample = read_sample(folder)
    people = {each.id_number: each for each in Person.objects.all()}
    enterprises = {each.uscc: each for each in Enterprise.objects.all()}
    return Players(
        people={each["id"]: people[checked_id_number(each["id_number"])] for each in sample["people"]},
        enterprises={each["id"]: enterprises[checked_uscc(each["uscc"])] for each in sample.get("enterprises", [])},
    )


def read(path: Path) -> Any:
    """A file of the sample."""
    return _yaml(path.read_text("utf-8"))


@lru_cache(maxsize=32)
def _yaml(source: str) -> Any:
    """Parsed once for each wording: reading YAML is most of the time that founding a city takes."""
    return YAML(typ="safe").load(source)


@transaction.atomic
def load_sample(folder: Path, *, charter: Charter, now: datetime) -> int:
    """Load people with their sign-ins and posts, enterprises, mandates and register records; returns the people."""
    sample = read_sample(folder)
    secret = secret_of(sample["code_app"])
    people = {each["id"]: _person(each, secret, now=now) for each in sample["people"]}
    enterprises = {each["id"]: _enterprise(each) for each in sample.get("enterprises", [])}
    for mandate in sample.get("mandates", []):
        _mandate(mandate, people, enterprises, now=now)
    for path in sorted((folder / "sample" / "records").glob("*.yaml")):
        for fields in read(path):
            keep(charter=charter, register=path.stem, fields=_stored(fields), now=now)
    return len(people)


def _person(each: Mapping[str, Any], secret: bytes, *, now: datetime) -> Person:
    person, _new = Person.objects.update_or_create(
        id_number=checked_id_number(each["id_number"]),
        defaults={"name": each["name"], "email": each["email"], "language": each["language"]},
    )
    if each.get("username") and not Account.objects.filter(person=person).exists():
        hashed = _hashed(each["password"])
        account = Account.objects.create(username=each["username"], password=hashed, person=person)
        if each.get("posts"):
            CodeApp.objects.create(account=account, sealed=seal(secret), added_at=now)
    for post in each.get("posts", []):
        take_post(person=person, post=post, from_on=IN_OFFICE_SINCE, by=PROGRAM, now=now)
    return person


@cache
def _hashed(password: str) -> str:
    """Hashed once for all who have it: these passwords are printed on the screen, and hashing is slow on purpose."""
    return make_password(password)


def _enterprise(each: Mapping[str, Any]) -> Enterprise:
    return Enterprise.objects.update_or_create(uscc=checked_uscc(each["uscc"]), defaults={"name": each["name"]})[0]


def _mandate(
    each: Mapping[str, Any], people: Mapping[str, Person], enterprises: Mapping[str, Enterprise], *, now: datetime
) -> None:
    holder, enterprise = people[each["holder"]], enterprises[each["enterprise"]]
    if not Mandate.objects.filter(holder=holder, enterprise=enterprise).exists():
        give_mandate(
            holder=holder,
            enterprise=enterprise,
            procedures=each["procedures"],
            from_on=each["from_on"],
            by=PROGRAM,
            now=now,
        )


def _stored(fields: Mapping[str, Any]) -> dict[str, Any]:
    """YAML's dates and numbers as the registers keep them: as text."""
    return {
        name: value if isinstance(value, bool | str) or value is None else str(value) for name, value in fields.items()
    }
