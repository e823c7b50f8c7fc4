"""Flow: opening + in - out = closing, whatever happened; and who moved which way."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mhtracker.analysis.flow import Move, flow, returns_within
from mhtracker.domain.counting.spells import Exit, Spell, build_spells
from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import Person, Placement
from mhtracker.domain.standing import person_on, placements_on
from tests.analysis.invented_lives import Rates, lives

STAGES = {stage.id: stage for stage in DEFAULT_STAGES}
NOW = date(2026, 7, 14)


@given(st.integers(0, 10_000), st.integers(0, 900), st.integers(0, 400))
def test_opening_and_in_less_out_is_closing_for_every_stage_and_window(seed, back, length):
    chance = random.Random(seed)
    spells = [spell for life in lives(chance, 30, Rates(onward=0.05, returned=0.05), NOW) for spell in life]
    start = NOW - timedelta(days=back)
    found = flow(spells, STAGES, start, start + timedelta(days=length))
    for each in found.stages:
        there = Counter(each.opening) + Counter(each.came)
        there.subtract(each.went)
        assert +there == Counter(each.closing)
    moved = Counter(move.from_stage_id for move in found.moves) + Counter(spell.stage_id for spell in found.ended)
    assert moved == Counter({each.stage_id: len(each.went) for each in found.stages if each.went})


def test_who_moved_which_way():
    spells = [
        Spell("a", "residential", date(2020, 1, 1), date(2026, 7, 1), Exit.ONWARD, "supported", planned=True),
        Spell("a", "supported", date(2026, 7, 1)),
        Spell("b", "supported", date(2025, 1, 1), date(2026, 7, 2), Exit.BACK, "residential", planned=False),
        Spell("b", "residential", date(2026, 7, 2)),
        Spell("c", "residential", date(2025, 1, 1), date(2026, 7, 3), Exit.DIED),
        Spell("d", "residential", date(2026, 7, 5), date(2026, 7, 5), Exit.ONWARD, "supported"),
        Spell("d", "supported", date(2026, 7, 5)),
    ]
    found = flow(spells, STAGES, date(2026, 7, 1), date(2026, 7, 31))
    residential = next(each for each in found.stages if each.stage_id == "residential")
    assert (residential.opening, residential.came, residential.went, residential.closing) == (
        ["a", "c"], ["b", "d"], ["a", "c", "d"], ["b"],
    )  # fmt: skip
    assert (found.count(Exit.ONWARD), found.count(Exit.BACK)) == (2, 1)
    assert found.planned_share == (1, 2)
    assert [spell.person_id for spell in found.ended] == ["c"]


def test_returns_leave_out_those_not_watched_for_long_enough():
    def life(name: str, moved: date, back: date | None) -> list[Spell]:
        first = Spell(name, "residential", date(2020, 1, 1), moved, Exit.ONWARD, "supported")
        if back is None:
            return [first, Spell(name, "supported", moved)]
        home = Spell(name, "supported", moved, back, Exit.BACK, "residential")
        return [first, home, Spell(name, "residential", back)]

    lived = [
        life("soon back", date(2024, 1, 1), date(2024, 6, 1)),
        life("late back", date(2024, 1, 1), date(2025, 6, 1)),
        life("stayed", date(2024, 1, 1), None),
        life("just moved", date(2026, 6, 1), None),
    ]
    assert returns_within(lived, STAGES, NOW, wards={}) == (1, 3)


def test_the_closing_of_a_period_is_the_opening_of_the_next_though_somebody_is_between_two_places():
    person = Person("p", "R1", "PRÓBA")
    stays = [
        Placement("a", "p", "residential", date(2025, 1, 1), date(2026, 2, 14)),
        Placement("b", "p", "hospital", date(2026, 4, 12)),
    ]
    stages = {stage.id: stage for stage in DEFAULT_STAGES}

    def counted(first: date, last: date) -> dict[str, tuple[int, int]]:
        moved = flow(build_spells(person, stays, stages, last), stages, first, last)
        return {each.stage_id: (len(each.opening), len(each.closing)) for each in moved.stages}

    before = counted(date(2026, 1, 1), date(2026, 3, 31))
    after = counted(date(2026, 4, 1), date(2026, 7, 14))
    for stage_id in stages:
        assert before[stage_id][1] == after[stage_id][0], stage_id
    assert before["residential"] == (1, 0)
    assert after["hospital"] == (0, 1)


STAYS = st.lists(
    st.tuples(
        st.sampled_from(("hospital", "residential", "supported", "visiting", "independent")),
        st.integers(0, 60),  # days in no place before it
        st.integers(0, 200),  # days there
        st.integers(-30, 30).map(lambda days: max(0, days)),  # of them so many in hospital, the place being kept
    ),
    min_size=1,
    max_size=6,
)


@given(STAYS, st.sampled_from((None, "left", "died")), st.lists(st.integers(1, 90), min_size=1, max_size=12))
def test_the_moves_of_the_parts_of_a_period_are_those_of_the_whole(stays, gone, lengths):
    """Whatever is seen from the end of each part, with days in no place on its edges and hospital stays over them."""
    first, placements = date(2025, 1, 1), []
    day = first
    for number, (stage_id, between, there, on_ward) in enumerate(stays):
        began = day + timedelta(days=between)
        day = began + timedelta(days=there)
        placements.append(Placement(f"s{number}", "p", stage_id, began, day))
        if 2 < on_ward + 2 < there and stage_id != "hospital":
            ward = began + timedelta(days=1)
            placements.append(Placement(f"w{number}", "p", "hospital", ward, ward + timedelta(days=on_ward)))
    person = Person("p", "R1", "PRÓBA")
    person = replace(person, left_on=day) if gone == "left" else replace(person, died_on=day) if gone else person

    def moves(from_on: date, to_on: date) -> list[Move]:
        seen = placements_on(placements, to_on)
        return list(flow(build_spells(person_on(person, to_on), seen, STAGES, to_on), STAGES, from_on, to_on).moves)

    parts, begins = [], first
    for length in lengths:
        ends = begins + timedelta(days=length - 1)
        parts += moves(begins, ends)
        begins = ends + timedelta(days=1)
    assert sorted(parts, key=str) == sorted(moves(first, begins - timedelta(days=1)), key=str)


def test_a_move_is_made_on_the_first_day_in_the_new_stage():
    stays = [
        Placement("a", "p", "residential", date(2025, 1, 1), date(2026, 5, 30), planned=True),
        Placement("b", "p", "supported", date(2026, 6, 2)),
    ]

    def counted(month: int, last: int) -> tuple[list[Move], dict[str, tuple[int, int, int, int]]]:
        first, ends = date(2026, month, 1), date(2026, month, last)
        spells = build_spells(Person("p", "R1", "PRÓBA"), placements_on(stays, ends), STAGES, ends)
        found = flow(spells, STAGES, first, ends)
        numbers = {s.stage_id: (len(s.opening), len(s.came), len(s.went), len(s.closing)) for s in found.stages}
        return list(found.moves), {stage: each for stage, each in numbers.items() if any(each)}

    assert counted(5, 31) == ([], {"residential": (1, 0, 1, 0)})
    move = Move("p", date(2026, 5, 30), date(2026, 6, 2), "residential", "supported", Exit.ONWARD, planned=True)
    assert counted(6, 30) == ([move], {"supported": (0, 1, 0, 1)})
