"""One reading of the register for the manager's month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mhtracker.analysis.breakdown import Breakdown, count_people
from mhtracker.analysis.delay_owners import OwnedDelay, delays_by
from mhtracker.analysis.facts import Facts, read_everybody
from mhtracker.analysis.progress import Progress, build_progress
from mhtracker.analysis.quality import Doubt, find_doubts
from mhtracker.domain.records import Person, Stage, Worker
from mhtracker.store.queries.contracts import ContractLine, list_contracts
from mhtracker.store.queries.services import ServiceList, list_services
from mhtracker.store.queries.waiting import WaitingList, list_waiting
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class Month:
    """Everything read for a report between two days, both included."""

    progress: Progress
    stages: Mapping[str, Stage]
    labels: Mapping[str, str]
    persons: Mapping[str, Person]
    workers: Mapping[str, str]
    doubts: tuple[Doubt, ...]
    owners: tuple[OwnedDelay, ...]
    waiting: WaitingList
    services: ServiceList
    contracts: tuple[ContractLine, ...]
    ages: Breakdown
    council: str
    demo: bool

    def stage(self, stage_id: str) -> str:
        found = self.stages.get(stage_id)
        return found.label if found is not None else stage_id


def read_month(store: Store, from_on: date, to_on: date, programme_id: str | None = None) -> Month:
    """Read and count everything. Runs on the register's thread."""
    facts: Facts = read_everybody(store, to_on)
    return Month(
        build_progress(store, from_on, to_on, programme_id),
        {stage.id: stage for stage in store.stages()},
        {code.id: code.label for name in ("delay_reason", "attributable", "priority") for code in store.codes(name)},
        {person_id: each.person for person_id, each in facts.people.items()},
        {worker.id: worker.name for worker in store.find(Worker)},
        tuple(find_doubts(facts)),
        delays_by(facts, from_on, "attributable"),
        list_waiting(store, to_on),
        list_services(store, to_on),
        list_contracts(store, to_on),
        count_people(store, to_on, "stage", "age"),
        store.council,
        store.is_demo,
    )
