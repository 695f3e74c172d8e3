"""Of what is due, each by itself: a fault in one is logged, and keeps no other from its turn."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)
Due = TypeVar("Due")


def each_apart(do: Callable[[Due], int], due: Iterable[Due]) -> int:
    """Do it to each, in a transaction of `do`'s own; how much was done. What failed is due again next time."""
    return sum(_done(do, one) for one in due)


def _done(do: Callable[[Due], int], one: Due) -> int:
    try:
        return do(one)
    except Exception:
        log.exception("%s failed for %s; it will be tried again", getattr(do, "__name__", do), one)
        return 0
