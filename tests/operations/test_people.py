"""Adding people, putting their facts right, leaving and coming back."""

from datetime import date

import pytest

from mhtracker.domain.errors import Conflict, Invalid
from mhtracker.domain.records import MoveOnPlan, Person, Placement, Review
from mhtracker.operations import people, reviews
from mhtracker.operations.places import services
from mhtracker.store.queries.refs import next_refs
from tests.operations.conftest import TODAY


def test_references_go_on_from_the_highest(store):
    refs = [people.add_person(store, surname=name).ref for name in ("Wzór", "Prawf")]
    assert refs == ["MHT-00001", "MHT-00002"]
    people.add_person(store, surname="Apeere", ref="MHT-100000")
    people.add_person(store, surname="Namuna", ref="MHT-old")
    assert next_refs(store, 2) == ["MHT-100001", "MHT-100002"]


def test_a_person_is_kept_exactly_as_typed_but_for_what_cannot_be_seen(store):
    person = people.add_person(store, surname=" D’Arcy-Łoś ", given_names="Zo\x00ë", nhs_number="", local_id="")
    kept = store.get(Person, person.id)
    assert (kept.surname, kept.given_names, kept.nhs_number, kept.local_id) == ("D’Arcy-Łoś", "Zoë", None, None)


def test_an_nhs_number_is_kept_as_ten_digits_and_belongs_to_one_person(case):
    assert case.person.nhs_number == "9990905878"
    with pytest.raises(Invalid, match="MHT-00001 already has this NHS number"):
        people.add_person(case.store, surname="Other", nhs_number="999-090-5878")
    assert len(case.store.find(Person)) == 1


def test_a_local_id_belongs_to_one_person_in_any_case(store):
    people.add_person(store, surname="One", local_id="M204417")
    with pytest.raises(Invalid) as caught:
        people.add_person(store, surname="Two", local_id="m204417")
    assert set(caught.value.problems) == {"local_id"}


def test_a_person_may_be_added_with_where_they_are(store):
    person = people.add_person(store, surname="Wzór", stage_id="residential", started_on=date(2020, 1, 1))
    (stay,) = store.find(Placement, person_id=person.id)
    assert (stay.stage_id, stay.started_on) == ("residential", date(2020, 1, 1))
    store.undo()
    assert store.find(Person) == store.find(Placement) == []


def test_nothing_is_added_when_the_stay_is_refused(store):
    with pytest.raises(Invalid) as caught:
        people.add_person(store, surname="Wzór", stage_id="residential")
    assert set(caught.value.problems) == {"started_on"}
    assert store.find(Person) == []


def test_a_preview_says_who_it_may_be_and_adds_nobody(case):
    preview = people.preview_person(case.store, surname="TRIAIL", given_names="ciaran", born_on=date(1975, 11, 2))
    assert preview.problems == {}
    assert [caution.words for caution in preview.cautions] == [
        "MHT-00001 has the same name and birth date. It may be the same person."
    ]
    assert set(people.preview_person(case.store, surname=" ").problems) == {"surname"}
    assert people.preview_person(case.store, case.id, known_as="Kieran").cautions == ()
    assert len(case.store.find(Person)) == 1


def test_undo_names_the_field_that_changed(case):
    people.edit_person(case.store, case.id, nhs_number=None)
    assert case.store.next_undo().label == "Change NHS number"
    people.edit_person(case.store, case.id, known_as="Kieran", locality="North")
    assert case.store.next_undo().label == "Change details"
    people.edit_person(case.store, case.id, known_as="K")
    assert case.store.next_undo().label == "Change known as"


def test_a_code_no_list_has_is_refused(case):
    with pytest.raises(Invalid, match="is not in its list"):
        people.edit_person(case.store, case.id, gender="cloud")


def test_two_people_may_change_different_fields_of_one_person(case):
    seen = case.store.get(Person, case.id)
    people.edit_person(case.store, case.id, base=seen, locality="North")
    kept = people.edit_person(case.store, case.id, base=seen, known_as="Kieran")
    assert (kept.locality, kept.known_as) == ("North", "Kieran")


