"""Decisions that touch nothing: who may take part, what is shown at once, what a voice is called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from unicodedata import category, normalize

from zhengtong.charter.model import Eligibility, Members, Phase, Rate
from zhengtong.common.text import Text, text

MOST = 4000  # characters of a contribution
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


def why_not(who: Eligibility, *, born: date, region: str, on: date, within: Callable[[str, str], bool]) -> Text | None:
    """Why somebody may not take part; None if they may. `within(region, area)` says whether one lies in the other."""
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if age < who.age_from:
        return text(f"须年满 {who.age_from} 周岁", f"one has to be {who.age_from} or over")
    if who.regions and not any(within(region, area) for area in who.regions):
        return text("居住地不在参与范围内", "one has to live in the area that it is about")
    return None


def why_no_member(members: Members, told: Mapping[str, object] | None) -> Text | None:
    """Why somebody is not among the members; None if they are. `told`: what their register says of them, if it knows
    them.
    """
    if told is not None and (not members.field or told[members.field] == members.value):
        return None
    return text("只有{members}可以参与", "only {members} can take part").format(members=members.name)


def cleaned(said: str) -> str:
    """What somebody wrote, without what deceives the eye: control signs, changes of direction, endless blanks."""
    kept = "".join(
        sign for sign in normalize("NFC", said) if sign in "\n\t" or category(sign) not in {"Cc", "Cs", "Co"}
    )
    lines = [" ".join(line.translate(dict.fromkeys(map(ord, _BIDI))).split()) for line in kept.splitlines()]
    return "\n".join(lines).strip()


def shown_on(rate: Rate, latest: Sequence[date], *, today: date) -> date:
    """From which day a contribution is shown: today, or the first day on which the rate leaves room.

    `latest` are the days from which the same voice's contributions before it are shown, the last first: as many as the
    rate allows at once, or all that there are.
    """
    if len(latest) < rate.number:
        return today
    return max(today, latest[rate.number - 1] + timedelta(days=rate.days))


def sponsors_of(phase: Phase) -> int:
    """How many others than its author sign a contribution before it is shown to all."""
    return phase.sponsors if phase.feature == "proposals" else 0


def has_sponsors(phase: Phase, signed: int) -> bool:
    """Whether it has them."""
    return signed >= sponsors_of(phase)


def binds(phase: Phase, signed: int) -> bool:
    """Whether so many have signed that the office has to answer this one by itself."""
    return phase.threshold > 0 and signed >= phase.threshold


def token_hash(token: bytes) -> bytes:
    """By what a token is known once it has been shown."""
    return sha256(b"voice\0" + token).digest()


def names_of(token: bytes) -> Iterator[str]:
    """Names under which a voice may speak, always the same for a token, and they tell nothing. Each begins with the one
    before it: among a hundred thousand voices some five have the nine digits of another, and take the next.
    """
    digits = str(int.from_bytes(sha256(b"name\0" + token).digest()) % 10**15).zfill(15)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return ("-".join(groups[:many]) for many in range(3, len(groups) + 1))


def paragraphs(draft: str) -> list[str]:
    """The paragraphs of a draft, as people comment on them."""
    return [each.strip() for each in draft.replace("\r\n", "\n").split("\n\n") if each.strip()]
