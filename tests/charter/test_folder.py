"""A folder is read whole, and nothing outside of it."""

import pytest

from tests.charter.small import small
from zhengtong.charter import charter as room
from zhengtong.charter.charter import inspect, load, read_folder
from zhengtong.charter.errors import CharterFaults
from zhengtong.charter.reading import folder as reading


@pytest.fixture
def folder(tmp_path):
    for path, content in small().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


def test_a_folder_is_the_same_charter_as_its_files(folder):
    assert load(folder).digest == room.digest_of(small())
    assert read_folder(folder) == small()


def test_what_lies_beside_the_law_is_left_alone(folder):
    for path in ("sample/people.yaml", "scenarios/a.yaml", ".git/config", "README.md", "services/.DS_Store"):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text("{[")
    assert read_folder(folder) == small()


def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path):
    (folder / "laws" / "passwd.yaml").symlink_to("/etc/passwd")
    (folder / "letters" / "all").symlink_to("/etc")
    _, findings = inspect(folder)
    assert [(each.code, each.file) for each in findings] == [
        ("not-a-file", "laws/passwd.yaml"),
        ("not-a-file", "letters/all"),
    ]
    with pytest.raises(CharterFaults):
        read_folder(folder)


def test_a_missing_folder_is_told(tmp_path):
    charter, findings = inspect(tmp_path / "nowhere")
    assert charter is None
    assert "no-charter" in {each.code for each in findings}
    with pytest.raises(CharterFaults):
        read_folder(tmp_path / "nowhere")


def test_an_endless_folder_is_refused(folder, monkeypatch):
    monkeypatch.setattr(reading, "MOST_FILES", 20)
    _, findings = inspect(folder)
    assert "too-many-files" in {each.code for each in findings}


def test_a_file_too_large_is_not_even_read(folder, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 1500)
    _, findings = inspect(folder)
    assert "file-too-large" in {each.code for each in findings}
