"""The demo register's services: what they are like and cost, their places one by one, and the contracts behind them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from mhtracker.domain.dates import add_months, next_working_day
from mhtracker.domain.places.fitting import Asking, Offered, fit, may_be_planned
from mhtracker.domain.records import Contract, Hold, Placement, Provider, Record, Service, Unit
from mhtracker.operations.demo.office import MANAGER
from mhtracker.store.past import PastAct
from mhtracker.text import format_date

NewId = Callable[[], str]
HOME_TEAM, FAR_AWAY = "Home team", "Meadow Grange"
HOUR_PENCE = 1_796
_ROUND, _AGREEMENT = 500_000, 34_200_000
"""What contracts are rounded to, and what an agreement is worth by which nobody's place is bought."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a service is like. `places` is what its places are called, "" where they are only counted."""

    locality: str
    rate: int
    features: str
    service_type: str
    places: str = ""
    free: int = 0
    lot: str = ""
    specialised: bool = True


_KINDS: dict[str, Kind] = {
    "Beech Lodge": Kind("Northmoor Town", 114_600, "staff_24_hour garden", "residential", "Room", 0, "Lot 1"),
    "Larkfield": Kind("Elmvale", 131_000, "staff_24_hour lift step_free", "residential", "", 1, "Lot 1"),
    "Willow House": Kind("Harbourside", 161_200, "staff_24_hour garden pets", "residential", "Room", 1, "Lot 1"),
    "Fern Bank": Kind("Westing", 120_500, "staff_24_hour garden", "residential", "Room", 0, "Lot 1", False),
    "The Limes": Kind("Tarn Valley", 119_800, "staff_24_hour lift", "residential", "Room", 0, "Lot 1", False),
    "Step House": Kind("Harbourside", 93_600, "staff_24_hour step_free", "st_max", "Room", 1, "Lot 2"),
    "Bridge End": Kind("Westing", 93_600, "staff_day garden", "st_max", "Room", 0, "Lot 2"),
    "Harbour Court": Kind("Harbourside", 68_400, "staff_day self_contained lift", "community", "Flat", 0, "Lot 3"),
    "Mill Street": Kind("Northmoor Town", 64_400, "staff_24_hour self_contained", "community", "Flat", 1, "Lot 3"),
    "Canal View": Kind("Harbourside", 71_200, "staff_24_hour self_contained", "community", "Flat", 2, "Lot 3"),
    "Orchard Mews": Kind("Elmvale", 58_800, "self_contained garden long_tenancy", "community", "House", 1, "Lot 3"),
}


@dataclass(slots=True)
class Seats:
    """Which place each stay was in, worked out as people come: the first place that was empty all that time."""

    services: dict[str, Service]
    since: date
    as_at: date
    ids: NewId
    units: dict[str, list[Unit]] = field(default_factory=dict)
    stays: dict[str, list[Placement]] = field(default_factory=dict)

    def seated(self, records: Sequence[Record]) -> list[Record]:
        """The same records, with the place of each stay that ended in the register's years or goes on."""
        return [self._seated(each) if isinstance(each, Placement) else each for each in records]

    def _seated(self, stay: Placement) -> Placement:
        service = self.services.get(stay.service_id or "")
        kind = _KINDS.get(service.name) if service is not None else None
        if service is None or kind is None or not kind.places or (stay.ended_on or self.as_at) <= self.since:
            return stay
        units = self.units.setdefault(service.id, [])
        unit = next((each for each in units if self._is_free(each, stay)), None)
        if unit is None:
            number = len(units) + 1
            floor = "ground_floor" if number <= 3 else ""
            unit = Unit(self.ids(), service.id, f"{kind.places} {number}", floor)
            units.append(unit)
        seated = replace(stay, unit_id=unit.id, address=unit.name if stay.address else "")
        self.stays.setdefault(unit.id, []).append(seated)
        return seated

    def _is_free(self, unit: Unit, stay: Placement) -> bool:
        until = stay.ended_on or date.max
        return all(
            until <= each.started_on or (each.ended_on or date.max) <= stay.started_on
            for each in self.stays.get(unit.id, ())
        )


