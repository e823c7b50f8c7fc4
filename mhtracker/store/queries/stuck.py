"""How long is too long in each stage, as at a day, counted from everybody’s stays and kept up; and who is stuck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Table, and_, false, func, or_, select

from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.counting.spells import build_spells
from mhtracker.domain.counting.stay_lengths import StayLengths, lengths_of_counted
from mhtracker.domain.counting.stuck import stuck_after, stuck_before
from mhtracker.domain.records import Person, Placement
from mhtracker.domain.standing import person_on, placements_on
from mhtracker.store.bulk import not_collecting
from mhtracker.store.lines import read_rows
from mhtracker.store.queries.as_at import lines_as_at
from mhtracker.store.schema import changes, operations
from mhtracker.store.store import Store

_STAY_FIELDS = ("id", "person_id", "stage_id", "started_on", "ended_on", "end_reason")
_PERSON_FIELDS = ("id", "ref", "surname", "died_on", "left_on", "left_reason", "merged_into")
_MANY = 2000
"""When so many people changed, everybody is read anew."""

Length = tuple[int, bool]


@dataclass(slots=True)
class _Stays:
    """The lengths of stays as at one day, as the register stood at operation `seq`: of each person, and by stage.

    Where they were not counted `by_person`, there is only what they come to, `lengths`.
    """

    seq: int
    of_person: dict[str, tuple[tuple[str, Length], ...]] = field(default_factory=dict)
    of_stage: dict[str, Counter[Length]] = field(default_factory=dict)
    lengths: dict[str, StayLengths] = field(default_factory=dict)
    by_person: bool = True


def stay_lengths_by_stage(store: Store, as_at: date) -> dict[str, StayLengths]:
    """How long people stay in each stage where anybody ever stayed, as `analysis` counts it. Read once for a day."""
    kept: dict[date, _Stays] = store.kept("stays", dict)
    seq = store.last_seq()
    stays = kept.get(as_at)
    if stays is not None and stays.seq == seq:
        return stays.lengths
    counted = store.lengths_of(store, as_at) if store.lengths_of is not None else None
    if counted is not None:
        kept[as_at] = _Stays(seq, lengths=counted, by_person=False)
        return counted
    if stays is not None and not stays.by_person:
        stays = None
    changed = _changed_since(store, stays.seq) if stays is not None else None
    if stays is None or changed is None:
        for other in [day for day in kept if day != store.today]:
            del kept[other]
        stays, changed = _Stays(seq), None
    with not_collecting():
        touched = _count(store, stays, changed, as_at)
    for stage_id in touched:
        stays.lengths[stage_id] = lengths_of_counted(+stays.of_stage[stage_id])
    stays.seq = seq
    kept[as_at] = stays
    return stays.lengths


def stuck_marks(store: Store, as_at: date, lengths: Mapping[str, StayLengths] | None = None) -> dict[str, int]:
    """The days in each stage beyond which somebody is stuck there, by the stage's id; without those that have none."""
    lengths = stay_lengths_by_stage(store, as_at) if lengths is None else lengths
    marks = {stage.id: stuck_after(stage, lengths.get(stage.id)) for stage in store.stages()}
    return {stage_id: mark for stage_id, mark in marks.items() if mark is not None}


def stuck_condition(
    store: Store, table: Table, as_at: date, lengths: Mapping[str, StayLengths] | None = None
) -> ColumnElement[bool]:
    """Who is stuck, of a table of lines true on a day. `lengths` by stage, where they have been counted already."""
    marks, stages = stuck_marks(store, as_at, lengths), store.stages()
    levels = Counter(stage.level for stage in stages)
    over = []
    for stage in stages:
        if stage.id in marks:
            # The counting index knows levels; the id is asked only where two stages share one.
            alone = () if levels[stage.level] == 1 else (table.c.stage_id == stage.id,)
            since = table.c.since_on < stuck_before(marks[stage.id], as_at)
            over.append(and_(table.c.stage_level == stage.level, *alone, since))
    return func.coalesce(or_(false(), *over), false())


def stuck_people(
    store: Store, as_at: date, lengths: Mapping[str, StayLengths] | None = None, team_id: str | None = None
) -> list[tuple[str, str, str, date, str]]:
    """Id, reference, stage, the day they came to it and what holds them up ("": nothing), of all who are stuck.

    With a team, of its people alone; `lengths`, which give the marks, are everybody's all the same.
    """
    table = lines_as_at(store, as_at)
    columns = [table.c[name] for name in ("person_id", "ref", "stage_id", "since_on", "barrier")]
    # All lines are looked over as they stand: no index has all of these columns, and very many are wanted.
    on_pathway = table.c.status.concat("") == ON_PATHWAY
    query = select(*columns).where(on_pathway, stuck_condition(store, table, as_at, lengths))
    if team_id is not None:
        query = query.where(table.c.team_id == team_id)
    found = store.database.bare(query)
    if store.database.flavour == "sqlite":
        return [(*row[:3], date.fromisoformat(row[3]), row[4]) for row in found]
    return [tuple(row) for row in found]


def _count(store: Store, stays: _Stays, person_ids: Sequence[str] | None, as_at: date) -> Iterable[str]:
    """Take in the stays of some people (None: of everybody). Returns the stages whose lengths differ now."""
    touched = set()
    for person_id in person_ids or ():
        for stage_id, length in stays.of_person.pop(person_id, ()):
            stays.of_stage[stage_id][length] -= 1
            touched.add(stage_id)
    stages = {stage.id: stage for stage in store.stages()}
    found: dict[str, list[Placement]] = {}
    for placement in read_rows(store, Placement, "person_id", person_ids, _STAY_FIELDS):
        found.setdefault(placement.person_id, []).append(placement)
    for person in read_rows(store, Person, "id", person_ids, _PERSON_FIELDS):
        mine = found.get(person.id)
        if mine is None or person.merged_into is not None or person.left_reason == "error":
            continue
        spells = build_spells(person_on(person, as_at), placements_on(mine, as_at), stages, as_at)
        lengths = tuple([(each.stage_id, (each.days(as_at), each.ended_on is not None)) for each in spells])
        stays.of_person[person.id] = lengths
        for stage_id, length in lengths:
            stays.of_stage.setdefault(stage_id, Counter())[length] += 1
            touched.add(stage_id)
    return touched


def _changed_since(store: Store, seq: int) -> list[str] | None:
    """The people whose stays an operation after one numbered so may have changed; None: too many to tell."""
    query = (
        select(changes.c.person_id)
        .join(operations, changes.c.seq.between(operations.c.first_change, operations.c.last_change))
        .where(operations.c.seq > seq, changes.c.kind.in_(("person", "placement")), changes.c.person_id.is_not(None))
        .distinct()
        .limit(_MANY)
    )
    found = list(store.database.connection.execute(query).scalars())
    return found if len(found) < _MANY else None
