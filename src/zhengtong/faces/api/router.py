"""How an operation is declared: who may call it, what it answers, and that it happens once."""

from collections.abc import Callable
from typing import Any

from ninja import Router
from ninja.decorators import decorate_view

from zhengtong.faces.api.auth import Bearer
from zhengtong.faces.api.once import PARAMETER, once

Operation = Callable[..., Any]


def reads(
    router: Router, path: str, answer: Any, *, scope: str = "", **options: Any
) -> Callable[[Operation], Operation]:
    """A GET; without a scope it is open to all."""
    return router.get(path, response={200: answer}, auth=Bearer(scope) if scope else None)


def does(router: Router, path: str, answer: Any, *, scope: str, status: int = 200) -> Callable[[Operation], Operation]:
    """A POST that changes something: once for an idempotency key."""

    def declare(operation: Operation) -> Operation:
        extra = {"parameters": [PARAMETER]}
        declared = router.post(path, response={status: answer}, auth=Bearer(scope), openapi_extra=extra)
        return declared(decorate_view(once)(operation))

    return declare
