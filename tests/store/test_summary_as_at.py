"""A case summary as at a day holds nothing that happened after it, for anybody on any day."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from mhtracker.domain.reviewing.due import is_open
from mhtracker.operations.demo.making import make_demo
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, lines_of
from mhtracker.store.queries.caseload import caseload_ids as ids_of
from mhtracker.store.queries.person import build_case_summary

MADE = date(2026, 7, 14)
PLANS = {"target_on", "due_on", "booked_on", "review", "due", "expires_on", "soon_on", "lapses_on", "listed_on"}
"""What may lie ahead of the day: what is planned, booked or due."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("demo") / "demo.mhtracker"
    with make_demo(path, people=60, as_at=MADE, seed=5) as store:
        yield store


def _dates(value: Any, name: str = "") -> Iterator[tuple[str, date]]:
    if isinstance(value, datetime):
        return
    if isinstance(value, date):
        yield name, value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _dates(getattr(value, field.name), field.name)
    elif isinstance(value, tuple):
        for each in value:
            yield from _dates(each, name)


@pytest.mark.parametrize("as_at", [date(2012, 2, 29), date(2020, 1, 1), date(2025, 12, 31), date(2026, 7, 13)])
def test_nothing_later_is_told_of_anybody(store, as_at: date):
    for person_id in ids_of(store, CaseloadQuery((Filter("status", "=", "all"),)), MADE):
        summary = build_case_summary(store, person_id, as_at)
        told = dataclasses.replace(summary, person=dataclasses.replace(summary.person, born_on=None))
        later = [(name, day) for name, day in _dates(told) if day > as_at and name not in PLANS]
        assert later == []


@pytest.mark.parametrize("as_at", [date(2020, 1, 1), MADE, date(2027, 3, 1)])
def test_summary_and_list_say_the_same_of_everybody(store, as_at: date):
    ids = ids_of(store, CaseloadQuery(), as_at)
    for line in lines_of(store, ids, as_at):
        summary = build_case_summary(store, line.person_id, as_at)
        assert summary.review.due == line.review_due(as_at)
        assert (summary.current.stage.id if summary.current else None) == line.stage_id
        assert all(each.due == summary.review.due for each in summary.reviews if is_open(each.review, as_at))
        current = summary.move_on.current.target_on if summary.move_on and summary.move_on.current else None
        assert current == line.target_on
