"""The reference pages are complete: every setting, every dependency with its licence."""

import re
from importlib.metadata import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
SETTING = re.compile(r"\b(?:ZHENGTONG_[A-Z_]+|DATABASE_URL)\b")
FAMILIES = {
    "MIT",
    "MIT-CMU",
    "BSD",
    "BSD-3-Clause",
    "Apache-2.0",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
}  # fit EUPL-1.2


def listed() -> dict[str, str]:
    rows = re.findall(r"^\| ([\w.\-]+) \| ([^|]+) \|", (REFERENCE / "dependencies.md").read_text(), re.MULTILINE)
    return {name: licence.strip() for name, licence in rows if name != "part"}


def required() -> set[str]:
    lines = (ROOT / "requirements" / "base.in").read_text().splitlines()
    return {found[0] for line in lines if (found := re.match(r"[\w.\-]+", line))}


def declared(name: str) -> str:
    """What the installed package says of its licence, in one line."""
    about = metadata(name)
    said = [about.get("License-Expression"), about.get("License"), *(about.get_all("Classifier") or [])]
    return " ".join(filter(None, said))


def test_every_setting_is_explained():
    program = [*ROOT.glob("src/**/*.py"), ROOT / "compose.yaml", ROOT / "Dockerfile"]
    used = {name for file in program for name in SETTING.findall(file.read_text())}
    assert used == set(SETTING.findall((REFERENCE / "settings.md").read_text()))


def test_a_container_is_given_every_setting_but_those_of_the_image_and_of_tests():
    elsewhere = {"ZHENGTONG_VAR", "ZHENGTONG_FONTS", "ZHENGTONG_CHARTER", "ZHENGTONG_CLOCK", "ZHENGTONG_MAX_UPLOAD"}
    given = set(re.findall(r"^    ([A-Z_]+): ", (ROOT / "compose.yaml").read_text(), re.MULTILINE))
    assert set(SETTING.findall((REFERENCE / "settings.md").read_text())) - elsewhere <= given


def test_every_dependency_is_listed_with_its_reason():
    assert set(listed()) == required()


@pytest.mark.parametrize("name", sorted(listed()))
def test_its_licence_is_compatible_and_as_listed(name):
    choices = listed()[name].split(" OR ")
    assert set(choices) <= FAMILIES
    family = re.split(r"[-\d]", choices[0])[0]
    said = declared(name).replace("GNU Lesser General Public License", "LGPL").replace("Apache Software", "Apache")
    assert family in said
