"""Browsers and programs of the cast; the pages' clock stands on Monday."""

from tests.api.conftest import program
from tests.portal.conftest import on_monday, signed_in

__all__ = ["on_monday", "program", "signed_in"]
