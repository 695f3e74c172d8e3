"""Letters on a place, a topic or an office: asked for, confirmed and ended by a button. Links change nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from zhengtong.agora.subscriptions import acts
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.language import local, tag


@form_page
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form; afterwards the same page for every address, known or not."""
    charter, refusal, asked = in_force(clock.today()).charter, None, False
    if request.method == "POST":
        address, what = request.POST.get("address", ""), request.POST.get("what", "")
        try:
            acts.subscribe(charter=charter, address=address, what=what, language=tag(), now=clock.now())
            asked = True
        except Refusal as told:
            refusal = told
    groups = [
        (kind, [(f"{kind}:{of}", local(name)) for of, name in listed.items()])
        for kind, listed in acts.names(charter).items()
    ]
    context = {"groups": groups, "refusal": refusal, "asked": asked, "posted": request.POST, "section": "forum"}
    return render(request, "forum/subscribe.html", context, status=refusal.status if refusal else 200)


@never_cache
@form_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page that a letter leads to; its button confirms."""
    found, done = acts.by_token(token, now=clock.now()), False
    if request.method == "POST":
        acts.confirm(found=found, now=clock.now())
        done = True
    return render(request, "forum/subscription.html", {"act": "confirm", "done": done, "section": "forum"})


@never_cache
@csrf_exempt  # a mail program posts here by itself (RFC 8058); the token alone says for whom, and no cookie counts
@form_page
def end(request: HttpRequest, token: str) -> HttpResponse:
    """The page that ends a subscription, or `?all` of an address: by its button, or by a mail program's one click."""
    found, done = acts.by_token(token, now=clock.now()), False
    if request.method == "POST":
        acts.end(found=found, all_of_them="all" in request.GET)
        done = True
    return render(request, "forum/subscription.html", {"act": "end", "done": done, "section": "forum"})
