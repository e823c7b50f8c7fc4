"""Putting lines of Today off."""

from __future__ import annotations

from datetime import date

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Snooze
from mhtracker.operations.snoozing import put_off, suggested_days, take_up
from mhtracker.store.queries.snoozed import read_snoozed
from tests.operations.conftest import TODAY, Case

ITEM = "review:x"


def test_what_is_put_off_comes_back_on_its_day(case: Case) -> None:
    put_off(case.store, case.id, ITEM, until_on=date(2026, 7, 20), reason="Waits for the ward round")
    assert ITEM in read_snoozed(case.store, date(2026, 7, 19))
    assert ITEM not in read_snoozed(case.store, date(2026, 7, 20))
    assert ITEM not in read_snoozed(case.store, date(2026, 7, 13)), "it was not put off yet"


def test_taking_up_again_and_undoing_that(case: Case) -> None:
    snooze = put_off(case.store, case.id, ITEM, until_on=date(2026, 7, 20), reason="Waits")
    take_up(case.store, snooze.id)
    assert read_snoozed(case.store, TODAY) == {}
    case.store.undo()
    assert read_snoozed(case.store, TODAY)[ITEM].id == snooze.id


def test_a_line_put_off_twice_has_one_reason(case: Case) -> None:
    put_off(case.store, case.id, ITEM, until_on=date(2026, 8, 20), reason="First")
    put_off(case.store, case.id, ITEM, until_on=date(2026, 7, 16), reason="Second")
    assert read_snoozed(case.store, TODAY)[ITEM].reason == "Second"
    assert read_snoozed(case.store, date(2026, 7, 17)) == {}, "the one before it is still in force"


def test_without_a_day_ahead_and_a_reason_nothing_is_put_off(case: Case) -> None:
    for until_on in (None, TODAY, date(2026, 7, 1), date(2028, 1, 1)):
        with pytest.raises(Invalid) as refused:
            put_off(case.store, case.id, ITEM, until_on=until_on, reason=" ")
        assert set(refused.value.problems) == {"until_on", "reason"}
    assert case.store.find(Snooze) == []


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 7, 14), [("Tomorrow", 15), ("Next Monday", 20), ("In a week", 21)]),
        (date(2026, 7, 17), [("Next working day", 20), ("In a week", 24)]),
        (date(2026, 7, 13), [("Tomorrow", 14), ("Next Monday", 20)]),
    ],
)
def test_the_days_offered_are_working_days_and_each_is_offered_once(today: date, days: list[tuple[str, int]]) -> None:
    assert [(words, day.day) for words, day in suggested_days(today)] == days
