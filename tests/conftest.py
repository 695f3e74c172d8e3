"""What tests share: a variable folder of their own, the sample city with its cast, and a day."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest

from tests.cast import Cast
from tests.emptying import make_quick

ENGINES = {each.name for each in (Path(__file__).parents[1] / "src/zhengtong/engines").iterdir() if each.is_dir()}
WITHOUT_A_DATABASE = ENGINES | {"charter", "docs", "house"}
ON_BOTH = {  # journeys, of those that are told in Chinese
    *("test_open_a_restaurant", "test_take_part", "test_secret_ballot", "test_vote_on_a_budget", "test_bind_the_city"),
    *("test_ask_for_information", "test_write_a_petition", "test_sign_in"),
}
DATABASES = {"db", "transactional_db", "live_server", "postgres"}

hypothesis.settings.register_profile(  # no test fails because the machine was slow
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")
make_quick()


def pytest_collection_modifyitems(config, items):
    """What no database changes runs once, on SQLite: engines, charters, what is marked so, and most journeys."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    alone = [each for each in items if _runs_once(each) or _is_told_once(each)]
    config.hook.pytest_deselected(items=alone)
    left = set(alone)
    items[:] = [each for each in items if each not in left]


def _runs_once(item):
    room = item.path.relative_to(Path(__file__).parent).parts[0]
    alone = room in WITHOUT_A_DATABASE and not DATABASES & set(item.fixturenames)
    return alone or item.get_closest_marker("once") is not None


def _is_told_once(item):
    """A journey, but for those in Chinese that go through most of the tables: what it shows of a database, quicker
    tests of the same pages show.
    """
    if item.get_closest_marker("journey") is None:
        return False
    told_in = item.callspec.params.get("language") if hasattr(item, "callspec") else None
    return told_in == "en" or item.path.stem not in ON_BOTH


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path):
    """Keys, and the checkpoint that the ledger publishes, are of one test alone."""
    settings.ZHENGTONG_VAR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def cast(db):
    """The sample city, founded; its people by name."""
    from tests.founded import FOUNDED
    from zhengtong.vault import ring

    FOUNDED.restore()
    ring.forget()  # its people have the same keys in every test: one might run out while queries are counted
    return Cast()


@pytest.fixture
def monday():
    """2 March 2026, an ordinary working day."""
    return datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
