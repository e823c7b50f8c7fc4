"""What is counted from columns is exactly what is counted one person at a time, with the same people behind it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhtracker.analysis.columns.flow import flow_of, returns_of, stay_lengths_of
from mhtracker.analysis.columns.held_up import delays_of
from mhtracker.analysis.columns.measures import status_measures_of, still_home_of, sustained_of
from mhtracker.analysis.columns.reading import read_columns
from mhtracker.analysis.columns.spells import build_columns
from mhtracker.analysis.facts import Facts, read_everybody
from mhtracker.analysis.flow import flow, returns_within
from mhtracker.analysis.held_up import count_delays
from mhtracker.analysis.measures import status_measures, still_home, sustained
from mhtracker.domain.counting.stay_lengths import stay_lengths
from mhtracker.domain.records import Barrier, LegalAndStatus, Person, Placement, StatusKind, Team, new_id
from mhtracker.operations.demo.making import make_demo
from mhtracker.store import FixedClock, create_register
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload
from mhtracker.store.queries.review_states import review_states

TODAY = date(2026, 7, 14)
STAGES = ("hospital", "nursing", "residential", "enablement", "supported", "floating", "independent")
CODES = ("owner", "tenant_council", "unknown", "hospital", "paid_under_16", "not_seeking")
days = st.integers(0, 60).map(lambda number: TODAY + timedelta(days=10 * number - 500))
maybe = st.none() | days


def placements():
    end = st.tuples(maybe, st.sampled_from((True, False, None)), st.sampled_from((None, "died", "evicted")))
    return st.lists(st.tuples(st.sampled_from(STAGES), days, end), max_size=6)


people = st.tuples(
    maybe,
    maybe,
    st.sampled_from((None, "error", "independent")),
    st.none() | st.integers(0, 40_000).map(lambda number: date(1915, 2, 28) + timedelta(days=number)),
    st.sampled_from((None, "mental_health", "physical")),
    placements(),
    st.lists(st.tuples(st.sampled_from(("housing", "funding")), days, maybe), max_size=4),
    st.lists(
        st.tuples(
            st.sampled_from(("accommodation", "employment", "s117")), st.sampled_from(CODES), maybe, maybe, maybe
        ),
        max_size=5,
    ),
    st.sampled_from((None, "east", "west")),
)


def records_of(number, each):
    died_on, left_on, left_reason, born_on, support, stays, barriers, statuses, team_id = each
    person = Person(
        f"p{(number * 7) % 10}", f"MHT-{number}", "Invented", born_on=born_on, died_on=died_on, left_on=left_on,
        left_reason=left_reason, primary_support=support, team_id=team_id,
    )  # fmt: skip
    yield person
    for stage, start, (end, planned, reason) in stays:
        end = max(start, end) if end is not None else None
        yield Placement(new_id(), person.id, stage, start, end, planned=planned, end_reason=reason)
    for code, start, end in barriers:
        yield Barrier(new_id(), person.id, code, start, max(start, end) if end is not None else None)
    for kind, code, start, end, expires in statuses:
        yield LegalAndStatus(new_id(), person.id, StatusKind(kind), code, start, end, expires_on=expires)


def told(share):
    return (share.name, share.definition, share.counted, share.of, share.left_out)


def all_the_same(store, day, from_on, team_id=None):
    """Every figure from columns against its meaning, one person at a time."""
    facts = read_everybody(store, day, team_id)
    everybody = read_columns(store, day, team_id)
    spells = build_columns(everybody)
    assert everybody.ids.tolist() == list(facts.people)
    assert list(spells.told(spells.started > 0)) == facts.all_spells()
    assert Facts(store, day, spells).spells == facts.spells
    assert Facts(store, day, spells).on_pathway == facts.on_pathway
    assert Facts(store, day, spells, team_id).barriers == facts.barriers
    assert flow_of(spells, from_on, day) == flow(facts.all_spells(), facts.stages, from_on, day)
    lengths = {
        stage: stay_lengths((s.days(day), s.ended_on is not None) for s in facts.all_spells() if s.stage_id == stage)
        for stage in facts.stages
    }
    assert stay_lengths_of(spells) == lengths
    wards = {
        who: [stay.started_on for stay in each.placements if stay.stage_id == "hospital"]
        for who, each in facts.people.items()
    }
    for length in (365, 60):
        returned = returns_within(facts.spells.values(), facts.stages, day, length, wards=wards)
        assert returns_of(spells, length) == returned
    found, wanted = status_measures_of(everybody, facts.services), status_measures(facts)
    assert {key: told(share) for key, share in found.items()} == {key: told(share) for key, share in wanted.items()}
    assert told(still_home_of(spells, from_on, day)) == told(still_home(facts, from_on, day))
    for months in (1, 6, 12):
        assert told(sustained_of(spells, months, from_on, day)) == told(sustained(facts, months, from_on, day))
    assert delays_of(everybody, from_on) == count_delays(facts, from_on)


class Enough(Exception):
    """Ends an example, so that nothing of it is kept for the next."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("columns") / "register.mhtracker"
    with create_register(path, who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add teams") as work:
            work.add_many([Team("east", "East"), Team("west", "West")])
        yield store


@settings(max_examples=100, deadline=None)
@given(found=st.lists(people, max_size=6), back=st.integers(-60, 200), length=st.integers(0, 500))
def test_columns_count_what_looking_at_each_person_counts(empty, found, back, length):
    day = TODAY - timedelta(days=back)
    with suppress(Enough), empty.operation("Add people") as work:
        work.add_many([record for number, each in enumerate(found) for record in records_of(number, each)])
        for team_id in (None, "east"):
            all_the_same(empty, day, day - timedelta(days=length), team_id)
        raise Enough


@pytest.mark.parametrize("back", [0, 200, 900, 9000])
def test_columns_count_the_demo_as_looking_at_each_person_does(tmp_path, back):
    with make_demo(tmp_path / "demo.mhtracker", people=120, as_at=TODAY) as store:
        day = TODAY - timedelta(days=back)
        all_the_same(store, day, day - timedelta(days=400))
        lines = [line for line in list_caseload(store, CaseloadQuery(), day) if line.review_due_on is not None]
        stands = [(line.person_id, line.review_due(day).state, line.review_never) for line in lines]
        assert review_states(store, day) == stands
