"""Automatic backups: a folder of verified copies of one register, made by themselves and thinned out by age."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from mhtracker.domain.errors import Unavailable
from mhtracker.store.backup import attached, backup
from mhtracker.store.rotation import is_due, kept_of
from mhtracker.store.schema import drafts, operations
from mhtracker.store.store import Store

_STAMP = "%Y-%m-%d %H%M%S"
_NAMED = re.compile(r"^(?P<stem>.+) backup (?P<at>\d{4}-\d\d-\d\d \d{6})$")
_LEFT_OVER = re.compile(r"\.mhtracker\.\d+\.tmp$")


@dataclass(frozen=True, slots=True)
class BackupFile:
    """An automatic backup: where, of which moment (on the computer's clock), how large. `people` None: not counted."""

    path: Path
    at: datetime
    size: int
    people: int | None = None


def usual_folder(register: Path) -> Path:
    """Where a register's backups go unless somebody says otherwise: a folder of their own beside it."""
    return register.with_name(f"{register.stem} backups")


def list_backups(folder: Path, register: Path) -> list[BackupFile]:
    """The register's backups in a folder, newest first. A folder may hold those of several."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.glob(f"*{register.suffix}"):
            named = _NAMED.match(path.stem)
            if named is None or named["stem"] != register.stem:
                continue
            with contextlib.suppress(OSError, ValueError):
                at = datetime.strptime(named["at"], _STAMP)  # noqa: DTZ007 – names carry the computer's own clock
                found.append(BackupFile(path, at, path.stat().st_size))
    return sorted(found, key=lambda each: each.at, reverse=True)


def count_people(store: Store, path: Path) -> int | None:
    """How many people a backup of this register holds; None where it cannot be read."""
    try:
        with attached(store, path) as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM copy.people").scalar_one())
    except (DBAPIError, Unavailable):
        return None


def back_up_if_due(store: Store, folder: Path) -> BackupFile | None:
    """Make a backup where something is new and the last is half an hour old, else None. Raises Unavailable."""
    register = store.database.path
    if register is None or store.read_only:
        return None
    moments = [each.at for each in list_backups(folder, register)]
    if not is_due(moments, _changed_at(store), _now(store)):
        return None
    return back_up_now(store, folder)


def back_up_now(store: Store, folder: Path) -> BackupFile:
    """Make a backup, and only when it has passed its check let the ones go that it makes superfluous."""
    register = store.database.path
    if register is None:
        raise Unavailable("A register on a server is backed up there, with pg_dump, by whoever looks after the server.")
    now = _now(store)
    try:
        if folder == usual_folder(register):
            folder.mkdir(exist_ok=True)
        if not folder.is_dir():
            raise Unavailable(f"The folder for backups, {folder}, is not there.")
        _clear_left_over(folder, now)
    except OSError as error:
        raise Unavailable(f"The backup could not be written to {folder}: {error.strerror or error}.") from error
    path = folder / f"{register.stem} backup {now.strftime(_STAMP)}{register.suffix}"
    if not path.exists():
        backup(store, path)
    made = BackupFile(path, now, path.stat().st_size)
    _thin_out(folder, register, now)
    return made


def trouble_with(folder: Path, register: Path) -> str:
    """Why a backup could not be written to a folder, before one is tried; "" when nothing stands in the way."""
    import os

    there = folder if folder != usual_folder(register) or folder.is_dir() else folder.parent
    if not there.is_dir():
        return f"The folder for backups, {folder}, is not there."
    return "" if os.access(there, os.W_OK) else f"The folder for backups, {folder}, is closed to you."


def _thin_out(folder: Path, register: Path, now: datetime) -> None:
    found = list_backups(folder, register)
    kept = kept_of([each.at for each in found], now)
    for each in found:
        if each.at not in kept:
            with contextlib.suppress(OSError):
                each.path.unlink()


def _clear_left_over(folder: Path, now: datetime) -> None:
    """Take away what a backup that was cut off has left, an hour later: another program may be writing now."""
    for path in folder.glob("*.tmp"):
        if _LEFT_OVER.search(path.name):
            with contextlib.suppress(OSError):
                age = now.astimezone().timestamp() - path.stat().st_mtime
                if age > 3600:
                    path.unlink()


def _now(store: Store) -> datetime:
    return store.clock.now().astimezone().replace(tzinfo=None, microsecond=0)


def _changed_at(store: Store) -> datetime | None:
    """When something was last recorded or kept for later, on the computer's clock."""
    connection = store.database.connection
    recorded = connection.execute(select(operations.c.at_utc).order_by(operations.c.seq.desc()).limit(1)).scalar()
    kept = connection.execute(select(func.max(drafts.c.saved_at))).scalar()
    moments = [datetime.fromisoformat(each).astimezone().replace(tzinfo=None) for each in (recorded, kept) if each]
    return max(moments, default=None)
