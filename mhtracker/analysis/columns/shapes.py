"""What the columns of a register are: everybody's stays, statuses and barriers as recorded, of no day.

Columns are values: nobody changes one in place, since others may be counting from it. Lists of codes are sorted and
hold none that no row has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Days, Numbers, Words

    Truths = NDArray[np.bool_]

EVER = 3_652_059
"""The end of what has not ended: the ordinal of the last day there is."""

ALWAYS = 1
"""The start of what has none."""

DAY_BITS = 22
"""So many bits hold any day's number: above them stands whose day it is."""

UNTOLD = -1
"""Whether a move was planned, where that is not recorded; no stage."""

UNKNOWN = -(2**62)
"""A cost that is not recorded: none that anybody could type."""


@dataclass(frozen=True, slots=True)
class Stays:
    """A row for each stay, by person, first day and id. `person` is the place of its person in `Columns.ids`.

    `ended` is EVER while it lasts, `planned` UNTOLD, 0 or 1; `stage` and `service` are places in `stage_ids` and
    `service_ids`, where no service is "". `lost` is whether it ended with the home being lost. `cost` is in pence a
    week, UNKNOWN where it is not recorded.
    """

    stage_ids: tuple[str, ...]
    service_ids: tuple[str, ...]
    person: Numbers
    stage: Numbers
    started: Days
    ended: Days
    planned: Numbers
    died: Truths
    lost: Truths
    service: Numbers
    cost: NDArray[np.int64]
    charge: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Statuses:
    """A row for each status of accommodation or employment, by person, first day and what it says.

    `code` is a place in `codes`.
    """

    codes: tuple[str, ...]
    person: Numbers
    lives: Truths
    code: Numbers
    started: Days
    ended: Days
    expires: Days


@dataclass(frozen=True, slots=True)
class Held:
    """A row for each barrier, by person, first day and what it says.

    `code` and `owner` are places in `codes` and `owners`.
    """

    codes: tuple[str, ...]
    owners: tuple[str, ...]
    person: Numbers
    code: Numbers
    owner: Numbers
    started: Days
    ended: Days


@dataclass(frozen=True, slots=True)
class Columns:
    """Everybody but those entered by mistake or merged away, by id, and what is theirs.

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
