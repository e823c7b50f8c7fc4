"""Everybody's stays, statuses and barriers as they stood on a day, as columns of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mhtracker.domain.records import Barrier, LegalAndStatus, Person, Placement, Record, Stage, StatusKind
from mhtracker.store.bulk import not_collecting
from mhtracker.store.queries.columns import read_columns_of
from mhtracker.store.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Days = NDArray[np.int32]
    Numbers = NDArray[np.int32]
    Truths = NDArray[np.bool_]
    Words = NDArray[np.object_]

EVER = date.max.toordinal()
"""The end of what has not ended."""

ALWAYS = date.min.toordinal()
"""The start of what has none."""

UNTOLD = -1
"""Whether a move was planned, where that is not recorded; no stage."""


@dataclass(slots=True)
class Stays:
    """A row for each stay begun by the day, in no order. `person` is the place of its person in `Everybody.ids`.

    `ended` is EVER while it lasts, `planned` UNTOLD, 0 or 1; `stage` its place in `Everybody.stages`.
    """

    ids: Words
    person: Numbers
    stage: Numbers
    started: Days
    ended: Days
    planned: Numbers
    died: Truths


@dataclass(slots=True)
class Statuses:
    """A row for each status of accommodation or employment that had begun and not ended. `expires` may be EVER."""

    person: Numbers
    kind: Words
    code: Words
    started: Days
    expires: Days


@dataclass(slots=True)
class Held:
    """A row for each barrier begun by the day; `ended` as recorded, EVER while it holds."""

    ids: Words
    person: Numbers
    code: Words
    started: Days
    ended: Days


@dataclass(slots=True)
class Everybody:
    """Everybody but those entered by mistake or merged away, in the order of the register.

    `born` is the birth date as the number 19680214 (0: not known). `gone` is the day somebody died (`dead`) or left by
    the day looked at, EVER for the others.
    """

    as_at: date
    stages: tuple[Stage, ...]
    ids: Words
    refs: Words
    born: Numbers
    support: Words
    gone: Days
    dead: Truths
    on_pathway: Truths
    stays: Stays
    statuses: Statuses
    held: Held

    @property
    def day(self) -> int:
        return self.as_at.toordinal()


class _Ordinals(dict[Any, int]):
    """Days by how a database gives them. Few days stand in very many rows."""

    def __missing__(self, key: Any) -> int:
        day = key if isinstance(key, date) else date.fromisoformat(key)
        self[key] = number = day.toordinal()
        return number


def read_columns(store: Store, as_at: date) -> Everybody:
    """Read everybody, as they stood on a day."""
    with not_collecting():
        return _read_columns(store, as_at)


def _read_columns(store: Store, as_at: date) -> Everybody:
    import numpy as np

    day = as_at.toordinal()
    ends, starts = _Ordinals({None: EVER}), _Ordinals({None: ALWAYS})
    stages = tuple(sorted(store.find(Stage), key=lambda stage: stage.level))
    names = ("id", "ref", "born_on", "primary_support", "died_on", "left_on", "left_reason", "merged_into")
    rows = [row for row in read_columns_of(store, Person, names) if row[7] is None and row[6] != "error"]
    ids, refs, born, support, died_on, left_on = list(zip(*rows, strict=True))[:6] if rows else ((),) * 6
    place_of = {person_id: place for place, person_id in enumerate(ids)}
    died, left = _numbers(ends, died_on), _numbers(ends, left_on)
    dead = died <= day
    gone = np.where(dead, died, np.where(left <= day, left, EVER)).astype(np.int32)
    stays, not_yet = _stays(store, day, place_of, stages, starts, ends)
    return Everybody(
        as_at,
        stages,
        _words(ids),
        _words(refs),
        np.fromiter((int(str(each).replace("-", "")) if each else 0 for each in born), np.int32, len(born)),
        _words(support),
        gone,
        dead,
        (gone == EVER) & ~not_yet,
        stays,
        _statuses(store, day, place_of, starts, ends),
        _held(store, day, place_of, starts, ends),
    )


def _columns(
    store: Store, record_type: type[Record], names: Sequence[str], places: dict[str, int], **among: Sequence[str]
) -> list[Any]:
    """The columns of the rows whose person, which is the first of the names, is among those looked at."""
    rows = read_columns_of(store, record_type, names, **among)
    columns: list[Any] = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    if not places.keys() >= set(columns[0]):
        rows = [row for row in rows if row[0] in places]
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    columns[0] = _numbers(places, columns[0])
    return columns


def _numbers(table: dict[Any, int], values: Sequence[Any]) -> Numbers:
    import numpy as np

    return np.fromiter(map(table.__getitem__, values), np.int32, len(values))


def _words(values: Sequence[Any]) -> Words:
    import numpy as np

    found = np.empty(len(values), object)
    found[:] = values
    return found


def _stays(
    store: Store, day: int, places: dict[str, int], stages: Sequence[Stage], starts: _Ordinals, ends: _Ordinals
) -> tuple[Stays, Truths]:
    """The stays; and who has stays that all begin later."""
    import numpy as np

    names = ("person_id", "id", "stage_id", "started_on", "ended_on", "planned", "end_reason")
    person, ids, stage, started_on, ended_on, planned, reason = _columns(store, Placement, names, places)
    started, ended = _numbers(starts, started_on), _numbers(ends, ended_on)
    begun = started <= day
    not_yet = np.zeros(len(places), bool)
    not_yet[person] = True
    not_yet[person[begun]] = False
    lasts = ended > day
    stage_places = {each.id: place for place, each in enumerate(stages)}
    told = {None: UNTOLD, 0: 0, 1: 1}
    columns: tuple[Any, ...] = (
        _words(ids),
        person,
        _numbers(stage_places, stage),
        started,
        np.where(lasts, EVER, ended).astype(np.int32),
        np.where(lasts & (ended != EVER), UNTOLD, _numbers(told, planned)).astype(np.int32),
        _are("died", reason) & ~lasts,
    )
    return Stays(*(column[begun] for column in columns)), not_yet


def _are(word: str, values: Sequence[str | None]) -> Truths:
    import numpy as np

    same = {value: value == word for value in set(values)}
    return np.fromiter(map(same.__getitem__, values), bool, len(values))


def _statuses(store: Store, day: int, places: dict[str, int], starts: _Ordinals, ends: _Ordinals) -> Statuses:
    names = ("person_id", "kind", "code", "started_on", "ended_on", "expires_on")
    person, kind, code, started_on, ended_on, expires_on = _columns(
        store, LegalAndStatus, names, places, kind=(StatusKind.ACCOMMODATION, StatusKind.EMPLOYMENT)
    )
    started, ended, expires = _numbers(starts, started_on), _numbers(ends, ended_on), _numbers(ends, expires_on)
    there = (started <= day) & (ended > day)
    columns: tuple[Any, ...] = (person, _words(kind), _words(code), started, expires)
    return Statuses(*(column[there] for column in columns))


def _held(store: Store, day: int, places: dict[str, int], starts: _Ordinals, ends: _Ordinals) -> Held:
    names = ("person_id", "id", "code", "started_on", "ended_on")
    person, ids, code, started_on, ended_on = _columns(store, Barrier, names, places)
    started = _numbers(starts, started_on)
    begun = started <= day
    columns: tuple[Any, ...] = (_words(ids), person, _words(code), started, _numbers(ends, ended_on))
    return Held(*(column[begun] for column in columns))
