"""From the acts of cases to events, by columns: each with its number in its case, its step of the model, its office.

An act says what was done; which step it ended is in it, or is the step of that kind that was opened last and is still
open. Whoever acted appears by post, never by name. What is sealed is opened only where it may tell a step.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from django.db.models import Q

from zhengtong.cases import kinds
from zhengtong.cases.law import charter_of, charters_of
from zhengtong.cases.models import Case
from zhengtong.engines.mining import Log
from zhengtong.ledger.kinds import KINDS
from zhengtong.ledger.models import Act
from zhengtong.observatory.processes import steps
from zhengtong.people.wording import post_told
from zhengtong.vault.fields import jsons_of

ENDS = {  # acts that end a step without saying which: the kinds of step they may end, in turn
    kinds.ACCEPTED: ("accept",),
    kinds.DECIDED: ("decide", "answer", "review", "accept"),
}
NO_STEP = (  # happens beside the model, and is shown as what it is
    kinds.CORRECTION_REQUESTED,
    kinds.CORRECTION_ANSWERED,
    kinds.HANDOVER_OFFERED,
    kinds.HANDOVER_TAKEN,
    kinds.HANDOVER_DECLINED,
    kinds.HANDOVER_RAISED,
    kinds.ASSIGNED,
    kinds.EXTENDED,
    kinds.SET_ASIDE,
    kinds.REOPENED,
    kinds.WITHDRAWN,
    kinds.INCIDENT,
    kinds.FILED,
)
CORRECTING = (kinds.CORRECTION_REQUESTED, kinds.CORRECTION_ANSWERED, kinds.SET_ASIDE, kinds.REOPENED)
ENDING = (kinds.WITHDRAWN,)  # ends a case lawfully wherever it is
SEALED = {  # what stands in their particulars is needed
    kinds.TASK_OPENED: "opened",
    kinds.TASK_CLAIMED: "claimed",
    kinds.MIGRATED: "moved",
    kinds.TASK_DONE: "ended",
    kinds.INSPECTION_HELD: "ended",
    kinds.CLOSED: "closed",
}
ROLES = SEALED | dict.fromkeys(ENDS, "ends") | dict.fromkeys(NO_STEP, "told") | {kinds.WITHDRAWN: "withdrawn"}
BATCH = 5_000  # acts that are put into the log at a time


def begin(log: Log, language: str) -> None:
    """Make the tables for the acts, and for what is said of them."""
    steps.make_tables(log)
    shown = {kinds.CLOSED: kinds.WITHDRAWN}  # closed as a part of a whole that was withdrawn
    titles = told_as((shown.get(kind, kind) for kind in ROLES), language)
    steps.put(log, "kind", [(*each, title) for each, title in zip(ROLES.items(), titles, strict=True)])
    steps.put(log, "may_end", [(kind, sort, turn) for kind, sorts in ENDS.items() for turn, sort in enumerate(sorts)])


def gather(log: Log, cases: Mapping[str, Case]) -> None:
    """Put the acts of these cases, by number, into the log."""
    steps.put(log, "of_case", [(number, case.enactment.number) for number, case in cases.items()])
    withdrawn = [number for number, case in cases.items() if case.outcome == "withdrawn"]
    asked = Q(subject__in=cases, kind__in=ROLES.keys() - {kinds.CLOSED}) | Q(subject__in=withdrawn, kind=kinds.CLOSED)
    acts = Act.objects.filter(asked).order_by("subject", "position")
    rows = acts.values_list("subject", "position", "kind", "at", "actor_post", "particulars").iterator(BATCH)
    while batch := list(islice(rows, BATCH)):
        needed = [sealed if kind in SEALED else None for _, _, kind, *_, sealed in batch]
        told = jsons_of(Act, "particulars", needed)
        steps.put(log, "act", [(*act[:-1], each) for act, each in zip(batch, told, strict=True)])


def tell(log: Log, laws: Mapping[int, Case], language: str) -> None:
    """Work out the events of the acts that were gathered; `laws` are the enactments, by number a case of each."""
    log.db.execute(steps.SAID)
    steps.put(log, "step", [_step(laws[law], step, language) for law, step in log.rows(steps.STEPS)])
    steps.put(log, "post", [_post(laws[law], post, language) for law, post in log.rows(steps.POSTS)])
    log.db.execute(steps.FOLD)
    log.db.execute(steps.EVENTS)
    steps.drop_tables(log)


def beside_the_model(language: str) -> frozenset[str]:
    """The activities that no model holds."""
    return frozenset(told_as((*NO_STEP, *ENDS), language))


def told_as(kinds_of_act: Iterable[str], language: str) -> list[str]:
    """The activities under which acts of these kinds are told."""
    return [KINDS[kind].title.in_(language) for kind in kinds_of_act]


def _step(case: Case, step: str, language: str) -> tuple[int, str, str | None, str | None]:
    """Of what kind a step is, and how it is called, by the law of the case or, where it has moved, an earlier one."""
    listing = (each for each in charters_of(case) if case.procedure in {*each.procedures, *each.events})
    models = (each.process(case.procedure) for each in listing)
    node = next((model.nodes[step] for model in models if step in model.nodes), None)
    if node is None:
        return case.enactment.number, step, None, None
    return case.enactment.number, step, node.task.act if node.task else None, node.name.in_(language) or step


def _post(case: Case, post: str, language: str) -> tuple[int, str, str, str, str]:
    """How a post and its office are called, and whose clock is on the wall."""
    charter = charter_of(case)
    person = _or_nobody(lambda: post_told(charter, post).in_(language))
    office = _or_nobody(lambda: charter.organisation_of(post).name.in_(language))
    return case.enactment.number, post, person, office, charter.head.time_zone


def _or_nobody(called: Callable[[], str]) -> str:
    try:
        return called()
    except KeyError:  # a post of the program, or none
        return ""
