"""Lines of cost: begun beside or instead of what runs, changed, ended; the past stays as it was."""

from datetime import date, timedelta
from typing import Any

import pytest

from mhtracker.domain.errors import Conflict, Invalid
from mhtracker.domain.money.costs import cost_on, gross_on
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus, Placement, StatusKind, new_id
from mhtracker.operations import moves
from mhtracker.operations.money import costs
from mhtracker.operations.money.cost_drafts import ALL
from mhtracker.operations.money.funding import (
    change_funding,
    edit_funding,
    preview_funding,
    remove_funding,
)
from mhtracker.operations.money.tapers import TaperPlan, change_taper, plan_taper, preview_taper, stop_taper
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload
from mhtracker.store.queries.history import list_operations
from tests.operations.conftest import TODAY

BEGAN = date(2026, 4, 20)


@pytest.fixture
def paid(case):
    """The case, whose stay costs £1,246 a week."""
    moves.edit_placement(case.store, case.stay.id, weekly_cost_pence=1_246_00, weekly_charge_pence=40_00)
    return case


def lines(case):
    return sorted(case.store.find(CostLine, person_id=case.id), key=lambda line: (line.started_on, line.rate_pence))


def gross(case, day):
    placements = case.placements()
    return gross_on(current_placement(placements, day), lines(case), day)


def cost(case, day):
    splits = case.store.find(FundingSplit, person_id=case.id)
    held = case.store.find(LegalAndStatus, person_id=case.id)
    return cost_on(current_placement(case.placements(), day), lines(case), splits, held, day)


def add(case, **fields):
    given: dict[str, Any] = {
        "kind": "one_to_one",
        "rate_pence": 20_00,
        "frequency": "hourly",
        "units": 10,
        "started_on": TODAY,
    }
    return costs.add_cost_line(case.store, case.id, **(given | fields))


def refused(function, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        function(*args, **kwargs)
    return caught.value.problems


def test_a_line_beside_the_stays_own_cost_adds_to_it_and_the_past_stays_true(paid):
    line = add(paid)
    assert gross(paid, TODAY - timedelta(days=1)) == 1_246_00
    assert gross(paid, TODAY) == 1_446_00
    assert line.placement_id == paid.stay.id
    assert [(each.started_on, each.ended_on, each.rate_pence) for each in lines(paid)] == [
        (BEGAN, None, 1_246_00),
        (TODAY, None, 20_00),
    ]
    assert paid.store.next_undo().label == "Add cost: One-to-one support"
    (row,) = list_caseload(paid.store, CaseloadQuery(), TODAY)
    assert row.weekly_cost_pence == 1_446_00
    paid.store.undo()
    assert not lines(paid)
    assert gross(paid, TODAY) == 1_246_00


def test_a_line_instead_of_everything_leaves_the_cost_before_it_as_it_was(paid):
    add(paid, kind="support", rate_pence=900_00, frequency="weekly", instead_of=ALL)
    assert [gross(paid, day) for day in (BEGAN, TODAY - timedelta(days=1), TODAY)] == [1_246_00, 1_246_00, 900_00]
    moves.edit_placement(paid.store, paid.stay.id, weekly_cost_pence=1)
    assert gross(paid, BEGAN) == 1_246_00, "what was written out does not change with the stay"


def test_a_line_ahead_changes_nothing_until_its_day(paid):
    ahead = TODAY + timedelta(days=30)
    add(paid, started_on=ahead, kind="support", rate_pence=900_00, frequency="weekly", instead_of=ALL)
    assert [gross(paid, day) for day in (TODAY, ahead - timedelta(days=1), ahead)] == [1_246_00, 1_246_00, 900_00]


def test_two_lines_for_the_same_are_refused_on_the_same_days(paid):
    add(paid, what="mornings")
    assert "started_on" in refused(add, paid, what="Mornings ")
    add(paid, what="evenings")
    assert gross(paid, TODAY) == 1_646_00


def test_changing_a_line_from_a_day_leaves_what_it_was(paid):
    line = add(paid)
    later = TODAY + timedelta(days=14)
    costs.change_cost_line(paid.store, line.id, from_on=later, rate_pence=20_00, units=4)
    assert [gross(paid, day) for day in (later - timedelta(days=1), later)] == [1_446_00, 1_326_00]
    assert "from_on" in refused(costs.change_cost_line, paid.store, line.id, from_on=TODAY, rate_pence=1_00, units=1)


def test_ending_the_last_line_does_not_bring_the_stays_own_cost_back(paid):
    line = add(paid, kind="support", rate_pence=900_00, frequency="weekly", instead_of=ALL)
    later = TODAY + timedelta(days=7)
    costs.end_cost_line(paid.store, line.id, ended_on=later)
    assert [gross(paid, day) for day in (later - timedelta(days=1), later)] == [900_00, 0]
    paid.store.undo()
    assert gross(paid, later) == 900_00


def test_a_correction_changes_the_whole_line_and_two_people_do_not_overwrite_each_other(paid):
    line = add(paid)
    costs.edit_cost_line(paid.store, line.id, rate_pence=21_00)
    assert gross(paid, TODAY) == 1_456_00
    with pytest.raises(Conflict):
        costs.edit_cost_line(paid.store, line.id, base=line, rate_pence=22_00)
    assert "reason" in refused(costs.remove_cost_line, paid.store, line.id, reason=" ")
    costs.remove_cost_line(paid.store, line.id, reason="Entered for somebody else")
    assert gross(paid, TODAY) == 1_246_00


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"rate_pence": None}, "rate_pence"),
        ({"rate_pence": -1}, "rate_pence"),
        ({"units": None}, "units"),
        ({"units": 1000}, "units"),
        ({"ended_on": TODAY}, "ended_on"),
        ({"started_on": date(1970, 1, 1)}, "started_on"),
        ({"started_on": None}, "started_on"),
        ({"frequency": "hour"}, "frequency"),
        ({"instead_of": "gone"}, "instead_of"),
    ],
)
def test_what_cannot_be_a_line_is_refused_beside_its_field(paid, fields, field):
    assert field in refused(add, paid, **fields)
    assert not lines(paid)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"rate_pence": 200_00}, "rate_pence"), ({"rate_pence": 0}, "rate_pence")],
)
def test_what_is_out_of_range_is_pointed_at_and_kept(paid, fields, field):
    given: dict[str, Any] = {
        "kind": "one_to_one",
        "rate_pence": 20_00,
        "frequency": "hourly",
        "units": 10,
        "started_on": TODAY,
    }
    preview = costs.preview_cost_line(paid.store, paid.id, **(given | fields))
    assert [caution.field for caution in preview.cautions] == [field]
    add(paid, **fields)


