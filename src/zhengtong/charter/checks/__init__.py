"""Everything that a charter must not be. One file per subject; each check yields findings.

A new check is a function from `Checked` to findings, added to the list below, with its kinds of fault beside it.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from zhengtong.charter.checks import (
    ballots,
    calendar,
    deadlines,
    draws,
    duties,
    expressions,
    forms,
    four_eyes,
    hearings,
    ids,
    law,
    letters,
    migrations,
    names,
    nodes,
    once_only,
    openings,
    organs,
    participation,
    powers,
    privacy,
    processes,
    ratings,
    references,
    remedies,
    reports,
    representatives,
    services,
    sharing,
    steps,
    tables,
    texts,
)
from zhengtong.charter.checks.context import Checked
from zhengtong.charter.checks.engines import with_engines
from zhengtong.charter.finding import Finding
from zhengtong.charter.reading.assemble import Read

if TYPE_CHECKING:
    from zhengtong.charter.charter import Charter

CHECKS: list[Callable[[Checked], Iterator[Finding]]] = [
    ids.check,
    references.check,
    calendar.check,
    law.check,
    texts.check,
    names.check,
    deadlines.check,
    processes.check,
    migrations.check,
    powers.check,
    four_eyes.check,
    steps.check,
    hearings.check,
    tables.check,
    expressions.check,
    forms.check,
    once_only.check,
    sharing.check,
    privacy.check,
    remedies.check,
    ratings.check,
    letters.check,
    services.check,
    participation.check,
    organs.check,
    nodes.check,
    ballots.check,
    draws.check,
    openings.check,
    reports.check,
    representatives.check,
    duties.check,
]


def check(charter: "Charter", read: Read, *, on: date | None = None) -> Iterator[Finding]:
    """All that is wrong with a charter whose files could be read."""
    checked = with_engines(charter, read, on=on)
    for each in CHECKS:
        yield from each(checked)
