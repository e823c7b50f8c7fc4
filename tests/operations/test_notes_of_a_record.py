"""Notes are unfinished until their author says so; then they stand, and corrections stand beside them."""

import pytest

from mhtracker.domain.errors import Invalid, Refused
from mhtracker.domain.notes import text_now
from mhtracker.domain.records import Note, NoteCorrection
from mhtracker.operations import notes
from mhtracker.store.check import check
from tests.operations.conftest import TODAY


def begun(case, text="He is", finished=False):
    return notes.add_note(case.store, case.id, kind="visit", noted_on=TODAY, text=text, finished=finished)


def test_an_unfinished_note_is_written_on_and_finished_by_its_author(case):
    note = begun(case)
    assert note.finished_at is None
    note = notes.edit_note(case.store, note.id, base=note, text="He is looking forward")
    note = notes.finish_note(case.store, note.id, base=note, text="He is looking forward to the flat.")
    assert note.finished_at == case.store.clock.now()
    assert case.store.get(Note, note.id).text == "He is looking forward to the flat."
    assert case.store.next_undo().label == "Finish note"


def test_nobody_else_writes_on_an_unfinished_note(case):
    note = begun(case)
    case.store.who = "Anjali Kalpit"
    for step in (
        lambda: notes.edit_note(case.store, note.id, text="x"),
        lambda: notes.finish_note(case.store, note.id),
        lambda: notes.drop_note(case.store, note.id),
    ):
        with pytest.raises(Refused, match="Ewa Fikcyjna has not finished"):
            step()


def test_a_finished_note_is_never_edited_nor_thrown_away(case):
    note = begun(case, finished=True)
    for step in (
        lambda: notes.edit_note(case.store, note.id, text="x"),
        lambda: notes.finish_note(case.store, note.id, text="x"),
        lambda: notes.drop_note(case.store, note.id),
    ):
        with pytest.raises(Refused, match="finished on 14 Jul 2026"):
            step()
    assert case.store.get(Note, note.id) == note


def test_a_correction_keeps_the_first_words_and_says_who_and_why(case):
    note = begun(case, "He moved on Monday.", finished=True)
    first = notes.correct_note(case.store, note.id, text="He moved on Tuesday.", reason="wrong day")
    second = notes.correct_note(
        case.store, note.id, text="He moved on Tuesday\n\x00with boxes.", reason="more", base="He moved on Tuesday."
    )
    found = case.store.find(NoteCorrection)
    assert (case.store.get(Note, note.id).text, len(found)) == ("He moved on Monday.", 2)
    assert (first.reason, first.author, first.corrected_at) == ("wrong day", "Ewa Fikcyjna", case.store.clock.now())
    assert second.text == "He moved on Tuesday\nwith boxes."
    assert text_now(note, [first]) == "He moved on Tuesday."
    assert check(case.store).ok


def test_a_correction_needs_words_a_reason_and_a_change(case):
    note = begun(case, "He moved.", finished=True)
    for text, reason, fields in ((" ", " ", {"text", "reason"}), ("He moved.", "why", {"text"}), ("x", "", {"reason"})):
        with pytest.raises(Invalid) as caught:
            notes.correct_note(case.store, note.id, text=text, reason=reason)
        assert set(caught.value.problems) == fields
    with pytest.raises(Refused, match="not finished"):
        notes.correct_note(case.store, begun(case).id, text="x", reason="y")


def test_a_correction_begun_before_another_was_made_is_held_back(case):
    note = begun(case, "One.", finished=True)
    notes.correct_note(case.store, note.id, text="Two.", reason="first")
    with pytest.raises(Refused, match="while you were typing"):
        notes.correct_note(case.store, note.id, text="Three.", reason="second", base="One.")


def test_a_note_thrown_away_comes_back_with_undo(case):
    note = begun(case)
    notes.drop_note(case.store, note.id)
    assert case.store.find(Note) == []
    case.store.undo()
    assert case.store.find(Note)[0].text == "He is"


def test_more_than_a_million_letters_are_refused_in_words(case):
    with pytest.raises(Invalid, match="the most is 1,000,000"):
        begun(case, "a" * 1_000_001)
