"""Forms not yet recorded, kept as they were typed, so that nothing typed is lost with the program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from mhtracker.store.schema import drafts
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished form. `texts` holds each editor's typed text by field name; `key` names form and person."""

    key: str
    person_id: str | None
    label: str
    texts: dict[str, str]
    saved_at: datetime


def save_draft(store: Store, key: str, *, person_id: str | None, label: str, texts: Mapping[str, str]) -> None:
    """Keep a form as typed, in place of its draft before. On a register opened to read it is not kept."""
    if store.read_only:
        return
    values = {
        "key": key,
        "person_id": person_id,
        "label": label,
        "texts": json.dumps(dict(texts), ensure_ascii=False),
        "saved_at": store.clock.now().isoformat(),
    }
    store.database.begin()
    try:
        store.database.connection.execute(delete(drafts).where(drafts.c.key == key))
        store.database.connection.execute(insert(drafts).values(values))
        store.database.commit()
    except BaseException:
        store.database.rollback()
        raise


def get_draft(store: Store, key: str) -> Draft | None:
    """The draft of a form, if one is kept."""
    row = store.database.connection.execute(select(drafts).where(drafts.c.key == key)).one_or_none()
    return _draft(row) if row is not None else None


def list_drafts(store: Store) -> list[Draft]:
    """All drafts, newest first."""
    query = select(drafts).order_by(drafts.c.saved_at.desc())
    return [_draft(row) for row in store.database.connection.execute(query)]


def drop_draft(store: Store, key: str) -> None:
    """Forget a draft, once its form is recorded or thrown away."""
    if not store.read_only:
        store.database.connection.execute(delete(drafts).where(drafts.c.key == key))


def _draft(row: Any) -> Draft:
    key, person_id, label, texts, saved_at = row
    return Draft(key, person_id, label, json.loads(texts), datetime.fromisoformat(saved_at))
