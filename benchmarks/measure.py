"""Timing: medians over rounds, the figure and its floor in turn so that a drifting machine drifts for both."""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `value` and `floor` are in `unit`; `reach` is the ratio (or value) hoped for."""

    name: str
    value: float
    unit: str
    floor: float | None
    floor_name: str
    reach: str
    met: bool

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None


def in_turn(
    one: Callable[[], object],
    other: Callable[[], object],
    rounds: int,
    *,
    before: Callable[[], object] = lambda: None,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[list[float], list[float]]:
    """Seconds each took, in turn, after one uncounted run of both. `before` goes ahead of each of `one`, uncounted."""
    before()
    one()
    other()
    ones, others = [], []
    for _ in range(rounds):
        before()
        ones.append(timed(one, clock))
        others.append(timed(other, clock))
    return ones, others


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds one run took, with the garbage of before out of the way."""
    gc.collect()
    start = clock()
    work()
    return clock() - start


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile_95(values: Sequence[float]) -> float:
    """The value that 95 in 100 do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


def as_table(figures: Sequence[Figure]) -> str:
    """The figures as people read them."""
    rows = [("figure", "value", "floor", "ratio", "reach", "met")]
    for each in figures:
        ratio = f"{each.ratio:.2f}x" if each.ratio is not None else ""
        floor = f"{each.floor:,.1f} {each.unit} ({each.floor_name})" if each.floor is not None else ""
        met = "yes" if each.met else "NO"
        rows.append((each.name, f"{each.value:,.1f} {each.unit}", floor, ratio, each.reach, met))
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def as_json(figures: Sequence[Figure]) -> str:
    return json.dumps([asdict(each) | {"ratio": each.ratio} for each in figures], indent=1)
