"""Days proposed for reviews: spread over weeks, on working days, and never past a limit that can be met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from mhtracker.domain.dates import is_working_day, week_start

WORKING_WEEK = frozenset(range(5))
TIMES = ("10:00", "14:00", "11:30", "15:30", "09:00", "12:30", "16:30", "13:15")
"""The times offered on a day, in this order."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A review to be booked: whose worker holds it and the last day on which it is in time (None: any day)."""

    key: str
    worker_id: str | None
    limit_on: date | None


@dataclass(frozen=True, slots=True)
class Taken:
    """What stands in a worker's diary already. `time` is "" where none was said. `whose` is the person's ref."""

    worker_id: str | None
    day: date
    time: str = ""
    whose: str = ""


def clashes(taken: Iterable[Taken], worker_id: str | None, day: date, time: str) -> list[Taken]:
    """What stands in a worker's diary at the very time; nothing where no worker or no time was said."""
    if worker_id is None or not time:
        return []
    return [each for each in taken if (each.worker_id, each.day, each.time) == (worker_id, day, time)]


@dataclass(frozen=True, slots=True)
class Slot:
    """A day and time proposed. `late` when it lies past the limit, since no earlier day could be found."""

    key: str
    day: date
    time: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """`left` are those for which no day is free at all."""

    slots: tuple[Slot, ...]
    left: tuple[str, ...] = ()

    @property
    def late(self) -> tuple[str, ...]:
        return tuple(slot.key for slot in self.slots if slot.late)


@dataclass(slots=True)
class _Diary:
    """The free places of one worker: `places` holds, for each day in order, its free times."""

    places: dict[date, list[str]] = field(default_factory=dict)

    def room_until(self, limit_on: date, used: Mapping[date, int], after: date) -> int:
        """How many places are free from `after` to a limit, both included."""
        return sum(
            max(0, len(times) - used.get(day, 0)) for day, times in self.places.items() if after <= day <= limit_on
        )


def propose_days(
    wanted: Sequence[Wanted],
    *,
    first: date,
    last: date,
    a_day: int,
    weekdays: frozenset[int] = WORKING_WEEK,
    taken: Iterable[Taken] = (),
) -> Proposal:
    """A day and time for each review between two days, at most `a_day` on one day of each worker.

    Those whose limit has passed go first, as long as nobody else misses theirs by it. The weeks are filled evenly.
    """
    slots: list[Slot] = []
    left: list[str] = []
    diary = list(taken)
    for worker_id in dict.fromkeys(each.worker_id for each in wanted):
        mine = [each for each in wanted if each.worker_id == worker_id]
        free = _free(first, last, a_day, weekdays, [each for each in diary if each.worker_id == worker_id])
        found = _evenly(mine, free)
        slots += found.slots
        left += found.left
    order = {each.key: place for place, each in enumerate(wanted)}
    return Proposal(tuple(sorted(slots, key=lambda slot: (slot.day, order[slot.key]))), tuple(left))


def _free(first: date, last: date, a_day: int, weekdays: frozenset[int], taken: Sequence[Taken]) -> _Diary:
    diary, day = _Diary(), first
    while day <= last:
        if day.weekday() in weekdays and is_working_day(day):
            there = [each for each in taken if each.day == day]
            times = [time for time in TIMES if all(each.time != time for each in there)]
            diary.places[day] = times[: max(0, a_day - len(there))]
        day += timedelta(days=1)
    return diary


def _evenly(wanted: Sequence[Wanted], free: _Diary) -> Proposal:
    """The proposal with the fewest in any one week that is no worse than with no such bound."""
    best = _placed(wanted, free, None)
    weeks = max(1, len({week_start(day) for day, times in free.places.items() if times}))
    for bound in range(-(-len(wanted) // weeks), len(wanted)):
        found = _placed(wanted, free, bound)
        if len(found.left) <= len(best.left) and set(found.late) <= set(best.late):
            return found
    return best


def _placed(wanted: Sequence[Wanted], free: _Diary, a_week: int | None) -> Proposal:
    diary = _bounded(free, a_week)
    in_time, late = _that_can_be_met(wanted, diary)
    slots: list[Slot] = []
    used: dict[date, int] = {}
    for day, times in diary.places.items():
        for time in times:
            ahead = _spare(in_time, diary, {**used, day: used.get(day, 0) + 1}, day)
            if late and ahead:
                each = late.pop(0)
            elif in_time:
                each = in_time.pop(0)
            else:
                continue
            used[day] = used.get(day, 0) + 1
            slots.append(Slot(each.key, day, time, each.limit_on is not None and day > each.limit_on))
    return Proposal(tuple(slots), tuple(each.key for each in (*in_time, *late)))


def _bounded(free: _Diary, a_week: int | None) -> _Diary:
    """The diary with at most so many places in each week, spread over its days."""
    if a_week is None:
        return free
    diary = _Diary({day: [] for day in free.places})
    for monday in dict.fromkeys(week_start(day) for day in free.places):
        days = [day for day in free.places if week_start(day) == monday]
        rounds = [(place, day) for day in days for place in range(len(free.places[day]))]
        for place, day in sorted(rounds)[:a_week]:
            diary.places[day].append(free.places[day][place])
    return diary


def _that_can_be_met(wanted: Sequence[Wanted], diary: _Diary) -> tuple[list[Wanted], list[Wanted]]:
    """As many as can be held by their limits, in the order of those; and the others, longest late first."""
    ordered = sorted(wanted, key=lambda each: each.limit_on or date.max)
    first = next(iter(diary.places), date.max)
    in_time: list[Wanted] = []
    late: list[Wanted] = []
    for each in ordered:
        limit_on = each.limit_on or date.max
        fits = diary.room_until(limit_on, {}, first) > len(in_time)
        (in_time if fits else late).append(each)
    return in_time, late


def _spare(in_time: Sequence[Wanted], diary: _Diary, used: Mapping[date, int], day: date) -> bool:
    """Whether everyone in time still finds a place from a day on."""
    return all(diary.room_until(each.limit_on or date.max, used, day) > place for place, each in enumerate(in_time))
