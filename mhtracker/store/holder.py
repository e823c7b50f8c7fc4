"""Who has a register file open: a small note beside it. The lock is the database's own; this only names its holder."""

from __future__ import annotations

import json
import os
import platform
from datetime import datetime
from pathlib import Path


def _note_path(path: Path) -> Path:
    return path.with_name(path.name + ".in-use")


def note_holder(path: Path, who: str, since: datetime) -> None:
    """Leave word of who holds the file. Failing to is no reason not to open it."""
    note = {
        "who": who,
        "computer": platform.node(),
        "since": since.isoformat(timespec="minutes"),
        "process": os.getpid(),
    }
    try:
        _note_path(path).write_text(json.dumps(note), encoding="utf-8")
    except OSError:
        return


def was_left(path: Path) -> bool:
    """Whether whoever held the file last never took their word back: they were stopped, or the power went.

    To be asked only once the file's own lock is had.
    """
    return _note_path(path).exists()


def remove_note(path: Path) -> None:
    """Take the word back on closing."""
    try:
        _note_path(path).unlink(missing_ok=True)
    except OSError:
        return


def who_holds(path: Path) -> str:
    """Plain words: who has it open, where and since when, as far as known."""
    try:
        note = json.loads(_note_path(path).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(note["since"]).astimezone()
        return f"by {note['who'] or 'someone'} on {note['computer']} since {since:%H:%M on %d %b %Y}"
    except (OSError, ValueError, KeyError, TypeError):
        return "by another program"