def test_a_preview_says_what_a_week_costs_then(paid):
    given: dict[str, Any] = {
        "kind": "one_to_one",
        "rate_pence": 20_00,
        "frequency": "hourly",
        "units": 10,
        "started_on": TODAY,
    }
    words = [each.words for each in costs.preview_cost_line(paid.store, paid.id, **given).consequences]
    assert words == ["From 14 Jul 2026 a week costs £1,446.00 in all; without this it would be £1,246.00"]


def test_a_one_off_stands_beside_the_weekly_cost(paid):
    add(paid, kind="transition", rate_pence=850_00, frequency="one_off", units=None, what="Furniture")
    assert gross(paid, TODAY) == 1_246_00
    assert paid.store.next_undo().label == "Add one-off cost: Cost of moving: Furniture"
    (line,) = lines(paid)
    assert (line.units, line.ended_on) == (None, None)


# Moves


def move(case, **more):
    form: dict[str, Any] = {
        "left_on": TODAY,
        "planned": True,
        "reason_code": "ready",
        "stage_id": "supported",
        "started_on": TODAY,
    }
    return moves.record_move(case.store, case.id, **(form | {"service_id": case.canal_view.id} | more))


def test_a_move_ends_the_costs_of_the_place_left_and_the_forms_cost_holds(paid):
    add(paid, started_on=date(2026, 6, 1))
    add(paid, started_on=date(2026, 9, 1), what="later")
    move(paid, weekly_cost_pence=684_20)
    assert [gross(paid, day) for day in (date(2026, 7, 13), TODAY, date(2026, 9, 1))] == [1_446_00, 684_20, 684_20]
    assert len(lines(paid)) == 2
    paid.store.undo()
    assert gross(paid, date(2026, 9, 1)) == 1_646_00


def test_a_cost_that_goes_along_stands_beside_the_new_places_cost(paid):
    add(paid, kind="day", rate_pence=60_00, frequency="daily", units=2, goes_along=True, started_on=date(2026, 6, 1))
    move(paid, weekly_cost_pence=684_20)
    assert [gross(paid, day) for day in (date(2026, 7, 13), TODAY)] == [1_366_00, 804_20]


