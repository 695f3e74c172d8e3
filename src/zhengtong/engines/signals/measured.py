"""How often each sign came up on real logs where nobody is known to have arranged anything; `zhengtong signals` counts.

The logs: five conversations published by Polis (Seattle 2014, Uber in Taiwan 2015, Canada 2016, Brexit 2017, Bowling
Green 2018) and 61 votes on projects from Pabulib. The figures hold for the limits that stand in this engine alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """So many false alarms in so many of what was looked at."""

    alarms: int
    of: int

    @property
    def at_most(self) -> int:
        """One in so many at most, with 95 % confidence: where none came up, by the rule of three."""
        return int(self.of / max(3.0, self.alarms + 2 * (self.alarms + 1) ** 0.5))


MEASURED = {
    "same-text": Measured(0, 1371),  # statements
    "burst": Measured(2, 2220),  # hours in which something happened
    "same-votes": Measured(0, 4943),  # people
    "same-ballots": Measured(44, 61),  # votes on projects with an alarm: so it is not used as a sign
}
