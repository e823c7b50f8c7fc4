"""How the places of a service were used from day to day: lived in, held, out of use or empty; and how soon let."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker.domain.pathway import holds_on
from mhtracker.domain.places.seating import Seat, hold_runs, seats_of, service_open, unit_open
from mhtracker.domain.places.units import OUT_OF_USE
from mhtracker.domain.records import Hold, Placement, Service, Unit


@dataclass(frozen=True, slots=True)
class PlaceDays:
    """Days of places over a period. `open` = `lived` + `held` + `out` + `void`.

    `void` are days on which a place stood empty and was kept for nobody; `turnaround` of them lie between one stay and
    the next, the rest are of places not let again yet. `relets` are the empty days, held ones left out, before each
    stay begun in the period in a place left before; they may reach back before its first day.
    """

    open: int = 0
    lived: int = 0
    held: int = 0
    out: int = 0
    void: int = 0
    turnaround: int = 0
    relets: tuple[int, ...] = ()

    @property
    def usable(self) -> int:
        """Days of places that were open and not out of use."""
        return self.open - self.out

    @property
    def occupancy_percent(self) -> float | None:
        """Lived-in days of all usable ones; None where none was usable."""
        return 100 * self.lived / self.usable if self.usable else None

    @property
    def void_percent(self) -> float | None:
        """Void days of all usable ones; None where none was usable."""
        return 100 * self.void / self.usable if self.usable else None

    @property
    def mean_relet_days(self) -> float | None:
        return sum(self.relets) / len(self.relets) if self.relets else None

    def __add__(self, other: PlaceDays) -> PlaceDays:
        return PlaceDays(
            self.open + other.open,
            self.lived + other.lived,
            self.held + other.held,
            self.out + other.out,
            self.void + other.void,
            self.turnaround + other.turnaround,
            self.relets + other.relets,
        )


def place_days(
    service: Service,
    units: Sequence[Unit],
    stays: Iterable[Placement],
    holds: Sequence[Hold],
    from_on: date,
    to_on: date,
) -> PlaceDays:
    """Count the days of a service's places between two days, both included. `stays` are those begun by the last."""
    begun = [stay for stay in stays if stay.started_on <= to_on]
    seats, _ = seats_of(service, units, begun, holds, to_on=to_on)
    in_turn = sorted(holds, key=lambda hold: (hold.started_on, hold.id))
    found = PlaceDays()
    for number in range((to_on - from_on).days + 1):
        day = from_on + timedelta(days=number)
        if service_open(service, day):
            living = [stay for stay in begun if holds_on(stay, day)]
            found += _one_day(seats, living, [hold for hold in in_turn if hold_runs(hold, day)], day)
    relets = tuple(days for seat in seats for days in _relets(seat, holds, from_on, to_on))
    return PlaceDays(found.open, found.lived, found.held, found.out, found.void, found.turnaround, relets)


def _one_day(seats: Sequence[Seat], living: Sequence[Placement], holds: Sequence[Hold], day: date) -> PlaceDays:
    """Those `living` there without a place of their own have what nobody is recorded in, held places last."""
    opened = [seat for seat in seats if seat.unit is None or unit_open(seat.unit, day)]
    units = {seat.unit.id for seat in seats if seat.unit is not None}
    recorded = {stay.unit_id for stay in living if stay.unit_id in units}
    here = {stay.person_id for stay in living}
    by_unit = {hold.unit_id: hold for hold in reversed(holds) if hold.unit_id is not None}
    any_place = [hold for hold in holds if hold.unit_id is None and hold.person_id not in here]

    def hold_of(seat: Seat) -> Hold | None:
        return by_unit.get(seat.unit.id) if seat.unit is not None else None

    left = [seat for seat in opened if seat.unit is None or seat.unit.id not in recorded]
    left.sort(key=lambda seat: (hold_of(seat) is not None, seat.empty_at(day)))
    empty = left[sum(stay.unit_id not in units for stay in living) :]
    held = out = void = turnaround = 0
    for seat in sorted(empty, key=lambda each: (each.empty_since(day) or date.min, each.number)):
        hold = hold_of(seat)
        if hold is None and any_place:
            hold = any_place.pop(0)
        if hold is None:
            void += 1
            turnaround += _between(seat, day)
        elif hold.reason_code in OUT_OF_USE:
            out += 1
        else:
            held += 1
    return PlaceDays(len(opened), len(opened) - len(empty), held, out, void, turnaround)


def _between(seat: Seat, day: date) -> bool:
    before = any(stay.ended_on is not None and stay.ended_on <= day for stay in seat.stays)
    return before and any(seat.since(stay) > day for stay in seat.stays)


def _relets(seat: Seat, holds: Sequence[Hold], from_on: date, to_on: date) -> list[int]:
    """The empty days before each stay begun in the period, where somebody had left the place before."""
    found = []
    for stay in seat.stays:
        begun = seat.since(stay)
        if not from_on <= begun <= to_on or stay.ended_on == stay.started_on:
            continue
        others = [each for each in seat.stays if each.id != stay.id and each.ended_on != each.started_on]
        left = [each.ended_on for each in others if each.ended_on is not None and each.ended_on <= begun]
        if not left:
            continue
        days = (begun - max(left)).days
        kept = [max(left) + timedelta(days=n) for n in range(days)]
        unit_id = seat.unit.id if seat.unit is not None else ""
        mine = [h for h in holds if h.unit_id == unit_id or (h.unit_id is None and h.person_id == stay.person_id)]
        found.append(sum(not any(hold_runs(hold, day) for hold in mine) for day in kept))
    return found
