"""Which places a service has on a day: taken, soon to be left, held, out of use or free, and since when.

Who lives where is settled by `seating`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mhtracker.domain.pathway import holds_on
from mhtracker.domain.places.seating import Seat, hold_runs, make_way, seats_of, service_open, unit_open, unit_order
from mhtracker.domain.records import Hold, Placement, Service, Unit

LEAVING_DAYS = 62
"""A move-on target no further ahead than this makes a place one that is soon to be left."""

OUT_OF_USE = frozenset({"repairs", "provider"})
"""Reasons of a hold that take a place out of use, for whoever it is."""


class PlaceState(StrEnum):
    """What a place is on a day. `LEAVING` is still lived in; `OUT` is out of use for the time being."""

    TAKEN = "taken"
    LEAVING = "leaving"
    OUT = "out_of_use"
    HELD = "held"
    FREE = "free"


DRAWN = (PlaceState.TAKEN, PlaceState.LEAVING, PlaceState.OUT, PlaceState.HELD, PlaceState.FREE)
"""The order in which the places of a service are drawn."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place on a day. `unit` is None where places are only counted; `number` tells them apart then, from 1.

    `free_from` is the first day somebody could move in, as things stand: the day itself for a free place, the expected
    leaving day for one soon to be left, the day after for one held or out of use until a day; None for no such day.
    `free_since` is since when a free or held place has stood empty. `away`: kept by somebody who is in hospital.
    `guessed`: who lives here is not recorded; somebody of the service without a place of their own was put here.
    `also` are further people recorded in this one place.
    """

    service_id: str
    number: int
    state: PlaceState
    unit: Unit | None = None
    stay: Placement | None = None
    hold: Hold | None = None
    leaving_on: date | None = None
    free_from: date | None = None
    free_since: date | None = None
    away: bool = False
    guessed: bool = False
    also: tuple[Placement, ...] = ()

    @property
    def name(self) -> str:
        """What the place is called; "" where places are only counted."""
        return self.unit.name if self.unit is not None else ""

    @property
    def person_id(self) -> str | None:
        """Who lives here, or for whom it is held."""
        if self.stay is not None:
            return self.stay.person_id
        return self.hold.person_id if self.hold is not None else None

    def empty_days(self, day: date) -> int | None:
        """How many days it has stood empty by a day; None while it is lived in, and where that is not known."""
        return (day - self.free_since).days if self.free_since is not None else None


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many places are what. `total` is all there are; `over` counts people for whom there is no place."""

    taken: int = 0
    leaving: int = 0
    out: int = 0
    held: int = 0
    free: int = 0
    over: int = 0

    @property
    def total(self) -> int:
        return self.taken + self.leaving + self.out + self.held + self.free

    @property
    def usable(self) -> int:
        """All but those out of use."""
        return self.total - self.out

    @property
    def lived_in(self) -> int:
        return self.taken + self.leaving

    @property
    def in_use_percent(self) -> int | None:
        """Places lived in or held for somebody, of all that are not out of use; None where there is none."""
        return _percent(self.lived_in + self.held, self.usable)

    @property
    def occupancy_percent(self) -> int | None:
        """Places lived in, of all that are not out of use; None where there is none."""
        return _percent(self.lived_in, self.usable)

    def __add__(self, other: PlaceCount) -> PlaceCount:
        return PlaceCount(
            self.taken + other.taken,
            self.leaving + other.leaving,
            self.out + other.out,
            self.held + other.held,
            self.free + other.free,
            self.over + other.over,
        )


def _percent(part: int, whole: int) -> int | None:
    """Whole percent, halves up; 100 only where nothing is missing."""
    if whole == 0:
        return None
    found = (200 * part + whole) // (2 * whole)
    return min(found, 99) if part < whole else found


@dataclass(frozen=True, slots=True)
class ServicePlaces:
    """A service's places on a day, in the order they are drawn. `over` are stays for which there is no place.

    `coming` are units that open later, by their day.
    """

    places: tuple[Place, ...] = ()
    over: tuple[Placement, ...] = ()
    coming: tuple[Place, ...] = ()

    @property
    def count(self) -> PlaceCount:
        states = [place.state for place in self.places]
        also = sum(len(place.also) for place in self.places)
        taken, leaving, out, held, free = (states.count(state) for state in DRAWN)
        return PlaceCount(taken, leaving, out, held, free, len(self.over) + also)

    def next_free(self) -> Place | None:
        """The place that is free first, the one empty longest where several are."""
        may = [p for p in self.places if p.free_from is not None and p.state != PlaceState.HELD and p.hold is None]
        may += [p for p in self.places if p.state == PlaceState.OUT and p.free_from is not None]
        return min([*may, *self.coming], key=_first_free, default=None)


