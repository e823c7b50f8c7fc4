"""The papers' money counted from people: from what each costs, who lives where and how old they are.

Counted as Progress, Services and `costs` count it. A figure that a paper puts on nobody is named as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mhtracker.analysis.breakdown import count_people
from mhtracker.analysis.money import Money
from mhtracker.analysis.progress import Progress, build_progress
from mhtracker.domain.money.cost_tables import sums_of_row
from mhtracker.domain.money.weekly import compare_places
from mhtracker.domain.presets import spread
from mhtracker.domain.records import CostTableRow, Service
from mhtracker.operations.money.cost_tables import TableNow, read_tables
from mhtracker.operations.moves import record_move
from mhtracker.operations.presets.files import read_preset
from mhtracker.operations.presets.people import make_preset_demo
from mhtracker.store import Store

YEAR = 52
LAST_OF_2021 = date(2022, 3, 31)
"""The last day of 2021/22, which Rotherham's £1,246 is of."""


def money_on(store: Store, day: date) -> Money:
    return build_progress(store, day, day).money


def by_service(store: Store, day: date) -> dict[str, tuple[int, int]]:
    """How many people whose cost is known are in each service, and gross pounds a year."""
    names = {service.id: service.name for service in store.find(Service)}
    return {
        names.get(each.key, ""): (len(each.people), round(each.gross * YEAR / 100))
        for each in money_on(store, day).services
    }


def people_of(store: Store, day: date, service: str) -> dict[str, tuple[str, ...]]:
    """Who is in a service, under 67 and older."""
    return dict(count_people(store, day, "service", "age", ages=(67,)).people[service])


def table_of(store: Store, name: str, day: date) -> TableNow:
    return next(each for each in read_tables(store, day) if each.table.name == name)


# As Progress counts them


@pytest.mark.parametrize(
    ("name", "people", "net", "person", "health"),
    [("moving-on", 537, 4.4119, 0, 0), ("framework", 696, 6.8, 0.6, 0.5), ("localities", 491, 0.311, 0, 0.031)],
)
def test_what_everybody_costs_a_year_is_the_paper_s_total_and_so_is_who_pays(
    registers, name, people, net, person, health
):
    money = money_on(registers[name], read_preset(name).as_at)
    assert (len(money.of), money.unknown) == (people, ())
    digits = 4 if name != "framework" else 1
    millions = [round(part * YEAR / 1e8, digits) for part in (money.net, money.person, money.health)]
    assert millions == [net, person, health]
    assert money.gross == money.net + money.person + money.health


# Rotherham, recovery purchasing system


def test_rotherham_s_budget_is_what_its_people_under_67_cost_but_for_housing_related_support_which_names_nobody(
    registers,
):
    store, preset = registers["recovery-fps"], read_preset("recovery-fps")
    found = by_service(store, preset.as_at)
    assert found == {
        "Care home": (55, 4_162_405),
        "Direct payment": (120, 1_112_800),
        "Home care": (29, 234_000),
        "Supported living": (7, 52_529),
    }
    whole, support = int(preset.tables[1].total[1]), 136_762
    assert sum(year for _, year in found.values()) + support == whole == 5_698_496
    rows = {row.label: row.as_is_year_pence for row in store.find(CostTableRow)}
    assert sum(rows.values()) == whole * 100
    assert rows["Housing related support"] == support * 100
    assert "Housing related support" not in count_people(store, preset.as_at, "service").rows


def test_what_rotherham_s_older_people_cost_its_community_support_and_its_extra_care_is_told_as_not_recorded(registers):
    store, as_at = registers["recovery-fps"], read_preset("recovery-fps").as_at
    older = {who for service in ("Care home", "Home care", "Direct payment", "Supported living")
             for who in people_of(store, as_at, service)["67 and over"]}  # fmt: skip
    unpriced = {who for service in ("Community support", "Extra care")
                for who in people_of(store, as_at, service)["Under 67"]}  # fmt: skip
    wards = set(count_people(store, as_at, "stage").people["Hospital"]["People"])
    assert (len(older), len(unpriced), len(wards)) == (105, 11, 4)
    assert set(money_on(store, as_at).unknown) - wards == older | unpriced


