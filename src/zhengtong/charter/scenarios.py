"""The stories of a charter: read with their lines, and held against the charter they are about.

They lie beside the law: a story that is wrong keeps no charter from being enacted, and `zhengtong check` tells of it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengtong.charter.charter import Charter
from zhengtong.charter.checks.context import hint
from zhengtong.charter.checks.law import NO_ARTICLE, NOT_IN_FORCE
from zhengtong.charter.checks.references import LISTED, POST, QUESTION, UNKNOWN
from zhengtong.charter.finding import Finding, Place
from zhengtong.charter.model import Scenario, StoryStep
from zhengtong.charter.reading import faults
from zhengtong.charter.reading.layout import kind_of
from zhengtong.charter.reading.parts import typed
from zhengtong.charter.reading.tree import Tree, Unreadable
from zhengtong.charter.reading.yaml_file import read_yaml
from zhengtong.common.text import text

PERSON, ENTERPRISE = text("样例人物", "sample person"), text("样例企业", "sample enterprise")
STEP, OUTPUT, MATERIAL = text("步骤", "step"), text("步骤结果", "outcome of the step"), text("材料", "document")
LETTER = text("文书", "letter")
OF_STEPS = {"complete", "request-correction", "answer-correction", "hand-over"}


@dataclass(frozen=True)
class Story:
    """A scenario, and where each part of it stands."""

    scenario: Scenario
    tree: Tree

    def place(self, *path: Any) -> Place:
        """Where `path` stands in the story's file."""
        return self.tree.place(*path)


def read_stories(folder: Path) -> tuple[list[Story], list[Finding]]:
    """The stories of the charter in `folder`, by file name, and what is wrong with their files."""
    stories, findings = [], []
    for path in sorted((folder / "scenarios").glob("*.yaml")):
        try:
            story, wrong = _read(f"scenarios/{path.name}", path.read_bytes())
        except Unreadable as fault:
            story, wrong = None, [fault.finding]
        findings += wrong
        stories += [story] if story else []
    return stories, findings


def _read(name: str, content: bytes) -> tuple[Story | None, list[Finding]]:
    known = kind_of(name)
    if known is None:
        return None, [faults.UNKNOWN_FILE.at(Place(name))]
    kind, id_ = known
    tree = read_yaml(name, content)
    scenario, findings = typed(kind, tree)
    if scenario is None:
        return None, findings
    if scenario.id != id_:
        findings.append(faults.WRONG_ID.at(tree.place("id"), id=scenario.id, expected=id_))
    return Story(scenario, tree), findings


def check_stories(folder: Path, charter: Charter) -> list[Finding]:
    """What is wrong with the stories of a charter: unreadable, or about what it does not have."""
    stories, findings = read_stories(folder)
    sample = _sample(folder)
    for story in stories:
        findings += _Check(story, charter, sample).findings()
    return sorted(findings, key=lambda each: (each.file, each.line))


def _sample(folder: Path) -> dict[str, list[str]]:
    """The ids of the sample people and enterprises."""
    path = folder / "sample" / "people.yaml"
    try:
        value = read_yaml("sample/people.yaml", path.read_bytes()).value if path.is_file() else {}
    except Unreadable:
        value = {}
    return {key: [str(each.get("id")) for each in value.get(key) or []] for key in ("people", "enterprises")}


