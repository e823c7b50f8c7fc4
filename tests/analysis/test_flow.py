"""Flow: opening + in - out = closing, whatever happened; and who moved which way."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mhtracker.analysis.flow import flow, returns_within
from mhtracker.domain.counting.spells import Exit, Spell
from mhtracker.domain.pathway import DEFAULT_STAGES
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
    assert returns_within(lived, NOW) == (1, 3)


def test_the_closing_of_a_period_is_the_opening_of_the_next_though_somebody_is_between_two_places():
    from mhtracker.domain.counting.spells import build_spells
    from mhtracker.domain.records import Person, Placement

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
