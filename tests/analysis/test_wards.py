"""A stay on an NHS ward costs the council nothing unless a cost is recorded, so nobody is asked to record one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mhtracker.analysis.columns.money import money_of
from mhtracker.analysis.columns.reading import read_columns
from mhtracker.analysis.columns.spells import build_columns
from mhtracker.analysis.facts import read_everybody
from mhtracker.analysis.flow import flow
from mhtracker.analysis.money import count_money, read_paying
from mhtracker.analysis.quality import count_doubts, find_doubts
from mhtracker.domain.money.costs import WeeklyCost, cost_on
from mhtracker.domain.records import CostTableRow, Person, Placement, Stage, new_id
from mhtracker.domain.stage_kinds import is_hospital
from mhtracker.operations.money.cost_tables import start_table
from mhtracker.store import FixedClock, create_register
from mhtracker.store.queries.costs import read_stage_costs

TODAY = date(2026, 7, 14)


def test_a_ward_costs_nothing_until_a_cost_is_recorded():
    stay = Placement("a", "p", "hospital", date(2026, 1, 5))
    assert cost_on(stay, (), (), (), TODAY, ward=True) == WeeklyCost(0)
    assert cost_on(stay, (), (), (), TODAY) is None
    assert cost_on(replace(stay, weekly_cost_pence=500_00), (), (), (), TODAY, ward=True) == WeeklyCost(500_00)


def test_a_hospital_is_known_by_what_the_stage_is_and_else_by_a_place_being_kept():
    ward = Stage("ward", "Ward", "W", "hospital", 10)
    kinds = (replace(ward, kind="hospital"), replace(ward, keeps_place=True), ward, replace(ward, kind="residential"))
    assert [is_hospital(each) for each in kinds] == [True, True, False, False]


def test_the_cost_of_a_ward_is_not_asked_for(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        people = [Person(new_id(), f"R{number}", "PRÓBA") for number in range(3)]
        stages = ("hospital", "supported", "supported")
        stays = [Placement(new_id(), who.id, stage, TODAY) for who, stage in zip(people, stages, strict=True)]
        with store.operation("Add") as work:
            work.add_many([*people, *stays[:2], replace(stays[2], weekly_cost_pence=684_20)])
        facts = read_everybody(store, TODAY)
        found = [doubt.people for doubt in find_doubts(facts) if doubt.key == "cost"]
        assert found == [(people[1].id,)]
        assert find_doubts(facts) == count_doubts(facts)
        moved, paying = flow((), facts.stages, TODAY, TODAY), read_paying(store, TODAY)
        money = count_money(paying, moved)
        assert (money.on_wards, money.unknown) == ((people[0].id,), (people[1].id,))
        assert money.period.unknown_days == 1, "the day on the ward is none of them"
        assert money == money_of(store, build_columns(read_columns(store, TODAY)), moved)
        costs = read_stage_costs(store, TODAY)
        assert (costs["hospital"].people, costs["hospital"].weekly_net, costs["hospital"].unknown) == (1, 0, 0)
        assert costs["supported"].unknown == 1
        table = start_table(store, name="As is", as_is_on=TODAY)
        assert [row.stage_id for row in store.find(CostTableRow, table_id=table.id)] == ["supported"]
