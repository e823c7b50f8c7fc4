"""MHTracker's own references: MHT-00001 and on."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from mhtracker.store.schema import people
from mhtracker.store.store import Store

_OWN = re.compile(r"MHT-([0-9]+)")


def next_refs(store: Store, count: int = 1) -> list[str]:
    """The next free references, in order: one after the highest in use."""
    query = select(people.c.ref).where(people.c.ref.like("MHT-%"))
    # The longest first, since MHT-100000 sorts before MHT-99999; odd ones that only begin alike are passed over.
    ordered = query.order_by(func.length(people.c.ref).desc(), people.c.ref.desc())
    highest = 0
    for ref in store.database.connection.execute(ordered).scalars():
        if own := _OWN.fullmatch(ref):
            highest = int(own[1])
            break
    return [f"MHT-{number:05d}" for number in range(highest + 1, highest + count + 1)]
