"""What is said when the fault is ours: one line, and a report without names, values or the error's own words."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from mhtracker import settings
from mhtracker.fault_report import build_report


def say_fault(error: BaseException) -> str:
    """Write a report and give the line that says where it is."""
    kept = _keep(build_report(error))
    where = f" A report without names is in {kept}." if kept is not None else ""
    return f"Something went wrong in MHTracker itself; what was recorded before is safe.{where}"


def _keep(report: str) -> Path | None:
    name = f"report {time.strftime('%Y-%m-%d %H%M%S')}.txt"
    for folder in (settings.folder() / "reports", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / name
            path.write_text(f"{report}\n", encoding="utf-8")
        except OSError:
            continue
        return path
    return None