@dataclass(frozen=True)
class _Check:
    story: Story
    charter: Charter
    sample: dict[str, list[str]]

    def findings(self) -> Iterator[Finding]:
        scenario, filing = self.story.scenario, self.story.scenario.file
        yield from self._articles(scenario.illustrates, "illustrates")
        yield from self._known(PERSON, filing.person, self.sample["people"], "file", "person")
        yield from self._known(ENTERPRISE, filing.enterprise or "", self.sample["enterprises"], "file", "for")
        if filing.procedure not in self._listed():
            yield from self._known(LISTED, filing.procedure, self._listed(), "file", "procedure")
            return
        yield from self._answers(filing.procedure, filing.answers, "file", "answers")
        for index, step in enumerate(scenario.steps):
            yield from self._step(step, "steps", index)
        yield from self._then()

    def _step(self, step: StoryStep, *at: Any) -> Iterator[Finding]:
        yield from self._who(step.by, *at, "by")
        yield from self._articles(step.basis, *at, "basis")
        if step.to:
            yield from self._known(POST, step.to, self._posts(), *at, "to")
        if step.act in OF_STEPS or step.node:
            yield from self._node(step, *at)
        if step.act == "appeal":
            procedure = step.procedure or ""
            yield from self._known(LISTED, procedure or "-", self.charter.procedures, *at, "procedure")
            if procedure in self.charter.procedures:
                yield from self._answers(procedure, step.answers, *at, "answers")
        whom = [*self.sample["people"], *self.sample["enterprises"]]
        yield from self._known(PERSON, step.whom or "", whom, *at, "whom")
        materials = [each.material.id for each in self.charter.materials(self.story.scenario.file.procedure)]
        for index, each in enumerate(step.documents):
            yield from self._known(MATERIAL, each, materials, *at, "documents", index)

    def _who(self, who: str, *at: Any) -> Iterator[Finding]:
        kind, _, person = who.partition(":")
        if kind == "person" and person:
            yield from self._known(PERSON, person, self.sample["people"], *at)
        elif who != "system":
            yield from self._known(POST, who, self._posts(), *at)

    def _node(self, step: StoryStep, *at: Any) -> Iterator[Finding]:
        procedure, _, name = step.node.rpartition(":")
        procedure = procedure or self.story.scenario.file.procedure
        if procedure not in self._listed():
            yield from self._known(LISTED, procedure, self._listed(), *at, "node")
            return
        nodes = {each.id: each for each in self.charter.process(procedure).nodes.values() if each.kind == "userTask"}
        yield from self._known(STEP, name or "-", nodes, *at, "node")
        task = nodes[name].task if name in nodes else None
        if task and step.act == "complete":
            yield from self._known(OUTPUT, step.output or "-", task.values, *at, "output")

    def _then(self) -> Iterator[Finding]:
        then, letters = self.story.scenario.then, self._letters()
        for index, name in enumerate(then.letters or []):
            yield from self._known(LETTER, name, letters, "then", "letters", index)
        for procedure in then.others:
            yield from self._known(LISTED, procedure, self._listed(), "then", "others", procedure)

    def _answers(self, procedure: str, answers: dict[str, Any], *at: Any) -> Iterator[Finding]:
        asked = [each.name for each in self.charter.form(procedure).questions if each.asked]
        for name in answers:
            yield from self._known(QUESTION, name, asked, *at, name)

    def _articles(self, cited: list[str], *at: Any) -> Iterator[Finding]:
        on = self.story.scenario.file.on
        for index, basis in enumerate(cited):
            place = self.story.place(*at, index)
            if self.charter.article(basis) is None:
                law = f"laws/{basis.partition('/')[0]}.yaml"
                yield NO_ARTICLE.at(place, basis=basis, file=law, hint="")
            elif self.charter.article(basis, on) is None:
                yield NOT_IN_FORCE.at(place, basis=basis, on=on.isoformat())

    def _known(self, what: object, name: str, known: Collection[str], *at: Any) -> Iterator[Finding]:
        if name and name not in known:
            yield UNKNOWN.at(self.story.place(*at), what=what, name=name, hint=hint(name, list(known)))

    def _listed(self) -> set[str]:
        return {*self.charter.procedures, *self.charter.events}

    def _posts(self) -> set[str]:
        return {f"{each.id}/{post.id}" for each in self.charter.organisations.values() for post in each.posts}

    def _letters(self) -> set[str]:
        return {path.rsplit("/", 1)[-1].split(".")[0] for path in self.charter.files if "letters/" in path}
