"""The interface as a whole: its routers, its failures, and its description (OpenAPI)."""

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from zhengtong.faces.api import cases, catalogue, deputies, interests, papers, powers, problems, public, recusals, tasks
from zhengtong.faces.api.shapes import Problem
from zhengtong.people.scopes import SCOPES

ANYWHERE = {400: "The request cannot be read", 404: "There is no such thing", 422: "Not accepted", 500: "Our fault"}
SIGNED_IN = {401: "No valid token", 403: "Not permitted"}
CHANGING = {409: "In conflict with the present state", 413: "Too large"}
"""The failures that operations may answer with, by status."""

DESCRIPTION = """Zhengtong's services for programs.

Failures are problem documents (RFC 9457) in the language of `Accept-Language` (`zh-Hans`, `en`). Requests that change
something carry an `Idempotency-Key`. Lists come in pages: follow `next`.
"""


class Interface(NinjaAPI):
    """Ninja's API, whose description tells every failure as the problem document that it is."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, **_more: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix)
        for path in schema["paths"].values():
            for method, operation in path.items():
                operation["responses"] |= _failures(method, secured="security" in operation)
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema(
            ref_template="#/components/schemas/{model}"
        )
        schema["components"]["schemas"] |= schema["components"]["schemas"]["Problem"].pop("$defs")
        return schema


def _failures(method: str, *, secured: bool) -> dict[int, Any]:
    told = ANYWHERE | (SIGNED_IN if secured else {}) | (CHANGING if method == "post" else {})
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": meaning, "content": content} for status, meaning in told.items()}


def _scopes_told() -> str:
    return "\n".join(f"- `{scope}`: {told['en']}" for scope, told in SCOPES.items())


api = Interface(
    title="Zhengtong",
    version="1",
    description=f"{DESCRIPTION}\nScopes of tokens (`zhengtong token`):\n{_scopes_told()}\n",
    docs_url=None,  # its pages load scripts from elsewhere
    urls_namespace="api",
)
for part in (catalogue, cases, papers, tasks, powers, deputies, recusals, interests, public):
    api.add_router("", part.router)
problems.install(api)


def unknown(request: HttpRequest, path: str = "") -> Any:
    """Any other path below the interface."""
    return problems.not_found(request)


unknown.csrf_exempt = True  # type: ignore[attr-defined]
