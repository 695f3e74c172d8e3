"""A person's own cases: apply, see where they stand and why, answer, withdraw, rate, appeal."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from zhengtong.cases import acts, queries
from zhengtong.cases.errors import NotContestable, NotWaitingForYou
from zhengtong.cases.models import PARTY, Case
from zhengtong.cases.queries import CaseRow, CaseView
from zhengtong.charter.queries import in_force
from zhengtong.faces.api import case_shapes, papers, shapes, telling
from zhengtong.faces.api.auth import Caller
from zhengtong.faces.api.errors import BadCursor
from zhengtong.faces.api.paging import Cursor, Limit, cursor_to, place
from zhengtong.faces.api.router import does, reads
from zhengtong.faces.shared import clock
from zhengtong.people.errors import NoMandate
from zhengtong.people.models import Enterprise
from zhengtong.registry.queries import enterprises_of

router = Router(tags=["cases"])


def caller(request: HttpRequest) -> Caller:
    """Who called; only behind a scope."""
    found: Caller = request.auth  # type: ignore[attr-defined]  # set by the bearer token
    return found


def case_of(request: HttpRequest, number: str) -> CaseView:
    """The caller's own case; `NoSuchCase` for anybody else's."""
    return queries.case_for(caller(request).as_party(), number, now=clock.now())


@reads(router, "/cases", case_shapes.CasePage, scope="cases:read")
def list_cases(request: HttpRequest, limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
    """Your cases and those of the enterprises that you act for, the newest first."""
    person, charter = caller(request).person, in_force(clock.today()).charter
    enterprises = [each for each, _why in enterprises_of(charter, person, on=clock.today())]
    rows = queries.cases_of(
        person, now=clock.now(), enterprises=enterprises, before=_place(cursor) if cursor else None, limit=limit + 1
    )
    more = len(rows) > limit
    return {"items": rows[:limit], "next": cursor_to(*_written(rows[limit - 1])) if more else None}


def _written(row: CaseRow) -> tuple[str, str]:
    return row.filed_at.isoformat(), row.number


def _place(cursor: str) -> tuple[datetime, str]:
    try:
        written, number = map(str, place(cursor))
        moment = datetime.fromisoformat(written)
    except ValueError as fault:
        raise BadCursor from fault
    if moment.tzinfo is None or not 2000 <= moment.year <= 9000 or "\x00" in number:
        raise BadCursor
    return moment, number


@does(router, "/cases", case_shapes.CaseOut, scope="cases:write", status=201)
def file_case(request: HttpRequest, application: case_shapes.Application) -> dict[str, Any]:
    """File an application. What registers know is filled in; send only what the form asks."""
    about = case_of(request, application.about).case if application.about else None
    return _filed(
        request,
        procedure=application.procedure,
        enterprise=_enterprise(application.enterprise),
        about=about,
        sent=application,
    )


def _enterprise(uscc: str | None) -> Enterprise | None:
    """The enterprise with this code; one that is not known is refused like one that the caller may not act for."""
    if uscc is None:
        return None
    found = Enterprise.objects.filter(uscc=uscc).first()
    if found is None:
        raise NoMandate(party=uscc)
    return found


def _filed(
    request: HttpRequest,
    *,
    procedure: str,
    enterprise: Enterprise | None,
    about: Case | None,
    sent: case_shapes.Application | case_shapes.Appeal,
) -> dict[str, Any]:
    by = caller(request)
    case = acts.file_application(
        procedure=procedure,
        person=by.person,
        enterprise=enterprise,
        about=about,
        answers=sent.answers,
        kept=papers.uploaded(by.person, sent.documents),
        by=by.as_party(),
        channel="api",
        language=sent.language,
        request_key=f"api:{request.headers['Idempotency-Key']}"[:100],
        now=clock.now(),
    )
    return telling.case(case_of(request, case.number))


@reads(router, "/cases/{number}", case_shapes.CaseOut, scope="cases:read")
def get_case(request: HttpRequest, number: shapes.NumberPath) -> dict[str, Any]:
    """One of your cases: where it stands, on whose desk, until when."""
    return telling.case(case_of(request, number))


@reads(router, "/cases/{number}/history", case_shapes.History, scope="cases:read")
def get_history(request: HttpRequest, number: shapes.NumberPath) -> dict[str, Any]:
    """Every act in the case and in its parts."""
    return telling.history(case_of(request, number))


@reads(router, "/cases/{number}/deadline", case_shapes.Deadlines, scope="cases:read")
def get_deadline(request: HttpRequest, number: shapes.NumberPath) -> dict[str, Any]:
    """Why this date: the count day by day, with each stop and its ground."""
    return telling.deadlines(case_of(request, number))


@does(router, "/cases/{number}/corrections", case_shapes.CaseOut, scope="cases:write")
def answer_correction(request: HttpRequest, number: shapes.NumberPath, sent: case_shapes.Correction) -> dict[str, Any]:
    """Answer what was asked for in this case (or part of a joint case); its clock goes on."""
    stop = case_of(request, number).stop
    if stop is None:
        raise NotWaitingForYou
    by = caller(request)
    acts.answer_correction(
        stop=stop,
        note=sent.note,
        answers=sent.answers,
        documents=papers.contents(by.person, sent.documents),
        by=by.as_party(),
        now=clock.now(),
    )
    return telling.case(case_of(request, number))


@does(router, "/cases/{number}/hearing", case_shapes.CaseOut, scope="cases:write", status=201)
def ask_for_hearing(request: HttpRequest, number: shapes.NumberPath, sent: case_shapes.Reason) -> dict[str, Any]:
    """Ask to be heard before this case (or part of a joint case) is decided, once, and say what about (听证)."""
    view = case_of(request, number)
    acts.ask_for_hearing(case=view.case, reason=sent.reason, by=caller(request).as_party(), now=clock.now())
    return telling.case(case_of(request, number))


@does(router, "/cases/{number}/documents", case_shapes.CaseOut, scope="cases:write")
def hand_in_later(request: HttpRequest, number: shapes.NumberPath, sent: case_shapes.Later) -> dict[str, Any]:
    """Hand in what was allowed to come later (容缺后补)."""
    by = caller(request)
    acts.hand_in_later(
        case=case_of(request, number).case,
        documents=papers.contents(by.person, sent.documents),
        by=by.as_party(),
        now=clock.now(),
    )
    return telling.case(case_of(request, number))


@does(router, "/cases/{number}/withdrawal", case_shapes.CaseOut, scope="cases:write")
def withdraw(request: HttpRequest, number: shapes.NumberPath, sent: case_shapes.Reason) -> dict[str, Any]:
    """Take the application back."""
    view = case_of(request, number)
    acts.withdraw(case=view.case, reason=sent.reason, by=caller(request).as_party(), now=clock.now())
    return telling.case(case_of(request, number))


@does(router, "/cases/{number}/steps/{step}", case_shapes.CaseOut, scope="cases:write")
def end_own_step(
    request: HttpRequest, number: shapes.NumberPath, step: shapes.StepPath, sent: case_shapes.OwnStep
) -> dict[str, Any]:
    """End a step of the process that is your own: to comply, to check the minutes of a hearing."""
    view = case_of(request, number)
    task = next((each for each in view.tasks if each.node == step and each.post == PARTY), None)
    if task is None:
        raise NotWaitingForYou
    by = caller(request).as_party()
    acts.complete(task=task, output=sent.output, reasons=sent.note, by=by, now=clock.now())
    return telling.case(case_of(request, number))


@does(router, "/cases/{number}/rating", case_shapes.RatingOut, scope="cases:write", status=201)
def rate(request: HttpRequest, number: shapes.NumberPath, sent: case_shapes.RatingIn) -> dict[str, Any]:
    """Say how it was (好差评), once, when the case is closed."""
    rating = acts.rate(
        case=case_of(request, number).case,
        level=sent.level,
        comment=sent.comment,
        by=caller(request).as_party(),
        channel="api",
        now=clock.now(),
    )
    return {
        "level": rating.level,
        "comment": rating.comment,
        "rated_at": rating.rated_at,
        "follow_up": rating.follow_up.number if rating.follow_up else None,
    }


@does(router, "/cases/{number}/solved", case_shapes.WordOut, scope="cases:write", status=201)
def say_solved(request: HttpRequest, number: shapes.NumberPath, sent: case_shapes.WordIn) -> dict[str, Any]:
    """Say whether an answered case is solved; a no opens a case about it."""
    word = acts.say_whether_solved(
        case=case_of(request, number).case,
        solved=sent.solved,
        told=sent.told,
        by=caller(request).as_party(),
        channel="api",
        now=clock.now(),
    )
    follow_up = word.follow_up.number if word.follow_up else None
    return {"solved": word.solved, "said_at": word.said_at, "follow_up": follow_up}


@does(router, "/cases/{number}/appeal", case_shapes.CaseOut, scope="cases:write", status=201)
def appeal(request: HttpRequest, number: shapes.NumberPath, sent: case_shapes.Appeal) -> dict[str, Any]:
    """Contest the adverse decision of the case; the appeal is a case of its own."""
    view = case_of(request, number)
    contested = [each.appeal for each in view.decisions if each.appeal and not each.set_aside]
    if not contested:
        raise NotContestable(procedure=view.procedure.name)
    return _filed(request, procedure=contested[-1].id, enterprise=view.case.enterprise, about=view.case, sent=sent)
