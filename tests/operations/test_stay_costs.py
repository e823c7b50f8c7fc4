"""Costs end with the stay they are tied to, however it ends, and with the case; undo brings them back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from mhtracker.domain.records import CostLine, FundingSplit, Person, Placement
from mhtracker.operations import moves, people
from mhtracker.operations.money import costs
from mhtracker.operations.money.funding import change_funding
from tests.operations.conftest import TODAY, Case
from tests.operations.sheets_at_hand import imported, rehearsed, workbook

BEGAN = date(2026, 4, 20)
LEFT = TODAY - timedelta(days=3)


@pytest.fixture
def paid(case: Case) -> Case:
    """Supported since the stay began, with a direct payment that goes along, a wardrobe and a rise planned."""
    add = costs.add_cost_line
    add(case.store, case.id, kind="support", rate_pence=900_00, started_on=BEGAN)
    add(case.store, case.id, kind="direct_payment", rate_pence=30_00, started_on=BEGAN, goes_along=True)
    add(case.store, case.id, kind="transition", rate_pence=150_00, started_on=TODAY, frequency="one_off")
    add(case.store, case.id, kind="one_to_one", rate_pence=80_00, started_on=TODAY + timedelta(days=30))
    change_funding(case.store, case.id, started_on=BEGAN, person_pence=40_00)
    return case


def lines(case: Case) -> dict[str, tuple[date, date | None]]:
    return {each.kind: (each.started_on, each.ended_on) for each in case.store.find(CostLine, person_id=case.id)}


def splits(case: Case) -> list[tuple[date, date | None]]:
    return [(each.started_on, each.ended_on) for each in case.store.find(FundingSplit, person_id=case.id)]


def test_a_stay_that_is_ended_by_correcting_it_ends_its_own_lines_alone(paid: Case) -> None:
    before = lines(paid)
    moves.edit_placement(paid.store, paid.stay.id, ended_on=LEFT)
    assert lines(paid) == {"support": (BEGAN, LEFT), "direct_payment": (BEGAN, None), "transition": (TODAY, None)}
    assert splits(paid) == [(BEGAN, None)], "who pays goes along with the person"
    paid.store.undo()
    assert lines(paid) == before


def test_the_lines_go_along_where_the_days_of_a_stay_are_put_right(paid: Case) -> None:
    moves.edit_placement(paid.store, paid.stay.id, ended_on=LEFT)
    later, sooner = LEFT + timedelta(days=2), BEGAN + timedelta(days=4)
    moves.edit_placement(paid.store, paid.stay.id, ended_on=later, started_on=sooner)
    assert lines(paid)["support"] == (sooner, later)
    assert lines(paid)["direct_payment"] == (BEGAN, None)


def test_a_stay_that_never_was_takes_its_costs_along_and_leaves_what_was_paid_once(paid: Case) -> None:
    moves.remove_placement(paid.store, paid.stay.id, reason="Somebody else’s")
    assert lines(paid).keys() == {"direct_payment", "transition"}
    assert not paid.store.find(CostLine, placement_id=paid.stay.id)
    paid.store.undo()
    assert lines(paid).keys() == {"support", "direct_payment", "transition", "one_to_one"}


@pytest.mark.parametrize("reason", ["independent", "died"])
def test_a_closed_case_costs_nothing_any_more_and_nobody_pays(paid: Case, reason: str) -> None:
    before = lines(paid)
    people.close_case(paid.store, paid.id, left_on=TODAY, reason=reason)
    assert lines(paid) == {"support": (BEGAN, TODAY), "direct_payment": (BEGAN, TODAY), "transition": (TODAY, None)}
    assert splits(paid) == [(BEGAN, TODAY)]
    paid.store.undo()
    assert (lines(paid), splits(paid)) == (before, [(BEGAN, None)])


def test_a_death_written_among_the_persons_facts_ends_costs_that_day(paid: Case) -> None:
    people.edit_person(paid.store, paid.id, died_on=LEFT)
    assert (lines(paid)["support"], splits(paid)) == ((BEGAN, LEFT), [(BEGAN, LEFT)])


def _sheet(paid: Case, folder: Path, *more: tuple[str, object]) -> Path:
    person = paid.store.get(Person, paid.id)
    given = [("Reference", person.ref), ("Surname", person.surname), ("First name", person.given_names), *more]
    return workbook(folder / "more.xlsx", [name for name, _ in given], [value for _, value in given])


def test_a_stay_that_an_import_ends_ends_its_costs_and_the_new_one_counts(paid: Case, tmp_path: Path) -> None:
    stay = [("Type", "Supported living"), ("Start date", LEFT), ("Weekly cost", 700)]
    answer = imported(paid.store, _sheet(paid, tmp_path, *stay))
    assert (answer["placements_added"], answer["quarantined"]) == (1, [])
    new = next(each for each in paid.store.find(Placement, person_id=paid.id) if each.ended_on is None)
    assert lines(paid)["support"] == (BEGAN, LEFT)
    counted = [each for each in paid.store.find(CostLine, placement_id=new.id) if each.frequency == "weekly"]
    assert [(each.rate_pence, each.started_on) for each in counted] == [(700_00, LEFT)]
    paid.store.undo()
    assert lines(paid)["support"] == (BEGAN, None)


def test_what_a_sheet_says_of_a_cost_that_lines_override_is_pointed_at(paid: Case, tmp_path: Path) -> None:
    stay = [("Type", "Enablement"), ("Start date", paid.stay.started_on), ("Weekly cost", 500)]
    found = rehearsed(paid.store, _sheet(paid, tmp_path, *stay))
    assert any("lines of cost" in each.reason for each in found.warnings)
    assert (found.totals.pence_before, found.totals.pence_after) == (930_00, 930_00)


def test_what_a_sheet_says_of_a_charge_that_a_split_overrides_is_pointed_at(paid: Case, tmp_path: Path) -> None:
    stay = [("Type", "Supported living"), ("Start date", LEFT), ("Client contribution", 55)]
    found = rehearsed(paid.store, _sheet(paid, tmp_path, *stay))
    assert [(each.value, "who pays is recorded" in each.reason) for each in found.warnings] == [("£55.00", True)]


def test_totals_of_an_import_read_the_costs_that_count(paid: Case, tmp_path: Path) -> None:
    stay = [("Type", "Supported living"), ("Start date", LEFT), ("Weekly cost", 700)]
    totals = rehearsed(paid.store, _sheet(paid, tmp_path, *stay)).totals
    assert (totals.pence_before, totals.pence_after) == (930_00, 730_00)


def test_a_stays_own_cost_that_lines_override_is_pointed_at_when_it_is_changed(paid: Case) -> None:
    preview = moves.preview_placement(paid.store, paid.id, paid.stay.id, weekly_cost_pence=1, weekly_charge_pence=2)
    assert {each.field for each in preview.cautions} >= {"weekly_cost_pence", "weekly_charge_pence"}
    assert not moves.preview_placement(paid.store, paid.id, paid.stay.id, note="Asked").cautions
