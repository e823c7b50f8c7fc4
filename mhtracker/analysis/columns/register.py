"""Everybody's stays, statuses and barriers as recorded, of no day: read once, and kept until something is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mhtracker.analysis.columns.packed import People, amounts_of, codes_of, days_of, digits_of
from mhtracker.domain.records import Barrier, LegalAndStatus, Person, Placement, StatusKind
from mhtracker.store.bulk import not_collecting
from mhtracker.store.queries.columns import APART, Packed, read_columns_of, read_packed
from mhtracker.store.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Days, Numbers, Words

    Truths = NDArray[np.bool_]

EVER = 3_652_059
"""The end of what has not ended: the ordinal of the last day there is."""

ALWAYS = 1
"""The start of what has none."""

UNTOLD = -1
"""Whether a move was planned, where that is not recorded; no stage."""

UNKNOWN = -(2**62)
"""A cost that is not recorded: none that anybody could type."""


@dataclass(frozen=True, slots=True)
class Stays:
    """A row for each stay, by person, first day and id. `person` is the place of its person in `Columns.ids`.

    `ended` is EVER while it lasts, `planned` UNTOLD, 0 or 1; `stage` and `service` are places in `stage_ids` and
    `service_ids`, where no service is "". `cost` is in pence a week, UNKNOWN where it is not recorded.
    """

    stage_ids: tuple[str, ...]
    service_ids: tuple[str, ...]
    person: Numbers
    stage: Numbers
    started: Days
    ended: Days
    planned: Numbers
    died: Truths
    service: Numbers
    cost: NDArray[np.int64]
    charge: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Statuses:
    """A row for each status of accommodation or employment; `code` is a place in `codes`, which is sorted."""

    codes: tuple[str, ...]
    person: Numbers
    lives: Truths
    code: Numbers
    started: Days
    ended: Days
    expires: Days


@dataclass(frozen=True, slots=True)
class Held:
    """A row for each barrier, by person, first day and id; `code` and `owner` are places in `codes` and `owners`."""

    codes: tuple[str, ...]
    owners: tuple[str, ...]
    person: Numbers
    code: Numbers
    owner: Numbers
    started: Days
    ended: Days


@dataclass(frozen=True, slots=True)
class Columns:
    """Everybody but those entered by mistake or merged away, in the order of the register, and what is theirs.

    `born` is the birth date as the number 19680214 (0: not known).
    """

    ids: Words
    refs: Words
    born: Numbers
    support: Words
    died: Days
    left: Days
    worker: Words
    team: Words
    stays: Stays
    statuses: Statuses
    held: Held


@dataclass(slots=True)
class _Kept:
    seq: int
    columns: Columns


def columns_of(store: Store) -> Columns:
    """The columns of a register; read anew only when something was recorded since they were read last."""
    seq = store.last_seq()
    kept = store.kept("columns", lambda: _Kept(seq, read_register(store)))
    if kept.seq != seq:
        kept.seq, kept.columns = seq, read_register(store)
    return kept.columns


def read_ahead(store: Store) -> None:
    """Make the columns ready before anybody asks, in idle time, on the thread that has the register."""
    columns_of(store)


def read_register(store: Store) -> Columns:
    """Read everybody's columns."""
    with not_collecting():
        return _read_register(store)


def _read_register(store: Store) -> Columns:
    import numpy as np

    names = ("id", "ref", "born_on", "primary_support", "died_on", "left_on", "worker_id", "team_id")
    rows = read_columns_of(store, Person, (*names, "left_reason", "merged_into"))
    rows = [row for row in rows if row[9] is None and row[8] != "error"]
    ids, refs, born, support, died, left, worker, team, *_ = zip(*rows, strict=True) if rows else ((),) * 10
    people = People(ids)
    return Columns(
        _words(ids),
        _words(refs),
        np.fromiter((int(str(each).replace("-", "")) if each else 0 for each in born), np.int32, len(born)),
        _words(support),
        _ordinals(died),
        _ordinals(left),
        _words(worker),
        _words(team),
        _stays(store, people),
        _statuses(store, people),
        _held(store, people),
    )


