"""Loading 150 models, against lxml parsing the same files: those of the DMN TCK, where they are at hand."""

import os
from pathlib import Path
from time import process_time

from lxml import etree

from zhengtong.engines.rules import Model, RulesFault

FOLDER = Path(os.environ.get("DMN_TCK", Path(__file__).parents[3] / "shared" / "dmn-tck"))


def main() -> None:
    paths = sorted(FOLDER.glob("compliance-level-*/*/*.dmn"))[:150]
    if not paths:
        print(f"SKIPPED: loading, since there are no models at {FOLDER}")
        return
    ours, parsing = (min(_seconds(load, paths) for _ in range(5)) for load in (_load, etree.parse))
    told = f"{ours * 1e3:.0f} ms CPU, {ours / parsing:.2f} times lxml's {parsing * 1e3:.0f} ms"
    print(f"loading {len(paths)} models: {told}")


def _load(path: Path) -> None:
    try:
        Model.load(path)
    except RulesFault as fault:
        print(path.name, fault)


def _seconds(load: object, paths: list[Path]) -> float:
    assert callable(load)
    begun = process_time()
    for path in paths:
        load(path)
    return process_time() - begun
