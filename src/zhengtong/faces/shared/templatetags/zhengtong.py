"""Tags and filters of every face: texts and days in the reader's language, citations, lights, parts of a form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from markdown_it import MarkdownIt

from zhengtong.charter.charter import Charter
from zhengtong.faces.shared import components, language

register = template.Library()

register.filter("l", language.local)
register.filter("day", language.day)
register.filter("weekday", language.weekday)
register.filter("moment", language.moment)
register.filter("money", language.money)
register.filter("limit", language.limit)
register.simple_tag(language.between, name="between")
register.simple_tag(language.gap, name="gap")
register.simple_block_tag(language.brackets, name="brackets")

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")

LIGHTS = {
    "green": ("●", _("On time")),
    "yellow": ("▲", _("Due soon")),
    "red": ("■", _("Late")),
    "stopped": ("‖", _("Clock stopped")),
    "closed": ("✓", _("Closed")),
}


@register.simple_tag
def light(state: str) -> SafeString:
    """The light of a case or a task: a sign and a word, never the colour alone."""
    sign, word = LIGHTS[state]
    return render_to_string("components/light.html", {"state": state, "sign": sign, "word": gettext(word)})


@register.simple_tag(takes_context=True)
def cite(context: Mapping[str, Any], basis: str, charter: Charter | None = None) -> SafeString:
    """A legal basis as a link to its wording; `charter` is the case's, else the one in force today."""
    law, article = basis.split("/")
    told = language.local((charter or context["charter"]).cite(basis))
    return format_html('<a class="govuk-link" href="{}#article-{}">{}</a>', reverse("law", args=[law]), article, told)


@register.simple_tag(takes_context=True)
def cites(context: Mapping[str, Any], bases: Iterable[str], charter: Charter | None = None) -> SafeString:
    """Several legal bases, one after another."""
    return mark_safe(language.between(";").join(cite(context, basis, charter) for basis in bases))  # noqa: S308 parts are escaped


def _part(kind: Callable[..., components.Field]) -> Callable[..., components.Field]:
    def tag(name: str, **options: Any) -> components.Field:
        told = {key: language.local(value) if key in _TOLD else value for key, value in options.items()}
        return kind(name=name, **told)

    return tag


_TOLD = {"label", "hint", "error"}
for _name, _kind in {
    "input": components.Input,
    "textarea": components.Textarea,
    "upload": components.Upload,
    "radios": components.Radios,
    "checkboxes": components.Checkboxes,
    "select": components.Select,
    "dateinput": components.DateInput,
}.items():
    register.simple_tag(_part(_kind), name=_name)


@register.simple_tag
def button(label: str, kind: str = "", href: str = "", name: str = "", value: str = "") -> SafeString:
    """A button that cannot be pressed twice in a row; with `href` a link that looks like one."""
    return render_to_string(
        "components/button.html", {"label": label, "kind": kind, "href": href, "name": name, "value": value}
    )


@register.simple_tag
def error_summary(errors: Mapping[str, Any] | Iterable[components.Field] | None) -> SafeString:
    """The summary on top of a form: `{name: text}`, or fields that know their own errors. `""` leads nowhere."""
    if isinstance(errors, Mapping):
        rows = [(name, language.local(error)) for name, error in errors.items() if error]
    else:
        rows = [(field.target, field.error) for field in errors or () if field.error]
    return render_to_string("components/error_summary.html", {"errors": rows})


@register.simple_tag
def pagination(previous: str = "", next: str = "") -> SafeString:
    """Links to the page before and the page after."""
    return render_to_string("components/pagination.html", {"previous": previous, "next": next})


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """Text that opens on demand."""
    return render_to_string("components/details.html", {"summary": summary, "content": content})


@register.simple_block_tag
def banner(content: str, title: str, success: bool = False) -> SafeString:
    """A notice on top of a page."""
    return render_to_string("components/banner.html", {"title": title, "success": success, "content": content})


@register.filter
def of(name: str, values: Mapping[str, Any]) -> Any:
    """The value of a mapping for a name that is only known in the page; nothing where there is none."""
    return values.get(name, "")


@register.filter
def spoken(values: Mapping[str, Any]) -> Any:
    """Of what is told in each language, the reader's."""
    return values.get(language.tag(), ())


@register.filter
def beside(values: Sequence[Any], headings: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each value of a row with the heading of its column."""
    return list(zip(headings, values, strict=True))


@register.filter
def markdown(source: str) -> SafeString:
    """A letter as a page: Markdown without HTML or pictures; what people wrote into it cannot become markup."""
    return mark_safe(str(_MARKDOWN.render(source)))  # noqa: S308 HTML is off, the rest is escaped
