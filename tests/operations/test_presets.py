"""The papers' tables come out of registers made by their presets; where a paper disagrees with itself is said.

`test_papers_on_people.py` counts what people cost.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from mhtracker.analysis.breakdown import count_people
from mhtracker.domain.errors import Invalid, NotFound, Refused
from mhtracker.domain.lists.starting_rules import DEFAULT_REVIEW_TYPES
from mhtracker.domain.money.costs import WeeklyCost, cost_on
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.presets import PRESET_NAMES, Preset, column_sums
from mhtracker.domain.records import (
    Contract,
    CostLine,
    CostTable,
    CostTableRow,
    Person,
    Programme,
    ProgrammePerson,
    Provider,
    Service,
)
from mhtracker.domain.reviewing.due import ReviewRules
from mhtracker.operations.presets.files import read_preset
from mhtracker.operations.presets.giving import apply_preset
from mhtracker.operations.presets.people import make_preset_demo
from mhtracker.store import FixedClock, Store, create_register
from mhtracker.store.check import check
from mhtracker.store.lines import read_facts
from mhtracker.store.queries.contracts import due_contracts
from mhtracker.store.queries.waiting import list_waiting

PRESETS = [read_preset(name) for name in PRESET_NAMES]


def costs_by_service(store: Store, as_at: date) -> dict[str, list[WeeklyCost]]:
    names = {service.id: service.name for service in store.find(Service)}
    found: dict[str, list[WeeklyCost]] = {}
    for facts in read_facts(store, None).values():
        stay = current_placement(facts.placements, as_at)
        cost = cost_on(stay, facts.costs, facts.splits, facts.statuses, as_at)
        if stay is not None and stay.service_id and cost is not None:
            found.setdefault(names[stay.service_id], []).append(cost)
    return found


def rows_of(store: Store, table: str) -> list[CostTableRow]:
    """The rows of a register's table."""
    (found,) = store.find(CostTable, name=table)
    return store.find(CostTableRow, table_id=found.id, order_by=("position",))


def thousands_a_year(pence_a_week: int) -> float:
    return round(pence_a_week * 52 / 100_000, 1)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_paper_s_table_adds_up_to_its_printed_total_or_says_where_it_does_not(preset: Preset):
    for table in preset.tables:
        sums = column_sums(table)
        for place, printed in enumerate(table.total):
            if isinstance(printed, str) or table.columns[place] in table.disagrees.partition(":")[0]:
                continue
            assert sums[place] == printed, (table.title, table.columns[place])


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_preset_s_demo_register_is_in_order_and_holds_its_people(registers, preset: Preset):
    result = check(registers[preset.key])
    assert result.problems == ()
    assert result.people == preset.people_count
    assert registers[preset.key].is_demo


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_new_register_begins_as_the_preset_says_with_nobody_in_it(tmp_path, preset: Preset):
    with create_register(tmp_path / "new.mhtracker", who="Ann", clock=FixedClock(date(2026, 7, 14))) as store:
        apply_preset(store, preset)
        assert store.find(Person) == []
        offered = [stage.label for stage in store.stages() if not stage.retired]
        assert offered == [stage.label for stage in sorted(preset.stages, key=lambda stage: stage.level)]
        assert {service.name for service in store.find(Service)} == {service.name for service in preset.services}
        assert len(store.find(Contract)) == len(preset.contracts)
        assert store.review_rules() == preset.rules or (preset.rules is None and store.review_rules() == ReviewRules())
        assert {each.id for each in preset.review_types} < {each.id for each in store.review_types()}
        assert due_contracts(store, date(2030, 1, 1)) == [], "what has ended asks for nothing where nobody lives"
        assert check(store).problems == ()
        store.undo()
        assert store.find(Contract) == []
        assert [each.id for each in store.review_types()] == [each.id for each in DEFAULT_REVIEW_TYPES]
        assert store.find(CostTable) == []


def test_a_register_with_people_keeps_its_pathway(registers):
    with pytest.raises(Refused, match="holds people already"):
        apply_preset(registers["step-down"], PRESETS[0])


def test_two_demos_of_a_preset_are_the_same_people(tmp_path, registers):
    with make_preset_demo(tmp_path / "again.mhtracker", read_preset("step-down")) as again:
        assert again.find(Person, order_by=("ref",)) == registers["step-down"].find(Person, order_by=("ref",))


# Leicester, moving on


