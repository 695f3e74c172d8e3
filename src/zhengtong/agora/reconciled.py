"""Whether what is told of a round agrees with the ledger: what the tables hold, kind by kind, and what was recorded."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Count, Model, Q

from zhengtong.agora import kinds
from zhengtong.agora.admissions import days_closed
from zhengtong.agora.assembly import kinds as assembly
from zhengtong.agora.assembly.models import Attendance, Motion, RollVote
from zhengtong.agora.ballots.agreement import heads, missing
from zhengtong.agora.ballots.queries import votes_of
from zhengtong.agora.bound.kinds import DISCHARGED, ENDED_HIDDEN, OBLIGED, PROMISED
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.drafting.kinds import ACCEPTED, AMENDED, ENDED, JOINED, REFUSED
from zhengtong.agora.drafting.models import Amendment
from zhengtong.agora.models import Admission, Answer, Contribution, Drawn, Keeper, Poll, Voice
from zhengtong.agora.moderation.models import Limit, Measure
from zhengtong.agora.openings import kinds as openings
from zhengtong.agora.openings.models import Opening
from zhengtong.agora.proceedings import kinds as offers
from zhengtong.agora.proceedings.kinds import DRAWN, ENTERED, EVIDENCE_PUT, PROJECTS_PUT, SURVEYED, TOLD
from zhengtong.agora.proceedings.models import Entrant, Evidence, Offer, Panel, Pledge, ProjectFile, Sheet
from zhengtong.agora.rounds import VOTED, Round
from zhengtong.agora.sums import standing
from zhengtong.cases.models import Case
from zhengtong.charter.queries import ever_declared
from zhengtong.ledger.queries import of, together


@dataclass(frozen=True)
class Line:
    """One kind of act in one round: how many the tables hold, how many the ledger has."""

    round: str
    kind: str
    held: int
    recorded: int
    at_most: bool = False

    @property
    def agrees(self) -> bool:
        return self.held == self.recorded or (self.at_most and self.held < self.recorded)

    @property
    def sign(self) -> str:
        """How the two stand to each other."""
        right, wrong = "≤>" if self.at_most else "=≠"
        return right if self.agrees else wrong


Counted = tuple[tuple[str, type[Model], str, Q], ...]  # kind of act, and the rows that there are one for each of

COUNTED: Counted = (
    (kinds.CONTRIBUTED, Contribution, "case", Q(amends__isnull=True, voice__isnull=False)),
    (AMENDED, Amendment, "contribution__case", Q()),
    (ACCEPTED, Amendment, "contribution__case", Q(state="accepted", joining__isnull=True)),
    (JOINED, Amendment, "contribution__case", Q(state="accepted", joining__isnull=False)),
    (REFUSED, Amendment, "contribution__case", Q(state="refused")),
    (ENDED, Amendment, "contribution__case", Q(state__in=("taken-back", "lapsed", "overtaken"))),
    (kinds.HIDDEN, Measure, "contribution__case", Q()),
    (kinds.RESTORED, Measure, "contribution__case", Q(lifted_at__isnull=False)),
    (kinds.CONTESTED, Measure.appeals.through, "measure__contribution__case", Q()),
    (kinds.LIMITED, Limit, "case", Q()),
    (kinds.FREED, Limit, "case", Q(ended_at__isnull=False)),
    (kinds.ROLL_CLOSED, Poll, "case", ~Q(credentials="")),
    (kinds.BOX_OPENED, Poll, "case", Q(opened_at__isnull=False)),
    (kinds.BOX_CLOSED, Poll, "case", ~Q(tally="")),
    (kinds.SHARED, Keeper, "poll__case", ~Q(share="")),
    (kinds.BALLOT_COUNTED, Poll, "case", ~Q(result="")),
    (kinds.ANSWERED, Answer, "case", Q()),
    (SURVEYED, Sheet, "case", Q(finished_on__isnull=False)),
    (EVIDENCE_PUT, Evidence, "case", Q()),
    (PROJECTS_PUT, ProjectFile, "case", Q()),
    (ENTERED, Entrant, "panel__case", Q()),
    (TOLD, Pledge, "panel__case", ~Q(secret="")),
    (DRAWN, Panel, "case", Q(drawn_at__isnull=False, case__frame=None)),
    (OBLIGED, Duty, "round", Q(contribution__isnull=False)),
    (DISCHARGED, Duty, "round", Q(contribution__isnull=False, done_on__isnull=False, hidden_by__isnull=True)),
    (ENDED_HIDDEN, Duty, "round", Q(hidden_by__isnull=False)),
    (PROMISED, Duty, "round", Q(answer__isnull=False)),
    (offers.ACCEPTED, Offer, "panel__case", Q(state__in=("accepted", "given-back"))),
    (offers.DECLINED, Offer, "panel__case", Q(state="declined")),
    (offers.GIVEN_BACK, Offer, "panel__case", Q(state="given-back")),
    (offers.REPLACED, Offer, "panel__case", Q(replaced=True)),
    (openings.ASKED, Opening, "case", Q()),
    (openings.REFUSED, Opening, "case", Q(outcome="refused")),
    (openings.LAPSED, Opening, "case", Q(outcome="lapsed")),
    (openings.OPENED, Opening, "case", Q(outcome="opened")),
    (openings.NOBODYS, Opening, "case", Q(outcome="nobodys")),
    (kinds.FOLLOWED_UP, Answer, "case", Q(done_on__isnull=False)),
)


IN_A_MEETING: Counted = (
    (assembly.ATTENDED, Attendance, "case", Q()),
    (assembly.MOVED, Motion, "case", Q(put_by__isnull=False)),
    (assembly.LAID, Motion, "case", Q(duty__isnull=False)),
    (assembly.DEBATED, Motion, "case", Q(debated_at__isnull=False)),
    (assembly.CALLED, Motion, "case", Q(called_at__isnull=False)),
    (assembly.CLOSED, Motion, "case", Q(closed_at__isnull=False)),
    (assembly.VOTED, RollVote, "motion__case", Q()),
)
CHANGED = {assembly.VOTED}  # what can be done again: there are as many acts as rows, or more


def reconciled(rounds: Sequence[Round]) -> list[Line]:
    """Every kind in every round, in as many queries and one however many rounds there are."""
    return admitted(rounds) + _counted({each.case.pk: each.case.number for each in rounds}, COUNTED)


def meetings() -> list[Line]:
    """Every kind in every meeting of an assembly."""
    cases = Case.objects.filter(procedure__in=ever_declared("organs"))
    return _counted(dict(cases.values_list("pk", "number")), IN_A_MEETING)


def _counted(numbers: Mapping[int, str], counted: Counted) -> list[Line]:
    acts = together(list(numbers.values())).filter(kind__in=[kind for kind, *_ in counted]).order_by()
    rows = acts.values_list("subject", "kind").annotate(n=Count("pk"))
    recorded = {(subject, kind): count for subject, kind, count in rows}
    return [
        Line(numbers[pk], kind, held, recorded.get((numbers[pk], kind), 0), at_most=kind in CHANGED)
        for kind, model, case, which in counted
        for pk, held in _held(model, case, which, list(numbers)).items()
    ]


def admitted(rounds: Sequence[Round]) -> list[Line]:
    """How many were admitted on the days that are closed, and how many by what the ledger recorded of each."""
    numbers = [each.case.number for each in rounds]
    closed = days_closed(numbers)
    rows = Admission.objects.filter(case__in=[each.case.pk for each in rounds]).order_by()
    held, recorded = Counter[str](), Counter[str]()
    for number, on, count in rows.values_list("case__number", "on").annotate(n=Count("pk")):
        held[number] += count if (number, on) in closed else 0
    for (number, _), count in closed.items():
        recorded[number] += count
    return [Line(each, kinds.ADMITTED, held[each], recorded[each]) for each in numbers]


def voices(rounds: Sequence[Round]) -> list[Line]:
    """How many voices there are in every round, and how many people were admitted: never fewer."""
    numbers = {each.case.pk: each.case.number for each in rounds}
    held, given = (_held(model, "case", Q(), list(numbers)) for model in (Voice, Admission))
    return [Line(number, "voices", held[pk], given[pk], at_most=True) for pk, number in numbers.items()]


def sums(rounds: Sequence[Round]) -> list[Line]:
    """How often the ledger recorded how a phase stands, and how many of these stand so still."""
    found = []
    for case in (each.case for each in rounds):
        acts = list(of(case.number).filter(kind=kinds.SUMMED))
        told = [act.particulars for act in acts if act.particulars]
        held = [each for each in told if standing(case, each["phase"]).digest == each["digest"]]
        found.append(Line(case.number, kinds.SUMMED, len(held) + len(acts) - len(told), len(acts)))
    return found


def texts(rounds: Sequence[Round]) -> list[Line]:
    """How many texts the tables hold, and how many of these are as their voice wrote them."""
    found = []
    for case in (each.case for each in rounds):
        written: dict[int, set[str]] = defaultdict(set)
        for act in of(case.number).filter(kind__in=(kinds.CONTRIBUTED, AMENDED)).iterator():
            told = act.particulars or {}
            for number in (told[each] for each in ("number", "amends") if each in told):
                written[number].add(told["text"])
        rows = case.contributions.filter(voice__isnull=False).values_list("number", "text")
        same = sum(text in written.get(number, {text}) for number, text in rows)
        found.append(Line(case.number, "texts", same, len(rows)))
    return found


def boxes(rounds: Sequence[Round]) -> list[Line]:
    """Every open ballot box: how often the ledger recorded it, and how many of these records the box still holds."""
    found = []
    for vote in (vote for each in rounds for vote in votes_of(each) if vote.is_open):
        recorded = heads(vote)
        held = len(recorded) - len(missing(vote.archive(), recorded))
        found.append(Line(vote.round.case.number, kinds.BOXED, held, len(recorded)))
    return found


def files(rounds: Sequence[Round]) -> list[Line]:
    """Every counted vote: whether the file of its votes is the one whose hash the ledger has. Of a vote that was
    counted before files were kept the ledger has no hash, and no file is missed.
    """
    numbers = {each.case.pk: each.case.number for each in rounds}
    voted = {(each.case.pk, phase.id) for each in rounds for phase in each.declared.phases if phase.feature in VOTED}
    found = Drawn.objects.filter(case__in=numbers).values_list("case", "phase", "file__content")
    held = {
        (numbers[case], phase): sha256(bytes(content)).hexdigest() if content else ""
        for case, phase, content in found.iterator()
        if (case, phase) in voted
    }
    acts = together(list(numbers.values())).filter(kind=kinds.COUNTED)
    told = [(each.subject, each.particulars or {}) for each in acts]
    recorded = {(subject, str(said.get("phase"))): str(said.get("sha256", "")) for subject, said in told}
    return [
        Line(
            number,
            f"{kinds.COUNTED}:{phase}",
            held=int((number, phase) not in recorded or held.get((number, phase)) == recorded[number, phase]),
            recorded=int((number, phase) in recorded),
        )
        for number, phase in sorted(held.keys() | recorded.keys())
    ]


def _held(model: type[Model], case: str, which: Q, cases: Sequence[int]) -> dict[int, int]:
    rows = model._default_manager.filter(which, **{f"{case}__in": cases}).order_by().values_list(case)
    return dict.fromkeys(cases, 0) | dict(rows.annotate(n=Count("pk")))