def _first_free(place: Place) -> tuple[date, date, int]:
    return place.free_from or date.max, place.free_since or date.max, place.number


def places_on(
    service: Service,
    units: Sequence[Unit],
    stays: Iterable[Placement],
    holds: Iterable[Hold],
    day: date,
    *,
    leaving: dict[str, date] | None = None,
    away: frozenset[str] | set[str] = frozenset(),
) -> ServicePlaces:
    """The places of a service on a day.

    `leaving` says by person when they are expected to leave; `away` who is in hospital while their place is kept.
    """
    leaving = leaving or {}
    coming = _coming(service, units, day)
    here = [stay for stay in stays if stay.started_on <= day]
    if not service_open(service, day):
        return ServicePlaces((), tuple(stay for stay in here if holds_on(stay, day)), coming)
    holds = list(holds)
    seats, left_over = seats_of(service, units, here, holds, to_on=day)
    over = _now_in_a_place(seats, [stay for stay in left_over if holds_on(stay, day)], day)
    make_way(seats, holds, day)
    held = _holds_by_seat(seats, [hold for hold in holds if hold_runs(hold, day)], day)
    found = []
    for seat in seats:
        living = seat.living(day)
        if seat.unit is not None and not unit_open(seat.unit, day):
            over += living
            continue
        found.append(_place(service, seat, living, held.get(seat.number), day, leaving, away))
    order = {state: number for number, state in enumerate(DRAWN)}
    return ServicePlaces(tuple(sorted(found, key=lambda p: (order[p.state], p.number))), tuple(over), coming)


def _now_in_a_place(seats: Sequence[Seat], left_over: Sequence[Placement], day: date) -> list[Placement]:
    """Put those for whom no place is free to their end into those free on the day. Returns the others."""
    free = [seat for seat in seats if seat.empty_at(day)]
    for stay, seat in zip(left_over, free, strict=False):
        seat.put(stay, day)
    return list(left_over[len(free) :])


def _coming(service: Service, units: Sequence[Unit], day: date) -> tuple[Place, ...]:
    opening = [unit for unit in units if unit.opened_on is not None and unit.opened_on > day]
    ordered = sorted(opening, key=lambda unit: (unit.opened_on or date.max, unit_order(unit)))
    return tuple(
        Place(service.id, number, PlaceState.OUT, unit, free_from=unit.opened_on)
        for number, unit in enumerate(ordered, start=len(units) + 1)
    )


def _holds_by_seat(seats: Sequence[Seat], holds: Iterable[Hold], day: date) -> dict[int, Hold]:
    """Which hold lies on which place: its own unit, else the empty place that stood so longest."""
    held: dict[int, Hold] = {}
    any_place = []
    by_unit = {seat.unit.id: seat for seat in seats if seat.unit is not None}
    for hold in sorted(holds, key=lambda h: (h.started_on, h.id)):
        seat = by_unit.get(hold.unit_id or "")
        if seat is not None:
            held.setdefault(seat.number, hold)
        else:
            any_place.append(hold)
    for hold in any_place:
        if any(stay.person_id == hold.person_id for seat in seats for stay in seat.living(day)):
            continue  # Their own place, kept while they are away: they are counted there already.
        empty = [seat for seat in seats if seat.number not in held and seat.empty_at(day)]
        if empty:
            held[min(empty, key=lambda s: (s.empty_since(day) or date.min, s.number)).number] = hold
    return held


def _place(
    service: Service,
    seat: Seat,
    living: Sequence[Placement],
    hold: Hold | None,
    day: date,
    leaving: dict[str, date],
    away: frozenset[str] | set[str],
) -> Place:
    if living:
        stay = living[0]
        leaves = leaving.get(stay.person_id)
        soon = leaves is not None and day <= leaves <= day + timedelta(days=LEAVING_DAYS)
        own = hold is not None and hold.person_id == stay.person_id
        return Place(
            service.id,
            seat.number,
            PlaceState.LEAVING if soon else PlaceState.TAKEN,
            seat.unit,
            stay,
            None if own else hold,
            leaving_on=leaves if soon else None,
            free_from=leaves if soon else None,
            away=stay.person_id in away,
            guessed=stay.id in seat.guessed,
            also=tuple(living[1:]),
        )
    since = seat.empty_since(day)
    if hold is None:
        return Place(service.id, seat.number, PlaceState.FREE, seat.unit, free_from=day, free_since=since)
    state = PlaceState.OUT if hold.reason_code in OUT_OF_USE else PlaceState.HELD
    after = hold.until_on + timedelta(days=1) if hold.until_on is not None else None
    return Place(service.id, seat.number, state, seat.unit, hold=hold, free_from=after, free_since=since)
