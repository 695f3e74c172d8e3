"""What can be reported: one service of GeoReport for each kind that the procedure's question offers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import GeoReport, Procedure, Question
from zhengtong.common.text import Text
from zhengtong.faces.api.georeport.written import Failure, Told
from zhengtong.faces.shared.language import local

_LINE = 200  # characters: what may be longer is asked for as text


@dataclass(frozen=True)
class Offered:
    """A service of GeoReport: the procedure, and the answer that makes it this kind."""

    procedure: Procedure
    mapping: GeoReport
    kind: str
    name: Text

    @property
    def code(self) -> str:
        return f"{self.procedure.id}.{self.kind}"

    def told(self) -> Told:
        """As GET services tells it."""
        return {
            "service_code": self.code,
            "service_name": local(self.name),
            "description": local(self.procedure.summary),
            "metadata": True,
            "type": "realtime",
            "keywords": ", ".join(local(self.procedure.keywords).split()) if self.procedure.keywords else "",
            "group": local(self.procedure.name),
        }


def offered(charter: Charter) -> dict[str, Offered]:
    """Every service by its code."""
    return {each.code: each for procedure in charter.procedures.values() for each in _of(charter, procedure)}


def _of(charter: Charter, procedure: Procedure) -> Iterator[Offered]:
    mapping = procedure.georeport
    question = charter.form(procedure.id).question(mapping.service) if mapping else None
    if mapping and question:
        for kind, name in question.choices:
            yield Offered(procedure, mapping, kind, name)


def service(charter: Charter, code: str) -> Offered:
    """The service with this code; `Failure` 404."""
    found = offered(charter).get(code)
    if found is None:
        raise Failure(404, f"service_code {code} was not found")
    return found


def attributes(charter: Charter, of: Offered) -> list[Question]:
    """What is asked besides kind, description and place; an attribute has no rows, so that what is asked so is not."""
    apart = {of.mapping.service, of.mapping.description, of.mapping.place}
    return [
        each
        for each in charter.form(of.procedure.id).questions
        if each.asked and not each.columns and each.name not in apart
    ]


def attribute_told(order: int, question: Question) -> Told:
    """One attribute as the definition of a service tells it."""
    kind = _kind(question)
    told: dict[str, Any] = {
        "variable": True,
        "code": question.name,
        "datatype": kind,
        "required": question.required and not question.show_if,
        "datatype_description": local(question.hint),
        "order": order,
        "description": local(question.title),
    }
    return told | ({"values": _values(question)} if kind == "singlevaluelist" else {})


def _kind(question: Question) -> str:
    plain = question.schema.get("type")
    if question.choices or plain == "boolean":
        return "singlevaluelist"
    if plain in {"integer", "number"}:
        return "number"
    if question.schema.get("format") == "date":
        return "datetime"
    return "text" if question.schema.get("maxLength", _LINE + 1) > _LINE else "string"


def _values(question: Question) -> list[Told]:
    offered = [(value, local(name)) for value, name in question.choices]
    return [{"key": key, "name": name} for key, name in offered or [("true", "true"), ("false", "false")]]


def answer(question: Question, written: str) -> Any:
    """What was written for an attribute, as the form takes it; what fits nothing is left to the form to refuse."""
    plain = question.schema.get("type")
    if plain == "boolean":
        return {"true": True, "false": False}.get(written.strip().lower(), written)
    if plain == "integer" and written.strip().lstrip("-").isdecimal() and len(written) < 16:
        return int(written)
    return written


def answers(charter: Charter, of: Offered, sent: Mapping[str, str]) -> dict[str, Any]:
    """The answers of the form that a report gives; `Failure` 400 for what GeoReport itself asks."""
    asked = {each.name: each for each in attributes(charter, of)}
    given = {
        name: answer(each, sent[f"attribute[{name}]"]) for name, each in asked.items() if sent.get(f"attribute[{name}]")
    }
    described = sent.get("description", "").strip()
    place = _place(sent)
    missing = [
        name for name, found in (("description", described), ("lat and long, or address_string", place)) if not found
    ]
    if missing:
        raise Failure(400, *(f"{each} was not provided" for each in missing))
    link = sent.get("media_url", "").strip()  # told to the officer, and never fetched from here
    told = f"{described}\n{link}" if link else described
    return given | {of.mapping.service: of.kind, of.mapping.description: told, of.mapping.place: place}


def _place(sent: Mapping[str, str]) -> str:
    address = sent.get("address_string", "").strip() or sent.get("address_id", "").strip()
    if address:
        return address
    try:
        lat, long = float(sent.get("lat", "")), float(sent.get("long", ""))
    except ValueError:
        return ""
    return f"{lat:.6f}, {long:.6f}" if -90 <= lat <= 90 and -180 <= long <= 180 else ""
