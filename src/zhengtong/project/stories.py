"""Plays the stories of a charter in the installation that the environment names: `python -m zhengtong.project.stories`.

`zhengtong scenarios` starts it in an installation that is made for it and thrown away.
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

import django


def main() -> int:
    """The exit code: 1 if a story did not come true."""
    parser = ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("ids", nargs="*")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengtong.project.settings")
    django.setup()
    return _play(given.folder, given.ids, given.language)


def _play(folder: Path, ids: Iterable[str], language: str) -> int:
    from django.core.management import call_command

    from zhengtong.cases.scenarios import play
    from zhengtong.charter.scenarios import read_stories
    from zhengtong.project.sample.city import found
    from zhengtong.project.sample.people import players_of

    call_command("migrate", verbosity=0)
    found(folder)
    players, failed = players_of(folder), 0
    stories = [story for story in read_stories(folder)[0] if not ids or story.scenario.id in ids]
    for story in stories:
        failures = play(story, players=players)
        failed += bool(failures)
        print("FAILED" if failures else "ok    ", story.scenario.id, story.scenario.name.in_(language), flush=True)
        for each in failures:
            print(f"  {each.place.file}:{each.place.line}\n    expected: {each.expected}\n    came:     {each.came}")
    print(f"{len(stories)} stories, {len(stories) - failed} came true, {failed} did not.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
