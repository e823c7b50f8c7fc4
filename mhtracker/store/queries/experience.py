"""How earlier plans and barriers of this register went: what forecasts rest on."""

from __future__ import annotations

from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import select

from mhtracker.domain.dates import add_months
from mhtracker.domain.forecast import Experience
from mhtracker.domain.records import Barrier
from mhtracker.store.schema import RECORD_TABLES, move_on_plans, targets
from mhtracker.store.store import Store

MONTHS_BACK = 60
"""What is longer ago says little of how long things take now."""

_read: WeakKeyDictionary[Store, tuple[int, date, Experience]] = WeakKeyDictionary()


def read_experience(store: Store, as_at: date) -> Experience:
    """What ended in the five years before a day. Kept until something is recorded: packs ask once for each person."""
    seq = store.last_seq()
    known = _read.get(store)
    if known is None or known[:2] != (seq, as_at):
        first = add_months(as_at, -MONTHS_BACK)
        known = (seq, as_at, Experience(_slips(store, first, as_at), _lengths(store, first, as_at)))
        _read[store] = known
    return known[2]


def _slips(store: Store, first: date, as_at: date) -> dict[str, list[int]]:
    """By aim: the days from the first target of a plan to the day it was met."""
    query = (
        select(move_on_plans.c.id, move_on_plans.c.aim_stage_id, move_on_plans.c.ended_on, targets.c.target_on)
        .join(targets, targets.c.plan_id == move_on_plans.c.id)
        .where(move_on_plans.c.end_reason == "met", move_on_plans.c.ended_on.between(first, as_at))
        .order_by(targets.c.set_on, targets.c.position)
    )
    found: dict[str, tuple[str | None, int]] = {}
    for plan_id, aim, ended_on, target_on in store.database.connection.execute(query):
        found.setdefault(plan_id, (aim, (ended_on - target_on).days))
    slips: dict[str, list[int]] = {}
    for aim, days in found.values():
        slips.setdefault(aim or "", []).append(days)
    return {aim: sorted(days) for aim, days in slips.items()}


def _lengths(store: Store, first: date, as_at: date) -> dict[str, list[int]]:
    """By reason: the days that barriers lasted."""
    barriers = RECORD_TABLES[Barrier]
    query = select(barriers.c.code, barriers.c.started_on, barriers.c.ended_on).where(
        barriers.c.ended_on.between(first, as_at)
    )
    lengths: dict[str, list[int]] = {}
    for code, started_on, ended_on in store.database.connection.execute(query):
        lengths.setdefault(code, []).append((ended_on - started_on).days)
    return {code: sorted(days) for code, days in lengths.items()}
