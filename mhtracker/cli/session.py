"""Opening a register for a command, and answering."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from mhtracker import text
from mhtracker.cli import streams
from mhtracker.domain.errors import PasswordNeeded, Refused, Unavailable
from mhtracker.store.clock import SystemClock

if TYPE_CHECKING:
    from mhtracker.store import Store

CLOCK = SystemClock()
T = TypeVar("T")


def who_asks(asked: argparse.Namespace) -> str:
    """Who records or prints: as given, else from the environment, else the login."""
    who = asked.who or os.environ.get("MHTRACKER_WHO")
    if who:
        return " ".join(str(who).split())
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def with_password(use: Callable[[str | None], T], name: str) -> T:
    """Use something that may be locked: without a password first, then with the one in the environment or typed."""
    try:
        return use(None)
    except PasswordNeeded as locked:
        password = os.environ.get("MHTRACKER_PASSWORD") or _ask(f"Password for {name}: ")
        if not password:
            words = "Set MHTRACKER_PASSWORD, or run the command where it can ask."
            raise PasswordNeeded(f"{locked} {words}") from locked
        return use(password)


def new_password(name: str) -> str:
    """The password for a register about to be made. Raises Refused when there is nobody to ask."""
    password = os.environ.get("MHTRACKER_PASSWORD") or _ask(f"New password for {name}: ")
    if not password:
        raise Refused("--locked needs a password: set MHTRACKER_PASSWORD, or run the command where it can ask.")
    if not os.environ.get("MHTRACKER_PASSWORD") and _ask("The same again: ") != password:
        raise Refused("The two passwords differ. Nothing was made.")
    return password


def _ask(words: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        return ""
    return getpass.getpass(words)


@contextmanager
def opened(asked: argparse.Namespace, *, read_only: bool = False) -> Iterator[Store]:
    """The register of a command, as it was known on a day where the command was given one."""
    from mhtracker.analysis.quicker import help_counting
    from mhtracker.store import known_by, open_register
    from mhtracker.store.engine import is_server

    if "://" in asked.file and not is_server(asked.file):
        kind = asked.file.partition("://")[0]
        raise Refused(f"A register is a file or a postgresql:// address; “{kind}://” is neither.")

    def use(password: str | None) -> Store:
        how: dict[str, Any] = {"who": who_asks(asked), "clock": CLOCK, "password": password, "read_only": read_only}
        return help_counting(open_register(asked.file, **how))

    with with_password(use, shown_name(asked.file)) as store:
        as_known: date | None = getattr(asked, "as_known", None)
        if as_known is None:
            yield store
            return
        with known_by(store, as_known, as_at=day_of(asked)) as copy:
            yield copy


def shown_name(address: str | Path) -> str:
    """What to call a register in a line: its file's name, or the server without a password."""
    from mhtracker.settings import without_password

    return without_password(str(address)) if "://" in str(address) else Path(address).name


def day_of(asked: argparse.Namespace) -> date:
    """The day an answer speaks of."""
    return getattr(asked, "as_at", None) or CLOCK.today()


def dates_of(asked: argparse.Namespace) -> dict[str, Any]:
    """The first keys of every answer."""
    as_known: date | None = getattr(asked, "as_known", None)
    return {"as_at": day_of(asked).isoformat(), "as_known": as_known.isoformat() if as_known else None}


def known_words(as_known: date | None) -> str:
    """What a plain answer says after its day where it tells only what was known by another; else nothing."""
    return f", as known on {text.format_date(as_known)}" if as_known else ""


def answer(asked: argparse.Namespace, facts: dict[str, Any], plain: Callable[[], str]) -> int:
    """Give an answer: JSON when asked for, else plain text, which is then made. The exit code is 0."""
    if asked.json:
        streams.say(as_json({**dates_of(asked), **facts}))
    elif words := plain():
        streams.say(words)
    return 0


def as_json(facts: dict[str, Any]) -> str:
    """One JSON document, a line for each key and for each entry of a list."""
    import json

    # What is no number would be no JSON either.
    written = partial(json.dumps, ensure_ascii=not streams.takes_any_letter(), allow_nan=False)

    def lines(value: Any) -> str:
        if isinstance(value, list) and value:
            return "[\n" + ",\n".join(map(written, value)) + "\n]"
        return written(value)

    return "{\n" + ",\n".join(f"{json.dumps(key)}: {lines(value)}" for key, value in facts.items()) + "\n}"


@contextmanager
def writing(asked: argparse.Namespace, out: Path, ending: str = "") -> Iterator[Path]:
    """A file to be written by a command: never over the register itself, and the disk's refusals in plain words."""
    out = out.expanduser()
    if ending and out.suffix.lower() != ending:
        raise Refused(f"Name the file with {ending} at its end, not “{out.name}”.")
    with contextlib.suppress(OSError):
        if out.exists() and Path(asked.file).exists() and out.samefile(asked.file):
            raise Refused(f"“{out.name}” is the register itself. Name another file to write.")
    try:
        yield out
    except OSError as error:
        raise Unavailable(f"“{out.name}” could not be written: {error.strerror or 'the disk refused'}.") from error
