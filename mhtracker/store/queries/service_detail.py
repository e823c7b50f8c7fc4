"""One service on a day: its places and who has them, who waits for it, its contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.errors import NotFound
from mhtracker.domain.places import Place
from mhtracker.domain.records import Hold, Unit
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
    units, closed ones too; `waiting` are those who wait for it and no other.
    """

    line: ServiceLine
    places: tuple[PlaceRow, ...]
    people: tuple[CaseloadLine, ...]
    units: tuple[Unit, ...]
    holds: tuple[Hold, ...]
    vacancies: tuple[Vacancy, ...]
    contracts: tuple[ContractLine, ...]
    waiting: tuple[WaitingLine, ...]


def read_service(store: Store, service_id: str, as_at: date) -> ServiceDetail:
    """One service as at a day. `vacancies` are those free and those known to be free later. Raises NotFound."""
    facts = read_place_facts(store, as_at)
    line = next((each for each in service_lines(facts) if each.service.id == service_id), None)
    if line is None:
        raise NotFound("This service is no longer in the register.")
    return ServiceDetail(
        line=line,
        places=tuple(_row(facts, place) for place in (*line.places, *line.coming)),
        people=tuple(facts.people_at(service_id)),
        units=tuple(facts.units.get(service_id, ())),
        holds=tuple(facts.holds.get(service_id, ())),
        vacancies=tuple(each for each in vacancies(facts, date.max) if each.service.id == service_id),
        contracts=tuple(each for each in contract_lines(facts) if line.service in each.services),
        waiting=tuple(each for each in waiting_list(store, facts).lines if each.waiting.service_id == service_id),
    )


def _row(facts: PlaceFacts, place: Place) -> PlaceRow:
    return PlaceRow(place, facts.lines.get(place.person_id or ""))
