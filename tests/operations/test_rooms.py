"""A room that is the name of a service's place is that place, however the stay comes to be recorded."""

from datetime import date, timedelta
from typing import Any

import pytest

from mhtracker.domain.records import Hold, Placement, Unit, Waiting
from mhtracker.operations import moves, people
from mhtracker.operations.places import services, units, waiting
from mhtracker.operations.places.contracts import add_contract
from mhtracker.store.check import check
from mhtracker.store.queries.services import list_services
from tests.operations.conftest import TODAY
from tests.operations.sheets_at_hand import imported, reasons, workbook

MOVE: dict[str, Any] = {
    "left_on": TODAY,
    "started_on": TODAY,
    "planned": True,
    "reason_code": "ready",
    "stage_id": "supported",
}


@pytest.fixture
def flats(case) -> tuple[Unit, Unit, str]:
    """Flat 17, held for Anil, and flat 18 at Canal View, and Anil's id."""
    first, second = units.add_units(case.store, case.canal_view.id, names=["Flat 17", "Flat 18"])
    anil = people.add_person(case.store, surname="Mockwright", given_names="Anil", born_on=date(1980, 1, 1)).id
    end = TODAY + timedelta(days=14)
    units.hold_place(case.store, case.canal_view.id, unit_id=first.id, person_id=anil, until_on=end)
    return first, second, anil


def states(case) -> dict[str, str]:
    (line,) = [each for each in list_services(case.store, TODAY).lines if each.service.id == case.canal_view.id]
    return {place.name: str(place.state) for place in line.places}


def test_a_typed_room_is_the_place_of_that_name_and_the_place_held_for_another_stays_held(case, flats):
    _, eighteen, _ = flats
    move = {**MOVE, "service_id": case.canal_view.id, "address": "flat  18"}
    told = [each.words for each in moves.preview_move(case.store, case.id, **move).consequences]
    assert "Takes Flat 18 at Canal View" in told
    assert moves.record_move(case.store, case.id, **move).unit_id == eighteen.id
    assert states(case) == {"Flat 17": "held", "Flat 18": "taken"}


def test_moving_into_another_place_than_the_one_held_for_them_ends_the_hold_and_says_so(case, flats):
    seventeen, eighteen, anil = flats
    stay = {"stage_id": "supported", "started_on": TODAY, "service_id": case.canal_view.id, "unit_id": eighteen.id}
    preview = moves.preview_placement(case.store, anil, **stay)
    assert [each.words for each in preview.consequences] == ["Takes Flat 18 at Canal View", "The hold of Flat 17 ends"]
    assert moves.start_placement(case.store, anil, **stay).address == "Flat 18"
    assert case.store.find(Hold, unit_id=seventeen.id)[0].ended_on == TODAY
    assert states(case) == {"Flat 17": "free", "Flat 18": "taken"}
    case.store.undo()
    assert states(case) == {"Flat 17": "held", "Flat 18": "free"}


def test_an_older_stay_written_down_later_ends_neither_the_hold_nor_the_wait(case, flats):
    _, _, anil = flats
    waiting.put_on_waiting_list(case.store, anil, stage_id="supported", since_on=date(2026, 7, 1))
    early = date(2025, 3, 1)
    stay = {"stage_id": "supported", "started_on": early, "service_id": case.canal_view.id}
    moves.start_placement(case.store, anil, **stay)
    assert case.store.find(Hold, person_id=anil)[0].ended_on is None
    assert case.store.find(Waiting, person_id=anil)[0].ended_on is None


def test_a_place_held_for_somebody_else_is_a_caution_with_the_name_and_the_day(case, flats):
    move = {**MOVE, "service_id": case.canal_view.id, "address": "Flat 17"}
    words = [each.words for each in moves.preview_move(case.store, case.id, **move).cautions]
    assert "Flat 17 is held for Anil Mockwright to 28 Jul 2026. Check before recording." in words


