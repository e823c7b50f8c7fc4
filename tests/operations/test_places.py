"""Places of services: units, holds, and moving into what was held."""

from datetime import date
from typing import Any

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Hold, Offer, Placement, Service, Unit, Waiting
from mhtracker.operations import moves, people
from mhtracker.operations.merging.people import merge_people
from mhtracker.operations.places import services, waiting
from mhtracker.operations.places import units as places
from mhtracker.store.queries.services import list_services
from mhtracker.store.queries.waiting import list_waiting
from tests.operations.conftest import TODAY

MOVE: dict[str, Any] = {
    "left_on": TODAY,
    "started_on": TODAY,
    "planned": True,
    "reason_code": "ready",
    "stage_id": "supported",
}


def refused(function, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        function(*args, **kwargs)
    return caught.value.problems


@pytest.fixture
def flats(case):
    """Two flats at Canal View, the first lived in by somebody else."""
    one, two = places.add_units(case.store, case.canal_view.id, names=["Flat 1", "Flat 2"], features="ground_floor")
    other = people.add_person(case.store, surname="Esempio")
    moves.start_placement(
        case.store,
        other.id,
        stage_id="supported",
        service_id=case.canal_view.id,
        unit_id=one.id,
        started_on=date(2026, 1, 5),
    )
    return one, two


def test_places_are_listed_in_one_operation_and_taken_back_in_one(case):
    places.add_units(case.store, case.canal_view.id, names=["Flat 1", "Flat 2"])
    assert case.store.next_undo().label == "Add 2 places at Canal View"
    assert "name" in refused(places.add_unit, case.store, case.canal_view.id, name="flat  1")
    assert "name" in refused(places.add_units, case.store, case.canal_view.id, names=["Flat 3", "Flat 3"])
    case.store.undo()
    assert case.store.find(Unit) == []


def test_places_listed_together_open_on_their_day_and_have_one_note(case):
    made = places.add_units(
        case.store, case.canal_view.id, names=["Flat 1", "Flat 2"], opened_on=TODAY, note="New wing"
    )
    assert [(each.opened_on, each.note) for each in made] == [(TODAY, "New wing")] * 2


def test_a_place_is_not_closed_while_somebody_lives_in_it(case, flats):
    one, two = flats
    assert set(refused(places.edit_unit, case.store, one.id, closed_on=TODAY)) == {"closed_on"}
    assert places.edit_unit(case.store, two.id, closed_on=TODAY).closed_on == TODAY
    assert places.edit_unit(case.store, one.id, base=one, features="lift  lift ground_floor").features == (
        "lift ground_floor"
    )
    assert set(refused(places.edit_unit, case.store, one.id, features="balcony")) == {"features"}


def test_two_people_are_not_recorded_in_one_place_on_one_day(case, flats):
    one, two = flats
    move: dict[str, Any] = {**MOVE, "service_id": case.canal_view.id}
    assert set(refused(moves.record_move, case.store, case.id, **move, unit_id=one.id)) == {"unit_id"}
    assert moves.preview_move(case.store, case.id, **move, unit_id=one.id).problems
    assert moves.record_move(case.store, case.id, **move, unit_id=two.id).unit_id == two.id
    counted = list_services(case.store, TODAY).count
    assert (counted.taken, counted.free, counted.over) == (2, 0, 0)


def test_a_stay_cannot_name_a_place_of_another_service(case, flats):
    house = case.store.find(Service, name="Step House")[0]
    found = refused(moves.edit_placement, case.store, case.stay.id, unit_id=flats[1].id)
    assert set(found) == {"unit_id"}
    assert house.id == case.stay.service_id


def test_a_place_is_held_let_go_and_the_words_say_for_whom(case, flats):
    _, two = flats
    hold = places.hold_place(case.store, case.canal_view.id, unit_id=two.id, person_id=case.id, until_on=TODAY)
    assert case.store.next_undo().label == "Hold Canal View, Flat 2 for Ciarán"
    assert hold.held_by == "Ewa Fikcyjna"
    found = refused(places.hold_place, case.store, case.canal_view.id, unit_id=two.id, person_id=case.id)
    assert set(found) == {"person_id", "unit_id"}
    assert places.let_go(case.store, hold.id).ended_on == TODAY
    assert refused(places.let_go, case.store, hold.id)
    case.store.undo()
    assert case.store.get(Hold, hold.id).ended_on is None


def test_a_taken_place_is_not_held_unless_somebody_is_expected_to_leave(case, flats):
    one, two = flats
    facts = {"person_id": case.id, "until_on": date(2026, 8, 1)}
    assert set(refused(places.hold_place, case.store, case.canal_view.id, unit_id=one.id, **facts)) == {"unit_id"}
    places.hold_place(case.store, case.canal_view.id, unit_id=two.id, reason_code="repairs")
    assert set(refused(places.hold_place, case.store, case.canal_view.id, **facts)) == {"service_id"}
    preview = places.preview_hold(case.store, case.canal_view.id, unit_id=two.id)
    assert "held already" in preview.problems["unit_id"]


def test_the_hold_and_the_wait_end_by_the_move_and_come_back_with_its_undo(case, flats):
    _, two = flats
    entry = waiting.put_on_waiting_list(case.store, case.id, stage_id="supported", since_on=date(2026, 5, 1))
    offer = waiting.offer_place(case.store, entry.id, service_id=case.canal_view.id, unit_id=two.id)
    hold = places.hold_place(
        case.store, case.canal_view.id, unit_id=two.id, person_id=case.id, until_on=date(2026, 8, 1)
    )
    move: dict[str, Any] = {**MOVE, "service_id": case.canal_view.id, "unit_id": two.id}
    told = [each.words for each in moves.preview_move(case.store, case.id, **move).consequences]
    assert {"The hold of Flat 2 ends", "No longer on the waiting list"} <= set(told)
    moves.record_move(case.store, case.id, **move)
    assert case.store.get(Hold, hold.id).ended_on == TODAY
    assert case.store.get(Offer, offer.id).answer == "accepted"
    ended = case.store.get(Waiting, entry.id)
    assert (ended.ended_on, ended.end_reason) == (TODAY, "housed")
    case.store.undo()
    assert case.store.get(Hold, hold.id).ended_on is None
    assert case.store.get(Offer, offer.id).answer is None
    assert case.store.get(Waiting, entry.id).ended_on is None
    assert [each.ended_on for each in case.store.find(Placement, person_id=case.id)] == [None]


def test_a_hospital_stay_ends_neither_hold_nor_wait(case):
    entry = waiting.put_on_waiting_list(case.store, case.id, stage_id="supported")
    move: dict[str, Any] = {
        "stage_id": "hospital",
        "started_on": TODAY,
        "keep_place": True,
        "back_reason": "readmission",
    }
    moves.record_move(case.store, case.id, **move)
    assert case.store.get(Waiting, entry.id).ended_on is None


def test_moving_further_than_was_waited_for_ends_the_wait_as_found_elsewhere(case):
    entry = waiting.put_on_waiting_list(case.store, case.id, stage_id="supported")
    moves.record_move(case.store, case.id, **{**MOVE, "stage_id": "independent"})
    assert case.store.get(Waiting, entry.id).end_reason == "elsewhere"


def test_a_service_with_more_people_than_places_is_said_and_not_refused(case):
    services.edit_service(case.store, case.canal_view.id, capacity=0)
    preview = moves.preview_move(case.store, case.id, **MOVE, service_id=case.canal_view.id)
    assert not preview.problems
    assert any("makes one more" in caution.words for caution in preview.cautions)


def test_a_service_is_not_closed_while_people_live_there(case):
    house = case.store.find(Service, name="Step House")[0]
    assert set(refused(services.edit_service, case.store, house.id, closed_on=TODAY)) == {"closed_on"}
    assert set(refused(services.edit_service, case.store, house.id, capacity=-1)) == {"capacity"}
    edited = services.edit_service(
        case.store, house.id, features="staff_24_hour staff_24_hour", rate_pence=93600, in_area=True
    )
    assert (edited.features, edited.rate_pence) == ("staff_24_hour", 93600)
    assert case.store.next_undo().label == "Change Step House"


@pytest.mark.parametrize(("reason", "why"), [("died", "died"), ("independent", "left")])
def test_nothing_is_held_for_somebody_who_is_gone_and_they_wait_for_nothing(case, reason, why):
    entry = waiting.put_on_waiting_list(case.store, case.id, stage_id="supported")
    offer = waiting.offer_place(case.store, entry.id, service_id=case.canal_view.id)
    hold = places.hold_place(case.store, case.canal_view.id, person_id=case.id, until_on=date(2026, 8, 1))
    people.close_case(case.store, case.id, left_on=TODAY, reason=reason)
    ended = case.store.get(Waiting, entry.id)
    assert (ended.ended_on, ended.end_reason, case.store.get(Hold, hold.id).ended_on) == (TODAY, why, TODAY)
    assert case.store.get(Offer, offer.id).answer == "lapsed"
    case.store.undo()
    assert case.store.get(Waiting, entry.id).ended_on is None
    assert case.store.get(Hold, hold.id).ended_on is None


def test_somebody_merged_waits_once_since_the_earlier_day(case):
    other = people.add_person(case.store, surname="Triaill", given_names="Ciaran")
    late = waiting.put_on_waiting_list(case.store, case.id, stage_id="supported", since_on=date(2026, 6, 1))
    early = waiting.put_on_waiting_list(case.store, other.id, stage_id="supported", since_on=date(2026, 5, 1))
    merge_people(case.store, case.id, other.id)
    assert case.store.get(Waiting, late.id).end_reason == "error"
    kept = case.store.get(Waiting, early.id)
    assert (kept.person_id, kept.ended_on) == (case.id, None)
    assert list_waiting(case.store, TODAY).people == 1
