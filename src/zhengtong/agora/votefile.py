"""The votes of a count as a file of Pabulib: made once, with the count, so that nothing later changes it."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256

from zhengtong.agora.errors import NoSuchRound
from zhengtong.agora.models import Drawn, VoteFile
from zhengtong.agora.rounds import Round, by_round


def file_of(number: str, phase: str) -> bytes:
    """The file of a phase of the round with this number, as it was counted. NoSuchRound while it has not been."""
    found = VoteFile.objects.filter(drawing__case__number=number, drawing__phase=phase).first()
    if found is None:
        raise NoSuchRound
    return bytes(found.content)


def digest(content: bytes) -> str:
    """As an HTTP header says it (RFC 9530, Repr-Digest)."""
    return f"sha-256=:{b64encode(sha256(content).digest()).decode()}:"


def keep_file(drawing: Drawn, content: bytes) -> None:
    """Keep the file with its count."""
    VoteFile.objects.create(drawing=drawing, content=content)


def phases_filed(rounds: Sequence[Round]) -> Mapping[int, Sequence[str]]:
    """By round, the phases of which there is a file. One query."""
    rows = VoteFile.objects.filter(drawing__case__in=[each.case.pk for each in rounds]).order_by("drawing")
    return by_round(rows.values_list("drawing__case", "drawing__phase"))
