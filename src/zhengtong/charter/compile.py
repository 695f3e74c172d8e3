"""One form for several services (一件事): nothing is asked twice, and nothing that is known is asked at all.

Every question and every document says which services need it, and by which law.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from zhengtong.charter.model import Form, LifeEvent, Material, Procedure, Question

Supplied = Literal["register", "certificate", "step"]
_STRICT = ("required", "later", "optional")


@dataclass(frozen=True)
class CompiledMaterial:
    """A document, once for all services that need it.

    `supplied_by` says why it need not be handed in: a register says it, another service of the same joint case
    results in it, or a certificate does, provided that the party holds one that is valid.
    """

    material: Material
    services: tuple[str, ...]
    basis: tuple[str, ...]
    supplied_by: Supplied | None


def compile_form(event: LifeEvent, forms: Mapping[str, Form]) -> Form:
    """The one form of a life event: questions of the same name and element are one, grouped by page.

    A question that a register answers for one service is asked for none.
    """
    merged: dict[tuple[str, str], Question] = {}
    for each in event.services:
        for question in forms[each.service].questions if each.service in forms else ():
            own = replace(question, show_if=_both(each.when, question.show_if))
            key = question.name, question.element
            merged[key] = _merged(merged[key], own) if key in merged else own
    pages = dict.fromkeys(question.page for question in merged.values())
    return Form(tuple(question for page in pages for question in merged.values() if question.page == page))


def _merged(one: Question, other: Question) -> Question:
    return replace(
        one,
        schema=_narrowed(one.schema, other.schema),
        required=one.required or other.required,
        basis=_union(one.basis, other.basis),
        show_if=_either(one.show_if, other.show_if),
        source=one.source or other.source,
        choices=tuple(each for each in one.choices if not other.choices or each[0] in dict(other.choices)),
        services=_union(one.services, other.services),
    )


def _narrowed(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """What satisfies both schemas."""
    return one if one == other else {**one, "allOf": [*one.get("allOf", []), other]}


def compile_materials(
    listed: Procedure | LifeEvent, procedures: Mapping[str, Procedure]
) -> tuple[CompiledMaterial, ...]:
    """The documents of a procedure or, merged by id, of a life event."""
    if isinstance(listed, Procedure):
        return tuple(_single(each, listed.id, ()) for each in listed.materials)
    together = [each.service for each in listed.services]
    merged: dict[str, CompiledMaterial] = {}
    for each in listed.services:
        for material in procedures[each.service].materials if each.service in procedures else ():
            own = _single(
                material.model_copy(update={"show_if": _both(each.when, material.show_if)}), each.service, together
            )
            merged[material.id] = _joined(merged[material.id], own) if material.id in merged else own
    return tuple(merged.values())


def _single(material: Material, service: str, together: Collection[str]) -> CompiledMaterial:
    return CompiledMaterial(material, (service,), tuple(material.legal_basis), _supplied(material, together))


def _supplied(material: Material, together: Collection[str]) -> Supplied | None:
    exemption = material.exemption
    if exemption is None:
        return None
    if exemption.register_id:
        return "register"
    if exemption.certificate:
        return "certificate"
    return "step" if exemption.step and exemption.step in together else None


def _joined(one: CompiledMaterial, other: CompiledMaterial) -> CompiledMaterial:
    update = {
        "necessity": min(one.material.necessity, other.material.necessity, key=_STRICT.index),
        "show_if": _either(one.material.show_if, other.material.show_if),
        "exemption": one.material.exemption if one.supplied_by else other.material.exemption,
    }
    return CompiledMaterial(
        one.material.model_copy(update=update),
        _union(one.services, other.services),
        _union(one.basis, other.basis),
        one.supplied_by or other.supplied_by,
    )


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _both(one: str, other: str) -> str:
    """A FEEL condition that holds when both do; an empty one always holds."""
    return f"({one}) and ({other})" if one and other else one or other


def _either(one: str, other: str) -> str:
    return f"({one}) or ({other})" if one and other and one != other else one if one == other else ""
