"""Forms not yet recorded, kept as they were typed, so that nothing typed is lost with the program.

In a register that a team shares, everybody sees their own; in a file, which one person has at a time, all.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from mhtracker.store.schema import drafts
from mhtracker.store.store import Store

ANOTHER = "#"
"""Stands between the place of a form and the number of a further draft of the same."""

_EXTRAS = ("texts", "form", "args", "who", "shown", "labels", "kind", "record_id", "version", "stood_on")


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished form. `texts` holds each editor's typed text by field name, `labels` what the fields are called.

    `key` says which form this is and on whom or what; further drafts of the same are numbered. `form` and `args` are
    the command that opens it. Where the form shows a record, `shown` is what its fields said before anything was
    typed, of version `version`; `stood_on` marks what else the form was filled in against.
    """

    key: str
    person_id: str | None
    label: str
    texts: dict[str, str]
    saved_at: datetime
    form: str = ""
    args: dict[str, Any] = field(default_factory=dict)
    who: str = ""
    shown: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    record_id: str = ""
    version: int = 0
    stood_on: str = ""

    @property
    def place(self) -> str:
        """The key without its number."""
        return self.key.partition(ANOTHER)[0]

    @property
    def first_words(self) -> str:
        """The longest text typed: what somebody would know the draft by."""
        return " ".join(max(self.texts.values(), key=len, default="").split())


def save_draft(
    store: Store, key: str, *, person_id: str | None, label: str, texts: Mapping[str, str], **more: Any
) -> datetime | None:
    """Keep a form as typed, in place of its draft before; `more` are further fields of a `Draft`.

    Gives the moment it is kept under. On a register opened to read it is not kept: None.
    """
    if store.read_only:
        return None
    saved_at = store.clock.now().astimezone(UTC)
    told = {"texts": dict(texts), "form": key.partition(":")[0], "who": store.who, **more}
    values = {
        "key": key,
        "person_id": person_id,
        "label": label,
        "texts": json.dumps({name: told[name] for name in _EXTRAS if told.get(name)}, ensure_ascii=False, default=str),
        "saved_at": saved_at.isoformat(),
    }
    store.database.begin()
    try:
        store.database.connection.execute(delete(drafts).where(drafts.c.key == key))
        store.database.connection.execute(insert(drafts).values(values))
        store.database.commit()
    except BaseException:
        store.database.rollback()
        raise
    return saved_at


def get_draft(store: Store, key: str) -> Draft | None:
    """The draft of that key, if one is kept."""
    row = store.database.connection.execute(select(drafts).where(drafts.c.key == key)).one_or_none()
    return _draft(row) if row is not None else None


def newest_draft(store: Store, place: str, *, besides: Collection[str] = ()) -> Draft | None:
    """The newest draft that whoever sits here left of a form, not counting those that stand open (`besides`)."""
    mine = _left_by(store, {"", store.who})
    return next((draft for draft in mine if draft.place == place and draft.key not in besides), None)


def list_drafts(store: Store) -> list[Draft]:
    """All drafts that may be shown here, newest first."""
    return _left_by(store, {"", store.who} if store.database.flavour == "postgresql" else None)


def free_key(store: Store, place: str) -> str:
    """A key for one more draft of a form."""
    taken = set(store.database.connection.execute(select(drafts.c.key)).scalars())
    number = 1
    while (key := place if number == 1 else f"{place}{ANOTHER}{number}") in taken:
        number += 1
    return key


def drop_draft(store: Store, key: str) -> None:
    """Forget a draft, once its form is recorded or thrown away."""
    if not store.read_only:
        store.database.connection.execute(delete(drafts).where(drafts.c.key == key))


def put_back(store: Store, draft: Draft) -> None:
    """Keep a draft again that was thrown away."""
    more = {name: getattr(draft, name) for name in _EXTRAS if name != "texts"}
    save_draft(store, draft.key, person_id=draft.person_id, label=draft.label, texts=draft.texts, **more)


def _left_by(store: Store, names: set[str] | None) -> list[Draft]:
    query = select(drafts).order_by(drafts.c.saved_at.desc())
    found = [_draft(row) for row in store.database.connection.execute(query)]
    return [draft for draft in found if names is None or draft.who in names]


def _draft(row: Any) -> Draft:
    key, person_id, label, told, saved_at = row
    kept = json.loads(told)
    if not isinstance(kept.get("texts"), dict):
        kept = {"texts": kept, "form": key.partition(":")[0]}  # as drafts were kept before they said more of themselves
    known = {name: value for name, value in kept.items() if name in _EXTRAS}
    return Draft(key=key, person_id=person_id, label=label, saved_at=datetime.fromisoformat(saved_at), **known)
