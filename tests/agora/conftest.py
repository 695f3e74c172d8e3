"""A host of rounds, on a Monday."""

import pytest

from tests.rounds import Rounds


@pytest.fixture
def rounds(cast, monday):
    return Rounds(cast, monday)
