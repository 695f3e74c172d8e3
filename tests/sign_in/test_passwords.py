"""A new password was not stolen elsewhere, where the operator has the list."""

from hashlib import sha1

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

STOLEN, OTHER = "violet harbour ladder", "violet harbour ladders"


@pytest.fixture
def stolen(settings, tmp_path):
    """A list of a thousand, in the order of the hashes, as it is published."""
    words = [STOLEN, *(f"some other word {number}" for number in range(999))]
    lines = sorted(f"{sha1(word.encode()).hexdigest().upper()}:{number + 1}" for number, word in enumerate(words))
    path = tmp_path / "stolen.txt"
    path.write_text("\r\n".join(lines) + "\r\n")
    settings.ZHENGTONG_BREACHED_PASSWORDS = str(path)
    return words


@pytest.mark.asvs("6.2.12")
def test_what_was_stolen_is_refused_and_what_was_not_is_taken(stolen):
    with pytest.raises(ValidationError) as told:
        validate_password(STOLEN)
    assert "别处泄露" in str(told.value)
    validate_password(OTHER)


def test_each_line_is_found_the_first_and_the_last_among_them(stolen):
    for word in stolen:
        with pytest.raises(ValidationError):
            validate_password(word)


def test_an_empty_list_and_none_refuse_nothing(settings, tmp_path):
    validate_password(STOLEN)
    (tmp_path / "empty.txt").write_text("")
    settings.ZHENGTONG_BREACHED_PASSWORDS = str(tmp_path / "empty.txt")
    validate_password(STOLEN)
