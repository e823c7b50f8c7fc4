"""Services by provider: their places, what is free, how much is in use, what a week costs, and their contracts.

Vacancies and who fits them are in `vacancies`, the waiting list in `waiting`, contracts in `contracts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.dates import add_months
from mhtracker.domain.money.weekly import Frequency, weekly_pence
from mhtracker.domain.places.contracts import ContractStanding, service_standing
from mhtracker.domain.places.seating import service_open
from mhtracker.domain.places.units import Place, PlaceCount, PlaceState, ServicePlaces
from mhtracker.domain.records import Provider, Service, Stage
from mhtracker.store.queries.place_facts import PlaceFacts, read_place_facts
from mhtracker.store.store import Store

OF_PROVIDER, OF_COUNCIL, OUT_OF_AREA, WITHOUT_PROVIDER = "provider", "council", "out_of_area", "without_provider"
"""Kinds of group, in the order they are listed but for the last two, which stand the other way round."""


def within_a_month(as_at: date) -> date:
    """The last day that counts as within a month, wherever places are told of that are free soon."""
    return add_months(as_at, 1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Support by the hour, a week: what the service can give, what is planned, and people whose hours are not known."""

    capacity: float
    planned: float
    not_known: int = 0

    @property
    def free(self) -> float:
        return max(0.0, self.capacity - self.planned)

    @property
    def in_use_percent(self) -> int | None:
        return round(100 * self.planned / self.capacity) if self.capacity else None


@dataclass(frozen=True, slots=True)
class LikeRates:
    """What a week costs at services of the same stage: lowest, middle, highest agreed rate, in pence."""

    lowest: int
    middle: int
    highest: int
    services: int


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service on a day. Money is pence a week.

    `places` are drawn in their order; empty for support by the hour (`hours`) and where nothing says how many there
    are. `people` live there or are supported. `median_cost_pence` is the middle gross cost of those whose cost is
    known (`costs_known`), `rate_pence` the agreed rate as a week's; an hourly rate stands in `hour_rate_pence`. `like`
    is the range of agreed rates of services of the same stage, None for fewer than two.
    """

    service: Service
    provider: Provider | None
    stage: Stage | None
    places: tuple[Place, ...]
    coming: tuple[Place, ...]
    count: PlaceCount
    hours: Hours | None
    people: int
    next_free: Place | None
    median_cost_pence: int | None
    costs_known: int
    rate_pence: int | None
    hour_rate_pence: int | None
    like: LikeRates | None
    contract: ContractStanding

    @property
    def all_places(self) -> tuple[Place, ...]:
        """Those that open later, too."""
        return (*self.places, *self.coming)

    @property
    def in_use_percent(self) -> int | None:
        """What is lived in or held, of all places not out of use; planned hours of all, for support by the hour."""
        return self.hours.in_use_percent if self.hours is not None else self.count.in_use_percent

    @property
    def without_place(self) -> int:
        """People there for whom no place is left, or who share one; 0 where nothing says how many places there are."""
        if not self.places:
            return 0
        return max(0, self.people - sum(place.stay is not None and not place.away for place in self.places))

    @property
    def week_pence(self) -> int | None:
        """What a week there costs: the agreed rate, else the middle of what it costs those who live there."""
        return self.rate_pence if self.rate_pence is not None else self.median_cost_pence

    @property
    def dear(self) -> bool:
        """Whether those who live there cost more than was agreed."""
        both = self.rate_pence is not None and self.median_cost_pence is not None
        return both and (self.median_cost_pence or 0) > (self.rate_pence or 0)


@dataclass(frozen=True, slots=True)
class ServiceGroup:
    """The services of one provider; or all those out of the area, or without a provider (`provider` None)."""

    kind: str
    provider: Provider | None
    lines: tuple[ServiceLine, ...]

    @property
    def places(self) -> int:
        return sum(line.count.total for line in self.lines)

    @property
    def people(self) -> int:
        return sum(line.people for line in self.lines)


@dataclass(frozen=True, slots=True)
class ServiceList:
    """All of it. `count` sums the places in the area; `leaving_soon` are expected to leave within a month.

    `free_soon` counts places that are not free now and will be within a month: those a list of vacancies shows.
    `vacancies` counts free places, `waiting` people on the list, `ending` contracts to be looked at.
    """

    as_at: date
    groups: tuple[ServiceGroup, ...]
    count: PlaceCount
    leaving_soon: int
    free_soon: int
    vacancies: int
    waiting: int
    ending: int

    @property
    def lines(self) -> tuple[ServiceLine, ...]:
        return tuple(line for group in self.groups for line in group.lines)


def is_vacant(place: Place, by: date) -> bool:
    """Whether somebody could move in by a day; not where a place is held, or kept for somebody when it is left."""
    if place.free_from is None or place.state in (PlaceState.TAKEN, PlaceState.HELD):
        return False
    if place.state == PlaceState.LEAVING and place.hold is not None:
        return False
    return place.free_from <= by


def list_services(
    store: Store,
    as_at: date,
    *,
    stage_ids: Iterable[str] = (),
    localities: Iterable[str] = (),
    features: Iterable[str] = (),
    with_vacancy: bool = False,
    closed: bool = False,
) -> ServiceList:
    """Services by provider as at a day.

    `stage_ids` and `localities` keep any of those named, `features` those whose service or any unit has all of them;
    `closed` lists services that have closed, too. The totals are of all services.
    """
    facts = read_place_facts(store, as_at)
    lines = service_lines(facts)
    shown = [line for line in lines if closed or service_open(line.service, as_at) or line.people]
    wanted = set(stage_ids), set(localities), set(features)
    shown = [line for line in shown if _wanted(line, facts, *wanted, with_vacancy)]
    return _listed(facts, lines, shown)


def _wanted(
    line: ServiceLine,
    facts: PlaceFacts,
    stage_ids: set[str],
    localities: set[str],
    features: set[str],
    with_vacancy: bool,
) -> bool:
    if stage_ids and line.service.stage_id not in stage_ids:
        return False
    if localities and line.service.locality not in localities:
        return False
    has = set(line.service.features.split())
    units = facts.units.get(line.service.id, ())
    if not (features <= has or any(features <= has | set(unit.features.split()) for unit in units)):
        return False
    return line.next_free is not None or not with_vacancy


def _listed(facts: PlaceFacts, lines: Sequence[ServiceLine], shown: Sequence[ServiceLine]) -> ServiceList:
    from mhtracker.store.queries.contracts import contract_lines

    ours = [line for line in lines if line.service.in_area]
    soon = within_a_month(facts.as_at)
    leaving = [p for line in ours for p in line.places if p.leaving_on is not None and p.leaving_on <= soon]
    return ServiceList(
        facts.as_at,
        _groups(shown),
        sum((line.count for line in ours), PlaceCount()),
        len(leaving),
        sum(is_vacant(place, soon) for line in ours for place in line.all_places)
        - sum(is_vacant(place, facts.as_at) for line in ours for place in line.all_places),
        sum(line.count.free for line in ours),
        len({each.person_id for each in facts.waiting}),
        sum(line.wants_looking_at for line in contract_lines(facts)),
    )


def _groups(lines: Sequence[ServiceLine]) -> tuple[ServiceGroup, ...]:
    order = {OF_PROVIDER: 0, WITHOUT_PROVIDER: 1, OF_COUNCIL: 2, OUT_OF_AREA: 3}
    groups: dict[tuple[int, str, str], list[ServiceLine]] = {}
    kinds = {number: kind for kind, number in order.items()}
    for line in lines:
        kind = _kind(line)
        named = line.provider if kind in (OF_PROVIDER, OF_COUNCIL) else None
        key = (order[kind], named.name.casefold() if named else "", named.id if named else "")
        groups.setdefault(key, []).append(line)
    return tuple(
        ServiceGroup(
            kinds[key[0]],
            found[0].provider if key[2] else None,
            tuple(sorted(found, key=lambda line: (line.service.name.casefold(), line.service.id))),
        )
        for key, found in sorted(groups.items())
    )


def _kind(line: ServiceLine) -> str:
    if not line.service.in_area:
        return OUT_OF_AREA
    if line.provider is None:
        return WITHOUT_PROVIDER
    return OF_COUNCIL if line.provider.own else OF_PROVIDER


def service_lines(facts: PlaceFacts) -> list[ServiceLine]:
    """A line of every service, in the order of their names."""
    services = sorted(facts.names.services.values(), key=lambda s: (s.name.casefold(), s.id))
    rates = {service.id: rate for service in services if (rate := week_rate(service)) is not None}
    people: dict[str, list[CaseloadLine]] = {}
    for line in facts.lines.values():
        people.setdefault(line.service_id or "", []).append(line)
    return [_line(facts, service, people.get(service.id, []), _like(service, services, rates)) for service in services]


def week_rate(service: Service) -> int | None:
    """The agreed rate as a week's; None where there is none, or it is for each hour, day or session."""
    if service.rate_pence is None or service.rate_frequency in ("hourly", "daily", "session", "one_off"):
        return None
    return weekly_pence(service.rate_pence, Frequency(service.rate_frequency))


