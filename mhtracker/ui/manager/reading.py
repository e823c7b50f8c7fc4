"""What the Progress page asks of the register, and the periods it offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mhtracker import text
from mhtracker.analysis.delay_owners import OwnedDelay, delays_by
from mhtracker.analysis.facts import Facts
from mhtracker.analysis.programme import programme_in_force
from mhtracker.analysis.progress import STUCK_SHOWN, Progress, complete_figures, first_figures, year_to
from mhtracker.analysis.quality import Doubt, find_doubts
from mhtracker.analysis.returned import Returned, who_returned
from mhtracker.analysis.stay_ranges import StayRange, stay_ranges
from mhtracker.domain.records import CostTable, Person, Programme, Service, Stage, Team, Worker
from mhtracker.store import Store

MONTH, QUARTER, YEAR, PROGRAMME = "month", "quarter", "year", "programme"


@dataclass(frozen=True, slots=True)
class Asked:
    """The period in view, and the programme (None: the latest running one)."""

    period: str = YEAR
    programme_id: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the page shows. `names` has those it names; `labels` the delay reasons; `tables` those of costs."""

    progress: Progress
    programmes: tuple[Programme, ...]
    stages: dict[str, Stage]
    labels: dict[str, str]
    names: dict[str, str]
    council: str
    demo: bool
    ranges: dict[str, StayRange]
    returned: Returned
    tables: tuple[str, ...]


def first_day(asked: Asked, as_at: date, baseline_on: date | None) -> date:
    """The first day of the period that ends on a day. Quarters and years are the financial ones, from 1 April."""
    if asked.period == MONTH:
        return as_at.replace(day=1)
    if asked.period == QUARTER:
        return date(as_at.year, 3 * ((as_at.month - 1) // 3) + 1, 1)
    if asked.period == PROGRAMME and baseline_on is not None and baseline_on <= as_at:
        return baseline_on
    return year_to(as_at)


def read_figures(store: Store, as_at: date, asked: Asked) -> Figures:
    """Count everything. Runs on the register's thread, a few milliseconds for a hundred people."""
    programmes = sorted(store.find(Programme), key=lambda each: (each.ended_on is not None, each.name, each.id))
    chosen = next((each for each in programmes if each.id == asked.programme_id), None)
    baseline = chosen or programme_in_force(store, as_at)
    since = first_day(asked, as_at, baseline.baseline_on if baseline else None)
    first = first_figures(store, since, as_at)
    found = complete_figures(store, first, since, as_at, chosen.id if chosen else None)
    return Figures(
        found,
        tuple(programmes),
        {stage.id: stage for stage in store.stages()},
        {code.code: code.label for code in store.codes("delay_reason")},
        read_names(store, [each.person_id for each in found.stuck[:STUCK_SHOWN]]),
        store.council,
        store.is_demo,
        stay_ranges(first.spells),
        who_returned(first.spells),
        tuple(sorted(each.name for each in store.find(CostTable))),
    )


def read_names(store: Store, person_ids: Sequence[str]) -> dict[str, str]:
    """SURNAME, Given of some people, by id, in chunks a database takes."""
    names = {}
    wanted = list(dict.fromkeys(person_ids))
    for start in range(0, len(wanted), 500):
        for person in store.find(Person, id=wanted[start : start + 500]):
            names[person.id] = text.full_name(person)
    return names


def read_with_spells(store: Store, as_at: date) -> Facts:
    """Facts that can be counted from on another thread: everything that touches the register has been read."""
    facts = Facts(store, as_at, first_figures(store, as_at, as_at).spells)
    _ = facts.spells, facts.barriers, facts.people
    return facts


@dataclass(frozen=True, slots=True)
class Owned:
    """Delayed days by whose they are, and what to call them."""

    bars: tuple[OwnedDelay, ...]
    names: dict[str, str]


def read_owned(store: Store, from_on: date, as_at: date, owner: str) -> Owned:
    """Delayed days by one of `delay_owners.OWNERS`."""
    facts = Facts(store, as_at)
    bars = delays_by(facts, from_on, owner)
    if owner == "attributable":
        names = {code.code: code.label for code in store.codes("attributable")}
    else:
        kind: type[Worker] | type[Team] | type[Service] = {"worker": Worker, "team": Team, "service": Service}[owner]
        names = {each.id: each.name for each in store.find(kind)}
    return Owned(bars, {"": "Not recorded", **names})


def read_doubts(store: Store, as_at: date) -> list[Doubt]:
    """What is missing or doubtful in the register."""
    return find_doubts(Facts(store, as_at))
