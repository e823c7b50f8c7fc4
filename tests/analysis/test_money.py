"""What the pathway costs and what moves save, counted from a small register and by hand."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest

from mhtracker.analysis.columns.money import money_of
from mhtracker.analysis.columns.reading import read_columns
from mhtracker.analysis.columns.spells import build_columns
from mhtracker.analysis.facts import read_everybody
from mhtracker.analysis.flow import flow
from mhtracker.analysis.money import count_money, period_of, read_paying
from mhtracker.analysis.savings import last_saved
from mhtracker.domain.caseload import PersonFacts
from mhtracker.domain.money.costs import WeeklyCost, cost_on
from mhtracker.domain.money.period_cost import DaySum, cost_over, in_pence
from mhtracker.domain.money.weekly import rounded
from mhtracker.domain.pathway import by_id, current_placement
from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus, Person, Placement, StatusKind, new_id
from mhtracker.operations import moves, people
from mhtracker.operations.money import costs
from mhtracker.operations.money.cost_tables import (
    add_row,
    edit_row,
    edit_table,
    read_tables,
    remove_row,
    remove_table,
    start_table,
)
from mhtracker.operations.money.funding import change_funding
from mhtracker.operations.money.tapers import TaperPlan, plan_taper
from mhtracker.operations.statuses import set_status
from mhtracker.store import FixedClock, create_register
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload
from mhtracker.store.queries.costs import read_stage_costs
from mhtracker.store.queries.person import build_case_summary

TODAY = date(2026, 7, 14)
FIRST = date(2026, 4, 1)


@pytest.fixture
def store(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ewa Fikcyjna", clock=FixedClock(TODAY), demo=True) as opened:
        yield opened


def add(store, number, stage="residential", cost=1_246_00, since=date(2024, 1, 1), **more):
    person = people.add_person(store, surname=f"Sample{number}", given_names="Ann", born_on=date(1970, 1, 1 + number))
    fields = {"weekly_cost_pence": cost, **more}
    stay = moves.start_placement(store, person.id, stage_id=stage, started_on=since, **fields)
    return person, stay


def counted(store, from_on=FIRST, to_on=TODAY):
    facts = read_everybody(store, to_on)
    moved = flow(facts.all_spells(), facts.stages, from_on, to_on)
    found = count_money(read_paying(store, to_on), moved)
    assert found == count_money(facts, moved), "what is read for money alone says the same"
    assert found == money_of(store, build_columns(read_columns(store, to_on)), moved), "and so do columns"
    return found


def move(store, person, on, cost, stage="supported", **more):
    form = {"left_on": on, "started_on": on, "planned": True, "reason_code": "ready", "stage_id": stage}
    return moves.record_move(store, person.id, **form, weekly_cost_pence=cost, **more)


def test_a_week_by_stage_says_who_pays(store):
    person, _ = add(store, 1)
    add(store, 2, "supported", 684_20, weekly_charge_pence=20_00)
    add(store, 3, "supported", None)
    change_funding(store, person.id, started_on=FIRST, person_pence=95_20, health_percent=50)
    money = counted(store)
    by_stage = {each.key: each for each in money.stages}
    home = by_stage["residential"]
    assert (home.gross, home.person, home.health, home.net) == (1_246_00, 95_20, 623_00, 527_80)
    assert (money.gross, money.person, money.health, money.net) == (1_930_20, 115_20, 623_00, 1_192_00)
    assert len(money.unknown) == 1
    assert sum(each.net for each in money.services) == money.net


def test_after_care_is_charged_to_nobody_now_over_the_period_or_by_a_move(store):
    """£1,246 and £684.20 a week, £40 charged to each: with s117 since 7 July the council pays it all from that day."""
    person, _ = add(store, 1, weekly_charge_pence=40_00)
    moved, _ = add(store, 2, weekly_charge_pence=40_00)
    move(store, moved, date(2026, 7, 1), 684_20, weekly_charge_pence=40_00)
    before = counted(store)
    for each in (person, moved):
        set_status(store, each.id, kind=StatusKind.S117, code="3", started_on=date(2026, 7, 7))
    money = counted(store)
    assert (before.person, before.net) == (80_00, 1_850_20)
    assert (money.person, money.net) == (0, 1_930_20)
    assert {cost.not_charged for cost in money.of.values()} == {40_00}
    # Eight days of two weekly £40 that are not charged.
    assert money.period.person == before.period.person - round(2 * 40_00 * 8 / 7)
    # The old net cost goes on as it was on the last day there, when £40 still counted; the new one is told by days.
    (was,), (now,) = before.saved, money.saved
    assert now.a_week == was.a_week == 561_80
    assert was.so_far - now.so_far == round(40_00 * 8 / 7)
    assert counted(store, to_on=date(2026, 7, 6)).person == 80_00, "as at the day before, both were charged"


def test_the_period_is_summed_day_by_day(store):
    person, _ = add(store, 1, cost=700_00)
    costs.add_cost_line(
        store, person.id, kind="support", rate_pence=350_00, started_on=date(2026, 7, 8), instead_of="all"
    )
    costs.add_cost_line(
        store, person.id, kind="transition", rate_pence=500_00, frequency="one_off", started_on=date(2026, 7, 9)
    )
    period = counted(store, date(2026, 7, 1)).period
    assert (period.gross, period.net, period.transition) == (1_050_00, 1_050_00, 500_00)


def test_a_move_saves_the_difference_from_its_day_and_transition_stands_beside_it(store):
    person, _ = add(store, 1)
    costs.add_cost_line(
        store, person.id, kind="transition", rate_pence=850_00, frequency="one_off", started_on=date(2026, 6, 20)
    )
    move(store, person, date(2026, 7, 1), 684_20)
    (saved,) = counted(store).saved
    assert (saved.a_week, saved.so_far, saved.transition) == (561_80, 2 * 561_80, 850_00)


def test_a_taper_after_the_move_is_counted_day_by_day(store):
    person, _ = add(store, 1)
    move(store, person, date(2026, 6, 17), 1_000_00)
    plan_taper(store, person.id, TaperPlan(date(2026, 6, 17), 20, 10, 1, 2, 20_00))
    (saved,) = counted(store).saved
    assert saved.a_week == 1_246_00 - 1_400_00
    assert saved.so_far == 2 * (1_246_00 - 1_400_00) + 2 * (1_246_00 - 1_200_00)


def test_a_move_of_unknown_cost_is_named_and_not_counted(store):
    person, _ = add(store, 1, cost=None)
    move(store, person, date(2026, 7, 1), 684_20)
    money = counted(store)
    assert (money.saved, money.not_counted) == ((), (person.id,))


def test_leaving_a_ward_costs_the_council_what_the_new_place_does(store):
    person, _ = add(store, 1, "hospital", None)
    move(store, person, date(2026, 7, 1), 684_20)
    money = counted(store)
    assert [(each.a_week, each.so_far) for each in money.saved] == [(-684_20, -2 * 684_20)]
    paid, _ = add(store, 2, "hospital", 500_00)
    move(store, paid, date(2026, 7, 1), 684_20)
    assert [each.a_week for each in counted(store).saved if each.person_id == paid.id] == [500_00 - 684_20]


def test_a_rate_far_from_the_others_stands_out_and_nine_are_too_few(store):
    for number in range(9):
        add(store, number, cost=1_200_00 + number * 10_00)
    assert counted(store).rates == ()
    dear, _ = add(store, 9, cost=2_900_00)
    (rates,) = counted(store).rates
    assert (rates.people, rates.middle, rates.outside) == (10, 1_245_00, ((dear.id, 2_900_00),))


@pytest.mark.parametrize("seed", range(40))
def test_a_period_is_the_sum_of_its_days(seed):
    chance = random.Random(seed)
    day0 = date(2025, 1, 1)

    def day():
        return day0 + timedelta(days=chance.randrange(120))

    def end(start):
        return chance.choice((None, start + timedelta(days=chance.randrange(1, 60))))

    starts = sorted({day() for _ in range(chance.randrange(1, 4))})
    stays = [
        Placement(
            new_id(),
            "p",
            "residential",
            start,
            until,
            weekly_cost_pence=chance.choice((None, 70_000, 90_001)),
            weekly_charge_pence=chance.choice((None, 7_003)),
        )
        for start, until in zip(starts, [*starts[1:], end(starts[-1])], strict=True)
    ]
    lines = [
        CostLine(new_id(), "p", "support", chance.randrange(10_000), start, "weekly", None, end(start))
        for start in (day() for _ in range(chance.randrange(4)))
    ]
    splits = [FundingSplit(new_id(), "p", start, 1_000, 33.3) for start in (day() for _ in range(chance.randrange(2)))]
    care = [
        LegalAndStatus(new_id(), "p", StatusKind.S117, "3", start, end(start))
        for start in (day() for _ in range(chance.randrange(3)))
    ]
    first, last = sorted((day(), day()))
    by_day = Fraction(0)
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        now = current_placement(stays, on)
        cost = cost_on(now, lines, splits, care, on) if now is not None else None
        by_day += Fraction(cost.net if cost else 0, 7)
    assert in_pence(cost_over(stays, lines, splits, care, first, last).net) == rounded(by_day)


def test_gross_less_both_shares_is_net_to_the_penny_over_a_period_too():
    found = period_of(DaySum(gross=10, person=2, health=2, net=6), 0)
    assert (found.gross, found.net) == (1, 1)
    found = period_of(DaySum(gross=24, person=4, health=4, net=16), 0)
    assert found.net == found.gross - found.person - found.health == 1, "16 days of a penny a week alone would be 2"


def test_what_moves_back_save_or_cost_stands_apart(store):
    dearer, _ = add(store, 1, "supported", 684_20)
    move(store, dearer, date(2026, 7, 1), 1_246_00, stage="residential", back_reason="step_up")
    admitted, _ = add(store, 2, cost=700_00)
    move(store, admitted, date(2026, 7, 1), None, stage="hospital", back_reason="step_up")
    onward, _ = add(store, 3, cost=700_00)
    move(store, onward, date(2026, 7, 1), 300_00)
    money = counted(store)
    assert [(each.person_id, each.so_far) for each in money.saved] == [(onward.id, 2 * 400_00)]
    so_far = {each.person_id: each.so_far for each in money.savings.back}
    assert so_far == {dearer.id: -2 * 561_80, admitted.id: 2 * 700_00}
    assert (money.saving, money.saving_back) == (800_00, 1_400_00 - 1_123_60)


@pytest.mark.parametrize("by_line", [False, True], ids=["on the stays", "a line of cost"])
@pytest.mark.parametrize("costs_after", [(300_00, 300_00), (300_00, 200_00), (300_00, None)])
def test_a_transfer_inside_the_new_stage_does_not_end_the_saving(store, costs_after, by_line):
    """£700 a week until 1 April, then £300, and from 15 April what the second service of the stage takes."""
    person = Person("p", "P1", "Sample")
    stays = [("residential", date(2026, 1, 1), FIRST, 700_00)]
    stays += [("supported", FIRST, date(2026, 4, 15), costs_after[0])]
    stays += [("supported", date(2026, 4, 15), None, costs_after[1])]
    records = [
        Placement(f"s{number}", "p", stage, start, end, weekly_cost_pence=None if by_line else pence)
        for number, (stage, start, end, pence) in enumerate(stays)
    ]
    lines = [
        CostLine(f"l{number}", "p", "placement", pence, start, "weekly", None, end)
        for number, (_, start, end, pence) in enumerate(stays)
        if by_line and pence is not None
    ]
    with store.operation("Add") as work:
        work.add_many([person, *records, *lines])
    (saved,) = counted(store, to_on=date(2026, 6, 30)).saved
    weeks_after = {300_00: 11 * 400_00, 200_00: 11 * 500_00, None: 0}
    assert (saved.a_week, saved.so_far) == (400_00, 2 * 400_00 + weeks_after[costs_after[1]])
    facts = read_everybody(store, date(2026, 6, 30))
    assert last_saved(facts.people["p"], facts.stages, date(2026, 6, 30)) == (FIRST, saved)


def test_the_moves_of_a_chain_come_together_to_the_first_cost_less_what_was_paid_since(store):
    """£700, from 1 May £900 in enablement that comes down to £800, from 12 June £400, and a while on a ward."""
    stays = [
        Placement("a", "p", "residential", date(2026, 1, 1), date(2026, 5, 1), weekly_cost_pence=700_00),
        Placement("b", "p", "enablement", date(2026, 5, 1), date(2026, 5, 15), weekly_cost_pence=900_00),
        Placement("c", "p", "enablement", date(2026, 5, 15), date(2026, 6, 12), weekly_cost_pence=800_00),
        Placement("d", "p", "supported", date(2026, 6, 12), date(2026, 6, 19), weekly_cost_pence=400_00),
        Placement("e", "p", "hospital", date(2026, 6, 19), date(2026, 6, 26)),
        Placement("f", "p", "supported", date(2026, 6, 26), weekly_cost_pence=400_00),
    ]
    with store.operation("Add") as work:
        work.add_many([Person("p", "P1", "Sample"), *stays])
    for to_on in (date(2026, 5, 31), date(2026, 6, 18), date(2026, 6, 25), date(2026, 7, 2)):
        money = counted(store, to_on=to_on)
        paid = cost_over(stays, (), (), (), date(2026, 5, 1), to_on, wards={"hospital"}).net
        assert paid > 0
        all_moves = (*money.savings.onward, *money.savings.back)
        first = 700_00 * ((to_on - date(2026, 5, 1)).days + 1)
        assert sum(each.so_far for each in all_moves) == pytest.approx((first - paid) / 7, abs=len(all_moves))
    money = counted(store, to_on=date(2026, 7, 2))
    onward = {each.a_week: each.so_far for each in money.saved}
    # On 12 June the second is measured against £800, and the first goes on at that.
    assert onward[-200_00] == 2 * -200_00 + 4 * -100_00 + 3 * -100_00
    assert onward[400_00] == 3 * 400_00
    assert money.saving_back == 2 * 400_00


def test_the_saving_ends_with_the_pathway(store):
    person, _ = add(store, 1, cost=700_00)
    move(store, person, FIRST, 300_00)
    people.close_case(store, person.id, left_on=date(2026, 4, 15), reason="independent")
    assert counted(store).saving == 2 * 400_00


@pytest.mark.parametrize("by_line", [False, True], ids=["on the stay", "a line of cost"])
def test_a_place_kept_during_a_hospital_stay_costs_what_it_did(store, by_line):
    """It stands under the stage of the place kept, as in the flow; where nobody knows what it costs, so it is said."""
    pence = None if by_line else 350_00
    records: list[Person | Placement | CostLine] = [Person("p", "P1", "Sample"), Person("q", "Q1", "Sample")]
    records += [
        Placement("a", "p", "residential", date(2026, 1, 1), FIRST, weekly_cost_pence=700_00),
        Placement("b", "p", "supported", FIRST, weekly_cost_pence=pence, weekly_charge_pence=50_00),
        Placement("c", "p", "hospital", date(2026, 7, 1)),
        Placement("d", "q", "supported", FIRST),
        Placement("e", "q", "hospital", date(2026, 7, 1)),
    ]
    if by_line:
        records.append(CostLine("l", "p", "placement", 350_00, FIRST, "weekly"))
    with store.operation("Add") as work:
        work.add_many(records)
    money = counted(store, date(2026, 7, 1))
    assert {each.key: (each.people, each.gross, each.net) for each in money.stages if each.people} == {
        "supported": (("p",), 350_00, 300_00)
    }
    assert (money.unknown, money.on_wards) == (("q",), ())
    assert (money.period.gross, money.period.net, money.period.unknown_days) == (700_00, 600_00, 14)
    costs_now = read_stage_costs(store, TODAY)
    assert (costs_now["supported"].weekly_net, costs_now["supported"].unknown) == (300_00, 1)
    assert (costs_now["hospital"].people, costs_now["hospital"].unknown) == (0, 0)
    line = next(each for each in list_caseload(store, CaseloadQuery(), TODAY) if each.person_id == "p")
    assert (line.stage_id, line.weekly_cost_pence) == ("hospital", 350_00)
    summary = build_case_summary(store, "p", TODAY)
    assert (summary.cost, summary.charge_pence) == (WeeklyCost(350_00, 50_00), 50_00)


def test_the_saving_of_a_move_is_found_from_the_facts_alone(store):
    before = Placement("a", "p", "residential", date(2024, 1, 1), date(2026, 7, 1), weekly_cost_pence=1_000_00)
    after = Placement("b", "p", "supported", date(2026, 7, 1), weekly_cost_pence=300_00)
    facts = PersonFacts(Person("p", "P1", "Sample", "Ann"), [before, after])
    found = last_saved(facts, by_id(store.stages()), TODAY)
    assert found is not None
    moved_on, saved = found
    assert (moved_on, saved.a_week, saved.so_far) == (date(2026, 7, 1), 700_00, 1_400_00)


# As is, to be


def test_a_table_starts_from_the_register_and_is_undone_as_one(store):
    for number in range(3):
        add(store, number, cost=1_000_00)
    add(store, 7, "supported", 500_00)
    add(store, 8, "supported", None)
    start_table(store, name="Accommodation", as_is_on=TODAY, to_be_on=date(2029, 3, 31))
    (table,) = read_tables(store, TODAY)
    assert [(each.row.stage_id, each.row.as_is_people, each.row.as_is_year_pence) for each in table.rows] == [
        ("residential", 3, 156_000_00),
        ("supported", 1, 26_000_00),
    ]
    assert table.unknown == 1
    store.undo()
    assert read_tables(store, TODAY) == ()


def test_people_planned_cost_what_one_of_them_costs_and_one_undo_takes_it_back(store):
    for number in range(4):
        add(store, number, cost=1_000_00)
    start_table(store, name="Accommodation", as_is_on=TODAY)
    row = read_tables(store, TODAY)[0].rows[0].row
    edit_row(store, row.id, to_be_people=2)
    table = read_tables(store, TODAY)[0]
    assert (table.sums.people, table.sums.year, table.sums.people_percent) == (-2, -104_000_00, -50.0)
    edit_row(store, row.id, to_be_year_pence=90_000_00)
    assert read_tables(store, TODAY)[0].sums.to_be_year == 90_000_00
    store.undo()
    store.undo()
    assert read_tables(store, TODAY)[0].rows[0].row.to_be_people is None


def test_what_happened_stands_beside_what_was_planned(store):
    first, _ = add(store, 1, cost=1_000_00)
    add(store, 2, cost=1_000_00)
    start_table(store, name="Accommodation", as_is_on=TODAY)
    move(store, first, TODAY, 300_00)
    (row,) = read_tables(store, TODAY)[0].rows
    assert (row.row.as_is_people, row.now.people, row.now.weekly_net) == (2, 1, 1_000_00)


def test_lines_are_added_and_taken_out_and_a_table_goes_with_its_lines(store):
    table = start_table(store, name="Plan", as_is_on=TODAY, from_register=False)
    row = add_row(store, table.id, label="Meals", as_is_people=53, as_is_year_pence=82_800_00)
    edit_table(store, table.id, name="Plan B")
    remove_row(store, row.id)
    store.undo()
    remove_table(store, table.id, reason="Never agreed")
    assert read_tables(store, TODAY) == ()
    store.undo()
    assert len(read_tables(store, TODAY)[0].rows) == 1
