"""The stories of the sample city come true, each as a test of its own."""

from pathlib import Path

import pytest
from django.conf import settings

from zhengtong.cases.scenarios import play
from zhengtong.charter.scenarios import read_stories
from zhengtong.project.sample.people import players_of

STORIES, FAULTS = read_stories(Path(settings.ZHENGTONG_CHARTER))


def test_the_city_tells_stories_that_can_be_read():
    assert len(STORIES) > 20
    assert FAULTS == []


@pytest.mark.parametrize("story", STORIES, ids=[story.scenario.name["en"] for story in STORIES])
def test_it_comes_true(story, cast):
    failures = play(story, players=players_of(settings.ZHENGTONG_CHARTER))
    assert failures == []
