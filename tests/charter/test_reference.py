"""The reference pages of the format are those of the program."""

from pathlib import Path

import jsonschema
import pytest
from django.core.management import call_command

from tests.charter.small import small
from zhengtong.charter.finding import kinds
from zhengtong.charter.reading.json_file import read_json
from zhengtong.charter.reading.layout import kind_of
from zhengtong.charter.reading.yaml_file import read_yaml
from zhengtong.charter.reference import pages, schema

WRITTEN = Path(__file__).parents[2] / "docs" / "reference" / "charter"


def test_the_pages_are_in_step_with_the_program():
    """If this fails: `zhengtong charter schemas`."""
    assert {path.name: path.read_text() for path in WRITTEN.iterdir()} == pages()


def test_the_command_writes_them(tmp_path):
    call_command("charter", "schemas", str(tmp_path / "new"), verbosity=0)
    assert {path.name for path in (tmp_path / "new").iterdir()} == set(pages())


def test_every_kind_of_fault_is_on_its_page():
    page = pages()["faults.md"]
    for each in kinds():
        assert f"## {each.code}" in page


@pytest.mark.parametrize("path", [path for path in small() if path.endswith((".yaml", ".json"))])
def test_an_editor_would_accept_a_faultless_file(path):
    kind, _ = kind_of(path)
    tree = read_json(path, small()[path]) if path.endswith(".json") else read_yaml(path, small()[path])
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    jsonschema.validate(_as_json(tree.value), schema(kind))


def _as_json(value):
    """What an editor makes of YAML: dates are texts to it."""
    if isinstance(value, dict):
        return {str(key): _as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_json(each) for each in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


def test_an_editor_would_complain_of_a_misspelt_key():
    kind, _ = kind_of("charter.yaml")
    value = read_yaml("charter.yaml", small()["charter.yaml"] + b"languagges: [fr]\n").value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema(kind))
