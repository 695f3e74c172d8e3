"""What is shown of papers: to the officer, to the applicant once it was answered, and to everybody."""

from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.common.text import Text
from zhengtong.openness.models import Paper, Published

PAGE = 50


def papers_of(case: Case) -> list[Paper]:
    """The papers of a request, with their marks."""
    return list(case.papers.prefetch_related("marks").order_by("pk"))


def given_in(case: Case) -> list[Paper]:
    """What the applicant has been given; nothing before the answer."""
    if case.is_open or case.erased_at is not None:
        return []
    return list(case.papers.filter(given_at__isnull=False).order_by("pk"))


def published(page: int) -> list[Published]:
    """A page of what is published, the latest first."""
    return list(Published.objects.order_by("-on", "-pk")[(page - 1) * PAGE : page * PAGE])


def grounds_told(charter: Charter, refs: list[str]) -> list[Text]:
    """Articles in words; those that this charter does not have are left out."""
    return [charter.cite(ref) for ref in refs if ref.partition("/")[0] in charter.laws]
