"""The tutorials do what they say: files are written, commands run, outputs compared, from the pages themselves."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "tutorials").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Reader:
    """Somebody who follows the page in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.exported, self.seen = folder, "", ""
        (folder / ".venv").symlink_to(sys.prefix)
        (folder / "charters").symlink_to(ROOT / "charters")

    def follow(self, language: str, what: str, content: str) -> None:
        verb, _, path = what.partition("=")
        if verb == "file":
            (self.folder / path).write_text(content)
        elif verb == "append":
            with (self.folder / path).open("a") as file:
                file.write(content)
        elif language == "sh":
            self.run(content, fails=verb == "fails")
        elif language == "text":
            missing = [line for line in content.splitlines() if line.strip() not in self.seen]
            assert not missing, f"{missing} is not in what was said:\n{self.seen}"

    def run(self, commands: str, *, fails: bool) -> None:
        script = "set -e\n" + self.exported + commands
        self.exported += "".join(line + "\n" for line in commands.splitlines() if line.startswith("export "))
        of_this_tree = os.environ | {"PYTHONPATH": str(ROOT / "src")}  # whatever is installed beside it
        done = subprocess.run(["bash", "-c", script], cwd=self.folder, capture_output=True, text=True, env=of_this_tree)
        self.seen = done.stdout + done.stderr
        assert (done.returncode != 0) == fails, self.seen


ON_SQLITE = "a reader of a tutorial has a SQLite database of their own: tried in the pass on SQLite, the same here"


@pytest.mark.slow
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason=ON_SQLITE)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_step_does_what_the_page_says(page, tmp_path):
    blocks = BLOCK.findall(page.read_text())
    assert len(blocks) > 12
    reader = Reader(tmp_path)
    for language, what, content in blocks:
        reader.follow(language, what, content)
