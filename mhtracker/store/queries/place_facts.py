"""What the Services page, its lists and the provider sheet are counted from, read once for a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import Table, or_, select

from mhtracker.domain.caseload import ON_PATHWAY, CaseloadLine, Names
from mhtracker.domain.money.costs import lines_on
from mhtracker.domain.places.seating import hold_runs
from mhtracker.domain.places.units import LEAVING_DAYS, ServicePlaces, places_on
from mhtracker.domain.records import Contract, CostLine, Hold, Placement, Service, Unit, Waiting
from mhtracker.domain.standing import placements_on
from mhtracker.store.codec import from_bare_rows, from_rows
from mhtracker.store.lines import read_names, read_rows
from mhtracker.store.queries.as_at import lines_as_at
from mhtracker.store.queries.caseload import line_of
from mhtracker.store.schema import placements
from mhtracker.store.store import Store

AtService = TypeVar("AtService", Unit, Hold, Placement)

PAST_DAYS = 730
"""How far back stays are read to say since when a place is free; one empty for longer is free since then or before."""

_MANY = 5_000


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Read for a day.

    `stays` are those at a service in the last two years or now, as they stood; `lines` are of the people who live at
    one, keep a place at one, or wait.
    """

    as_at: date
    names: Names
    units: Mapping[str, Sequence[Unit]]
    holds: Mapping[str, Sequence[Hold]]
    stays: Mapping[str, Sequence[Placement]]
    lines: Mapping[str, CaseloadLine]
    waiting: Sequence[Waiting]
    contracts: Sequence[Contract]
    leaving: Mapping[str, date]
    hours: Mapping[str, float]
    """By person: the hours planned a week."""

    def places(self, service: Service) -> ServicePlaces:
        """The places of a service on the day."""
        stays = self.stays.get(service.id, ())
        away = {
            stay.person_id
            for stay in stays
            if stay.ended_on is None
            and stay.person_id in self.lines
            and self.lines[stay.person_id].service_id != service.id
        }
        return places_on(
            service,
            self.units.get(service.id, ()),
            stays,
            self.holds.get(service.id, ()),
            self.as_at,
            leaving=dict(self.leaving),
            away=away,
        )

    def people_at(self, service_id: str) -> list[CaseloadLine]:
        """Who lives there on the day, or is supported by it."""
        here = (line for line in self.lines.values() if line.service_id == service_id and line.status == ON_PATHWAY)
        return sorted(here, key=lambda line: (line.name_key, line.person_id))


def read_place_facts(
    store: Store, as_at: date, lines: Sequence[CaseloadLine] | None = None, *, since: date | None = None
) -> PlaceFacts:
    """Read them, as at a day: by the facts' own dates. Kept until another day is asked or something is recorded.

    `lines` are everybody's on the pathway that day, where they have been read. Stays that ended before `since` are left
    out, or more than `PAST_DAYS` ago where that is earlier.
    """
    lately = as_at - timedelta(days=PAST_DAYS)
    first = lately if since is None else min(since, lately)
    kept: dict[tuple[date, int, date], PlaceFacts] = store.kept("place facts", dict)
    asked = (as_at, store.last_seq(), first)
    if asked not in kept:
        kept.clear()
        kept[asked] = _read(store, as_at, lines, first)
    return kept[asked]


def _read(store: Store, as_at: date, everybodys: Sequence[CaseloadLine] | None, first: date) -> PlaceFacts:
    table = lines_as_at(store, as_at)
    stays = _stays(store, as_at, first)
    holds = [hold for hold in store.find(Hold) if hold_runs(hold, as_at)]
    waiting = [each for each in store.find(Waiting) if waits(each, as_at)]
    wanted = {stay.person_id for stay in stays} | {each.person_id for each in waiting}
    if everybodys is None:
        lines = _lines(store, table, wanted)
    else:
        lines = {line.person_id: line for line in everybodys if line.person_id in wanted}
    waiting = [each for each in waiting if each.person_id in lines]
    return PlaceFacts(
        as_at=as_at,
        names=read_names(store),
        units=_by_service(store.find(Unit)),
        holds=_by_service(holds),
        stays=_by_service([stay for stay in stays if stay.ended_on is not None or stay.person_id in lines]),
        lines=lines,
        waiting=sorted(waiting, key=lambda each: (each.since_on, each.id)),
        contracts=store.find(Contract, order_by=("name", "id")),
        leaving=_leaving(lines, as_at),
        hours=_hours(store, [line.person_id for line in lines.values() if line.service_id is not None], as_at),
    )


def expected_leaving(store: Store, as_at: date, person_ids: Iterable[str]) -> dict[str, date]:
    """When some people are expected to leave where they live; those of whom nobody knows are left out."""
    return _leaving(_lines(store, lines_as_at(store, as_at), set(person_ids)), as_at)


def waits(waiting: Waiting, day: date) -> bool:
    """Whether somebody is on the waiting list on a day."""
    return waiting.since_on <= day and (waiting.ended_on is None or day < waiting.ended_on)


def _stays(store: Store, as_at: date, first: date) -> list[Placement]:
    query = select(placements).where(
        placements.c.service_id.is_not(None),
        placements.c.started_on <= as_at,
        or_(placements.c.ended_on.is_(None), placements.c.ended_on >= first),
    )
    if store.database.flavour == "sqlite":
        found = from_bare_rows(Placement, store.database.bare(query))
    else:
        found = from_rows(Placement, store.database.connection.execute(query))
    return placements_on(found, as_at)


def _lines(store: Store, table: Table, person_ids: set[str]) -> dict[str, CaseloadLine]:
    # Found by who they are: by the index of everybody's status each few hundred would be looked for among all.
    on_pathway, place = table.c.status.concat("") == ON_PATHWAY, table.c.person_id
    query, execute = select(*table.columns).where(on_pathway), store.database.connection.execute
    if len(person_ids) >= _MANY:
        # One reading of all lines as they stand is sooner over than very many of few.
        of_all = (row for row in execute(query) if row[0] in person_ids)
        return {line.person_id: line for line in map(line_of, of_all)}
    found: dict[str, CaseloadLine] = {}
    wanted = sorted(person_ids)
    for start in range(0, len(wanted), 500):
        rows = execute(query.where(place.in_(wanted[start : start + 500])))
        found |= {line.person_id: line for line in map(line_of, rows)}
    return found


def _leaving(lines: Mapping[str, CaseloadLine], as_at: date) -> dict[str, date]:
    """When people are expected to leave: by their move-on target. The end of a hold elsewhere is no day to move."""
    latest = as_at + timedelta(days=LEAVING_DAYS)
    return {
        line.person_id: line.target_on
        for line in lines.values()
        if line.target_on is not None and as_at <= line.target_on <= latest
    }


def _hours(store: Store, person_ids: Sequence[str], as_at: date) -> dict[str, float]:
    found: dict[str, float] = {}
    for start in range(0, len(person_ids), 500):
        rows = read_rows(store, CostLine, "person_id", person_ids[start : start + 500])
        for line in lines_on((row for row in rows if row.frequency == "hourly"), as_at):
            found[line.person_id] = found.get(line.person_id, 0.0) + (line.units or 0.0)
    return found


def _by_service(records: Sequence[AtService]) -> dict[str, list[AtService]]:
    found: dict[str, list[AtService]] = {}
    for record in records:
        found.setdefault(record.service_id or "", []).append(record)
    return found
