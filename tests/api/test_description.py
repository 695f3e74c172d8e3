"""The description (OpenAPI) tells the truth: generated requests get described answers, and never our own fault."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.restaurant import apply, do
from zhengtong.faces.api.interface import api

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(max_examples=12, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


def test_every_operation_declares_its_failures_as_problems():
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    for path, operations in paths.items():
        for method, operation in operations.items():
            told = operation["responses"]
            assert "application/problem+json" in told[422]["content"], (method, path)
            assert (401 in told) == ("security" in operation), (method, path)


def test_every_change_needs_an_idempotency_key():
    for path, operations in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items():
        if "post" in operations:
            names = [each["name"] for each in operations["post"]["parameters"]]
            assert "Idempotency-Key" in names, path


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_generated_requests_get_described_answers(program, cast, monday, mode, kept_connection):
    joint = apply(cast, now=monday)
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    headers = {"Authorization": f"Bearer {program(cast.licensing).token}", "Accept-Language": "en"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in schema.get_all_operations()]
    tried = [
        _try(each, mode, headers) for each in operations if mode != GenerationMode.NEGATIVE or _takes_anything(each)
    ]
    assert len(tried) > 25


def _takes_anything(operation):
    """Whether there is something to get wrong."""
    return operation.definition.raw.get("parameters") or operation.definition.raw.get("requestBody")


def _try(operation, mode, headers):
    @BOUNDED
    @given(operation.as_strategy(generation_mode=mode))
    def each(case):
        case.call_and_validate(headers=headers, checks=CHECKS)

    each()
    return operation.label
