"""The pathway board: who is in each stage, and what flowed this month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from mhtracker.domain.caseload import DIED, LEFT, ON_PATHWAY, CaseloadLine, PersonFacts, status_on
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.places.units import PlaceCount
from mhtracker.domain.records import Stage
from mhtracker.store.lines import read_facts
from mhtracker.store.queries.as_at import lines_as_at
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, caseload_where, count_caseload, list_caseload
from mhtracker.store.queries.place_facts import read_place_facts
from mhtracker.store.queries.services import service_lines
from mhtracker.store.schema import people, placements
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class Column:
    """A stage on the board. opening + came − went = people, for the month up to the day.

    `cards` are the first of its people in the order asked; `median_days` is the middle stay so far of those there.
    """

    stage: Stage
    people: int
    opening: int
    came: int
    went: int
    median_days: int | None
    cards: tuple[CaseloadLine, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Moves between two stages in the month; None stands for outside the pathway."""

    from_stage: str | None
    to_stage: str | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    month_start: date
    as_at: date
    columns: tuple[Column, ...]
    flows: tuple[Flow, ...]
    unplaced: int

    @property
    def people(self) -> int:
        return sum(column.people for column in self.columns)


@dataclass(frozen=True, slots=True)
class StageRoom:
    """Of a stage: its services' places in the area, all of them; who waits for it; and who is stuck in it."""

    places: PlaceCount = field(default_factory=PlaceCount)
    waiting: int = 0
    stuck: int = 0


def read_rooms(store: Store, as_at: date, filters: Sequence[Filter] = ()) -> dict[str, StageRoom]:
    """The room of every stage by its id. Filters narrow the people, not the places: those are everybody's.

    A filter by who is stuck narrows neither: that is one of the numbers.
    """
    facts = read_place_facts(store, as_at)
    others = [each for each in filters if each.column != "stuck"]
    wanted = _wanted(store, as_at, others) if others else None
    waiting = Counter(
        each.stage_id for each in facts.waiting if each.stage_id and (wanted is None or each.person_id in wanted)
    )
    places: dict[str, PlaceCount] = {}
    for line in service_lines(facts):
        if line.service.in_area and line.service.stage_id is not None:
            places[line.service.stage_id] = places.get(line.service.stage_id, PlaceCount()) + line.count
    found = {}
    for stage in store.stages():
        query = CaseloadQuery((*others, Filter("stage", "=", stage.id), Filter("stuck", "=", "yes")))
        stuck = count_caseload(store, query, as_at)
        found[stage.id] = StageRoom(places.get(stage.id, PlaceCount()), waiting[stage.id], stuck)
    return found


def _wanted(store: Store, as_at: date, filters: Sequence[Filter]) -> set[str]:
    """The people whom filters leave, those off the pathway too."""
    table = lines_as_at(store, as_at)
    where = caseload_where(store, table, CaseloadQuery((*filters, Filter("status", "=", "all"))), as_at)
    return set(store.database.connection.execute(select(table.c.person_id).where(where)).scalars())


def read_board(
    store: Store,
    as_at: date,
    *,
    filters: Sequence[Filter] = (),
    sort: tuple[tuple[str, bool], ...] = (("target", False),),
    cards: int = 8,
) -> Board:
    """The board as at a day. A retired or optional stage shows only with people in it or moves through it."""
    month_start = as_at.replace(day=1)
    flows = _flows(store, month_start, as_at, filters)
    came, went = Counter[str](), Counter[str]()
    for flow in flows:
        came[flow.to_stage or ""] += len(flow.people)
        went[flow.from_stage or ""] += len(flow.people)
    columns = []
    for stage in store.stages():
        query = CaseloadQuery((*filters, Filter("stage", "=", stage.id)), sort)
        count = count_caseload(store, query, as_at)
        if (stage.retired or stage.optional) and count == 0 and not came[stage.id] and not went[stage.id]:
            continue
        shown = list_caseload(store, query, as_at, limit=cards) if count else []
        columns.append(
            Column(
                stage,
                count,
                count - came[stage.id] + went[stage.id],
                came[stage.id],
                went[stage.id],
                _median_days(store, query, as_at, count),
                tuple(shown),
            )
        )
    unplaced = count_caseload(store, CaseloadQuery((*filters, Filter("stage", "=", ""))), as_at)
    return Board(month_start, as_at, tuple(columns), tuple(flows), unplaced)


