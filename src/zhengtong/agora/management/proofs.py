"""Whether the ledger says what a file says: the public acts of its round, checked as outsiders check them."""

from argparse import ArgumentParser
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

import zhengtong_verify
from zhengtong.agora.management.files import read

TRUST = ("key", "witness", "quorum")


@dataclass(frozen=True)
class Recorded:
    """A public act of a round: its kind, where it is in the log, what it says."""

    kind: str
    index: int
    says: Mapping[str, Any]


def add_trust(parser: ArgumentParser) -> None:
    """Whom the caller trusts, from elsewhere."""
    parser.add_argument("--key", help="the ledger's verifier key, from elsewhere; else the one in the file itself")
    parser.add_argument("--witness", action="append", default=[], help="a witness's key; several may be")
    parser.add_argument("--quorum", type=int, help="so many of the witnesses must have cosigned; else all")


def proven(
    file: Path, out: OutputWrapper, *, key: str | None, witness: list[str], quorum: int | None
) -> list[Recorded]:
    """What the ledger recorded of a round, by its `record.json` or `heads.json`; CommandError if it is not proven."""
    words = [*(["--key", key] if key else []), *(word for each in witness for word in ("--witness", each))]
    words += ["--quorum", str(quorum)] if quorum is not None else []
    with redirect_stdout(StringIO()) as said:
        code = zhengtong_verify.main(["acts", str(file), *words])
    out.write(said.getvalue())
    if code:
        raise CommandError(
            "文件所说的记录未得到台账证明 the ledger does not prove what is said to be recorded\n" + said.getvalue()
        )
    acts = map(zhengtong_verify.PublicAct, read(file)["acts"])
    return [Recorded(each.kind, each.index, each.says) for each in acts]


def whose(file: Path) -> tuple[str, str]:
    """Whose ledger a record is from, and of which round it tells; `proven` sees to it that both are so."""
    told = read(file)
    return str(told["checkpoint"]).partition("\n")[0], str(told["round"])


def disagree(what: str) -> CommandError:
    """The ledger says something else."""
    return CommandError(f"台账的记录与文件不符 the ledger recorded something else: {what}")
