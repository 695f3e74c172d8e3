"""What anyone may verify and see: certificates, figures, the head of the ledger; and the proof of one's own acts."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from zhengtong.cases import queries
from zhengtong.faces.api import public_shapes, shapes
from zhengtong.faces.api.cases import case_of
from zhengtong.faces.api.errors import NotFound
from zhengtong.faces.api.router import reads
from zhengtong.faces.shared import clock
from zhengtong.ledger import queries as ledger
from zhengtong.observatory.queries import figures

router = Router(tags=["public"])


@reads(router, "/certificates/{number}", public_shapes.CertificateOut)
def verify_certificate(request: HttpRequest, number: shapes.NumberPath) -> Any:
    """Whether a certificate is valid, revoked or expired; 404 if there is none with this number."""
    found = queries.certificate(number, on=clock.today())
    if found is None:
        raise NotFound
    return vars(found) | {"fields": [{"title": title, "value": value} for title, value in found.fields]}


@reads(router, "/statistics", public_shapes.Statistics)
def get_statistics(
    request: HttpRequest,
    period: Annotated[
        str, Query(pattern=r"^(20[0-9]{2}(-(0[1-9]|1[0-2]))?)?$", description="`2026` or `2026-03`.")
    ] = "",
) -> Any:
    """The figures of every office and service; empty: the present year."""
    return figures(code=period, now=clock.now())


@reads(router, "/ledger/checkpoint", public_shapes.CheckpointOut)
def get_checkpoint(request: HttpRequest) -> dict[str, Any]:
    """The newest signed head of the ledger."""
    head = ledger.head()
    if head is None:
        raise NotFound
    return {"size": head.size, "note": head.note, "verifier": str(ledger.verifier())}


@reads(router, "/cases/{number}/history/{position}/proof", public_shapes.ProofOut, scope="cases:read")
def get_proof(request: HttpRequest, number: shapes.NumberPath, position: shapes.RowPath) -> dict[str, str]:
    """That an act of your case is in the ledger; 404 until it has its place there."""
    case = case_of(request, number).case
    act = ledger.of(case.number).filter(position=min(position, 2**31 - 1)).first()
    proof = ledger.proof(act) if act else None
    if proof is None:
        raise NotFound
    return {"proof": str(proof)}
