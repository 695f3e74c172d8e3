"""The parts of a form, as plain data that renders itself. The markup is govuk-frontend's; tests hold it to that.

Every part has a `name`, a `label`, perhaps a `hint` and an `error` (texts in the reader's language). In a view:
`Input(name="area", label=…, value=…)`, and `{{ field }}` in the template; or at once, by the tags of the same names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhengtong.faces.shared.language import tag
from zhengtong.faces.shared.map import Pointing

form_page = require_http_methods(["GET", "HEAD", "POST"])
"""Of a view: its page has a form that leads to itself."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """What all parts have in common. `heading` makes the label the page's h1."""

    template: ClassVar[str]

    name: str
    label: str
    hint: str = ""
    error: str = ""
    heading: bool = False
    size: str = ""  # of the label: s, m, l, xl

    @property
    def target(self) -> str:
        """The id that the error summary leads to."""
        return self.name

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for `aria-describedby`."""
        return " ".join(f"{self.name}-{part}" for part in ("hint", "error") if getattr(self, part))

    @property
    def label_size(self) -> str:
        return self.size or ("l" if self.heading else "")

    def __str__(self) -> SafeString:
        return render_to_string(f"components/{self.template}.html", {"field": self})

    __html__ = __str__


@dataclass(frozen=True, kw_only=True)
class Input(Field):
    """One line of text. `width`: a class of govuk-input, such as `5` (characters) or `two-thirds`."""

    template: ClassVar[str] = "input"

    value: str = ""
    type: str = "text"
    width: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    suffix: str = ""

    @property
    def width_class(self) -> str:
        kind = "govuk-input--width-" if self.width.isdigit() else "govuk-!-width-"
        return kind + self.width if self.width else ""


@dataclass(frozen=True, kw_only=True)
class Place(Input):
    """One line of text for a place, and a picture at which the same can be pointed: the form comes with `name-at.x`.

    A place that is a position is shown on the picture again.
    """

    template: ClassVar[str] = "place"

    area: Pointing

    @property
    def shown(self) -> SafeString | str:
        """The picture with the place on it; nothing where it is an address."""
        return self.area.picture(self.value, told=_("The place on the map")) if self.area.has(self.value) else ""


@dataclass(frozen=True, kw_only=True)
class Textarea(Field):
    """Several lines of text."""

    template: ClassVar[str] = "textarea"

    value: str = ""
    rows: int = 5


@dataclass(frozen=True, kw_only=True)
class Upload(Field):
    """A file to hand in. `accept`: media types, comma-separated."""

    template: ClassVar[str] = "upload"

    accept: str = ""


@dataclass(frozen=True)
class Choice:
    """One choice of radios, checkboxes or a select."""

    value: str
    label: str
    hint: str = ""
    id: str = ""
    checked: bool = False


@dataclass(frozen=True, kw_only=True)
class _Choices(Field):
    choices: Sequence[tuple[str, str] | tuple[str, str, str]] = ()
    value: str = ""

    def _chosen(self, value: str) -> bool:
        return value == self.value

    @property
    def items(self) -> list[Choice]:
        """The choices with their ids; the first one's is the name, so that the error summary finds it."""
        return [
            Choice(
                value=choice[0],
                label=choice[1],
                hint=choice[2] if len(choice) > 2 else "",
                id=self.name if index == 1 else f"{self.name}-{index}",
                checked=self._chosen(choice[0]),
            )
            for index, choice in enumerate(self.choices, 1)
        ]


@dataclass(frozen=True, kw_only=True)
class Radios(_Choices):
    """One of several choices, `(value, label)` or `(value, label, hint)`."""

    template: ClassVar[str] = "radios"

    inline: bool = False


@dataclass(frozen=True, kw_only=True)
class Select(_Choices):
    """One of many choices."""

    template: ClassVar[str] = "select"


@dataclass(frozen=True, kw_only=True)
class Checkboxes(_Choices):
    """Any of several choices; all have the same name."""

    template: ClassVar[str] = "checkboxes"

    values: Sequence[str] = ()

    def _chosen(self, value: str) -> bool:
        return value in self.values


@dataclass(frozen=True)
class DatePart:
    """One of the three fields of a date."""

    name: str
    part: str
    value: str
    width: int


@dataclass(frozen=True, kw_only=True)
class DateInput(Field):
    """A date in three fields, `name-year`, `name-month`, `name-day`, in the order of the reader's language.

    `value` is ISO text, as far as it was filled in: `2026-03-09`, `2026--`.
    """

    template: ClassVar[str] = "date"

    value: str = ""
    order: Sequence[str] = field(default_factory=lambda: _order())

    @property
    def target(self) -> str:
        return f"{self.name}-{self.order[0]}"

    @property
    def parts(self) -> list[DatePart]:
        """The three fields with what was filled in."""
        values = dict(zip(("year", "month", "day"), [*self.value.split("-"), "", "", ""][:3], strict=True))
        return [DatePart(f"{self.name}-{part}", part, values[part], 4 if part == "year" else 2) for part in self.order]


@dataclass(frozen=True, kw_only=True)
class Rows(Field):
    """The same few lines of text for each of several: `columns` are (name, label, hint), `values` what is there by row.

    Inputs are called `name-1-column`. The row after those that are filled in is shown, the rest on demand.
    """

    template: ClassVar[str] = "rows"

    columns: Sequence[tuple[str, str, str]]
    values: Sequence[Mapping[str, str]] = ()
    most: int = 1

    @property
    def target(self) -> str:
        return f"{self.name}-1-{self.columns[0][0]}"

    @property
    def rows(self) -> list[tuple[int, list[Input], bool]]:
        """Each row with its number, its inputs, and whether it is shown at once."""
        shown = max(1, len(self.values))
        filled = [*self.values, *({} for _row in range(len(self.values), self.most))]
        return [(at, self._inputs(at, row), at <= shown) for at, row in enumerate(filled, 1)]

    def _inputs(self, at: int, row: Mapping[str, str]) -> list[Input]:
        return [
            Input(
                name=f"{self.name}-{at}-{column}",
                label=label,
                hint=hint,
                value=str(row.get(column, "")),
                autocomplete="off",
                width="two-thirds",
            )
            for column, label, hint in self.columns
        ]


def _order() -> tuple[str, str, str]:
    return ("day", "month", "year") if tag() == "en" else ("year", "month", "day")


def whole(written: str) -> int:
    """The whole number that a form or an address names; 0 where it is none, or longer than any that we give."""
    return int(written) if written.isdecimal() and len(written) < 18 else 0


def page_asked(given: Mapping[str, str], *, of: str = "page", most: int = 10_000) -> int:
    """Which page of a list the address asks for: the first where it names none, at most `most`."""
    return max(1, min(whole(given.get(of, "1")), most))


def beside(given: Mapping[str, str], place: int, *, more: bool, of: str = "page", at: str = "") -> dict[str, str]:
    """The addresses of the page before and the page after, as `{% pagination %}` takes them; what else the address asks
    for stays. `at` is where on the page the list is.
    """
    asked = dict(given.items())

    def address(number: int) -> str:
        return f"?{urlencode(asked | {of: number})}{at and f'#{at}'}"

    return {"previous": address(place - 1) if place > 1 else "", "next": address(place + 1) if more else ""}


def posted_date(name: str, posted: Mapping[str, str]) -> str:
    """What the three fields of a date say, as ISO text; empty if all are empty."""
    year, month, day = (posted.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day"))
    if not (year or month or day):
        return ""
    return f"{year}-{month and month.zfill(2)}-{day and day.zfill(2)}"
