"""Everybody's stays, statuses and barriers as they stood on a day, as columns of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from mhtracker.analysis.columns.register import (
    ALWAYS,
    EVER,
    UNKNOWN,
    UNTOLD,
    Columns,
    Held,
    Statuses,
    Stays,
    columns_of,
)
from mhtracker.analysis.columns.teams import columns_of_team
from mhtracker.domain.records import Stage
from mhtracker.store.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Days, Words

    Truths = NDArray[np.bool_]

__all__ = ("ALWAYS", "EVER", "UNKNOWN", "UNTOLD", "Everybody", "read_columns")

T = TypeVar("T", Stays, Statuses, Held)


@dataclass(slots=True)
class Everybody:
    """Everybody but those entered by mistake or merged away, by id.

    `gone` is the day somebody left or died by the day looked at, whichever came first (`dead`: they died), EVER for the
    others. `stays` are those begun
    by the day, their stage a place in `stages`; `statuses` those that had begun and not ended; `held` the barriers
    begun by the day, whose end is as recorded.
    """

    as_at: date
    stages: tuple[Stage, ...]
    columns: Columns
    gone: Days
    dead: Truths
    on_pathway: Truths
    stays: Stays
    statuses: Statuses
    held: Held
    _places: dict[str, int] = field(default_factory=dict)

    @property
    def places(self) -> Mapping[str, int]:
        """Where each stands in `ids`."""
        if len(self._places) != len(self.ids):
            self._places = {person_id: place for place, person_id in enumerate(self.ids.tolist())}
        return self._places

    @property
    def day(self) -> int:
        return self.as_at.toordinal()

    @property
    def ids(self) -> Words:
        return self.columns.ids

    @property
    def refs(self) -> Words:
        return self.columns.refs


def read_columns(store: Store, as_at: date, team_id: str | None = None) -> Everybody:
    """Everybody, or everybody of one team, as they stood on a day."""
    stages = tuple(sorted(store.find(Stage), key=lambda stage: stage.level))
    columns = columns_of(store)
    return everybody_on(columns if team_id is None else columns_of_team(columns, team_id), stages, as_at)


def everybody_on(columns: Columns, stages: tuple[Stage, ...], as_at: date) -> Everybody:
    """What the columns of a register say of one day."""
    import numpy as np

    day = as_at.toordinal()
    first = np.minimum(columns.died, columns.left)
    gone = np.where(first <= day, first, EVER).astype(np.int32)
    dead = (gone != EVER) & (gone == columns.died)
    begun = columns.stays.started <= day
    not_yet = np.zeros(len(columns.ids), bool)
    not_yet[columns.stays.person] = True
    not_yet[columns.stays.person[begun]] = False
    statuses, held = columns.statuses, columns.held
    return Everybody(
        as_at,
        stages,
        columns,
        gone,
        dead,
        (gone == EVER) & ~not_yet,
        _stays_on(_among(columns.stays, begun), stages, day),
        _among(statuses, (statuses.started <= day) & (statuses.ended > day)),
        _among(held, held.started <= day),
    )


def _among(table: T, rows: Truths) -> T:
    """Some rows of a table."""
    if rows.all():
        return table
    names = [each.name for each in fields(table) if not isinstance(getattr(table, each.name), tuple)]
    return replace(table, **{name: getattr(table, name)[rows] for name in names})


def _stays_on(stays: Stays, stages: tuple[Stage, ...], day: int) -> Stays:
    """Stays that ended later are still running, and nothing says why they would end."""
    import numpy as np

    places = {stage.id: place for place, stage in enumerate(stages)}
    stage = np.array([places[each] for each in stays.stage_ids] or [0], np.int32)[stays.stage]
    later = (stays.ended > day) & (stays.ended != EVER)
    return replace(
        stays,
        stage=stage,
        ended=np.where(stays.ended > day, EVER, stays.ended).astype(np.int32),
        planned=np.where(later, UNTOLD, stays.planned).astype(np.int32),
        died=stays.died & (stays.ended <= day),
        lost=stays.lost & (stays.ended <= day),
    )
