"""Costs end with the stay they are tied to, however it ends, and with the case; undo brings them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mhtracker.domain.dates import write_date
from mhtracker.domain.records import CostLine, FundingSplit, MoveOnPlan, Person, Placement
from mhtracker.operations import moves, people
from mhtracker.operations.closing import preview_closing, preview_reopening
from mhtracker.operations.money import costs
from mhtracker.operations.money.funding import change_funding
from mhtracker.operations.money.stay_costs import charge_words, splits_arriving
from mhtracker.operations.money.tapers import TaperPlan, plan_taper
from mhtracker.operations.notes import add_note
from mhtracker.operations.places.units import add_unit
from mhtracker.operations.places.waiting import put_on_waiting_list
from mhtracker.store.check import check
from mhtracker.store.codec import to_image
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


@pytest.fixture
def tapered(paid: Case) -> Case:
    """With half the cost paid by the NHS, and evenings that come down in steps, some of them ahead."""
    plan_taper(paid.store, paid.id, TaperPlan(BEGAN, 20, 5, 3, 6, 20_00, what="evenings"))
    return paid


def all_of(case: Case) -> set[object]:
    """Costs, shares, stays and plans as they stand, whatever their versions."""
    kinds = (CostLine, FundingSplit, Placement, MoveOnPlan)
    found = [each for kind in kinds for each in case.store.find(kind, person_id=case.id)]
    return {(each.id, to_image(each)) for each in found}


@pytest.mark.parametrize("reason", ["independent", "died"])
def test_who_never_left_has_stay_costs_steps_and_shares_again_as_they_were(tapered: Case, reason: str) -> None:
    before = all_of(tapered)
    people.close_case(tapered.store, tapered.id, left_on=TODAY, reason=reason)
    assert all_of(tapered) != before
    add_note(tapered.store, tapered.id, kind="other", noted_on=TODAY, text="Rang the ward.")
    said = [each.words for each in preview_reopening(tapered.store, tapered.id, never_left=True).consequences]
    assert sum("goes on" in words for words in said) == len(before - all_of(tapered))
    person = people.reopen_case(tapered.store, tapered.id, never_left=True)
    assert (person.left_on, person.died_on, all_of(tapered)) == (None, None, before)
    tapered.store.undo()
    assert tapered.store.get(Person, tapered.id).left_on == TODAY
    tapered.store.redo()
    assert all_of(tapered) == before
    assert check(tapered.store).ok


def test_who_comes_back_has_what_goes_along_again_and_not_what_a_stay_cost(paid: Case) -> None:
    people.close_case(paid.store, paid.id, left_on=TODAY, reason="independent")
    people.reopen_case(paid.store, paid.id)
    assert lines(paid) == {"support": (BEGAN, TODAY), "direct_payment": (BEGAN, None), "transition": (TODAY, None)}
    assert splits(paid) == [(BEGAN, None)]


def test_what_was_changed_since_or_has_something_newer_in_its_place_does_not_come_back(tapered: Case) -> None:
    people.close_case(tapered.store, tapered.id, left_on=LEFT, reason="independent")
    line = next(each for each in tapered.store.find(CostLine, person_id=tapered.id) if each.kind == "direct_payment")
    costs.edit_cost_line(tapered.store, line.id, rate_pence=31_00)
    change_funding(tapered.store, tapered.id, started_on=LEFT, person_pence=10_00)
    costs.add_cost_line(
        tapered.store, tapered.id, kind="support", what="Evenings", rate_pence=9_00, started_on=LEFT, goes_along=True
    )
    people.reopen_case(tapered.store, tapered.id, never_left=True)
    found = tapered.store.find(CostLine, person_id=tapered.id)
    assert {each.ended_on for each in found if each.kind == "direct_payment"} == {LEFT}, "it was corrected since"
    assert splits(tapered) == [(BEGAN, LEFT), (LEFT, None)]
    steps = [(each.started_on, each.ended_on) for each in found if each.taper_id]
    assert max(end for _, end in steps if end is not None) == LEFT, "no step stands beside the new evenings"
    assert all(end is not None for _, end in steps)
    (own,) = [each for each in found if each.kind == "support" and not each.what]
    assert own.ended_on is None


def test_a_death_that_is_taken_back_or_dated_later_brings_back_what_it_ended(tapered: Case) -> None:
    before = all_of(tapered)
    people.edit_person(tapered.store, tapered.id, died_on=LEFT)
    assert splits(tapered) == [(BEGAN, LEFT)]
    people.edit_person(tapered.store, tapered.id, died_on=TODAY)
    assert splits(tapered) == [(BEGAN, TODAY)]
    people.edit_person(tapered.store, tapered.id, died_on=None)
    assert all_of(tapered) == before


@pytest.mark.parametrize("died_on", [TODAY, BEGAN + timedelta(days=7)])
def test_a_death_after_somebody_left_ends_nothing_anew_and_one_before_ends_it_sooner(
    tapered: Case, died_on: date
) -> None:
    before = all_of(tapered)
    people.close_case(tapered.store, tapered.id, left_on=LEFT, reason="independent")
    gone = all_of(tapered)
    people.edit_person(tapered.store, tapered.id, died_on=died_on)
    assert splits(tapered) == [(BEGAN, min(LEFT, died_on))], "nothing was paid for somebody who had left"
    assert (all_of(tapered) == gone) is (died_on > LEFT)
    people.reopen_case(tapered.store, tapered.id, never_left=True)
    assert all_of(tapered) == before


def test_a_stay_whose_room_somebody_else_has_since_stays_ended_with_its_costs(paid: Case) -> None:
    unit = add_unit(paid.store, paid.canal_view.id, name="Flat 1")
    moves.edit_placement(paid.store, paid.stay.id, service_id=paid.canal_view.id, unit_id=unit.id)
    people.close_case(paid.store, paid.id, left_on=LEFT, reason="independent")
    other = people.add_person(paid.store, surname="Wzór", given_names="Ola", born_on=date(1980, 1, 1))
    there = {"stage_id": paid.stay.stage_id, "service_id": paid.canal_view.id, "unit_id": unit.id}
    moves.start_placement(paid.store, other.id, started_on=TODAY, **there)
    people.reopen_case(paid.store, paid.id, never_left=True)
    (stay,) = paid.placements()
    assert (stay.ended_on, lines(paid)["support"], splits(paid)) == (LEFT, (BEGAN, LEFT), [(BEGAN, None)])


def test_the_form_for_leaving_names_what_ends(tapered: Case) -> None:
    put_on_waiting_list(tapered.store, tapered.id, stage_id="independent")
    said = [each.words for each in preview_closing(tapered.store, tapered.id, left_on=TODAY).consequences]
    assert "This cost ends: Support, £900.00 a week" in said
    assert "Who pays ends: the person £40.00 a week, the council the rest" in said
    assert {"1 later step of the taper will go", "1 cost planned for later will go"} <= set(said)
    assert {"No longer on the waiting list", "The move-on plan ends that day"} <= set(said)


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


def test_what_a_sheet_says_of_the_charge_of_a_known_stay_is_pointed_at_where_a_split_holds(
    paid: Case, tmp_path: Path
) -> None:
    stay = [("Type", "Enablement"), ("Start date", paid.stay.started_on), ("Client contribution", 55)]
    found = rehearsed(paid.store, _sheet(paid, tmp_path, *stay))
    assert [(each.value, "who pays is recorded" in each.reason) for each in found.warnings] == [("£55.00", True)]


def test_a_new_stay_s_charge_begins_a_split_where_one_held_and_taken_in_again_changes_nothing(
    paid: Case, tmp_path: Path
) -> None:
    stay = [("Type", "Supported living"), ("Start date", LEFT), ("Client contribution", 55)]
    sheet = _sheet(paid, tmp_path, *stay)
    found = rehearsed(paid.store, sheet)
    words = f"Who pays changes from {write_date(LEFT)}: the person £55.00 a week, the rest as before."
    assert [(each.value, each.reason) for each in found.warnings] == [("£55.00", words)]
    imported(paid.store, sheet)
    pays = {each.started_on: each.person_pence for each in paid.store.find(FundingSplit, person_id=paid.id)}
    assert (pays, splits(paid)) == ({BEGAN: 40_00, LEFT: 55_00}, [(BEGAN, LEFT), (LEFT, None)])
    again = imported(paid.store, sheet)
    assert (again["people_unchanged"], again["placements_added"], splits(paid)) == (1, 0, [(BEGAN, LEFT), (LEFT, None)])


def test_a_past_stay_s_charge_holds_for_its_days_alone() -> None:
    split = FundingSplit("s", "p", BEGAN, 40_00, 50.0)
    first, end = BEGAN + timedelta(days=7), BEGAN + timedelta(days=21)
    stay = Placement("a", "p", "hospital", first, end, weekly_charge_pence=0)
    found = splits_arriving([split], stay)
    assert [(each.started_on, each.ended_on, each.person_pence) for each in found] == [
        (BEGAN, first, 40_00),
        (first, end, 0),
        (end, None, 40_00),
    ]
    assert {each.health_percent for each in found} == {50.0}
    assert splits_arriving([], stay) == [], "the stay's own charge counts where no split holds"


def test_what_is_said_of_a_new_stay_s_charge_is_what_becomes_of_who_pays() -> None:
    first, sooner, end = (BEGAN + timedelta(days=days) for days in (7, 14, 21))
    stay = Placement("a", "p", "hospital", first, end, weekly_charge_pence=0)
    split = FundingSplit("s", "p", BEGAN, 40_00, ended_on=sooner)
    assert f"from {write_date(first)} until {write_date(sooner)}:" in charge_words([split], stay)
    assert splits_arriving([split], stay)[-1].ended_on == sooner
    no_day = replace(stay, ended_on=first)
    assert (charge_words([split], no_day), splits_arriving([split], no_day)) == ("", [split])


def test_totals_of_an_import_read_the_costs_that_count(paid: Case, tmp_path: Path) -> None:
    stay = [("Type", "Supported living"), ("Start date", LEFT), ("Weekly cost", 700)]
    totals = rehearsed(paid.store, _sheet(paid, tmp_path, *stay)).totals
    assert (totals.pence_before, totals.pence_after) == (930_00, 730_00)


def test_a_stays_own_cost_that_lines_override_is_pointed_at_when_it_is_changed(paid: Case) -> None:
    preview = moves.preview_placement(paid.store, paid.id, paid.stay.id, weekly_cost_pence=1, weekly_charge_pence=2)
    assert {each.field for each in preview.cautions} >= {"weekly_cost_pence", "weekly_charge_pence"}
    assert not moves.preview_placement(paid.store, paid.id, paid.stay.id, note="Asked").cautions
