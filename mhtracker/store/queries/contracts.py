"""Contracts with providers, the first to be looked at leading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.places.contracts import (
    ContractStanding,
    ContractState,
    covers,
    follows,
    service_standing,
    standing_of,
)
from mhtracker.domain.places.seating import service_open
from mhtracker.domain.records import Contract, DueState, Provider, Service
from mhtracker.store.queries.as_at import lines_as_at
from mhtracker.store.queries.place_facts import PlaceFacts, read_place_facts
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One contract on a day. `services` are those it covers and that are still open; `people` live there.

    Nobody lives anywhere by a contract that has not begun.

    `followed_by` carries it on: then its end wants nobody's attention. Nor does one that is past where nobody lives.
    """

    contract: Contract
    provider: Provider | None
    services: tuple[Service, ...]
    standing: ContractStanding
    people: int
    followed_by: Contract | None

    @property
    def wants_looking_at(self) -> bool:
        if not self.standing.wants_looking_at or self.followed_by is not None:
            return False
        return bool(self.people if self.standing.state == ContractState.ENDED else self.services)

    @property
    def due(self) -> DueState:
        """As lists of what is due have it."""
        return self.standing.due if self.wants_looking_at else DueState.NONE


_STATES = {
    ContractState.NOT_BEGUN: "not begun",
    ContractState.ENDING: "ends soon",
    ContractState.ENDED: "ended",
}


def state_words(line: ContractLine) -> str:
    """How a contract stands, in a word or two of a table: "" for one that simply runs."""
    words = _STATES.get(line.standing.state, "")
    return f"{words}: look at it" if line.wants_looking_at else words


def list_contracts(store: Store, as_at: date) -> tuple[ContractLine, ...]:
    """Every contract as at a day: those to be looked at first, by their last day."""
    return contract_lines(read_place_facts(store, as_at))


def contract_ended(store: Store, service: Service, as_at: date) -> date | None:
    """The last day of the contract behind a service, where it has ended by a day and none carries it on."""
    provider = store.peek(Provider, service.provider_id) if service.provider_id is not None else None
    contracts = store.find(Contract, provider_id=service.provider_id) if provider is not None else ()
    standing = service_standing(service, provider, contracts, as_at)
    return standing.last_on if standing.state == ContractState.ENDED else None


def due_contracts(store: Store, as_at: date, *, until: date | None = None) -> list[ContractLine]:
    """The contracts to be looked at, oldest end first; `until` takes in all that end by then.

    Beside `due.list_due`, which is about people.
    """
    wanted = [line for line in list_contracts(store, as_at) if line.wants_looking_at or _ends_by(line, as_at, until)]
    return sorted(wanted, key=lambda line: (line.standing.last_on or date.max, line.contract.id))


def count_contracts_to_look_at(store: Store, as_at: date) -> int:
    """How many `due_contracts` lists, without reading who lives where unless a contract is near its end."""
    contracts = store.find(Contract)
    wanted = [each for each in contracts if standing_of(each, as_at).wants_looking_at]
    if not wanted:
        return 0
    table, services = lines_as_at(store, as_at), store.find(Service)
    lived = select(table.c.service_id).where(table.c.status == ON_PATHWAY, table.c.service_id.is_not(None)).distinct()
    lived_in = set(store.database.connection.execute(lived).scalars())
    return sum(_wants(each, contracts, services, lived_in, as_at) for each in wanted)


def _wants(
    contract: Contract, contracts: Sequence[Contract], services: Sequence[Service], lived_in: set[str], as_at: date
) -> bool:
    covered = [service for service in services if covers(contract, service)]
    still = [each for each in covered if service_open(each, as_at) or each.id in lived_in]
    if any(follows(each, contract, still) for each in contracts):
        return False
    if standing_of(contract, as_at).state == ContractState.ENDED:
        return any(each.id in lived_in for each in covered)
    return bool(still)


def _ends_by(line: ContractLine, as_at: date, until: date | None) -> bool:
    last_on = line.standing.last_on
    if until is None or last_on is None or not line.services or line.followed_by is not None:
        return False
    return as_at <= last_on <= until


def contract_lines(facts: PlaceFacts) -> tuple[ContractLine, ...]:
    """The same from facts already read."""
    found = [_line(facts, contract) for contract in facts.contracts]
    return tuple(sorted(found, key=_order))


def _order(line: ContractLine) -> tuple[bool, date, str, str]:
    name = line.provider.name.casefold() if line.provider is not None else ""
    return not line.wants_looking_at, line.standing.last_on or date.max, name, line.contract.id


def _line(facts: PlaceFacts, contract: Contract) -> ContractLine:
    covered = [service for service in facts.names.services.values() if covers(contract, service)]
    there = {service.id for service in covered}
    people = [line for line in facts.lines.values() if line.service_id in there and line.status == ON_PATHWAY]
    lived_in = {line.service_id for line in people}
    still = [each for each in covered if service_open(each, facts.as_at) or each.id in lived_in]
    later = (each for each in facts.contracts if follows(each, contract, still))
    standing = standing_of(contract, facts.as_at)
    return ContractLine(
        contract,
        facts.names.providers.get(contract.provider_id),
        tuple(sorted(still, key=lambda service: (service.name.casefold(), service.id))),
        standing,
        len(people) if standing.state != ContractState.NOT_BEGUN else 0,
        next(later, None),
    )
