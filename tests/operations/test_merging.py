"""Two records of one person become one: nothing is lost, and undo brings both back, also after a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mhtracker.domain.errors import Invalid, NotFound, Refused
from mhtracker.domain.records import (
    KIND_OF,
    LegalAndStatus,
    MoveOnPlan,
    Note,
    NotSame,
    Person,
    Placement,
    Record,
    Review,
    StatusKind,
    Target,
    new_id,
)
from mhtracker.operations import moves, people
from mhtracker.operations.merging.drafts import moving_types, preview_merge
from mhtracker.operations.merging.people import mark_not_same, merge_people
from mhtracker.operations.notes import add_note
from mhtracker.store import FixedClock, Store, known_by, open_register
from mhtracker.store.check import check
from mhtracker.store.codec import shape_of
from mhtracker.store.lines import read_facts
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload
from mhtracker.store.queries.history import list_operations
from mhtracker.store.queries.likely import find_likely
from mhtracker.store.queries.person import build_case_summary, find_person
from mhtracker.store.queries.search import search_people
from mhtracker.store.schema import RECORD_TABLES
from tests.operations.conftest import TODAY, WHO
from tests.store.registers import every_record

BORN = date(1974, 3, 12)


@pytest.fixture
def two(store: Store) -> tuple[Person, Person]:
    """Łukasz Szczepański twice: once as he writes it, once as somebody heard it."""
    keep = people.add_person(
        store, surname="Szczepański", given_names="Łukasz", born_on=BORN, gender="male", locality="Harbourside"
    )
    other = people.add_person(
        store, surname="Shchepanski", given_names="Lukasz", born_on=date(1974, 12, 3), nhs_number="9999981801",
        local_id="M-20/7", locality="Westing",
    )  # fmt: skip
    moves.start_placement(store, keep.id, stage_id="residential", service_id=None, started_on=date(2025, 1, 6))
    with store.operation("Fill") as work:
        stay = Placement(new_id(), other.id, "hospital", date(2024, 6, 1), date(2024, 12, 20), note="Came in at night")
        plan = MoveOnPlan(new_id(), other.id, "supported", started_on=date(2025, 2, 1))
        target = Target(new_id(), plan.id, other.id, date(2026, 3, 1), date(2025, 2, 1))
        review = Review(new_id(), other.id, held_on=date(2025, 3, 3))
        status = LegalAndStatus(new_id(), other.id, StatusKind.S117, "s3", date(2024, 12, 20))
        work.add_many([stay, plan, target, review, status, Note(new_id(), other.id, "call", TODAY, "Rang.", WHO)])
    return store.get(Person, keep.id), store.get(Person, other.id)


def _with_version_0(record: Record) -> Record:
    fields: dict[str, Any] = {"version": 0}
    return replace(record, **fields)


def everything(store: Store) -> dict[type[Record], dict[str, Any]]:
    """Every record's values, without the versions that saving raises."""
    return {
        record_type: {each.id: _with_version_0(each) for each in store.find(record_type)}
        for record_type in RECORD_TABLES
    }


def test_every_record_of_the_other_goes_to_the_one_who_stays(store: Store, two: tuple[Person, Person]) -> None:
    keep, other = two
    before = everything(store)
    merge_people(store, keep.id, other.id)
    after = everything(store)
    for record_type in moving_types():
        assert not store.find(record_type, person_id=other.id), KIND_OF[record_type]
        for record_id, record in before[record_type].items():
            assert after[record_type][record_id] == replace(record, person_id=keep.id)
    summary = build_case_summary(store, keep.id, TODAY)
    assert [stay.placement.stage_id for stay in summary.stays] == ["hospital", "residential"]
    assert summary.move_on is not None
    assert summary.s117 is not None
    assert check(store).ok


def test_a_type_of_record_that_comes_later_is_brought_too(store: Store) -> None:
    """One record of every type there is, with every field filled."""
    records = [each for each in every_record("Everything") if not isinstance(each, NotSame)]
    other = next(each for each in records if isinstance(each, Person))
    with store.operation("Fill") as work:
        for each in records:
            work.save(replace(each, merged_into=None) if isinstance(each, Person) else each)
    keep = people.add_person(store, surname="Keeper")
    belonging = {type(each) for each in records if getattr(each, "person_id", None) == other.id}
    assert belonging == set(moving_types())
    merge_people(store, keep.id, other.id)
    for record_type in belonging:
        assert store.find(record_type, person_id=keep.id), KIND_OF[record_type]
    assert all(
        not store.find(each, person_id=other.id) for each in RECORD_TABLES if shape_of(each).person_field == "person_id"
    )


