"""What records may not say side by side: each truth is broken by what breaks it, and by nothing near to it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mhtracker.domain.contradictions import Picture, contradictions
from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import (
    KIND_OF,
    Barrier,
    Contact,
    Contract,
    CostLine,
    CostTableRow,
    Document,
    FundingSplit,
    Goal,
    GoalScore,
    Hold,
    LegalAndStatus,
    MeasureScore,
    MeasureTool,
    MoveOnPlan,
    Note,
    Offer,
    Person,
    Placement,
    Programme,
    Provider,
    Record,
    Review,
    ReviewType,
    Service,
    Stage,
    StatusKind,
    Target,
    Team,
    Unit,
    Waiting,
    Worker,
)
from mhtracker.domain.truths import NOTHING_LEFT_BEHIND, TRUTHS

MARCH, APRIL, MAY, JUNE = (date(2026, month, 1) for month in (3, 4, 5, 6))
TODAY = date(2026, 7, 14)
STAGES = {stage.id: stage for stage in DEFAULT_STAGES}
ANNA = Person("anna", "MHT-00001", "Przykład")
GONE = replace(ANNA, left_on=APRIL)
STAY = Placement("stay", "anna", "residential", MARCH)
WARD = Placement("ward", "anna", "hospital", APRIL)
HOUSE = Service("house", "Elm House", "trust", "residential")
FLAT = Unit("flat", "house", "Flat 1")
THERE = replace(STAY, service_id="house", unit_id="flat")
PLAN = MoveOnPlan("plan", "anna", "independent", "A flat", MARCH)
REVIEW = Review("review", "anna", due_on=MAY)
WAITING = Waiting("waiting", "anna", MARCH, "supported")
OFFER = Offer("offer", "anna", "waiting", "house", MARCH)
HOLD = Hold("hold", "house", MARCH, "flat", "anna")
COST = CostLine("cost", "anna", "support", 100_00, MARCH)
SPLIT = FundingSplit("split", "anna", MARCH, 10_00)
CARE = LegalAndStatus("care", "anna", StatusKind.S117, "3", MARCH)
ENDED = replace(CARE, ended_on=MAY, ended_by_health="The Trust", ended_by_council="The council")
ORDER = LegalAndStatus("order", "anna", StatusKind.CTO, "cto", APRIL)
GOAL = Goal("goal", "anna", "A flat of my own", MARCH)
SCORE = GoalScore("score", "anna", "goal", 3, APRIL)
TOOL = MeasureTool("tool", "Wellbeing", 0, 40)
TOTAL = MeasureScore("total", "anna", "tool", 30, APRIL)
NAMED = Contact("named", "anna", "care_coordinator", "Ewa Fikcyjna", started_on=MARCH)
BARRIER = Barrier("barrier", "anna", "benefits", MARCH, MAY)
CONTRACT = Contract("contract", "trust", "Lot 2", "house")
KINDS_NAMED: tuple[tuple[Any, str], ...] = (
    (Team("a", "North"), "teams"),
    (Worker("a", "Ewa"), "workers"),
    (Provider("a", "Elm Trust"), "providers"),
    (Service("a", "Elm House"), "services"),
    (MeasureTool("a", "Wellbeing", 0, 40), "measures"),
    (Programme("a", "Move on", MARCH, JUNE, "residential"), "programmes"),
)


def also(record: Any, **changes: Any) -> Any:
    """Another record like this one."""
    return replace(record, id=f"other {record.id}", **changes)


BROKEN: dict[str, tuple[tuple[Record, ...], tuple[Record, ...]]] = {
    # What breaks the truth, and what comes near to it and does not.
    "Two stays would overlap": ((STAY, also(STAY, started_on=APRIL)), (replace(STAY, ended_on=APRIL), WARD)),
    "Two people would live in one place at once": (
        (THERE, also(THERE, person_id="ben", started_on=MAY)),
        (replace(THERE, ended_on=MAY), also(THERE, person_id="ben", started_on=MAY), FLAT),
    ),
    "A stay would name a place of another service": ((replace(THERE, service_id="other"), FLAT), (THERE, FLAT)),
    "A stay would run beyond the days on which its place is open": (
        (THERE, replace(FLAT, closed_on=MAY)),
        (replace(THERE, ended_on=MAY), replace(FLAT, opened_on=MARCH, closed_on=MAY)),
    ),
    "A stay would begin before the birth": (
        (STAY, replace(ANNA, born_on=MAY)),
        (STAY, replace(ANNA, born_on=date(1980, 1, 1))),
    ),
    "Somebody would be in a stage that is retired": (
        (STAY, replace(STAGES["residential"], retired=True)),
        (replace(STAY, ended_on=MAY), replace(STAGES["residential"], retired=True)),
    ),
    "Somebody would live at a service that is closed": (
        (THERE, replace(HOUSE, closed_on=TODAY)),
        (THERE, replace(HOUSE, closed_on=date(2027, 1, 1))),
    ),
    "A stay would go on although the case is closed": ((STAY, GONE), (replace(STAY, ended_on=APRIL), GONE)),
    "A move-on plan would be in force although the case is closed": ((PLAN, GONE), (PLAN, ANNA)),
    "A review would be open although the case is closed": (
        (REVIEW, replace(ANNA, died_on=APRIL)),
        (replace(REVIEW, held_on=APRIL), also(REVIEW, abandoned_on=APRIL), GONE),
    ),
    "Somebody would wait for a place although the case is closed": ((WAITING, GONE), (WAITING, ANNA)),
    "A place would be held although the case is closed": ((HOLD, GONE), (replace(HOLD, ended_on=APRIL), GONE)),
    "A cost would run on although the case is closed": (
        (replace(COST, ended_on=MAY), GONE),
        (replace(COST, ended_on=APRIL), also(COST, started_on=MAY, frequency="one_off"), GONE),
    ),
    "Who pays would run on although the case is closed": ((SPLIT, GONE), (replace(SPLIT, ended_on=APRIL), GONE)),
    "Two move-on plans would be in force": ((PLAN, also(PLAN)), (replace(PLAN, ended_on=APRIL), also(PLAN))),
    "A target would belong to somebody else’s plan": (
        (PLAN, Target("target", "plan", "ben", JUNE, MARCH)),
        (PLAN, Target("target", "plan", "anna", JUNE, MARCH)),
    ),
    "Somebody would be on the waiting list twice": (
        (WAITING, also(WAITING)),
        (WAITING, also(WAITING, person_id="ben"), also(WAITING, ended_on=MAY)),
    ),
    "Two offers would wait for an answer": ((OFFER, also(OFFER)), (OFFER, also(OFFER, answer="refused"))),
    "An offer would be open to somebody who no longer waits": (
        (OFFER, replace(WAITING, ended_on=MAY)),
        (replace(OFFER, answer="accepted"), replace(WAITING, ended_on=MAY)),
    ),
    "One place would be held twice": (
        (replace(HOLD, until_on=MAY), also(HOLD, started_on=MAY)),
        (replace(HOLD, ended_on=APRIL), also(HOLD, started_on=APRIL), replace(HOLD, id="any", unit_id=None)),
    ),
    "Two places of a service would have one name": (
        (FLAT, also(FLAT, name="flat 1")),
        (FLAT, also(FLAT, closed_on=MAY), replace(FLAT, id="elsewhere", service_id="other")),
    ),
    "One cost would count twice": (
        (COST, also(COST, started_on=MAY)),
        (replace(COST, ended_on=MAY), also(COST, started_on=MAY), replace(COST, id="night", what="Nights")),
    ),
    "A cost would outlast the stay it belongs to": (
        (replace(COST, placement_id="stay"), replace(STAY, ended_on=MAY)),
        (replace(COST, placement_id="stay", ended_on=MAY), replace(STAY, ended_on=MAY)),
    ),
    "Who pays would be settled twice for the same days": (
        (SPLIT, also(SPLIT, started_on=MAY)),
        (replace(SPLIT, ended_on=MAY), also(SPLIT, started_on=MAY)),
    ),
    "Two statuses of one kind would hold at once": (
        (CARE, also(CARE, started_on=MAY)),
        (ORDER, CARE, also(CARE, person_id="ben"), LegalAndStatus("x", "anna", StatusKind.SAFEGUARDING, "open", MARCH)),
    ),
    "After-care would have ended during a community treatment order": (
        (ENDED, ORDER),
        (ENDED, replace(ORDER, ended_on=MAY)),
    ),
    "After-care would have ended without both bodies": (
        (replace(ENDED, ended_by_council=""),),
        (replace(ENDED, ended_by_council=""), also(CARE, started_on=MAY)),
    ),
    "One barrier would be recorded twice for the same days": (
        (BARRIER, also(BARRIER, started_on=APRIL)),
        (BARRIER, also(BARRIER, started_on=MAY), replace(BARRIER, id="papers", code="papers")),
    ),
    "One goal would be there twice": (
        (GOAL, also(GOAL, words="a flat of my own")),
        (GOAL, also(GOAL, ended_on=MAY), replace(GOAL, id="work", words="Work")),
    ),
    "A goal would have two scores of one day": ((SCORE, also(SCORE)), (SCORE, also(SCORE, scored_on=MAY))),
    "A goal would have a score from outside its time": (
        (SCORE, replace(GOAL, ended_on=MARCH)),
        (SCORE, replace(GOAL, set_on=APRIL, ended_on=APRIL)),
    ),
    "A measure would have two totals of one day": ((TOTAL, also(TOTAL, total=20)), (TOTAL, also(TOTAL, tool_id="x"))),
    "A total would be outside what its measure allows": ((TOTAL, replace(TOOL, highest=29)), (TOTAL, TOOL)),
    "There would be two care coordinators": (
        (NAMED, also(NAMED, name="Jan")),
        (NAMED, also(NAMED, ended_on=MAY), replace(NAMED, id="gp", kind="gp")),
    ),
    "One document would be in the record twice": (
        tuple(Document(x, "anna", x, "text/plain", 1, "abc", None) for x in "ab"),
        tuple(Document(x, "anna", x, "text/plain", 1, x, None) for x in "ab"),
    ),
    "Two people would have one reference": ((ANNA, also(ANNA)), (ANNA, also(ANNA, ref="MHT-00002"))),
    "Two people would have one NHS number": (
        (replace(ANNA, nhs_number="9999981801"), also(ANNA, ref="B", nhs_number="9999981801")),
        (replace(ANNA, nhs_number="9999981801"), also(ANNA, ref="B", nhs_number="9999981801", merged_into="anna")),
    ),
    "Two people would have one local id": (
        (replace(ANNA, local_id="L-1"), also(ANNA, ref="B", local_id="l-1")),
        (replace(ANNA, local_id=""), also(ANNA, ref="B", local_id="")),
    ),
    **{
        f"Two {what} would have one name": ((one, also(one, name=one.name.upper())), (one, also(one, name="Another")))
        for one, what in KINDS_NAMED
    },
    "Two stages would have one name": (
        (STAGES["hospital"], replace(STAGES["hospital"], id="ward", level=99)),
        (STAGES["hospital"], replace(STAGES["hospital"], id="ward", level=99, retired=True)),
    ),
    "Two stages would be at one level": (
        (STAGES["hospital"], replace(STAGES["hospital"], id="ward", label="Ward")),
        tuple(DEFAULT_STAGES),
    ),
    "Two kinds of review would have one name": (
        (ReviewType("a", "Care Act"), ReviewType("b", "Care Act")),
        (ReviewType("a", "Care Act"), ReviewType("b", "s117")),
    ),
    "Two lines of a table would have one name": (
        (CostTableRow("a", "table", "Care"), CostTableRow("b", "table", "care")),
        (CostTableRow("a", "table", "Care"), CostTableRow("b", "other", "Care")),
    ),
    "A contract would name a service of another provider": (
        (CONTRACT, replace(HOUSE, provider_id="council")),
        (CONTRACT, HOUSE),
    ),
}


def found(records: tuple[Record, ...], truths: Any = TRUTHS) -> set[str]:
    # Stages stand in every register; those that a case brings itself take their place.
    here = {(KIND_OF[type(each)], each.id): each for each in (*DEFAULT_STAGES, *records)}
    if any(isinstance(each, Stage) for each in records):
        here = {key: each for key, each in here.items() if not isinstance(each, Stage) or each in records}
    return {each.words for each in contradictions(Picture(here, TODAY), truths)}


@pytest.mark.parametrize("words", BROKEN)
def test_a_truth_is_broken_by_what_breaks_it_and_by_nothing_near_to_it(words):
    breaking, near = BROKEN[words]
    assert words in found(breaking)
    assert found(near) == set()


def test_every_truth_has_its_example():
    assert {truth.words for truth in TRUTHS} == set(BROKEN)


def test_a_stay_on_a_ward_may_run_beside_the_place_kept_meanwhile():
    assert found((STAY, WARD)) == set()
    assert found((STAY, replace(WARD, started_on=date(2026, 2, 1)))) == {"Two stays would overlap"}


def test_nothing_is_left_in_the_record_of_somebody_merged_into_another():
    note = Note("note", "anna", "visit", MARCH, "Visit.")
    merged = replace(ANNA, merged_into="ben")
    assert found((note, merged), [NOTHING_LEFT_BEHIND]) == {NOTHING_LEFT_BEHIND.words}
    assert found((note, ANNA), [NOTHING_LEFT_BEHIND]) == set()
