"""Rules: FEEL and DMN 1.1–1.5, usable alone.

>>> from zhengtong.engines.rules import feel
>>> feel.evaluate("a + b", {"a": 1, "b": 2})
Decimal('3')
"""
