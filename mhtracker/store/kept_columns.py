"""Columns kept in the register: what is counted over everybody, ready to be counted from when the register is opened.

Derived, outside the journal, and never needed: where nothing is kept, or what is kept is damaged, the records are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import DBAPIError

from mhtracker.domain.errors import UserError
from mhtracker.store.derived import kept_columns
from mhtracker.store.schema import operations
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class KeptColumns:
    """What is kept under a name: bytes, as the register stood after the operation numbered so."""

    through_seq: int
    body: bytes


def read_kept(store: Store, name: str, made: int) -> KeptColumns | None:
    """What is kept under a name; None where nothing is, or nothing that can be used.

    `made` is the number of the form that the bytes have. A register as it was known keeps nothing.
    """
    if store.as_known_on is not None:
        return None
    query = select(kept_columns).join(operations, operations.c.seq == kept_columns.c.through_seq)
    # The link of the audit chain tells the operation from another of its number.
    usable = (kept_columns.c.name == name, kept_columns.c.made == made, operations.c.digest == kept_columns.c.chain)
    row = store.database.connection.execute(query.where(*usable)).one_or_none()
    if row is None or row.seal != _sealed(row.name, row.made, row.through_seq, row.chain, row.body):
        return None
    return KeptColumns(row.through_seq, row.body)


def keep(store: Store, name: str, made: int, found: KeptColumns) -> bool:
    """Keep bytes in place of those kept before; gives whether that could be done.

    It is nobody's work: where the register cannot be written just now, nothing is kept, nobody waits, nothing is said.
    """
    if store.read_only or store.is_recording:
        return False
    try:
        if not store.database.begin_unless_busy():
            return False
    except (DBAPIError, UserError):
        return False
    try:
        execute = store.database.connection.execute
        chain = execute(select(operations.c.digest).where(operations.c.seq == found.through_seq)).scalar_one()
        execute(delete(kept_columns).where(kept_columns.c.name == name))
        values = {"name": name, "made": made, "through_seq": found.through_seq, "chain": chain}
        seal = _sealed(name, made, found.through_seq, chain, found.body)
        execute(insert(kept_columns).values(**values, seal=seal, body=found.body))
        store.database.commit()
    except (DBAPIError, UserError):
        store.database.rollback()
        return False
    except BaseException:
        store.database.rollback()
        raise
    return True


def kept_faults(store: Store) -> Iterator[tuple[str, str]]:
    """(what, where) for what is kept and is not what was kept, or goes up to an operation that is not there."""
    for row in store.database.connection.execute(select(kept_columns)):
        chain = select(func.count()).where(operations.c.seq == row.through_seq, operations.c.digest == row.chain)
        if row.seal != _sealed(row.name, row.made, row.through_seq, row.chain, row.body):
            yield "what is kept to count from has changed", f"columns {row.name}"
        elif not store.database.connection.execute(chain).scalar():
            yield "what is kept to count from goes up to an operation that is not there", f"columns {row.name}"


def _sealed(name: str, made: int, through_seq: int, chain: str, body: bytes | str) -> str | None:
    """A digest of all that is kept of one name; None of what no bytes are, as damage may leave them."""
    if isinstance(body, str):
        return None
    told = hashlib.sha256(ascii((name, made, through_seq, chain)).encode())
    told.update(body)
    return told.hexdigest()
