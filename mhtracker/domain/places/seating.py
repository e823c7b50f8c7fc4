"""Who lived in which place of a service over time.

A service has the units listed for it, else as many places as its capacity says. Stays that name no unit are put into
the place that has stood empty longest, one held for somebody else last, so that "free since" and the days between two
stays mean the same for both. Who came while every place was taken gets the first that is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from mhtracker.domain.pathway import holds_on
from mhtracker.domain.records import Hold, Placement, Service, Unit


@dataclass(slots=True)
class Seat:
    """One place over time: its stays, and those of them that were only put here (`guessed`, by id).

    `had_on` is the day from which a stay has had this place, by id, where it began before without one.
    """

    number: int
    unit: Unit | None = None
    stays: list[Placement] = field(default_factory=list)
    guessed: set[str] = field(default_factory=set)
    had_on: dict[str, date] = field(default_factory=dict)

    def put(self, stay: Placement, day: date) -> None:
        """Put somebody here from a day on who is recorded in no place."""
        self.stays.append(stay)
        self.guessed.add(stay.id)
        if day != stay.started_on:
            self.had_on[stay.id] = day

    def since(self, stay: Placement) -> date:
        """The day from which one of the stays has been here."""
        return self.had_on.get(stay.id, stay.started_on)

    def take_out(self, stay: Placement) -> None:
        """Take somebody out again who was only put here."""
        self.stays.remove(stay)
        self.guessed.discard(stay.id)
        self.had_on.pop(stay.id, None)

    def living(self, day: date) -> list[Placement]:
        """The stays here at the end of a day."""
        return [stay for stay in self.stays if self.since(stay) <= day and holds_on(stay, day)]

    def empty_at(self, day: date) -> bool:
        """Whether nobody is recorded here at the end of a day, and the place is open."""
        if self.unit is not None and not unit_open(self.unit, day):
            return False
        # Who came last is the likeliest to be there still.
        return not any(self.since(stay) <= day and holds_on(stay, day) for stay in reversed(self.stays))

    def has_room(self, stay: Placement, day: date) -> bool:
        """Whether somebody could be here from a day to the end of their stay."""
        end = stay.ended_on or date.max
        if self.unit is not None and not (unit_open(self.unit, day) and end <= (self.unit.closed_on or date.max)):
            return False
        return all((other.ended_on or date.max) <= day or end <= self.since(other) for other in reversed(self.stays))

    def empty_since(self, day: date) -> date | None:
        """The last day somebody left by a day, or that the place opened; None where neither is known."""
        left = [stay.ended_on for stay in self.stays if stay.ended_on is not None and stay.ended_on <= day]
        opened = self.unit.opened_on if self.unit is not None else None
        return max([*left, *([opened] if opened is not None and opened <= day else [])], default=None)


def unit_open(unit: Unit, day: date) -> bool:
    """Whether a unit could be lived in on a day."""
    return (unit.opened_on is None or unit.opened_on <= day) and (unit.closed_on is None or day < unit.closed_on)


def service_open(service: Service, day: date) -> bool:
    """Whether a service was running on a day."""
    opened, closed = service.opened_on, service.closed_on
    return (opened is None or opened <= day) and (closed is None or day < closed)


def hold_runs(hold: Hold, day: date) -> bool:
    """Whether a place is held on a day: through its last day, unless it was let go or taken before."""
    if hold.started_on > day or (hold.ended_on is not None and hold.ended_on <= day):
        return False
    return hold.until_on is None or day <= hold.until_on


def seats_of(
    service: Service,
    units: Sequence[Unit],
    stays: Iterable[Placement],
    holds: Iterable[Hold] = (),
    *,
    to_on: date = date.max,
) -> tuple[list[Seat], list[Placement]]:
    """Who lived where over time, and the stays for which there was no place.

    A stay goes to its unit; one without goes to the place empty longest on its first day, or to the first that is left
    later, by `to_on`. Places that `holds` keep for somebody else come last. Of a service without units and without a
    capacity, every stay is left over.
    """
    if units:
        seats = [Seat(number, unit) for number, unit in enumerate(sorted(units, key=unit_order), start=1)]
    else:
        seats = [Seat(number) for number in range(1, (service.capacity or 0) + 1)]
    by_unit = {seat.unit.id: seat for seat in seats if seat.unit is not None}
    seating = _Seating(seats, [hold for hold in holds if hold.unit_id in by_unit])
    in_turn = sorted(stays, key=lambda s: (s.started_on, s.ended_on or date.max, s.id))
    for stay in in_turn:
        if stay.unit_id in by_unit:
            by_unit[stay.unit_id].stays.append(stay)
    for stay in in_turn:
        if stay.unit_id not in by_unit:
            seating.come(stay)
    seating.until(to_on)
    return seats, seating.left_over + seating.waiting


class _Seating:
    """Puts those who are recorded in no place into one, in the order they came."""

    def __init__(self, seats: Sequence[Seat], holds: Sequence[Hold]) -> None:
        self._seats, self._holds = seats, holds
        self.waiting: list[Placement] = []
        self._reached = date.min
        self.left_over: list[Placement] = []

    def come(self, stay: Placement) -> None:
        """The next who comes; everybody who came before has been brought."""
        self.until(stay.started_on)
        if not self._seated(stay, stay.started_on, self._seats):
            self.waiting.append(stay)

    def until(self, day: date) -> None:
        """Give the places that are left until a day, that day too, to those who came without one."""
        if self.waiting:
            for left_on in self._left_between(self._reached, day):
                self._give_out(left_on)
        self._reached = day

    def _left_between(self, after: date, until: date) -> list[date]:
        ends = {stay.ended_on for seat in self._seats for stay in seat.stays}
        ends |= {seat.unit.opened_on for seat in self._seats if seat.unit is not None}
        return sorted(day for day in ends if day is not None and after < day <= until)

    def _give_out(self, day: date) -> None:
        free = [seat for seat in self._seats if seat.empty_at(day)]
        waiting, self.waiting = self.waiting, []
        for stay in waiting:
            if stay.ended_on is not None and stay.ended_on <= day:
                self.left_over.append(stay)
            elif not self._seated(stay, day, free):
                self.waiting.append(stay)

    def _seated(self, stay: Placement, day: date, among: Sequence[Seat]) -> bool:
        room = [seat for seat in among if seat.has_room(stay, day)]
        if not room:
            return False
        min(room, key=lambda seat: self._order(seat, stay, day)).put(stay, day)
        return True

    def _order(self, seat: Seat, stay: Placement, day: date) -> tuple[int, date, int]:
        mine = [hold for hold in self._holds if seat.unit is not None and hold.unit_id == seat.unit.id]
        if any(hold.person_id == stay.person_id and hold_runs(hold, day) for hold in mine):
            kept = -1
        else:
            kept = any(hold.person_id != stay.person_id and _during(hold, stay, day) for hold in mine)
        return kept, seat.empty_since(day) or date.min, seat.number


def _during(hold: Hold, stay: Placement, day: date) -> bool:
    """Whether a place is held on any day of a stay from a day on."""
    first = max(hold.started_on, day)
    return hold_runs(hold, first) and (stay.ended_on is None or first < stay.ended_on)


def make_way(seats: Sequence[Seat], holds: Iterable[Hold], day: date) -> None:
    """Put those who were only put into a place that is held on a day into one that is free, where there is one."""
    by_unit = {hold.unit_id: hold for hold in holds if hold.unit_id is not None and hold_runs(hold, day)}
    for seat in seats:
        hold = by_unit.get(seat.unit.id) if seat.unit is not None else None
        if hold is None:
            continue
        for stay in [each for each in seat.living(day) if each.id in seat.guessed and each.person_id != hold.person_id]:
            free = [each for each in seats if each.empty_at(day) and (each.unit is None or each.unit.id not in by_unit)]
            if free:
                seat.take_out(stay)
                free[0].put(stay, day)


def unit_order(unit: Unit) -> tuple[str, int, str]:
    """Units in the order people count them: Flat 2 before Flat 10."""
    words, number = unit.name.rstrip("0123456789"), unit.name[len(unit.name.rstrip("0123456789")) :]
    return words.casefold(), int(number[:9] or 0), unit.id
