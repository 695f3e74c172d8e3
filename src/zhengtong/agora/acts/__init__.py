"""What can be done in the agora. A round is opened by `begin_round`, and ends as its process says."""

from zhengtong.agora.abroad.hearing import take_word
from zhengtong.agora.acts.admitting import close_days
from zhengtong.agora.acts.answering import Promised, answer, carry_into
from zhengtong.agora.acts.contributing import contribute, show_what_waited, vote_budget, weigh
from zhengtong.agora.acts.costing import cost, leave_out
from zhengtong.agora.acts.counting import count_due, count_votes
from zhengtong.agora.acts.obliging import oblige_due
from zhengtong.agora.acts.sponsoring import sponsor
from zhengtong.agora.acts.summing import sum_due
from zhengtong.agora.ballots.ceremony import give_certificate, give_part, give_polynomial
from zhengtong.agora.ballots.preparing import close_roll, give_key, open_poll
from zhengtong.agora.ballots.tallying import box_due, give_share
from zhengtong.agora.ballots.voting import cast_ballot, enrol
from zhengtong.agora.moderation.limiting import confirm_limit, end_limit, end_limits, propose_limit
from zhengtong.agora.moderation.moderating import contest, hide, lift_what_ended, restore
from zhengtong.agora.openings.keys import begin_round
from zhengtong.agora.openings.sealing import admit_here, admit_sealed
from zhengtong.agora.voices import admit, come_in

__all__ = [
    "Promised",
    "admit",
    "admit_here",
    "admit_sealed",
    "answer",
    "begin_round",
    "box_due",
    "carry_into",
    "cast_ballot",
    "close_days",
    "close_roll",
    "come_in",
    "confirm_limit",
    "contest",
    "contribute",
    "cost",
    "count_due",
    "count_votes",
    "end_limit",
    "end_limits",
    "enrol",
    "give_certificate",
    "give_key",
    "give_part",
    "give_polynomial",
    "give_share",
    "hide",
    "leave_out",
    "lift_what_ended",
    "oblige_due",
    "open_poll",
    "propose_limit",
    "restore",
    "show_what_waited",
    "sponsor",
    "sum_due",
    "take_word",
    "vote_budget",
    "weigh",
]
