"""Lists: states, filters, sorting and pages in SQL say what the domain says, on every engine."""

import functools
import operator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.dates import age_on
from mhtracker.domain.errors import Invalid
from mhtracker.domain.names import fold
from mhtracker.domain.records import DueState, MoveOnPlan, Review, Setting, Target, new_id
from mhtracker.domain.reviewing.due import due_state
from mhtracker.store import create_register
from mhtracker.store.queries.caseload import (
    COLUMNS,
    CaseloadQuery,
    Filter,
    caseload_ids,
    count_caseload,
    lines_of,
    list_caseload,
    parse_filter,
    parse_sort,
    values_in_use,
)
from mhtracker.store.queries.due import list_due
from tests.store.life import UNSHRUNK, Life
from tests.store.registers import AS_AT, Hands, a_person, a_stay, add

EVERYBODY = Filter("status", "=", "all")


def a_busy_register(store, seed=5, steps=60):
    """A random life, in which somebody is sure to have left and somebody to have died."""
    life = Life(seed)
    for _ in range(steps):
        life.step(store)
    day = AS_AT - timedelta(days=30)
    add(store, replace(a_person("T-left"), left_on=day), replace(a_person("T-died"), died_on=day))
    return store


def listed(store, *filters, sort=(), as_at=AS_AT, text=""):
    return list_caseload(store, CaseloadQuery(tuple(map(parse_filter, filters)), tuple(sort), text), as_at)


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    with create_register(tmp_path_factory.mktemp("busy") / "busy.mhtracker", who="Ann", clock=Hands()) as store:
        yield a_busy_register(store)


@settings(max_examples=40, phases=UNSHRUNK)
@given(days=st.integers(-800, 800))
def test_states_in_sql_are_due_state_for_every_person_and_day(busy, days):
    day = AS_AT + timedelta(days=days)
    everyone = {line.person_id: line for line in list_caseload(busy, CaseloadQuery((EVERYBODY,)), day)}
    for column in ("review", "target"):
        wanted: dict[str, set[str]] = {state: set() for state in DueState}
        for person_id, line in everyone.items():
            due_on = line.review_due_on if column == "review" else line.target_on
            soon = (due_on - line.review_soon_on).days if column == "review" and due_on else 14
            wanted[due_state(due_on, day, soon)].add(person_id)
        for state in DueState:
            query = CaseloadQuery((EVERYBODY, Filter(column, "=", state)))
            assert set(caseload_ids(busy, query, day)) == wanted[state], (column, state)
            assert count_caseload(busy, query, day) == len(wanted[state])
            other = CaseloadQuery((EVERYBODY, Filter(column, "!=", state)))
            assert set(caseload_ids(busy, other, day)) == everyone.keys() - wanted[state]


def test_the_office_s_own_soon_days_hold_for_targets_in_lists_and_in_due(register):
    store = register.open()
    person = a_person()
    plan = MoveOnPlan(new_id(), person.id, "supported", started_on=date(2026, 1, 1))
    target = Target(new_id(), plan.id, person.id, AS_AT + timedelta(days=20), date(2026, 1, 1))
    add(store, person, a_stay(person), plan, target)
    assert listed(store, "target=due_soon") == []
    add(store, Setting("review_rules", '{"soon_days": 28}'))
    (line,) = listed(store, "target=due_soon")
    assert line.target_due(AS_AT, store.review_rules().soon_days).state == DueState.DUE_SOON
    assert "target" in {item.kind for item in list_due(store, AS_AT)}


SORTS = {
    "name": lambda line: line.name_key,
    "ref": lambda line: line.ref,
    "born": lambda line: line.born_on,
    "stage": lambda line: line.stage_level,
    "service": lambda line: line.service,
    "since": lambda line: line.since_on,
    "worker": lambda line: line.worker,
    "locality": lambda line: line.locality,
    "target": lambda line: line.target_on,
    "original_target": lambda line: line.target_original_on,
    "slips": lambda line: line.slips,
    "review": lambda line: line.review_due_on,
    "last_review": lambda line: line.last_reviewed_on,
    "booked": lambda line: line.review_booked_on,
    "weekly_cost": lambda line: line.weekly_cost_pence,
    "local_id": lambda line: line.local_id,
    "nhs_number": lambda line: line.nhs_number,
}