def test_the_same_field_changed_by_two_is_a_conflict_that_loses_neither(case):
    seen = case.store.get(Person, case.id)
    people.edit_person(case.store, case.id, base=seen, locality="North")
    with pytest.raises(Conflict) as caught:
        people.edit_person(case.store, case.id, base=seen, locality="South")
    conflict = caught.value
    assert (conflict.mine.locality, conflict.theirs.locality, conflict.original.locality) == ("South", "North", "")
    assert conflict.who == "Ewa Fikcyjna"
    assert people.edit_person(case.store, case.id, base=seen, locality="North").locality == "North"


def test_a_field_that_is_not_a_person_s_is_our_own_mistake(case):
    with pytest.raises(TypeError):
        people.edit_person(case.store, case.id, version=9)
    with pytest.raises(TypeError):
        people.add_person(case.store, surname="Wzór", shoe_size=9)


def test_closing_a_case_ends_what_runs(case):
    reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22))
    closed = people.close_case(case.store, case.id, left_on=TODAY, reason="out_of_area")
    assert (closed.left_on, closed.left_reason, closed.died_on) == (TODAY, "out_of_area", None)
    (stay,) = case.placements()
    assert (stay.ended_on, stay.end_reason) == (TODAY, "out_of_area")
    plan = case.store.get(MoveOnPlan, case.plan_id)
    assert (plan.ended_on, plan.end_reason) == (TODAY, "left")
    (review,) = case.store.find(Review, person_id=case.id)
    assert review.abandoned_on == TODAY
    case.store.undo()
    assert case.placements()[0].ended_on is None


def test_a_death_closes_a_case_as_one(case):
    closed = people.close_case(case.store, case.id, left_on=TODAY, reason="died")
    assert closed.died_on == TODAY
    (stay,) = case.placements()
    assert (stay.end_reason, stay.destination) == ("died", "died")


def test_a_reason_that_is_no_reason_to_end_a_stay_leaves_that_open(case):
    people.close_case(case.store, case.id, left_on=TODAY, reason="declined")
    assert case.placements()[0].end_reason is None


@pytest.mark.parametrize("left_on", [date(2026, 7, 15), date(2026, 4, 19)])
def test_a_case_closes_no_sooner_than_it_began_nor_in_the_future(case, left_on):
    with pytest.raises(Invalid) as caught:
        people.close_case(case.store, case.id, left_on=left_on, reason="declined")
    assert set(caught.value.problems) == {"left_on"}
    assert case.store.get(Person, case.id).left_on is None


def test_a_case_closes_once_and_may_be_reopened(case):
    people.close_case(case.store, case.id, left_on=TODAY, reason="declined")
    with pytest.raises(Invalid, match="closed on 14 Jul 2026 already"):
        people.close_case(case.store, case.id, left_on=TODAY, reason="declined")
    person = people.reopen_case(case.store, case.id, reason="Asked for help again")
    assert (person.left_on, person.left_reason) == (None, None)
    assert case.store.next_undo().reason == "Asked for help again"
    with pytest.raises(Invalid, match="open already"):
        people.reopen_case(case.store, case.id)


def test_the_dead_are_not_reopened(case):
    people.close_case(case.store, case.id, left_on=TODAY, reason="died")
    with pytest.raises(Invalid, match="A death is recorded on 14 Jul 2026"):
        people.reopen_case(case.store, case.id)


def test_reassigning_takes_the_worker_s_team(case):
    south = services.add_team(case.store, name="Recovery South")
    worker = services.add_worker(case.store, name="Anjali Kalpit", team_id=south.id)
    other = people.add_person(case.store, surname="Wzór")
    assert people.reassign(case.store, [case.id, other.id], worker_id=worker.id) == 2
    assert case.store.next_undo().label == "Reassign 2"
    for person in case.store.find(Person):
        assert (person.worker_id, person.team_id) == (worker.id, south.id)
    assert people.reassign(case.store, [case.id], worker_id=worker.id) == 0
    assert case.store.next_undo().label == "Reassign 2"


def test_nobody_is_given_to_somebody_who_left(case):
    services.worker_left(case.store, case.worker.id, left_on=TODAY)
    with pytest.raises(Invalid) as caught:
        people.reassign(case.store, [case.id], worker_id=case.worker.id)
    assert set(caught.value.problems) == {"worker_id"}
    people.reassign(case.store, [case.id], worker_id=None)
    assert case.store.get(Person, case.id).worker_id is None
