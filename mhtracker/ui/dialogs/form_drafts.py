"""The draft of a form that stands open: where it is kept, taken up again, thrown away and put back.

The functions here run on the register's thread and are the only ones to touch a slot's key.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakSet

from mhtracker.store import Store
from mhtracker.store.drafts import Draft, drop_draft, free_key, get_draft, newest_draft, save_draft

_OPEN: WeakSet[DraftSlot] = WeakSet()
"""The slots of all forms that stand open in this program, in whichever window."""


@dataclass(eq=False, weakref_slot=True, slots=True)
class DraftSlot:
    """Where one open form keeps its draft: `key` is "" until it has kept one or taken one up.

    Two forms on the same person have a slot each, and so never write over one another.
    """

    place: str
    address: str
    key: str = ""
    saved_at: datetime | None = None
    closed: bool = False


def keys_open(address: str, *, besides: DraftSlot | None = None) -> set[str]:
    """The keys of the drafts of a register's forms that stand open."""
    found = [each for each in list(_OPEN) if not each.closed and each.address == address]
    return {each.key for each in found if each is not besides and each.key}


def open_slot(store: Store, slot: DraftSlot, wanted: str = "") -> Draft | None:
    """The draft that a form takes up on opening: the one `wanted`, else the newest that no other form has open."""
    taken = keys_open(slot.address, besides=slot)
    _OPEN.add(slot)
    draft = get_draft(store, wanted) if wanted else None
    if draft is None or draft.key in taken:
        draft = newest_draft(store, slot.place, besides=taken)
    if draft is not None:
        slot.key, slot.saved_at = draft.key, draft.saved_at
    return draft


def keep_in_slot(store: Store, slot: DraftSlot, **draft: Any) -> bool:
    """Keep a form as typed. A draft that somebody else has written there meanwhile stays: this one goes beside it."""
    there = get_draft(store, slot.key) if slot.key else None
    if not slot.key or (there is not None and there.saved_at != slot.saved_at):
        slot.key = free_key(store, slot.place)
    slot.saved_at = save_draft(store, slot.key, **draft)
    return slot.saved_at is not None


def drop_slot(store: Store, slot: DraftSlot) -> None:
    """Forget the form's draft, if it has one."""
    if slot.key:
        drop_draft(store, slot.key)
        slot.key, slot.saved_at = "", None


def mark_of(facts: Any) -> str:
    """A mark that tells whether facts are the same as when a draft was kept; "" for none."""
    return "" if facts is None else hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
