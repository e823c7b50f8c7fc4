"""Who changed what since somebody last saw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from mhtracker.store.codec import image_values
from mhtracker.store.schema import changes, operations
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody's operation: who, when and what it is called."""

    who: str
    at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Since:
    """What happened to a record since a version of it: by field who changed it last, and whether it is gone."""

    fields: dict[str, Step]
    latest: Step | None
    gone: bool = False


def record_since(store: Store, kind: str, record_id: str, version: int) -> Since:
    """What was done to a record since its `version`, which counts its saves."""
    store.make_ready("history")
    query = (
        _steps(changes.c.before, changes.c.after)
        .where(changes.c.kind == kind, changes.c.record_id == record_id)
        .order_by(changes.c.seq)
    )
    rows = store.database.connection.execute(query).all()
    added = max((place for place, row in enumerate(rows) if row.before is None), default=0)
    fields: dict[str, Step] = {}
    latest = None
    for who, at, label, before, after in rows[added + version :]:
        latest = Step(who, datetime.fromisoformat(at), label)
        was, now = image_values(before) or {}, image_values(after) or {}
        fields |= {name: latest for name in was.keys() | now.keys() if was.get(name) != now.get(name)}
    return Since(fields, latest, gone=bool(rows) and rows[-1].after is None)


def latest_on_person(store: Store, person_id: str) -> Step | None:
    """The latest operation that touched a person."""
    store.make_ready("history")
    query = _steps().where(changes.c.person_id == person_id).order_by(changes.c.seq.desc()).limit(1)
    row = store.database.connection.execute(query).first()
    return Step(row[0], datetime.fromisoformat(row[1]), row[2]) if row is not None else None


def _steps(*more: Any) -> Select[Any]:
    return select(operations.c.who, operations.c.at_utc, operations.c.label, *more).join(
        changes, changes.c.seq.between(operations.c.first_change, operations.c.last_change)
    )
