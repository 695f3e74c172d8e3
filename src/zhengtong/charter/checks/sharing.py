"""Personal data is read for a purpose that an agreement names, by those whom it names."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Procedure, Register

PURPOSE = (
    "处理个人信息应当有明确的目的和法律依据（个人信息保护法第六条、第十三条、第三十四条）。",
    "Personal data is handled for a stated purpose and on a legal basis (PIPL, arts. 6, 13, 34).",
)
NOT_SHARED = kind(
    "read-without-agreement",
    message=(
        "没有共享协议允许“{reader}”读取登记簿“{register}”的字段“{field}”。",
        "No sharing agreement lets “{reader}” read the field “{field}” of the register “{register}”.",
    ),
    why=PURPOSE,
    mend=(
        "在 registers/{id}.yaml 的 sharing 中加入该字段和用途。",
        "Add the field, with its purpose, under `sharing` in registers/{id}.yaml.",
    ),
)
NOT_SHARED_AT_ALL = kind(
    "exemption-without-agreement",
    message=(
        "材料“{material}”由登记簿“{register}”代替，但“{reader}”没有共享协议。",
        "The register “{register}” stands for “{material}”, but “{reader}” has no sharing agreement with it.",
    ),
    why=PURPOSE,
    mend=("在 registers/{id}.yaml 的 sharing 中加入协议。", "Add an agreement under `sharing` in registers/{id}.yaml."),
)

PORTAL = "portal"  # the reader that fills in a person's own form


def check(of: Checked) -> Iterator[Finding]:
    for service, form in of.charter.forms.items():
        for question in form.questions:
            source = question.source
            register = of.charter.registers.get(source.register) if source else None
            if source and register and register.field(source.field) and not _reads(of, register, PORTAL, source.field):
                place = of.at(f"services/{service}/form.json", "properties", question.name, "x-source")
                yield NOT_SHARED.at(place, reader=PORTAL, register=register.name, field=source.field, id=register.id)
    for procedure in of.charter.procedures.values():
        yield from _exemptions(of, procedure)


def _reads(of: Checked, register: Register, reader: str, field: str) -> bool:
    return any(
        sharing.reader == reader and (not field or field in sharing.fields) and sharing.in_force(of.day)
        for sharing in register.sharing
    )


def _exemptions(of: Checked, procedure: Procedure) -> Iterator[Finding]:
    """The office that decides looks the record up itself."""
    for index, material in enumerate(procedure.materials):
        named = material.exemption.register_id if material.exemption else None
        register = of.charter.registers.get(named or "")
        if register is None:
            continue
        owner = of.charter.organisations.get(register.owner)
        reader = procedure.body.function
        if (owner is None or owner.function != reader) and not _reads(of, register, reader, ""):
            place = of.at(f"services/{procedure.id}/service.yaml", "materials", index, "exemption")
            yield NOT_SHARED_AT_ALL.at(
                place, material=material.name, register=register.name, reader=reader, id=register.id
            )
