"""Reads the columns of a register from its records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from mhtracker.analysis.columns.packed import People, amounts_of, as_column, codes_of, days_of, digits_of, used_only
from mhtracker.analysis.columns.shapes import ALWAYS, DAY_BITS, EVER, UNKNOWN, UNTOLD, Columns, Held, Statuses, Stays
from mhtracker.domain.lists.code_lists import HOME_LOST, HOME_LOST_TO
from mhtracker.domain.records import Barrier, LegalAndStatus, Person, Placement, StatusKind
from mhtracker.store.bulk import not_collecting
from mhtracker.store.queries.columns import APART, Packed, read_columns_of, read_packed
from mhtracker.store.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Days, Numbers

_KINDS = (StatusKind.ACCOMMODATION.value, StatusKind.EMPLOYMENT.value)


def read_register(store: Store, person_ids: Collection[str] | None = None) -> Columns:
    """Read the columns of some people (None: of everybody)."""
    with not_collecting():
        return _read_register(store, None if person_ids is None else sorted(person_ids))


def _read_register(store: Store, person_ids: list[str] | None) -> Columns:
    import numpy as np

    names = ("id", "ref", "born_on", "primary_support", "died_on", "left_on", "worker_id", "team_id")
    found = read_columns_of(store, Person, (*names, "left_reason", "merged_into"), id=person_ids)
    rows = sorted((row for row in found if row[9] is None and row[8] != "error"), key=itemgetter(0))
    ids, refs, born, support, died, left, worker, team, *_ = zip(*rows, strict=True) if rows else ((),) * 10
    people = People(ids)
    return Columns(
        as_column(ids),
        as_column(refs),
        np.fromiter((int(str(each).replace("-", "")) if each else 0 for each in born), np.int32, len(born)),
        as_column(support),
        _ordinals(died),
        _ordinals(left),
        as_column(worker),
        as_column(team),
        _stays(store, people, person_ids),
        _statuses(store, people, person_ids),
        _held(store, people, person_ids),
    )


def _ordinals(days: Any) -> Days:
    """Days of people, few of whom have any."""
    import numpy as np

    found = np.full(len(days), EVER, np.int32)
    for place, day in enumerate(days):
        if day is not None:
            found[place] = (day if isinstance(day, date) else date.fromisoformat(day)).toordinal()
    return found


def _stays(store: Store, people: People, person_ids: list[str] | None) -> Stays:
    names = ("person_id", "id", "stage_id", "started_on", "ended_on", "planned", "end_reason", "service_id")
    names_too = ("destination", "weekly_cost_pence", "weekly_charge_pence")
    packed = read_packed(store, Placement, (*names, *names_too), person_id=person_ids)
    person, started = people.find(packed, "person_id"), days_of(packed, "started_on", ALWAYS)
    rows = _sorted(_key(person, started), lambda: (packed.columns["id"].split(APART.encode()),))
    reason, reasons = codes_of(packed, "end_reason")
    to, destinations = codes_of(packed, "destination")
    stage, stage_ids = _codes(packed, "stage_id", rows)
    service, service_ids = _codes(packed, "service_id", rows)
    return Stays(
        stage_ids,
        service_ids,
        person[rows],
        stage,
        started[rows],
        days_of(packed, "ended_on", EVER)[rows],
        digits_of(packed, "planned", UNTOLD)[rows],
        _among(reason[rows], reasons, ("died",)),
        _among(reason[rows], reasons, HOME_LOST) | _among(to[rows], destinations, HOME_LOST_TO),
        service,
        amounts_of(packed, "weekly_cost_pence", UNKNOWN)[rows],
        amounts_of(packed, "weekly_charge_pence", 0)[rows],
    )


def _statuses(store: Store, people: People, person_ids: list[str] | None) -> Statuses:
    names = ("person_id", "kind", "code", "started_on", "ended_on", "expires_on")
    # Of everybody the database leaves the other kinds out; of some people there are few.
    among = {"kind": _KINDS} if person_ids is None else {"person_id": person_ids}
    packed = read_packed(store, LegalAndStatus, names, **among)
    kind, kinds = codes_of(packed, "kind")
    person, started = people.find(packed, "person_id"), days_of(packed, "started_on", ALWAYS)
    for place, name in enumerate(kinds):
        if name not in _KINDS:
            person[kind == place] = UNTOLD
    lives = kind == (kinds.index(StatusKind.ACCOMMODATION) if StatusKind.ACCOMMODATION in kinds else UNTOLD)
    code, codes = codes_of(packed, "code")
    ended, expires = days_of(packed, "ended_on", EVER), days_of(packed, "expires_on", EVER)
    rows = _sorted(_key(person, started) * 2 + lives, lambda: (code, ended, expires))
    code, used = used_only(code[rows], codes)
    return Statuses(used, person[rows], lives[rows], code, started[rows], ended[rows], expires[rows])


def _held(store: Store, people: People, person_ids: list[str] | None) -> Held:
    names = ("person_id", "code", "attributable", "started_on", "ended_on")
    packed = read_packed(store, Barrier, names, person_id=person_ids)
    person, started = people.find(packed, "person_id"), days_of(packed, "started_on", ALWAYS)
    ended = days_of(packed, "ended_on", EVER)
    (code, codes), (owner, owners) = codes_of(packed, "code"), codes_of(packed, "attributable")
    rows = _sorted(_key(person, started), lambda: (code, owner, ended))
    (code, codes_used), (owner, owners_used) = used_only(code[rows], codes), used_only(owner[rows], owners)
    return Held(codes_used, owners_used, person[rows], code, owner, started[rows], ended[rows])


def _among(places: Numbers, names: Sequence[str], wanted: Collection[str]) -> NDArray[np.bool_]:
    import numpy as np

    return np.isin(places, [place for place, name in enumerate(names) if name in wanted])


def _codes(packed: Packed, name: str, rows: NDArray[np.intp]) -> tuple[Numbers, tuple[str, ...]]:
    places, names = codes_of(packed, name)
    return used_only(places[rows], names)


def _key(person: Numbers, started: Days) -> NDArray[np.int64]:
    """One number to sort rows by person and first day; below 0 for people who are not looked at."""
    import numpy as np

    return (person.astype(np.int64) << DAY_BITS) + started


def _sorted(key: NDArray[np.int64], then: Callable[[], Sequence[Any]]) -> NDArray[np.intp]:
    """The rows of the people looked at by a key, and by other columns those few that share it."""
    import numpy as np

    rows = np.argsort(key, kind="stable")
    rows = rows[np.searchsorted(key[rows], 0) :]
    same = np.flatnonzero(key[rows][1:] == key[rows][:-1])
    if len(same):
        tied, columns = np.union1d(same, same + 1), (key, *then())
        rows[tied] = sorted(rows[tied].tolist(), key=lambda row: [column[row] for column in columns])
    return rows
