"""What the office rests a draft on is put to the round, for everybody to read."""

from datetime import datetime
from hashlib import sha256
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction

from zhengtong.agora.proceedings import kinds
from zhengtong.agora.proceedings.errors import NotEvidence
from zhengtong.agora.proceedings.models import Evidence
from zhengtong.agora.rounds import Round
from zhengtong.cases import documents
from zhengtong.cases.authority import require
from zhengtong.cases.locks import open_case
from zhengtong.charter.models import Enactment
from zhengtong.charter.runs import run_of
from zhengtong.engines.redaction import kind_of
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor
from zhengtong.vault import ring

LONGEST = 200


@transaction.atomic
def put_evidence(
    *, round_: Round, kind: str, title: str, name: str, content: BinaryIO, by: Actor, now: datetime
) -> Evidence:
    """Put a paper to the round, as the office that opened it."""
    case = open_case(round_.case.pk)
    power = require(case, by=by, act="open", now=now)
    body, title = content.read(settings.ZHENGTONG_MAX_UPLOAD + 1), title.strip()
    fits = 0 < len(body) <= settings.ZHENGTONG_MAX_UPLOAD and kind_of(body)
    if not fits or not title or len(title) > LONGEST or kind not in Evidence.Kind.values:
        raise NotEvidence
    made = Evidence.objects.create(
        case=case,
        kind=kind,
        title=title,
        name=documents.clean_name(name),
        path=documents.store(body, ring.NODE),
        size=len(body),
        sha256=sha256(body).hexdigest(),
        run=tied(body) if kind == Evidence.Kind.SIMULATION else None,
        post=by.post,
        put_at=now,
    )
    told = {"evidence": made.pk, "sha256": made.sha256, "title": title, "run": made.run}
    record(kind=kinds.EVIDENCE_PUT, subject=case.number, by=by, power=power, particulars=told, now=now)
    return made


def tied(report: bytes) -> dict[str, Any] | None:
    """What a report was made of, without the text of what changes, if the rules that it calls those in force were
    enacted here; nothing of any other file. Whether its figures are right, only making it again tells.
    """
    run = run_of(report)
    enacted = Enactment.objects.filter(digest=run.charter).order_by("-number").first() if run else None
    if run is None or enacted is None:
        return None
    told = run.model_dump(mode="json", exclude={"change"})
    return told | {"changed": sorted(run.change), "drawn": run.population.is_drawn, "enactment": enacted.number}
