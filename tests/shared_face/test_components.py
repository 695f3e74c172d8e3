"""Our form templates give the markup of govuk-frontend, as its own fixtures record it."""

import json
from pathlib import Path

import pytest
from lxml import html

from zhengtong.faces.shared.components import Checkboxes, DateInput, Field, Input, Radios, Select, Textarea, Upload

PACKAGE = Path(__file__).resolve().parents[2] / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"

pytestmark = pytest.mark.skipif(not PACKAGE.exists(), reason="run `npm ci`: govuk-frontend is not installed")


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


def theirs(component: str, name: str) -> tuple[dict, str]:
    fixtures = json.loads((PACKAGE / component / "fixtures.json").read_text(encoding="utf-8"))["fixtures"]
    found = next(each for each in fixtures if each["name"] == name)
    return found["options"], found["html"]


def shape(markup: str) -> tuple:
    return _shape(html.fragment_fromstring(markup.strip()))


def _shape(element) -> tuple:
    attributes = {
        key: sorted(value.split()) for key, value in element.attrib.items() if key not in {"name", "disabled"}
    }
    text = " ".join((element.text or "").split())
    return (element.tag, attributes, text, [(_shape(child), " ".join((child.tail or "").split())) for child in element])


def told(options: dict) -> dict:
    label = options.get("label") or options.get("fieldset", {}).get("legend", {})
    classes = label.get("classes", "")
    return {
        "name": options.get("idPrefix") or options.get("id") or options["name"],  # our ids are our names
        "label": label.get("text", ""),
        "hint": (options.get("hint") or {}).get("text", ""),
        "error": (options.get("errorMessage") or {}).get("text", ""),
        "heading": label.get("isPageHeading", False),
        "size": classes.rsplit("--", 1)[1] if "--" in classes else "",
    }


def choices(options: dict) -> list[tuple]:
    return [
        (str(each["value"]), each["text"], *([each["hint"]["text"]] if each.get("hint") else []))
        for each in options["items"]
    ]


def chosen(options: dict) -> list[str]:
    return [str(each["value"]) for each in options["items"] if each.get("checked") or each.get("selected")]


def same(ours: Field, markup: str) -> None:
    assert shape(str(ours)) == shape(markup)


@pytest.mark.parametrize("name", ["default", "with hint text", "with error message", "with label as page heading"])
def test_an_input_is_theirs(name):
    options, markup = theirs("input", name)
    same(Input(**told(options), value=options.get("value", "")), markup)


@pytest.mark.parametrize("name", ["default", "with hint", "with error message", "with default value"])
def test_a_textarea_is_theirs(name):
    options, markup = theirs("textarea", name)
    same(Textarea(**told(options), value=options.get("value", "")), markup)


@pytest.mark.parametrize("name", ["default", "with hint", "with fieldset and error message"])
def test_radios_are_theirs(name):
    options, markup = theirs("radios", name)
    same(Radios(**told(options), choices=choices(options), value="".join(chosen(options))), markup)


@pytest.mark.parametrize("name", ["with legend as a page heading", "with error message", "with hint"])
def test_checkboxes_are_theirs(name):
    options, markup = theirs("checkboxes", name)
    same(Checkboxes(**told(options), choices=choices(options), values=chosen(options)), markup)


@pytest.mark.parametrize("name", ["with label as page heading", "with hint text and error message"])
def test_a_select_is_theirs(name):
    options, markup = theirs("select", name)
    same(Select(**told(options), choices=choices(options), value="".join(map(str, chosen(options)))), markup)


@pytest.mark.parametrize("name", ["default", "with error message and hint", "with hint text"])
def test_an_upload_is_theirs(name):
    options, markup = theirs("file-upload", name)
    same(Upload(**told(options)), markup)


@pytest.mark.parametrize("name", ["with values", "with error message and hint"])
def test_a_date_is_theirs(name):
    options, markup = theirs("date-input", name)
    values = options.get("values", {})
    value = "-".join(str(values.get(part, "")) for part in ("year", "month", "day"))
    same(DateInput(**told(options), value=value, order=("day", "month", "year")), markup)


def test_a_part_is_posted_under_its_name():
    for kind in (Input, Textarea, Select, Upload):
        assert 'name="area"' in str(kind(name="area", label="Area"))


def test_a_value_cannot_break_out_of_its_attribute():
    assert '"><script>' not in str(Input(name="a", label="A", value='"><script>alert(1)</script>'))


def test_a_date_keeps_what_was_filled_in_though_it_is_no_date():
    parts = DateInput(name="d", label="D", value="2026--40").parts
    assert {part.part: part.value for part in parts} == {"year": "2026", "month": "", "day": "40"}
