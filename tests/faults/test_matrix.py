"""Every route × who is not entitled × every verb: nothing is told, nothing changes, and the attempt is on record.

Made from the program's own routes and the table in routes.py; there is no cell that is not listed.
"""

import json
from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db.models import Sum
from django.urls import URLPattern, get_resolver, reverse

from tests.cast import signed_in
from tests.faults.routes import NOT_MADE, TABLE
from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts, registers
from zhengtong.cases.models import Case, Draft, Handover, Letter, RecusalRequest, Task
from zhengtong.cases.queries import case_for
from zhengtong.ledger.models import Act
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.acts import give_mandate, issue_token
from zhengtong.people.deputies import delegate
from zhengtong.people.models import Attempt, Delegation, Mandate, Token
from zhengtong.people.scopes import SCOPES
from zhengtong.registry.models import Look

VERBS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
LICENSING = "heping-market/licensing"
STRANGERS = {
    "another citizen": "lin_qiang",
    "a citizen of another region": "chen_xiaoyu",
    "an officer of another department": "health-commission/inspection",
    "an officer of another region": "yunling-services/window",
}
NODE_OF_ELSEWHERE = "QI-2026-AAAA-AAAA-AAAA-AA"


def routes() -> Iterator[tuple[str, list[str]]]:
    """All of them, by their name (those without one by their address), with the places of the address."""

    def walk(resolver, before: str, space: str, places: list[str]) -> Iterator[tuple[str, list[str]]]:
        for each in resolver.url_patterns:
            address, more = before + str(each.pattern), places + list(each.pattern.regex.groupindex)
            if isinstance(each, URLPattern):
                yield (space + each.name if each.name else address), more
            else:
                yield from walk(each, address, f"{each.namespace}:" if each.namespace else space, more)

    return walk(get_resolver(), "", "", [])


def test_every_route_says_whose_it_is_and_none_is_listed_that_is_not_there():
    assert {name for name, _ in routes()} == set(TABLE)
    assert set(NOT_MADE.split()) <= set(TABLE)


@pytest.fixture
def story(cast, monday, settings) -> dict[str, object]:
    """Lin Yue's case with all that hangs on it; what each place of an address may be filled with."""
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    joint = apply(cast, now=monday)
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    food, sign = part(joint, "food-licence"), part(joint, "shop-sign")
    step = task(food, "examine")
    acts.claim(task=step, by=cast.licensing, now=monday)
    acts.ask_recusal(task=step, ground="kin", reason="表亲", by=cast.lin_yue, now=monday)
    acts.hand_over(task=step, to_post="market-bureau/licensing", reason="归属", by=cast.licensing, now=monday)
    acts.start_draft(person=cast.lin_yue.person, procedure="open-restaurant", enterprise=cast.linjiang, now=monday)
    number = cast.lin_yue.person.id_number
    registers.read(agreement="population-identity-market", key=number, case=food.number, by=cast.licensing, now=monday)
    accountant = cast.officer("services-bureau/clerk").person
    give_mandate(holder=accountant, enterprise=cast.linjiang, from_on=monday.date(), by=cast.lin_yue, now=monday)
    issue_token(person=cast.lin_yue.person, name="hers", scopes=["cases:read"], days=9, by=cast.lin_yue, now=monday)
    given = {"acts": ["examine"], "matters": ["food-licence"], "region": "990102"}
    days = {"from_on": monday.date(), "to_on": monday.date()}
    delegate(
        power="food-licensing", to_post="fire-brigade/head", reason="x", by=cast.licensing, now=monday, **given, **days
    )
    return {
        "number": food.number,
        "whole": joint.number,
        "certificate": sign.certificates.get().number,
        "of certificate": sign.number,
        "decision": sign.decisions.get().pk,
        "task": step.pk,
        "draft": Draft.objects.get(case=None).pk,
        "letter": Letter.objects.filter(case=joint).first().pk,
        "document": joint.documents.first().pk,
        "look": Look.objects.exclude(about="").latest("pk").pk,
        "mandate": Mandate.objects.latest("pk").pk,
        "token": Token.objects.get(name="hers").pk,
        "offer": Handover.objects.get().pk,
        "delegation": Delegation.objects.get().pk,
        "recusal": RecusalRequest.objects.get().pk,
        "applicant": cast.lin_yue.person.handle,
        "position": case_for(cast.lin_yue, joint.number, now=monday).history[0].position,
    }


