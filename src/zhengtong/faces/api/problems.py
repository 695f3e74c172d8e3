"""Every failure as a problem document (RFC 9457), in the language asked for."""

import json
import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from zhengtong.cases.errors import InvalidAnswers
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text
from zhengtong.faces.api.errors import (
    InternalFault,
    InvalidRequest,
    MalformedRequest,
    MethodNotAllowed,
    NotAuthenticated,
    NotFound,
    TooLarge,
)
from zhengtong.faces.shared.errors import name_refusal
from zhengtong.faces.shared.language import tag
from zhengtong.faces.shared.middleware import too_big

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: text("请求无法读取", "Bad request"),
    401: text("需要身份验证", "Authentication needed"),
    403: text("无权操作", "Not permitted"),
    404: text("未找到", "Not found"),
    405: text("不支持的方法", "Method not allowed"),
    409: text("与当前状态冲突", "Conflict with the present state"),
    413: text("内容太大", "Too large"),
    422: text("内容未被接受", "Not accepted"),
    500: text("系统出错", "The system failed"),
}

log = logging.getLogger(__name__)


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer that tells a refusal: what, why, what to do next, and the legal ground if there is one."""
    language = tag()
    name_refusal(request, refusal)
    body = {
        "type": f"https://zhengtong.example/refusals/{refusal.code}",
        "title": TITLES.get(refusal.status, Refusal.message).in_(language),
        "status": refusal.status,
        "code": refusal.code,
        "detail": refusal.told().in_(language),
        "next_step": refusal.advice().in_(language),
        "legal_basis": refusal.ground or None,
        "instance": request.path,
        "errors": _errors(refusal, language),
    }
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), content_type=MEDIA_TYPE, status=refusal.status)
    if refusal.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="zhengtong"'
    return answer


def _errors(refusal: Refusal, language: str) -> list[dict[str, str]]:
    if isinstance(refusal, InvalidRequest):
        return refusal.errors
    if isinstance(refusal, InvalidAnswers):
        return [{"at": f"answers.{name}", "detail": told.in_(language)} for name, told in refusal.errors.items()]
    return []


def install(api: NinjaAPI) -> None:
    """Let every failure of the API be answered as a problem."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _always(NotAuthenticated))
    api.add_exception_handler(HttpError, _always(MalformedRequest))
    api.add_exception_handler(Http404, _always(NotFound))
    api.add_exception_handler(RequestDataTooBig, _always(TooLarge))
    api.add_exception_handler(SuspiciousOperation, _always(MalformedRequest))
    api.add_exception_handler(BadRequest, _always(MalformedRequest))
    api.add_exception_handler(MultiPartParserError, _always(MalformedRequest))
    api.add_exception_handler(Exception, _broken)


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    return problem(request, refusal)


def _always(kind: type[Refusal]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, _fault: problem(request, kind())


def _invalid(request: HttpRequest, fault: Any) -> HttpResponse:
    return problem(request, InvalidRequest([_told(each) for each in fault.errors]))


def _told(error: dict[str, Any]) -> dict[str, str]:
    return {"at": ".".join(map(str, error.get("loc", ()))), "detail": str(error.get("msg", ""))}


def _broken(request: HttpRequest, fault: Any) -> HttpResponse:
    log.error("%s %s failed", request.method, request.path, exc_info=fault)
    return problem(request, InternalFault())


def not_found(request: HttpRequest) -> HttpResponse:
    """What is no path of the API."""
    return problem(request, NotFound())


def with_problems(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`view`, with a problem instead of a bare 405, and before a body that is too big is read."""

    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if too_big(request):
            return problem(request, TooLarge())
        answer = view(request, *args, **kwargs)
        if answer.status_code != 405 or answer.get("Content-Type", "").startswith(MEDIA_TYPE):
            return answer
        told = problem(request, MethodNotAllowed(method=request.method))
        told["Allow"] = answer["Allow"]
        return told

    answering.csrf_exempt = True  # type: ignore[attr-defined]  # tokens are no cookies
    return answering
