"""The window: start to painted Caseload; sort, filter and search to painted rows; memory; the longest hold-up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Figure, median, percentile_95
from benchmarks.registers import register_of

_ROUNDS = 5
_COMPILED = tempfile.TemporaryDirectory(prefix="mhtracker-bench-compiled-")
"""Where the processes measured keep their modules compiled, as an installed program does; the first round fills it."""


def figures(many: int = 100_000) -> Iterator[Figure]:
    some, all_of_them, few = register_of(10_000), register_of(many), register_of(1_000)
    starts: dict[str, list[float]] = {"bare": [], "some": [], "many": [], "few": []}
    bare: dict[str, Any] = {}
    for _ in range(_ROUNDS + 1):
        took, bare = child("benchmarks.child_bare_window")
        starts["bare"].append(took)
        for name, path in (("some", some), ("many", all_of_them), ("few", few)):
            took, _figures = child("benchmarks.child_window", str(path))
            starts[name].append(took)
    took_of = {name: median(times[1:]) for name, times in starts.items()}
    start, floor = took_of["some"], took_of["bare"]
    yield Figure("start to painted Caseload, 10,000", start, "ms", floor, "bare window", "<= 4x", start <= 4 * floor)
    large, small = took_of["many"], took_of["few"]
    met = large <= 1.3 * small
    yield Figure("the same with 100,000 people", large, "ms", small, "with 1,000", "<= 1.3x", met)
    _, used = child("benchmarks.child_window", str(all_of_them), "stay")
    search = percentile_95(used["search"])
    yield Figure("search, keystroke to painted rows, p95", search, "ms", None, "", "<= 50 ms", search <= 50)
    for name in ("sort", "filter"):
        worst = max(used[name])
        yield Figure(f"{name} to painted rows, worst", worst, "ms", None, "", "<= 150 ms", worst <= 150)
    more = used["resident_mb"] - bare["resident_mb"]
    yield Figure("memory with 100,000 people, over a bare window", more, "MB", None, "", "<= 150 MB", more <= 150)
    held = used["longest_ms"]
    yield Figure("longest hold-up of the window", held, "ms", None, "", "<= 100 ms", held <= 100)


def child(module: str, *arguments: str) -> tuple[float, dict[str, Any]]:
    """Milliseconds a process took from start to end, and what it reported. Settings of its own, so a first start."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        surroundings |= {
            "QT_QPA_PLATFORM": "offscreen",
            "MHTRACKER_CONFIG": folder,
            "PYTHONPYCACHEPREFIX": _COMPILED.name,
        }
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            check=True,
            capture_output=True,
            text=True,
            timeout=600,
            env=surroundings,
        )
        took = (time.perf_counter() - start) * 1000
    return took, json.loads(done.stdout.strip().splitlines()[-1])
