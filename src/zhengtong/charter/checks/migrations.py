"""Where running cases are to go on has to be in the process that they move to."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.finding import Finding, kind
from zhengtong.engines.process import places

NO_PLACE = kind(
    "no-such-place",
    message=("“{step}”要移到的“{target}”不在流程中。", "“{step}” is to go on at “{target}”, which the process lacks."),
    why=("在办的案件移过去就没有了下一步。", "A running case that moved there would have no next step."),
    mend=(
        "{hint}写流程中一个步骤或者流向的编号，或者写 null。",
        "{hint}Write the id of a step or flow of it, or null.",
    ),
)


def check(of: Checked) -> Iterator[Finding]:
    for procedure, declared in of.charter.migrations.items():
        model = of.processes.get(procedure)
        file = of.process_file(procedure).replace("process.bpmn", "migration.yaml")
        for step, place in declared.places.items() if model else ():
            if place is not None and model and not places.is_in(model, place):
                known = [*model.nodes, *model.flows]
                yield NO_PLACE.at(of.at(file, "places", step), step=step, target=place, hint=hint(place, known))
