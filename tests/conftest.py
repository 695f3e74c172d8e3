"""What tests share: a variable folder of their own, the sample city with its cast, and a day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.cast import Cast


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path):
    """Keys, and the checkpoint that the ledger publishes, are of one test alone."""
    settings.ZHENGTONG_VAR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def cast(db):
    """The sample city, founded; its people by name."""
    from tests.founded import FOUNDED

    FOUNDED.restore()
    return Cast()


@pytest.fixture
def monday():
    """2 March 2026, an ordinary working day."""
    return datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
