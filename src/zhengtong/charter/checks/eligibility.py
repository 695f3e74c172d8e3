"""Who may take part can be found out: by age and residence, by membership, in registers that say so, by agreement."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.checks.references import FIELD, REGION, REGISTER, Reference
from zhengtong.charter.checks.sharing import NOT_SHARED
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Members, Participation
from zhengtong.common.text import text

AGORA = "agora"  # the reader that asks whether somebody may take part

UNFIT = kind(
    "eligibility-unfit",
    message=("谁可以参加，无从核实：{what}。", "Nobody can find out who may take part: {what}."),
    why=(
        "谁可以参加，要由登记簿核实；核实不了，就会有人多投，有人投不了。",
        "A register says who may take part; where none can, some would vote who may not, and others not who may.",
    ),
    mend=(
        "写明 register、born 和 resides，或者 members；field 和 value 同时写。",
        "Write `register`, `born` and `resides`, or `members`; and `field` together with `value`.",
    ),
)
NOBODY = text("没有写居民，也没有写会员", "it names neither residents nor members")
HALF = text("年龄和居住地没有登记簿可查", "no register tells age and residence")
NO_VALUE = text("只写了 field、value 之一", "there is only one of `field` and `value`")
NOT_PEOPLE = text("会员登记簿登记的不是个人", "the register of members is not one of people")
NO_STRATA = text(
    "按年龄和居住地分层抽签的，要写 register、born 和 resides",
    "a draw in strata by age and district needs `register`, `born` and `resides`",
)


def references(of: Checked, each: Participation) -> Iterator[Reference]:
    """The registers, fields and regions by which it is found out."""
    file, who = f"participation/{each.id}.yaml", each.who
    for register, keys, names in _read(each):
        yield Reference(of.at(file, *keys, "register"), REGISTER, register, of.charter.registers)
        declared = of.charter.registers.get(register)
        fields = [field.name for field in declared.fields] if declared else []
        for key, name in names.items():
            yield Reference(of.at(file, *keys, key), FIELD, name if declared else "", fields)
    for index, region in enumerate(who.regions):
        yield Reference(of.at(file, "who", "regions", index), REGION, region, of.charter.regions)


def _read(each: Participation) -> Iterator[tuple[str, tuple[str, ...], dict[str, str]]]:
    """What is read: each register, where it is named, and its fields by the keys that name them."""
    who = each.who
    yield who.register_id, ("who",), {"born": who.born, "resides": who.resides}
    if who.members:
        yield who.members.register_id, ("who", "members"), {"field": who.members.field}


def check_who(of: Checked, each: Participation) -> Iterator[Finding]:
    """What is wrong with it, once everything that it names is there."""
    place, who = of.at(f"participation/{each.id}.yaml", "who"), each.who
    known = [bool(who.register_id), bool(who.born), bool(who.resides)]
    if who.members is None and not any(known):
        yield UNFIT.at(place, what=NOBODY)
    elif any(known) != all(known) or ((who.age_from or who.regions) and not all(known)):
        yield UNFIT.at(place, what=HALF)
    elif not all(known) and any(phase.feature == "sortition" for phase in each.phases):
        yield UNFIT.at(place, what=NO_STRATA)
    if who.members:
        yield from _members(of, each, who.members)
    yield from _shared(of, each)


def _members(of: Checked, each: Participation, members: Members) -> Iterator[Finding]:
    place = of.at(f"participation/{each.id}.yaml", "who", "members")
    if bool(members.field) != bool(members.value):
        yield UNFIT.at(place, what=NO_VALUE)
    if of.charter.registers[members.register_id].subject != "person":
        yield UNFIT.at(place, what=NOT_PEOPLE)


def _shared(of: Checked, each: Participation) -> Iterator[Finding]:
    """What is read in a register may be read, by an agreement with this purpose."""
    for register_id, keys, names in _read(each):
        register = of.charter.registers.get(register_id)
        if register is None:
            continue
        agreed = [one for one in register.sharing if one.reader == AGORA and one.in_force(of.day)]
        shared = {field for one in agreed for field in one.fields}
        for key, name in names.items():
            field = name or (register.key if key == "field" else "")  # who asks only whether somebody is in it
            if field and field not in shared:
                place = of.at(f"participation/{each.id}.yaml", *keys, key if name else "register")
                yield NOT_SHARED.at(place, reader=AGORA, register=register.name, field=field, id=register.id)