@pytest.mark.parametrize("column", SORTS)
@pytest.mark.parametrize("down", [False, True])
def test_every_sort_is_python_s_with_unknown_last_and_names_breaking_ties(busy, column, down):
    value = SORTS[column]

    def before(one, other):
        a, b = value(one), value(other)
        if a != b:
            if a is None or b is None:
                return 1 if a is None else -1
            return (-1 if a < b else 1) * (-1 if down else 1)
        a, b = (one.name_key, one.person_id), (other.name_key, other.person_id)
        return (a > b) - (a < b)

    lines = list_caseload(busy, CaseloadQuery((EVERYBODY,), ((column, down),)), AS_AT)
    assert [line.ref for line in lines] == [line.ref for line in sorted(lines, key=functools.cmp_to_key(before))]


def test_more_days_and_greater_age_are_earlier_dates(busy):
    for column, date_of in (("days", lambda line: line.since_on), ("age", lambda line: line.born_on)):
        lines = list_caseload(busy, CaseloadQuery((EVERYBODY,), ((column, True),)), AS_AT)
        known = [date_of(line) for line in lines if date_of(line)]
        assert known == sorted(known)
        assert parse_sort(f"-{column}") == (column, True)


@pytest.mark.parametrize("op", ["<", "<=", "=", ">=", ">", "!="])
def test_comparisons_are_python_s(busy, op):
    compare = {"<": operator.lt, "<=": operator.le, "=": operator.eq, ">=": operator.ge, ">": operator.gt}.get(
        op, operator.ne
    )
    everyone = list_caseload(busy, CaseloadQuery((EVERYBODY,)), AS_AT)
    for column, value, found in (
        ("slips", 1, lambda line: line.slips),
        ("days", 300, lambda line: line.days_in_stage(AS_AT)),
        ("age", 20, lambda line: age_on(line.born_on, AS_AT) if line.born_on else None),
        ("review", AS_AT + timedelta(days=30), lambda line: line.review_due_on),
        ("since", AS_AT - timedelta(days=200), lambda line: line.since_on),
        ("weekly_cost", 500, lambda line: line.weekly_cost_pence / 100 if line.weekly_cost_pence is not None else None),
    ):
        told = {line.ref for line in listed(busy, "status=all", f"{column}{op}{value}")}
        # What is unknown is not equal to anything, and neither more nor less.
        wanted = {line.ref for line in everyone if (op == "!=" if found(line) is None else compare(found(line), value))}
        assert told == wanted, (column, op)


def test_text_filters_take_words_parts_any_of_several_and_nothing(busy):
    everyone = listed(busy, "status=all")

    def refs(*filters, **more):
        return {line.ref for line in listed(busy, "status=all", *filters, **more)}

    assert refs("name~łoś") == {line.ref for line in everyone if "los" in line.name_key}
    assert refs("name=PRZYKLAD") == {line.ref for line in everyone if "przyklad" in line.name_key}
    assert refs("locality=north|south") == {line.ref for line in everyone if line.locality}
    assert refs("locality=") == {line.ref for line in everyone if not line.locality}
    assert refs("locality~ORT") == {line.ref for line in everyone if line.locality == "North"}
    assert refs("nhs_number=") == {line.ref for line in everyone if line.nhs_number is None}
    assert refs("stage=") == {line.ref for line in everyone if line.stage_id is None}
    assert refs("worker=100% _?'") == set()
    assert refs(text="9999981801") == {line.ref for line in everyone if line.nhs_number}
    assert refs("target=slipped|overdue") == {
        line.ref for line in everyone if line.target_on and (line.target_on < AS_AT or line.slip_days > 0)
    }


def test_lists_hold_those_on_the_pathway_unless_the_status_is_asked(busy):
    assert {line.status for line in listed(busy)} == {ON_PATHWAY}
    left = {line.status for line in listed(busy, "status=left")}
    assert left == {"left", "died"}
    assert {line.status for line in listed(busy, "status=died")} == {"died"}


