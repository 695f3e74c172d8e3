"""What can be applied for is open to every program."""

import pytest
from jsonschema import Draft202012Validator

from tests.restaurant import ANSWERS


@pytest.fixture
def anyone(program):
    return program()


def ids(answer) -> list[str]:
    return [each["id"] for each in answer.json()["items"]]


@pytest.mark.parametrize("words", ["餐饮", "restaurant", "open restaurant"])
def test_a_service_is_found_by_words_in_either_language(anyone, words):
    assert "open-restaurant" in ids(anyone.get("/catalogue", q=words))


def test_it_is_found_by_audience(anyone):
    assert "old-age-allowance" in ids(anyone.get("/catalogue", audience="person", limit=100))
    assert "old-age-allowance" not in ids(anyone.get("/catalogue", audience="enterprise", limit=100))


def test_what_only_the_program_opens_is_not_listed(anyone):
    assert "bad-rating" not in ids(anyone.get("/catalogue", limit=100))


def test_the_pages_of_the_catalogue_hold_everything_once(anyone):
    whole = ids(anyone.get("/catalogue", limit=100))
    seen, cursor = [], ""
    while cursor is not None:
        answer = anyone.get("/catalogue", limit=3, cursor=cursor).json()
        assert len(answer["items"]) <= 3
        seen += [each["id"] for each in answer["items"]]
        cursor = answer["next"]
    assert seen == whole


def test_a_service_tells_its_whole_implementation_list(anyone):
    told = anyone.get("/catalogue/food-licence").json()
    assert told["legal_basis"][0]["cited"]["en"]
    assert told["implementation"]["onsite_visits"] is not None
    assert {each["id"] for each in told["materials"]}
    assert told["appeal"] == "appeal"


def test_the_form_is_a_schema_that_takes_the_answers_and_marks_what_registers_know(anyone):
    schema = anyone.get("/catalogue/open-restaurant/form").json()
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["enterprise_name"]["readOnly"]
    assert set(schema["required"]) <= set(ANSWERS)


def test_offices_posts_and_the_power_list_are_public(anyone):
    offices = anyone.get("/organisations").json()
    assert {"heping-market", "fire-brigade"} <= {each["id"] for each in offices}
    posts = anyone.get("/organisations/heping-market").json()["posts"]
    assert {"licensing", "head"} <= {each["id"] for each in posts}
    assert any("food-licence" in power["matters"] for power in anyone.get("/powers").json())


@pytest.mark.parametrize(
    "path", ["/catalogue/no-such", "/catalogue/no-such/form", "/organisations/no-such", "/nothing"]
)
def test_what_is_not_there_is_a_problem_document(anyone, path):
    answer = anyone.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["next_step"]
