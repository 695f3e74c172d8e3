"""participation/<procedure>.yaml: how the public takes part in a procedure, while which of its steps is open.

The procedure itself (process, form, letters, deadlines) lies in services/<procedure>/ like every other.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from zhengtong.charter.model.base import Basis, Id, Limit, LocalText, Part

Feature = Literal["opinions", "proposals", "statements", "budget", "ballot", "survey", "ranking", "sortition"]
"""What people do in a phase: comment on a draft paragraph by paragraph; propose and sign; agree or disagree with
statements; vote on projects with a budget; vote in secret; answer questions that
lead on by what is answered; put projects in an order, or approve of them;
enter for a panel that is drawn by lot."""


class Served(Part):
    """Only whom a service has served: whose case of it was closed in a time that the office names, or a sample."""

    service: str  # the question of the form that names the procedure
    since: str  # the question that names the first day
    until: str  # the question that names the last day
    most: int = Field(default=0, ge=0)  # so many are asked at most, drawn at random; 0: all
    letter: str = "survey"  # the letter that asks them


class Members(Part):
    """Only members: whom the register of an association names, with `value` in its `field` where these are given."""

    name: LocalText  # as everybody reads who may take part
    register_id: Id = Field(alias="register")
    field: str = ""
    value: str = ""


class Eligibility(Part):
    """Who may take part: by age and residence, by membership, or by both. Each is read in a register, for this purpose,
    once."""

    age_from: int = Field(default=0, ge=0, le=120)
    regions: list[str] = []  # of residence, with all below; empty: anywhere
    register_id: Id = Field(default="", alias="register")  # of who lives where; not asked where membership is enough
    born: str = ""  # the field of the register that holds the day of birth
    resides: str = ""  # the field that holds the region of residence
    members: Members | None = None
    served: Served | None = None  # besides: only whom a service has served


class Rate(Part):
    """At most `number` contributions of one voice in `days` days; what comes beyond waits its turn, and is not lost."""

    number: int = Field(ge=1)
    days: int = Field(ge=1)


class HouseRule(Part):
    """A published rule of moderation: only by one of these is anything hidden."""

    id: Id
    name: LocalText
    wording: LocalText
    legal_basis: list[Basis] = Field(min_length=1)
    ground: Literal["law", "terms"] = "law"  # unlawful by itself, or only against the rules of this place
    folded: bool = False  # the text stays, behind a click: nothing in it is unlawful to show


class Moderation(Part):
    """Who takes away from the public what somebody said there, by which published rules, and how it is contested."""

    moderator: str  # function/post
    otherwise: list[str] = []  # function/post: who moderates, in this order, what is about the office of those before
    rules: list[HouseRule] = Field(min_length=1)
    appeal: Id  # the procedure by which a measure of moderation is contested

    def rule(self, rule_id: str) -> HouseRule | None:
        """The rule of moderation with this id, if there is one."""
        return next((each for each in self.rules if each.id == rule_id), None)


class Asked(Part):
    """A question of a secret ballot: between `min` and `max` of its answers, or none of them and blank."""

    question: LocalText
    answers: list[LocalText] = []
    answers_from: str = ""  # instead: the question of the form in which the office writes them, one a line
    min: int = Field(default=1, ge=0)
    max: int = Field(default=1, ge=1)
    blank: bool = False


class Ballot(Part):
    """A secret ballot (Belenios): who does what in it. No two of these parties may belong to one body.

    The body that hosts the procedure keeps the box.
    """

    enrolment: str  # the step of the process during which voters enrol
    preparing: str  # the step of the host in which roll and keys are put together
    counting: str  # the step of the host in which the trustees open the sum
    roll: str  # function/post, or nodes/ID: the credential authority, which closes the roll
    trustees: list[str] = Field(min_length=1)  # function/post each; the sum is opened by all of them together
    threshold: int | None = None  # instead: so many of them are enough, whichever they are
    smallest_electorate: int = Field(default=20, ge=1)  # with fewer voters on the roll no vote is opened
    batch: int = Field(default=5, ge=1)  # so many ballots at least go into the box together, shuffled
    group: Literal["BELENIOS-2048", "Ed25519"] = "BELENIOS-2048"  # in which votes are encrypted
    revote: bool = True  # whoever votes again replaces the vote
    questions: list[Asked] = Field(min_length=1)


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class SurveyAnswer(Part):
    """One answer that can be chosen."""

    value: Name
    name: LocalText


class SurveyQuestion(Part):
    """A question of a survey; asked if `when` holds (FEEL over the answers to earlier ones, by their ids)."""

    id: Name
    question: LocalText
    answers: list[SurveyAnswer] = Field(min_length=2)
    several: bool = False  # more than one answer may be chosen: the value is a list
    when: str = ""


class Least(Part):
    """How long a phase is open at least, and the law that says so."""

    limit: Limit
    legal_basis: list[Basis] = Field(min_length=1)


class Amending(Part):
    """Anybody entitled may propose another text of a proposal, or that two become one; their authors decide.

    Where the substance changes, no signature is carried over: who signed is asked, and counts when they sign anew.
    """

    decide_in: int = Field(default=14, ge=1, le=90)  # days that the author has; then it lapses, for everybody to see
    after_threshold: Literal["closed", "asked"] = "closed"  # what binds the office by its signatures: its text stands,
    # or it may be changed all the same, and binds again once so many have signed the new text


class Bad(Part):
    """When a result is bad: more than so many percent gave one of these answers. Then the office owes this outcome."""

    question: Name
    answers: list[Name] = Field(min_length=1)
    over: int = Field(ge=0, le=100)
    outcome: str


class Obliged(Part):
    """So many signatures under a text bind the government: a post answers it, or an assembly debates or votes on it.

    The time runs from the day on which the threshold was passed.
    """

    signatures: int = Field(ge=1)
    to: Literal["answer", "debate", "vote"]
    within: Limit
    post: str = ""  # answer: function/post
    organ: str = ""  # debate, vote: the assembly on whose agenda it is put
    legal_basis: list[Basis] = Field(min_length=1)


class Promising(Part):
    """What is adopted has a day by which it is done. It is followed as a case of `procedure` until then."""

    procedure: Id
    within: Limit  # the day that is proposed to who answers
    at_most: Limit  # no later day is taken


class Share(Part):
    """How many people of the public are of a stratum: the age from which it begins, and the region."""

    stratum: list[str] = Field(min_length=2, max_length=2)
    people: int = Field(ge=0)


class Shares(Part):
    """By what numbers of the public the places of a panel are shared out, and where these come from."""

    source: LocalText
    people: list[Share] = Field(min_length=1)


class Phase(Part):
    """While the step `step` of the process is open, people may do `feature`."""

    id: Id
    step: str  # a node of the process that is a step of an office, which answers for the phase
    feature: Feature
    name: LocalText
    hint: LocalText
    sponsors: int = Field(default=0, ge=0)  # proposals: how many others sign before it is shown to all
    threshold: int = Field(default=0, ge=0)  # proposals: how many signatures bind the office to answer
    obliges: list[Obliged] = []  # proposals: what so many signatures bind the government to besides
    amendments: Amending | None = None  # proposals: their texts may be changed; none: they stand as they were written
    budget: Decimal | None = None  # budget: how much there is to spend
    rule: Literal["equal-shares", "greedy"] = "equal-shares"  # budget: which rule decides; the other is shown beside it
    completion: Literal["none", "greedy", "add1", "add1u"] = "add1u"  # budget: what equal shares do with what is left
    smallest_group: int = Field(
        default=5, ge=3
    )  # statements: of no group of opinion with fewer people is anything told
    count_by: Literal["approval", "borda", "schulze", "transferable"] = "schulze"  # ranking: how it is counted
    seats: int = Field(default=1, ge=1)  # ranking: how many are chosen; sortition: how many sit on the panel
    ages: list[int] = []  # sortition: from which ages on a stratum begins, besides districts
    shares: Shares | None = None  # sortition: places follow the public at large; none: those who entered
    answer_in: int | None = Field(default=None, ge=1, le=60)  # sortition: so many days who was drawn has to accept or
    # decline, told by the letter `panel-drawn`; none, as in charters of before: nobody is told
    keepers: list[
        str
    ] = []  # sortition: function/post or nodes/ID each, of different bodies; the seed takes a secret of
    # each
    begin_again_after: int = Field(default=7, ge=1, le=60)  # sortition: so many days after the secrets were asked for,
    # the host may have all keepers commit anew where one has not told theirs
    survey: list[SurveyQuestion] = []  # survey: the questions, in their order
    bad: Bad | None = None  # survey: which result is bad, and what answer to it the office then owes
    at_least: Least | None = None  # opinions: how long people have to comment
    shortened: LocalText | None = None  # why it is shorter all the same; told to everybody
    ballot: Ballot | None = None  # ballot: what is asked, and who keeps what


class Emergency(Part):
    """How long a whole round may be limited where something threatens to drown it, by two officers of two offices."""

    days: int = Field(ge=1, le=60)
    legal_basis: list[Basis] = Field(min_length=1)


class Opening(Part):
    """Voices can be opened: by two posts of two bodies together, on a legal basis, and the person is told."""

    keepers: list[str] = Field(min_length=2, max_length=2)  # function/post each; neither opens anything alone
    legal_basis: list[Basis] = Field(min_length=1)  # on one of these each request rests
    remedy: LocalText  # where and until when the person can contest it, as they are told
    days: int = Field(default=15, ge=1, le=60)  # so long the other keeper has to answer a request; then it lapses


class Participation(Moderation):
    """The public's part in one procedure."""

    id: Id  # the procedure
    who: Eligibility
    rate: Rate
    phases: list[Phase] = Field(min_length=1)
    emergency: Emergency | None = None  # none: nobody may limit a round
    answered_by: str  # the step of the process in which the office answers what was brought forward
    bound_by: str = ""  # the procedure whose cases are what signatures bind the government to
    opening: Opening | None = None  # none: nobody can open a voice, whoever asks
    promise: Promising | None = None  # how what is adopted is followed until it is done

    def phase(self, phase_id: str) -> Phase | None:
        """The phase with this id, if there is one."""
        return next((each for each in self.phases if each.id == phase_id), None)
