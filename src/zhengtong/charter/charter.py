"""The charter: a government as one immutable value, read from its files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from zhengtong.charter.citation import cite
from zhengtong.charter.compile import CompiledMaterial, compile_form, compile_materials
from zhengtong.charter.errors import CharterFaults, NoCompetentPost
from zhengtong.charter.files import certificate_path, digest_of, split_letter
from zhengtong.charter.finding import Finding
from zhengtong.charter.grants import Grant, granted
from zhengtong.charter.model import (
    Article,
    Calendar,
    Element,
    Form,
    Head,
    Law,
    LifeEvent,
    Migration,
    Node,
    Organ,
    Organisation,
    Participation,
    Post,
    Power,
    Privacy,
    Procedure,
    Region,
    Register,
    Station,
)
from zhengtong.charter.reading.assemble import Read, assemble, forms
from zhengtong.charter.reading.folder import gather
from zhengtong.charter.reading.layout import is_law
from zhengtong.common.text import Text
from zhengtong.engines import deadlines

if TYPE_CHECKING:
    from zhengtong.engines.process import Model as Process
    from zhengtong.engines.rules import Model as Rules

__all__ = ["Charter", "CharterFaults", "digest_of", "inspect", "load", "read", "read_folder", "reopen"]

T = TypeVar("T")


@dataclass(frozen=True, eq=False, kw_only=True)
class Charter:
    """A government as it declares itself. Everything is found by id; `digest` names exactly this law."""

    head: Head
    calendar: Calendar
    regions: Mapping[str, Region]  # by code
    laws: Mapping[str, Law]
    organisations: Mapping[str, Organisation]
    powers: Mapping[str, Power]
    stations: list[Station]
    elements: Mapping[str, Element]
    registers: Mapping[str, Register]
    nodes: Mapping[str, Node]
    privacy: Privacy | None
    procedures: Mapping[str, Procedure]
    events: Mapping[str, LifeEvent]
    participation: Mapping[str, Participation]  # by procedure
    organs: Mapping[str, Organ]  # by procedure
    migrations: Mapping[str, Migration]  # by procedure or life event, where one is declared
    themes: Mapping[str, Text]
    forms: Mapping[str, Form]
    files: Mapping[str, bytes]
    digest: str
    _made: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False)

    def listed(self, procedure: str) -> Procedure | LifeEvent:
        """The procedure or life event with this id; KeyError if there is none."""
        return self.procedures.get(procedure) or self.events[procedure]

    def all_listed(self) -> list[Procedure | LifeEvent]:
        """Every life event, then every procedure."""
        return [*self.events.values(), *self.procedures.values()]

    def article(self, basis: str, on: date | None = None) -> Article | None:
        """The article that `law/article` names, if the charter has it (and it is in force on that day)."""
        law, _, number = basis.partition("/")
        if law not in self.laws or (on and on < self.laws[law].in_force_from):
            return None
        found = (each for each in self.laws[law].articles if each.article == number)
        return next((each for each in found if on is None or each.in_force(on)), None)

    def cite(self, basis: str, language: str | None = None) -> Text:
        """A legal basis for people, in each language or in one: 《行政许可法》第三十二条."""
        law, _, article = basis.partition("/")
        if law not in self.laws or not article.replace("-", "").isdecimal():
            return Text(dict.fromkeys(self.head.languages, basis))
        cited = cite(self.laws[law], article)
        return cited if language is None else Text({language: cited.in_(language)})

    def organisation_of(self, ref: str) -> Organisation:
        """The organisation of `organisation/post`; KeyError if there is none."""
        return self.organisations[ref.partition("/")[0]]

    def post(self, ref: str) -> Post:
        """The post `organisation/post`; KeyError if there is none."""
        found = self.organisation_of(ref).post(ref.partition("/")[2])
        if found is None:
            raise KeyError(ref)
        return found

    def competent(self, ref: str, region: str, on: date) -> str:
        """The `organisation/post` that does `function/post` in a region: there, else above, else the only one there is.

        `organisation/post` is itself. Raises `NoCompetentPost`.
        """
        function, _, post = ref.partition("/")
        having = [each for each in self._having(post, on) if function in (each.id, each.function)]
        for code in self.regions_above(region):
            found = [each for each in having if each.region == code and each.function == function]
            if found:
                return f"{found[0].id}/{post}"
        if len(having) == 1 or (having and having[0].id == function):
            return f"{having[0].id}/{post}"
        raise NoCompetentPost(post=ref, region=region, on=on)

    def office(self, function: str, region: str, on: date) -> Organisation:
        """The organisation with this function that is competent in a region: there, else above, else the only one.

        Raises `NoCompetentPost`.
        """
        offices = [each for each in self.organisations.values() if each.function == function and each.in_force(on)]
        for code in self.regions_above(region):
            found = next((each for each in offices if each.region == code), None)
            if found:
                return found
        if len(offices) == 1:
            return offices[0]
        raise NoCompetentPost(post=function, region=region, on=on)

    def _having(self, post_id: str, on: date) -> list[Organisation]:
        """The organisations that have such a post on that day."""
        return [
            each
            for each in self.organisations.values()
            if each.in_force(on) and (post := each.post(post_id)) and post.in_force(on)
        ]

    @property
    def posts(self) -> Mapping[str, Post]:
        """Every post by `organisation/post`."""
        return self._once(
            "posts",
            "",
            lambda: {f"{each.id}/{post.id}": post for each in self.organisations.values() for post in each.posts},
        )

    @property
    def grants(self) -> Mapping[str, tuple[Grant, ...]]:
        """What each post, `organisation/post`, may do, over the whole life of the charter."""
        return self._once("grants", "", lambda: granted(self))

    def holders(self, power: str) -> list[str]:
        """The posts, `organisation/post`, that hold a power, at whatever time."""
        return [post for post, grants in self.grants.items() if any(each.power == power for each in grants)]

    def powers_of(self, ref: str, on: date) -> list[Power]:
        """The powers that a post has on that day; KeyError if there is no such post."""
        self.post(ref)
        held = dict.fromkeys(each.power for each in self.grants.get(ref, ()) if each.in_force(on))
        return [self.powers[each] for each in held]

    def region_within(self, code: str, ancestor: str) -> bool:
        """Whether a region is `ancestor` or lies in it."""
        return ancestor in self.regions_above(code)

    def regions_above(self, code: str) -> list[str]:
        """The region itself and those that it lies in, up to the whole."""
        found: list[str] = []
        at: str | None = code
        while at and at in self.regions and at not in found:
            found.append(at)
            at = self.regions[at].parent
        return found

    def working_days(self) -> deadlines.Calendar:
        """The working days of the country, with what was decreed beside them."""
        return self._once("calendar", "", self._working_days)

    def _working_days(self) -> deadlines.Calendar:
        decrees = self.calendar.decrees
        return deadlines.Calendar(
            country=self.calendar.country,
            closed={day: name for decree in decrees for day, name in decree.closed.items()},
            worked={day: name for decree in decrees for day, name in decree.worked.items()},
            decreed_through=self.calendar.decreed_through,
        )

    def process(self, procedure: str) -> "Process":
        """The process of a procedure or life event."""
        from zhengtong.engines.process import Model

        return self._once("process", procedure, lambda: Model.load(self.drawing(procedure)))

    def drawing(self, procedure: str) -> bytes:
        """The same as it was drawn: BPMN 2.0."""
        return self.files[self._beside(procedure, "process.bpmn")]

    def rules(self, procedure: str) -> "Rules | None":
        """The rules of a procedure, if it has any."""
        from zhengtong.engines.rules import Model

        path = self._beside(procedure, "rules.dmn")
        return self._once("rules", procedure, lambda: Model.load(self.files[path])) if path in self.files else None

    def form(self, procedure: str) -> Form:
        """The questions of a procedure; of a life event, one form compiled from its services."""
        if procedure in self.events:
            return self._once("form", procedure, lambda: compile_form(self.events[procedure], self.forms))
        return self.forms[procedure]

    def materials(self, procedure: str) -> tuple[CompiledMaterial, ...]:
        """The documents of a procedure; of a life event, each once for all services that need it."""
        return self._once("materials", procedure, lambda: compile_materials(self.listed(procedure), self.procedures))

    def letter(self, procedure: str, name: str, language: str) -> tuple[str, str]:
        """Subject and body of a letter: the procedure's own, else the charter's; KeyError if there is none."""
        tongues = dict.fromkeys([language, *self.head.languages])
        for path in (place.format(name, tongue) for tongue in tongues for place in self._letter_places(procedure)):
            if path in self.files:
                return split_letter(self.files[path].decode())
        raise KeyError(f"letters/{name}.{language}.md")

    def _letter_places(self, procedure: str) -> tuple[str, str]:
        return self._beside(procedure, "letters/{}.{}.md"), "letters/{}.{}.md"

    def certificate_template(self, procedure: str) -> bytes:
        """The Typst source of a procedure's certificate; KeyError if it issues none."""
        declared = self.procedures[procedure].certificate
        if declared is None:
            raise KeyError(f"{procedure} issues no certificate")
        return self.files[certificate_path(procedure, declared.template)]

    def _beside(self, procedure: str, name: str) -> str:
        return f"{'life-events' if procedure in self.events else 'services'}/{procedure}/{name}"

    def _once(self, what: str, which: str, make: Callable[[], T]) -> T:
        """Make it at the first asking and keep it: a charter never changes."""
        if (what, which) not in self._made:
            self._made[what, which] = make()
        made: T = self._made[what, which]
        return made


