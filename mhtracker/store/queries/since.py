"""What changed after one last looked: in words, by person, newest first, one's own work left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import func, select

from mhtracker.domain.names import fold
from mhtracker.domain.records import KIND_OF, ProgrammePerson
from mhtracker.store.queries.history import HistoryQuery, OperationLine, find_operations
from mhtracker.store.schema import operations, people
from mhtracker.store.store import Store
from mhtracker.store.telling.steps import MOST_READ, sentences_of
from mhtracker.store.telling.values import Names

MOST_OPERATIONS = 400
MOST_LINES = 6
"""Lines of one person; the rest are counted."""
NO_NEWS = frozenset({KIND_OF[ProgrammePerson]})
"""What is recorded of people and tells a worker nothing about them: a programme counts hundreds at once."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a person: in a sentence, of a kind of record, by whom and when."""

    words: str
    kind: str
    who: str
    at: datetime
    operation_id: str


@dataclass(slots=True)
class PersonSince:
    """What happened to one person, newest first; `more` counts what is left out."""

    person_id: str
    name: str
    happened: list[Happened] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True, slots=True)
class Since:
    """The news, by person, whoever has the newest first. `seq` is what to remember once all this was seen.

    `steps` counts the operations told of; `left_out` says that there are more than were read.
    """

    people: tuple[PersonSince, ...]
    steps: int
    seq: int
    left_out: bool


def since(
    store: Store,
    seq: int,
    worker_id: str | None = None,
    not_by: Collection[str] = (),
    *,
    person_ids: Collection[str] | None = None,
    limit: int = MOST_OPERATIONS,
) -> Since:
    """What was recorded after operation `seq` about a worker's people (None: about anybody), or about `person_ids`.

    Not what those named in `not_by` recorded, nor what was undone since, nor the undoing of it: what holds is told.
    """
    own = {fold(name) for name in not_by}
    wanted = set(person_ids) if person_ids is not None else _people_of(store, worker_id)
    lines = find_operations(store, HistoryQuery(since_seq=seq), limit, MOST_READ)
    names, told, steps = Names(store), dict[str, PersonSince](), 0
    for line in lines:
        operation = line.operation
        if fold(operation.who) not in own and operation.undone_by is None and operation.undoes is None:
            steps += _tell(names, told, line, wanted)
    people_told = tuple(each for each in told.values() if each.happened)
    return Since(people_told, steps, store.last_seq(), len(lines) >= limit)


def _people_of(store: Store, worker_id: str | None) -> set[str] | None:
    if worker_id is None:
        return None
    return set(store.database.connection.execute(select(people.c.id).where(people.c.worker_id == worker_id)).scalars())


def _tell(names: Names, told: dict[str, PersonSince], line: OperationLine, wanted: set[str] | None) -> int:
    """Add one operation to what is told of each person it concerns; 0 when it concerns nobody wanted."""
    step, found = line.operation, False
    changes = [change for change in line.changes if change.person_id is not None and change.kind not in NO_NEWS]
    if wanted is not None:
        changes = [change for change in changes if change.person_id in wanted]
    for sentence in sentences_of(names, changes, step):
        person_id = sentence.person_id or ""
        person = told.setdefault(person_id, PersonSince(person_id, sentence.person))
        found = True
        if len(person.happened) < MOST_LINES:
            person.happened.append(Happened(sentence.words, sentence.kind, step.who, step.at, step.id))
        else:
            person.more += 1
    return int(found)


def seq_before(store: Store, at: datetime) -> int:
    """The newest operation before a moment; 0 when there was none."""
    moment = at.astimezone(UTC).isoformat()
    newest = select(func.max(operations.c.seq)).where(operations.c.at_utc < moment)
    return store.database.connection.execute(newest).scalar() or 0
