"""Everybody stands in one ribbon, from where they began to where they ended."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from mhtracker.analysis.flow import flow
from mhtracker.analysis.paths import DIED, LEFT, NEW, follow
from mhtracker.domain.counting.spells import Exit, Spell
from mhtracker.domain.pathway import DEFAULT_STAGES

STAGES = {stage.id: stage for stage in DEFAULT_STAGES}
FROM, TO = date(2026, 4, 1), date(2026, 7, 14)
BEFORE, WITHIN, LATER = date(2025, 1, 1), date(2026, 5, 1), date(2026, 6, 1)


def ribbons(*spells: Spell) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(each.from_key, each.to_key): each.people for each in follow(flow(spells, STAGES, FROM, TO))}


def test_who_moved_came_left_and_died_each_have_their_ribbon():
    found = ribbons(
        Spell("stays", "residential", BEFORE),
        Spell("moves", "residential", BEFORE, WITHIN, Exit.ONWARD, "supported"),
        Spell("moves", "supported", WITHIN),
        Spell("new", "hospital", WITHIN),
        Spell("dies", "supported", BEFORE, WITHIN, Exit.DIED),
        Spell("leaves", "supported", BEFORE, WITHIN, Exit.LEFT),
        Spell("through", "hospital", WITHIN, LATER, Exit.LEFT),
    )
    assert found == {
        (NEW, "hospital"): ("new",),
        (NEW, LEFT): ("through",),
        ("residential", "residential"): ("stays",),
        ("residential", "supported"): ("moves",),
        ("supported", LEFT): ("leaves",),
        ("supported", DIED): ("dies",),
    }


def test_a_move_and_a_return_within_the_period_stand_where_they_began():
    found = ribbons(
        Spell("back", "residential", BEFORE, WITHIN, Exit.ONWARD, "supported"),
        Spell("back", "supported", WITHIN, LATER, Exit.BACK, "residential"),
        Spell("back", "residential", LATER),
    )
    assert found == {("residential", "residential"): ("back",)}


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(sorted(STAGES)), st.integers(-400, 100), st.integers(1, 300)), max_size=12))
def test_everybody_stands_in_exactly_one_ribbon(lives):
    spells = []
    for number, (stage, begins, days) in enumerate(lives):
        start = date.fromordinal(FROM.toordinal() + begins)
        end = date.fromordinal(start.toordinal() + days)
        ended = end if end <= TO else None
        spells.append(Spell(f"p{number}", stage, start, ended, Exit.LEFT if ended else None))
    moved = flow(spells, STAGES, FROM, TO)
    found = follow(moved)
    people = [person for each in found for person in each.people]
    assert len(people) == len(set(people))
    opening = [person for each in moved.stages for person in each.opening]
    assert sorted(p for each in found if each.from_key in STAGES for p in each.people) == sorted(opening)
