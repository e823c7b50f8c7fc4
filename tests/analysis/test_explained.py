"""A figure's people as tables: each group by name, as at the day looked at."""

from __future__ import annotations

from datetime import date

from mhtracker.analysis.explained import explained_tables, groups_of
from mhtracker.analysis.share import Share
from mhtracker.domain.records import Person, Placement
from mhtracker.store import FixedClock, create_register

TODAY, MOVED, BEFORE = date(2026, 7, 14), date(2026, 6, 1), date(2026, 5, 1)


def share(counted, of, left_out=()):
    reasons = {"Not asked": tuple(left_out)} if left_out else {}
    return Share("Reviews in date", "People.", "Reviews", tuple(counted), tuple(of), reasons)


def test_somebody_counted_for_two_moves_stands_in_the_list_once():
    assert groups_of(share(["a", "a"], ["a", "a", "b"], ["c"])) == [
        ("Counted", ("a",)),
        ("Not counted", ("b",)),
        ("Left out: not asked", ("c",)),
    ]


def test_the_list_tells_the_stage_of_the_day_looked_at(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        person = Person("p", "R1", "PRÓBA")
        stays = [
            Placement("a", "p", "residential", date(2020, 1, 1), MOVED),
            Placement("b", "p", "supported", MOVED),
        ]
        with store.operation("Add") as work:
            work.add_many([person])
            work.add_many(stays)
        stages = [
            table.rows[0][table.column("Stage")]
            for day in (BEFORE, TODAY)
            for table in explained_tables(store, share(["p"], ["p"]), day)
        ]
    assert stages == ["Residential", "Supported living"]
