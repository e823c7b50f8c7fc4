"""Figures of the five papers beyond their tables of people, counted from the registers that their presets make.

`test_presets.py` counts the tables of people, `test_papers_on_people.py` what they cost.
"""

from __future__ import annotations

from datetime import date, timedelta

from mhtracker.analysis.breakdown import count_people
from mhtracker.domain.counting.programmes import aim_people
from mhtracker.domain.dates import age_on
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.presets import column_sums
from mhtracker.domain.records import Contract, CostTableRow, Programme, ProgrammePerson, Service, Setting
from mhtracker.operations.moves import record_move
from mhtracker.operations.people import add_person
from mhtracker.operations.presets.files import read_preset
from mhtracker.operations.presets.giving import apply_preset
from mhtracker.store import FixedClock, Store, create_register
from mhtracker.store.lines import read_facts
from mhtracker.store.queries.contracts import due_contracts
from mhtracker.store.queries.due import list_due
from tests.operations.test_presets import costs_by_service, rows_of, thousands_a_year


def pounds(pence: int | None) -> float:
    return (pence or 0) / 100


# Leicester, moving on


def test_leicester_s_to_be_rows_of_accommodation_come_out_and_its_scrambled_rows_of_own_homes_are_left_out(registers):
    printed = next(table for table in read_preset("moving-on").tables if table.title == "Accommodation to be")
    rows = {row.label: row for row in rows_of(registers["moving-on"], "Accommodation, as is and to be")}
    assert list(rows) == [row[0] for row in printed.rows]
    for label, people, _, thousands in printed.rows:
        row = rows[str(label)]
        assert (row.to_be_people, round(pounds(row.to_be_year_pence) / 1000, 1)) == (people, thousands), label
    in_own_homes = {each.name for each in registers["moving-on"].find(Service, stage_id="independent")}
    assert in_own_homes == {"Home care", "Day care", "Direct payments and care packages", "Meals"}
    planned = {row.label for row in registers["moving-on"].find(CostTableRow) if row.to_be_people is not None}
    assert not planned & in_own_homes


def test_leicester_s_programme_wants_90_moved_on_and_its_table_has_84(registers):
    (programme,) = registers["moving-on"].find(Programme)
    cohort = len(registers["moving-on"].find(ProgrammePerson, programme_id=programme.id))
    (row,) = (each for each in rows_of(registers["moving-on"], "Accommodation, as is and to be")
              if each.stage_id == "residential")  # fmt: skip
    assert aim_people(programme, cohort) == 90
    assert row.as_is_people - (row.to_be_people or 0) == 84


def test_leicester_s_extra_care_costs_267_9_a_week_each_for_its_41_8_where_298_3_is_printed(registers):
    preset = read_preset("moving-on")
    mine = costs_by_service(registers["moving-on"], preset.as_at)["Extra care"]
    week = sum(cost.net for cost in mine)
    assert (len(mine), thousands_a_year(week), round(week / len(mine) / 100, 1)) == (3, 41.8, 267.9)
    assert next(row[2] for row in preset.tables[0].rows if row[0] == "Extra care") == 298.3


def test_leicester_s_gross_spend_is_9_729_3_and_48_9_percent_residential_where_its_text_says_49_and_then_55(registers):
    rows = {row.label: row.as_is_year_pence for row in rows_of(registers["moving-on"], "Gross spend 2009/10")}
    assert round(pounds(sum(rows.values())) / 1000, 1) == 9729.3
    assert pounds(rows["Residential and nursing"]) == 4_757_400
    assert pounds(rows["Supported and other accommodation"]) == 203_700
    assert round(100 * rows["Residential and nursing"] / sum(rows.values()), 1) == 48.9
    said = read_preset("moving-on").figure("Share spent on residential care")
    assert (said.value, "55%" in said.note) == ("49%", True)


def test_leicester_s_shares_of_in_house_and_bought_services_follow_from_its_table_which_counts_no_people():
    (table,) = (each for each in read_preset("moving-on").tables if each.where == "section 9, table 1")
    rows = {row[0]: [float(each) for each in row[1:]] for row in table.rows}
    own, bought, whole = column_sums(table)[1:]

    def percent(part: float, of: float | None) -> int:
        return round(100 * part / (of or 0))

    care, home = rows["Assessment and care management"], rows["Residential and nursing"]
    supported, day = rows["Supported and other accommodation"], rows["Day care and services"]
    assert [percent(care[2], whole), percent(home[2], whole)] == [24, 49]
    assert [percent(each[0], own) for each in (care, day, home, supported)] == [60, 22, 1, 1]
    assert [percent(each[1], bought) for each in (home, supported)] == [80, 3]
    assert (bought or 0) / (whole or 1) > 0.6, "over 60% spent with others"


def test_a_register_begun_as_leicester_s_asks_for_contact_within_7_days_and_reviews_in_6_weeks_of_enablement(tmp_path):
    left = date(2026, 7, 1)
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(left)) as store:
        apply_preset(store, read_preset("moving-on"))
        person = add_person(store, surname="Example", stage_id="hospital", started_on=left - timedelta(days=60))
        record_move(
            store,
            person.id,
            stage_id="enablement",
            left_on=left,
            started_on=left,
            planned=True,
            reason_code="discharged",
        )
        items = list_due(store, left, until=left + timedelta(days=60))
    assert [(item.due_on - left).days for item in items if item.kind == "follow_up"] == [3, 7]
    reviews = {(item.due_on - left).days for item in items if item.kind == "review"}
    assert {14, 28, 42, 56} >= reviews >= {14, 56}


