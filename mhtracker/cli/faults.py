"""What is said when the fault is ours: one line, and a report without names, values or the error's own words."""

from __future__ import annotations

import platform
import tempfile
import time
import traceback
from pathlib import Path

from mhtracker import __version__, settings

HOME = Path(__file__).resolve().parents[2]
_MOST_FRAMES = 40


def say_fault(error: BaseException) -> str:
    """Write a report and give the line that says where it is."""
    kept = _keep(build_report(error))
    where = f" A report without names is in {kept}." if kept is not None else ""
    return f"Something went wrong in MHTracker itself; what was recorded before is safe.{where}"


def build_report(error: BaseException) -> str:
    """Types, files and lines of an error and of what caused it."""
    lines = [f"MHTracker {__version__}", f"Python {platform.python_version()}, {platform.system()}", ""]
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}".removeprefix("builtins."))
        for frame, line in list(traceback.walk_tb(link.__traceback__))[-_MOST_FRAMES:]:
            lines.append(f"  {_short(frame.f_code.co_filename)}:{line} in {frame.f_code.co_name}")
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def _short(filename: str) -> str:
    """A file's path without the folders that may name a person."""
    path = Path(filename)
    return path.relative_to(HOME).as_posix() if path.is_relative_to(HOME) else "/".join(path.parts[-3:])


def _keep(report: str) -> Path | None:
    name = f"report {time.strftime('%Y-%m-%d %H%M%S')}.txt"
    for folder in (settings.folder() / "reports", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / name
            path.write_text(report, encoding="utf-8")
        except OSError:
            continue
        return path
    return None
