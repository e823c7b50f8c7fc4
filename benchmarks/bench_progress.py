"""The manager's figures of 100,000 people with ten years of history, against one polars pass over the same tables.

Seconds are the processor's, of all its cores: other work on the machine, and its disk, drift too much to compare by.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import polars as pl

from benchmarks.day import AS_AT
from benchmarks.decade import register_of_a_decade
from benchmarks.measure import Figure, in_turn, median
from mhtracker.analysis.columns.register import columns_of, read_ahead
from mhtracker.analysis.progress import build_progress, first_figures, year_to
from mhtracker.domain.records import Placement, Programme
from mhtracker.operations.programmes import start_programme
from mhtracker.store import FixedClock, Store, open_register
from mhtracker.store.derived import kept_columns

_ROUNDS = 3
_FROM = year_to(AS_AT)
_MONTH = AS_AT.replace(day=1)


def figures(people: int = 100_000) -> Iterator[Figure]:
    with open_register(register_of_a_decade(people), who="bench", clock=FixedClock(AS_AT)) as store:
        raw = cast("sqlite3.Connection", store.database.connection.connection.dbapi_connection)
        _set_up_programme(store)

        def told(
            name: str, work: Callable[[], object], reach: float, before: Callable[[], object] = lambda: None
        ) -> Iterator[Figure]:
            clock = time.process_time
            ours, bare = in_turn(work, lambda: _one_pass(raw), _ROUNDS, before=before, clock=clock)
            value, floor = median(ours), median(bare)
            yield Figure(name, value, "s", None, "", f"<= {reach:g} s", value <= reach)
            yield Figure(name, value, "s", floor, "one polars pass", "<= 3x", value <= 3 * floor)

        def first(from_on: date = _FROM) -> object:
            return first_figures(store, from_on, AS_AT)

        name = f"first figures of {people:,} people over ten years"
        store.database.connection.execute(kept_columns.delete())
        yield from told(f"{name}, nothing kept", first, 3, store.forget)
        read_ahead(store)
        yield from told(f"{name}, just opened", first, 1, store.forget)
        yield from told(f"{name}, one person changed", first, 1, lambda: _change_somebody(store))
        yield from told(f"{name}, of another month", lambda: first(_MONTH), 1)
        name = f"all figures of {people:,} people, money and programme with them"
        yield from told(name, lambda: build_progress(store, _FROM, AS_AT), 3, store.forget)


def _change_somebody(store: Store) -> None:
    """One recorded change of somebody's stay, as between two looks at the page."""
    stay = store.find(Placement, person_id=columns_of(store).ids[0])[0]
    with store.operation("Change a stay") as work:
        work.save(replace(stay, weekly_cost_pence=(stay.weekly_cost_pence or 0) + 100))


def _set_up_programme(store: Store) -> None:
    if not store.find(Programme):
        start_programme(
            store,
            name="Move on half by March 2028",
            baseline_on=_FROM.replace(year=_FROM.year - 1),
            stage_ids=["residential", "nursing"],
            aim_on=date(2028, 3, 31),
            aim_percent=50,
        )


def _one_pass(raw: sqlite3.Connection) -> None:
    """The tables read whole and the same sums taken, without spells, people behind them or days counted once."""
    people = _table(raw, "people", ("id", "born_on", "primary_support", "died_on", "left_on"))
    stays = _table(raw, "placements", ("id", "person_id", "stage_id", "started_on", "ended_on", "planned"))
    statuses = _table(raw, "statuses", ("person_id", "kind", "code", "started_on", "ended_on", "expires_on"))
    barriers = _table(raw, "barriers", ("person_id", "code", "started_on", "ended_on"))
    reviews = _table(raw, "caseload", ("person_id", "status", "review_due_on", "review_soon_on", "review_never"))
    day, first = AS_AT.isoformat(), _FROM.isoformat()
    stays = stays.sort("person_id", "started_on").with_columns(
        came_from=pl.col("stage_id").shift(1).over("person_id"),
        started=pl.col("started_on").str.to_date(),
        ended=pl.col("ended_on").str.to_date(),
    )
    stays.group_by("stage_id").agg(
        ((pl.col("started_on") < first) & ~(pl.col("ended_on") < first)).sum().alias("opening"),
        pl.col("started_on").is_between(pl.lit(first), pl.lit(day)).sum().alias("came"),
        pl.col("ended_on").is_between(pl.lit(first), pl.lit(day)).sum().alias("went"),
        (pl.col("ended").fill_null(AS_AT) - pl.col("started")).dt.total_days().quantile(0.5).alias("middle"),
    )
    stays.filter(pl.col("started_on") >= first).group_by("came_from", "stage_id", "planned").len()
    held = statuses.filter(pl.col("ended_on").is_null() & (pl.col("started_on") <= day))
    held = held.sort("started_on").group_by("person_id", "kind").last()
    people.join(held, left_on="id", right_on="person_id").group_by("kind", "code").len()
    ended = pl.col("ended_on").fill_null((AS_AT + timedelta(days=1)).isoformat()).str.to_date()
    days = (ended - pl.max_horizontal(pl.col("started_on").str.to_date(), pl.lit(_FROM))).dt.total_days()
    barriers.with_columns(days=days).filter(pl.col("days") > 0).group_by("code").agg(pl.col("days").sum())
    reviews.group_by("status", pl.col("review_due_on") < day, pl.col("review_soon_on") <= day).len()


def _table(raw: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
    rows = raw.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()  # noqa: S608 - our own names
    return pl.DataFrame(rows, schema=list(columns), orient="row", infer_schema_length=None)
