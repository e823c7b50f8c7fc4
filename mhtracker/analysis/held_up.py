"""Who is stuck, and whose move was held up for how long and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import overload

from mhtracker.analysis.columns.lines import StuckRows, lines_on, stuck_of
from mhtracker.analysis.facts import Facts
from mhtracker.domain.counting.delays import delayed_days
from mhtracker.domain.counting.stay_lengths import StayLengths
from mhtracker.domain.counting.stuck import over_by
from mhtracker.store.queries.stuck import stuck_marks, stuck_people
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class Stuck:
    """Somebody longer in a stage than `domain.counting.stuck` allows.

    `days` is how long; `over_days` how far beyond. `barrier` is the code of the reason that held longest, if any.
    """

    person_id: str
    ref: str
    stage_id: str
    days: int
    over_days: int
    barrier: str | None


class StuckPeople(Sequence[Stuck]):
    """All who are stuck, longest beyond first; each is made when asked for: a page names few of very many."""

    def __init__(self, rows: StuckRows) -> None:
        self._rows = rows
        self._all: tuple[Stuck, ...] | None = None

    @property
    def unexplained(self) -> int:
        """How many have no reason recorded that holds them up."""
        return self._rows.unexplained

    @overload
    def __getitem__(self, place: int) -> Stuck: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Stuck, ...]: ...

    def __getitem__(self, place: int | slice) -> Stuck | tuple[Stuck, ...]:
        if self._all is None and isinstance(place, slice) and place != slice(None):
            return tuple(_as_stuck(self._rows.told(place)))
        if self._all is None:
            self._all = tuple(_as_stuck(self._rows.told()))
        return self._all[place]

    def __len__(self) -> int:
        return len(self._rows.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def _as_stuck(told: Iterable[tuple[str, str, str, int, int, str]]) -> Iterable[Stuck]:
    for person_id, ref, stage_id, days, over, barrier in told:
        yield Stuck(person_id, ref, stage_id, days, over, barrier or None)


@dataclass(frozen=True, slots=True)
class Delay:
    """Days held up for one reason in the period, and whose."""

    code: str
    people: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Delays:
    """By reason, most days first; then everybody held up, and their days without counting one twice."""

    by_reason: tuple[Delay, ...]
    people: tuple[str, ...]
    days: int


def who_is_stuck(
    store: Store, as_at: date, lengths: Mapping[str, StayLengths], team_id: str | None = None
) -> StuckPeople:
    """Those the caseload lists as stuck on a day, longest beyond first. `lengths` are those of stays, by stage.

    With a team, those of its people. They are measured by everybody's lengths of stay, which `lengths` then still are:
    where a whole team is slow, its own would say that nobody is stuck, and the caseload knows one mark for a stage.
    """
    return StuckPeople(stuck_of(lines_on(store, as_at), stuck_marks(store, as_at, lengths), team_id))


def count_stuck(
    store: Store, as_at: date, lengths: Mapping[str, StayLengths], team_id: str | None = None
) -> list[Stuck]:
    """What `who_is_stuck` means, from one line after another."""
    marks = stuck_marks(store, as_at, lengths)
    found = []
    for person_id, ref, stage_id, since_on, barrier in stuck_people(store, as_at, lengths, team_id):
        over = over_by(since_on, marks[stage_id], as_at)
        found.append(Stuck(person_id, ref, stage_id, (as_at - since_on).days, over, barrier or None))
    return sorted(found, key=lambda each: (-each.over_days, each.person_id))


def count_delays(facts: Facts, from_on: date) -> Delays:
    """The days held up from a day to the facts' own, both included."""
    until = facts.as_at + timedelta(days=1)
    days_of: dict[str, int] = {}
    people_of: dict[str, list[str]] = {}
    everybody, total = [], 0
    for person_id, barriers in sorted(facts.barriers.items()):
        found = delayed_days(barriers, from_on, until)
        if found.total:
            everybody.append(person_id)
            total += found.total
        for code, days in found.by_reason.items():
            days_of[code] = days_of.get(code, 0) + days
            people_of.setdefault(code, []).append(person_id)
    delays = (Delay(code, tuple(people_of[code]), days) for code, days in days_of.items())
    return Delays(tuple(sorted(delays, key=lambda each: (-each.days, each.code))), tuple(everybody), total)
