"""The forecast: how often its band holds what then happens, and what plain 1 − Kaplan–Meier would have said."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.measure import Figure
from tests.analysis.invented_lives import LEAVING, moved_on_within_5_years
from tests.analysis.test_forecast import USUAL, held

REGISTERS = 200


def figures() -> Iterator[Figure]:
    start = time.perf_counter()
    for world, rates in (("", USUAL), (", many leaving after moves and going back", LEAVING)):
        share = 100 * sum(held(seed, rates) for seed in range(REGISTERS)) / REGISTERS
        name = f"90% band holds the truth, {REGISTERS} registers{world}"
        yield Figure(name, share, "%", 90, "as it says", "85 to 95%", 85 <= share <= 95)
    took = (time.perf_counter() - start) * 1000 / REGISTERS / 2
    yield Figure("one register made, counted and forecast", took, "ms", None, "", "", True)
    true, said = moved_on_within_5_years()
    yield Figure(
        "moved on within 5 years by 1 − Kaplan–Meier", said, "%", true, "Aalen–Johansen", "overstates", said > true
    )
