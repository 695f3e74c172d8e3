"""Who moderates what: nobody what is about their own office or about themselves; the charter names who does instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhengtong.agora.models import Contribution
from zhengtong.agora.moderation.errors import ModeratesItself, NotTheModerator
from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.moderation.moderated import Moderated
from zhengtong.charter.charter import Charter
from zhengtong.charter.errors import NoCompetentPost
from zhengtong.charter.model import Organisation
from zhengtong.common.text import text
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person
from zhengtong.people.wording import competent_told


@dataclass(frozen=True)
class Words:
    """What somebody said elsewhere than in a round, as far as it is asked whom it is about."""

    text: str
    addressed: str = ""


NOBODY = text("无（各审核机构都应当回避）", "nobody, since each of them is spoken of")


def speaks_of(said: str, office: Organisation) -> bool:
    """Whether a text names an office: by its name, its short name, or what people call it."""
    plain = _plain(said)
    return any(_plain(name) in plain for name in (*office.name.values(), *office.short.values(), *office.called))


def _plain(written: str) -> str:
    """Without blanks, signs and capitals, which hide a name from a machine and not from a reader."""
    return "".join(sign for sign in written.casefold() if sign.isalnum())


def concerned(charter: Charter, found: Contribution | Words, offices: Iterable[str]) -> frozenset[str]:
    """Those of these offices that a contribution is addressed to, or speaks of."""
    return frozenset(
        each for each in offices if each == found.addressed or speaks_of(found.text, charter.organisations[each])
    )


def moderators(round_: Moderated, on: date) -> list[str]:
    """The posts that moderate a round, in the order of the charter."""
    declared, region = round_.declared, round_.case.region
    posts = []
    for ref in (declared.moderator, *declared.otherwise):
        try:
            posts.append(round_.charter.competent(ref, region, on))
        except NoCompetentPost:
            continue
    return posts


def moderator_of(round_: Moderated, found: Contribution | Words, on: date) -> str | None:
    """The post that moderates this contribution: the first whose office it is not about; None if there is none."""
    posts = moderators(round_, on)
    about = concerned(round_.charter, found, {_office(post) for post in posts})
    return next((post for post in posts if _office(post) not in about), None)


def require_unconcerned(round_: Moderated, found: Contribution | Words, *, by: Actor, on: date) -> None:
    """ModeratesItself where it is about the moderator or their office, NotTheModerator where it is another's turn."""
    who = moderator_of(round_, found, on)
    told = competent_told(round_.charter, [who]) if who else NOBODY
    if concerned(round_.charter, found, {_office(by.post)}) or (by.person and names(found, by.person)):
        raise ModeratesItself(who=told)
    if by.post != who and by.post in moderators(round_, on):
        raise NotTheModerator(who=told)


def kept_from_appeal(charter: Charter, measure: Measure) -> frozenset[str]:
    """The offices that do not judge a measure: which took it, and those that the words are addressed to or speak of."""
    return concerned(charter, words_of(measure), charter.organisations) | {_office(measure.post)}


def words_of(measure: Measure) -> Contribution | Words:
    """What a measure took away; nothing, where it is public again or was erased."""
    kept = getattr(measure, "kept", None)
    return measure.contribution or Words(kept.words if kept else "")


def names(found: Contribution | Words, person: Person) -> bool:
    """Whether a text names somebody."""
    return _plain(person.name) in _plain(found.text)


def _office(post: str) -> str:
    return post.partition("/")[0]
