"""One name, one thing. Files are named after their ids; lists are looked at here."""

from collections.abc import Callable, Iterator
from typing import Any

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.reading.faults import DUPLICATE_ID

AMBIGUOUS = kind(
    "ambiguous-name",
    message=(
        "“{name}”既是机构编号，又是另一机构的职能。",
        "“{name}” names an organisation and the function of another.",
    ),
    why=(
        "流程中的“职能/岗位”和“机构/岗位”必须分得清。",
        "In a process, `function/post` and `organisation/post` must not be mistaken for one another.",
    ),
    mend=("改用别的编号。", "Choose another id."),
)

TWO_OFFICES = kind(
    "two-offices-for-one-post",
    message=(
        "“{one}”和“{other}”在同一区划都有“{post}”。",
        "“{one}” and “{other}” both have “{post}” in the same region.",
    ),
    why=("一件事只能有一个负责的岗位。", "One matter has one responsible post."),
    mend=("改变其中一个的职能、区划、岗位或者有效期。", "Change the function, region, post or dates of one of them."),
)

LISTS: list[tuple[str, tuple[Any, ...], Callable[[Any], str]]] = [
    ("regions.yaml", (), lambda each: each["code"]),
    ("powers.yaml", (), lambda each: each["id"]),
    ("stations.yaml", (), lambda each: each["id"]),
    ("elements.yaml", (), lambda each: each["id"]),
]


def check(of: Checked) -> Iterator[Finding]:
    for file, path, name in LISTS:
        yield from _unique(of, file, path, name)
    for id_ in of.charter.organisations:
        yield from _unique(of, f"organisations/{id_}.yaml", ("posts",), lambda each: each["id"])
    for id_ in of.charter.laws:
        yield from _articles(of, f"laws/{id_}.yaml")
    for id_ in of.charter.registers:
        yield from _unique(of, f"registers/{id_}.yaml", ("fields",), lambda each: each["name"])
        yield from _unique(of, f"registers/{id_}.yaml", ("sharing",), lambda each: each["id"])
    for id_ in of.charter.procedures:
        yield from _unique(of, f"services/{id_}/service.yaml", ("materials",), lambda each: each["id"])
    for id_ in of.charter.events:
        yield from _unique(of, f"life-events/{id_}/event.yaml", ("services",), lambda each: each["service"])
        if id_ in of.charter.procedures:
            place = of.at(f"life-events/{id_}/event.yaml", "id")
            yield DUPLICATE_ID.at(place, id=id_, where=f"services/{id_}/service.yaml")
    yield from _ambiguous(of)
    yield from _two_offices(of)


def _unique(of: Checked, file: str, path: tuple[Any, ...], name: Callable[[Any], str]) -> Iterator[Finding]:
    items = of.read.trees[file].value
    for key in path:
        items = items.get(key) or []
    first: dict[str, int] = {}
    for index, each in enumerate(items):
        place = of.at(file, *path, index)
        if name(each) in first:
            yield DUPLICATE_ID.at(place, id=name(each), where=f"{file}:{first[name(each)]}")
        first.setdefault(name(each), place.line)


def _articles(of: Checked, file: str) -> Iterator[Finding]:
    """An article may stand twice if the two were never in force together: a law that was changed."""
    law = of.charter.laws[file.removeprefix("laws/").removesuffix(".yaml")]
    for index, each in enumerate(law.articles):
        for other in law.articles[:index]:
            apart = (other.valid_to and each.valid_from and other.valid_to < each.valid_from) or (
                each.valid_to and other.valid_from and each.valid_to < other.valid_from
            )
            if each.article == other.article and not apart:
                yield DUPLICATE_ID.at(of.at(file, "articles", index), id=each.article, where=file)


def _ambiguous(of: Checked) -> Iterator[Finding]:
    functions = {each.function: each.id for each in of.charter.organisations.values()}
    for id_ in of.charter.organisations:
        if functions.get(id_, id_) != id_:
            yield AMBIGUOUS.at(of.at(f"organisations/{id_}.yaml", "id"), name=id_)


def _two_offices(of: Checked) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], str] = {}
    for organisation in of.charter.organisations.values():
        for index, post in enumerate(organisation.posts):
            if not (organisation.in_force(of.day) and post.in_force(of.day)):
                continue
            one = first.setdefault((organisation.function, organisation.region, post.id), organisation.id)
            if one != organisation.id:
                place = of.at(f"organisations/{organisation.id}.yaml", "posts", index)
                ref = f"{organisation.function}/{post.id}"
                yield TWO_OFFICES.at(place, one=one, other=organisation.id, post=ref)
