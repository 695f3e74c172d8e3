"""What submitting is compared with: a bare Django view that validates a form and writes the same rows, and no more."""

import os
import secrets

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils import timezone

from bench.house import NOW
from zhengtong.cases.models import Case, Draft, Letter, Task, Timer
from zhengtong.ledger.models import Act
from zhengtong.registry.models import Look

BODY = "您的申请已经收到。" * 20


class BareForm(forms.Form):
    outlet_name = forms.CharField(max_length=40)
    premises_region = forms.ChoiceField(choices=[(each, each) for each in ("990102", "990103", "990121")])
    premises_number = forms.RegexField("^[0-9]{6}-[0-9]{3}-[0-9]{4}$")
    premises_address = forms.CharField(max_length=120)
    business_items = forms.ChoiceField(choices=[(each, each) for each in ("simple", "hot", "hot-cold", "hot-cold-raw")])
    opening_on = forms.DateField()
    commitment = forms.BooleanField(required=False)


def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft read, one form validated, one transaction."""
    person = request.user.person  # type: ignore[union-attr]
    draft = Draft.objects.select_related("enterprise", "person").get(pk=pk, person=person)
    form = BareForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    with transaction.atomic():
        case = write(draft, {name: str(value) for name, value in form.cleaned_data.items()})
    return redirect("filed", number=case.number)


def write(draft: Draft, facts: dict[str, str]) -> Case:
    """The rows that one submission writes, by the models, with values that cost nothing to find."""
    number, now = f"QI-2026-{secrets.token_hex(8)}", timezone.now()
    for register in ("enterprise", "population"):
        Look.objects.create(
            register=register, key="990102", fields=["name"], agreement="portal", by=draft.person, at=now
        )
    case = Case.objects.create(
        number=number,
        procedure=draft.procedure,
        enactment_id=1,
        applicant=draft.person,
        enterprise=draft.enterprise,
        request_key=number,
        region="990102",
        channel="web",
        language="zh-Hans",
        post="heping-services/window",
        facts=facts,
        sources={"enterprise_name": "enterprise"},
        state={"tokens": [["1", "accept"]], "waiting": ["accept"]},
        filed_at=now,
    )
    act(number, 1, {"procedure": draft.procedure, "facts": facts})
    Letter.objects.create(
        case=case,
        recipient=draft.person,
        name="received",
        language="zh-Hans",
        subject=BODY[:40],
        body=BODY,
        written_at=now,
    )
    today = NOW.date()
    Task.objects.create(
        case=case,
        key="1",
        node="accept",
        act="accept",
        post="heping-services/window",
        limit="P5WD",
        counts_from=today,
        due_on=today,
        opened_at=now,
    )
    act(number, 2, {"step": "accept"})
    Timer.objects.create(case=case, key="2", node="silence", limit="P5WD", counts_from=today, fire_at=now)
    draft.case = case
    draft.save(update_fields=["case"])
    return case


def act(number: str, position: int, particulars: dict[str, object]) -> None:
    Act.objects.create(
        kind="case.filed",
        version=1,
        subject=number,
        position=position,
        at=timezone.now(),
        recorded_at=timezone.now(),
        actor="program",
        legal_basis=["licensing-law/32"],
        particulars=particulars,
        salt=os.urandom(16),
        commitment=os.urandom(32),
    )


urlpatterns = [path("bare/<int:pk>", submit), path("", include("zhengtong.project.urls"))]
