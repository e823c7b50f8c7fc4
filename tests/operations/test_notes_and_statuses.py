"""Notes, and the statuses that hold from a day on."""

from datetime import date

import pytest

from mhtracker.domain.errors import Conflict, Invalid
from mhtracker.domain.records import LegalAndStatus, Note, StatusKind
from mhtracker.operations import notes, statuses
from mhtracker.store.queries.person import build_case_summary
from tests.operations.conftest import TODAY

S117, HOME, WORK = StatusKind.S117, StatusKind.ACCOMMODATION, StatusKind.EMPLOYMENT


def refused(function, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        function(*args, **kwargs)
    return caught.value.problems


def held(case, kind):
    return sorted(case.store.find(LegalAndStatus, kind=kind), key=lambda status: status.started_on or date.min)


def test_a_note_is_kept_with_its_author_and_moment(case):
    note = notes.add_note(case.store, case.id, kind="visit", noted_on=TODAY, text="Boxes carried.\r\n\x00Slept well.")
    kept = case.store.get(Note, note.id)
    assert kept == note
    assert (kept.text, kept.author) == ("Boxes carried.\nSlept well.", "Ewa Fikcyjna")
    assert kept.finished_at == case.store.clock.now()
    assert case.store.next_undo().label == "Add note"


def test_a_note_s_preview_says_what_is_left_out(case):
    preview = notes.preview_note(case.store, case.id, kind="visit", noted_on=TODAY, text="one\x00two")
    assert [caution.field for caution in preview.cautions] == ["text"]
    assert case.store.find(Note) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"noted_on": date(2026, 7, 15)}, "noted_on"),
        ({"kind": "cloud"}, "kind"),
    ],
)
def test_a_note_that_cannot_be_is_refused(case, change, field):
    form = {"kind": "visit", "noted_on": TODAY, "text": "Visit."} | change
    assert set(refused(notes.add_note, case.store, case.id, **form)) == {field}
    assert case.store.find(Note) == []


def test_an_unfinished_note_is_written_on_and_a_clash_is_told(case):
    note = notes.add_note(case.store, case.id, kind="visit", noted_on=TODAY, text="Visit.", finished=False)
    assert notes.edit_note(case.store, note.id, base=note, text="Visit, with his brother.").text.endswith("brother.")
    with pytest.raises(Conflict):
        notes.edit_note(case.store, note.id, base=note, text="Call.")


def test_a_new_status_ends_the_one_before_it(case):
    statuses.set_status(case.store, case.id, kind=HOME, code="care_home", started_on=date(2019, 6, 10))
    statuses.set_status(case.store, case.id, kind=HOME, code="supported", started_on=TODAY)
    before, now = held(case, HOME)
    assert (before.ended_on, now.ended_on) == (TODAY, None)
    assert build_case_summary(case.store, case.id, TODAY).accommodation.code == "supported"
    assert build_case_summary(case.store, case.id, date(2026, 7, 13)).accommodation.code == "care_home"
    assert case.store.next_undo().label == "Set accommodation"
    case.store.undo()
    assert [status.ended_on for status in held(case, HOME)] == [None]


def test_an_earlier_status_fills_in_the_time_before(case):
    statuses.set_status(case.store, case.id, kind=WORK, code="seeking", started_on=date(2026, 1, 1))
    statuses.set_status(case.store, case.id, kind=WORK, code="voluntary", started_on=date(2024, 1, 1))
    assert [(status.code, status.ended_on) for status in held(case, WORK)] == [
        ("voluntary", date(2026, 1, 1)),
        ("seeking", None),
    ]


def test_what_holds_already_is_not_set_again(case):
    statuses.set_status(case.store, case.id, kind=WORK, code="seeking", started_on=date(2026, 1, 1))
    again = {"kind": WORK, "code": "seeking", "started_on": TODAY}
    assert "since 1 Jan 2026" in refused(statuses.set_status, case.store, case.id, **again)["code"]


def test_a_status_without_a_start_has_held_since_always(case):
    statuses.set_status(case.store, case.id, kind=WORK, code="seeking")
    assert build_case_summary(case.store, case.id, date(2020, 1, 1)).employment.code == "seeking"
    assert set(refused(statuses.set_status, case.store, case.id, kind=WORK, code="voluntary")) == {"started_on"}


def test_after_care_follows_a_qualifying_section_and_a_new_one_ends_the_old(case):
    wrong = {"kind": S117, "code": "2", "started_on": date(2019, 6, 10)}
    assert set(refused(statuses.set_status, case.store, case.id, **wrong)) == {"code"}
    statuses.set_status(case.store, case.id, kind=S117, code="3", started_on=date(2019, 6, 10))
    statuses.set_status(case.store, case.id, kind=S117, code="37", started_on=date(2024, 1, 1))
    assert [status.ended_on for status in held(case, S117)] == [date(2024, 1, 1), None]


def test_a_status_ends_no_sooner_than_it_began(case):
    status = statuses.set_status(case.store, case.id, kind=HOME, code="supported", started_on=date(2026, 1, 1))
    assert set(refused(statuses.end_status, case.store, status.id, ended_on=date(2025, 1, 1))) == {"ended_on"}


def test_a_preview_of_a_status_says_and_changes_nothing(case):
    preview = statuses.preview_status(
        case.store, case.id, kind=S117, code="3", started_on=date(2019, 6, 10), ended_on=date(2020, 1, 1)
    )
    assert set(preview.problems) == {"ended_by_health", "ended_by_council", "end_reason"}
    assert statuses.preview_status(case.store, case.id, kind=HOME, code="cloud").problems
    assert case.store.find(LegalAndStatus) == []