def test_fields_are_kept_as_chosen_and_what_is_not_stands_in_a_finished_note(
    store: Store, two: tuple[Person, Person]
) -> None:
    keep, other = two
    merged = merge_people(store, keep.id, other.id, choices={"born_on": "other"})
    assert (merged.ref, merged.surname, merged.born_on) == (keep.ref, "Szczepański", date(1974, 12, 3))
    assert (merged.nhs_number, merged.local_id) == ("9999981801", "M-20/7"), "an empty field is filled"
    assert merged.gender == "male"
    (note,) = [each for each in store.find(Note, person_id=keep.id) if each.kind == "record"]
    assert note.finished_at is not None
    assert merged.locality == "Westing", "the record worked on last knows where they live"
    for words in ("Shchepanski", "Lukasz", "12 Mar 1974", "Harbourside", other.ref):
        assert words in note.text
    assert "Westing" not in note.text


def test_the_other_is_hidden_yet_their_numbers_lead_to_the_one_who_stays(
    store: Store, two: tuple[Person, Person]
) -> None:
    keep, other = two
    merge_people(store, keep.id, other.id)
    assert [line.person_id for line in list_caseload(store, CaseloadQuery(), TODAY)] == [keep.id]
    assert set(read_facts(store, None)) == {keep.id}
    for typed in (other.ref, "999 998 1801", "M-20/7", other.id):
        assert find_person(store, typed).id == keep.id
    for typed in (other.ref, "shchepanski", "9999981801"):
        assert [found.person_id for found in search_people(store, typed)] == [keep.id]
    assert build_case_summary(store, other.id, TODAY).person.id == keep.id


def test_a_form_left_open_cannot_record_for_somebody_merged_meanwhile(store: Store, two: tuple[Person, Person]) -> None:
    keep, other = two
    merge_people(store, keep.id, other.id)
    before = store.last_seq()
    with pytest.raises(Refused, match=f"{other.ref} was merged into {keep.ref} meanwhile"):
        add_note(store, other.id, kind="call", noted_on=TODAY, text="Rang.")
    with pytest.raises(Refused):
        moves.start_placement(store, other.id, stage_id="supported", service_id=None, started_on=TODAY)
    assert store.last_seq() == before
    assert check(store).ok


def test_the_history_of_the_one_who_stays_tells_what_was_recorded_of_both(
    store: Store, two: tuple[Person, Person]
) -> None:
    keep, other = two
    people.edit_person(store, other.id, known_as="Luke")
    merge_people(store, keep.id, other.id)
    told = [line.operation.label for line in list_operations(store, person_id=keep.id)]
    assert told[0] == f"Merge {other.ref} into {keep.ref}"
    assert "Change known as" in told
    store.undo()
    assert "Change known as" not in [line.operation.label for line in list_operations(store, person_id=keep.id)]


def test_looking_back_shows_the_two_as_they_were(store: Store, two: tuple[Person, Person]) -> None:
    keep, other = two
    store.clock = FixedClock(TODAY + timedelta(days=1))
    merge_people(store, keep.id, other.id)
    with known_by(store, TODAY) as before:
        assert len(list_caseload(before, CaseloadQuery(), TODAY)) == 2
        assert find_person(before, other.ref).id == other.id
        assert [found.person_id for found in search_people(before, "shchepanski")] == [other.id]
    with known_by(store, TODAY + timedelta(days=1)) as after:
        assert [line.person_id for line in list_caseload(after, CaseloadQuery(), TODAY)] == [keep.id]
        assert [found.person_id for found in search_people(after, "shchepanski")] == [keep.id]


def test_the_same_nhs_number_on_both_does_not_trip_the_rule(store: Store, two: tuple[Person, Person]) -> None:
    keep, other = two
    merge_people(store, keep.id, other.id)
    assert {each.nhs_number for each in store.find(Person)} == {"9999981801"}
    assert find_person(store, "9999981801").id == keep.id
    assert people.edit_person(store, keep.id, local_id="M-20/7", locality="Elmvale").locality == "Elmvale"
    assert check(store).ok


def test_undo_brings_everything_back_also_after_a_restart(store: Store, two: tuple[Person, Person]) -> None:
    keep, other = two
    before = everything(store)
    merge_people(store, keep.id, other.id, choices={"surname": "other"})
    address = store.address
    store.close()
    with open_register(address, who=WHO, clock=FixedClock(TODAY)) as again:
        assert again.next_undo().label == f"Merge {other.ref} into {keep.ref}"
        again.undo()
        assert everything(again) == before
        assert find_person(again, "M-20/7").id == other.id
        assert [found.person_id for found in search_people(again, "shchepanski")] == [other.id]
        assert len(list_caseload(again, CaseloadQuery(), TODAY)) == 2
        assert check(again).ok
        again.redo()
        assert find_person(again, "M-20/7").id == keep.id
        assert check(again).ok


