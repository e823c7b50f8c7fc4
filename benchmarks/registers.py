"""Demo registers to measure on, made once and kept in `build/benchmarks`."""

from __future__ import annotations

from pathlib import Path

from benchmarks.day import AS_AT
from mhtracker.operations.demo.making import make_demo
from mhtracker.store.schema import SCHEMA

FOLDER = Path(__file__).resolve().parent.parent / "build" / "benchmarks"


def register_of(people: int) -> Path:
    """A register of so many invented people."""
    path = FOLDER / f"demo-{people}-{SCHEMA}.mhtracker"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".making")
        partial.unlink(missing_ok=True)
        make_demo(partial, people=people, as_at=AS_AT).close()
        partial.replace(path)
    return path
