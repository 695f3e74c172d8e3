"""The description (OpenAPI) of GeoReport v2 as it is served here."""

from typing import Any

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_NUMBER = {"type": ["number", "null"]}
_ERRORS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["code", "description"],
        "properties": {"code": {"type": "integer"}, "description": _TEXT},
    },
}
_SERVICE = {
    "type": "object",
    "required": ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"],
    "properties": {"service_code": _TEXT, "service_name": _TEXT, "metadata": {"type": "boolean"}, "type": _TEXT},
}
_DEFINITION = {
    "type": "object",
    "required": ["service_code", "attributes"],
    "properties": {
        "service_code": _TEXT,
        "attributes": {"type": "array", "items": {"type": "object", "required": ["code", "datatype", "required"]}},
    },
}
_REPORT = {
    "type": "object",
    "required": ["service_request_id", "status", "service_code", "requested_datetime", "lat", "long"],
    "properties": {
        "service_request_id": _TEXT,
        "status": {"enum": ["open", "closed"]},
        "description": _TEXT,
        "expected_datetime": _MAYBE,
        "lat": _NUMBER,
        "long": _NUMBER,
    },
}
_MADE = {
    "type": "object",
    "required": ["service_request_id"],
    "properties": {"service_request_id": _TEXT, "service_notice": _MAYBE, "account_id": _MAYBE},
}
_SENT = {
    "type": "object",
    "required": ["api_key", "service_code", "description"],
    "properties": {
        name: {"type": "string", "maxLength": most}
        for name, most in {
            "api_key": 200,
            "service_code": 130,
            "description": 4000,
            "address_string": 200,
            "address_id": 200,
            "lat": 20,
            "long": 20,
            "jurisdiction_id": 60,
            "media_url": 500,
        }.items()
    },
}
_NARROWED = ("jurisdiction_id", "service_request_id", "service_code", "start_date", "end_date", "status")


def _answers(shape: Any, *failures: int) -> dict[str, Any]:
    good = {"200": {"description": "What was asked for", "content": _both(shape)}}
    return good | {str(each): {"description": "Why not", "content": _both(_ERRORS)} for each in (400, 404, *failures)}


def _both(shape: Any) -> dict[str, Any]:
    return {"application/json": {"schema": shape}, "text/xml": {"schema": {"type": "string"}}}


def _many(shape: Any) -> dict[str, Any]:
    return {"type": "array", "items": shape}


def _in_path(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]{1,60}$"},
    }


def _asked(*names: str) -> list[dict[str, Any]]:
    return [{"name": each, "in": "query", "schema": _TEXT} for each in names]


def _paths(form: str) -> dict[str, Any]:
    post = {
        "summary": "Report something; `attribute[code]` for each attribute of the service, a photograph as `media`.",
        "requestBody": {
            "required": True,
            "content": {
                kind: {"schema": _SENT} for kind in ("application/x-www-form-urlencoded", "multipart/form-data")
            },
        },
        "responses": _answers(_many(_MADE), 403),
    }
    listing = {"summary": "Public reports", "parameters": _asked(*_NARROWED), "responses": _answers(_many(_REPORT))}
    return {
        f"/services.{form}": {
            "get": {
                "summary": "What can be reported",
                "parameters": _asked("jurisdiction_id"),
                "responses": _answers(_many(_SERVICE)),
            }
        },
        f"/services/{{code}}.{form}": {
            "get": {
                "summary": "What is asked for it",
                "parameters": [_in_path("code")],
                "responses": _answers(_DEFINITION),
            }
        },
        f"/requests.{form}": {"get": listing, "post": post},
        f"/requests/{{number}}.{form}": {
            "get": {"summary": "One report", "parameters": [_in_path("number")], "responses": _answers(_many(_REPORT))}
        },
        f"/tokens/{{number}}.{form}": {
            "get": {
                "summary": "Its number by its token",
                "parameters": [_in_path("number")],
                "responses": _answers(_many(_MADE)),
            }
        },
    }


DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "GeoReport", "version": "2.0"},
    "servers": [{"url": "/open311/v2"}],
    "paths": _paths("json") | _paths("xml"),
}
