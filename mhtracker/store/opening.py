"""Making and opening registers."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert, inspect, text
from sqlalchemy.exc import DBAPIError

from mhtracker.domain.errors import Damaged, NotFound, Refused, Unavailable
from mhtracker.domain.fields import CODE_LISTS
from mhtracker.domain.lists.starting_rules import DEFAULT_REVIEW_TYPES, DEFAULT_STEPS
from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import CodeItem, Record, ReviewType, Setting, StepTemplate, new_id
from mhtracker.store import engine, holder, lines
from mhtracker.store.clock import Clock, SystemClock
from mhtracker.store.engine import Database
from mhtracker.store.schema import APPLICATION_ID, SCHEMA, register
from mhtracker.store.store import Store

LARGE = 200_000_000
"""Above this size, in bytes, what reads the whole file is not done while somebody waits."""

_HARMED = "The register is damaged: keep it as it is, and restore the latest backup."


class RegisterStore(Store):
    """A store that looks after the note beside its file."""

    holding: holder.Holding | None = None

    def close(self) -> None:
        super().close()
        if self.holding is not None:
            self.holding.let_go()


def open_register(
    address: str | Path,
    *,
    who: str,
    clock: Clock | None = None,
    password: str | None = None,
    read_only: bool = False,
) -> Store:
    """Open a register: a file's path or a `postgresql://` address.

    An older register is brought up to date first, after a verified backup; a newer one is refused. Raises
    PasswordNeeded or Unavailable, in plain words, when it cannot be opened.
    """
    clock = clock or SystemClock()
    if engine.is_server(address):
        database = engine.connect_server(str(address))
        database.read_only = read_only
    else:
        path = _resolved(Path(address))
        read_only = read_only or (path.exists() and not _may_write(path))
        database = engine.connect_file(path, password=password, read_only=read_only)
    try:
        _look_over(database)
        store = RegisterStore(database, address=str(address), who=who, clock=clock)
        if database.path is not None and not read_only:
            store.ended_badly = holder.was_left(database.path)
            store.holding = holder.hold(database.path, who, clock.now())
            if store.holding is None:
                raise engine.open_elsewhere(database.path)
    except DBAPIError as error:
        database.close()
        raise Damaged(_HARMED) from error
    except BaseException:
        database.close()
        raise
    try:
        _bring_up_to_date(store, password)
        lines.refresh_overtaken(store, clock.today())
    except DBAPIError as error:
        store.close()
        raise Damaged(_HARMED) from error
    except BaseException:
        store.close()
        raise
    return store


def _look_over(database: Database) -> None:
    """Raise Damaged where the pages of a file do not hang together: found now, not in the middle of somebody's work.

    A very large file would hold the opening up; it is looked over table by table, with `look_over_table`.
    """
    if database.path is None or database.path.stat().st_size > LARGE:
        return
    if database.connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise Damaged(_HARMED)


def look_over_table(store: Store, name: str) -> None:
    """Look one table over in a register that is open. Raises Damaged."""
    found = store.database.connection.execute(text("SELECT * FROM pragma_quick_check(:t)"), {"t": name})
    if [row[0] for row in found.all()] != ["ok"]:
        raise Damaged(_HARMED)


def tables_to_look_over(store: Store) -> list[str]:
    """The tables of a register too large to be looked over at opening; none where that was done."""
    path = store.database.path
    if path is None or path.stat().st_size <= LARGE:
        return []
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    return [row[0] for row in store.database.connection.exec_driver_sql(query).all()]


def create_register(
    address: str | Path,
    *,
    who: str,
    clock: Clock | None = None,
    password: str | None = None,
    council: str = "",
    demo: bool = False,
    ids: Callable[[], str] = new_id,
) -> Store:
    """Make an empty register, with the default pathway and code lists, and open it. Refuses a path that exists.

    `ids` gives operations their ids: a demo register's are always the same.
    """
    clock = clock or SystemClock()
    if engine.is_server(address):
        database = engine.connect_server(str(address))
        if inspect(database.connection).has_table("operations"):
            database.close()
            raise Refused("There is a register in this database already.")
    else:
        path = _resolved(Path(address))
        if path.exists():
            raise Refused(f"“{path.name}” exists already. Give another name, or open it.")
        if not path.parent.is_dir():
            raise NotFound(f"There is no folder {path.parent}.")
        database = engine.connect_file(path, password=password, create=True)
    try:
        _build(database)
        store = RegisterStore(database, address=str(address), who=who, clock=clock)
        store.new_id = ids
        _fill(store, council, demo)
        if database.path is not None:
            store.holding = holder.hold(database.path, who, clock.now())
    except BaseException:
        database.close()
        if database.path is not None:
            database.path.unlink(missing_ok=True)
        raise
    return store


def _resolved(path: Path) -> Path:
    # Resolved once, so that a link changed later cannot point the open register elsewhere.
    return path.expanduser().resolve()


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _build(database: Database) -> None:
    from mhtracker.store.migrate import upgrade

    if database.flavour == "sqlite":
        database.connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        database.connection.exec_driver_sql(f"PRAGMA page_size={engine.PAGE}")
    upgrade(database)


def _fill(store: Store, council: str, demo: bool) -> None:
    facts = {"made_by": "mhtracker"} | ({"demo": "invented people"} if demo else {})
    records: list[Record] = [
        *DEFAULT_STAGES,
        *itertools.chain(*CODE_LISTS.values()),
        *DEFAULT_REVIEW_TYPES,
        *DEFAULT_STEPS,
    ]
    if council:
        records.append(Setting("council", json.dumps(council)))
    with store.operation("New register", final=True) as work:
        store.database.connection.execute(insert(register), [{"key": k, "value": v} for k, v in facts.items()])
        work.add_many(records)


def schema_of(database: Database) -> str | None:
    """The migration a register stands at; None when it has none."""
    if not inspect(database.connection).has_table("alembic_version"):
        return None
    return database.connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _bring_up_to_date(store: Store, password: str | None) -> None:
    stands = schema_of(store.database)
    if stands == SCHEMA:
        return
    name = store.database.path.name if store.database.path else "This database"
    if stands is None or not inspect(store.database.connection).has_table("register"):
        raise Unavailable(f"“{name}” is not an MHTracker register.")
    if stands > SCHEMA:
        raise Unavailable(
            f"“{name}” was made by a newer MHTracker (its tables are {stands}, this program knows {SCHEMA}). "
            "Install the newer program; the register has not been touched."
        )
    if store.read_only:
        raise Unavailable(
            f"“{name}” is from an older MHTracker and can only be brought up to date where it may be written."
        )
    from mhtracker.store.backup import backup_beside
    from mhtracker.store.migrate import upgrade

    if store.database.path is not None:
        backup_beside(store, f"before {SCHEMA}")
    upgrade(store.database)
    store.database.begin()
    lines.rebuild_all(store, store.today)
    store.database.commit()
    _add_what_is_new(store)


def _add_what_is_new(store: Store) -> None:
    """The code lists, kinds of review and ready-made steps that came after the register was made.

    An office never removes an entry, it ends it: what is not there at all is new. Lists it has are left as they are.
    """
    lists = {item.list_name for item in store.find(CodeItem)}
    codes = [item for items in CODE_LISTS.values() for item in items if item.list_name not in lists]
    types = () if store.find(ReviewType) else DEFAULT_REVIEW_TYPES
    steps = () if store.find(StepTemplate) else DEFAULT_STEPS
    if new := [*codes, *types, *steps]:
        with store.operation(f"Brought up to {SCHEMA}", final=True) as work:
            work.add_many(new)
