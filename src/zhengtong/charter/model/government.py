"""charter.yaml, regions.yaml, organisations/<org>.yaml, powers.yaml, stations.yaml, calendar.yaml."""

from datetime import date
from typing import Literal

from pydantic import Field

from zhengtong.charter.model.base import Basis, Dated, Id, Limit, LocalText, Part

Level = Literal["city", "county", "town"]


class FourEyes(Dated):
    """What one officer proposes and another confirms, neither of whom it concerns."""

    act: Literal["decide", "answer", "review", "revoke", "enact", "rekey", "correct", "restrict", "limit"]
    matters: list[Id] = []  # empty: every matter
    when: str = ""  # FEEL over the facts of the case; empty: always. What cannot be known counts as true.
    two_offices: bool = False  # the second officer is of another office than the first
    days: int = Field(default=7, ge=1)  # how long a proposal that belongs to no case may wait, and be carried out
    legal_basis: list[Basis] = Field(min_length=1)


class Recusal(Part):
    """A party may ask that an officer takes no part in its case (回避); the post above decides in time."""

    limit: Limit
    legal_basis: list[Basis] = Field(min_length=1)


class Licence(Part):
    """On what terms others may use what is published as data."""

    name: LocalText
    address: str = Field(pattern=r"^https?://\S+$")  # of its text


class Head(Part):
    """charter.yaml: whose charter this is."""

    id: Id
    name: LocalText
    languages: list[str] = Field(min_length=1)
    time_zone: str
    notice: LocalText  # shown on every page, for instance that the city is invented
    supervisor: str  # function/post that late cases and contested hand-overs go to
    appeal: Id  # the procedure by which an adverse decision is contested, unless a service names another
    bad_rating: Id  # the procedure that a bad rating opens
    four_eyes: list[FourEyes] = []
    skills: dict[Id, LocalText] = {}  # what some steps ask for, and officers have
    recusal: Recusal | None = None  # none: no law lets a party ask for it
    kin_by: list[Id] = []  # elements: persons of whom a register says the same are kin, and stand aside (回避)
    data_licence: Licence | None = None  # none: whoever would use open data has to ask
    crypto_suite: Literal["ed25519-sha256", "sm2-sm3"] = "ed25519-sha256"


class Decree(Part):
    """One published change of the calendar (国务院办公厅关于节假日安排的通知)."""

    title: LocalText
    issued_on: date
    closed: dict[date, LocalText] = {}
    worked: dict[date, LocalText] = {}
    link: str = ""


class Calendar(Part):
    """calendar.yaml: the working days of the country, and what was decreed beside them."""

    country: str
    decreed_through: date  # later days are provisional: their holidays are not announced yet
    decrees: list[Decree] = []


class Region(Part):
    """One administrative division with its code (GB/T 2260)."""

    code: str = Field(pattern=r"^[0-9]{6}$")
    name: LocalText
    level: Level
    parent: str | None = None
    outline: list[tuple[float, float]] = []  # longitude and latitude of its corners, so that a map can be drawn


ActVerb = Literal[
    "accept",
    "examine",
    "inspect",
    "hear",
    "decide",
    "answer",
    "review",
    "revoke",
    "supervise",
    "file",
    "open",
    "moderate",
    "vote",
    "keep-roll",
    "keep-key",
    "keep-lot",
    "open-voice",
    "enact",
    "rekey",
    "correct",
    "restrict",
    "limit",
]


class Held(Dated):
    """A power that a post holds in part: some of its acts, some of its matters, a part of the office's region."""

    power: Id
    acts: list[ActVerb] = []  # empty: all of the power's
    matters: list[Id] = []  # empty: all of the power's
    region: str | None = None  # none: the whole region of the office


class Post(Dated):
    """A seat with powers; people hold it from one day to another."""

    id: Id
    title: LocalText
    powers: list[Id | Held] = []  # a name alone: the power whole, in the region of the office
    deputy: Id | None = None  # the post whose holder sits here while nobody of this post is present (AB岗)
    skills: list[Id] = []  # that whoever sits here may have; each holder is noted with theirs
    seats: int = 1
    supervises: bool = False  # sees the cases of the whole organisation and its lights

    @property
    def held(self) -> list[Held]:
        """Its powers, each with what is held of it."""
        return [Held(power=each) if isinstance(each, str) else each for each in self.powers]


class Organisation(Dated):
    """An office. `function` is what it does (market-regulation), so that a process can name a post by function and
    find it in the region of the case."""

    id: Id
    name: LocalText
    short: LocalText
    authority: bool = True  # an administrative authority (行政机关); a committee of residents is none
    called: list[str] = []  # what people call it besides, in any language: by this it is known when it is spoken of
    function: Id
    level: Level
    region: str
    parent: Id | None = None
    address: LocalText | None = None
    phone: str = ""
    email: str = ""
    hours: LocalText | None = None
    posts: list[Post] = Field(min_length=1)

    def post(self, post_id: str) -> Post | None:
        """The post with this id, if there is one."""
        return next((post for post in self.posts if post.id == post_id), None)


class Delegable(Part):
    """A power that its holders may delegate (委托), by these articles: to any post, or only to another authority.

    Licensing goes to another administrative authority only (行政许可法 24), and the checker holds the charter to it.
    """

    to: Literal["any", "another-authority"] = "any"
    legal_basis: list[Basis] = Field(min_length=1)


class Power(Dated):
    """One entry of the power list (权责清单): who may do which acts in which matter, what for, and by what law."""

    id: Id
    name: LocalText
    purpose: LocalText | None = None
    kind: str = Field(pattern=r"^(01|02|03|04|05|06|07|08|09|10|20)$")  # 事项类型, see Procedure.kind
    matters: list[Id]  # procedures; empty means every procedure handled by the holder
    acts: list[ActVerb] = Field(min_length=1)
    holders: list[Id] = Field(min_length=1)  # functions of organisations
    levels: list[Level] = []  # of organisations; empty: every level
    delegation: Delegable | None = None  # none: its holders cannot delegate it
    only_given: bool = False  # it reaches only the cases that were given to the post, none that lie elsewhere
    legal_basis: list[Basis] = Field(min_length=1)


class Station(Part):
    """A physical place of service, with counters."""

    id: Id
    name: LocalText
    region: str
    organisation: Id
    address: LocalText
    hours: LocalText
    phone: str = ""
    counters: int = Field(ge=1)
    services: list[Id] = []  # empty: every service that is handled at a hall


NODES = "nodes/"  # before a node's id, where a keeper is named that may be a post


class Node(Part):
    """Another node that this one works with: of a neighbour, a province, an association; what it says is in its ledger.

    Where a charter asks for a keeper as function/post, `nodes/ID` may stand for one of these, if it can act from there.
    """

    name: LocalText
    ledger: str  # the verifier key of its ledger (C2SP signed-note), which its people told you by another way
    address: str = Field(default="", pattern=r"^$|^https?://\S+$")  # where its pages are
