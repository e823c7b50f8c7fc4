"""The window while Progress opens on 100,000 people with ten years of history: how soon, and how long it is held up."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.bench_window import child
from benchmarks.decade import register_of_a_decade
from benchmarks.measure import Figure, median

_ROUNDS = 3


def figures(people: int = 100_000) -> Iterator[Figure]:
    path = register_of_a_decade(people)
    found: dict[str, list[float]] = {"first_ms": [], "rest_ms": [], "longest_ms": [], "worked_ms": [], "load": []}
    bare, bare_worked = [], []
    for _ in range(_ROUNDS):
        _, floor = child("benchmarks.child_progress_window", "bare")
        bare.append(floor["longest_ms"])
        bare_worked.append(floor["worked_ms"])
        _, told = child("benchmarks.child_progress_window", str(path))
        for name, values in found.items():
            values.append(told[name])
    of = {name: median(values) for name, values in found.items()}
    # What else the computer does shows in every one of these: the load stands beside them.
    beside = f"of {people:,} people, at a load of {of['load']:.1f}"
    yield Figure(
        f"Progress, page to first figures {beside}", of["first_ms"], "ms", None, "", "<= 2000", of["first_ms"] <= 2000
    )
    yield Figure(
        f"Progress, page to all figures {beside}", of["rest_ms"], "ms", None, "", "<= 5000", of["rest_ms"] <= 5000
    )
    held = of["longest_ms"]
    name = f"longest time without a tick of the window {beside}"
    yield Figure(name, held, "ms", median(bare), "bare window", "<= 100 ms", held <= 100)
    worked = of["worked_ms"]
    name = f"longest work of the window's own thread without a tick {beside}"
    yield Figure(name, worked, "ms", median(bare_worked), "bare window", "<= 100 ms", worked <= 100)