@dataclass(slots=True)
class Office:
    """Services, places and contracts as they came to be recorded."""

    services: Sequence[Service]
    providers: Sequence[Provider]
    seats: Seats
    begun_on: date
    as_at: date
    chance: random.Random
    ids: NewId
    people_at: dict[str, int] = field(default_factory=dict)
    """People living there now, where places are only counted."""
    hours: int = 0
    """Hours a week planned by the council's own team."""

    def records(self) -> Iterator[Record]:
        """What the register began with: services as they are, all places there ever were, contracts that ran then."""
        for provider in self.providers:
            yield replace(provider, contact="The duty manager", phone="01632 960 500")
        for place, service in enumerate(self.services, 1):
            kind = _KINDS.get(service.name)
            if kind is None:
                yield self._own(service)
                continue
            capacity = None if kind.places else self.people_at.get(service.id, 0) + kind.free
            yield replace(
                service, locality=kind.locality, capacity=capacity, rate_pence=kind.rate, features=kind.features,
                lot=kind.lot, specialised=kind.specialised, cqc_id=f"1-9990000{place:02d}",
                service_type=kind.service_type,
            )  # fmt: skip
        for units in self.seats.units.values():
            yield from units
        yield from self._contracts_at_first()

    def _own(self, service: Service) -> Service:
        if service.name == HOME_TEAM:
            hours = max(20, round(self.hours / 0.86 / 10) * 10)
            return replace(
                service, hours_per_week=float(hours), rate_pence=HOUR_PENCE, rate_frequency="hourly",
                features="long_tenancy", service_type="community",
            )  # fmt: skip
        if service.name == FAR_AWAY:
            return replace(
                service, in_area=False, rate_pence=149_800, features="staff_24_hour", service_type="residential",
                locality="Farshire", specialised=True,
            )  # fmt: skip
        return service

    def acts(self, waiting: Sequence[Asking], called: Mapping[str, str]) -> Iterator[PastAct]:
        """What changed since: places closed, contracts added and extended, places held for those who wait.

        `called` are the names they go by.
        """
        free: dict[str, list[Unit]] = {}
        for service in self.services:
            kind = _KINDS.get(service.name)
            if kind is not None and kind.places:
                yield from self._close(service, kind, free)
        yield from self._contracts()
        yield from self._holds(free, list(waiting), called)

    def _close(self, service: Service, kind: Kind, free: dict[str, list[Unit]]) -> Iterator[PastAct]:
        """Of the empty places those emptied last stay open, as many as are free; the rest were closed in time."""
        empty = []
        for unit in self.seats.units.get(service.id, ()):
            stays = self.seats.stays[unit.id]
            last = max(each.ended_on or date.max for each in stays)
            if last < date.max:
                empty.append((last, unit))
        empty.sort(key=lambda each: (each[0], each[1].id), reverse=True)
        free[service.name] = [unit for _, unit in empty[: kind.free]]
        for last, unit in empty[kind.free :]:
            day = max(last + timedelta(days=self.chance.randint(3, 40)), self.begun_on + timedelta(days=20))
            if day < self.as_at:
                closed = replace(unit, closed_on=day)
                yield PastAct(_at(day, self.chance), MANAGER, f"Close {unit.name}", [closed])
        if len(empty) < kind.free and len(self.seats.units.get(service.id, ())) > 3:
            opened = self.as_at - timedelta(days=self.chance.randint(9, 40))
            unit = Unit(self.ids(), service.id, f"{kind.places} {len(self.seats.units[service.id]) + 1}", "", opened)
            free[service.name].append(unit)
            yield PastAct(_at(opened, self.chance), MANAGER, f"Add {unit.name} at {service.name}", [unit])

    # Contracts: one that ended and is still in use, one ending soon, one extended and to be extended again

    def _provider(self, name: str) -> Provider:
        return next(each for each in self.providers if each.name == name)

    def _contract(
        self, provider: str, name: str, lot: str, begun: int, ends: int, share: float, **more: object
    ) -> Contract:
        """Months are counted from the demo's day; `ends` is the last day of that month.

        Its value is such a share of what is paid there a year now: it was agreed for other people than those of today.
        """
        first = add_months(self.as_at, begun).replace(day=1)
        last = add_months(self.as_at, ends + 1).replace(day=1) - timedelta(days=1)
        holder = self._provider(provider).id
        value = max(1, round(share * self._paid_a_year(holder) / _ROUND)) * _ROUND
        values: dict[str, object] = {"started_on": first, "ends_on": last, "value_pence": value, **more}
        number = f"NM/{first.year}/{self.chance.randint(100, 999)}"
        return Contract(self.ids(), holder, name, reference=number, lot=lot, **values)  # type: ignore[arg-type]

    def _paid_a_year(self, provider_id: str) -> int:
        """About what everybody's places with a provider cost in pence; a trust's agreement has no places to count."""
        paid = 0
        for service in self.services:
            kind = _KINDS.get(service.name)
            if service.provider_id == provider_id and kind is not None:
                paid += 52 * kind.rate * self.people_at.get(service.id, 0)
        return paid or _AGREEMENT

    def _contracts_at_first(self) -> Iterator[Record]:
        yield self._contract("Canal Housing", "Supported living framework", "Lot 3", -61, -1, 0.97)
        yield self._contract("Larkfield Care", "Care home placements", "Lot 1", -57, 2, 1.04)
        yield self._contract("Northmoor Partnership Trust", "Section 75 agreement", "", -70, 20, 1.0)

    def _contracts(self) -> Iterator[PastAct]:
        for days, contract in (
            (
                700,
                self._contract("Northmoor Homes", "Supported living and step down", "Lots 2 and 3", -23, 13, 1.02),
            ),
            (610, self._contract("Pretend Care", "Care homes and step down", "Lots 1 and 2", -20, 27, 0.95)),
        ):
            yield self._added(contract, days)
        tidewater = self._contract("Tidewater Support", "Mental health support", "Lots 1 and 3", -41, -6, 0.93)
        longer = add_months(self.as_at, 31).replace(day=1) - timedelta(days=1)
        tidewater = replace(tidewater, extendable_to=longer)
        yield self._added(tidewater, 1_200)
        until = add_months(self.as_at, 11).replace(day=1) - timedelta(days=1)
        label = f"Extend {tidewater.name} to {format_date(until)}"
        day = self.as_at - timedelta(days=260)
        yield PastAct(_at(day, self.chance), MANAGER, label, [replace(tidewater, ends_on=until)])

    def _added(self, contract: Contract, days: int) -> PastAct:
        provider = next(each for each in self.providers if each.id == contract.provider_id)
        at = _at(self.as_at - timedelta(days=days), self.chance)
        return PastAct(at, MANAGER, f"Add contract with {provider.name}", [contract])

    def _holds(
        self, free: dict[str, list[Unit]], waiting: list[Asking], called: Mapping[str, str]
    ) -> Iterator[PastAct]:
        """Two places kept for people whom they fit, and one out of use."""
        plan = (("Canal View", "offer", 6), ("Orchard Mews", "offer", 13), ("Step House", "repairs", 21))
        for service_name, reason, days in plan:
            unit = next(iter(free.get(service_name, ())), None)
            if unit is None:
                continue
            asking = next((each for each in waiting if self._suits(each, unit)), None) if reason == "offer" else None
            if asking is not None:
                waiting.remove(asking)
            elif reason == "offer":
                continue
            person_id = asking.waiting.person_id if asking is not None else None
            day = self.as_at - timedelta(days=self.chance.randint(1, 8))
            until = next_working_day(self.as_at + timedelta(days=days))
            hold = Hold(self.ids(), unit.service_id, day, unit.id, person_id, until, None, reason, "", MANAGER)
            where = f"{service_name}, {unit.name}"
            label = f"Hold {where} for {called[person_id]}" if person_id else f"Keep a place out of use: {where}"
            yield PastAct(_at(day, self.chance), MANAGER, label, [hold], person_id)

    def _suits(self, asking: Asking, unit: Unit) -> bool:
        """Whether the program itself would plan this place for them."""
        service = next(each for each in self.services if each.id == unit.service_id)
        kind = _KINDS[service.name]
        has = frozenset((*unit.features.split(), *kind.features.split()))
        offered = Offered(
            service.stage_id, "", service.id, service.name, kind.locality, has,
            unit_told=bool(unit.features), service_told=True, unit_id=unit.id,
        )  # fmt: skip
        since = asking.waiting.since_on < self.as_at - timedelta(days=9)
        return since and may_be_planned(fit(asking, offered, {}))


def _at(day: date, chance: random.Random) -> datetime:
    day -= timedelta(days=max(0, day.weekday() - 4))
    return datetime.combine(day, time(chance.randint(9, 15), chance.randint(0, 59)), UTC)