def test_a_stay_is_put_into_another_place_and_its_room_goes_along(case, flats):
    seventeen, eighteen, _ = flats
    stay = moves.record_move(case.store, case.id, **MOVE, service_id=case.canal_view.id, unit_id=seventeen.id)
    assert stay.address == "Flat 17"
    stay = moves.edit_placement(case.store, stay.id, unit_id=eighteen.id)
    assert (stay.unit_id, stay.address) == (eighteen.id, "Flat 18")
    stay = moves.edit_placement(case.store, stay.id, address="Flat 17")
    assert stay.unit_id == seventeen.id
    stay = moves.edit_placement(case.store, stay.id, address="The coach house")
    assert (stay.unit_id, stay.address) == (None, "The coach house")
    stay = moves.edit_placement(case.store, stay.id, unit_id=eighteen.id, address="")
    stay = moves.edit_placement(case.store, stay.id, unit_id=None)
    assert (stay.unit_id, stay.address) == (None, "")


def test_a_stay_put_right_to_another_service_or_none_leaves_its_old_place(case, flats):
    _, eighteen, _ = flats
    stay = moves.record_move(case.store, case.id, **MOVE, service_id=case.canal_view.id, unit_id=eighteen.id)
    other = services.add_service(case.store, name="Mill Street", stage_id="supported")
    assert moves.edit_placement(case.store, stay.id, service_id=other.id).unit_id is None
    assert states(case)["Flat 18"] == "free"
    case.store.undo()
    assert moves.edit_placement(case.store, stay.id, service_id=None).unit_id is None
    assert not check(case.store).problems


def test_an_ended_contract_is_said_before_somebody_moves_in(case, flats):
    provider = services.add_provider(case.store, name="Larkfield Care")
    services.edit_service(case.store, case.canal_view.id, provider_id=provider.id)
    add_contract(case.store, provider.id, name="Main", started_on=date(2024, 1, 1), ends_on=date(2026, 6, 30))
    move = {**MOVE, "service_id": case.canal_view.id}
    words = [each.words for each in moves.preview_move(case.store, case.id, **move).cautions]
    assert any("ended on 30 Jun 2026" in each for each in words)


HEADINGS = ["Name", "DOB", "Type", "Home", "Room", "From"]


def row(who: str, room: str, begun: date = TODAY) -> list[Any]:
    return [who, date(1980, 1, 1), "Supported living", "Canal View", room, begun]


def test_a_sheet_puts_people_into_the_places_its_rooms_name(case, flats, tmp_path):
    _, eighteen, _ = flats
    path = workbook(tmp_path / "a.xlsx", HEADINGS, row("Apple, Ann", "FLAT 18"), row("Berry, Ben", "Flat 18"))
    answer = imported(case.store, path)
    there = case.store.find(Placement, unit_id=eighteen.id)
    assert (len(there), there[0].address, answer["placements_added"]) == (1, "FLAT 18", 2)
    assert "Somebody else is recorded in Flat 18 at Canal View then." in reasons(answer)
    assert not check(case.store).problems
    again = workbook(tmp_path / "b.xlsx", HEADINGS, row("Apple, Ann", "FLAT 18"))
    assert imported(case.store, again)["people_unchanged"] == 1


def test_a_sheet_says_that_a_place_is_held_for_another_and_ends_the_hold_of_who_comes(case, flats, tmp_path):
    _, _, anil = flats
    path = workbook(tmp_path / "a.xlsx", HEADINGS, row("Apple, Ann", "Flat 17"), row("Mockwright, Anil", "Flat 18"))
    answer = imported(case.store, path)
    assert "Flat 17 at Canal View is held for somebody else" in reasons(answer)
    assert answer["people_added"] == 1
    assert case.store.find(Hold, person_id=anil)[0].ended_on == TODAY
    assert states(case) == {"Flat 17": "taken", "Flat 18": "taken"}


def test_a_sheet_that_moves_somebody_to_another_service_leaves_no_place_of_the_old_one(case, flats, tmp_path):
    _, eighteen, anil = flats
    stay = {"stage_id": "supported", "started_on": TODAY, "service_id": case.canal_view.id, "unit_id": eighteen.id}
    moves.start_placement(case.store, anil, **stay)
    cells = ["Mockwright, Anil", date(1980, 1, 1), "Supported living", "Mill Street", "", TODAY]
    imported(case.store, workbook(tmp_path / "a.xlsx", HEADINGS, cells))
    assert case.store.find(Placement, person_id=anil)[0].unit_id is None
    assert not check(case.store).problems
