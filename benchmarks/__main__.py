"""Runs the benchmarks: `python3 tasks.py bench [NAME…]`. The table goes to the screen, the JSON to build/benchmarks."""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.measure import Figure, as_json, as_table
from benchmarks.registers import FOLDER

NAMES = (
    "window",
    "lists",
    "record",
    "person",
    "known",
    "import",
    "paper",
    "typing",
    "forecast",
    "progress",
    "progress_window",
)


def main(asked: list[str]) -> int:
    unknown = [name for name in asked if name not in NAMES]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in asked or NAMES:
        print(f"Measuring: {name}", file=sys.stderr, flush=True)
        figures += import_module(f"benchmarks.bench_{name}").figures()
    print(as_table(figures))
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "figures.json").write_text(as_json(figures), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