def test_who_pays_goes_along_with_the_person_and_a_new_charge_changes_it(paid):
    change_funding(paid.store, paid.id, started_on=date(2026, 6, 1), person_pence=40_00, health_percent=50)
    move(paid, weekly_cost_pence=684_20, weekly_charge_pence=55_00)
    now = cost(paid, TODAY)
    assert (now.gross, now.person, now.health, now.net) == (684_20, 55_00, 342_10, 287_10)
    assert cost(paid, TODAY - timedelta(days=1)).person == 40_00


# Tapers


PLAN = TaperPlan(TODAY, 35, 7, 4, 6, 17_96)


def test_a_taper_is_written_as_dated_lines_and_undone_as_one(paid):
    plan_taper(paid.store, paid.id, PLAN)
    hours = [(line.started_on, line.units) for line in lines(paid) if line.taper_id]
    assert hours == [(TODAY + timedelta(weeks=6 * n), 35 - 7 * n) for n in range(5)]
    assert gross(paid, TODAY) == 1_246_00 + 628_60
    assert gross(paid, TODAY + timedelta(weeks=24)) == 1_246_00 + 125_72
    assert paid.store.next_undo().label == "Plan taper from 35 to 7 hours a week"
    paid.store.undo()
    assert not lines(paid)


def test_a_preview_names_every_step(paid):
    words = [each.words for each in preview_taper(paid.store, paid.id, PLAN).consequences]
    assert words[0] == "35 hours a week from 14 Jul 2026: £628.60 a week"
    assert words[4] == "7 hours a week from 29 Dec 2026: £125.72 a week"


def test_a_taper_to_nothing_ends(paid):
    plan_taper(paid.store, paid.id, TaperPlan(TODAY, 10, 0, 2, 4, 20_00))
    assert [gross(paid, TODAY + timedelta(weeks=n)) for n in (0, 4, 8)] == [1_446_00, 1_346_00, 1_246_00]


def test_the_rest_of_a_taper_is_planned_anew_from_a_day(paid):
    first = plan_taper(paid.store, paid.id, PLAN)[0]
    slower = TaperPlan(TODAY + timedelta(weeks=6), 30, 10, 2, 12, 17_96)
    change_taper(paid.store, first.taper_id, slower)
    hours = [(line.started_on, line.units) for line in lines(paid) if line.taper_id]
    assert hours == [(TODAY, 35), *((TODAY + timedelta(weeks=6 + 12 * n), 30 - 10 * n) for n in range(3))]
    paid.store.undo()
    assert len([line for line in lines(paid) if line.taper_id]) == 5


def test_a_stopped_taper_goes_on_at_the_hours_of_the_day(paid):
    first = plan_taper(paid.store, paid.id, PLAN)[0]
    day = TODAY + timedelta(weeks=8)
    assert stop_taper(paid.store, first.taper_id, from_on=day).units == 28
    assert gross(paid, TODAY + timedelta(weeks=200)) == 1_246_00 + 502_88
    assert paid.store.next_undo().label == "Stop the taper at 28 hours a week"


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (TaperPlan(TODAY, 7, 35, 4, 6, 1796), "to_units"),
        (TaperPlan(TODAY, 0, 0, 4, 6, 1796), "from_units"),
        (TaperPlan(TODAY, 35, 7, 0, 6, 1796), "steps"),
        (TaperPlan(TODAY, 35, 7, 4, 0, 1796), "every_weeks"),
        (TaperPlan(None, 35, 7, 4, 6, 1796), "from_on"),
        (TaperPlan(TODAY, 35, 7, 4, 6, None), "rate_pence"),
    ],
)
def test_a_taper_that_is_none_is_refused(paid, plan, field):
    assert field in refused(plan_taper, paid.store, paid.id, plan)


# Who pays


def test_a_new_split_ends_the_one_before_and_undo_brings_it_back(paid):
    assert cost(paid, TODAY).person == 40_00
    first = change_funding(paid.store, paid.id, started_on=date(2026, 6, 1), health_percent=25)
    change_funding(paid.store, paid.id, started_on=TODAY, person_pence=10_00, health_pence=300_00)
    assert [cost(paid, day).net for day in (date(2026, 5, 31), date(2026, 6, 1), TODAY)] == [
        1_206_00,
        934_50,
        936_00,
    ]
    assert paid.store.get(FundingSplit, first.id).ended_on == TODAY
    paid.store.undo()
    assert paid.store.get(FundingSplit, first.id).ended_on is None


