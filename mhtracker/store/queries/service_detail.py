"""One service on a day: its places and who has them, who waits for it, its contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.errors import NotFound
from mhtracker.domain.places.units import Place
from mhtracker.domain.records import Hold, Placement, Unit
from mhtracker.store.queries.contracts import ContractLine, contract_lines
from mhtracker.store.queries.place_facts import PlaceFacts, read_place_facts
from mhtracker.store.queries.services import ServiceLine, service_lines
from mhtracker.store.queries.vacancies import Vacancy, vacancies
from mhtracker.store.queries.waiting import WaitingLine, waiting_list
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with who lives there, or for whom it is held; `person` is None for nobody, or nobody on the pathway."""

    place: Place
    person: CaseloadLine | None


@dataclass(frozen=True, slots=True)
class ServiceDetail:
    """Everything about one service.

    `people` live there or are supported, by name, those without a place of their own included; `units` are all of its
    units, closed ones too; `waiting` are those who wait for it and no other; `over` are stays without a place.
    """

    line: ServiceLine
    places: tuple[PlaceRow, ...]
    people: tuple[CaseloadLine, ...]
    units: tuple[Unit, ...]
    holds: tuple[Hold, ...]
    vacancies: tuple[Vacancy, ...]
    contracts: tuple[ContractLine, ...]
    waiting: tuple[WaitingLine, ...]
    over: tuple[Placement, ...] = ()


def read_service(store: Store, service_id: str, as_at: date) -> ServiceDetail:
    """One service as at a day. `vacancies` are those free and those known to be free later. Raises NotFound."""
    found = details(store, read_place_facts(store, as_at), service_id)
    if not found:
        raise NotFound("This service is no longer in the register.")
    return found[0]


def details(store: Store, facts: PlaceFacts, service_id: str | None = None) -> list[ServiceDetail]:
    """Every service (or the one) from facts already read, by name."""
    free, contracts, waiting = vacancies(facts, date.max), contract_lines(facts), waiting_list(store, facts).lines
    return [
        ServiceDetail(
            line=line,
            places=tuple(_row(facts, place) for place in (*line.places, *line.coming)),
            people=tuple(facts.people_at(line.service.id)),
            units=tuple(facts.units.get(line.service.id, ())),
            holds=tuple(facts.holds.get(line.service.id, ())),
            vacancies=tuple(each for each in free if each.service.id == line.service.id),
            contracts=tuple(each for each in contracts if line.service in each.services),
            waiting=tuple(each for each in waiting if each.waiting.service_id == line.service.id),
            over=tuple(facts.places(line.service).over),
        )
        for line in service_lines(facts)
        if service_id is None or line.service.id == service_id
    ]


def _row(facts: PlaceFacts, place: Place) -> PlaceRow:
    return PlaceRow(place, facts.lines.get(place.person_id or ""))
