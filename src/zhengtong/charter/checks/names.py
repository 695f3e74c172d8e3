"""What people tell apart by its name can be told apart: no letters of a strange script, and no two that look alike.

Of Unicode TS 39 what a charter needs: its names are written in few languages, so a letter of another script is a fault
in itself, and what is left to confuse are some Latin signs. No table of the world's scripts has to be kept for that.
"""

from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import name as named
from unicodedata import normalize

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, kind
from zhengtong.common.text import Text, text

TOLD_APART = (
    "名称是人们认出机构和事项的依据，看上去一样的名称会被用来冒充。",
    "People know an office or a service by its name; one that only looks like another can be used to deceive.",
)
STRANGE = kind(
    "name-in-strange-letters",
    message=(
        "{language} 名称“{name}”中的“{letter}”不是这种语言的字母（{what}）。",
        "In the {language} name “{name}” the “{letter}” is no letter of that language ({what}).",
    ),
    why=TOLD_APART,
    mend=("用本语言的字母重新输入名称。", "Type the name anew in the letters of its language."),
)
ALIKE = kind(
    "names-alike",
    message=("{of}“{name}”与“{other}”看上去一样。", "The {of} “{name}” looks like “{other}”."),
    why=TOLD_APART,
    mend=("换一个能够分清的名称。", "Choose a name that can be told from it."),
)

OFFICE, SERVICE, REGISTER = text("机构", "organisation"), text("事项", "procedure"), text("登记簿", "register")
LETTERS = {"zh": {"CJK", "IDEOGRAPHIC", "LATIN"}, "en": {"LATIN"}}  # by language; of others, whatever is not mixed
MIXED_INTO_LATIN = {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"}
LOOKING_LIKE = {"I": "l", "1": "l", "|": "l", "0": "o"}
TOGETHER = {"rn": "m", "vv": "w"}


class Named(NamedTuple):
    """Something that the public knows by a name; `region` is of an office."""

    file: str
    part: str
    told: Text
    region: str = ""


def check(of: Checked) -> Iterator[Finding]:
    charter = of.charter
    offices = [
        Named(f"organisations/{each.id}.yaml", part, told, each.region)
        for each in charter.organisations.values()
        for part, told in (("name", each.name), ("short", each.short))
    ]
    listed = [Named(file, "name", each.name) for each, file in of.listed()]
    registers = [Named(f"registers/{each.id}.yaml", "name", each.name) for each in charter.registers.values()]
    for what, names in ((OFFICE, offices), (SERVICE, listed), (REGISTER, registers)):
        yield from _strange(of, names)
        yield from _alike(of, what, names)


def _strange(of: Checked, names: list[Named]) -> Iterator[Finding]:
    for each in names:
        for language, written in each.told.items():
            for letter in strange_letters(language, written):
                place, what = of.at(each.file, each.part), named(letter, "?")
                yield STRANGE.at(place, language=language, name=written, letter=letter, what=what)


def _alike(of: Checked, what: Text, names: list[Named]) -> Iterator[Finding]:
    """Two different things. The short name of an office may be its long one, and each region has its own offices."""
    seen: dict[tuple[str, str], tuple[Named, str]] = {}
    for each in names:
        for language, written in each.told.items():
            first, other = seen.setdefault((language, skeleton(written)), (each, written))
            elsewhere = other == written and first.region != each.region
            if first.file != each.file and not elsewhere:
                yield ALIKE.at(of.at(each.file, each.part), of=what, name=written, other=other)


def strange_letters(language: str, written: str) -> list[str]:
    """The letters in a name that its language does not have, each once."""
    scripts = {sign: _script(sign) for sign in normalize("NFKC", written) if sign.isalpha()}
    allowed = LETTERS.get(language.partition("-")[0])
    if allowed is not None:
        return [sign for sign, script in scripts.items() if script not in allowed]
    mixed = "LATIN" in scripts.values()
    return [sign for sign, script in scripts.items() if mixed and script in MIXED_INTO_LATIN]


def skeleton(written: str) -> str:
    """The same for names that look the same: without case, width, spaces and marks, and Latin look-alikes as one."""
    plain = "".join(LOOKING_LIKE.get(sign, sign) for sign in normalize("NFKC", written)).casefold()
    bare = "".join(sign for sign in plain if sign.isalnum())
    for pair, one in TOGETHER.items():
        bare = bare.replace(pair, one)
    return bare


def _script(sign: str) -> str:
    return named(sign, "?").partition(" ")[0].partition("-")[0]
