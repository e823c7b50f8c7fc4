"""Standard output and error that never raise at a person: any console, a closed pipe, no console at all."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TextIO, cast

from mhtracker.domain.errors import Unavailable


class ReaderGone(Exception):
    """Whoever read standard output has closed it."""


def prepare() -> None:
    """Make both streams take any text. A windowed program on Windows has none at all."""
    if sys.stdout is None:
        sys.stdout = cast(TextIO, _Nowhere())
    if sys.stderr is None:
        sys.stderr = cast(TextIO, _Nowhere())
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # An old console cannot show every letter; one it lacks must not stop the answer.
            stream.reconfigure(errors="backslashreplace" if _is_utf8(stream) else "replace")


class _Nowhere(io.TextIOBase):
    """Takes everything and keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


def _is_utf8(stream: TextIO) -> bool:
    return (getattr(stream, "encoding", None) or "").lower().replace("-", "") == "utf8"


def takes_any_letter() -> bool:
    """Whether standard output can carry every letter as it is."""
    return _is_utf8(sys.stdout)


def say(text: str) -> None:
    """Write lines to standard output."""
    try:
        sys.stdout.write(text + "\n")
    except OSError as error:
        raise _gone_or_full(error) from error


def settle() -> None:
    """Make sure that what was said has arrived."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise _gone_or_full(error) from error


def _gone_or_full(error: OSError) -> Exception:
    # Windows says EINVAL where others say EPIPE.
    if error.errno in (errno.EPIPE, errno.EINVAL):
        return ReaderGone()
    let_go()
    return Unavailable(f"The answer could not be written: {error.strerror or error}.")


def let_go() -> None:
    """Point standard output nowhere, so that Python's own flush at its end finds nothing to complain of."""
    try:
        number = os.open(os.devnull, os.O_WRONLY)
        os.dup2(number, sys.stdout.fileno())
        os.close(number)
    except (OSError, ValueError):
        sys.stdout = cast(TextIO, _Nowhere())


def complain(words: str) -> None:
    """One plain line on standard error."""
    try:
        sys.stderr.write(f"mhtracker: {' '.join(words.split())}\n")
        sys.stderr.flush()
    except OSError:
        return