def load(folder: Path, *, on: date | None = None) -> Charter:
    """The charter in a folder; raises `CharterFaults`. With `on`, its law has to be in force on that day."""
    return _without_errors(*inspect(folder, on=on))


def read(files: Mapping[str, bytes], *, on: date | None = None) -> Charter:
    """The same from files in memory, by their path with slashes; the same files are judged once."""
    law = _law(files)
    key = digest_of(law), on
    if key not in _SOUND:
        sound = _without_errors(*inspect(law, on=on))
        if len(_SOUND) >= MOST_REMEMBERED:
            del _SOUND[next(iter(_SOUND))]
        _SOUND[key] = sound
    return _SOUND[key]


_SOUND: dict[tuple[str, date | None], Charter] = {}
MOST_REMEMBERED = 8


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a folder that are law, unchecked; raises `CharterFaults` if it cannot be read."""
    files, findings = gather(folder)
    if findings:
        raise CharterFaults(findings)
    return files


def inspect(source: Path | Mapping[str, bytes], *, on: date | None = None) -> tuple[Charter | None, list[Finding]]:
    """The charter, if its files can be read, and everything that is wrong with it, by file and line."""
    from zhengtong.charter.checks import check

    files, findings = gather(source) if isinstance(source, Path) else (_law(source), [])
    found = assemble(files)
    findings += found.findings
    if any(each.is_error for each in findings):
        return None, _sorted(findings)
    charter = _built(found, files)
    return charter, _sorted([*findings, *check(charter, found, on=on)])


def reopen(files: Mapping[str, bytes]) -> Charter:
    """A charter that was checked when it was enacted: read, and not judged by what is demanded today."""
    law = _law(files)
    return _built(assemble(law), law)


def _law(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if is_law(path)}


def _built(found: Read, files: Mapping[str, bytes]) -> Charter:
    whole = {kind: parts[""] for kind, parts in found.parts.items() if "" in parts}
    return Charter(
        head=whole["charter"],
        calendar=whole["calendar"],
        regions={each.code: each for each in whole["regions"]},
        laws=found.all("law"),
        organisations=found.all("organisation"),
        powers={each.id: each for each in whole["powers"]},
        stations=whole["stations"],
        elements={each.id: each for each in whole["elements"]},
        registers=found.all("register"),
        nodes=whole.get("nodes", {}),
        privacy=whole.get("privacy"),
        procedures=found.all("service"),
        events=found.all("event"),
        participation=found.all("participation"),
        organs=found.all("organ"),
        migrations={**found.all("migration"), **found.all("event-migration")},
        themes=whole["themes"],
        forms=forms(found),
        files=dict(files),
        digest=digest_of(files),
    )


def _without_errors(charter: Charter | None, findings: list[Finding]) -> Charter:
    if charter is None or any(each.is_error for each in findings):
        raise CharterFaults(findings)
    return charter


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (each.file, each.line, each.code))