def test_stays_that_cannot_both_hold_are_settled_in_words_first(store: Store, two: tuple[Person, Person]) -> None:
    keep, other = two
    with store.operation("Fill") as work:
        twice = work.save(Placement(new_id(), other.id, "supported", date(2025, 5, 1), note="Flat 3"))
    (clash,) = preview_merge(store, keep.id, other.id).clashes
    assert (clash.kept_words, clash.other_words) == (
        "Residential, 6 Jan 2025, still there",
        "Supported living, 1 May 2025, still there",
    )
    with pytest.raises(Invalid, match="cannot both hold"):
        merge_people(store, keep.id, other.id, words="Typed twice.")
    with pytest.raises(Invalid, match="how it is known"):
        merge_people(store, keep.id, other.id, leave_out=[twice.id])
    assert store.get(Person, other.id).merged_into is None
    merge_people(store, keep.id, other.id, leave_out=[twice.id], words="Never moved in: the offer fell through.")
    assert store.peek(Placement, twice.id) is None
    (note,) = [each for each in store.find(Note, person_id=keep.id) if each.kind == "record"]
    assert "Supported living, 1 May 2025, still there; Note: Flat 3" in note.text
    assert "the offer fell through" in note.text
    assert check(store).ok
    store.undo()
    assert store.get(Placement, twice.id).note == "Flat 3"


def test_a_stay_that_both_records_tell_alike_is_kept_once_without_asking(
    store: Store, two: tuple[Person, Person]
) -> None:
    keep, other = two
    with store.operation("Fill") as work:
        work.save(Placement(new_id(), other.id, "residential", date(2025, 1, 6), note="Room 4"))
    merge_people(store, keep.id, other.id)
    assert [stay.stage_id for stay in store.find(Placement, person_id=keep.id, ended_on=None)] == ["residential"]
    assert any("Room 4" in note.text for note in store.find(Note, person_id=keep.id))
    assert check(store).ok


def test_the_preview_tells_field_by_field_and_counts_what_moves(store: Store, two: tuple[Person, Person]) -> None:
    keep, other = two
    told = preview_merge(store, keep.id, other.id)
    lines = {line.name: line for line in told.fields}
    assert (lines["surname"].kept, lines["surname"].other, lines["surname"].asks) == (
        "Szczepański", "Shchepanski", True,
    )  # fmt: skip
    assert (lines["nhs_number"].other, lines["nhs_number"].side, lines["nhs_number"].asks) == (
        "999 998 1801", "other", False,
    )  # fmt: skip
    assert told.counts == ("1 stay", "1 move-on plan", "1 move-on date", "1 review", "1 status", "1 note")
    assert told.likeness.warns
    assert told.clashes == ()
    assert preview_merge(store, other.id, keep.id).keep == other


def test_a_case_that_ended_does_not_end_the_other_unasked(store: Store, two: tuple[Person, Person]) -> None:
    keep, other = two
    people.close_case(store, other.id, left_on=TODAY, reason="out_of_area")
    assert any("left the pathway" in words for words in preview_merge(store, keep.id, other.id).cautions)
    assert merge_people(store, keep.id, other.id).left_on is None


def test_merging_refuses_what_makes_no_sense(store: Store, two: tuple[Person, Person]) -> None:
    keep, other = two
    with pytest.raises(Invalid, match="same record"):
        merge_people(store, keep.id, keep.id)
    with pytest.raises(NotFound):
        merge_people(store, keep.id, "nobody")
    with pytest.raises(Invalid, match="no field"):
        merge_people(store, keep.id, other.id, choices={"ref": "other"})
    merge_people(store, keep.id, other.id)
    with pytest.raises(Invalid, match=f"merged into {keep.ref} already"):
        merge_people(store, keep.id, other.id)


def test_merges_can_follow_one_another_and_all_numbers_lead_to_the_last(
    store: Store, two: tuple[Person, Person]
) -> None:
    keep, other = two
    third = people.add_person(store, surname="Szczepanski", given_names="Lukas", born_on=BORN)
    merge_people(store, keep.id, other.id)
    merge_people(store, third.id, keep.id)
    assert {find_person(store, typed).id for typed in (other.ref, keep.ref, third.ref, "M-20/7")} == {third.id}
    assert check(store).ok
    store.undo()
    store.undo()
    assert find_person(store, other.ref).id == other.id
    assert check(store).ok


def test_two_people_told_apart_are_not_asked_about_again(store: Store, two: tuple[Person, Person]) -> None:
    from mhtracker.domain.likeness.score import facts_of

    keep, other = two
    assert find_likely(store, facts_of(keep), settled_for=keep.id)
    mark_not_same(store, keep.id, other.id)
    assert not find_likely(store, facts_of(keep), settled_for=keep.id)
    assert not find_likely(store, facts_of(other), settled_for=other.id)
    with pytest.raises(Invalid, match="told apart already"):
        mark_not_same(store, other.id, keep.id)
    twin = people.add_person(
        store, surname="Szczepański", given_names="Lukasz", born_on=BORN, not_same=[keep.id, other.id]
    )
    assert not find_likely(store, facts_of(twin), settled_for=twin.id)
    merge_people(store, keep.id, other.id)
    assert {(each.person_id, each.other_id) for each in store.find(NotSame)} == {(twin.id, keep.id)}
    store.undo()
    assert len(store.find(NotSame)) == 3