def test_pages_of_a_list_are_the_list(busy):
    query = CaseloadQuery((EVERYBODY,), (("stage", False), ("review", True)))
    whole = list_caseload(busy, query, AS_AT)
    assert count_caseload(busy, query, AS_AT) == len(whole)
    pages = [line for at in range(0, len(whole), 7) for line in list_caseload(busy, query, AS_AT, offset=at, limit=7)]
    assert pages == whole
    ids = caseload_ids(busy, query, AS_AT)
    assert ids == [line.person_id for line in whole]
    assert lines_of(busy, [ids[3], "nobody", ids[0]], AS_AT) == [whole[3], whole[0]]
    stages = dict(values_in_use(busy, "stage", AS_AT))
    assert sum(stages.values()) == sum(line.stage != "" for line in listed(busy))


def test_every_engine_lists_the_same(register):
    """The same life on each engine against the plain file's answer, which the tests above hold to Python's."""
    store = a_busy_register(register.open(), "engines", 40)
    lines = list_caseload(store, CaseloadQuery((EVERYBODY,)), AS_AT)
    assert [line.name_key for line in lines] == sorted(line.name_key for line in lines)
    assert all(line.name_key == fold(f"{line.surname} {line.given_names}") for line in lines)
    for asked in ("review=overdue", "target=none", "name~los", "days>100", "locality=north", "s117=yes", "age<20"):
        found = {line.ref for line in listed(store, "status=all", asked)}
        other = (
            {line.ref for line in listed(store, "status=all", asked.replace("=", "!=", 1))} if "=" in asked else None
        )
        assert other is None or found | other == {line.ref for line in lines}
    day = AS_AT - timedelta(days=200)
    assert count_caseload(store, CaseloadQuery((EVERYBODY,)), day) == len(listed(store, "status=all", as_at=day))
    for column in COLUMNS:
        assert len(list_caseload(store, CaseloadQuery((EVERYBODY,), ((column, True),)), AS_AT)) == len(lines)


@pytest.mark.parametrize(
    "wrong",
    ["days>many", "days>1e99", "days=nan", "age<1000000", "weekly_cost>inf", "born<31/2/2026", "s117=perhaps",
     "stage>residential", "status<left", "status=here", "review<overdue", "stage=moon"],
)  # fmt: skip
def test_a_filter_that_cannot_be_compared_is_refused_in_words(busy, wrong):
    with pytest.raises(Invalid) as caught:
        listed(busy, wrong)
    assert len(str(caught.value)) > 10


def test_due_lists_what_the_lines_say(busy):
    items = list_due(busy, AS_AT)
    assert [item.due_on for item in items] == sorted(item.due_on for item in items)
    wanted = set()
    for line in listed(busy):
        for kind, due in (("review", line.review_due(AS_AT)), ("target", line.target_due(AS_AT))):
            if due.state not in (DueState.NONE, DueState.IN_DATE):
                wanted.add((line.person_id, kind, due.due_on, due.state, due.days))
    main = [item for item in items if item.need is None]  # what other kinds of review ask for stands in no line
    assert {(i.person_id, i.kind, i.due_on, i.state, i.days) for i in main} == wanted
    until = AS_AT + timedelta(days=200)
    wider = {(i.person_id, i.kind) for i in list_due(busy, AS_AT, until=until)}
    lines = listed(busy)
    assert wider == {
        (line.person_id, "review") for line in lines if line.review_due_on and line.review_due_on <= until
    } | {(line.person_id, "target") for line in lines if line.target_on and line.target_on <= until}


def test_a_booking_clears_nothing_from_due(register):
    store = register.open()
    person = a_person()
    add(
        store, person, a_stay(person, start=date(2026, 1, 1)),
        Review(new_id(), person.id, booked_on=AS_AT + timedelta(days=3)),
    )  # fmt: skip
    (item,) = list_due(store, AS_AT)
    assert (item.state, item.booked_on, item.days) == (DueState.OVERDUE, AS_AT + timedelta(days=3), 138)
    (review,) = store.find(Review)
    with store.operation("Hold") as work:
        work.save(replace(review, held_on=AS_AT))
    assert list_due(store, AS_AT) == []
