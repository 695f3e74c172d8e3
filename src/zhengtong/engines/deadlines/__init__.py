"""Statutory deadlines: working days by decree, stops on legal grounds, and why it is that date."""

from zhengtong.engines.deadlines.calendar import Calendar
from zhengtong.engines.deadlines.count import Day, Deadline, due
from zhengtong.engines.deadlines.fast import due_at, due_on
from zhengtong.engines.deadlines.light import Light, light
from zhengtong.engines.deadlines.limit import Limit, Unit
from zhengtong.engines.deadlines.many import due_all
from zhengtong.engines.deadlines.periods import Extension, Stop

__all__ = [
    "Calendar",
    "Day",
    "Deadline",
    "Extension",
    "Light",
    "Limit",
    "Stop",
    "Unit",
    "due",
    "due_all",
    "due_at",
    "due_on",
    "light",
]
