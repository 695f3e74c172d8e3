"""services/<service>/form.json: JSON Schema 2020-12 with our layout keys, read into questions.

A property carries `title` and `description` as localized texts, and:
`x-element` the data element asked; `x-source` {register, field} when a register answers it;
`x-basis` the articles that need it; `x-page` the page that it shares with others (default: its own);
`x-show-if` a FEEL condition over earlier answers; `x-enum` [{value, title}] for choices.
"""

from dataclasses import dataclass, field
from typing import Any

from zhengtong.common.text import Text


@dataclass(frozen=True)
class Source:
    """Where an answer comes from without asking: a field of a register about the party or the person."""

    register: str
    field: str


@dataclass(frozen=True)
class Question:
    """One thing asked (or filled in) in a form."""

    name: str
    element: str
    title: Text
    hint: Text
    schema: dict[str, Any]  # plain JSON Schema of the answer, without our keys
    required: bool
    basis: tuple[str, ...]
    page: str
    show_if: str = ""
    source: Source | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    services: tuple[str, ...] = ()  # in a compiled form: which services need it

    @property
    def asked(self) -> bool:
        """Whether a person has to answer, since no register does."""
        return self.source is None


@dataclass(frozen=True)
class Form:
    """The questions of a procedure, in order; `compiled` forms merge those of several services."""

    questions: tuple[Question, ...] = field(default=())

    def question(self, name: str) -> Question | None:
        """The question with this name, if there is one."""
        return next((each for each in self.questions if each.name == name), None)