DRAFTS = {"go-on", "known", "question", "papers", "check", "discard"}
ROWS = {"letter": "letter", "document": "document", "replay": "decision", "ask-why": "look", "token-end": "token"}
ROWS |= dict.fromkeys(DRAFTS, "draft") | {"mandate-withdraw": "mandate"}
OF_SIGN = {"replay", "certificate-file", "desk-replay", "certificate-revoke"}
OF_WHOLE = {"letter", "document", "act-proof", "filed", "rate", "contest", "papers-later", "recusal", "withdraw"}


def filled(name: str, kwargs: list[str], story: dict[str, object], post: str) -> dict[str, object]:
    """The places of an address, with what is Lin Yue's or lies on the desk."""
    office, seat = post.split("/")
    number = story["of certificate"] if name in OF_SIGN else story["whole"] if name in OF_WHOLE else story["number"]
    rows = {f"{each}_id": story.get(each, 1) for each in ("task", "offer", "delegation", "document", "decision")}
    known = story | rows | {"office": office, "seat": seat, "number": number, "pk": story.get(ROWS.get(name, ""), 1)}
    known |= {"handle": story["applicant"], "procedure": "food-licence", "power": "food-licensing", "form": "csv"}
    known |= {"page": "outlet", "mark": "x", "sheet": 1, "step": "comply", "proposal": 1, "absence": 1}
    return {place: known.get(place, 1) for place in kwargs}


BODIES: dict[str, dict[str, object]] = {
    "complete": {"output": "satisfied"},
    "request_correction": {"items": [{"what": "x"}]},
    "hand_over": {"to": "urban-management/signs", "reason": "x"},
    "assign": {"to": "urban-management/signs", "reason": "x"},
    "schedule_inspection": {"at": "2026-03-05T10:00:00+08:00", "place": "x"},
    "arrange_hearing": {"at": "2026-03-05T10:00:00+08:00", "place": "x"},
    "order_hearing": {"reason": "x"},
    "extend": {"reason": "x"},
    "decline": {"answer": "x", "competent": "market-bureau/licensing"},
    "reject": {"reason": "x"},
    "stand_aside": {"ground": "kin", "reason": "x"},
    "decide_recusal": {"granted": True, "reason": "x"},
    "answer_correction": {"note": "x"},
    "hand_in_later": {"documents": {"floor-plan": 1}},
    "withdraw": {"reason": "x"},
    "rate": {"level": 1},
    "say_solved": {"solved": True},
    "ask_recusal": {"task": 1, "ground": "kin", "reason": "x"},
    "recusals_of": {"task": 1, "ground": "kin", "reason": "x"},
    "ask_for_hearing": {"reason": "x"},
    "give_views": {"views": "x"},
    "ask_as_interested": {"reason": "x"},
    "tell_interested": {"id_number": "x", "what": "x"},
    "list_told": {"id_number": "x", "what": "x"},
    "end_own_step": {"output": "done"},
}
DESKS = {
    "offer": "market-bureau/licensing",
    "recusals": "heping-market/head",
    "motions": "city-government/mayor",
    "desk-replay": "urban-management/signs",
    "certificate-revoke": "urban-management/signs",
}
"""Where it lies on another desk than the one of the licence."""
FORM = {
    "output": "satisfied",
    "reason": "x",
    "reasons": "x",
    "answer": "confirm",
    "level": "1",
    "ground": "kin",
    "to": "urban-management/signs",
    "confirmed": "yes",
}


class Stranger:
    """Somebody with a browser and a program, who tries everything."""

    def __init__(self, who: Actor, secret: str) -> None:
        self.who, self.browser, self.secret = who, signed_in(who), secret

    def ask(self, name: str, address: str, verb: str, post: str):
        if not name.startswith("api:"):
            return self.browser.generic(
                verb,
                address,
                data="&".join(f"{k}={v}" for k, v in FORM.items()) if verb == "POST" else "",
                content_type="application/x-www-form-urlencoded",
            )
        operation = name.removeprefix("api:")
        named = {} if operation in PARTY_BODIES else {"post": post}
        body = json.dumps(named | BODIES.get(operation, {})) if verb == "POST" else ""
        headers = {"Authorization": f"Bearer {self.secret}", "Idempotency-Key": str(uuid4())}
        asked = f"{address}?post={post}&act=decide" if verb != "POST" else address
        return self.browser.generic(verb, asked, data=body, content_type="application/json", headers=headers)


PARTY_BODIES = {
    "answer_correction",
    "withdraw",
    "rate",
    "say_solved",
    "ask_recusal",
    "recusals_of",
    "ask_for_hearing",
    "give_views",
    "ask_as_interested",
    "end_own_step",
    "appeal",
    "hand_in_later",
    "be_back",
}