# Rotherham, recovery purchasing system


def test_rotherham_s_shares_come_out_but_extra_care_whose_4_of_325_are_1_2_percent_where_1_5_is_printed(registers):
    preset = read_preset("recovery-fps")
    found = count_people(registers["recovery-fps"], preset.as_at, "service")
    whole = sum(int(each) for each in preset.tables[0].total[1:3])
    for name, _, _, percent in preset.tables[0].rows:
        exact = 100 * found.row_total(str(name)) / whole
        mine = round(exact, 1) if name in ("Supported living", "Extra care") else round(exact)
        assert mine == (1.2 if name == "Extra care" else percent), name


def test_rotherham_s_budget_comes_out_line_by_line(registers):
    printed = next(table for table in read_preset("recovery-fps").tables if table.where == "6.1")
    rows = rows_of(registers["recovery-fps"], "Gross budget 2022/23")
    assert {row.as_is_people for row in rows} == {None}, "the paper prints money alone"
    assert [[row.label, round(pounds(row.as_is_year_pence))] for row in rows] == [list(row) for row in printed.rows]


def test_rotherham_s_25_people_under_67_have_lived_in_care_homes_for_4_to_19_years_most_over_5(registers):
    store, as_at = registers["recovery-fps"], read_preset("recovery-fps").as_at
    years = []
    for facts in read_facts(store, None).values():
        stay = current_placement(facts.placements, as_at)
        if stay is None or stay.stage_id != "residential" or facts.person.born_on is None:
            continue
        if age_on(facts.person.born_on, as_at) < 67:
            years.append((as_at - stay.started_on).days / 365.25)
    assert len(years) == 55 >= 25
    # Some came of age too late to have been there for four years.
    assert max(years) <= 19
    assert sum(each >= 4 for each in years) >= 25
    assert sum(each > 5 for each in years) > len(years) / 2


def test_rotherham_s_28_5_million_are_five_years_of_its_5_7(registers):
    (contract,) = registers["recovery-fps"].find(Contract)
    budget = sum(row.as_is_year_pence for row in rows_of(registers["recovery-fps"], "Gross budget 2022/23"))
    assert contract.started_on is not None
    assert contract.ends_on is not None
    years = round((contract.ends_on - contract.started_on).days / 365.25)
    assert (years, pounds(contract.value_pence) / years / 1e6) == (5, 5.7)
    assert round(pounds(budget) / 1e6, 1) == 5.7


# Harrow, step-down


def test_harrow_s_two_housing_support_contracts_end_in_april_and_may_where_paragraph_43_has_both_end_in_march(
    registers,
):
    both = [each for each in registers["step-down"].find(Contract) if "paragraph 43" in each.note]
    assert {each.ends_on for each in both} == {date(2021, 4, 30), date(2021, 5, 31)}
    assert all("31 March 2021" in each.note for each in both)
    assert date(2021, 3, 31) not in {each.ends_on for each in registers["step-down"].find(Contract)}


def test_harrow_s_contracts_ask_to_be_looked_at_six_months_before_they_end(registers):
    store = registers["step-down"]
    due = {day: [line.contract.ends_on for line in due_contracts(store, day)]
           for day in (date(2020, 10, 29), date(2020, 11, 11), date(2020, 12, 1), date(2021, 3, 1))}  # fmt: skip
    april, may, august = date(2021, 4, 30), date(2021, 5, 31), date(2021, 8, 31)
    assert list(due.values()) == [[], [april], [april, may, may], [april, may, may, august]]


def test_harrow_s_budget_is_5_149_and_2_1_million(registers):
    rows = rows_of(registers["step-down"], "Adult social care budget for mental health 2020/21")
    assert [pounds(row.as_is_year_pence) for row in rows] == [5_149_000, 2_100_000]


# Leicestershire, localities


def test_leicestershire_s_contracts_are_2_and_1_years_from_1_october_2014_at_342_000_and_then_3_and_2(registers):
    now, to_come = sorted(registers["localities"].find(Contract), key=lambda each: each.started_on or date.min)
    assert (now.started_on, now.ends_on) == (date(2014, 10, 1), date(2014 + 2 + 1, 9, 30))
    assert (pounds(now.value_pence), now.value_frequency) == (342_000, "annually")
    assert (to_come.started_on, to_come.ends_on) == (date(2017, 10, 1), date(2017 + 3, 9, 30))
    assert to_come.extendable_to == date(2017 + 3 + 2, 9, 30)
    assert len(to_come.service_ids.split()) == 7


# All of them


def test_a_register_keeps_which_paper_it_began_as(registers):
    for name, store in registers.items():
        (setting,) = store.find(Setting, id="preset")
        assert setting.value == f'"{name}"'


def test_only_leicester_s_paper_sets_a_programme(registers: dict[str, Store]):
    assert {name for name, store in registers.items() if store.find(Programme)} == {"moving-on"}
