# ruff: noqa: E501 — the cases are a table
"""Each kind of fault, tried on a small charter in which nothing else is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest

from tests.charter import small as one
from tests.charter.many import ROWS, many
from tests.charter.reports import MODERATION, reporting
from tests.charter.small import also, changed, small, without
from tests.charter.talk import TALK, binding, surveying, talk_changed, talking
from tests.charter.vote import (
    BALLOT,
    KEEPERS,
    LINSHUI,
    drawing,
    lot_changed,
    lot_noded,
    node,
    noded,
    opening,
    opening_changed,
    vote_changed,
    voting,
)
from zhengtong.charter.charter import inspect
from zhengtong.charter.finding import Finding, kinds
from zhengtong.engines.merkle import COSIGNATURE

TEA, SIGN = "services/tea-licence/", "services/sign-licence/"
TEA_YAML, TEA_FORM, TEA_BPMN, TEA_DMN = (
    TEA + name for name in ("service.yaml", "form.json", "process.bpmn", "rules.dmn")
)
SIGN_YAML, SIGN_FORM = SIGN + "service.yaml", SIGN + "form.json"
RESIDENTS = "{age_from: 16, register: people, born: name, resides: number}"
MEMBERS = "members: {name: {zh-Hans: 会员, en: members}, register: people}"
TALK_BPMN = "services/tea-talk/process.bpmn"
EVENT = "life-events/open-tea-house/"
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Case:
    """A fault, put in by `files`, that has to be told as `code` at a line of `file` that holds `line`."""

    code: str
    sentence: str
    files: Callable[[], dict[str, bytes]]
    file: str
    line: str = ""
    beside: tuple[str, ...] = ()  # what follows from it


def case(code: str, sentence: str, path: str, old: str, new: str, line: str = "", **more: object) -> Case:
    """One thing replaced by another in one file."""
    found = line or new.strip().split("\n")[0]
    return Case(code, sentence, lambda: changed(path, old, new), str(more.pop("file", path)), found, **more)  # type: ignore[arg-type]


def talk(
    code: str, sentence: str, old: str, new: str, *, path: str = TALK, line: str = "", beside: tuple[str, ...] = ()
) -> Case:
    """The same in the charter in which the public takes part."""
    return Case(code, sentence, lambda: talk_changed(path, old, new), TALK, line or new, beside)


def vote(
    code: str, sentence: str, old: str, new: str, *, path: str = TALK, line: str = "", beside: tuple[str, ...] = ()
) -> Case:
    """The same in the charter with a secret ballot."""
    return Case(code, sentence, lambda: vote_changed(path, old, new), TALK, line or new, beside)


def of_members(old: str, new: str) -> dict[str, bytes]:
    """The charter in which members take part, with `old` replaced in their register."""
    files, path = talk_changed(TALK, RESIDENTS, f"{{{MEMBERS}}}"), "registers/people.yaml"
    assert old.encode() in files[path]
    return files | {path: files[path].replace(old.encode(), new.encode(), 1)}


def survey(sentence: str, old: str, new: str, *, path: str = TALK, line: str = "") -> Case:
    """Something that a survey of those whom a service served names, and that there is not."""
    return Case("unknown-reference", sentence, lambda: surveying(path, old, new), path, line or new)


def report(
    code: str, sentence: str, old: str, new: str, *, path: str = TEA_YAML, line: str = "", **more: tuple[str, ...]
) -> Case:
    """The same in the charter with reports that everybody may read."""
    return Case(code, sentence, lambda: reporting(path, old, new), TEA_YAML, line or new, **more)


def together(
    code: str,
    sentence: str,
    *,
    file: str = TEA_YAML,
    line: str = "representatives",
    beside: tuple[str, ...] = (),
    **broken: object,
) -> Case:
    """Something wrong where many apply together and name who speaks for them."""
    return Case(code, sentence, lambda: many(**broken), file, line, beside)


def lot(
    code: str, sentence: str, old: str, new: str, *, path: str = TALK, line: str = "", **more: tuple[str, ...]
) -> Case:
    """The same in the charter with a panel that is drawn by lot."""
    return Case(code, sentence, lambda: lot_changed(path, old, new), TALK, line or new, **more)


def opens(
    code: str,
    sentence: str,
    old: str,
    new: str,
    *,
    path: str = TALK,
    file: str = TALK,
    line: str = "",
    **more: tuple[str, ...],
) -> Case:
    """The same in the charter whose voices can be opened."""
    return Case(code, sentence, lambda: opening_changed(path, old, new), file, line or new, **more)


OFFICES = "[roll/desk, key/desk]"
EMERGENCY = "appeal: appeal\nemergency: {days: 3, legal_basis: [tea-law/1]}"


def _host_limits() -> dict[str, bytes]:
    files = talk_changed(TALK, "appeal: appeal", EMERGENCY)
    return files | {"powers.yaml": files["powers.yaml"].replace(b"answer, open]", b"answer, open, limit]")}


def _laughs() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    return "\n".join(lines)


def _two_offices() -> dict[str, bytes]:
    west = '- code: "990103"\n  name: {zh-Hans: 西区, en: West}\n  level: county\n  parent: "990100"\n'
    office = (
        small()["organisations/tea-office.yaml"]
        .replace(b"990100", b"990103")
        .replace(b"tea-office", b"west-office")
        .replace("茶务局".encode(), "西区茶务局".encode())
        .replace(b"Tea Office", b"West Tea Office")
    )
    east = changed("organisations/tea-office.yaml", "990100", "990102")
    east |= {"organisations/west-office.yaml": office, "regions.yaml": east["regions.yaml"] + west.encode()}
    for service in (TEA_YAML, SIGN_YAML, EVENT + "event.yaml"):
        east[service] = east[service].replace(b'region: "990102"', b'region: "990100"')
    return east


HEARING = """<bpmn:subProcess id="hearing" triggeredByEvent="true"><bpmn:extensionElements>
<zt:text lang="zh-Hans">听证</zt:text><zt:text lang="en">Hearing</zt:text></bpmn:extensionElements>
<bpmn:startEvent id="asked" isInterrupting="false"><bpmn:extensionElements><zt:text lang="zh-Hans">提出</zt:text><zt:text lang="en">Asked for</zt:text></bpmn:extensionElements>
<bpmn:messageEventDefinition messageRef="asked-message"/></bpmn:startEvent>
<bpmn:userTask id="hear"><bpmn:extensionElements><zt:text lang="zh-Hans">听证</zt:text><zt:text lang="en">Hear</zt:text>
<zt:task post="tea/desk" act="hear" clock="P5WD" legalBasis="tea-law/1" special="hearing" apart="decide" outputs="heard:held"/></bpmn:extensionElements></bpmn:userTask>
<bpmn:userTask id="minutes"><bpmn:extensionElements><zt:text lang="zh-Hans">笔录</zt:text><zt:text lang="en">Minutes</zt:text>
<zt:task post="party" act="answer" clock="P5WD" legalBasis="tea-law/1" outputs="minutes:confirmed"/></bpmn:extensionElements></bpmn:userTask>
<bpmn:sequenceFlow id="h1" sourceRef="asked" targetRef="hear"/><bpmn:sequenceFlow id="h2" sourceRef="hear" targetRef="minutes"/></bpmn:subProcess>
</bpmn:process>"""


def _hearing() -> dict[str, bytes]:
    """The same charter, in which whoever wants a licence can be heard first."""
    letters = {f"letters/hearing.{tag}.md": b"# {{ hearing.at }}\n\n{{ hearing.place }}" for tag in ("zh-Hans", "en")}
    edits = {
        TEA_BPMN: [
            ("</bpmn:process>", HEARING),
            ("<bpmn:process id", '<bpmn:message id="asked-message" name="hearing"/><bpmn:process id'),
        ],
        TEA_YAML: [
            (
                "materials:\n",
                "  - {kind: hearing, name: {zh-Hans: 听证, en: Hearing}, limit: P5WD, legal_basis: [tea-law/1]}\nmaterials:\n",
            )
        ],
        "powers.yaml": [("acts: [accept, examine, decide]", "acts: [accept, examine, decide, hear]")],
    }
    files = small() | letters
    for path, pairs in edits.items():
        for old, new in pairs:
            files[path] = files[path].replace(old.encode(), new.encode(), 1)
    return files


def heard(code: str, sentence: str, old: str, new: str, *, line: str = 'id="hear"', file: str = TEA_BPMN) -> Case:
    """One thing of a hearing replaced by another."""
    return Case(
        code,
        sentence,
        lambda: (files := _hearing()) | {TEA_BPMN: files[TEA_BPMN].replace(old.encode(), new.encode())},
        file,
        line,
    )


ORGAN = "organs/tea-licence.yaml"


def bound(
    code: str,
    sentence: str,
    old: str,
    new: str,
    *,
    line: str = "",
    path: str = TALK,
    file: str = TALK,
    beside: tuple[str, ...] = (),
) -> Case:
    """The same in the charter in which signatures bind."""
    return Case(code, sentence, lambda: binding(path, old, new), file, line or new, beside)


def council(code: str, sentence: str, old: str, new: str, *, line: str, file: str = ORGAN) -> Case:
    """The small charter with a council that meets by the procedure of the licence, and one thing of it replaced."""
    organ = "id: tea-licence\nname: {zh-Hans: 茶会, en: Tea council}\nlegal_basis: [tea-law/1]\nchair: tea/desk\nmembers: [tea/desk]\nagenda: accept\nsitting: accept\nminutes: decide\n"
    files = changed("powers.yaml", "acts: [accept, examine, decide]", "acts: [accept, examine, decide, vote]")
    return Case(code, sentence, lambda: files | {ORGAN: organ.replace(old, new).encode()}, file, line)


def _met() -> dict[str, bytes]:
    organ = "id: tea-talk\nname: {zh-Hans: 茶会, en: Tea council}\nlegal_basis: [tea-law/1]\nchair: tea/desk\nagenda: wait\nsitting: respond\nminutes: respond\n"
    files = talking() | {"organs/tea-talk.yaml": organ.encode()}
    return files | {"powers.yaml": files["powers.yaml"].replace(b"answer, open]", b"answer, open, vote]")}


CASES = [
    # how files are written
    case("yaml-syntax", "an unclosed bracket", "charter.yaml", "[zh-Hans, en]", "[zh-Hans, en", line="time_zone"),
    case("duplicate-key", "a key given twice", "charter.yaml", "id: teatown", "id: teatown\nid: b", line="id: b"),
    case("bad-key", "a key that is a list", "themes.yaml", "tea:", "? [a]\n: x\ntea:"),
    case("yaml-tag", "a tag", "charter.yaml", "teatown", "!!python/object:os.system teatown", line="python"),
    Case("too-many-values", "a billion laughs", lambda: also("themes.yaml", _laughs()), "themes.yaml", "a4"),
    Case("too-deep", "a thousand brackets", lambda: also("themes.yaml", "a: " + "[" * 1000), "themes.yaml", "a: ["),
    Case("too-deep", "deep JSON", lambda: also(TEA_FORM, '{"a":' + "[" * 9000), TEA_FORM, "a"),
    case("bad-alias", "a reference into itself", "themes.yaml", "{zh-Hans: 茶", "&t {x: *t, zh-Hans: 茶", line="*t"),
    Case("not-utf-8", "bytes that are no text", lambda: also("themes.yaml", b"tea: \xff"), "themes.yaml", "tea"),
    Case("not-utf-8", "a letter that is no text", lambda: also("letters/rate.en.md", b"# \xff"), "letters/rate.en.md"),
    Case("file-too-large", "a file of three megabytes", lambda: also("themes.yaml", "#" * (3 << 20)), "themes.yaml"),
    case("json-syntax", "a missing comma", TEA_FORM, '"object",', '"object"', line='"properties"'),
    case("bad-number", "an endless number", TEA_FORM, '"maximum": 90', '"maximum": 9e999', line="9e999"),
    case("duplicate-key", "a property given twice", TEA_FORM, '"type": "object",', '"type": "object", "type": "x",'),
    case("xml-syntax", "an unclosed element", TEA_BPMN, "</bpmn:process>", "", line="</bpmn:definitions>"),
    case("xml-entities", "an entity", TEA_BPMN, "<bpmn:def", '<!DOCTYPE x [<!ENTITY a "b">]>\n<bpmn:def', line="DOCTYPE"),
    case("missing-key", "a service without audience", TEA_YAML, "audience: [person]\n", "", line="id: tea-licence"),
    case("unknown-key", "a misspelt key", TEA_YAML, "audience:", "audiense:", beside=("missing-key",)),
    case("wrong-value", "a number where a text belongs", "laws/tea-law.yaml", '"1"', "1", line="article: 1"),
    case("wrong-value", "a limit that is none", TEA_YAML, "P20WD", "20 days"),
    case("wrong-id", "an id that differs from the file", "laws/tea-law.yaml", "id: tea-law", "id: tee-law"),
    case("duplicate-id", "two powers of one id", "powers.yaml", "id: appeal-power", "id: tea-power", beside=("unknown-reference", "post-without-power", "power-held-in-vain")),
    Case("missing-file", "no form", lambda: without(TEA_FORM), TEA_FORM),
    Case("missing-file", "no process", lambda: without(TEA_BPMN), TEA_BPMN),
    Case("missing-file", "no list of powers", lambda: without("powers.yaml"), "powers.yaml"),
    Case("missing-file", "no letter in English", lambda: without("letters/granted.en.md"), "letters/granted.en.md"),
    Case("missing-file", "no certificate template", lambda: without("certificates/standard.typ"), TEA_YAML, "certificate:"),
    Case("no-such-place", "running cases sent to a step that is not there", lambda: also(TEA + "migration.yaml", "legal_basis: [tea-law/1]\nplaces:\n  old: gone\n  older: null\n"), TEA + "migration.yaml", "old: gone"),
    Case("unknown-file", "a misspelt file", lambda: also(TEA + "proces.bpmn", "<x/>"), TEA + "proces.bpmn"),
    # what is named
    case("unknown-reference", "a region that is not there", "organisations/tea-office.yaml", '"990100"', '"990199"', beside=("post-without-power", "rating-followed-up-by-the-rated")),
    case("unknown-reference", "a theme that is not there", TEA_YAML, "themes: [tea]", "themes: [te]"),
    case("unknown-reference", "an element that is not there", TEA_FORM, '"seats",', '"seat",', line='"x-element": "seat"', beside=("questions-differ",)),
    case("unknown-reference", "a field that is not there", TEA_FORM, '"field": "name"', '"field": "nam"', line="x-source"),
    case("unknown-reference", "an appeal that is not there", "charter.yaml", "appeal: appeal", "appeal: appeals", beside=("adverse-without-appeal",)),
    case("unknown-reference", "an owner that is not there", "registers/people.yaml", "owner: overseer", "owner: nobody"),
    case("circle", "an office above itself", "organisations/overseer.yaml", "parent: tea-office", "parent: overseer"),
    case("circle", "regions in a ring", "regions.yaml", "level: city", 'level: city\n  parent: "990102"', line="parent"),
    case("ambiguous-name", "an office called like a function", "organisations/overseer.yaml", "function: oversight", "function: tea-office", line="id: tea-office", file="organisations/tea-office.yaml", beside=("unknown-reference", "unknown-post", "power-held-in-vain", "rating-followed-up-by-the-rated")),
    Case(
        "two-offices-for-one-post",
        "a second office that does the same",
        lambda: also("organisations/b.yaml", small()["organisations/overseer.yaml"].replace(b"id: overseer", b"id: b")),
        "organisations/overseer.yaml",
        "id: duty",
        beside=("names-alike",),
    ),
    # law
    case("no-such-article", "an article that the law lacks", TEA_YAML, "legal_basis: [tea-law/1]", "legal_basis: [tea-law/9]"),
    case("no-such-article", "an article in a form", TEA_FORM, '"tea-law/1"', '"tea-law/9"'),
    case("no-such-article", "an article in rules", TEA_DMN, 'ref="tea-law/1"', 'ref="tee-law/1"'),
    case("article-not-in-force", "an article that has expired", TEA_YAML, "limit_basis: [tea-law/1]", "limit_basis: [tea-law/12-1]"),
    case("missing-legal-basis", "a power without law", "powers.yaml", "  legal_basis: [tea-law/2]\n", "", line="appeal-power"),
    case("missing-legal-basis", "a power with an empty list", "powers.yaml", "[tea-law/2]", "[]", line="legal_basis"),
    case("missing-legal-basis", "a step without law", TEA_BPMN, ' clock="P3WD" legalBasis="tea-law/1"', ' clock="P3WD"', line='id="decide"'),
    case("missing-legal-basis", "silence without law", TEA_BPMN, 'by="silence" legalBasis="tea-law/1"', 'by="silence"', line='id="silent"'),
    case("missing-legal-basis", "a rule without law", TEA_DMN, '<zt:legalBasis ref="tea-law/1"/>\n', "", line='rule id="small"'),
    case("missing-legal-basis", "a question without law", SIGN_FORM, '"tea-law/2"', "", line='"seats"'),
    # texts
    case("text-missing", "no English in YAML", "themes.yaml", ", en: Tea", "", line="tea:"),
    case("text-missing", "an empty Chinese text", TEA_YAML, "{zh-Hans: 平面图", '{zh-Hans: " "', line="name"),
    case("text-missing", "no English in a form", TEA_FORM, '"en": "How many seats?"', '"fr": "?"', line="title"),
    case("text-missing", "no English in a process", TEA_BPMN, '<zt:text lang="en">Decide</zt:text>\n', "", line='id="decide"'),
    case("text-missing", "no Chinese in rules", TEA_DMN, '<zt:text lang="zh-Hans">规模</zt:text>\n', "", line="size_decision"),
    case("text-missing", "an input without words", TEA_DMN, '<zt:text lang="en">Number of seats</zt:text>', "", line="seats_input"),
    # time
    case("promise-too-long", "more working days than the law gives", TEA_YAML, "promised_limit: P10WD", "promised_limit: P21WD"),
    case("promise-too-long", "working days over a long holiday", TEA_YAML, "statutory_limit: P20WD", "statutory_limit: P14D", line="promised_limit"),
    case("promise-too-long", "days against a short month", TEA_YAML, "statutory_limit: P20WD\npromised_limit: P10WD", "statutory_limit: P1M\npromised_limit: P31D", line="promised_limit"),
    case("limit-out-of-bounds", "a limit of centuries", TEA_YAML, "P20WD", "P9999M"),
    case("unknown-special-procedure", "a hearing nobody declared", TEA_BPMN, 'clock="P3WD"', 'clock="P3WD" special="hearing"', line='id="decide"'),
    heard("hearing-without-step", "a hearing declared, and no step of it", 'special="hearing" ', "", file=TEA_YAML, line="kind: hearing"),
    heard("hearing-not-begun", "a hearing that nobody can ask for", 'name="hearing"', 'name="tea-time"'),
    heard("hearing-by-examiner", "whoever decides leads the hearing", ' apart="decide"', ""),
    heard("unknown-step-apart", "apart from a step that is none", 'apart="decide"', 'apart="decid"'),
    heard("hearing-minutes-unread", "minutes that the party never sees", 'post="party" act="answer"', 'post="tea/desk" act="examine"'),
    council("unknown-reference", "a chair that is not there", "chair: tea/desk", "chair: tea/desks", line="chair: tea/desks"),
    council("unknown-reference", "minutes in a step that is none", "minutes: decide", "minutes: decid", line="minutes: decid"),
    council("assembly-without-chair", "a sitting that nobody leads", "sitting: accept", "sitting: rate", line="sitting: rate"),
    Case("assembly-and-round", "a round that is a meeting as well", _met, "organs/tea-talk.yaml", "id: tea-talk"),
    council("member-without-vote", "a member without the power", "[tea/desk]", "[tea/helper]", line="tea/helper"),
    case("step-without-deadline", "no clock", TEA_BPMN, ' clock="P3WD"', "", line='id="decide"'),
    case("bad-limit", "a clock that is no limit", TEA_BPMN, 'clock="P3WD"', 'clock="3 days"', line='id="decide"'),
    case("bad-limit", "a timer in hours", TEA_BPMN, ">P5WD<", ">PT5H<", line='id="late"'),
    case("unknown-country", "a country without calendar", "calendar.yaml", "CN", "QQ"),
    case("unknown-time-zone", "a zone that is none", "charter.yaml", "Asia/Shanghai", "Asia/Teatown"),
    case("day-out-of-bounds", "a decree for the far future", "calendar.yaml", "2026-12-31", "2999-12-31"),
    case("decree-conflict", "a day closed and worked", "calendar.yaml", "2026-03-07:", "2026-03-04:"),
    # steps and powers
    case("step-without-post", "nobody responsible", TEA_BPMN, 'post="tea/desk" act="decide" ', 'act="decide" ', line='id="decide"'),
    case("unknown-post", "a post that is not there", TEA_BPMN, 'post="tea/desk" act="decide"', 'post="tea/desks" act="decide"', line='id="decide"'),
    Case("nobody-competent", "two offices, none of them here", _two_offices, TEA_BPMN, 'id="decide"', beside=("rating-followed-up-by-the-rated",)),
    case("post-without-power", "a post without the power", TEA_BPMN, 'post="tea/desk" act="decide"', 'post="tea/helper" act="decide"', line='id="decide"'),
    case("post-without-power", "a power without the act", "powers.yaml", "acts: [accept, examine, decide]", "acts: [accept, examine]", line='id="decide"', file=TEA_BPMN),
    case("post-without-power", "a power for other matters", "powers.yaml", "[tea-licence, sign-licence, open-tea-house]", "[tea-licence, open-tea-house]", line='id="accept"', file=SIGN + "process.bpmn"),
    case("post-without-power", "a supervisor who may not supervise", "powers.yaml", "acts: [decide, answer, supervise]", "acts: [decide, answer]", line="supervisor", file="charter.yaml"),
    case("power-held-in-vain", "a power of another office", "organisations/tea-office.yaml", "powers: [tea-power]", "powers: [tea-power, appeal-power]", line="appeal-power"),
    case("power-held-in-vain", "acts that the power does not have", "organisations/tea-office.yaml", "powers: [tea-power]", "powers: [tea-power, {power: tea-power, acts: [revoke]}]", line="revoke"),
    case("power-held-in-vain", "a power of another level", "powers.yaml", "holders: [oversight]", "levels: [town]\n  holders: [oversight]", line="powers: [appeal-power]", file="organisations/overseer.yaml", beside=("post-without-power", "rating-followed-up-by-the-rated")),
    case("unknown-reference", "a deputy that is no post of the office", "organisations/tea-office.yaml", "powers: [tea-power]", "powers: [tea-power]\n    deputy: nobody", line="deputy"),
    case("unknown-act", "an act that is none", TEA_BPMN, 'act="decide"', 'act="ponder"', line='id="decide"'),
    case("step-without-outputs", "no outcomes to choose", TEA_BPMN, ' outputs="decision:granted|refused"', "", line='id="decide"', beside=("unknown-fact",)),
    # processes
    case("process-faulty", "an extension that nobody knows", TEA_BPMN, '<zt:decision', '<zt:decicion', line='id="rate"', beside=("unknown-decision",)),
    case("process-cannot-finish", "a step that leads nowhere", TEA_BPMN, 'targetRef="decided"', 'targetRef="decide"', line="<", beside=("process-may-hang",)),
    case("model-unreadable", "a process that is none", TEA_BPMN, "20100524/MODEL", "20100524/DI", line="xml"),
    case("unknown-service", "something the program cannot do", TEA_BPMN, 'name="accept" by', 'name="dance" by', line='id="silent"'),
    case("outcome-missing", "an end without outcome", TEA_BPMN, '<zt:end outcome="granted" adverse="false"/>\n', "", line='id="granted"'),
    case("outcome-missing", "silence that leads nowhere", TEA_BPMN, 'sourceRef="late" targetRef="silent"', 'sourceRef="silent" targetRef="silent"', line='id="late"', beside=("process-cannot-finish",)),
    case("unknown-outcome", "an outcome without words", TEA_BPMN, "granted|refused", "granted|refused|maybe", line='id="decide"'),
    case("unknown-decision", "a decision that the rules lack", TEA_BPMN, 'ref="size"', 'ref="sise"', line='id="rate"'),
    case("unknown-call", "a call of nothing", EVENT + "process.bpmn", 'procedure="sign-licence"', 'procedure="sing-licence"', line='id="sign-licence"', beside=("service-not-called",)),
    case("service-not-called", "a service that is left out", EVENT + "process.bpmn", 'procedure="sign-licence"', 'procedure="tea-licence"', line="service: sign-licence", file=EVENT + "event.yaml"),
    case("call-not-declared", "a call too many", EVENT + "event.yaml", "- service: sign-licence\n    when: seats > 4", "- service: appeal", line='id="sign-licence"', file=EVENT + "process.bpmn", beside=("service-not-called",)),
    Case(
        "call-circle",
        "a service that calls itself",
        lambda: also(SIGN + "process.bpmn", one.event_process(["sign-licence"])),
        SIGN + "process.bpmn",
        beside=("process-cannot-finish",),
    ),
    # rules and conditions
    case("table-gap", "a case that no rule decides", TEA_DMN, "&gt; 20<", "&gt; 30<", line="<"),
    case("table-overlap", "a case that two rules decide", TEA_DMN, "&gt; 20<", "&gt; 10<", line="<"),
    case("rules-faulty", "a name that the decision does not require", TEA_DMN, "<text>seats</text>", "<text>chairs</text>", line="size_decision"),
    case("feel-syntax", "a condition that cannot be read", TEA_BPMN, 'decision = "refused"', "decision = )"),
    case("unknown-fact", "a condition over nothing", TEA_BPMN, 'decision = "refused"', 'decison = "refused"'),
    case("unknown-fact", "a question that looks ahead", TEA_FORM, "seats > 10", "terrace = true"),
    case("unknown-fact", "a certificate of what is not known", TEA_YAML, "fields: [applicant_name, seats]", "fields: [applicant_name, seat]", beside=("promise-not-kept",)),
    case("unknown-fact", "a rule over what is not asked", TEA_DMN, 'name="seats">', 'name="chairs">', line="chairs", beside=("rules-faulty",)),
    case("answer-overwritten", "a step that answers for the applicant", TEA_BPMN, 'into="size"', 'into="seats"', line='id="rate"'),
    case("asks-the-clock", "a condition that depends on the hour", TEA_BPMN, 'decision = "refused"', 'filed_on = today()'),
    case("asks-the-clock", "a rule that depends on the day", TEA_DMN, "<text>seats</text>", "<text>seats + today().day</text>", line="size_decision", beside=("rules-doubtful",)),
    # forms
    case("question-unfit", "a type that the element does not have", SIGN_FORM, '"number"', '"string"', line='"width"'),
    case("question-unfit", "a pattern that is none", SIGN_FORM, '"number"', '"string", "pattern": "("', line='"width"'),
    case("question-unfit", "choices that differ", SIGN_FORM, '"type": "number"', '"type": "string", "enum": ["a"]', line='"width"'),
    case("question-unfit", "a number that is pointed at on a map", SIGN_FORM, '"type": "number"', '"type": "number", "x-map": true', line='"width"'),
    case("question-unfit", "a place on a map without outlines", "services/appeal/form.json", '"type": "string"', '"type": "string", "x-map": true', line='"reason"'),
    case("questions-differ", "one name, two meanings", SIGN_FORM, '"x-element": "seats"', '"x-element": "width"', line='"seats"', beside=("question-unfit",)),
    case("questions-differ", "one meaning, two names", SIGN_FORM, '"seats": {', '"chairs": {', beside=("unknown-reference",)),
    # once only
    case("asks-what-is-known", "a name that the register has", TEA_FORM, '"x-source": {\n    "register": "people",\n    "field": "name"\n   },\n', "", line='"applicant_name"'),
    case("source-of-another-meaning", "a name from the number", TEA_FORM, '"field": "name"', '"field": "number"', line='"applicant_name"'),
    case("source-cannot-answer", "a register of companies for a person", "registers/people.yaml", "subject: person", "subject: enterprise", line='"applicant_name"', file=TEA_FORM, beside=("persons-register-not-of-persons",)),
    case("paper-for-what-is-known", "a copy of the city's own certificate", SIGN_YAML, "    exemption: {step: tea-licence}\n", "", line="id: tea-paper"),
    case("paper-for-what-is-known", "proof of what a register holds", TEA_YAML, "name: {zh-Hans: 平面图", "proves: [person-name]\n    name: {zh-Hans: 平面图", line="id: plan"),
    case("paper-for-what-is-known", "proof by name", TEA_YAML, "{zh-Hans: 平面图", "{zh-Hans: 姓名证明", line="id: plan"),
    case("unknown-reference", "proof of nothing", TEA_YAML, "name: {zh-Hans: 平面图", "proves: [nam]\n    name: {zh-Hans: 平面图", line="proves"),
    case("exemption-unclear", "two reasons at once", SIGN_YAML, "{step: tea-licence}", "{step: tea-licence, register: people}", line="id: tea-paper"),
    case("exemption-without-certificate", "a step that issues nothing", SIGN_YAML, "{step: tea-licence}", "{step: appeal}", line="id: tea-paper"),
    # sharing
    case("read-without-agreement", "a field that nobody may read", "registers/people.yaml", "fields: [number, name]", "fields: [number]", line='"x-source"', file=TEA_FORM),
    case("read-without-agreement", "an agreement that has ended", "registers/people.yaml", "reader: portal", "reader: portal\n    valid_to: 2025-12-31", line='"x-source"', file=TEA_FORM),
    case("exemption-without-agreement", "an office that may not look", "registers/people.yaml", "reader: tea", "reader: oversight", line="exemption", file=TEA_YAML),
    # taking part
    talk("unknown-reference", "a phase during a step that is not there", "step: wait", "step: wat"),
    talk("unknown-reference", "a moderator that there is not", "oversight/duty", "oversight/dty", line="moderator"),
    talk("unknown-reference", "an appeal that is no procedure", "appeal: appeal", "appeal: apeal"),
    talk("unknown-reference", "a field that the register lacks", "born: name", "born: nam"),
    talk("phase-without-host", "a phase during a choice", "step: wait", "step: all"),
    talk("comment-without-time", "comments without a least time", "    at_least: {limit: P30D, legal_basis: [tea-law/1]}\n", "", line="feature: opinions"),
    talk("amendments-without-proposals", "a changed text of an opinion", "    feature: opinions", "    feature: opinions\n    amendments: {decide_in: 7}", line="amendments"),
    bound("unknown-reference", "signatures that bind an assembly that is not there", "organ: tea-licence", "organ: tea-council"),
    bound("unknown-reference", "signatures that bind a post that is not there", "post: tea/desk", "post: tea/nobody"),
    bound("unknown-reference", "a duty followed by a procedure that is not there", "bound_by: tea-duty", "bound_by: tea-deed"),
    bound("unknown-reference", "a promise followed by a procedure that is not there", "procedure: tea-duty", "procedure: tea-deed"),
    bound("wrong-value", "a duty in no time that can be counted", "within: P20WD", "within: soon"),
    bound("duty-without-proposals", "signatures where nothing is signed", "feature: proposals", "feature: statements", line="signatures: 10", beside=("duty-without-proposals",)),
    bound("duty-of-nobody", "an answer that nobody owes", "within: P20WD, post: tea/desk", "within: P20WD"),
    bound("duty-of-nobody", "a debate at a desk", "organ: tea-licence", "post: tea/desk", line="signatures: 30"),
    bound("duty-twice", "two numbers of signatures for one debate", "      - {signatures: 30, to: debate", "      - {signatures: 20, to: debate, within: P30D, organ: tea-licence, legal_basis: [tea-law/1]}\n      - {signatures: 30, to: debate", line="signatures: 30"),
    bound("duty-without-power", "an answer that is due from who may not give it", "within: P20WD, post: tea/desk", "within: P20WD, post: tea/helper"),
    bound("duty-without-case", "signatures that bind to nothing that is followed", "bound_by: tea-duty\n", "", line="phases:"),
    bound("duty-without-case", "a duty whose time is not the one that was given", ' clockFrom="limit"', "", path="services/tea-duty/process.bpmn", line="bound_by", beside=("duty-without-case",)),
    bound("duty-without-case", "a promise that can be put off beyond its last day", "within: P60D, at_most", "within: P900D, at_most", line="promise:"),
    bound("unknown-reference", "a step whose post is a question that nobody asks", 'postFrom="post"', 'postFrom="desk"', path="services/tea-duty/process.bpmn", file="services/tea-duty/process.bpmn", line='id="do"', beside=("duty-without-case",)),
    talk("duty-without-case", "what is adopted has no day", "promise: {procedure: tea-duty, within: P60D, at_most: P365D}\n", "", line="answered_by"),
    talk("comment-time-too-short", "thirty days where the law gives sixty", "limit: P30D", "limit: P60D"),
    talk("survey-leads-nowhere", "a condition on what is asked later", 'when: drinks = "daily"', 'when: later = "daily"', line="id: kind"),
    talk("survey-leads-nowhere", "a condition that cannot be read", 'when: drinks = "daily"', 'when: drinks = (', line="id: kind"),
    Case("survey-without-questions", "a survey that asks nothing", lambda: talk_changed(TALK, "feature: opinions", "feature: survey", survey=False), TALK, "feature: survey"),
    talk("survey-leads-nowhere", "a question asked twice", "id: kind", "id: drinks"),
    talk("participation-without-answer", "an end that asks for no answers", "unanswered = 0", "region = &quot;1&quot;", path=TALK_BPMN, line="answered_by"),
    talk("moderator-of-own-criticism", "the office judges what is said of it", "oversight/duty", "tea/desk", beside=("moderator-without-power",)),
    talk("moderator-without-power", "a moderator without the power", "supervise, moderate]", "supervise]", path="powers.yaml", line="moderator"),
    talk("moderator-for-own-office", "who moderates otherwise sits in the same office", "moderator: oversight/duty", "moderator: oversight/duty\notherwise: [oversight/duty]", line="otherwise"),
    talk("appeal-with-one-judge", "nobody else decides what is about the judge", "tea-talk, appeal]", "tea-talk]", path="powers.yaml", line="appeal: appeal"),
    # reports that everybody reads
    report("reports-without-moderation", "reports that nobody moderates", MODERATION, "\n", line="georeport"),
    report("unknown-reference", "a moderator of reports that there is not", "moderator: tea/desk", "moderator: tea/dsk"),
    report("moderator-without-power", "a moderator of reports without the power", "decide, moderate]", "decide]", path="powers.yaml", line="moderator"),
    report("moderator-for-own-office", "who moderates reports otherwise sits in the same office", "moderator: tea/desk", "moderator: tea/desk\n    otherwise: [tea/desk]", line="otherwise"),
    report("moderator-judges-itself", "the appeal is decided where it was withheld", "moderator: tea/desk", "moderator: oversight/duty", beside=("moderator-without-power",)),
    Case("unknown-letter", "a petitioner who is not told", lambda: reporting(without="letters/report-withheld"), TEA_YAML, "moderation"),
    talk("emergency-by-one", "a round that one officer may limit", "appeal: appeal", EMERGENCY, line="emergency"),
    Case("limited-by-host", "the office that is spoken to limits", _host_limits, TALK, "emergency", ("emergency-by-one",)),
    talk("read-without-agreement", "who may take part is read without an agreement", "reader: agora", "reader: portal", path="registers/people.yaml", line="who"),
    # those who speak for many
    together("representatives-unfit", "representatives by a question that there is not", question="speakers"),
    together("representatives-unfit", "representatives who are a mere number", question="seats"),
    together("representatives-unfit", "representatives whom nobody can reach", columns=("name",)),
    together("representatives-unfit", "representatives whom everybody reads of", public=True, beside=("promise-not-kept",)),
    together("unknown-letter", "a representative who is not told", letter=False),
    together("question-unfit", "rows without an end", file=TEA_FORM, line='"spokesmen"', rows=ROWS | {"maxItems": None}),
    together("question-unfit", "rows that need a column which is none", file=TEA_FORM, line='"spokesmen"', needed=("name", "reach", "age")),
    together("question-unfit", "rows of something that is one value", file=TEA_FORM, line='"spokesmen"', element="terrace"),
    # surveys of those whom a service served
    survey("those served by a question that the form lacks", "service: reason", "service: reson"),
    survey("served since a question that is no day", "since: first", "since: reason"),
    Case("unknown-reference", "served until a day that need not be given", lambda: surveying("services/tea-talk/form.json", '"first",\n  "last"', '"first"'), TALK, "served"),
    survey("a service to choose that there is not", '"x-element": "reason"', '"enum": ["tea-licence", "tee-licence"], "x-enum": [{"value": "tea-licence", "title": {"zh-Hans": "一", "en": "One"}}, {"value": "tee-licence", "title": {"zh-Hans": "二", "en": "Two"}}], "x-element": "reason"', path="services/tea-talk/form.json", line='"reason": {'),
    survey("bad by a question that is not asked", "question: drinks", "question: drinkss"),
    survey("bad by an answer that cannot be given", "answers: [never]", "answers: [nevver]"),
    survey("owing an answer that the office cannot give", "outcome: completed", "outcome: complete"),
    Case("unknown-letter", "those served are asked by no letter", lambda: surveying(letters=False), TALK, "served"),
    # who may take part
    talk("eligibility-unfit", "neither residents nor members take part", RESIDENTS, "{}", line="who:"),
    talk("eligibility-unfit", "an age that no register tells", "register: people, born: name, resides: number", MEMBERS, line="who:"),
    talk("eligibility-unfit", "a region in which nobody can be found to live", RESIDENTS, f'{{regions: ["990102"], {MEMBERS}}}', line="who:"),
    talk("eligibility-unfit", "a register in which nobody knows where people live", ", resides: number", "", line="who:"),
    lot("eligibility-unfit", "members drawn in strata of which their register knows nothing", RESIDENTS, f"{{{MEMBERS}}}", line="who:"),
    talk("eligibility-unfit", "members by a field of which no value is given", RESIDENTS, f"{{{MEMBERS[:-1]}, field: name}}}}", line="who:"),
    talk("unknown-reference", "members of a register that there is not", RESIDENTS, "{members: {name: {zh-Hans: 会员, en: members}, register: clubs}}", line="clubs"),
    talk("unknown-reference", "members by a field that their register has not", RESIDENTS, f"{{{MEMBERS[:-1]}, field: rank, value: full}}}}", line="rank"),
    talk("read-without-agreement", "members by a field that nobody may read for this", RESIDENTS, f"{{{MEMBERS[:-1]}, field: left_on, value: none}}}}", line="left_on"),
    Case("read-without-agreement", "members of a register that nobody may ask", lambda: of_members("    reader: agora\n    fields: [number, name]", "    reader: agora\n    fields: [name]"), TALK, "who:"),
    Case("eligibility-unfit", "members of a register of companies", lambda: of_members("subject: person", "subject: enterprise"), TALK, "who:", ("persons-register-not-of-persons", "source-cannot-answer")),
    # secret ballots
    vote("unknown-reference", "a trustee that there is not", "key/desk", "key/dsk", line="trustees"),
    vote("unknown-reference", "a count in a step that is not there", "counting: publish", "counting: publsh"),
    vote("unknown-reference", "answers from a question that the form lacks", "answers: [{zh-Hans: 好, en: \"Yes\"}, {zh-Hans: 不好, en: \"No\"}]", "answers_from: optns", line="question:"),
    vote("ballot-incomplete", "a ballot that says nothing of its keepers", BALLOT[BALLOT.index("    ballot:"):], "", line="- id: ballot"),
    vote("ballot-incomplete", "a ballot in a phase of opinions", "feature: ballot", "feature: opinions", line="- id: ballot", beside=("comment-without-time",)),
    vote("keepers-not-apart", "the roll is kept by a trustee", "roll: roll/desk", "roll: key/desk", line="trustees", beside=("keeper-without-power",)),
    vote("keepers-not-apart", "the host keeps a key", "[key/desk,", "[tea/desk,", line="trustees", beside=("keeper-without-power",)),
    vote("keepers-not-apart", "one body keeps two keys", "key/desk, oversight/duty", "key/desk, key/desk", line="trustees"),
    Case("unknown-reference", "a trustee at a node that there is not", lambda: noded("{}", trustees="nodes/linshui, oversight/duty"), TALK, "trustees"),
    Case("keepers-not-apart", "one node keeps two keys", lambda: noded(LINSHUI, trustees="nodes/linshui, nodes/linshui"), TALK, "trustees"),
    Case("node-key-unreadable", "a key with a letter left out", lambda: noded(LINSHUI.replace("+AQ", "+A")), "nodes.yaml", "ledger"),
    Case("node-key-unreadable", "the key of a witness", lambda: noded(node(COSIGNATURE)), "nodes.yaml", "ledger"),
    Case("node-key-shared", "one node by two names", lambda: noded(LINSHUI + "\n" + LINSHUI.replace("linshui:", "heping:")), "nodes.yaml", "ledger"),
    Case("node-key-shared", "one key under two names of ledgers", lambda: noded(LINSHUI + "\n" + node(of="heping")), "nodes.yaml", "ledger"),
    vote("ballot-threshold-unfit", "one of two trustees opens the sum", "      questions:", "      threshold: 1\n      questions:", line="threshold"),
    vote("ballot-threshold-unfit", "three of two trustees open the sum", "      questions:", "      threshold: 3\n      questions:", line="threshold"),
    vote("keeper-without-power", "a trustee without the power", "moderate, keep-key]", "moderate]", path="powers.yaml", line="trustees"),
    vote("keeper-without-power", "a trustee whose power ends before the region of the vote", 'level: city\nregion: "990100"', 'level: county\nregion: "990102"', path="organisations/key-office.yaml", line="trustees"),
    vote("ballot-not-awaited", "a vote that begins without keys", ' and (ballot = "ready" or ballot = "counted")', "", path=TALK_BPMN, line="ballot:"),
    vote("ballot-of-few", "a vote of three", "      questions:", "      smallest_electorate: 3\n      questions:", line="smallest_electorate"),
    vote("ballot-question-unfit", "two answers out of two and three", 'en: "No"}]', 'en: "No"}]\n          max: 3', line="question:"),
    # draws by lot
    lot("unknown-reference", "a keeper that there is not", "key/desk", "key/dsk", line="keepers"),
    Case("unknown-reference", "a keeper of a draw at a node that there is not", lambda: lot_noded("nodes/heping, oversight/duty"), TALK, "keepers"),
    Case("keepers-not-apart", "one node keeps two secrets", lambda: lot_noded("nodes/linshui, nodes/linshui"), TALK, "keepers"),
    lot("draw-keepers-unfit", "a draw with a single keeper", "[key/desk, oversight/duty]", "[key/desk]", line="keepers"),
    lot("draw-keepers-unfit", "keepers of a phase of opinions", "feature: sortition", "feature: opinions", line="keepers", beside=("comment-without-time",)),
    lot("keepers-not-apart", "one body keeps two secrets", "key/desk, oversight/duty", "key/desk, key/desk", line="keepers"),
    lot("keepers-not-apart", "the host keeps a secret", "[key/desk,", "[tea/desk,", line="keepers", beside=("keeper-without-power",)),
    lot("keeper-without-power", "a keeper without the power", "keep-key, keep-lot]", "keep-key]", path="powers.yaml", line="keepers"),
    opens("unknown-reference", "a keeper of voices that there is not", OFFICES, "[roll/dsk, key/desk]", line="keepers"),
    opens("opening-of-what-is-secret", "voices of those whom a service served can be opened", "born: name, resides: number}", "born: name, resides: number, served: {service: reason, since: first, until: last}}", line="opening", beside=("unknown-letter", "unknown-reference")),
    Case("opening-of-what-is-secret", "voices of a secret ballot can be opened", lambda: opening() | {TALK: opening()[TALK].replace(b"opening:", BALLOT.lstrip("\n").encode() + b"opening:")}, TALK, "opening", ("keeper-without-power",)),
    opens("opening-keepers-dependent", "one body commands the other", 'region: "990100"', 'region: "990100"\nparent: roll-office', path="organisations/key-office.yaml", line="keepers"),
    opens("opening-keepers-dependent", "who moderates finds out who spoke", OFFICES, "[roll/desk, oversight/duty]", line="keepers", beside=("keeper-without-power",)),
    opens("keepers-not-apart", "one body keeps both keys", OFFICES, "[roll/desk, roll/desk]", line="keepers"),
    opens("keepers-not-apart", "the host opens voices", OFFICES, "[tea/desk, key/desk]", line="keepers", beside=("keeper-without-power",)),
    opens("keeper-without-power", "a keeper that may open nothing", "acts: [open-voice]", "acts: [keep-lot]", path="powers.yaml", line="keepers"),
    Case("unknown-letter", "whose voice was opened is told by no letter", lambda: {name: held for name, held in opening().items() if "voice-opened" not in name}, TALK, "opening"),
    opens("opening-letter-silent", "a letter that does not say how to contest it", " {{ appeal.where }}", "", path="letters/voice-opened.en.md", file="letters/voice-opened.en.md", line="#"),
    lot("drawn-and-not-told", "who is drawn and never told", "    answer_in: 7\n", "", line="feature: sortition"),
    Case("unknown-letter", "who is drawn and told by no letter", lambda: {name: held for name, held in drawing().items() if "panel-drawn" not in name}, TALK, "feature: sortition"),
    lot("unknown-reference", "a share of a region that there is not", "    answer_in: 7", '    shares: {source: {zh-Hans: 统计, en: Census}, people: [{stratum: ["0", "990102"], people: 5}, {stratum: ["0", "990199"], people: 5}]}\n    answer_in: 7', line="990199"),
    lot("unknown-reference", "a share of an age group that there is not", "    answer_in: 7", '    shares: {source: {zh-Hans: 统计, en: Census}, people: [{stratum: ["7", "990102"], people: 5}]}\n    answer_in: 7', line="990102", beside=("panel-shares-unfit",)),
    lot("panel-shares-unfit", "a stratum that is counted twice", "    answer_in: 7", '    ages: [16]\n    shares: {source: {zh-Hans: 统计, en: Census}, people: [{stratum: ["16", "990102"], people: 5}, {stratum: ["16", "990102"], people: 7}]}\n    answer_in: 7', line="shares:"),
    lot("panel-shares-unfit", "an age group that nobody counted", "    answer_in: 7", '    ages: [16, 60]\n    shares: {source: {zh-Hans: 统计, en: Census}, people: [{stratum: ["16", "990102"], people: 5}]}\n    answer_in: 7', line="shares:"),
    lot("panel-shares-unfit", "a region that nobody counted, where people may take part", "    answer_in: 7", '    shares: {source: {zh-Hans: 统计, en: Census}, people: [{stratum: ["0", "990100"], people: 5}]}\n    answer_in: 7', line="shares:"),
    lot("panel-shares-unfit", "a table without anybody", "    answer_in: 7", '    ages: [16]\n    shares: {source: {zh-Hans: 统计, en: Census}, people: [{stratum: ["16", "990102"], people: 0}]}\n    answer_in: 7', line="shares:"),
    lot("draw-by-the-node-alone", "a draw whose seed nobody else has a part in", KEEPERS, "", line="feature: sortition"),
    # who looks, and how long it is kept
    case("persons-register-not-of-persons", "kin by a register of companies", "registers/people.yaml", "subject: person", "subject: enterprise", line="persons: people", file="privacy.yaml", beside=("source-cannot-answer",)),
    case("unwatched-register", "nobody watches who looks at many", "privacy.yaml", "kind: bulk", "kind: no-open-case", line="sharing", file="registers/people.yaml"),
    case("kept-for-ever", "a register of people without an end", "registers/people.yaml", "retention: {after: left_on, keep: P60M, legal_basis: [tea-law/1]}\n", "", line="fields"),
    case("kept-from-no-date", "counted from a name", "registers/people.yaml", "retention: {after: left_on", "retention: {after: name", line="retention"),
    case("kept-from-no-date", "a time that begins with nothing", "registers/people.yaml", "retention: {after: left_on, ", "retention: {", line="retention"),
    case("kept-for-ever", "drafts without an end", "privacy.yaml", "  - {what: draft, keep: P90D, legal_basis: [tea-law/1]}\n", "", line="retention"),
    # four eyes
    case("nobody-to-confirm", "two officers, but one post that may", "charter.yaml", "bad_rating: bad-rating", "bad_rating: bad-rating\nfour_eyes:\n  - {act: enact, legal_basis: [tea-law/1]}", line="act: enact"),
    # ratings
    case("rating-followed-up-by-the-rated", "an office that alone answers those who rate it badly", "organisations/tea-office.yaml", "    powers: [rating-power]\n", "", line='id="do"', file="services/bad-rating/process.bpmn"),
    # skills
    case("unknown-reference", "a skill that nobody named", "organisations/tea-office.yaml", "powers: [tea-power]", "powers: [tea-power]\n    skills: [tasting]", line="tasting"),
    case("unknown-reference", "a step that asks for a skill its post does not have", TEA_BPMN, 'act="decide"', 'act="decide" skill="tasting"', line="decide"),
    # remedies
    case("adverse-without-appeal", "an appeal without a time", "services/appeal/service.yaml", "within: P60D\n", "", line="id: tea-licence", file=TEA_YAML),
    case("adverse-without-appeal", "an appeal about something else", TEA_YAML, "themes: [tea]", "themes: [tea]\nappeal: tea-licence", line="appeal"),
    case("adverse-not-marked", "a refusal drawn as harmless", TEA_BPMN, 'outcome="refused" adverse="true"', 'outcome="refused" adverse="false"', line='id="refused"'),
    case("unanswered-in-no-outcome", "a correction that ends in what nobody can say", TEA_YAML, "limit: P5WD\n    legal_basis: [tea-law/1]", "limit: P5WD\n    legal_basis: [tea-law/1]\n    unanswered: dropped", line="unanswered"),
    case("content-of-no-outcome", "what an answer has to say that nobody can give", TEA_YAML, "nature: licence", "nature: licence\ncontents:\n  - {outcomes: [not-ours], name: whose, title: {zh-Hans: 谁负责, en: Whose}, legal_basis: [tea-law/1]}", line="outcomes: [not-ours]"),
    case("answer-without-ground", "an answer to a request for information without its article", TEA_YAML, "nature: licence", "nature: information", line="id: tea-licence", beside=("answers-not-told-apart",)),
    case("answers-not-told-apart", "a request for information of whose answers nobody knows which disclose", TEA_YAML, "nature: licence", "nature: information\ngrounds: [{outcome: granted, legal_basis: [tea-law/1]}, {outcome: refused, legal_basis: [tea-law/1]}]", line="id: tea-licence"),
    case("answers-not-told-apart", "an answer that discloses, which no step gives", TEA_YAML, "nature: licence", "nature: information\ngrounds: [{outcome: granted, legal_basis: [tea-law/1]}, {outcome: refused, legal_basis: [tea-law/1]}]\ndisclosing: {in_full: granted, in_part: partly}", line="disclosing"),
    case("answers-not-told-apart", "an answer that need not say where it is had", TEA_YAML, "nature: licence", "nature: information\ngrounds: [{outcome: granted, legal_basis: [tea-law/1]}, {outcome: refused, legal_basis: [tea-law/1]}]\ndisclosing: {in_full: granted, in_part: refused, elsewhere: [granted]}", line="disclosing"),
    case("solved-by-its-own-judge", "an office that can find its own work solved", TEA_YAML, "themes: [tea]", "themes: [tea]\nsolved: {procedure: appeal, legal_basis: [tea-law/1]}", line='id="do"', file="services/appeal/process.bpmn"),
    # letters
    case("unknown-letter-field", "a field that is not there", "letters/refused.en.md", "{{ party.name }}", "{{ party.nam }}"),
    case("letter-without-subject", "no subject", "letters/rate.en.md", "# ", "", line="rate"),
    case("letter-without-remedy", "a refusal without remedy", "letters/refused.en.md", "{{ appeal.where }}", "", line="#"),
    Case("unknown-letter", "others are told by no letter", lambda: (files := _hearing()) | {TEA_YAML: files[TEA_YAML].replace(b"kind: hearing,", b"kind: hearing, interested: P5WD,")}, TEA_YAML, "kind: hearing"),
    Case("unknown-letter", "a third party is asked by no letter", lambda: (files := _hearing()) | {TEA_YAML: files[TEA_YAML].replace(b"kind: hearing,", b"kind: consultation,").replace(b"nature: licence", b"nature: information")}, TEA_YAML, "kind: consultation", ("answer-without-ground", "answers-not-told-apart", "unknown-special-procedure")),
    case("unknown-letter", "what is decided of a recusal is told by no letter", "charter.yaml", "bad_rating: bad-rating", "bad_rating: bad-rating\nrecusal: {limit: P3WD, legal_basis: [tea-law/1]}", line="recusal"),
    case("licensing-delegated-to-any", "a licence handed on within the office", "powers.yaml", "  holders: [tea]\n", "  holders: [tea]\n  delegation: {legal_basis: [tea-law/1]}\n", line="delegation"),
    case("name-in-strange-letters", "an office with a Cyrillic letter", "organisations/tea-office.yaml", "name: {zh-Hans: 茶务局, en: Tea Office}", "name: {zh-Hans: 茶务局, en: Te\u0430 Office}"),
    case("name-in-strange-letters", "a Greek letter in a Chinese name", "organisations/tea-office.yaml", "name: {zh-Hans: 茶务局,", "name: {zh-Hans: 茶务\u0391局,"),
    case("names-alike", "two offices that only look different", "organisations/overseer.yaml", "name: {zh-Hans: 监督办, en: Overseer}", "name: {zh-Hans: 监督办, en: Tea 0ffice}", line="name:", file="organisations/tea-office.yaml"),
    case("names-alike", "the same sign in another width", "organisations/overseer.yaml", "name: {zh-Hans: 监督办, en: Overseer}", "name: {zh-Hans: 监督办, en: Ｔｅａ Office}", line="name:", file="organisations/tea-office.yaml"),
    case("unknown-letter", "a letter that is not there", TEA_BPMN, '<zt:service name="accept" by="silence" legalBasis="tea-law/1"/>', '<zt:service name="letter" letter="hello"/>', line='id="silent"'),
    # promises of the implementation list
    case("promise-not-kept", "silence that is consent, but is not drawn", TEA_YAML, "themes: [tea]", "themes: [tea]\ntacit_approval: true", line="tacit"),
    case("promise-not-kept", "a fee that is nowhere", TEA_YAML, "themes: [tea]", "themes: [tea]\ncharged: true", line="charged"),
    case("promise-not-kept", "a paper for later without a day", TEA_YAML, "    exemption: {register: people}\n", "    necessity: later\ntolerates_missing: true\n", line="necessity"),
]  # fmt: skip


@pytest.mark.parametrize("files", [small, talking, surveying, voting, drawing, reporting])
def test_the_small_charter_has_no_fault(files):
    charter, findings = inspect(files(), on=TODAY)
    assert findings == []
    assert charter


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.sentence}")
def test_it_is_told_where_it_stands(case):
    files, findings = _judged(case)
    told = [(each.code, each.file, _line(files, each.file, each.line)) for each in findings]
    assert any(code == case.code and file == case.file and case.line in line for code, file, line in told), told
    assert {each.code for each in findings} <= {case.code, *case.beside}, told


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.sentence}")
def test_it_says_what_why_and_how_to_mend_in_both_languages(case):
    _, findings = _judged(case)
    for finding in findings:
        for text in (finding.message, finding.why, finding.mend):
            assert all(text[tongue].strip() for tongue in one.TONGUES)
            assert not re.search(r"\{[a-z_]+\}", text["en"])


def test_every_kind_of_fault_is_tried():
    elsewhere = {"no-charter", "not-a-file", "too-many-files"}  # of folders, see test_folder
    doubts = {"process-may-hang", "rules-doubtful"}  # told by the engines, whose tests have them
    assert {each.code for each in kinds()} - elsewhere - doubts == {case.code for case in CASES}


def test_a_charter_with_a_hearing_as_it_should_be_has_no_fault():
    assert [str(each) for each in inspect(_hearing(), on=TODAY)[1]] == []


def test_a_charter_in_which_many_name_who_speaks_for_them_has_no_fault():
    assert [str(each) for each in inspect(many(), on=TODAY)[1]] == []


def test_a_table_of_shares_counts_the_regions_of_who_may_take_part_and_no_others():
    table = '    shares: {source: {zh-Hans: 统计, en: Census}, people: [{stratum: ["0", "990103"], people: 5}]}\n'
    files = lot_changed(TALK, "    answer_in: 7\n", table + "    answer_in: 7\n")
    west = '- code: "990103"\n  name: {zh-Hans: 西区, en: West}\n  level: county\n  parent: "990100"\n'
    files["regions.yaml"] += west.encode()
    (left_out,) = inspect(files, on=TODAY)[1]
    assert "“990102”" in left_out.message["en"]
    files[TALK] = files[TALK].replace(b"age_from: 16,", b'age_from: 16, regions: ["990103"],')
    assert inspect(files, on=TODAY)[1] == []


@cache
def _judged(case: Case) -> tuple[dict[str, bytes], list[Finding]]:
    files = case.files()
    return files, inspect(files, on=TODAY)[1]


def _line(files: dict[str, bytes], file: str, line: int) -> str:
    lines = files.get(file, b"").decode(errors="replace").split("\n")
    return lines[line - 1] if line <= len(lines) else ""
