"""A checked charter is stored. The official act around it, with its ledger entry, is the kernel's."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from zhengtong.charter import queries
from zhengtong.charter.charter import Charter, read
from zhengtong.charter.errors import OtherSuite
from zhengtong.charter.models import Blob, EnactedFile, Enactment, LaidCharter
from zhengtong.charter.nodes import require_other


@transaction.atomic
def store(
    files: Mapping[str, bytes],
    *,
    on: date,
    now: datetime,
    by: str,
    suite: str,
    own: Collection[bytes] = (),
    note: str = "",
    signature: str = "",
) -> Enactment:
    """Check a charter by the law in force on `on` and keep it, in force from that day; all or nothing.

    Raises `CharterFaults`, and OtherSuite if the charter wants another suite of cryptography than `suite`, which the
    node's ledger is of; NodeIsThisOne where another node has one of the keys `own`. `by`: the handle of who enacts it.
    """
    charter = _checked(files, on=on, suite=suite, own=own)
    last = Enactment.objects.select_for_update().order_by("-number").first()
    enactment = Enactment(
        number=last.number + 1 if last else 1,
        charter_id=charter.head.id,
        digest=charter.digest,
        in_force_from=on,
        enacted_at=now,
        by=by,
        note=note,
        signature=signature,
    )
    queries.stored(enactment.number)
    enactment.save(force_insert=True)
    _keep_files(charter, enactment)
    queries.remember(charter)
    transaction.on_commit(lambda: queries.committed(enactment.number))
    return enactment


@transaction.atomic
def lay(
    files: Mapping[str, bytes], *, on: date, now: datetime, suite: str, own: Collection[bytes] = (), note: str = ""
) -> LaidCharter:
    """Check a charter as `store` does and keep it, not in force, for those who may put it in force."""
    charter = _checked(files, on=on, suite=suite, own=own)
    kept = LaidCharter(digest=charter.digest, files=_keep_contents(charter), on=on, note=note, laid_at=now)
    kept.save(force_insert=True)
    return kept


def files_of(laid: LaidCharter) -> dict[str, bytes]:
    """The files of a charter that was laid."""
    contents = dict(Blob.objects.filter(digest__in=set(laid.files.values())).values_list("digest", "content"))
    return {path: bytes(contents[digest]) for path, digest in laid.files.items()}


def _checked(files: Mapping[str, bytes], *, on: date, suite: str, own: Collection[bytes]) -> Charter:
    charter = read(files, on=on)
    if charter.head.crypto_suite != suite:
        raise OtherSuite(wanted=charter.head.crypto_suite, suite=suite)
    require_other(charter.nodes, own=own)
    return charter


def _keep_files(charter: Charter, enactment: Enactment) -> None:
    digests = _keep_contents(charter)
    EnactedFile.objects.bulk_create(
        [EnactedFile(enactment=enactment, path=path, blob_id=digest) for path, digest in sorted(digests.items())]
    )


def _keep_contents(charter: Charter) -> dict[str, str]:
    """Keep the content of each file once; the digests by path."""
    digests = {path: sha256(content).hexdigest() for path, content in charter.files.items()}
    contents = {digests[path]: content for path, content in charter.files.items()}
    Blob.objects.bulk_create(
        [Blob(digest=digest, content=content) for digest, content in sorted(contents.items())], ignore_conflicts=True
    )
    return digests
