"""Verified copies of a register, made with the database's own backup, and putting one back."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from mhtracker.domain.errors import Damaged, NotFound, Refused, Unavailable
from mhtracker.store import engine, holder
from mhtracker.store.engine import Database
from mhtracker.store.schema import APPLICATION_ID
from mhtracker.store.store import Store

_SIDECARS = ("-journal", "-wal", "-shm")


def backup(store: Store, out: Path) -> Path:
    """Copy an open register to `out`, verify the copy, and only then give it its name. Refuses a path that exists."""
    out = out.expanduser().resolve()
    if out.exists():
        raise Refused(f"“{out.name}” exists already. Give the backup another name.")
    if not out.parent.is_dir():
        raise NotFound(f"There is no folder {out.parent}.")
    if store.database.flavour != "sqlite":
        raise Refused("A register on a server is backed up there, with pg_dump, by whoever looks after the server.")
    partial = _partial(out)
    try:
        store.database.connection.exec_driver_sql("VACUUM INTO ?", (str(partial),))
        verify(store, partial)
        _settle(partial)
        partial.replace(out)
    except OSError as error:
        raise Unavailable(f"The backup could not be written: {error.strerror or error}.") from error
    except DBAPIError as error:
        raise Unavailable("The backup could not be written: the folder is closed to you, or its disk full.") from error
    finally:
        partial.unlink(missing_ok=True)
    return out


def backup_beside(store: Store, words: str) -> Path:
    """A backup in the register's own folder, named after it, the moment and the reason."""
    path = store.database.path
    if path is None:
        raise Refused("Only a register file can be backed up beside itself.")
    moment = store.clock.now().astimezone().strftime("%Y-%m-%d %H%M%S")
    return backup(store, path.with_name(f"{path.stem} {words} {moment}{path.suffix}"))


def verify(store: Store, copy: Path) -> None:
    """Raise Unavailable unless a copy of the store's register is sound.

    Attached to the register's own connection, a copy locked with the same password opens without asking for it.
    """
    with attached(store, copy) as connection:
        if connection.exec_driver_sql("PRAGMA copy.integrity_check").scalar() != "ok":
            raise Unavailable("The backup did not pass its check and has been thrown away.")
        counted = "SELECT (SELECT count(*) FROM copy.changes) = (SELECT count(*) FROM main.changes)"
        if not connection.exec_driver_sql(counted).scalar():
            raise Unavailable("The backup is not whole and has been thrown away.")


@contextmanager
def attached(store: Store, copy: Path) -> Iterator[Connection]:
    """The register's own connection with a copy attached as `copy`: one of the same password is not asked for it."""
    connection = store.database.connection
    connection.exec_driver_sql("ATTACH DATABASE ? AS copy", (str(copy),))
    try:
        yield connection
    finally:
        connection.exec_driver_sql("DETACH DATABASE copy")


def check_backup(store: Store, copy: Path) -> None:
    """Raise Unavailable unless a file is a sound register that may take the place of the one that is open."""
    if not copy.is_file():
        raise NotFound(f"There is no file “{copy.name}” in {copy.parent}.")
    if engine.is_held(copy):
        raise Refused(f"“{copy.name}” is open {holder.who_holds(copy)}. Close it there first.")
    try:
        with attached(store, copy) as connection:
            if connection.exec_driver_sql("PRAGMA copy.application_id").scalar() != APPLICATION_ID:
                raise Unavailable(f"“{copy.name}” is not an MHTracker register.")
            if connection.exec_driver_sql("PRAGMA copy.integrity_check").scalar() != "ok":
                raise Unavailable(f"“{copy.name}” is damaged; it has not been put back.")
    except (DBAPIError, Damaged) as error:
        raise Unavailable(f"“{copy.name}” is not a sound backup of this register, or has another password.") from error


def restore(
    source: Path,
    target: Path,
    *,
    replace: bool = False,
    moment: datetime,
    password: str | None = None,
    checked: bool = False,
) -> Path | None:
    """Put a backup back as `target`. With `replace`, a file there is moved aside; returns where to, if so.

    `checked` when `check_backup` has found the backup sound already, without its password.

    Journals left beside the target are moved aside too: SQLite would play an old one into the restored file.
    """
    source, target = source.expanduser().resolve(), target.expanduser().resolve()
    if target.exists() and not replace:
        raise Refused(f"“{target.name}” exists. Give another name, or --replace to move the old file aside.")
    if not checked:
        _check_closed(source, password)
    if target.exists() and engine.is_held(target):
        raise Refused(f"“{target.name}” is open {holder.who_holds(target)}. Close it there first.")
    partial = _partial(target)
    try:
        with source.open("rb") as read, partial.open("wb") as write:
            while block := read.read(1 << 20):
                write.write(block)
        _settle(partial)
        aside = _move_aside(target, moment)
        try:
            partial.replace(target)
        except OSError:
            if aside is not None:
                aside.replace(target)
            raise
    except OSError as error:
        raise Unavailable(f"The backup could not be put back: {error.strerror or error}.") from error
    finally:
        partial.unlink(missing_ok=True)
    return aside


def _check_closed(source: Path, password: str | None) -> None:
    database = engine.connect_file(source, password=password, read_only=True)
    try:
        if _integrity(database) != "ok":
            raise Unavailable(f"“{source.name}” is damaged; it has not been put back.")
    finally:
        database.close()


def _partial(path: Path) -> Path:
    """Where a file is written before it has its name: one that is nobody else's."""
    return path.with_name(f"{path.name}.{os.getpid()}.tmp")


def _move_aside(target: Path, moment: datetime) -> Path | None:
    name = f"{target.stem} replaced {moment.astimezone():%Y-%m-%d %H%M%S}"
    free = next(n for n in itertools.count(1) if not target.with_name(_numbered(name, n) + target.suffix).exists())
    moved = None
    for suffix in ("", *_SIDECARS):
        old = target.with_name(target.name + suffix)
        if old.exists():
            aside = target.with_name(f"{_numbered(name, free)}{target.suffix}{suffix}")
            old.replace(aside)
            moved = moved or aside
    return moved


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def _integrity(database: Database) -> str:
    return str(database.connection.exec_driver_sql("PRAGMA integrity_check").scalar())


def _settle(path: Path) -> None:
    """Make sure the bytes are on the disk before the name is."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
