"""What documents hold: bytes kept once under their SHA-256, beside the journal, which names the hash.

Written inside an operation, so that a document and what it holds come together or not at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import delete, insert, select

from mhtracker.domain.errors import NotFound
from mhtracker.store.engine import Database
from mhtracker.store.further_tables import contents, documents
from mhtracker.store.register import Register
from mhtracker.store.schema import changes


def keep(database: Database, content: bytes) -> str:
    """Keep bytes, unless they are there already; gives their SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    known = database.connection.execute(select(contents.c.sha256).where(contents.c.sha256 == sha256)).first()
    if known is None:
        row = {"sha256": sha256, "size": len(content), "bytes": content}
        database.connection.execute(insert(contents).values(row))
    return sha256


def read(store: Register, sha256: str) -> bytes:
    """The bytes of a SHA-256. Raises NotFound.

    A register as it was known reads from the one it was copied from: bytes never change, and are many.
    """
    held = store.beneath if store.beneath is not None else store
    found = held.database.connection.execute(select(contents.c.bytes).where(contents.c.sha256 == sha256)).scalar()
    if found is None:
        raise NotFound("What this document holds is no longer in the register.")
    return bytes(found)


def named(store: Register) -> set[str]:
    """Every SHA-256 that a document names or that a recorded change of one did: undo and redo need those too."""
    found = set(store.database.connection.execute(select(documents.c.sha256)).scalars())
    query = select(changes.c.before, changes.c.after).where(changes.c.kind == "document")
    for images in store.database.connection.execute(query):
        for image in images:
            if image is not None and (sha256 := json.loads(image).get("sha256")):
                found.add(sha256)
    return found


def purge_unnamed(store: Register) -> int:
    """Let go of bytes that nothing recorded names any more, as after somebody was erased. Gives how many there were.

    Called inside a transaction.
    """
    execute = store.database.connection.execute
    gone = sorted(set(execute(select(contents.c.sha256)).scalars()) - named(store))
    for sha256 in gone:
        execute(delete(contents).where(contents.c.sha256 == sha256))
    return len(gone)


def content_faults(store: Register) -> Iterator[tuple[str, str]]:
    """(what, where) for bytes that are missing, are not what their hash says, or that nothing names."""
    wanted = named(store)
    there = store.database.connection.execute(select(contents.c.sha256, contents.c.size)).all()
    for sha256, size in there:
        held = store.database.connection.execute(select(contents.c.bytes).where(contents.c.sha256 == sha256)).scalar()
        if held is None or len(held) != size or hashlib.sha256(held).hexdigest() != sha256:
            yield "what a document holds has changed", f"content {sha256[:12]}"
        if sha256 not in wanted:
            yield "the register holds bytes that no document names", f"content {sha256[:12]}"
    for sha256 in sorted(wanted - {row.sha256 for row in there}):
        yield "what a document holds is missing", f"content {sha256[:12]}"
