"""What is talked about at a quarterly meeting with a provider, read as at its last day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from mhtracker import text
from mhtracker.domain.around import Around
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.counting.delays import delayed_days
from mhtracker.domain.counting.stay_bands import banded
from mhtracker.domain.dates import add_months
from mhtracker.domain.errors import NotFound
from mhtracker.domain.pathway import in_order
from mhtracker.domain.places.voids import PlaceDays, place_days
from mhtracker.domain.records import Action, DueState, Hold, Person, Placement, Provider, Service, Stage
from mhtracker.store.queries.around import read_around
from mhtracker.store.queries.contracts import ContractLine, contract_lines
from mhtracker.store.queries.place_facts import PAST_DAYS, PlaceFacts, read_place_facts
from mhtracker.store.queries.services import ServiceLine, service_lines
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class ServiceQuarter:
    """A service with the use of its places over the period."""

    line: ServiceLine
    days: PlaceDays


@dataclass(frozen=True, slots=True)
class StageStays:
    """The people of one stage by how long they have been in it: `bands` as `BAND_NAMES`."""

    stage: Stage
    people: int
    bands: tuple[int, ...]
    median_days: int
    over_limit: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who moved in or out. `other` is the stay they came from or went to, None for neither."""

    ref: str
    name: str
    service: Service
    on: date
    stay: Placement
    other: Placement | None
    other_stage: Stage | None


@dataclass(frozen=True, slots=True)
class DelayLine:
    """A reason that held moves up in the period: its code, how many people, and their days together."""

    code: str
    people: int
    days: int


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something still to be done about somebody who lives there."""

    ref: str
    name: str
    action: Action
    owner: str


@dataclass(frozen=True, slots=True)
class ProviderQuarter:
    """A provider from `from_on` to `as_at`, both included. `reviews` counts people by the state of their review."""

    provider: Provider
    from_on: date
    as_at: date
    services: tuple[ServiceQuarter, ...]
    stays: tuple[StageStays, ...]
    moved_in: tuple[Moved, ...]
    moved_out: tuple[Moved, ...]
    reviews: Mapping[DueState, int]
    delays: tuple[DelayLine, ...]
    contracts: tuple[ContractLine, ...]
    actions: tuple[OpenAction, ...]
    labels: Mapping[str, str]

    @property
    def people(self) -> int:
        return sum(each.line.people for each in self.services)

    @property
    def days(self) -> PlaceDays:
        return sum((each.days for each in self.services), PlaceDays())


def quarter_start(as_at: date) -> date:
    """The first day of the three months that end on a day."""
    return add_months(as_at, -3) + timedelta(days=1)


def read_provider_quarter(
    store: Store, provider_id: str, as_at: date, *, from_on: date | None = None
) -> ProviderQuarter:
    """Read it, as at a day; three months unless `from_on` says otherwise. Raises NotFound."""
    first = from_on or quarter_start(as_at)
    # Before a place was let again it may have stood empty for long.
    facts = read_place_facts(store, as_at, since=first - timedelta(days=PAST_DAYS))
    provider = facts.names.providers.get(provider_id)
    if provider is None:
        raise NotFound("This provider is no longer in the register.")
    lines = [line for line in service_lines(facts) if line.service.provider_id == provider_id]
    ids = {line.service.id for line in lines}
    people = sorted((line for line in facts.lines.values() if line.service_id in ids), key=lambda p: p.name_key)
    around = read_around(store, [line.person_id for line in people], as_at)
    moved_in, moved_out = _moves(store, facts, [line.service for line in lines], first)
    return ProviderQuarter(
        provider=provider,
        from_on=first,
        as_at=as_at,
        services=tuple(ServiceQuarter(line, use_of_places(store, facts, line, first)) for line in lines),
        stays=tuple(_stays(facts, people)),
        moved_in=moved_in,
        moved_out=moved_out,
        reviews={state: sum(line.review_due(as_at).state == state for line in people) for state in DueState},
        delays=_delays(around, first, as_at),
        contracts=tuple(each for each in contract_lines(facts) if each.contract.provider_id == provider_id),
        actions=tuple(_actions(facts, people, around)),
        labels={item.code: item.label for name in ("delay_reason", "end_reason") for item in store.codes(name)},
    )


def use_of_places(store: Store, facts: PlaceFacts, line: ServiceLine, first: date) -> PlaceDays:
    """How a service's places were used from a day to the one read for; nothing for support by the hour."""
    service = line.service
    if line.hours is not None:
        return PlaceDays()
    holds = [hold for hold in store.find(Hold, service_id=service.id) if hold.started_on <= facts.as_at]
    stays = facts.stays.get(service.id, ())
    return place_days(service, facts.units.get(service.id, ()), stays, holds, first, facts.as_at)


