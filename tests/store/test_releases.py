"""Registers made by earlier programs open, are brought up to date after a backup, and hold what they held."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from mhtracker.domain.lists.code_lists import CODE_LISTS
from mhtracker.domain.records import CodeItem, Person, ReviewType, StepTemplate
from mhtracker.operations.readiness import Rated, rate
from mhtracker.store import open_register
from mhtracker.store.check import check
from mhtracker.store.clock import FixedClock
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload
from mhtracker.store.queries.person import build_case_summary

RELEASES = sorted((Path(__file__).parents[1] / "releases").glob("*.mhtracker.gz"))
DAY = date(2026, 7, 14)


@pytest.mark.parametrize("kept", RELEASES, ids=lambda path: path.name.split(".")[0])
def test_a_register_of_an_earlier_program_is_brought_up_to_date(kept, tmp_path):
    path = tmp_path / "team.mhtracker"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    with open_register(path, who="Ann Example", clock=FixedClock(DAY)) as store:
        assert check(store).problems == ()
        assert len(store.find(Person)) == 4
        line, *_ = list_caseload(store, CaseloadQuery(), DAY)
        assert {item.list_name for item in store.find(CodeItem)} == set(CODE_LISTS)
        assert store.find(ReviewType)
        assert store.find(StepTemplate)
        rate(store, line.person_id, {"money": Rated(2, "Pays the rent")}, rated_on=DAY)
        assert build_case_summary(store, line.person_id, DAY).around.ratings
    assert [found.name for found in tmp_path.iterdir() if "before" in found.name]
    with open_register(path, who="Ann Example", clock=FixedClock(DAY)) as store:
        assert store.next_undo().label.startswith("Rate")
        assert check(store).problems == ()
