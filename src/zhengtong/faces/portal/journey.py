"""The way through an application: which pages of questions there are, and which comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhengtong.cases.facts import Facts, shown
from zhengtong.charter.model import Form, Question


@dataclass(frozen=True)
class Page:
    """Questions that are asked together."""

    name: str
    questions: tuple[Question, ...]

    def answered(self, known: Facts) -> bool:
        """Whether everything that must be answered here has been."""
        return all(not question.required or question.name in known for question in self.questions)


def pages(form: Form, known: Facts) -> list[Page]:
    """The pages that arise from what is known, in the order of the form, without what registers answer."""
    asked = [question for question in form.questions if question.asked and shown(question, known)]
    names = dict.fromkeys(question.page for question in asked)
    return [Page(name, tuple(each for each in asked if each.page == name)) for name in names]


def page(every: Sequence[Page], name: str) -> Page | None:
    """The page with this name, if it arises."""
    return next((each for each in every if each.name == name), None)


def after(every: Sequence[Page], name: str) -> Page | None:
    """The page that comes after this one; None after the last."""
    names = [each.name for each in every]
    at = names.index(name) + 1
    return every[at] if at < len(every) else None


def before(every: Sequence[Page], name: str) -> Page | None:
    """The page that comes before this one; None before the first."""
    at = [each.name for each in every].index(name)
    return every[at - 1] if at else None


def unanswered(every: Sequence[Page], known: Facts) -> Page | None:
    """The first page on which something is still to be answered."""
    return next((each for each in every if not each.answered(known)), None)
