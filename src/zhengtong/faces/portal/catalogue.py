"""Finding a service: by words in Chinese or English, by life event, by audience, by theme.

Chinese has no blanks between words, so its texts are cut into pairs of signs (bigrams), which finds two-sign words
that a trigram index misses. The index holds both languages, whatever the reader's is.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import LifeEvent, Procedure

Listing = Procedure | LifeEvent

AUDIENCES = ("person", "enterprise", "association")
_WEIGHTS = {"name": 6.0, "keywords": 4.0, "summary": 2.0, "around": 1.0}
_CJK = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY_WORDS = frozenset(
    {"a", "an", "and", "apply", "for", "get", "how", "i", "in", "my", "of", "on", "or", "the", "to", "want", "with"}
)
_EMPTY_PHRASES = re.compile("请问|我想|我要|想要|怎么|怎样|如何|在哪里?|办理|申请|一下|[吗呢？?的]")
_EVENT_FIRST = 1.25  # one application that does all is what people look for
_ENOUGH = 0.4  # of what was asked must be found


@dataclass(frozen=True)
class Hit:
    """One result: the listing and how well it fits."""

    listing: Listing
    score: float


def listings(charter: Charter, *, on: date) -> list[Listing]:
    """What anyone can apply for on that day: life events first, then services, each by the order of the charter."""
    return [each for each in charter.all_listed() if each.on_request and _open(each, on)]


def _open(listing: Listing, on: date) -> bool:
    dated = (listing.effective_from is None or listing.effective_from <= on) and (
        listing.effective_to is None or on <= listing.effective_to
    )
    return dated and (isinstance(listing, LifeEvent) or listing.state == "in-force")


def search(charter: Charter, words: str, *, on: date) -> list[Hit]:
    """The listings that fit, the best first."""
    asked = list(dict.fromkeys(tokens(_EMPTY_PHRASES.sub(" ", words)) or tokens(words)))
    index = _index(charter)
    pages = [(listing, index[listing.id]) for listing in listings(charter, on=on)]
    rarity = {token: _rarity(token, [page for _listing, page in pages]) for token in asked}
    most = sum(rarity.values())
    hits = [Hit(listing, _score(listing, page, rarity, most, words)) for listing, page in pages]
    return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: -hit.score)


def tokens(text: str) -> list[str]:
    """Pairs of Chinese signs, a lone sign by itself, and Latin words without plural endings."""
    lowered = text.lower()
    signs = [run[at : at + 2] for run in _CJK.findall(lowered) for at in range(max(1, len(run) - 1))]
    return signs + [_stem(word) for word in _WORD.findall(lowered) if word not in _EMPTY_WORDS]


def _stem(word: str) -> str:
    word = word.replace("license", "licence")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=4)
def _index(charter: Charter) -> dict[str, dict[str, float]]:
    return {listing.id: _page(charter, listing) for listing in charter.all_listed()}


def _page(charter: Charter, listing: Listing) -> dict[str, float]:
    """What a listing can be found by, and how much each token says."""
    weights: dict[str, float] = {}
    for field, texts in _texts(charter, listing).items():
        for token in _indexed(texts):
            weights[token] = max(weights.get(token, 0), _WEIGHTS[field])
    return weights


def _texts(charter: Charter, listing: Listing) -> dict[str, list[str]]:
    themes = [wording for theme in listing.themes for wording in charter.themes[theme].values()]
    parts = (
        [charter.procedures[part.service].name for part in listing.services] if isinstance(listing, LifeEvent) else []
    )
    return {
        "name": [*listing.name.values(), listing.id.replace("-", " ")],
        "keywords": list(listing.keywords.values()),
        "summary": list(listing.summary.values()),
        "around": themes + [wording for name in parts for wording in name.values()],
    }


def _indexed(texts: Iterable[str]) -> set[str]:
    found = {token for text in texts for token in tokens(text)}
    return found | {sign for text in texts for run in _CJK.findall(text) for sign in run}


def _rarity(token: str, pages: list[dict[str, float]]) -> float:
    having = sum(_weight(page, token) > 0 for page in pages)
    return math.log(1 + len(pages) / having) if having else math.log(2)  # what nobody has says little


def _weight(page: dict[str, float], token: str) -> float:
    if token in page:
        return page[token]
    if len(token) > 3 and token.isascii():  # the beginning of a longer word
        return max((weight / 2 for other, weight in page.items() if other.startswith(token)), default=0)
    return 0


def _score(listing: Listing, page: dict[str, float], rarity: dict[str, float], most: float, words: str) -> float:
    found = {token: _weight(page, token) for token in rarity}
    covered = sum(rarity[token] for token, weight in found.items() if weight) / most if most else 0
    if covered < _ENOUGH:
        return 0
    score = covered * sum(weight * rarity[token] for token, weight in found.items())
    whole = any(words.strip().lower() in name.lower() for name in listing.name.values())
    return score * (2 if whole else 1) * (_EVENT_FIRST if isinstance(listing, LifeEvent) else 1)
