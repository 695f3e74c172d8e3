"""What was bought, and who paid for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhengtong.common.text import text
from zhengtong.engines.budgets.election import Election, Vote

_PAID = text("您的一票为“{name}”（{cost}）支付了 {paid}。", "Your vote paid {paid} of the {cost} that “{name}” costs.")
_LEFT = text("“{name}”由剩余的预算支付。", "“{name}”, which you support, was paid from what was left.")
_NOTHING = text("您支持的项目均未入选。", "None of the projects that you support was chosen.")


@dataclass(frozen=True, slots=True)
class Purchase:
    """A project that was bought: what each supporter paid for a point, or None where it came from what was left."""

    project: str
    price: Fraction | None


@dataclass(frozen=True, slots=True)
class Payment:
    """What one vote paid for a project."""

    project: str
    paid: Fraction
    cost: Fraction


@dataclass(frozen=True, slots=True)
class Outcome:
    """The projects chosen, in the order in which they were bought; `share` is what each vote had to spend."""

    election: Election
    purchases: tuple[Purchase, ...]
    share: Fraction

    @property
    def winners(self) -> tuple[str, ...]:
        return tuple(each.project for each in self.purchases)

    @property
    def spent(self) -> Fraction:
        return cost_of(self.election, self.winners)

    @property
    def is_exhaustive(self) -> bool:
        """Whether no further project fits into what is left."""
        left, chosen = self.election.budget - self.spent, set(self.winners)
        return all(each.cost > left for each in self.election.projects.values() if each.id not in chosen)

    def payments(self, vote: Vote) -> list[Payment]:
        """What the vote paid: of each project that it supports the price, but never more than it still had."""
        left, paid = self.share, []
        for each in self.purchases:
            points = vote.points.get(each.project, 0)
            if points and each.price is not None:
                amount = min(left, each.price * points)
                left -= amount
                paid.append(Payment(each.project, amount, self.election.projects[each.project].cost))
        return paid

    def sentences(self, vote: Vote, language: str, amount: Callable[[Fraction], str] | None = None) -> list[str]:
        """The same in words, in `zh-Hans` or `en`; amounts as `amount` writes them, else as bare numbers."""
        written = amount or money
        paid = {each.project: each.paid for each in self.payments(vote)}
        told = []
        for each in self.purchases:
            project = self.election.projects[each.project]
            if each.project in paid:
                values = {"paid": written(paid[each.project]), "cost": written(project.cost)}
                told.append(_PAID.format(name=project.name or project.id, **values).in_(language))
            elif vote.points.get(each.project):
                told.append(_LEFT.format(name=project.name or project.id).in_(language))
        return told or [_NOTHING.in_(language)]


def cost_of(election: Election, projects: Sequence[str]) -> Fraction:
    """What projects cost together."""
    return sum((election.projects[each].cost for each in projects), Fraction(0))


def money(amount: Fraction) -> str:
    """An amount to be read, in hundredths."""
    return f"{round(amount * 100) / 100:.2f}" if amount.denominator > 1 else str(amount)
