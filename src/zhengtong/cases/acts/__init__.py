"""What can be done to a case: the table of contents of the government's daily work.

Every act is one transaction: it asks for the power, checks, changes and records; a refusal changes nothing.
"""

from zhengtong.cases.acts.corrections import answer_correction, hand_in_later, request_correction
from zhengtong.cases.acts.delays import confirm_delay, delay_notice, end_delay, reject_delay
from zhengtong.cases.acts.drafts import attach, detach, discard, file_case, save_answers, start_draft
from zhengtong.cases.acts.enactment import (
    confirm_enactment,
    enact,
    lay_charter,
    propose_enactment,
    put_in_force,
    recompute_clocks,
)
from zhengtong.cases.acts.erasing import end_retention, erase_again
from zhengtong.cases.acts.filing import file_application, open_by_office
from zhengtong.cases.acts.handling import claim, complete, extend, revoke, schedule_inspection
from zhengtong.cases.acts.handovers import assign, decline, hand_back, hand_over, take, take_uncontested
from zhengtong.cases.acts.hearings import arrange_hearing, ask_for_hearing
from zhengtong.cases.acts.interests import give_views, tell_interested
from zhengtong.cases.acts.migration import migrate_case
from zhengtong.cases.acts.parties import rate, say_whether_solved, withdraw
from zhengtong.cases.acts.proposals import confirm, reject, take_back
from zhengtong.cases.acts.recusals import ask_recusal, grant_recusal, reject_recusal, stand_aside
from zhengtong.cases.acts.reliances import settle_reliance
from zhengtong.cases.acts.reminders import remind_due, remind_of_recusals
from zhengtong.cases.acts.representing import answer_naming
from zhengtong.cases.acts.timers import fire, fire_due
from zhengtong.cases.restricting import lift_restriction_of_cases

__all__ = [
    "answer_correction",
    "answer_naming",
    "arrange_hearing",
    "ask_for_hearing",
    "ask_recusal",
    "assign",
    "attach",
    "claim",
    "complete",
    "confirm",
    "confirm_delay",
    "confirm_enactment",
    "decline",
    "delay_notice",
    "detach",
    "discard",
    "enact",
    "end_delay",
    "end_retention",
    "erase_again",
    "extend",
    "file_application",
    "file_case",
    "fire",
    "fire_due",
    "give_views",
    "grant_recusal",
    "hand_back",
    "hand_in_later",
    "hand_over",
    "lay_charter",
    "lift_restriction_of_cases",
    "migrate_case",
    "open_by_office",
    "propose_enactment",
    "put_in_force",
    "rate",
    "recompute_clocks",
    "reject",
    "reject_delay",
    "reject_recusal",
    "remind_due",
    "remind_of_recusals",
    "request_correction",
    "revoke",
    "save_answers",
    "say_whether_solved",
    "schedule_inspection",
    "settle_reliance",
    "stand_aside",
    "start_draft",
    "take",
    "take_back",
    "take_uncontested",
    "tell_interested",
    "withdraw",
]
