"""The columns of a register: read once, and brought up to date when something was recorded."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from mhtracker.analysis.columns.anew import read_register
from mhtracker.analysis.columns.keeping import FORMAT, NAME, from_bytes, to_bytes
from mhtracker.analysis.columns.shapes import ALWAYS, EVER, UNKNOWN, UNTOLD, Columns, Held, Statuses, Stays
from mhtracker.analysis.columns.splicing import splice
from mhtracker.domain.errors import UserError
from mhtracker.domain.records import KIND_OF, Barrier, LegalAndStatus, Person, Placement
from mhtracker.store.kept_columns import KeptColumns, keep, read_kept
from mhtracker.store.queries.columns import count_roughly, people_changed_since
from mhtracker.store.store import Store

__all__ = (
    "ALWAYS",
    "EVER",
    "UNKNOWN",
    "UNTOLD",
    "Columns",
    "Held",
    "Statuses",
    "Stays",
    "columns_of",
    "has_many",
    "keep_columns",
    "read_ahead",
    "read_register",
)

_KINDS = tuple(KIND_OF[each] for each in (Person, Placement, LegalAndStatus, Barrier))
_FEW, _MANY = 500, 10_000
"""Where more people changed than a tenth of all, but between these two, everybody is read anew."""


KEPT_FROM = 2_000
"""In a register of fewer people, reading them anew takes no time that anybody would notice."""

KEPT_FOR = 500
"""So many people who changed are read again in no time: what the register keeps is replaced when there are more."""


@dataclass(slots=True)
class _Read:
    """Columns as they were after the operation numbered `seq`; the register keeps those after `kept_seq`, if any."""

    seq: int
    columns: Columns
    kept_seq: int | None = None


def columns_of(store: Store) -> Columns:
    """The columns of a register. Of those read or kept before, only the people recorded of since are read again."""
    seq = store.last_seq()
    known: dict[str, _Read] = store.kept("columns", dict)
    read = known.get(NAME) or _kept_in_register(store) or _Read(seq, read_register(store))
    if read.seq != seq:
        read.columns = _brought_up_to_date(store, read)
        read.seq = seq
    known[NAME] = read
    return read.columns


def has_many(store: Store, *, kept_from: int = KEPT_FROM) -> bool:
    """Whether so many are on the pathway that counting from columns is sooner than from one person after another."""
    return count_roughly(store) >= kept_from


def read_ahead(store: Store, *, kept_from: int = KEPT_FROM) -> None:
    """Make the columns ready before anybody asks, and keep them in the register where that pays.

    For idle time, on the thread that has the register.
    """
    columns_of(store)
    keep_columns(store, kept_from=kept_from)


def keep_columns(store: Store, *, kept_from: int = KEPT_FROM) -> None:
    """Keep the columns in the register as they were last read, so that it has them when it is opened next.

    Nothing is read for it, and nothing is written where that would not pay: for few people, or few who changed. For
    idle time, for closing, or after answering; a register that cannot be written just now is left alone.
    """
    known: dict[str, _Read] = store.kept("columns", dict)
    read = known.get(NAME)
    if read is None or len(read.columns.ids) < kept_from or store.read_only or store.is_recording:
        return
    # A drive or a server that is gone is no reason not to close.
    with suppress(UserError):
        if read.kept_seq is not None and people_changed_since(store, read.kept_seq, _KINDS, KEPT_FOR) is not None:
            return
        if keep(store, NAME, FORMAT, KeptColumns(read.seq, to_bytes(read.columns))):
            read.kept_seq = read.seq


def kept_columns_of(store: Store) -> Columns | None:
    """The columns that the register keeps, brought up to date as far as is needed; None where it keeps none."""
    read = _kept_in_register(store)
    return _brought_up_to_date(store, read) if read is not None else None


def _kept_in_register(store: Store) -> _Read | None:
    kept = read_kept(store, NAME, FORMAT)
    columns = from_bytes(kept.body) if kept is not None else None
    return _Read(kept.through_seq, columns, kept.through_seq) if kept is not None and columns is not None else None


def _brought_up_to_date(store: Store, read: _Read) -> Columns:
    most = min(_MANY, max(_FEW, len(read.columns.ids) // 10))
    changed = people_changed_since(store, read.seq, _KINDS, most)
    if changed is None:
        return read_register(store)
    return splice(read.columns, changed, read_register(store, changed)) if changed else read.columns
