"""What every test has: a variable folder of its own, so that keys and checkpoints of one are not another's."""

from pathlib import Path

import pytest
from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def own_var(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.ZHENGTONG_VAR = tmp_path / "var"
