"""Tags of the portal: what a charter says of a service, in the reader's words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from zhengtong.cases.queries.case_view import DecisionView
from zhengtong.charter.charter import Charter
from zhengtong.charter.compile import CompiledMaterial
from zhengtong.faces.shared import language
from zhengtong.faces.shared.templatetags.zhengtong import cite

register = template.Library()

KINDS = {  # 事项类型, by the codes of the national catalogue
    "01": _("Administrative licence"),
    "02": _("Administrative penalty"),
    "03": _("Administrative coercion"),
    "04": _("Administrative levy"),
    "05": _("Administrative benefit"),
    "06": _("Administrative inspection"),
    "07": _("Administrative confirmation"),
    "08": _("Administrative award"),
    "09": _("Administrative ruling"),
    "10": _("Other administrative power"),
    "20": _("Public service"),
}

Context = Mapping[str, Any]
_REF = re.compile(r"\b[a-z]+(?:-[a-z]+)*/[0-9]+(?:-[0-9]+)?\b")


@register.simple_tag
def kind(code: str) -> str:
    """The kind of a service in words."""
    return gettext(KINDS[code])


@register.simple_tag(takes_context=True)
def named(context: Context, procedures: Iterable[str]) -> str:
    """The names of several services."""
    return language.between().join(language.local(context["charter"].listed(each).name) for each in procedures)


@register.simple_tag(takes_context=True, name="register")
def register_name(context: Context, register_id: str) -> str:
    """The name of a register."""
    return language.local(context["charter"].registers[register_id].name)


@register.simple_tag(takes_context=True)
def supplied(context: Context, material: CompiledMaterial) -> str:
    """Why a document need not be handed in."""
    exemption, charter = material.material.exemption, context["charter"]
    if exemption is None:
        return ""
    if exemption.register_id:
        name = language.local(charter.registers[exemption.register_id].name)
        return gettext("The %(register)s says it.") % {"register": name}
    result = language.local(charter.procedures[exemption.certificate or exemption.step].name)
    if exemption.certificate:
        return gettext("Your electronic certificate says it, if you hold one: %(service)s.") % {"service": result}
    return gettext("It results from this same application: %(service)s.") % {"service": result}


@register.simple_tag(takes_context=True)
def article(context: Context, basis: str) -> SafeString:
    """A legal basis with its wording."""
    found = context["charter"].article(basis)
    wording = language.local(found.wording) if found else ""
    return format_html(
        '<div class="zt-article"><p class="govuk-body"><strong>{}</strong></p><p class="govuk-body">{}</p></div>',
        cite(context, basis),
        wording,
    )


@register.simple_tag
def rule_lines(decided: DecisionView, charter: Charter) -> list[str]:
    """The rules that took part in a decision, in words; the engine names articles as the charter does, people cite."""
    lines = dict.fromkeys(decided.sentences.get(language.tag(), []))  # a decision that others need is told once
    return [_REF.sub(lambda ref: language.local(charter.cite(ref[0])), line) for line in lines]
