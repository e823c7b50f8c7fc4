"""What the demo register holds beside lives: steps, further reviews, views, a programme, pairs, places, money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from mhtracker.domain.file_types import find_type
from mhtracker.domain.places.fitting import may_be_planned
from mhtracker.domain.records import (
    Action,
    Contract,
    CostLine,
    Document,
    FundingSplit,
    Hold,
    KeyEvent,
    LegalAndStatus,
    Note,
    Offer,
    Person,
    Placement,
    Programme,
    ProgrammePerson,
    Review,
    SavedView,
    Service,
    Snooze,
    StatusKind,
    Waiting,
)
from mhtracker.operations.demo.making import make_demo
from mhtracker.operations.demo.words import EVIDENCE, WARNINGS
from mhtracker.operations.money.cost_tables import read_tables
from mhtracker.store import Store
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload, parse_filter
from mhtracker.store.queries.costs import read_stage_costs
from mhtracker.store.queries.person import build_case_summary
from mhtracker.store.queries.services import list_services
from mhtracker.store.queries.vacancies import Vacancy, fitted_to
from mhtracker.store.queries.views import list_views
from mhtracker.store.queries.waiting import list_waiting

AS_AT = date(2026, 7, 14)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with make_demo(tmp_path_factory.mktemp("demo") / "demo.mhtracker", as_at=AS_AT) as store:
        yield store


def test_moves_back_say_why(demo: Store):
    reasons = Counter(stay.back_reason for stay in demo.find(Placement) if stay.back_reason)
    assert set(reasons) == {"readmission", "step_up", "return"}


def test_steps_of_moves_are_done_let_go_or_still_open(demo: Store):
    steps = [action for action in demo.find(Action) if action.phase]
    assert {step.phase for step in steps} == {"in_reach", "enablement", "sustainment"}
    assert any(step.done_on for step in steps)
    assert any(step.dropped_on for step in steps)
    assert any(step.due_on > AS_AT and not (step.done_on or step.dropped_on) for step in steps if step.due_on)
    ended = {stay.id for stay in demo.find(Placement) if stay.ended_on is not None}
    left_open = [step for step in steps if step.placement_id in ended and not (step.done_on or step.dropped_on)]
    assert left_open == []


def test_reviews_are_of_every_kind_and_after_care_ends_by_both_bodies(demo: Store):
    reviews = demo.find(Review)
    held = Counter(str(review.kind) for review in reviews if review.held_on)
    assert all(held[kind] >= 5 for kind in ("care_act", "s117", "enablement", "unplanned")), held
    assert all(review.reason_code for review in reviews if review.kind == "unplanned")
    assert all(review.abandon_reason for review in reviews if review.abandoned_on)
    assert any(review.abandoned_on for review in reviews)
    decided = [review for review in reviews if review.kind == "s117"]
    assert all(r.s117_decision and r.s117_health_name and r.s117_council_name for r in decided)
    ended = [each for each in demo.find(LegalAndStatus, kind=StatusKind.S117) if each.ended_on]
    assert ended
    assert all(each.ended_by_health and each.ended_by_council and each.end_reason for each in ended)


def test_some_keep_views_put_lines_off_and_choose_events_for_paper(demo: Store):
    assert {view.shared for view in demo.find(SavedView)} == {True, False}
    views = list_views(demo, "Ewa Fikcyjna")
    assert len(views) >= 4
    assert all(view.filters for view in views)
    actions = {action.id for action in demo.find(Action)}
    snoozes = demo.find(Snooze)
    assert snoozes
    assert all(snooze.item.split(":")[1] in actions and snooze.reason for snooze in snoozes)
    assert any(event.source_id for event in demo.find(KeyEvent))
    assert any(not event.source_id for event in demo.find(KeyEvent))


def test_the_programme_began_with_those_in_care_homes_and_some_have_moved(demo: Store):
    (programme,) = demo.find(Programme)
    assert (programme.name, programme.aim_percent, programme.baseline_on) == ("Move on half", 50.0, date(2025, 4, 1))
    cohort = {each.person_id for each in demo.find(ProgrammePerson)}
    there = {stay.person_id for stay in demo.find(Placement, stage_id="residential", ended_on=None)}
    assert 80 < len(cohort) < 140
    assert 0.08 < len(cohort - there) / len(cohort) < 0.4


def test_two_labelled_pairs_may_be_the_same_people(demo: Store):
    notes = [note for note in demo.find(Note) if note.text.startswith("Perhaps the same person as MHT-")]
    assert len(notes) == 2
    for note in notes:
        (first,) = demo.find(Person, ref=note.text[27:36])
        second = demo.get(Person, note.person_id)
        assert first.given_names == second.given_names
        assert second.nhs_number is None


def test_papers_are_what_their_names_say(demo: Store):
    documents = {each.media_type: each for each in demo.find(Document)}
    assert set(documents) == {"text/plain", "application/pdf", "image/png"}
    for media_type, document in documents.items():
        assert find_type(document.name, demo.content(document.sha256)).media_type == media_type


def test_twenty_eight_wait_of_whom_twenty_need_a_home_and_four_are_in_hospital(demo: Store):
    lines = list_waiting(demo, AS_AT).lines
    assert len(lines) == 28
    assert sum(line.waiting.needs_home for line in lines) == 20
    assert sum(line.line.stage_id == "hospital" for line in lines) == 4
    assert any(each.end_reason == "housed" for each in demo.find(Waiting))
    answers = {offer.answer for offer in demo.find(Offer)}
    assert {"accepted", "refused", "declined"} <= answers


def test_everybody_has_a_place_and_some_places_are_free_held_or_out_of_use(demo: Store):
    lines = [line for group in list_services(demo, AS_AT).groups for line in group.lines]
    assert [line.service.name for line in lines if line.count.over] == []
    assert 3 <= sum(line.count.free for line in lines) <= 8
    assert {hold.reason_code for hold in demo.find(Hold)} == {"offer", "repairs"}
    assert {line.contract.state.value for line in lines} >= {"ended", "ending", "running", "own", "by_person"}
    assert any(contract.extendable_to for contract in demo.find(Contract))
    (team,) = demo.find(Service, name="Home team")
    assert team.hours_per_week


def test_costs_taper_and_one_person_is_charged_although_after_care_is_free(demo: Store):
    lines = demo.find(CostLine)
    tapers = Counter(line.taper_id for line in lines if line.taper_id)
    assert all(steps >= 3 for steps in tapers.values())
    assert any(line.started_on > AS_AT for line in lines)
    assert any(line.frequency == "one_off" for line in lines)
    splits = [split for split in demo.find(FundingSplit) if split.ended_on is None]
    assert {split.health_percent for split in splits} == {None, 25.0, 50.0, 100.0}
    assert max(split.person_pence for split in splits) <= 16_000
    after_care = {s.person_id for s in demo.find(LegalAndStatus, kind=StatusKind.S117) if s.ended_on is None}
    (charged,) = [split for split in splits if split.person_id in after_care and split.person_pence]
    (line,) = list_caseload(demo, CaseloadQuery((parse_filter("charge=yes"),)), AS_AT)
    cost = build_case_summary(demo, charged.person_id, AS_AT).cost
    assert line.person_id == charged.person_id
    assert cost is not None
    assert (cost.person, cost.not_charged, cost.net) == (0, 42_50, cost.gross - cost.health)
    put_right = [split for split in splits if split.note.startswith("Charged by mistake")]
    assert len(put_right) == 2, "of three who were charged, two were noticed"


def test_the_manager_s_table_plans_as_many_people_in_cheaper_places(demo: Store):
    (table,) = read_tables(demo, AS_AT)
    assert (table.table.name, table.sums.as_is_people, table.sums.people) == ("Accommodation 2026 to 2029", 208, 0)
    assert table.sums.year < 0
    (uncounted,) = [each.row for each in table.rows if each.row.as_is_people is None]
    assert (uncounted.label, table.sums.unsaid) == ("Day opportunities", 1)
    residential = table.rows[0]
    assert residential.now is not None
    assert (residential.row.as_is_people, residential.now.people, residential.row.to_be_people) == (106, 97, 76)
    then = read_stage_costs(demo, table.table.as_is_on)
    counted = {each.row.stage_id: each.row.as_is_people for each in table.rows if each.row.stage_id}
    assert counted == {stage_id: then[stage_id].people for stage_id in counted}, "as the program counts that day"


def test_a_place_is_held_for_somebody_whom_the_program_would_plan_it_for(demo: Store):
    lines = [line for group in list_services(demo, AS_AT).groups for line in group.lines]
    places = {}
    for line in lines:
        for place in line.places:
            if place.unit is not None:
                has = frozenset((*line.service.features.split(), *place.unit.features.split()))
                places[place.unit.id] = Vacancy(line, place, AS_AT, has)
    waiting = {line.waiting.person_id: line for line in list_waiting(demo, AS_AT).lines}
    held = [each for each in demo.find(Hold) if each.person_id]
    assert len(held) == 2
    for each in held:
        assert may_be_planned(fitted_to(waiting[each.person_id or ""], places[each.unit_id or ""], {}))


def test_contracts_are_worth_about_what_is_paid_a_year(demo: Store):
    lines = [line for group in list_services(demo, AS_AT).groups for line in group.lines]
    people = {line.service.id: line.count.taken for line in lines}
    compared = 0
    for contract in demo.find(Contract):
        bought = [each for each in demo.find(Service, provider_id=contract.provider_id) if each.rate_pence]
        paid = sum(52 * (each.rate_pence or 0) * people[each.id] for each in bought)
        if paid:
            compared += 1
            assert 0.8 < (contract.value_pence or 0) / paid < 1.25, contract.name
    assert compared >= 4


def test_what_is_written_of_people_fits_women_and_men():
    said = " ".join([*(words for rated in EVIDENCE.values() for words in rated), *(f"{w} {y}" for _, w, y in WARNINGS)])
    pronouns = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
    assert not pronouns & {word.strip(".,;:").lower() for word in said.split()}