@pytest.fixture
def strangers(cast, monday) -> dict[str, Stranger]:
    found = {}
    for role, called in STRANGERS.items():
        who = cast.officer(called) if "/" in called else getattr(cast, called)
        scopes = list(SCOPES)
        secret = issue_token(person=who.person, name="probe", scopes=scopes, days=9, by=PROGRAM, now=monday)
        found[role] = Stranger(who, secret)
    return found


def state() -> tuple[object, ...]:
    """What none of them may change."""
    return (
        Act.objects.count(),
        list(Task.objects.order_by("pk").values_list("status", "post", "officer")),
        list(Case.objects.order_by("pk").values_list("status", "post", "outcome")),
        list(Mandate.objects.values_list("to_on")),
        list(Delegation.objects.values_list("to_on")),
        list(RecusalRequest.objects.values_list("status")),
        Draft.objects.count(),
        Handover.objects.get().status,
        Token.objects.filter(revoked_at=None).count(),
    )


def cells(whose: str) -> list[tuple[str, list[str]]]:
    """The routes of a kind, each with the places of its address."""
    return [(name, places) for name, places in routes() if TABLE[name] == whose]


def recorded(who: Actor) -> int:
    return Attempt.objects.filter(person=who.person).aggregate(n=Sum("times"))["n"] or 0


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("whose", ["party", "post"])
def test_a_stranger_is_told_nothing_changes_nothing_and_is_recorded(story, strangers, cast, role, whose):
    stranger, before, refused, wrong = strangers[role], state(), 0, []
    secrets = ("临江", cast.lin_yue.person.name, cast.lin_yue.person.id_number)
    seen: Counter[int] = Counter()
    for name, kwargs in cells(whose):
        for post in posts_for(name, kwargs, stranger.who):
            places = filled(name, kwargs, story, post)
            for address, verbs in tries(name, places, role, own=post == stranger.who.post):
                for verb in verbs:
                    answer = stranger.ask(name, address, verb, post)
                    allowed = {403, 404, 405} if "office" in kwargs or name.startswith("api:") else {404, 405}
                    body = answer.content.decode(errors="replace")
                    if answer.status_code not in allowed or any(secret in body for secret in secrets):
                        wrong.append((name, verb, post, answer.status_code))
                    seen[answer.status_code] += 1
                    refused += answer.status_code in {403, 404}
    assert not wrong, wrong
    assert state() == before
    assert recorded(stranger.who) == refused > 80, seen


def posts_for(name: str, kwargs: list[str], who: Actor) -> list[str]:
    """In the post whose desk it is; an officer also in their own, where the address names an object of another."""
    objects = {"task_id", "offer_id", "delegation_id", "number", "task", "offer", "delegation", "recusal"}
    return [LICENSING, who.post] if who.post and objects & set(kwargs) and TABLE[name] == "post" else [LICENSING]


def tries(name: str, places: dict[str, object], role: str, *, own: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """GET and POST by all; the other verbs by the first, since no page tells strangers apart by those; a case of
    another node by GET.
    """
    yield reverse(name, kwargs=places), VERBS if role == "another citizen" else VERBS[:2]
    if "number" in places and not own:
        yield reverse(name, kwargs=places | {"number": NODE_OF_ELSEWHERE}), VERBS[:1]


@pytest.mark.parametrize("whose", ["party", "post"])
def test_whoever_has_not_signed_in_is_asked_to(story, client, cast, whose):
    before, wrong = state(), []
    for name, kwargs in cells(whose):
        address = reverse(name, kwargs=filled(name, kwargs, story, LICENSING))
        for verb in VERBS[:2]:
            answer = client.generic(verb, address)
            body = answer.content.decode(errors="replace")
            asked = answer.status_code in {302, 401, 405} or (answer.status_code == 200 and "username" in body)
            if not asked or "临江" in body:
                wrong.append((name, verb, answer.status_code))
    assert not wrong, wrong
    assert state() == before
    assert not Attempt.objects.exists()


def test_to_those_who_are_entitled_the_same_addresses_answer(story, cast):
    """Else the matrix would show nothing: for each route for which an object is made, its owner is not told 404."""
    owners = {"party": signed_in(cast.lin_yue), LICENSING: signed_in(cast.licensing)}
    owners |= {post: signed_in(cast.officer(post)) for post in set(DESKS.values())}
    dead = []
    for whose in ("party", "post"):
        for name, kwargs in cells(whose):
            post = DESKS.get(name, LICENSING)
            browser = owners[whose if whose == "party" else post]
            if name in NOT_MADE.split() or name.startswith(("api:", "counter", "supervis", "forum", "task-assign")):
                continue
            if browser.get(reverse(name, kwargs=filled(name, kwargs, story, post))).status_code == 404:
                dead.append(name)
    assert not dead, dead
