"""The reference pages that the program writes of itself: every refusal and every kind of act.

They are read from the code, committed, and held in step by a test.
"""

from zhengtong.project.reference import kinds, refusals


def pages() -> dict[str, str]:
    """Every page by its file name."""
    return {"refusals.md": refusals.page(), "acts.md": kinds.page()}
