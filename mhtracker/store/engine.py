"""Opening a database: the only file that knows SQLite, SQLCipher and PostgreSQL apart.

A register file has one connection, held exclusively: `journal_mode=TRUNCATE` and `synchronous=EXTRA` lost no commit
in 1,000 simulated power cuts, where WAL and DELETE did, and neither works on a network share. A team shares
through PostgreSQL.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from sqlalchemy import Connection, Engine, ExceptionContext, Select, Table, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from mhtracker.domain.errors import Damaged, PasswordNeeded, Unavailable, UserError
from mhtracker.store import any_file
from mhtracker.store.holder import is_locked, who_holds
from mhtracker.store.schema import APPLICATION_ID

PAGE = 4096
_MAGIC = b"SQLite format 3\x00"
_WRITER_LOCK = 0x4D485452
"""PostgreSQL's advisory lock, taken by every operation: without it a change feed by number misses late commits."""


_held: weakref.WeakValueDictionary[tuple[int, int], Database] = weakref.WeakValueDictionary()
"""The files that this process has open to write. The system forgets all of a process's locks on a file when any part of
the process closes it (POSIX), so such a file must not be opened a second time, not even to look at its first bytes."""


@dataclass(slots=True, weakref_slot=True, eq=False)
class Database:
    """An open connection and the few things that differ between databases."""

    _connection: Connection
    flavour: Literal["sqlite", "postgresql"]
    path: Path | None = None
    read_only: bool = False
    file: tuple[int, int] | None = None
    locked: bool = False

    @property
    def connection(self) -> Connection:
        """The connection; made anew after a server has dropped it, together with whatever was under way."""
        if self._connection.invalidated:
            self._connection.rollback()
        return self._connection

    def begin(self) -> None:
        """Start the one writing transaction, waiting for another writer to finish."""
        if self.flavour == "sqlite":
            self.connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            self.connection.exec_driver_sql("BEGIN")
            self.connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")

    def begin_unless_busy(self) -> bool:
        """`begin`, or False at once where another is writing: a server would have one wait, however long it takes."""
        if self.flavour == "sqlite":
            self.begin()
            return True
        self.connection.exec_driver_sql("BEGIN")
        if self.connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({_WRITER_LOCK})").scalar():
            return True
        self.rollback()
        return False

    def commit(self) -> None:
        self.connection.exec_driver_sql("COMMIT")

    def rollback(self) -> None:
        # SQLite ends the transaction by itself on some errors (disk full); a second ROLLBACK would hide the first.
        if self.flavour == "sqlite" and not _raw(self.connection).in_transaction:
            return
        # A server that is gone has rolled back already, and saying so must not hide why.
        if not self._connection.invalidated:
            self.connection.exec_driver_sql("ROLLBACK")

    def insert_many(self, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows of bare values straight through the driver; names come from our own tables only."""
        if rows:
            self.connection.exec_driver_sql(self._insert_sql(table, columns), list(rows))

    def delete_many(self, table: Table, column: str, values: Sequence[str]) -> None:
        """Delete the rows whose column holds one of these values."""
        if not values:
            return
        start = f'DELETE FROM "{table.name}" WHERE "{table.c[column].name}"'  # noqa: S608 - our own names
        if self.flavour == "sqlite":
            # All in one statement, which takes half the time of one for each.
            many = f"{start} IN (SELECT value FROM json_each(?))"  # noqa: S608 - our own names
            self.connection.exec_driver_sql(many, (json.dumps(values),))
        else:
            self.connection.exec_driver_sql(f"{start} = %s", [(value,) for value in values])

    def bare_rows(
        self, table: Table, columns: Sequence[str], column: str, values: Sequence[str] | None
    ) -> list[tuple[Any, ...]]:
        """Rows whose column holds one of the values (None: all), as SQLite's driver gives them, dates as ISO text."""
        quoted = ", ".join(f'"{table.c[name].name}"' for name in columns)
        sql = f'SELECT {quoted} FROM "{table.name}"'  # noqa: S608 - our own names
        if values is not None:
            sql += f' WHERE "{table.c[column].name}" IN ({", ".join("?" * len(values))})'
        rows: list[tuple[Any, ...]] = _raw(self.connection).execute(sql, list(values or ())).fetchall()
        return rows

    def bare(self, query: Select[Any]) -> list[tuple[Any, ...]]:
        """The rows of a query as the driver gives them, for very many: days as text in a file, truths as numbers."""
        found = self.connection.execute(query)
        rows = cast("list[tuple[Any, ...]]", found.cursor.fetchall())
        found.close()
        return rows

    def packed_columns(
        self, table: Table, blanks: Mapping[str, str], apart: str, column: str, values: Sequence[str] | None
    ) -> tuple[Any, ...]:
        """How many rows there are, then each column of them as one text of SQLite's making, blanks for what is empty.

        Only those whose column holds one of the values (None: all).
        """
        texts = [
            f"CAST(ifnull(group_concat(ifnull(\"{table.c[name].name}\", '{blank}'), '{apart}'), '') AS BLOB)"
            for name, blank in blanks.items()
        ]
        sql = f'SELECT count(*), {", ".join(texts)} FROM "{table.name}"'  # noqa: S608 - our own names
        if values is not None:
            sql += f' WHERE "{table.c[column].name}" IN ({", ".join("?" * len(values))})'
        row: tuple[Any, ...] = _raw(self.connection).execute(sql, list(values or ())).fetchone()
        return row

    def _insert_sql(self, table: Table, columns: Sequence[str]) -> str:
        mark = "?" if self.flavour == "sqlite" else "%s"
        quoted = ", ".join(f'"{table.c[name].name}"' for name in columns)
        # Composed of our own tables' names alone; the values travel beside it.
        return f'INSERT INTO "{table.name}" ({quoted}) VALUES ({", ".join([mark] * len(columns))})'  # noqa: S608

    @contextmanager
    def larger_cache(self, megabytes: int = 256) -> Iterator[None]:
        """Let SQLite keep more pages in memory while a great deal is written at once."""
        if self.flavour != "sqlite":
            yield
            return
        usual = self.connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
        self.connection.exec_driver_sql(f"PRAGMA cache_size=-{megabytes * 1024}")
        try:
            yield
        finally:
            self.connection.exec_driver_sql(f"PRAGMA cache_size={usual}")

    def interrupt(self) -> None:
        """Stop the query that another thread is running here, if any."""
        raw = _raw(self.connection)
        if hasattr(raw, "interrupt"):
            raw.interrupt()
        elif hasattr(raw, "cancel"):
            raw.cancel()

    def learn(self) -> None:
        """Let SQLite count what its indexes hold, so that it chooses well among them."""
        if self.flavour == "sqlite" and not self.read_only:
            self.connection.exec_driver_sql("PRAGMA analysis_limit=1000")
            self.connection.exec_driver_sql("ANALYZE")

    def close(self) -> None:
        """Let go; again does no harm."""
        if self._connection.closed:
            return
        if self.flavour == "sqlite" and self.path is not None and not self.read_only:
            # The second takes away the empty journal that would stay beside the file. Failing at either does no harm.
            with contextlib.suppress(DBAPIError, UserError):
                self.connection.exec_driver_sql("PRAGMA optimize")
                self.connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        self._connection.close()
        self._connection.engine.dispose()
        if self.file is not None:
            _held.pop(self.file, None)


def _raw(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def is_server(address: str | Path) -> bool:
    """Whether an address names a PostgreSQL database rather than a file."""
    return str(address).startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def connect_server(address: str) -> Database:
    """Connect to a PostgreSQL database."""
    url = "postgresql+psycopg://" + address.split("://", 1)[1]
    try:
        engine = create_engine(url, isolation_level="AUTOCOMMIT", pool_size=1, max_overflow=0, pool_pre_ping=True)
        connection = engine.connect()
        event.listen(connection.engine, "handle_error", _told_plainly, retval=True)
        return Database(connection, "postgresql")
    except ImportError as error:
        raise Unavailable("This copy of MHTracker was installed without its server part (psycopg).") from error
    except DBAPIError as error:
        raise Unavailable("The server did not answer, or did not accept the name and password.") from error


def connect_memory() -> Database:
    """An empty database in memory: what as-known reading fills."""
    engine = _sqlite_engine(lambda: sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False), None)
    connection = engine.connect()
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    return Database(connection, "sqlite")


def copy_in_memory(database: Database) -> Database | None:
    """A copy of a whole register file in memory, page by page; None for one that cannot be copied so."""
    raw = _raw(database.connection)
    if not isinstance(raw, sqlite3.Connection):
        return None
    memory = connect_memory()
    raw.backup(_raw(memory.connection))
    return memory


def connect_file(path: Path, *, password: str | None = None, create: bool = False, read_only: bool = False) -> Database:
    """Open a register file and hold it. Raises Unavailable in words that say what stands in the way."""
    path = path.expanduser()
    if not create:
        if _file_of(path) in _held or is_locked(path):
            raise open_elsewhere(path)
        _check_looks_openable(path, password)
    journal = path.with_name(path.name + "-journal")
    if read_only and journal.exists() and journal.stat().st_size:
        raise Unavailable(
            f"“{path.name}” was being written when its program stopped, and is mended by opening it where it may "
            "be written. Copy it, with the file that ends in -journal beside it, to a folder of your own and open it."
        )
    module, opener = _opener(path, password, "rwc" if create else "ro" if read_only else "rw")
    engine = _sqlite_engine(opener, module)
    try:
        connection = engine.connect()
        _settle(connection, read_only)
        if not create:
            _check_is_register(connection, path)
    except BaseException as error:
        engine.dispose()
        if isinstance(error, DBAPIError):
            raise _plain(error, path, password) from error
        if isinstance(error, sqlite3.Error):
            raise Unavailable(f"“{path.name}” could not be opened: {error}.") from error
        raise
    event.listen(connection.engine, "handle_error", _told_plainly, retval=True)
    file = None if read_only else _file_of(path)
    database = Database(connection, "sqlite", path, read_only, file, locked=password is not None)
    if file is not None:
        _held[file] = database
    return database


def _file_of(path: Path) -> tuple[int, int] | None:
    """What a file is, whatever path leads to it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_held(path: Path) -> bool:
    """Whether some program has a register file open to write. Nothing is written or mended by asking."""
    if _file_of(path) in _held or is_locked(path):
        return True
    try:
        raw = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2, isolation_level=None)
        with contextlib.closing(raw):
            raw.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        # Anything else (damaged, locked with a password) is met after the file's lock has been had.
        return "locked" in str(error).lower()
    return False


def _told_plainly(context: ExceptionContext) -> UserError | None:
    """Errors that may meet any read of an open register, in plain words. Others stay what they are."""
    words = str(context.original_exception).lower()
    if "malformed" in words or "not a database" in words or "hmac" in words:
        return Damaged("The register is damaged. Keep it as it is, and restore the latest backup.")
    if context.is_disconnect or "connection failed" in words:
        return Unavailable("The server cannot be reached. What was recorded is safe; try again in a moment.")
    return None


def _sqlite_engine(opener: Callable[[], Any], module: Any) -> Engine:
    options = {"module": module} if module is not None else {}
    options |= {"execution_options": {"compiled_cache": any_file.statements}}
    address, pool = any_file.ADDRESS, StaticPool
    engine = create_engine(address, creator=opener, poolclass=pool, isolation_level="AUTOCOMMIT", **options)

    @event.listens_for(engine, "connect")
    def _own_transactions(raw: Any, _record: Any) -> None:
        # BEGIN IMMEDIATE must be ours: Python's own transaction control would start a deferred one behind our back.
        raw.isolation_level = None

    return engine


def _opener(path: Path, password: str | None, mode: str) -> tuple[Any, Callable[[], Any]]:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    if password is None:
        return None, lambda: sqlite3.connect(
            uri, uri=True, timeout=0.2, isolation_level=None, check_same_thread=False, cached_statements=256
        )
    import sqlcipher3.dbapi2 as sqlcipher

    def open_locked() -> Any:
        raw = sqlcipher.connect(uri, uri=True, timeout=0.2, isolation_level=None, check_same_thread=False)
        # SQLCipher's own log goes to standard error, where a wrong password would look like a broken program.
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute("PRAGMA key = '" + password.replace("'", "''") + "'")
        return raw

    return sqlcipher, open_locked


def _settle(connection: Connection, read_only: bool) -> None:
    pragmas = ["foreign_keys=ON", "trusted_schema=OFF", "temp_store=MEMORY", "cache_size=-16000"]
    if not read_only:
        pragmas += ["locking_mode=EXCLUSIVE", "journal_mode=TRUNCATE", "synchronous=EXTRA"]
    for pragma in pragmas:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    if not read_only:
        # Takes the exclusive lock now, so that a second program learns at once that the register is in use.
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        connection.exec_driver_sql("COMMIT")


def _check_looks_openable(path: Path, password: str | None) -> None:
    if not path.exists():
        raise Unavailable(f"There is no file “{path.name}” in {path.absolute().parent}.")
    if path.is_dir():
        raise Unavailable(f"“{path.name}” is a folder, not a register.")
    try:
        with path.open("rb") as file:
            head = file.read(100)
        size = path.stat().st_size
    except OSError as error:
        raise Unavailable(f"“{path.name}” could not be read: {error.strerror or error}.") from error
    if size == 0:
        raise Unavailable(f"“{path.name}” is empty: it is not an MHTracker register.")
    if head.startswith(_MAGIC):
        if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
            raise Unavailable(f"“{path.name}” is another program's database, not an MHTracker register.")
    elif size % PAGE or size < PAGE or _is_known_format(head):
        raise Unavailable(f"“{path.name}” is not an MHTracker register.")
    elif password is None:
        raise PasswordNeeded(f"“{path.name}” is locked with a password, or is not an MHTracker register.")


def _is_known_format(head: bytes) -> bool:
    # A locked register begins with 16 random bytes, so only what chance cannot make counts.
    starts = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
    printable = all(byte in b"\t\r\n" or 32 <= byte < 127 for byte in head)
    return head.startswith(starts) or printable


def _check_is_register(connection: Connection, path: Path) -> None:
    found = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if found != APPLICATION_ID:
        raise Unavailable(f"“{path.name}” is not an MHTracker register.")


def open_elsewhere(path: Path) -> Unavailable:
    """That somebody has the file open, with who, where and since when."""
    return Unavailable(f"“{path.name}” is open elsewhere: {who_holds(path)}. Close it there first.")


def _plain(error: DBAPIError, path: Path, password: str | None) -> Unavailable:
    words = str(error.orig).lower()
    if "not a database" in words or "encrypted" in words:
        if password is not None:
            return PasswordNeeded(f"The password for “{path.name}” is not right.")
        return Damaged(f"“{path.name}” is damaged or not an MHTracker register. Restore the latest backup.")
    if "locked" in words or "busy" in words:
        return open_elsewhere(path)
    if "readonly" in words or "read-only" in words:
        return Unavailable(f"“{path.name}” may only be read, not changed, by you. Copy it to a folder of your own.")
    if "full" in words:
        return Unavailable("The disk is full. Free some space; nothing recorded so far is lost.")
    if "malformed" in words:
        return Damaged(f"“{path.name}” is damaged. Keep it as it is and restore the latest backup.")
    return Unavailable(f"“{path.name}” could not be opened: {words}.")
