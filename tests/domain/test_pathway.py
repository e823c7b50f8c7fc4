"""Placements chain: what holds when, gaps, overlaps and directions."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain import pathway
from mhtracker.domain.pathway import DEFAULT_STAGES, Direction
from mhtracker.domain.records import Placement

STAGES = pathway.by_id(DEFAULT_STAGES)
START = date(2024, 1, 1)


def stay(stage, first, last=None, name=None):
    ends = None if last is None else START + timedelta(days=last)
    return Placement(name or f"{stage}{first}", "p", stage, START + timedelta(days=first), ends)


def day(number):
    return START + timedelta(days=number)


def test_stages_rise_and_are_told_apart_by_letter():
    levels = [stage.level for stage in DEFAULT_STAGES]
    assert levels == sorted(set(levels))
    assert len({stage.letter for stage in DEFAULT_STAGES}) == len(DEFAULT_STAGES)
    assert [stage.id for stage in DEFAULT_STAGES if stage.keeps_place] == ["hospital"]


def test_someone_has_left_on_the_day_a_stay_ends():
    home = stay("residential", 0, 10)
    assert pathway.current_placement([home], day(9)) == home
    assert pathway.current_placement([home], day(10)) is None
    assert pathway.current_placement([home], day(-1)) is None


def test_on_the_day_of_a_move_the_new_stay_holds():
    old, new = stay("residential", 0, 10), stay("supported", 10)
    assert pathway.current_placement([new, old], day(10)) == new


def test_a_hospital_stay_is_where_someone_is_while_the_place_is_kept():
    home, ward = stay("supported", 0), stay("hospital", 20, 30)
    assert pathway.current_placement([ward, home], day(25)) == ward
    assert pathway.current_placement([ward, home], day(30)) == home
    assert pathway.overlaps([ward, home], STAGES) == []


def test_a_place_taken_before_leaving_hospital_is_no_kept_place():
    ward, home = stay("hospital", 0, 30), stay("supported", 20)
    assert pathway.overlaps([home, ward], STAGES) == [(ward, home)]


def test_two_hospital_stays_may_not_overlap():
    one, other = stay("hospital", 0, 30), stay("hospital", 20, 40)
    assert pathway.overlaps([other, one], STAGES) == [(one, other)]


def test_a_gap_has_the_days_between():
    old, new = stay("residential", 0, 10), stay("enablement", 65)
    (gap,) = pathway.gaps([new, old], day(100))
    assert (gap.before, gap.after, gap.days) == (old, new, 55)
    assert pathway.gaps([new, old], day(60)) == []


def test_a_kept_place_leaves_no_gap_after_hospital():
    home, ward, later = stay("supported", 0, 50), stay("hospital", 20, 30), stay("independent", 50)
    assert pathway.gaps([home, ward, later], day(100)) == []


def test_meeting_ends_and_stays_of_no_days_do_not_overlap():
    old, moment, new = stay("residential", 0, 10), stay("enablement", 10, 10), stay("supported", 10)
    assert pathway.overlaps([new, old, moment], STAGES) == []
    assert pathway.gaps([new, old, moment], day(20)) == []
    assert pathway.in_order([new, moment, old]) == [old, moment, new]


def test_two_stays_without_an_end_overlap_for_good():
    one, other = stay("residential", 0), stay("supported", 5)
    assert pathway.overlap(one, other) == (day(5), None)
    assert pathway.overlaps([one, other], STAGES) == [(one, other)]


def test_direction_follows_level_and_a_new_service_is_a_transfer():
    assert pathway.direction(STAGES["residential"], STAGES["supported"]) == Direction.ONWARD
    assert pathway.direction(STAGES["supported"], STAGES["hospital"]) == Direction.BACK
    assert pathway.direction(STAGES["supported"], STAGES["supported"]) == Direction.TRANSFER


def test_an_aim_is_reached_by_its_stage_or_a_more_independent_one():
    assert pathway.reaches(STAGES["independent"], STAGES["supported"])
    assert pathway.reaches(STAGES["supported"], STAGES["supported"])
    assert not pathway.reaches(STAGES["enablement"], STAGES["supported"])


SPANS = st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(0, 15)))


@given(one=SPANS, other=SPANS)
def test_overlap_is_the_days_on_which_both_hold(one, other):
    first, second = (
        stay("supported", a, None if b is None else a + b, str(n)) for n, (a, b) in enumerate((one, other))
    )
    shared = [day(n) for n in range(80) if pathway.holds_on(first, day(n)) and pathway.holds_on(second, day(n))]
    found = pathway.overlap(first, second)
    assert found == pathway.overlap(second, first)
    if shared:
        assert found is not None
        assert found[0] == shared[0]
        assert found[1] in (shared[-1], None)
    else:
        zero = [p for p in (first, second) if p.started_on == p.ended_on]
        assert found is None or zero


@given(spans=st.lists(SPANS, max_size=6))
def test_no_placement_holds_inside_a_gap(spans):
    stays = [stay("supported", a, None if b is None else a + b, str(n)) for n, (a, b) in enumerate(spans)]
    for gap in pathway.gaps(stays, day(100)):
        assert gap.days > 0
        for n in range(gap.days):
            assert pathway.current_placement(stays, gap.from_on + timedelta(days=n)) is None