def test_leicester_s_present_spend_comes_out_but_for_extra_care_whose_unit_cost_gives_46_5_not_41_8(
    registers,
):
    preset = read_preset("moving-on")
    costs = costs_by_service(registers["moving-on"], preset.as_at)
    for name, people, unit, year in preset.tables[0].rows:
        mine = costs[str(name)]
        net = sum(cost.net for cost in mine)
        assert (len(mine), thousands_a_year(net)) == (people, year), name
        if name != "Extra care":
            assert round(net / len(mine) / 100, 1) == unit, name
    everything = sum(cost.net for mine in costs.values() for cost in mine)
    assert (sum(map(len, costs.values())), thousands_a_year(everything)) == (537, 4411.9)
    printed = {str(row[0]): float(row[2]) for row in preset.tables[0].rows}
    assert round(len(costs["Extra care"]) * printed["Extra care"] * 52 / 1000, 1) == 46.5


def test_leicester_s_accommodation_falls_from_3_431_3_to_2_689_5_for_as_many_people(registers):
    rows = rows_of(registers["moving-on"], "Accommodation, as is and to be")
    assert sum(row.as_is_people for row in rows) == sum(row.to_be_people or 0 for row in rows) == 207
    assert round(sum(row.as_is_year_pence for row in rows) / 100_000, 1) == 3431.3
    assert round(sum(row.to_be_year_pence or 0 for row in rows) / 100_000, 1) == 2689.5


def test_leicester_s_to_be_table_moves_46_7_percent_short_of_its_aim_of_half(registers):
    rows = rows_of(registers["moving-on"], "Accommodation, as is and to be")
    row = next(row for row in rows if row.stage_id == "residential")
    assert row.as_is_people - (row.to_be_people or 0) == 84
    assert round(84 / row.as_is_people * 100, 1) == 46.7
    (programme,) = registers["moving-on"].find(Programme)
    assert programme.aim_percent == 50
    assert len(registers["moving-on"].find(ProgrammePerson)) == 180


def test_leicester_s_to_be_unit_costs_do_not_give_the_costs_printed_beside_them(registers):
    rows = {row.label: row for row in registers["moving-on"].find(CostTableRow)}
    printed = {"Long-term residential care": (96, 333.8), "Assisted accommodation": (87, 183.1)}
    for label, (people, unit) in printed.items():
        pounds = (rows[label].to_be_year_pence or 0) / 100
        assert rows[label].to_be_people == people
        assert round(pounds / people / 52, 1) != unit


# Rotherham, recovery purchasing system


def test_rotherham_s_people_by_service_and_age_come_out_their_rows_adding_to_222_where_220_is_printed(registers):
    preset = read_preset("recovery-fps")
    found = count_people(registers["recovery-fps"], preset.as_at, "service", "age", ages=(67,))
    for name, younger, older, _ in preset.tables[0].rows:
        assert found.counts[str(name)] == {"Under 67": younger, "67 and over": older}, name
    assert [sum(found.counts[str(row[0])][column] for row in preset.tables[0].rows) for column in found.columns] == [
        222,
        105,
    ]
    assert preset.tables[0].total[:3] == ("Total", 220, 105)


def test_rotherham_s_waiting_list_is_28_of_whom_20_need_a_home_and_4_are_in_hospital(registers):
    found = list_waiting(registers["recovery-fps"], read_preset("recovery-fps").as_at)
    assert (found.people, found.need_home, found.in_hospital) == (28, 20, 4)


def test_lancashire_s_696_people_166_over_65_and_their_three_ways_of_support_come_out(registers):
    preset = read_preset("framework")
    found = count_people(registers["framework"], preset.as_at, "stage", "age", ages=(66,))
    by_stage = [found.row_total(stage) for stage in ("Commissioned home care", "Supported accommodation", "Own budget")]
    assert by_stage == [307, 97, 292]
    assert (found.total, found.column_total("66 and over")) == (696, 166)


def test_lancashire_s_hours_rates_and_millions_come_out(registers):
    store, as_at = registers["framework"], read_preset("framework").as_at
    hourly = [line for line in store.find(CostLine) if line.frequency == "hourly"]
    assert sum(line.units or 0 for line in hourly) == 6_500
    assert (min(line.rate_pence for line in hourly), max(line.rate_pence for line in hourly)) == (1_217, 1_796)
    costs = [cost for mine in costs_by_service(store, as_at).values() for cost in mine]
    millions = [round(sum(parts) * 52 / 100_000_000, 1) for parts in
                zip(*((cost.net, cost.person, cost.health) for cost in costs), strict=True)]  # fmt: skip
    assert millions == [6.8, 0.6, 0.5]


# Harrow, step-down


def test_harrow_s_contracts_end_as_paragraph_59_prints_where_paragraph_43_says_31_march_2021(registers):
    providers = {provider.id: provider.name for provider in registers["step-down"].find(Provider)}
    found = {
        (providers[each.provider_id], each.value_pence): (each.ends_on, each.extendable_to)
        for each in registers["step-down"].find(Contract)
    }
    assert found == {
        ("Rethink", 58_500_000): (date(2021, 4, 30), date(2023, 4, 30)),
        ("Look Ahead", 32_645_400): (date(2021, 5, 31), None),
        ("Rethink", 61_250_000): (date(2021, 8, 31), None),
        ("Rethink", 71_200_000): (date(2021, 5, 31), date(2024, 5, 31)),
    }
    assert read_preset("step-down").figure("End of two housing support services").value == "31 March 2021"


