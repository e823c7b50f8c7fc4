"""Which places somebody may be recorded in: those of each service one by one, and the place that is kept for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mhtracker import text
from mhtracker.domain.places.seating import hold_runs
from mhtracker.domain.places.units import Place, PlaceState, places_on
from mhtracker.domain.records import Hold, Offer, Person, Placement, Service, Unit, Waiting
from mhtracker.store.queries.services import week_rate
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class Kept:
    """A place held for somebody (`hold`), or one they accepted without its being held (`offer`)."""

    service: Service
    unit: Unit | None
    hold: Hold | None
    offer: Offer | None

    @property
    def name(self) -> str:
        """What it is called: "Canal View, Flat 18"."""
        return f"{self.service.name}, {self.unit.name}" if self.unit is not None else self.service.name

    @property
    def week_pence(self) -> int | None:
        """The agreed rate as a week's."""
        return week_rate(self.service)


def place_kept_for(store: Store, person_id: str, day: date) -> Kept | None:
    """The place held for somebody on a day, else the one they accepted last while they wait; None for none."""
    holds = [hold for hold in store.find(Hold, person_id=person_id, ended_on=None) if hold_runs(hold, day)]
    hold = max(holds, key=lambda each: (each.started_on, each.id), default=None)
    offer: Offer | None = None
    if hold is None:
        running = [entry.id for entry in store.find(Waiting, person_id=person_id, ended_on=None)]
        taken = store.find(Offer, person_id=person_id, waiting_id=running, answer="accepted")
        offer = max(taken, key=lambda each: (each.answered_on or each.offered_on, each.id), default=None)
    found = hold or offer
    service = store.peek(Service, found.service_id) if found is not None else None
    if found is None or service is None:
        return None
    return Kept(service, store.peek(Unit, found.unit_id) if found.unit_id is not None else None, hold, offer)


@dataclass(frozen=True, slots=True)
class Rooms:
    """The places of every service that lists its places, as they are now; `called` are those for whom they are held."""

    places: Mapping[str, tuple[Place, ...]]
    called: Mapping[str, str]

    def of(self, service_id: object) -> tuple[Place, ...]:
        """The places of a service; none where it lists none, or none is chosen."""
        return self.places.get(service_id, ()) if isinstance(service_id, str) else ()


_ORDER = (PlaceState.FREE, PlaceState.HELD, PlaceState.OUT, PlaceState.LEAVING, PlaceState.TAKEN)


def read_rooms(store: Store, person_id: str, day: date) -> Rooms:
    """Read them: what is held for somebody leads, then what is free."""
    units: dict[str, list[Unit]] = {}
    for unit in store.find(Unit):
        if unit.closed_on is None or unit.closed_on > day:
            units.setdefault(unit.service_id, []).append(unit)
    if not units:
        return Rooms({}, {})
    keys = sorted(units)
    stays: dict[str, list[Placement]] = {}
    for stay in store.find(Placement, service_id=keys, ended_on=None):
        stays.setdefault(stay.service_id or "", []).append(stay)
    holds: dict[str, list[Hold]] = {}
    for hold in store.find(Hold, ended_on=None):
        holds.setdefault(hold.service_id, []).append(hold)
    found: dict[str, tuple[Place, ...]] = {}
    for service in store.find(Service, id=keys):
        there = places_on(service, units[service.id], stays.get(service.id, ()), holds.get(service.id, ()), day)
        mine = (*there.places, *there.coming)
        found[service.id] = tuple(sorted(mine, key=lambda each: (each.person_id != person_id, _order(each))))
    people = {hold.person_id for each in holds.values() for hold in each if hold.person_id is not None}
    names = {each: text.called(store.get(Person, each)) for each in sorted(people)}
    return Rooms(found, names)


def _order(place: Place) -> tuple[int, int]:
    # Who is only thought to live somewhere leaves the place as good as free.
    state = PlaceState.FREE if place.guessed else place.state
    return _ORDER.index(state), place.number
