"""The operations of GeoReport v2: services, their definitions, reports, tokens."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, BinaryIO, cast

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from zhengtong.agora.reports.acts import publish
from zhengtong.cases.acts import file_application
from zhengtong.cases.errors import InvalidAnswers
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.api.auth import Caller, caller_by
from zhengtong.faces.api.georeport import described, offered, reports
from zhengtong.faces.api.georeport.written import Failure, failed, listed, single
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.language import local, tag

SCOPE = "cases:write"

Operation = Callable[..., HttpResponse]


def operation(*methods: str) -> Callable[[Operation], Operation]:
    """An operation that answers every failure in the format that was asked for, as GeoReport has it."""

    def declare(run: Operation) -> Operation:
        @csrf_exempt  # a key of the program is no cookie
        @wraps(run)
        def answering(request: HttpRequest, *args: Any, form: str = "json", **named: Any) -> HttpResponse:
            try:
                if request.method not in {*methods, "HEAD"}:
                    raise Failure(405, f"{request.method} is not among {', '.join(methods)}")
                charter = in_force(clock.today()).charter
                _require_here(charter, request)
                return run(request, charter, form, *args, **named)
            except Failure as failure:
                return failed(form, failure)
            except Refusal as refusal:
                return failed(form, _of_refusal(refusal))
            except (BadRequest, SuspiciousOperation, RequestDataTooBig, MultiPartParserError):
                return failed(form, Failure(400, "the request cannot be read, or is too large"))

        return answering

    return declare


def _require_here(charter: Charter, request: HttpRequest) -> None:
    sent = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id")
    if sent and sent != charter.head.id:
        raise Failure(404, "jurisdiction_id was not found")


def _of_refusal(refusal: Refusal) -> Failure:
    language = tag()
    status = refusal.status if refusal.status in {403, 404} else 400
    if isinstance(refusal, InvalidAnswers):
        return Failure(status, *(f"{name}: {told.in_(language)}" for name, told in refusal.errors.items()))
    return Failure(status, f"{refusal.told().in_(language)} {refusal.advice().in_(language)}")


@operation("GET")
def services(request: HttpRequest, charter: Charter, form: str) -> HttpResponse:
    """What can be reported."""
    return listed(form, "services", "service", [each.told() for each in offered.offered(charter).values()])


@operation("GET")
def definition(request: HttpRequest, charter: Charter, form: str, code: str) -> HttpResponse:
    """What is asked for one service."""
    found = offered.service(charter, code)
    asked = enumerate(offered.attributes(charter, found), 1)
    told = [offered.attribute_told(order, question) for order, question in asked]
    return single(form, "service_definition", {"service_code": code, "attributes": told})


@operation("GET", "POST")
def requests(request: HttpRequest, charter: Charter, form: str) -> HttpResponse:
    """Report something, or list what was reported and may be seen."""
    if request.method == "POST":
        return _report(request, charter, form)
    asked = dict(reports.pieces(request.GET))
    numbers = asked.get("service_request_id", "")
    site = _site(request)
    found = reports.named(charter, numbers, site=site) if numbers else reports.listed(charter, asked, site=site)
    return listed(form, "service_requests", "request", found)


@operation("GET")
def one(request: HttpRequest, charter: Charter, form: str, number: str) -> HttpResponse:
    """One report, by its number."""
    found = reports.named(charter, number, site=_site(request))
    if not found:
        raise Failure(404, "service_request_id was not found")
    return listed(form, "service_requests", "request", found)


@operation("GET")
def token(request: HttpRequest, charter: Charter, form: str, number: str) -> HttpResponse:
    """The number of a report by its token; here they are the same, since a report has its number at once."""
    if not reports.named(charter, number, site=_site(request)):
        raise Failure(404, "token was not found")
    return listed(form, "service_requests", "request", [{"service_request_id": number, "token": number}])


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _report(request: HttpRequest, charter: Charter, form: str) -> HttpResponse:
    caller, sent = _caller(request), dict(reports.pieces(request.POST))
    if not sent.get("service_code"):
        raise Failure(400, "service_code was not provided")
    found = offered.service(charter, sent["service_code"])
    photo, file = found.mapping.photo, request.FILES.get("media")
    case = file_application(
        procedure=found.procedure.id,
        person=caller.person,
        answers=offered.answers(charter, found, sent),
        documents={photo: (file.name or "media", cast(BinaryIO, file))} if photo and file else {},
        by=caller.as_party(),
        channel="api",
        language=tag(),
        request_key=_key(sent),
        now=clock.now(),
    )
    publish(case.pk, now=clock.now())
    notice = local(found.procedure.summary)
    answer = {"service_request_id": case.number, "service_notice": notice, "account_id": None}
    return listed(form, "service_requests", "request", [answer])


def _caller(request: HttpRequest) -> Caller:
    secret = request.POST.get("api_key") or request.GET.get("api_key", "")
    caller = caller_by(secret, now=clock.now()) if secret else None
    if caller is None or SCOPE not in caller.scopes:
        raise Failure(403, "api_key was not provided, or may not report")
    return caller


def _key(sent: dict[str, str]) -> str:
    """The same report of the same person on one day is one: GeoReport knows no other way to send it again safely."""
    told = [f"{name}={value}" for name, value in sorted(sent.items()) if name != "api_key"]
    return "georeport:" + sha256("\n".join([f"{clock.today()}", *told]).encode()).hexdigest()


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of all this."""
    return JsonResponse(described.DESCRIPTION, json_dumps_params={"ensure_ascii": False})
