"""An application is prepared, page by page, on any device, and filed once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from zhengtong.cases import facts
from zhengtong.cases.acts.filing import Filing, file_new, materials_asked, startable
from zhengtong.cases.documents import remove, take_in
from zhengtong.cases.errors import AlreadyFiled, NoSuchMaterial, NotYourDraft
from zhengtong.cases.law import day_of
from zhengtong.cases.models import Case, Document, Draft
from zhengtong.charter.queries import in_force_at
from zhengtong.people.actor import Actor
from zhengtong.people.models import Enterprise, Person
from zhengtong.vault import ring


@transaction.atomic
def start_draft(
    *,
    person: Person,
    procedure: str,
    now: datetime,
    enterprise: Enterprise | None = None,
    about: Case | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Draft:
    """Begin an application: what the registers know is looked up once, with the person's look recorded.

    `answers` are those that are known from where it was begun; they can still be changed.
    """
    charter = in_force_at(now).charter
    by = Actor(person)
    startable(charter, procedure, person=person, enterprise=enterprise, about=about, by=by, now=now)
    known, sources = facts.prefilled(
        charter=charter,
        form=charter.form(procedure),
        person=person,
        enterprise=enterprise,
        by=by,
        now=now,
        on=day_of(now, charter),
    )
    begun = answers or {}
    questions = [each for each in charter.form(procedure).questions if each.name in begun]
    return Draft.objects.create(
        person=person,
        procedure=procedure,
        enterprise=enterprise,
        about=about,
        answers=facts.answered(questions, begun, known=known),
        sourced={name: [value, sources[name]] for name, value in known.items()},
        created_at=now,
        updated_at=now,
    )


def known_of(draft: Draft) -> facts.Facts:
    """What is known so far: from the registers and from the answers."""
    known: facts.Facts = {name: value for name, (value, _source) in draft.sourced.items()}
    return {**known, **draft.answers}


@transaction.atomic
def save_answers(*, draft: Draft, page: str, answers: Mapping[str, Any], by: Actor, now: datetime) -> Draft:
    """Keep the answers of one page; `InvalidAnswers` names each that is wrong, and then nothing is kept."""
    draft = _own(draft, by)
    form = in_force_at(now).charter.form(draft.procedure)
    questions = [question for question in form.questions if question.page == page]
    rest = {name: value for name, value in draft.answers.items() if name not in {each.name for each in questions}}
    known = {name: value for name, (value, _source) in draft.sourced.items()} | rest
    draft.answers = rest | facts.answered(questions, answers, known=known)
    draft.updated_at = now
    draft.save(update_fields=["answers", "updated_at"])
    return draft


@transaction.atomic
def attach(*, draft: Draft, material: str, name: str, content: BinaryIO, by: Actor, now: datetime) -> Document:
    """Put a file to the draft; a second one for the same material takes the first one's place."""
    draft = _own(draft, by)
    charter = in_force_at(now).charter
    asked = materials_asked(
        charter, draft.procedure, known_of(draft), draft.person, draft.enterprise, on=day_of(now, charter)
    )
    wanted = next((each for each in asked if each.id == material), None)
    if wanted is None:
        raise NoSuchMaterial(material=material)
    taken = take_in(name=name, content=content, material=wanted)
    for earlier in draft.documents.filter(material=material):
        _drop(earlier)
    return taken.keep(draft=draft, by=draft.person, now=now)


@transaction.atomic
def detach(*, document: Document, by: Actor, now: datetime) -> None:
    """Take a file from a draft."""
    if document.draft is None:
        raise NotYourDraft
    _own(document.draft, by)
    _drop(document)


def _drop(document: Document) -> None:
    remove([document.path])
    document.delete()


@transaction.atomic
def discard(*, draft: Draft, by: Actor, now: datetime) -> None:
    """Throw a draft away, with its key."""
    draft = _own(draft, by)
    remove(draft.documents.values_list("path", flat=True))
    ring.destroy([draft.sealed_for], now=now)
    draft.delete()


@transaction.atomic
def file_case(*, draft: Draft, by: Actor, channel: str, language: str, now: datetime) -> Case:
    """Submit the draft. Doing it twice gives the same case: whoever holds the draft sees whether it has been filed."""
    found = Draft.objects.select_for_update(of=("self",)).select_related("enterprise").filter(pk=draft.pk).first()
    if found is None or by.person is None or found.person_id != by.person.pk:
        raise NotYourDraft
    if found.case is not None:
        return found.case
    filing = Filing(
        procedure=found.procedure,
        person=by.person,
        enterprise=found.enterprise,
        about=found.about,
        answers=found.answers,
        kept={document.material: document for document in found.documents.all()},
        channel=channel,
        language=language,
        request_key=f"draft:{found.pk}",
    )
    case = file_new(filing, by=by, now=now)
    found.case, found.updated_at = case, now
    found.save(update_fields=["case", "updated_at"])
    return case


def _own(draft: Draft, by: Actor) -> Draft:
    """The draft, locked; refused if it is another person's or has been filed."""
    locked = (
        Draft.objects.select_for_update(of=("self",)).select_related("person", "enterprise").filter(pk=draft.pk).first()
    )
    if locked is None or by.person is None or locked.person_id != by.person.pk:
        raise NotYourDraft
    if locked.case_id is not None:
        raise AlreadyFiled
    return locked
