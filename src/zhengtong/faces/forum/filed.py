"""What is told of a file of Pabulib from which an office brought projects: what of it does not hold here."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhengtong.agora.proceedings.models import ProjectFile
from zhengtong.agora.rounds import Round


@dataclass(frozen=True)
class Filed:
    """The file on the page of its round."""

    file: ProjectFile
    left_out: list[str]


def filed_of(round_: Round) -> Filed | None:
    """The file of a round, if its projects came out of one."""
    found = ProjectFile.objects.filter(case=round_.case).first()
    return Filed(found, left_out(found)) if found else None


def left_out(filed: ProjectFile) -> list[str]:
    """A sentence for each thing that the file says and the round does not go by; its votes first."""
    names = {
        "budget": _("Money to spend"),
        "currency": _("Currency"),
        "vote_type": _("Kind of vote"),
        "rule": _("Rule of counting"),
        "min_length": _("Fewest projects in a vote"),
        "max_length": _("Most projects in a vote"),
        "min_sum_cost": _("Least that a vote may cost"),
        "max_sum_cost": _("Most that a vote may cost"),
    }
    votes = ngettext(
        "The file holds %(votes)s vote, which does not count here: only who has a voice in this round votes.",
        "The file holds %(votes)s votes, which do not count here: only who has a voice in this round votes.",
        filed.votes,
    )
    differs = _("%(what)s: “%(file)s” in the file, “%(here)s” here, which holds.")
    told = [
        differs % {"what": names[what], "file": said or _("nothing"), "here": here or _("any")}
        for what, said, here in filed.otherwise
    ]
    return [votes % {"votes": filed.votes}, *told] if filed.votes else told
