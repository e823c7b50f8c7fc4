"""Who has a register file open: a small note beside it, which names its holder and is locked as long as they hold it.

On Windows the database's own lock is enough. Elsewhere a program loses that lock as soon as any part of it opens and
closes the file once more, as a file dialog does that looks what is in a folder; the note's lock (flock) stays.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sys
import time
from datetime import datetime
from pathlib import Path

if sys.platform != "win32":
    import fcntl


_CLOSING_S = 1.0
"""How long to wait for a note whose holder let go of the file already."""


class Holding:
    """A register file held by this program, until `let_go`. `lock` is the note, open and locked, where that is done."""

    def __init__(self, path: Path, lock: int | None) -> None:
        self._path: Path | None = path
        self._lock = lock

    def let_go(self) -> None:
        """Take the word back; again does no harm."""
        if self._path is None:
            return
        # The note goes before its lock: nobody is to lock one that is about to go.
        with contextlib.suppress(OSError):
            _note_path(self._path).unlink(missing_ok=True)
        if self._lock is not None:
            os.close(self._lock)
        self._path = self._lock = None


def _note_path(path: Path) -> Path:
    return path.with_name(path.name + ".in-use")


def hold(path: Path, who: str, since: datetime) -> Holding | None:
    """Leave word of who holds a file; None where a program that still runs holds it.

    To be asked only once the file's own lock is had. Failing to write the note is no reason not to open the file.
    """
    told = {
        "who": who,
        "computer": platform.node(),
        "since": since.isoformat(timespec="minutes"),
        "process": os.getpid(),
    }
    words = json.dumps(told)
    if sys.platform == "win32":
        # What is open cannot be taken away there, and the database's lock is enough.
        with contextlib.suppress(OSError):
            _note_path(path).write_text(words, encoding="utf-8")
        return Holding(path, None)
    try:
        note = _locked_note(_note_path(path))
    except OSError:
        return Holding(path, None)
    if note is None:
        return None
    with contextlib.suppress(OSError):
        os.ftruncate(note, 0)
        os.write(note, words.encode())
    return Holding(path, note)


def _locked_note(path: Path) -> int | None:
    """The note, open and locked; None where somebody else keeps it locked."""
    give_up = time.monotonic() + _CLOSING_S
    while True:
        note = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        # Who is just closing the file lets go of it first and takes the note away after: that one is no note any more.
        if _lock(note) and _is_still(note, path):
            return note
        os.close(note)
        if time.monotonic() > give_up:
            return None
        time.sleep(0.02)


def _is_still(note: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(note), path.stat())
    except OSError:
        return False


def is_locked(path: Path) -> bool:
    """Whether a program that still runs holds a file, whatever became of the lock of its database."""
    try:
        note = os.open(_note_path(path), os.O_RDONLY)
    except OSError:
        return False
    try:
        return not _lock(note)
    finally:
        os.close(note)


def _lock(note: int) -> bool:
    """Lock a note; False where somebody else has it locked. A share that knows no such locks does without."""
    if sys.platform != "win32":
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True


def was_left(path: Path) -> bool:
    """Whether whoever held the file last never took their word back: they were stopped, or the power went.

    To be asked only once the file's own lock is had.
    """
    return _note_path(path).exists()


def who_holds(path: Path) -> str:
    """Plain words: who has it open, where and since when, as far as known."""
    try:
        note = json.loads(_note_path(path).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(note["since"]).astimezone()
        return f"by {note['who'] or 'someone'} on {note['computer']} since {since:%H:%M on %d %b %Y}"
    except (OSError, ValueError, KeyError, TypeError):
        return "by another program"
