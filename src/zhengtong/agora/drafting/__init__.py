"""Proposals are worked on together: others propose another text, or that two proposals become one; authors decide.

Nothing is changed or joined by the office, or by a machine that found two texts alike. What stood there before is kept.
"""