def test_a_split_before_a_later_one_lasts_until_it(paid):
    change_funding(paid.store, paid.id, started_on=TODAY, health_percent=50)
    earlier = change_funding(paid.store, paid.id, started_on=date(2026, 6, 1), health_percent=25)
    assert earlier.ended_on == TODAY
    assert "started_on" in refused(change_funding, paid.store, paid.id, started_on=TODAY, health_percent=1)


def test_taking_a_split_away_lets_the_one_before_hold_on(paid):
    first = change_funding(paid.store, paid.id, started_on=date(2026, 6, 1), health_percent=25)
    second = change_funding(paid.store, paid.id, started_on=TODAY, health_percent=50)
    remove_funding(paid.store, second.id, reason="Never agreed")
    assert paid.store.get(FundingSplit, first.id).ended_on is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"person_pence": -1}, "person_pence"),
        ({"health_percent": 101}, "health_percent"),
        ({"health_percent": -0.5}, "health_percent"),
        ({"health_percent": 50, "health_pence": 100}, "health_pence"),
        ({"agreed_on": date(2026, 8, 1)}, "agreed_on"),
        ({"ended_on": date(2026, 6, 1)}, "ended_on"),
    ],
)
def test_what_cannot_be_a_split_is_refused(paid, fields, field):
    assert field in refused(change_funding, paid.store, paid.id, started_on=TODAY, **fields)


def test_charging_for_after_care_is_pointed_at(paid):
    with paid.store.operation("Set status") as work:
        work.save(LegalAndStatus(new_id(), paid.id, StatusKind.S117, "3", date(2024, 1, 1)))
    preview = preview_funding(paid.store, paid.id, started_on=TODAY, person_pence=10_00)
    assert [caution.field for caution in preview.cautions] == ["person_pence"]
    assert not preview_funding(paid.store, paid.id, started_on=TODAY, health_percent=50).cautions


def test_more_than_it_costs_is_pointed_at(paid):
    preview = preview_funding(paid.store, paid.id, started_on=TODAY, person_pence=100_00, health_percent=100)
    assert "more than it costs" in preview.cautions[0].words


def test_a_split_is_put_right(paid):
    split = change_funding(paid.store, paid.id, started_on=TODAY, health_percent=25)
    edit_funding(paid.store, split.id, base=split, health_percent=50.0)
    assert cost(paid, TODAY).health == 623_00


def test_the_history_tells_costs_in_sentences(paid):
    from mhtracker.store.telling.sentences import sentence
    from mhtracker.store.telling.values import Names

    add(paid, what="mornings")
    change_funding(paid.store, paid.id, started_on=TODAY, person_pence=10_00, health_percent=50)
    names = Names(paid.store)
    told = [sentence(names, change) for step in list_operations(paid.store, limit=2) for change in step.changes]
    assert "From 14 Jul 2026 pays the person £10.00 a week, the NHS 50%, the council the rest" in told
    assert "Costs 10 hours a week at £20.00 from 14 Jul 2026: one-to-one support: mornings" in told


def test_the_register_checks_out_after_all_of_it(paid):
    from mhtracker.store.check import check

    plan_taper(paid.store, paid.id, PLAN)
    change_funding(paid.store, paid.id, started_on=TODAY, health_percent=25)
    move(paid, weekly_cost_pence=684_20)
    paid.store.undo()
    assert paid.store.find(Placement, person_id=paid.id)[0].ended_on is None
    assert check(paid.store).ok


def test_an_amount_no_register_holds_is_refused_and_nothing_is_saved(paid):
    assert "rate_pence" in refused(add, paid, rate_pence=10**20)
    assert "units" in refused(add, paid, units=float("nan"))
    plan = TaperPlan(date(9999, 6, 1), 35.0, 7.0, 4, 52, 20_00)
    assert "from_on" in refused(plan_taper, paid.store, paid.id, plan)
    assert "weekly_cost_pence" in refused(moves.edit_placement, paid.store, paid.stay.id, weekly_cost_pence=10**20)
    assert not lines(paid)
