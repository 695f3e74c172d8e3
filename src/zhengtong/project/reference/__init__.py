"""The reference pages that the program writes of itself: every refusal, every kind of act, every file of open data.

They are read from the code, committed, and held in step by a test.
"""

from zhengtong.project.reference import feeds, kinds, refusals


def pages() -> dict[str, str]:
    """Every page by its file name."""
    return {"refusals.md": refusals.page(), "acts.md": kinds.page(), "open-data.md": feeds.page()}