def _like(service: Service, services: Sequence[Service], rates: dict[str, int]) -> LikeRates | None:
    alike = [each for each in services if each.stage_id == service.stage_id and each.in_area and each.id in rates]
    found = sorted(rates[each.id] for each in alike)
    if service.stage_id is None or len(found) < 2:
        return None
    return LikeRates(found[0], round(median(found)), found[-1], len(found))


def _line(facts: PlaceFacts, service: Service, people: list[CaseloadLine], like: LikeRates | None) -> ServiceLine:
    provider = facts.names.providers.get(service.provider_id or "")
    costs = sorted(line.weekly_cost_pence for line in people if line.weekly_cost_pence is not None)
    by_hour = service.hours_per_week is not None
    found = ServicePlaces() if by_hour else facts.places(service)
    counted = found.count
    if not found.places:
        counted = PlaceCount()  # Nothing says how many places there are, so nobody is without one.
    return ServiceLine(
        service=service,
        provider=provider,
        stage=facts.names.stages.get(service.stage_id or ""),
        places=found.places,
        coming=found.coming,
        count=counted,
        hours=_hours(facts, service, people) if by_hour else None,
        people=len(people),
        next_free=found.next_free() if service.in_area else None,
        median_cost_pence=round(median(costs)) if costs else None,
        costs_known=len(costs),
        rate_pence=week_rate(service),
        hour_rate_pence=service.rate_pence if service.rate_frequency == Frequency.HOURLY else None,
        like=like,
        contract=service_standing(service, provider, facts.contracts, facts.as_at),
    )


def _hours(facts: PlaceFacts, service: Service, people: Sequence[CaseloadLine]) -> Hours:
    known = [facts.hours[line.person_id] for line in people if line.person_id in facts.hours]
    return Hours(service.hours_per_week or 0.0, sum(known), len(people) - len(known))
