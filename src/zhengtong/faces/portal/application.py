"""An application that is being filled in, with what its pages are made of."""

from dataclasses import dataclass

from django.http import HttpRequest

from zhengtong.cases.acts.drafts import known_of
from zhengtong.cases.acts.filing import materials_asked
from zhengtong.cases.errors import AlreadyFiled, NotYourDraft
from zhengtong.cases.facts import Facts
from zhengtong.cases.models import Document, Draft
from zhengtong.charter.charter import Charter
from zhengtong.charter.compile import CompiledMaterial
from zhengtong.charter.model import Form, LifeEvent, Procedure
from zhengtong.charter.queries import in_force
from zhengtong.common.text import Text
from zhengtong.faces.portal import journey
from zhengtong.faces.portal.procedures import services_of
from zhengtong.faces.shared import clock, language
from zhengtong.faces.shared.access import person
from zhengtong.faces.shared.questions import told


@dataclass(frozen=True)
class Application:
    """A draft with what its pages are made of."""

    draft: Draft
    charter: Charter
    listed: Procedure | LifeEvent
    form: Form
    known: Facts
    pages: list[journey.Page]

    @property
    def prefilled(self) -> list[tuple[str, str, Text]]:
        """What registers answered: title, value, and the register's name."""
        return [
            (
                language.local(question.title),
                told(question, self.charter, self.draft.sourced[question.name][0]),
                self.charter.registers[self.draft.sourced[question.name][1]].name,
            )
            for question in self.form.questions
            if question.name in self.draft.sourced
        ]

    @property
    def materials(self) -> list[tuple[CompiledMaterial, Document | None]]:
        """The papers to hand in, each with what was handed in already."""
        wanted = materials_asked(
            self.charter,
            self.draft.procedure,
            self.known,
            self.draft.person,
            self.draft.enterprise,
            on=clock.today(),
        )
        compiled = {each.material.id: each for each in self.charter.materials(self.draft.procedure)}
        given = {document.material: document for document in self.draft.documents.order_by("pk")}
        return [(compiled[each.id], given.get(each.id)) for each in wanted]

    @property
    def missing(self) -> list[CompiledMaterial]:
        """The papers without which it cannot be filed."""
        return [each for each, document in self.materials if each.material.necessity == "required" and not document]

    @property
    def commitments(self) -> list[Text]:
        """What the applicant promises (告知承诺), in the charter's wording."""
        services = services_of(self.charter, self.listed)
        return [each.commitment for each in services if each.commitment]


def open_application(request: HttpRequest, pk: int) -> Application:
    """The reader's own draft, as long as it has not been filed."""
    application = application_of(request, pk)
    if application.draft.case is not None:
        raise AlreadyFiled
    return application


def application_of(request: HttpRequest, pk: int) -> Application:
    """The reader's own draft; anybody else's does not exist."""
    reader = person(request)
    draft = reader and reader.drafts.select_related("enterprise").filter(pk=pk).first()
    if not draft:
        raise NotYourDraft
    charter = in_force(clock.today()).charter
    form, known = charter.form(draft.procedure), known_of(draft)
    return Application(draft, charter, charter.listed(draft.procedure), form, known, journey.pages(form, known))