def _stays(facts: PlaceFacts, people: Iterable[CaseloadLine]) -> list[StageStays]:
    by_stage: dict[str, list[int]] = {}
    for line in people:
        days = line.days_in_stage(facts.as_at)
        if line.stage_id is not None and days is not None:
            by_stage.setdefault(line.stage_id, []).append(days)
    found = []
    for stage_id, days_there in by_stage.items():
        stage = facts.names.stages[stage_id]
        over = sum(stage.limit_days is not None and days > stage.limit_days for days in days_there)
        middle = round(median(days_there))
        found.append(StageStays(stage, len(days_there), banded(days_there), middle, over))
    return sorted(found, key=lambda each: each.stage.level)


def _moves(
    store: Store, facts: PlaceFacts, services: Sequence[Service], first: date
) -> tuple[tuple[Moved, ...], tuple[Moved, ...]]:
    """Who moved in and out in the period; a change of place within one service is no move."""
    stays = [(service, stay) for service in services for stay in facts.stays.get(service.id, ())]
    came = [(s, stay) for s, stay in stays if first <= stay.started_on <= facts.as_at]
    went = [(s, stay) for s, stay in stays if stay.ended_on is not None and first <= stay.ended_on <= facts.as_at]
    chains, names = _chains(store, {stay.person_id for _, stay in (*came, *went)}, facts.as_at)
    moved_in, moved_out = [], []
    for service, stay in came:
        chain = chains[stay.person_id]
        before = next((e for e in reversed(chain) if e.started_on < stay.started_on and e.ended_on is not None), None)
        if before is None or before.service_id != service.id:
            moved_in.append(_moved(facts, names, service, stay.started_on, stay, before))
    for service, stay in went:
        assert stay.ended_on is not None
        after = next((e for e in chains[stay.person_id] if e.started_on >= stay.ended_on and e.id != stay.id), None)
        if after is None or after.service_id != service.id:
            moved_out.append(_moved(facts, names, service, stay.ended_on, stay, after))
    return tuple(sorted(moved_in, key=_by_day)), tuple(sorted(moved_out, key=_by_day))


def _by_day(moved: Moved) -> tuple[date, str]:
    return moved.on, moved.ref


def _chains(
    store: Store, person_ids: set[str], as_at: date
) -> tuple[dict[str, list[Placement]], dict[str, tuple[str, str]]]:
    """Everybody's stays in order, and their references and names."""
    chains: dict[str, list[Placement]] = {person_id: [] for person_id in person_ids}
    names: dict[str, tuple[str, str]] = {}
    ids = sorted(person_ids)
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        for stay in in_order(store.find(Placement, person_id=some)):
            if stay.started_on <= as_at:
                chains[stay.person_id].append(stay)
        for person in store.find(Person, id=some):
            names[person.id] = person.ref, text.full_name(person)
    return chains, names


def _moved(
    facts: PlaceFacts,
    names: Mapping[str, tuple[str, str]],
    service: Service,
    on: date,
    stay: Placement,
    other: Placement | None,
) -> Moved:
    ref, name = names[stay.person_id]
    stage = facts.names.stages.get(other.stage_id) if other is not None else None
    return Moved(ref, name, service, on, stay, other, stage)


def _delays(around: Mapping[str, Around], first: date, as_at: date) -> tuple[DelayLine, ...]:
    """By reason, most days first; the period's last day counts as held up."""
    people: dict[str, int] = {}
    days: dict[str, int] = {}
    for each in around.values():
        for code, held_up in delayed_days(each.barriers, first, as_at + timedelta(days=1)).by_reason.items():
            people[code] = people.get(code, 0) + 1
            days[code] = days.get(code, 0) + held_up
    found = [DelayLine(code, people[code], days[code]) for code in days]
    return tuple(sorted(found, key=lambda line: (-line.days, line.code)))


def _actions(facts: PlaceFacts, people: Sequence[CaseloadLine], around: Mapping[str, Around]) -> list[OpenAction]:

    found = []
    for line in people:
        for action in around[line.person_id].open_actions():
            worker = facts.names.workers.get(action.worker_id or "")
            owner = worker.name if worker is not None else action.owner or line.worker
            found.append(OpenAction(line.ref, text.name_in_order(line.surname, line.given_names), action, owner))
    return sorted(found, key=lambda each: (each.action.due_on or date.max, each.ref, each.action.id))
