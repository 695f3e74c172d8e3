"""A host of rounds and of secret ballots, on a Monday."""

import pytest

from tests.polls import Polls
from tests.rounds import Rounds


@pytest.fixture
def rounds(cast, monday):
    return Rounds(cast, monday)


@pytest.fixture
def polls(cast, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    return Polls(cast, monday)
