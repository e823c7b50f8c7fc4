"""A register of very many people with ten years of history each: what a manager's figures are measured on."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.day import AS_AT
from benchmarks.registers import FOLDER
from mhtracker.domain.records import (
    Barrier,
    LegalAndStatus,
    Placement,
    Record,
    Review,
    ReviewOutcome,
    StatusKind,
    new_id,
)
from mhtracker.operations.demo.making import make_demo
from mhtracker.store.bulk import in_bulk
from mhtracker.store.schema import SCHEMA
from mhtracker.store.store import Store

BEGAN = AS_AT.replace(year=AS_AT.year - 10)
"""The day the ten years began on."""

_STAGES = ("hospital", "residential", "enablement", "supported", "independent")
_BARRIERS = ("housing", "funding", "capacity", "no_offer", "family")
_WORK = ("unemployed_seeking", "not_seeking", "paid_under_16", "unknown")
_BATCH = 10_000


def register_of_a_decade(people: int) -> Path:
    """The register; made once and kept in `build/benchmarks`."""
    path = FOLDER / f"decade-{people}-{SCHEMA}.mhtracker"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".making")
        partial.unlink(missing_ok=True)
        with make_demo(partial, people=people, as_at=AS_AT) as store:
            _add_history(store)
        partial.replace(path)
    return path


def _add_history(store: Store) -> None:
    """The ten years before what the demo tells of each person: stays, reviews, reasons for delay, statuses."""
    chance = random.Random(10)
    first: dict[str, Placement] = {}
    for stay in store.find(Placement, order_by=("started_on",)):
        first.setdefault(stay.person_id, stay)
    ids = sorted(first)
    for start in range(0, len(ids), _BATCH):
        with in_bulk(store), store.operation("Add earlier years", final=True) as work:
            batch = [record for each in ids[start : start + _BATCH] for record in _years(first[each], chance)]
            work.add_many(batch)


def _years(first: Placement, chance: random.Random) -> Iterable[Record]:
    yield from _stays(first, chance)
    yield from _reviews(first.person_id, chance)
    for _ in range(chance.randrange(5)):
        began = _day(chance)
        ended = None if chance.random() < 0.1 else min(AS_AT, began + timedelta(days=chance.randrange(1, 300)))
        yield Barrier(new_id(), first.person_id, chance.choice(_BARRIERS), began, ended)
    day = BEGAN
    while day < AS_AT - timedelta(days=900):
        ended = day + timedelta(days=chance.randrange(300, 900))
        yield LegalAndStatus(
            new_id(), first.person_id, StatusKind.EMPLOYMENT, chance.choice(_WORK), day, ended_on=ended
        )
        day = ended


def _stays(first: Placement, chance: random.Random) -> Iterator[Placement]:
    """Stays one after another from ten years back to the first that there is."""
    day = BEGAN - timedelta(days=chance.randrange(700))
    while (first.started_on - day).days > 60:
        days = min(chance.randrange(30, 900), (first.started_on - day).days)
        ended = day + timedelta(days=days)
        yield replace(
            first,
            id=new_id(),
            stage_id=chance.choice(_STAGES),
            service_id=None,
            started_on=day,
            ended_on=ended,
            planned=chance.choice((True, True, False, None)),
            version=0,
        )
        day = ended + timedelta(days=chance.choice((0, 0, 0, 1, 5)))


def _reviews(person_id: str, chance: random.Random) -> Iterator[Review]:
    for year in range(10):
        held = BEGAN + timedelta(days=365 * year + chance.randrange(300))
        yield Review(new_id(), person_id, held_on=held, outcome=ReviewOutcome.CONTINUE, summary="Went well.")


def _day(chance: random.Random) -> date:
    return BEGAN + timedelta(days=chance.randrange((AS_AT - BEGAN).days))
