"""Would a running case move to a new version of its process? Only looked at here, nothing is changed.

What decides a case stays that of the day on which it was filed; how it is handled follows the law of today. So a case
moves only where the new charter changes nothing but how it is handled, and where its state has a place there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from zhengtong.cases.drive import values
from zhengtong.cases.law import WITH_LAW, charter_of, day_of
from zhengtong.cases.models import PARTY, Case
from zhengtong.cases.work import asked_of
from zhengtong.charter.charter import Charter
from zhengtong.charter.errors import NoCompetentPost
from zhengtong.charter.model import Migration
from zhengtong.charter.queries import Enacted, in_force_at
from zhengtong.charter.substance import differences
from zhengtong.common.text import Text, text
from zhengtong.engines import process

NOT_HANDLED = text("新章程没有这个事项", "the new charter has no such procedure")
DECIDED_OTHERWISE = text(
    "新章程改变了作出决定的依据（{what}）；实体从旧，按申请当日的规定决定",
    "the new charter changes by what the case is decided ({what}); that stays as it was when the case was filed",
)
NOBODY = text("“{step}”没有有权的岗位", "nobody is competent for “{step}”")
AT_STEP = text("“{step}”：{why}", "“{step}”: {why}")


@dataclass(frozen=True)
class Plan:
    """What would become of a case: where it is, where it would be, and the reasons why it stays where it is."""

    case: Case
    to: Enacted
    before: list[Text]  # the steps that are waited for now
    after: list[Text]
    reasons: list[tuple[str, Text]]  # code, wording; none where it moves
    migration: process.Migration | None = None

    @property
    def moves(self) -> bool:
        """Whether the case moves."""
        return not self.reasons


def on_older_law(procedure: str, *, now: datetime) -> Iterator[Case]:
    """The open cases of a procedure that run by an earlier charter than the one in force, the oldest first."""
    number = in_force_at(now).enactment.number
    running = Case.objects.exclude(status=Case.Status.CLOSED).select_related(*WITH_LAW)
    found = running.filter(procedure=procedure, enactment__number__lt=number).order_by("pk")
    for pk in list(found.values_list("pk", flat=True)):  # first, since cases are moved while they are gone through
        yield running.get(pk=pk)


def plan(case: Case, *, now: datetime, declared: Migration | None = None) -> Plan:
    """Look where a case would be under the charter in force. `declared` stands in for what that declares."""
    to = in_force_at(now)
    old, new = charter_of(case), to.charter
    model, state = old.process(case.procedure), process.State.from_json(case.state)
    before = _waiting(model, state)
    if case.enactment.number >= to.enactment.number:
        return Plan(case, to, before, before, [])
    if case.procedure not in {*new.procedures, *new.events}:
        return Plan(case, to, before, [], [("not-handled", NOT_HANDLED)])
    if changed := differences(old, new, case.procedure):
        reason = DECIDED_OTHERWISE.format(what=", ".join(changed))
        return Plan(case, to, before, [], [("decided-otherwise", reason)])
    declared = declared or new.migrations.get(case.procedure)
    other = new.process(case.procedure)
    found = process.migrate(model, other, state, values(case), now, declared=declared.places if declared else {})
    reasons = [(each.code, _at_step(each, model, other)) for each in found.reasons]
    reasons += _nobody(case, new, other, found, now)
    return Plan(case, to, before, _waiting(other, found.state) if not reasons else [], reasons, found)


def _waiting(model: process.Model, state: process.State) -> list[Text]:
    return [_name(model.nodes[node]) for _key, node in state.waiting]


def _name(node: process.Node) -> Text:
    return node.name if any(node.name.values()) else text(node.id, node.id)


def _at_step(finding: process.Finding, *models: process.Model) -> Text:
    node = next((model.nodes[finding.element] for model in models if finding.element in model.nodes), None)
    return AT_STEP.format(step=_name(node), why=finding.message) if node else finding.message


def _nobody(
    case: Case, charter: Charter, model: process.Model, found: process.Migration, now: datetime
) -> list[tuple[str, Text]]:
    """The steps on which the case would wait and for which no post is competent."""
    lacking = []
    for _key, id_ in found.state.waiting if found.moves else ():
        node = model.nodes[id_]
        named = asked_of(case, node.task)[0] if node.task else PARTY
        if named == PARTY:
            continue
        try:
            charter.competent(named, case.region, day_of(now, charter))
        except NoCompetentPost:
            lacking.append(("no-post", NOBODY.format(step=_name(node))))
    return lacking
