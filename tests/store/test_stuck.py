"""Who is stuck means one thing: the list, the board and the manager's figures name the same people."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhtracker.analysis.columns.flow import stay_lengths_of
from mhtracker.analysis.columns.reading import read_columns
from mhtracker.analysis.columns.spells import build_columns
from mhtracker.analysis.progress import first_figures, year_to
from mhtracker.domain.counting.stay_lengths import StayLengths
from mhtracker.domain.counting.stuck import over_by, stuck_after
from mhtracker.domain.records import Person, Placement, Stage
from mhtracker.operations.demo.making import make_demo
from mhtracker.store import FixedClock, create_register
from mhtracker.store.queries.board import read_board
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, caseload_ids, count_each
from mhtracker.store.queries.stuck import stay_lengths_by_stage, stuck_marks

TODAY = date(2026, 7, 14)
STUCK = CaseloadQuery((Filter("stuck", "=", "yes"),))
days = st.integers(0, 60).map(lambda number: TODAY + timedelta(days=10 * number - 500))
stays = st.lists(
    st.tuples(
        st.sampled_from(("hospital", "residential", "enablement", "supported", "independent")),
        days,
        st.none() | days,
        st.sampled_from((None, "died")),
    ),
    max_size=5,
)
people = st.lists(st.tuples(st.none() | days, st.none() | days, st.sampled_from((None, "error")), stays), max_size=14)


class Enough(Exception):
    """Ends an example, so that nothing of it is kept for the next."""


def records_of(number, each):
    died_on, left_on, left_reason, held = each
    yield Person(f"p{number}", f"MHT-{number}", "Invented", died_on=died_on, left_on=left_on, left_reason=left_reason)
    for place, (stage, start, end, reason) in enumerate(held):
        ended_on = max(start, end) if end is not None else None
        yield Placement(f"s{number}-{place}", f"p{number}", stage, start, ended_on, end_reason=reason)


def lengths_by_columns(store, day):
    found = stay_lengths_of(build_columns(read_columns(store, day)))
    return {stage_id: lengths for stage_id, lengths in found.items() if lengths.people}


def kept_lengths(store, day):
    return {stage_id: found for stage_id, found in stay_lengths_by_stage(store, day).items() if found.people}


def the_same_people(store, day):
    listed = set(caseload_ids(store, STUCK, day))
    found = first_figures(store, year_to(day), day).stuck
    assert {each.person_id for each in found} == listed
    marks = stuck_marks(store, day)
    assert all(each.over_days == each.days - marks[each.stage_id] > 0 for each in found)
    return listed


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("stuck") / "register.mhtracker"
    with create_register(path, who="Ann", clock=FixedClock(TODAY)) as store:
        yield store


@settings(max_examples=60, deadline=None)
@given(found=people, more=people, back=st.integers(-60, 200))
def test_the_list_and_the_manager_name_the_same_people_and_what_is_kept_keeps_up(empty, found, more, back):
    day = TODAY - timedelta(days=back)
    with suppress(Enough), empty.operation("Add people") as work:
        work.add_many([record for number, each in enumerate(found) for record in records_of(number, each)])
        empty.forget()
        assert kept_lengths(empty, day) == lengths_by_columns(empty, day)
        the_same_people(empty, day)
        raise Enough


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with make_demo(tmp_path_factory.mktemp("stuck") / "demo.mhtracker", people=120, as_at=TODAY) as store:
        yield store


@pytest.mark.parametrize("back", [0, 200, 900])
def test_in_the_demo_list_board_and_figures_name_the_same_people(demo, back):
    day = TODAY - timedelta(days=back)
    listed = the_same_people(demo, day)
    assert listed or back
    board = read_board(demo, day, filters=STUCK.filters)
    assert board.people == len(listed)


def test_marks_keep_up_with_what_is_recorded_and_undone(demo):
    before = kept_lengths(demo, TODAY)
    someone = next(each for each in demo.find(Placement, stage_id="residential", ended_on=None))
    with demo.operation("End it") as work:
        work.save(
            Placement(
                **{
                    **{name: getattr(someone, name) for name in someone.__slots__},
                    "ended_on": TODAY,
                    "end_reason": "died",
                }
            )
        )
    assert kept_lengths(demo, TODAY) == lengths_by_columns(demo, TODAY) != before
    demo.undo()
    assert kept_lengths(demo, TODAY) == before


def test_the_count_of_those_not_stuck_is_everybody_else(demo):
    asked = [STUCK, CaseloadQuery((Filter("stuck", "=", "no"),)), CaseloadQuery()]
    stuck, others, everybody = count_each(demo, asked, TODAY)
    assert stuck + others == everybody


RESIDENTIAL = Stage("residential", "Residential", "R", "residential", 30, limit_days=730)


@pytest.mark.parametrize(
    ("stage", "lengths", "mark"),
    [
        (RESIDENTIAL, None, 730),
        (RESIDENTIAL, StayLengths(40, 10, 100, 200, 300), 300),
        (RESIDENTIAL, StayLengths(40, 9, 100, 200, 300), 730),
        (RESIDENTIAL, StayLengths(40, 10, 100, 200, 900), 730),
        (RESIDENTIAL, StayLengths(40, 10, 100, None, None), 730),
        (Stage("h", "Hospital", "H", "hospital", 10), StayLengths(40, 10, 1, 2, 3), 3),
        (Stage("h", "Hospital", "H", "hospital", 10), StayLengths(40, 9, 1, 2, 3), None),
        (Stage("i", "Home", "I", "independent", 80, limit_days=5, own_home=True), StayLengths(40, 40, 1, 2, 3), None),
    ],
)
def test_the_shorter_mark_counts_and_three_in_four_only_once_ten_stays_have_ended(stage, lengths, mark):
    assert stuck_after(stage, lengths) == mark


def test_somebody_is_stuck_from_the_day_after_the_mark():
    assert over_by(TODAY - timedelta(days=84), 84, TODAY) == 0
    assert over_by(TODAY - timedelta(days=85), 84, TODAY) == 1
    assert over_by(None, 84, TODAY) == over_by(TODAY, None, TODAY) == 0
