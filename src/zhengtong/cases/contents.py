"""What a decision has to say in its outcome, as the law demands: asked for apart, checked, told before the reasons."""

from collections.abc import Mapping, Sequence
from datetime import date

from zhengtong.cases.content_errors import ContentMissing, NotAContent
from zhengtong.cases.law import charter_of, procedure_of
from zhengtong.cases.models import Case
from zhengtong.charter.model import OutcomeContent, Procedure
from zhengtong.common.text import Text


def contents_of(case: Case, output: str) -> Sequence[OutcomeContent]:
    """What the charter of the case asks for in this outcome."""
    listed = procedure_of(case)
    return listed.contents_of(output) if isinstance(listed, Procedure) else []


def with_contents(case: Case, output: str, given: Mapping[str, str], reasons: str) -> str:
    """The reasons, with everything that was said before them, in the language of the case.

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
    sign = "：" if case.language.startswith("zh") else ": "
    lines = [f"{each.title.in_(case.language)}{sign}{said[each.name]}" for each in asked if said[each.name]]
    return "\n\n".join([*lines, *([reasons] if reasons.strip() else [])]) if lines else reasons


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
