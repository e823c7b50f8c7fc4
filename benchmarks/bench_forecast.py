"""The forecast: how often its band holds what then happens, and what plain 1 − Kaplan–Meier would have said."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date

from benchmarks.measure import Figure
from mhtracker.analysis.incidence import Time, cumulative_incidence, one_minus_kaplan_meier
from tests.analysis.invented_lives import Rates, lives
from tests.analysis.test_forecast import held

REGISTERS = 200
NOW = date(2026, 7, 14)


def figures() -> Iterator[Figure]:
    start = time.perf_counter()
    share = 100 * sum(held(seed) for seed in range(REGISTERS)) / REGISTERS
    took = (time.perf_counter() - start) * 1000 / REGISTERS
    yield Figure(
        f"90% band holds the truth, {REGISTERS} registers", share, "%", 90, "as it says", "85 to 95%", 85 <= share <= 95
    )
    yield Figure("one register made, counted and forecast", took, "ms", None, "", "", True)
    rates = Rates(onward=0.019, back=0.006, died=0.006)
    times = [
        Time(spell.days(NOW), spell.exit)
        for life in lives(random.Random(1), 2000, rates, NOW, years=12)
        for spell in life[:1]
    ]
    true = cumulative_incidence(times)["onward"].at(5 * 365)[0] * 100
    days, shares = one_minus_kaplan_meier(times, "onward")
    said = 100 * max(share for day, share in zip(days, shares, strict=True) if day <= 5 * 365)
    yield Figure(
        "moved on within 5 years by 1 − Kaplan–Meier", said, "%", true, "Aalen–Johansen", "overstates", said > true
    )