def _median_days(store: Store, query: CaseloadQuery, as_at: date, count: int) -> int | None:
    """The middle stay so far; the mean of the two in the middle, in whole days."""
    if count == 0:
        return None
    table = lines_as_at(store, as_at)
    days = select(table.c.since_on).where(caseload_where(store, table, query, as_at)).order_by(table.c.since_on)
    middle = days.offset((count - 1) // 2).limit(1 if count % 2 else 2)
    found: list[int] = [(as_at - day).days for day in store.database.connection.execute(middle).scalars()]
    return sum(found) // len(found)


def _flows(store: Store, start: date, as_at: date, filters: Sequence[Filter]) -> list[Flow]:
    touched = select(placements.c.person_id).where(
        or_(placements.c.started_on.between(start, as_at), placements.c.ended_on.between(start, as_at))
    )
    gone = select(people.c.id).where(
        or_(people.c.left_on.between(start, as_at), people.c.died_on.between(start, as_at))
    )
    ids = list(store.database.connection.execute(touched.union(gone)).scalars())
    if filters:
        wanted = _wanted(store, as_at, filters)
        ids = [person_id for person_id in ids if person_id in wanted]
    moves: dict[tuple[str | None, str | None], list[str]] = {}
    for begin in range(0, len(ids), 500):
        for facts in read_facts(store, ids[begin : begin + 500]).values():
            for pair in _stage_changes(facts, start, as_at):
                moves.setdefault(pair, []).append(facts.person.id)
    levels = {stage.id: stage.level for stage in store.stages()}

    def by_pathway(item: tuple[tuple[str | None, str | None], list[str]]) -> tuple[int, int]:
        (left, entered), _ = item
        return levels.get(left or "", 0), levels.get(entered or "", 999)

    return [Flow(left, entered, tuple(who)) for (left, entered), who in sorted(moves.items(), key=by_pathway)]


def _stage_changes(facts: PersonFacts, start: date, as_at: date) -> list[tuple[str | None, str | None]]:
    """The changes of stage of one person from the day before `start` to `as_at`, counted at each day's end."""
    turning = {p.started_on for p in facts.placements} | {p.ended_on for p in facts.placements if p.ended_on}
    turning |= {day for day in (facts.person.left_on, facts.person.died_on) if day}
    days = sorted(day for day in turning if start <= day <= as_at)
    was = _stage_on(facts, start - timedelta(days=1))
    found: list[tuple[str | None, str | None]] = []
    for day in days:
        now = _stage_on(facts, day)
        if now == was:
            continue
        if was is None and found and found[-1][1] is None:
            # A few days between two places is one move, not a leaving and a coming.
            left = found.pop()[0]
            if left != now:
                found.append((left, now))
        else:
            found.append((was, now))
        was = now
    return found


def _stage_on(facts: PersonFacts, day: date) -> str | None:
    if status_on(facts.person, facts.placements, day) in (LEFT, DIED):
        return None
    placement = current_placement(facts.placements, day)
    return placement.stage_id if placement else None


def count_by_stage(
    store: Store, as_at: date, *, worker_id: str | None = None, team_id: str | None = None
) -> list[tuple[Stage, int]]:
    """How many people of a worker or a team (or of everyone) are in each stage that has any."""
    table = lines_as_at(store, as_at)
    query = select(table.c.stage_id, func.count()).where(table.c.status == ON_PATHWAY).group_by(table.c.stage_id)
    if worker_id is not None:
        query = query.where(table.c.worker_id == worker_id)
    if team_id is not None:
        query = query.where(table.c.team_id == team_id)
    counts: dict[str | None, int] = {row[0]: row[1] for row in store.database.connection.execute(query)}
    return [(stage, counts[stage.id]) for stage in store.stages() if counts.get(stage.id)]
