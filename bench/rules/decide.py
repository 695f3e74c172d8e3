"""One decision after another by a table of 12 rules and 5 inputs: ours, SpiffWorkflow's and feelin's."""

from datetime import date
from decimal import Decimal
from time import process_time

from bench.rules import table
from bench.rules.peers import ask_node, ask_python

ON = date(2026, 3, 9)


def main() -> None:
    rows = table.rows()
    model = table.model()
    values = [model.decide("fee", row, on=ON).value for row in rows]
    ours = min(_seconds(model, rows) for _ in range(40)) / len(rows)
    print(f"one decision: {ours * 1e6:.2f} µs CPU, {sum(value is not None for value in values)} of {len(rows)} hit")
    plain = table.plain_rows(rows)
    spiff = ask_python("spiff_peer.py", given={"xml": table.xml(1), "rows": plain})
    feelin = ask_node("feelin_peer.mjs", given={
        "cells": table.feel_cells(), "results": table.RESULTS, "inputs": list(table.INPUTS), "rows": plain
    })  # fmt: skip
    for name, found in (("SpiffWorkflow", spiff), ("feelin", feelin)):
        if found:
            same = [None if value is None else Decimal(value) for value in found["values"]] == values
            peer = found["seconds"] / len(rows)
            print(
                f"{name}: {peer * 1e6:.1f} µs CPU, {peer / ours:.0f}×, {'the same values' if same else 'OTHER VALUES'}"
            )


def _seconds(model: "table.Model", rows: list[dict[str, object]]) -> float:
    begun = process_time()
    for row in rows:
        model.decide("fee", row, on=ON)
    return process_time() - begun