def test_rotherham_s_care_home_budget_is_64_people_s_at_its_1_246_where_it_counts_55_under_67_and_111_in_all(registers):
    store, preset = registers["recovery-fps"], read_preset("recovery-fps")
    residents = people_of(store, preset.as_at, "Care home")
    assert [len(each) for each in residents.values()] == [55, 56]
    of = money_on(store, LAST_OF_2021).of
    mean = sum(of[who].gross for who in residents["Under 67"]) / 55
    assert mean == 1_246_00
    people, year = by_service(store, preset.as_at)["Care home"]
    assert round(year * 100 / YEAR / mean, 1) == 64.2
    assert round(year / YEAR / people, 2) == 1_455.39


def test_rotherham_s_supported_living_budget_is_41_weeks_of_one_person_at_its_1_295_48_where_8_live_there(registers):
    store, as_at = registers["recovery-fps"], read_preset("recovery-fps").as_at
    _, year = by_service(store, as_at)["Supported living"]
    (service,) = store.find(Service, name="Supported living")
    assert sum(map(len, people_of(store, as_at, "Supported living").values())) == 8
    assert round(year * 100 / (service.rate_pence or 0)) == 41


@pytest.fixture(scope="module")
def residents_moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Progress]:
    """Rotherham's figures had all its residents under 67 moved to supported living as 2021/22 ended."""
    preset = read_preset("recovery-fps")
    path: Path = tmp_path_factory.mktemp("moved") / "rotherham.mhtracker"
    with make_preset_demo(path, preset) as store:
        (to,) = store.find(Service, name="Supported living")
        for who in people_of(store, preset.as_at, "Care home")["Under 67"]:
            record_move(
                store, who, stage_id="supported", service_id=to.id, left_on=LAST_OF_2021, started_on=LAST_OF_2021,
                planned=True, reason_code="moved_on", weekly_cost_pence=to.rate_pence,
            )  # fmt: skip
        yield build_progress(store, LAST_OF_2021, preset.as_at)


def test_rotherham_s_residents_moved_to_supported_living_cost_49_48_a_week_more_each_in_the_mean(residents_moved):
    saved = residents_moved.money.saved
    assert (len(saved), residents_moved.money.not_counted) == (55, ())
    assert sum(each.a_week for each in saved) / 55 == -49_48
    weeks = ((read_preset("recovery-fps").as_at - LAST_OF_2021).days + 1) / 7
    assert residents_moved.money.saving == pytest.approx(-55 * 49_48 * weeks, abs=55)


def test_rotherham_s_residents_three_years_of_supported_living_are_paid_back_in_8_weeks_if_250_follows(
    residents_moved,
):
    a_week = -sum(each.a_week for each in residents_moved.money.saved) // 55
    cost = {residents_moved.money.of[each.person_id].gross for each in residents_moved.money.saved}
    assert cost == {1_295_48}
    found = compare_places(1_295_48 - a_week, 1_295_48, for_weeks=3 * YEAR, then=250_00)
    assert (found.a_week, found.altogether) == (49_48, 7_718_88)
    assert found.payback is not None
    assert 7 < found.payback <= 8


# Harrow, step-down


