"""`mhtracker costs`: a week by stage and service, outliers, tables; and what `show` says of money."""

from datetime import date

import pytest

from mhtracker.cli.costing import _row, _row_words, _table_words
from mhtracker.domain.money.cost_tables import sums_of, sums_of_row
from mhtracker.domain.records import CostTable, CostTableRow, FundingSplit, StatusKind
from mhtracker.operations import moves, people
from mhtracker.operations.money import costs as lines
from mhtracker.operations.money.cost_tables import RowNow, TableNow, add_row, edit_row, read_tables, start_table
from mhtracker.operations.money.funding import change_funding
from mhtracker.operations.statuses import set_status
from mhtracker.store import FixedClock, create_register, open_register
from mhtracker.store.queries.costs import StageNow
from tests.cli.test_docs import keys_of, part_of

TODAY = date(2026, 7, 14)


@pytest.fixture
def register(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ewa Fikcyjna", clock=FixedClock(TODAY), demo=True) as store:
        for number, cost in enumerate((1_200_00, 1_246_00, 1_250_00, 1_300_00, 2_900_00)):
            person = people.add_person(store, surname=f"Sample{number}", given_names="Ann", born_on=date(1970, 1, 1))
            since = date(2024, 1, 1)
            moves.start_placement(store, person.id, stage_id="residential", started_on=since, weekly_cost_pence=cost)
            if number == 0:
                change_funding(store, person.id, started_on=since, person_pence=100_00, health_percent=50)
                lines.add_cost_line(
                    store, person.id, kind="one_to_one", rate_pence=20_00, frequency="hourly", units=10,
                    started_on=date(2026, 8, 1),
                )  # fmt: skip
        start_table(store, name="Accommodation", as_is_on=TODAY, to_be_on=date(2029, 3, 31))
        edit_row(store, read_tables(store, TODAY)[0].rows[0].row.id, to_be_people=3)
    return tmp_path / "r.mhtracker"


def test_a_week_by_stage_and_who_pays(run, register):
    answer = run("costs", register, "--as-at", "2026-07-14", "--json").json
    assert (answer["weekly_gross"], answer["weekly_person"], answer["weekly_health"]) == (7896.0, 100.0, 600.0)
    assert answer["weekly_net"] == 7196.0
    (stage,) = [each for each in answer["by_stage"] if each["people"]]
    assert (stage["stage"], stage["people"], stage["weekly_net"]) == ("residential", 5, 7196.0)
    later = run("costs", register, "--as-at", "2026-08-01", "--json").json
    assert later["weekly_gross"] == 8096.0


def test_a_charge_on_after_care_is_told_and_left_out(run, register):
    with open_register(register, who="Ewa Fikcyjna", clock=FixedClock(TODAY)) as store:
        (split,) = store.find(FundingSplit)
        set_status(store, split.person_id, kind=StatusKind.S117, code="3", started_on=date(2026, 7, 1))
    answer = run("costs", register, "--as-at", "2026-07-14", "--json").json
    assert (answer["weekly_person"], answer["weekly_net"], answer["charged_on_s117"]) == (0.0, 7296.0, 1)
    words = run("costs", register, "--as-at", "2026-07-14").out
    assert "Charged on s117 after-care: 1 person, £100.00 a week, which counts as nothing." in words
    before = run("costs", register, "--as-at", "2026-06-30", "--json").json
    assert (before["weekly_person"], before["weekly_net"], before["charged_on_s117"]) == (100.0, 7196.0, 0)


def test_who_is_far_from_the_others(run, register):
    assert run("costs", register, "--as-at", "2026-07-14", "--json").json["rates"] == [], "five are too few"
    with open_register(register, who="Ewa Fikcyjna", clock=FixedClock(TODAY)) as store:
        for number in range(5):
            person = people.add_person(store, surname=f"More{number}", given_names="Ann", born_on=date(1970, 1, 1))
            since, cost = date(2024, 1, 1), 1_190_00 + number * 30_00
            moves.start_placement(store, person.id, stage_id="residential", started_on=since, weekly_cost_pence=cost)
    words = run("costs", register, "--as-at", "2026-07-14").out
    assert "Far from the others" in words
    assert "£2,900.00" in words
    (rates,) = run("costs", register, "--as-at", "2026-07-14", "--json").json["rates"]
    assert (rates["people"], rates["middle"], [each["weekly_gross"] for each in rates["outliers"]]) == (
        10,
        1250.0,
        [2900.0],
    )


def test_a_table_stands_beside_what_the_register_says(run, register):
    (table,) = run("costs", register, "--as-at", "2026-07-14", "--json").json["tables"]
    (row,) = table["rows"]
    assert (row["people_difference"], row["people_percent"]) == (-2, -40.0)
    assert (row["now_people"], row["now_year"], row["as_is_year"]) == (5, 374192.0, 374192.0)
    total = table["total"]
    assert (total["now_people"], total["now_year"], total["now_not_recorded"]) == (5, 374192.0, 0)
    words = run("costs", register, "--as-at", "2026-07-14").out
    assert "Accommodation, as is on 14 Jul 2026, to be by 31 Mar 2029" in words
    assert "so All is not compared" not in words


def test_all_is_compared_with_the_register_where_every_line_is_and_counts_a_stage_once():
    def line(stage: str | None) -> CostTableRow:
        return CostTableRow(f"r{stage}", "t", "Line", stage_id=stage, as_is_people=1, as_is_year_pence=100)

    homes, support = StageNow("residential", 5, 100, 1), StageNow("supported", 2, 30, 0)
    nobody_known = StageNow("nursing", 0, 0, 4)

    def beside(*now: StageNow | None) -> TableNow:
        rows = tuple(RowNow(line(each.stage_id if each else None), each) for each in now)
        return TableNow(CostTable("t", "T", TODAY), rows, sums_of([each.row for each in rows]))

    assert beside(homes, support, homes).now == StageNow("", 7, 130, 1)
    assert beside(homes, support, homes).not_compared == 0
    for missing in (None, nobody_known):
        table = beside(homes, missing)
        assert (table.now, table.not_compared) == (None, 1)
        assert "so All is not compared with it" in _table_words(table)
    assert (beside().now, beside(None).not_compared) == (None, 0)


def test_a_line_that_gives_no_number_of_people_is_left_out_of_people_and_said_to_be(run, register):
    with open_register(register, who="Ewa Fikcyjna", clock=FixedClock(TODAY)) as store:
        add_row(store, read_tables(store, TODAY)[0].table.id, label="Meals", as_is_year_pence=39_400_00)
    (table,) = run("costs", register, "--as-at", "2026-07-14", "--json").json["tables"]
    meals, total = table["rows"][-1], table["total"]
    assert (meals["as_is_people"], meals["to_be_people"], meals["people_difference"]) == (None, None, None)
    assert (total["as_is_people"], total["as_is_year"], total["as_is_unit_week"]) == (5, 413_592.0, None)
    assert table["people_not_recorded"] == 1
    words = run("costs", register, "--as-at", "2026-07-14").out
    assert "1 line gives no number of people: All has the money, not the people." in words


def test_every_key_is_documented(run, register):
    page = part_of("costs")
    for key in set(keys_of(run("costs", register, "--as-at", "2026-07-14", "--json").json)) - {"as_at", "as_known"}:
        assert f"`{key}`" in page, key


def test_show_tells_lines_and_who_pays(run, register):
    ref = run("list", register, "--sort", "weekly_cost", "--as-at", "2026-07-14", "--json").json["people"][0]["ref"]
    money = run("show", register, ref, "--as-at", "2026-08-01", "--json").json["money"]
    assert (money["weekly_gross"], money["weekly_net"]) == (1400.0, 600.0)
    assert [line["weekly"] for line in money["lines"]] == [1200.0, 200.0]
    words = run("show", register, ref, "--as-at", "2026-08-01").out
    assert "10 hours a week at £20.00" in words
    assert "the person £100.00 a week, the NHS 50%, the council the rest" in words


def test_progress_says_what_the_period_came_to(run, register):
    money = run("progress", register, "--from", "2026-07-08", "--as-at", "2026-07-14", "--json").json["money"]
    assert (money["weekly_net"], money["in_period"]["net"], money["in_period"]["gross"]) == (7196.0, 7196.0, 7896.0)
    page = part_of("progress")
    for key in {"money", *money, *money["in_period"]}:
        assert f"`{key}`" in page, key


def test_where_nobodys_cost_is_recorded_the_register_says_nothing_rather_than_nil():
    row = CostTableRow("r", "t", "Supported living", as_is_people=111, as_is_year_pence=100)
    nobody = RowNow(row, StageNow("supported", 0, 0, 111))
    assert _row(nobody)["now_people"] is None
    assert _row(nobody)["now_year"] is None
    assert _row_words("Supported living", sums_of_row(row), nobody.now)[-3:] == ("", "", "111 not recorded")
    some = RowNow(row, StageNow("supported", 2, 100, 0))
    assert _row_words("Supported living", sums_of_row(row), some.now)[-3:] == ("2", "£52", "")