def _words(values: Any) -> Words:
    import numpy as np

    found = np.empty(len(values), object)
    found[:] = values
    return found


def _ordinals(days: Any) -> Days:
    """Days of people, few of whom have any."""
    import numpy as np

    found = np.full(len(days), EVER, np.int32)
    for place, day in enumerate(days):
        if day is not None:
            found[place] = (day if isinstance(day, date) else date.fromisoformat(day)).toordinal()
    return found


def _stays(store: Store, people: People) -> Stays:
    names = ("person_id", "id", "stage_id", "started_on", "ended_on", "planned", "end_reason", "service_id")
    packed = read_packed(store, Placement, (*names, "weekly_cost_pence", "weekly_charge_pence"))
    person, started = people.find(packed, "person_id"), days_of(packed, "started_on", ALWAYS)
    stage, stage_ids = codes_of(packed, "stage_id")
    service, service_ids = codes_of(packed, "service_id")
    reason, reasons = codes_of(packed, "end_reason")
    columns: tuple[Any, ...] = (
        person,
        stage,
        started,
        days_of(packed, "ended_on", EVER),
        digits_of(packed, "planned", UNTOLD),
        reason == (reasons.index("died") if "died" in reasons else UNTOLD),
        service,
        amounts_of(packed, "weekly_cost_pence", UNKNOWN),
        amounts_of(packed, "weekly_charge_pence", 0),
    )
    rows = _sorted(packed, person, started)
    return Stays(tuple(stage_ids), tuple(service_ids), *(column[rows] for column in columns))


def _statuses(store: Store, people: People) -> Statuses:
    names = ("person_id", "kind", "code", "started_on", "ended_on", "expires_on")
    packed = read_packed(
        store, LegalAndStatus, names, kind=(StatusKind.ACCOMMODATION.value, StatusKind.EMPLOYMENT.value)
    )
    person = people.find(packed, "person_id")
    kind, kinds = codes_of(packed, "kind")
    code, codes = codes_of(packed, "code")
    lives = kind == (kinds.index(StatusKind.ACCOMMODATION) if StatusKind.ACCOMMODATION in kinds else UNTOLD)
    started = days_of(packed, "started_on", ALWAYS)
    ended, expires = days_of(packed, "ended_on", EVER), days_of(packed, "expires_on", EVER)
    there = person >= 0
    columns: tuple[Any, ...] = (person, lives, code, started, ended, expires)
    return Statuses(tuple(codes), *(column if there.all() else column[there] for column in columns))


def _held(store: Store, people: People) -> Held:
    packed = read_packed(store, Barrier, ("person_id", "id", "code", "attributable", "started_on", "ended_on"))
    person, started = people.find(packed, "person_id"), days_of(packed, "started_on", ALWAYS)
    code, codes = codes_of(packed, "code")
    owner, owners = codes_of(packed, "attributable")
    columns: tuple[Any, ...] = (person, code, owner, started, days_of(packed, "ended_on", EVER))
    rows = _sorted(packed, person, started)
    return Held(tuple(codes), tuple(owners), *(column[rows] for column in columns))


def _sorted(packed: Packed, person: Numbers, started: Days) -> NDArray[np.intp]:
    """The rows of the people looked at, by person, first day and id."""
    import numpy as np

    key = (person.astype(np.int64) << 22) + started
    rows = np.argsort(key, kind="stable")
    rows = rows[np.searchsorted(key[rows], 0) :]
    same = np.flatnonzero(key[rows][1:] == key[rows][:-1])
    if len(same):
        # Ids are long to compare: only those of one person and day.
        tied = np.union1d(same, same + 1)
        ids = packed.columns["id"].split(APART.encode())
        mine = rows[tied].tolist()
        rows[tied] = sorted(mine, key=lambda row: (key[row], ids[row]))
    return rows