def test_harrow_s_2_1_million_is_what_its_services_people_cost_and_5_149_million_to_the_nhs_trust_is_on_nobody(
    registers,
):
    store, preset = registers["step-down"], read_preset("step-down")
    people = by_service(store, preset.as_at)
    council = sum(year for _, year in people.values())
    assert (sum(count for count, _ in people.values()), council) == (164, 2_100_000)
    rows = {row.label: row.as_is_year_pence // 100 for row in store.find(CostTableRow)}
    assert rows["Council services and contracts"] == council
    delegated = rows["Delegated to the NHS trust under section 75"]
    assert preset.figure("Budget 2020/21").value == "just under £7.3m"
    assert (delegated + council, round((delegated + council) / 1e6, 1)) == (7_249_000, 7.2), "7.249 is just under 7.3"


def test_harrow_s_paper_counts_nobody_so_how_its_2_1_million_falls_on_services_is_in_none_of_its_figures(registers):
    preset = read_preset("step-down")
    printed = " ".join(figure.value for figure in preset.figures) + str([table.rows for table in preset.tables])
    for service, (_, year) in by_service(registers["step-down"], preset.as_at).items():
        assert f"{year:,}" not in printed, service
        assert str(year) not in printed, service


# Leicestershire, localities


def test_leicestershire_s_table_of_311_000_is_what_its_491_people_cost_the_council_and_116_000_of_it_is_saved(
    registers,
):
    preset = read_preset("localities")
    table = table_of(registers["localities"], "Council's money for recovery services", preset.as_at)
    now, row = table.rows[0].now, table.rows[0].row
    assert now is not None
    assert (now.people, round(now.weekly_net * YEAR / 100), now.unknown) == (491, 311_000, 0)
    assert (row.as_is_people, row.as_is_year_pence) == (491, 311_000_00)
    assert (table.sums.people, table.sums.year) == (0, -116_000_00)
    assert preset.figure("Saving a year").value == "£116,000"


# Leicester, moving on


def test_leicester_s_accommodation_table_says_of_now_what_its_207_people_cost(registers):
    store, as_at = registers["moving-on"], read_preset("moving-on").as_at
    table = table_of(store, "Accommodation, as is and to be", as_at)
    for each in table.rows:
        assert each.now is not None
        year = each.now.weekly_net * YEAR / 100_000
        assert (each.now.people, round(year, 1)) == (
            each.row.as_is_people,
            round(each.row.as_is_year_pence / 100_000, 1),
        ), each.row.label
    assert table.now is not None
    assert (table.now.people, round(table.now.weekly_net * YEAR / 100_000, 1)) == (207, 3431.3)


def test_leicester_s_84_of_180_moved_are_46_7_percent_and_6_people_short_of_the_half_its_programme_aims_at(tmp_path):
    preset = read_preset("moving-on")
    moved_on = preset.as_at
    with make_preset_demo(tmp_path / "leicester.mhtracker", preset) as store:
        people = count_people(store, moved_on, "stage").people
        to_move = [*people["Long-term residential"]["People"][:84], *people["Extra care"]["People"]]
        table = table_of(store, "Accommodation, as is and to be", moved_on)
        to_be = next(each.row for each in table.rows if each.row.stage_id == "assisted")
        weeks = spread(round((to_be.to_be_year_pence or 0) / YEAR), [1.0] * len(to_move))
        for who, week in zip(to_move, weeks, strict=True):
            record_move(
                store, who, stage_id="assisted", left_on=moved_on, started_on=moved_on, planned=True,
                reason_code="moved_on", weekly_cost_pence=week,
            )  # fmt: skip
        later = moved_on + timedelta(days=1)
        found = build_progress(store, moved_on, later).programme
        after = table_of(store, "Accommodation, as is and to be", later)
    assert found is not None
    assert (len(found.now.moved), found.cohort, found.percent) == (84, 180, 46.7)
    assert (found.aim, found.aim - len(found.now.moved)) == (90, 6)
    came = {each.row.label: each for each in after.rows}
    for label in ("Long-term residential care", "Extra care", "Assisted accommodation"):
        now = came[label].now
        assert now is not None
        assert now.people == sums_of_row(came[label].row).to_be_people, label
    assisted = came["Assisted accommodation"].now
    assert assisted is not None
    assert round(assisted.weekly_net * YEAR / 100_000, 1) == 824.7
