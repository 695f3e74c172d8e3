"""What a decision has to say in its outcome, as the law demands: asked for apart, checked, kept as data, and told
before the reasons.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zhengtong.cases.content_errors import ContentMissing, NotAContent
from zhengtong.cases.law import charter_of, procedure_of
from zhengtong.cases.models import Case, Decision
from zhengtong.charter.model import OutcomeContent, Procedure
from zhengtong.common.text import Text

Content = Mapping[str, Any]
"""One thing that a decision says: its `name` in the charter, what it is called (`title`), and what was `said`."""


def contents_of(case: Case, output: str) -> Sequence[OutcomeContent]:
    """What the charter of the case asks for in this outcome."""
    listed = procedure_of(case)
    return listed.contents_of(output) if isinstance(listed, Procedure) else []


def checked_contents(case: Case, output: str, given: Mapping[str, str]) -> list[Content]:
    """What was said of everything that is asked, with what it is called.

    Raises `ContentMissing` for what is due and blank, or no date where one is due; `NotAContent` for what is not asked.
    """
    asked = contents_of(case, output)
    unknown = set(given) - {each.name for each in asked}
    if unknown:
        raise NotAContent(name=sorted(unknown)[0])
    said = {each.name: given.get(each.name, "").strip() for each in asked}
    wrong = [each for each in asked if not _fits(each, said[each.name])]
    if wrong:
        charter = charter_of(case)
        basis = dict.fromkeys(ref for each in wrong for ref in each.legal_basis)
        raise ContentMissing(
            contents=_joined([each.title for each in wrong]), basis=_joined([charter.cite(ref) for ref in basis])
        )
    return [{"name": each.name, "title": each.title, "said": said[each.name]} for each in asked if said[each.name]]


def require_still(case: Case, output: str, contents: Sequence[Content]) -> None:
    """Ask again before what was said is taken for good: the law of the case may have changed since."""
    checked_contents(case, output, {each["name"]: each["said"] for each in contents})


def wording(contents: Sequence[Content], reasons: str, language: str) -> str:
    """All of a decision in words, in one language: what it has to say, then its reasons."""
    sign = "：" if language.startswith("zh") else ": "
    lines = [f"{Text(each['title']).in_(language)}{sign}{each['said']}" for each in contents]
    return "\n\n".join([*lines, *([reasons] if reasons.strip() else [])]) if lines else reasons


def worded(decision: Decision) -> str:
    """The same of one that was made, in the language of its case."""
    return wording(decision.contents, decision.reasons, decision.case.language)


def _fits(asked: OutcomeContent, said: str) -> bool:
    return not asked.required if not said else asked.kind == "text" or _is_date(said)


def _is_date(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def _joined(texts: Sequence[Text]) -> Text:
    signs = {"zh-Hans": "、", "en": "; "}
    return Text({tag: sign.join(each.in_(tag) for each in texts) for tag, sign in signs.items()})