# Leicestershire, localities


def test_leicestershire_s_council_share_falls_by_116_000_a_year(registers):
    preset = read_preset("localities")
    budget, east, west, to_come, saving = (
        int(re.sub(r"\D", "", preset.figure(name).value))
        for name in (
            "Present budget a year",
            "From East Leicestershire and Rutland health group",
            "From West Leicestershire health group",
            "Council's contribution to come",
            "Saving a year",
        )
    )
    rows = registers["localities"].find(CostTableRow)
    as_is, to_be = sum(r.as_is_year_pence for r in rows) // 100, sum(r.to_be_year_pence or 0 for r in rows) // 100
    assert as_is == budget - east - west == 311_000
    assert as_is - to_be == saving == 116_000
    assert to_be == to_come


def test_leicestershire_s_491_people_cost_342_000_gross_and_31_000_is_health_s(registers):
    preset = read_preset("localities")
    (mine,) = costs_by_service(registers["localities"], preset.as_at).values()
    year = [thousands_a_year(sum(parts)) for parts in zip(*((c.gross, c.health, c.net) for c in mine), strict=True)]
    assert (len(mine), year) == (491, [342.0, 31.0, 311.0])


def test_leicestershire_s_rises_in_depression_of_predicted_people_who_are_in_no_register_follow_from_its_own_numbers():
    for _, first, middle, last, to_middle, to_last in read_preset("localities").tables[0].rows:
        assert [round((later / float(first) - 1) * 100, 1) for later in (float(middle), float(last))] == [
            to_middle,
            to_last,
        ]


def test_leicestershire_s_seven_lots_are_seven_districts(registers):
    lots = [service for service in registers["localities"].find(Service) if service.lot]
    assert len({service.lot for service in lots}) == len({service.locality for service in lots}) == 7


# A preset of an office's own


def test_an_office_s_own_preset_is_read_from_its_file(tmp_path):
    path = tmp_path / "ours.toml"
    words = (
        '[preset]\nlabel = "Ours"\nas_at = 2026-07-14\n'
        '[[stage]]\nid = "home"\nlabel = "Home"\nletter = "O"\ncolour = "independent"\nlevel = 10\nown_home = true\n'
    )
    path.write_text(words, encoding="utf-8")
    preset = read_preset(str(path))
    assert (preset.key, preset.label, [stage.label for stage in preset.stages]) == ("ours", "Ours", ["Home"])
    with pytest.raises(Invalid, match="tells of no people"):
        make_preset_demo(tmp_path / "demo.mhtracker", preset)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("label = ", "is not written as a preset"),
        ("[preset]\nas_at = 2026-07-14\n", "“label” is missing"),
        ('[preset]\nlabel = "O"\nas_at = "soon"\n', "“as_at” is missing"),
        ('[preset]\nlabel = "O"\nas_at = 2026-07-14\ncolour = 3\n', "“colour” is not something a preset tells"),
        ('[preset]\nlabel = "O"\nas_at = 2026-07-14\n[[service]]\nname = "S"\nstage = "moon"\n', "says “moon”"),
        ('[preset]\nlabel = "O"\nas_at = 2026-07-14\n[[stage]]\nid = "a"\n', "is missing"),
        (
            '[preset]\nlabel = "O"\nas_at = 2026-07-14\n[[cost_table]]\nname = "T"\nas_is_on = 2026-01-01\n'
            'rows = [{label = "L", as_is = [1, 2, 3]}]\n',
            "is people and pounds a year",
        ),
        (
            '[preset]\nlabel = "O"\nas_at = 2026-07-14\n[[people]]\ncount = 1\nstage_id = "a"\nweek_before = 10\n',
            "needs since",
        ),
        (
            '[preset]\nlabel = "O"\nas_at = 2026-07-14\n[[table]]\ntitle = "T"\nwhere = "1"\ncolumns = ["A", "B"]\n'
            'rows = [["x"]]\n',
            "has rows that are not 2 long",
        ),
    ],
)
def test_a_preset_that_cannot_be_used_is_refused_by_its_file_part_and_word(tmp_path: Path, words: str, says: str):
    path = tmp_path / "ours.toml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(Invalid, match=says) as refused:
        read_preset(str(path))
    assert "ours.toml" in str(refused.value)


def test_a_name_that_is_no_preset_is_answered_with_those_there_are():
    with pytest.raises(NotFound, match="moving-on, recovery-fps"):
        read_preset("moving_on")
