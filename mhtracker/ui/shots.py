"""Draws every page and state to PNG: `python -m mhtracker.ui.shots OUTDIR [--page KEY] [--quick]`.

A demo register of invented people is made in a temporary folder, as it stands on 14 July 2026. A page module adds its
own states with `SHOTS`, a tuple of `Shot`. Look at the pictures before calling a page done. With `--guide` it draws the
pictures of the guide instead, into docs/guide/pictures.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from mhtracker.store import Store
    from mhtracker.ui.theme import Theme
    from mhtracker.ui.window import Window

DAY = date(2026, 7, 14)
PATIENCE_S = 15.0
VARIANTS: tuple[tuple[str, float, tuple[int, int]], ...] = (
    ("light", 1.0, (1440, 900)),
    ("dark", 1.0, (1440, 900)),
    ("contrast", 1.0, (1440, 900)),
    ("light", 1.5, (1440, 900)),
    ("light", 1.0, (1100, 700)),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a page, its arguments (or `find`, which reads them from the register), and what is done first."""

    name: str
    page: str = ""
    args: dict[str, Any] = field(default_factory=dict)
    find: Callable[[Store], dict[str, Any]] | None = None
    prepare: Callable[[Window], object] | None = None


def _as_at(window: Window) -> None:
    window.look_at(date(2025, 12, 31), date(2026, 1, 31))


def _find_box(window: Window) -> None:
    window.palette_list.open()
    window.header.find_box.setText("ma")
    window.header.find_box.textEdited.emit("ma")


def _help(window: Window) -> None:
    window.run_command("help")


def _start(window: Window) -> None:
    window.registers.show_start()


SHELL: tuple[Shot, ...] = (
    Shot("shell-start", prepare=_start),
    Shot("shell-find", "today", prepare=_find_box),
    Shot("shell-as-at", "today", prepare=_as_at),
    Shot("shell-help", "today", prepare=_help),
)


def all_shots(names: Sequence[str] = ()) -> list[Shot]:
    """The shell's shots, then those of every page this version has; a page without any is drawn as it opens.

    With `names`, only the shots whose own names begin so.
    """
    from mhtracker.ui.pages import PAGES

    shots = list(SHELL)
    for entry in PAGES:
        if names and not any(name.startswith(entry.key) for name in names):
            continue
        module = import_module(entry.target.partition(":")[0])
        shots += getattr(module, "SHOTS", (Shot(entry.key, entry.key),) if entry.rail else ())
    return [shot for shot in shots if not names or shot.name.startswith(tuple(names))]


def main(argv: Sequence[str] | None = None) -> int:
    """Draw what was asked for. Returns 0."""
    parser = argparse.ArgumentParser(prog="python -m mhtracker.ui.shots", description="Draw every page to PNG.")
    parser.add_argument("outdir", type=Path, nargs="?")
    parser.add_argument("--page", action="append", default=[], help="only shots whose name begins so")
    parser.add_argument("--quick", action="store_true", help="light, at 100%% only")
    parser.add_argument("--guide", action="store_true", help="the pictures of the guide, into docs/guide/pictures")
    parser.add_argument("--people", type=int, default=240)
    options = parser.parse_args(argv)
    if options.outdir is None and not options.guide:
        parser.error("say which folder to draw into")
    if options.guide:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # the same pictures on a desktop and without one
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="mhtracker-shots-") as folder:
        os.environ["MHTRACKER_CONFIG"] = str(Path(folder) / "config")
        demo = _make_demo(Path(folder) / "Northmoor demo.mhtracker", options.people)
        for path in _drawn(options, demo):
            print(path)
    return 0


def _drawn(options: argparse.Namespace, demo: Path) -> Iterator[Path]:
    if options.guide:
        from mhtracker.ui.guide_shots import PICTURES, draw_guide

        outdir = options.outdir or PICTURES
        outdir.mkdir(parents=True, exist_ok=True)
        return draw_guide(demo, outdir)
    options.outdir.mkdir(parents=True, exist_ok=True)
    return draw(all_shots(options.page), demo, options.outdir, VARIANTS[:1] if options.quick else VARIANTS)


def _make_demo(path: Path, people: int) -> Path:
    from mhtracker.operations.demo.making import make_demo

    make_demo(path, people=people, as_at=DAY).close()
    return path


def draw(
    shots: Sequence[Shot], register: Path, outdir: Path, variants: Sequence[tuple[str, float, tuple[int, int]]]
) -> Iterator[Path]:
    """Draw shots in each variant of theme, text size and window size; gives each file as it is written."""
    for name, scale, size in variants:
        for shot, window in draw_windows(shots, register, name, scale, size):
            path = outdir / f"{shot.name}-{name}-{round(scale * 100)}-{size[0]}.png"
            window.grab().save(str(path))
            yield path


def draw_windows(
    shots: Sequence[Shot], register: Path, theme_name: str, scale: float, size: tuple[int, int]
) -> Iterator[tuple[Shot, Window]]:
    """Each shot with a window that shows it, at rest. The window is gone when the next is asked for."""
    from PySide6.QtWidgets import QApplication

    from mhtracker.ui.theme import Theme

    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("another kind of application is running")
    theme = Theme(theme_name, scale)
    theme.apply(app)
    for shot in shots:
        window = _open(app, theme, register, size)
        _go(app, window, shot)
        yield shot, window
        window.close()
        window.deleteLater()


def _open(app: QApplication, theme: Theme, register: Path, size: tuple[int, int]) -> Window:
    from mhtracker.settings import ComputerSettings
    from mhtracker.store.clock import FixedClock
    from mhtracker.ui.app import build_window

    computer = ComputerSettings(theme=theme.choice, text_size=round(theme.scale * 100))
    window = build_window(computer, FixedClock(DAY), theme)
    window.resize(*size)
    window.show()
    window.activateWindow()
    window.registers.open(str(register))
    settle(app, window, lambda: window.at_work)
    return window


def _go(app: QApplication, window: Window, shot: Shot) -> None:
    args = dict(shot.args)
    if shot.find is not None:
        window.context.jobs.ask(shot.find, then=args.update)
        settle(app, window)
    if shot.page:
        window.open_page(shot.page, **args)
        settle(app, window)
    if shot.prepare is not None:
        shot.prepare(window)
        settle(app, window)


def settle(app: QApplication, window: Window, until: Callable[[], bool] = lambda: True) -> None:
    """Let the window come to rest. Raises TimeoutError when it does not."""
    end = time.monotonic() + PATIENCE_S
    quiet = 0
    while quiet < 5:
        if time.monotonic() > end:
            raise TimeoutError("the window did not come to rest")
        app.processEvents()
        quiet = quiet + 1 if window.context.jobs.idle and until() else 0
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main())
