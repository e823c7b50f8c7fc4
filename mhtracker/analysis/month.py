"""One reading of the register for the manager's month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mhtracker.analysis.breakdown import Breakdown, count_people
from mhtracker.analysis.delay_owners import OwnedDelay, delays_by
from mhtracker.analysis.exceptions import Limit, PastLimit, limits_of, past_limits
from mhtracker.analysis.facts import Facts, read_everybody
from mhtracker.analysis.progress import Progress, build_progress
from mhtracker.analysis.quality import Doubt, find_doubts
from mhtracker.domain.records import Person, Stage, Team, Worker
from mhtracker.operations.money.cost_tables import TableNow, read_tables
from mhtracker.store.bulk import not_collecting
from mhtracker.store.lines import read_rows
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload
from mhtracker.store.queries.contracts import ContractLine, list_contracts
from mhtracker.store.queries.costs import StageNow
from mhtracker.store.queries.place_facts import read_place_facts
from mhtracker.store.queries.services import ServiceList, list_services
from mhtracker.store.queries.waiting import WaitingList, list_waiting
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class Month:
    """Everything read for a report between two days, both included.

    `team` is the name of the team whose people alone it is of, "" for everybody; `services` and `contracts` are then
    None, and `cost_tables` none: they are the whole register's. `persons` are those whom the tables name.
    """

    progress: Progress
    stages: Mapping[str, Stage]
    labels: Mapping[str, str]
    persons: Mapping[str, Person]
    workers: Mapping[str, str]
    doubts: tuple[Doubt, ...]
    owners: tuple[OwnedDelay, ...]
    waiting: WaitingList
    services: ServiceList | None
    contracts: tuple[ContractLine, ...] | None
    ages: Breakdown
    stays: Breakdown
    limits: tuple[Limit, ...]
    exceptions: tuple[PastLimit, ...]
    cost_tables: tuple[TableNow, ...]
    council: str
    demo: bool
    team: str = ""

    def stage(self, stage_id: str) -> str:
        found = self.stages.get(stage_id)
        return found.label if found is not None else stage_id

    def labels_of(self, list_name: str) -> list[str]:
        """The words of a code list in its order, those no longer offered too."""
        return [label for key, label in self.labels.items() if key.startswith(f"{list_name}/")]

    def by_stage(self, found: Breakdown, names: Sequence[str]) -> list[tuple[object, ...]]:
        """A line of counts for every stage, also one that nobody is in: of each name, and of all."""
        stages = dict.fromkeys((*(stage.label for stage in self.stages.values()), *found.rows))
        lines = ((stage, [len(found.people.get(stage, {}).get(name, ())) for name in names]) for stage in stages)
        return [(stage, *counts, sum(counts)) for stage, counts in lines]


_CHUNK = 500


def _read_persons(store: Store, ids: Sequence[str]) -> Iterator[Person]:
    for start in range(0, len(ids), _CHUNK):
        yield from read_rows(store, Person, "id", ids[start : start + _CHUNK])


def _costs_now(progress: Progress) -> dict[str, StageNow]:
    """What `read_stage_costs` says of each stage, from the figures that have been counted already."""
    money, found = progress.money, {}
    there = {each.stage_id: set(each.closing) for each in progress.flow.stages}
    for cost in money.stages:
        mine = there.get(cost.key, set())
        people = len(cost.people) + sum(who in mine for who in money.on_wards)
        found[cost.key] = StageNow(cost.key, people, cost.net, sum(who in mine for who in money.unknown))
    return found


def read_month(
    store: Store, from_on: date, to_on: date, programme_id: str | None = None, team_id: str | None = None
) -> Month:
    """Read and count everything. Runs on the register's thread."""
    with not_collecting():
        return _read_month(store, from_on, to_on, programme_id, team_id)


def _read_month(store: Store, from_on: date, to_on: date, programme_id: str | None, team_id: str | None) -> Month:
    facts: Facts = read_everybody(store, to_on, team_id)
    lines = list_caseload(store, CaseloadQuery(), to_on)
    # Places are counted from the same lines, which very many take long to be read twice.
    read_place_facts(store, to_on, lines)
    waiting = list_waiting(store, to_on)
    if team_id is not None:
        waiting = replace(waiting, lines=tuple(each for each in waiting.lines if each.line.team_id == team_id))
    progress = build_progress(store, from_on, to_on, programme_id, team_id)
    named = {each.person_id for each in progress.stuck} | {each.person_id for each in waiting.lines}
    return Month(
        progress,
        {stage.id: stage for stage in store.stages()},
        {code.id: code.label for name in ("delay_reason", "attributable", "priority") for code in store.codes(name)},
        {person.id: person for person in _read_persons(store, sorted(named))},
        {worker.id: worker.name for worker in store.find(Worker)},
        tuple(find_doubts(facts)),
        delays_by(facts, from_on, "attributable"),
        waiting,
        list_services(store, to_on) if team_id is None else None,
        list_contracts(store, to_on) if team_id is None else None,
        count_people(store, to_on, "stage", "age", team_id=team_id, lines=lines),
        count_people(store, to_on, "stage", "stay", team_id=team_id, lines=lines),
        limits_of(store),
        past_limits(store, to_on, team_id, lines),
        read_tables(store, to_on, now=_costs_now(progress)) if team_id is None else (),
        store.council,
        store.is_demo,
        store.get(Team, team_id).name if team_id is not None else "",
    )
