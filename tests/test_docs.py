"""The guide keeps its promises: links and pictures are there, commands can be typed, keys are the program's own."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from mhtracker import assets
from mhtracker.cli.parser import COMMANDS, parse

HERE = Path(__file__).resolve().parents[1]
GUIDE = HERE / "docs" / "guide"
PICTURES = GUIDE / "pictures"
PAGES = sorted([HERE / "README.md", HERE / "CHANGELOG.md", *(HERE / "docs").rglob("*.md")])
MOST_BYTES, MOST_BYTES_IN_ALL = 250_000, 3_000_000

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def named(page: Path) -> str:
    return page.relative_to(HERE).as_posix()


def links(page: Path) -> list[tuple[bool, str, str]]:
    """(is a picture, its words, its target) of every link that stays in the project."""
    prose = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return [(bool(bang), words, to) for bang, words, to in _LINK.findall(prose) if "://" not in to]


def commands(page: Path) -> list[str]:
    # A long command goes on in the next line after a backslash, as shells have it.
    lines = "\n".join(_FENCE.findall(page.read_text(encoding="utf-8"))).replace("\\\n", "").splitlines()
    return [line for line in lines if line.startswith(("mhtracker", "python3 tasks.py"))]


ALL_LINKS = [(page, *link) for page in PAGES for link in links(page)]
ALL_COMMANDS = [(page, line) for page in PAGES for line in commands(page)]


@pytest.mark.parametrize(("page", "picture", "words", "to"), ALL_LINKS, ids=lambda value: getattr(value, "name", None))
def test_every_link_and_picture_is_there(page, picture, words, to):
    path = page.parent / to.partition("#")[0]
    assert path.exists(), f"{named(page)} points to {to}"
    assert words.strip(), f"{named(page)}: {to} has no words for those who cannot see it"


def test_every_picture_is_shown_somewhere():
    shown = {(page.parent / to).resolve() for page, picture, _, to in ALL_LINKS if picture}
    assert {path.resolve() for path in PICTURES.iterdir()} <= shown


def test_the_pictures_are_exactly_those_that_the_shots_draw():
    from mhtracker.ui.guide_shots import names

    assert {path.name for path in PICTURES.iterdir()} == names()


def test_pictures_stay_small():
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert not {name: size for name, size in sizes.items() if size >= MOST_BYTES}
    assert sum(sizes.values()) < MOST_BYTES_IN_ALL


@pytest.mark.parametrize(("page", "line"), ALL_COMMANDS, ids=lambda value: getattr(value, "name", value))
def test_every_command_shown_can_be_typed(page, line):
    program, *words = shlex.split(line, comments=True)
    if program == "python3":
        import tasks

        assert words[1] in tasks.COMMANDS
        return
    asked = parse(words)
    assert not words or asked.run


def test_the_guide_shows_a_command_for_all_that_has_no_window():
    assert (
        {"restore", "import", "pack", "summary", "backup", "check"}
        <= {shlex.split(line, comments=True)[1] for page, line in ALL_COMMANDS if page.parent == GUIDE}
        <= set(COMMANDS)
    )


def test_every_page_of_the_guide_is_reached_from_its_first():
    first = {(GUIDE / to).resolve() for _, _, to in links(GUIDE / "README.md")}
    assert {path.resolve() for path in GUIDE.glob("*.md")} - {GUIDE / "README.md"} <= first


def test_every_key_of_the_guide_is_bound(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("MHTRACKER_CONFIG", str(tmp_path))
    from PySide6.QtGui import QKeySequence, QShortcut

    from mhtracker.settings import ComputerSettings
    from mhtracker.store.clock import SystemClock
    from mhtracker.ui.app import build_window
    from mhtracker.ui.theme import Theme

    window = build_window(ComputerSettings(), SystemClock(), Theme("light"))
    qtbot.addWidget(window)
    bound = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    rows = re.findall(r"^\| `([^`]+)` \|", (GUIDE / "keyboard.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) >= 20
    assert not {row for row in rows if QKeySequence(row).toString() not in bound}


def test_the_guide_is_written_for_people():
    """No exclamation marks, and none of the words that make a reader feel slow."""
    for page in sorted(GUIDE.glob("*.md")):
        prose = _LINK.sub(r"\2", _FENCE.sub("", page.read_text(encoding="utf-8")))
        assert "!" not in prose, page.name
        assert not re.findall(r"\b(?:simply|please|just|oops|easily|obviously)\b", prose, re.IGNORECASE), page.name


def test_the_guide_goes_into_the_installed_folder():
    assert assets.guide() == GUIDE
    assert '(str(CHECKOUT / "docs" / "guide"), "docs/guide")' in (HERE / "build_installer.spec").read_text("utf-8")
