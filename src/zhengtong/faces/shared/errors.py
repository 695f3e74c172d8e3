"""The pages for what went wrong, in both languages and in our look."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text

_TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class NoSuchPage(Refusal):
    code = "no-such-page"
    status = 404
    message = text("没有这个页面。", "There is no such page.")
    next_step = text("请核对网址，或在首页搜索。", "Check the address, or search on the front page.")


class NotAllowed(Refusal):
    code = "not-allowed"
    status = 403
    message = text("您不能查看这个页面。", "You may not see this page.")
    next_step = text("请用有权查看的账户登录。", "Sign in with an account that may.")


class SecondFactorFirst(Refusal):
    code = "second-factor-first"
    status = 403
    message = text("办理公务需要第二登录因素。", "The work of an office needs a second factor.")
    next_step = text(
        "请在“登录与安全”页设置验证码应用或通行密钥，之后工作台即可使用。",
        "Set up a code app or a passkey under “Sign-in and security”; then the desk opens.",
    )


class NotVouchedFor(Refusal):
    code = "not-vouched-for"
    status = 403
    message = text("“{provider}”没有确认您的身份。", "“{provider}” has not confirmed who you are.")
    next_step = text("请重新登录；如仍不成功，请换一种方式。", "Sign in again; if it fails again, choose another way.")


class BadRequest(Refusal):
    code = "bad-request"
    status = 400
    message = text("这个请求不完整或不正确。", "This request is incomplete or wrong.")
    next_step = text("请返回上一页重试。", "Go back and try again.")


class TooBig(Refusal):
    code = "request-too-big"
    status = 413
    message = text(
        "提交的内容太大：表单最多 512 KB，文件最多 20 MB。",
        "This is too big: at most 512 KB for a form, 20 MB for a file.",
    )
    next_step = text(
        "您之前的回答仍然保存着；请缩小后重新提交。",
        "Your earlier answers are still kept. Make it smaller and send it again.",
    )


class StaleForm(Refusal):
    code = "stale-form"
    status = 403
    message = text(
        "为了您的安全，这份表单没有被接受：它已过期，或不是从本站提交的。",
        "For your safety this form was not accepted: it has expired, or was not sent from this site.",
    )
    next_step = text(
        "请允许浏览器使用 Cookie，返回上一页，刷新后重新提交。",
        "Allow cookies, go back, reload the page and send it again.",
    )


def name_refusal(request: HttpRequest, refusal: Refusal | None) -> None:
    """Leave the code with the request, for the record of attempts (attempts.py)."""
    request.refused_with = refusal.code if refusal else ""  # type: ignore[attr-defined]


def refused(request: HttpRequest, refusal: Refusal, *, way: str = "") -> HttpResponse:
    """A page that says what was refused, what to do next (perhaps the address where), and on what legal ground."""
    name_refusal(request, refusal)
    return render(request, "shared/refusal.html", {"refusal": refusal, "way": way}, status=refusal.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused(request, TooBig() if isinstance(exception, _TOO_BIG) else BadRequest())


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused(request, NotAllowed())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused(request, NoSuchPage())


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refused(request, StaleForm())


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Asks nothing of the database, which may be the very thing that is away."""
    return HttpResponse(render_to_string("shared/failed.html"), status=500)
