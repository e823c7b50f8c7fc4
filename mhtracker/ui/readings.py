"""What the window itself reads from the register: who and what it is, what can be undone, the rail's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records import Team, Worker
from mhtracker.store import Store
from mhtracker.store.drafts import Draft, list_drafts
from mhtracker.store.queries.caseload import lines_of, values_in_use
from mhtracker.store.queries.contracts import count_contracts_to_look_at
from mhtracker.store.queries.due import list_due
from mhtracker.store.queries.snoozed import item_key, read_snoozed
from mhtracker.store.telling.steps import name_of_operation
from mhtracker.text import name_in_order
from mhtracker.ui.context import RegisterFacts
from mhtracker.ui.rail import RecentPerson


@dataclass(frozen=True, slots=True)
class News:
    """What the shell shows and every change may alter. Labels are "" where there is nothing to undo or redo.

    `undo_name` tells the operation with whom it concerned.
    """

    undo: str = ""
    undo_name: str = ""
    redo: str = ""
    due_now: int = 0
    contracts: int = 0
    recent: tuple[RecentPerson, ...] = ()
    pinned: tuple[RecentPerson, ...] = ()


def read_facts(store: Store, worker_id: str | None, who_name: str) -> RegisterFacts:
    """What the register is, and which of its workers sits here: the one chosen, else the one of that name.

    What is recorded from now on bears the name set for this computer, else that worker's.
    """
    workers = store.find(Worker)
    mine = next((worker for worker in workers if worker.id == worker_id), None)
    if mine is None and who_name:
        mine = next((worker for worker in workers if worker.name.casefold() == who_name.casefold()), None)
    if mine is None and store.is_demo:
        # Whoever explores the demo is given somebody’s desk, or Today would have nothing of its own to show.
        busiest = max(values_in_use(store, "worker", store.today), key=lambda used: used[1], default=("", 0))[0]
        mine = next((worker for worker in workers if worker.name == busiest), None)
    store.who = who_name or (mine.name if mine is not None else store.who)
    team = store.peek(Team, mine.team_id) if mine is not None and mine.team_id is not None else None
    return RegisterFacts(
        address=store.address,
        council=store.council,
        is_demo=store.is_demo,
        read_only=store.read_only,
        ended_badly=store.ended_badly,
        stages=store.stages(),
        worker_id=mine.id if mine is not None else None,
        worker_name=mine.name if mine is not None else who_name,
        worker_role=mine.role if mine is not None else "",
        team_id=team.id if team is not None else None,
        team_name=team.name if team is not None else "",
    )


def read_news(
    store: Store, as_at: date, worker_id: str | None, recent_ids: Sequence[str], pinned_ids: Sequence[str] = ()
) -> News:
    """What can be undone, what there is to do now, and the names of the people looked at lately and of those pinned."""
    undo = redo = name = ""
    if not store.read_only:
        last, taken_back = store.next_undo(), store.next_redo()
        if last is not None:
            undo, name = last.label, name_of_operation(store, last)
        redo = taken_back.label.removeprefix("Undo: ") if taken_back is not None else ""
    put_off = read_snoozed(store, as_at)
    due = [i for i in list_due(store, as_at, until=as_at, worker_id=worker_id) if item_key(i) not in put_off]
    recent = [person_id for person_id in recent_ids if person_id not in pinned_ids]
    pinned = tuple(_recent(store, pinned_ids, as_at))
    contracts = count_contracts_to_look_at(store, as_at)
    return News(undo, name, redo, len(due), contracts, tuple(_recent(store, recent, as_at)), pinned)


def _recent(store: Store, ids: Sequence[str], as_at: date) -> list[RecentPerson]:
    stages = {stage.id: stage for stage in store.stages()}
    lines = {line.person_id: line for line in lines_of(store, ids, as_at)}
    found = []
    for line in (lines[person_id] for person_id in ids if person_id in lines):
        stage = stages.get(line.stage_id or "")
        letter, colour = (stage.letter, stage.colour) if stage is not None else ("–", "other")
        found.append(RecentPerson(line.person_id, name_in_order(line.surname, line.given_names), letter, colour))
    return found


def read_name(store: Store, operation_id: str) -> str:
    """What undo calls an operation, with whom it concerned."""
    return name_of_operation(store, store.operation_of(operation_id))


def read_drafts(store: Store) -> list[Draft]:
    """The unfinished forms kept in this register, besides those that stand open."""
    from mhtracker.ui.dialogs.form_drafts import keys_open

    open_now = keys_open(store.address)
    return [draft for draft in list_drafts(store) if draft.key not in open_now]


def is_server(address: str) -> bool:
    """Whether an address names a server and not a file."""
    return address.startswith(("postgresql://", "postgres://", "postgresql+"))
