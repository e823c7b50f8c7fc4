"""Targets, reviews and notes: the forms of what is planned and of what happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mhtracker import text
from mhtracker.domain.records import MoveOnPlan, Note, Review, ReviewOutcome, Target
from mhtracker.operations.reviews import book_review
from mhtracker.operations.targets import end_plan

DAY = date(2026, 7, 14)


@pytest.fixture
def open_form(window, page, settled):
    def run(command, **args):
        window.run_command(command, **args)
        settled(window)
        return window.body.panel

    return run


def set_field(form, name, value):
    form.form.editors[name].set_value(value)
    form.form.editors[name].edited.emit()


def foretold(form, window, settled):
    form.ask_preview()
    settled(window)
    return "\n".join(each.accessibleName() for each in form.info._lines)


def targets(read, line):
    return read(lambda store: store.find(Target, order_by=("set_on", "position"), plan_id=line.plan_id))


def open_reviews(read, line):
    return read(lambda store: store.find(Review, person_id=line.person_id, held_on=None, abandoned_on=None))


def free_of_bookings(window, settled, read, line):
    """Give up what is booked, so that the test starts from nothing booked."""
    from mhtracker.operations.reviews import abandon_review

    for review in open_reviews(read, line):
        window.context.jobs.do(abandon_review, review.id, reason="Cleared")
    settled(window)


def test_a_changed_target_is_another_date_beside_the_first(window, open_form, line, settled, read):
    before = targets(read, line)
    form = open_form("target")
    later = before[-1].target_on + timedelta(days=61)
    set_field(form, "target_on", later)
    set_field(form, "reason_code", "no_offer")
    original = text.format_date(before[0].target_on)
    assert f"after the original target, {original}" in foretold(form, window, settled)
    form.record()
    settled(window)
    after = targets(read, line)
    assert after[:-1] == before
    assert (after[-1].target_on, after[-1].reason_code) == (later, "no_offer")


def test_a_target_without_a_reason_is_refused(window, open_form, line, settled, read):
    before = targets(read, line)
    form = open_form("target")
    set_field(form, "target_on", DAY + timedelta(days=400))
    form.record()
    settled(window)
    assert form.form.editors["reason_code"].problem
    assert targets(read, line) == before


def test_without_a_plan_the_same_form_starts_one(window, open_form, line, settled, read):
    window.context.jobs.do(end_plan, line.plan_id, reason_code="changed")
    settled(window)
    form = open_form("target")
    assert form.title == "Start a move-on plan"
    set_field(form, "aim_stage_id", "independent")
    set_field(form, "target_on", DAY + timedelta(days=300))
    form.record()
    settled(window)
    found = read(lambda store: store.find(MoveOnPlan, person_id=line.person_id, ended_on=None))
    assert [plan.aim_stage_id for plan in found] == ["independent"]
    assert window.navigator.current_page().summary.move_on.original.target_on == DAY + timedelta(days=300)


def test_a_plan_ends_with_its_reason(window, open_form, line, settled, read):
    form = open_form("end_plan")
    set_field(form, "end_reason", "given_up")
    form.record()
    settled(window)
    plan = read(lambda store: store.get(MoveOnPlan, line.plan_id))
    assert (plan.ended_on, plan.end_reason) == (DAY, "given_up")


def test_the_aim_changes_and_the_dates_stay(window, open_form, line, settled, read):
    before = targets(read, line)
    form = open_form("aim")
    set_field(form, "aim_stage_id", "floating")
    set_field(form, "aim", "Near the allotment")
    form.record()
    settled(window)
    plan = read(lambda store: store.get(MoveOnPlan, line.plan_id))
    assert (plan.aim_stage_id, plan.aim) == ("floating", "Near the allotment")
    assert targets(read, line) == before


def test_a_booking_is_kept_and_clears_nothing(window, open_form, page, line, settled, read):
    free_of_bookings(window, settled, read, line)
    due = page.summary.review.due.due_on
    form = open_form("book_review")
    form.form.editors["booked_on"].restore_text("22/7/26")
    form.form.editors["booked_time"].restore_text("10.30")
    form.record()
    settled(window)
    booked = page.summary.review.booked
    assert (booked.booked_on, booked.booked_time) == (date(2026, 7, 22), "10:30")
    assert page.summary.review.due.due_on == due


def test_a_booking_on_a_sunday_is_pointed_out(window, open_form, line, settled, read):
    free_of_bookings(window, settled, read, line)
    form = open_form("book_review")
    form.form.editors["booked_on"].restore_text("26 Jul 2026")
    assert "no working day" in foretold(form, window, settled)


def test_a_booking_moves_with_its_reason_in_the_history(window, open_form, page, line, settled, read):
    free_of_bookings(window, settled, read, line)
    window.context.jobs.do(book_review, line.person_id, booked_on=date(2026, 7, 22), booked_time="10:30")
    settled(window)
    form = open_form("rebook_review", review_id=page.summary.review.booked.id)
    form.form.editors["booked_on"].restore_text("29 Jul 2026")
    form.form.editors["reason"].restore_text("Marek is away that week")
    form.record()
    settled(window)
    assert page.summary.review.booked.booked_on == date(2026, 7, 29)
    assert read(lambda store: store.next_undo()).reason == "Marek is away that week"


def test_a_held_review_is_the_booked_one_and_sets_the_next(window, open_form, page, line, settled, read):
    free_of_bookings(window, settled, read, line)
    window.context.jobs.do(book_review, line.person_id, booked_on=DAY)
    settled(window)
    booked = page.summary.review.booked
    form = open_form("review")
    assert form.form.editors["which"].value() == booked.id
    assert form.form.editors["held_on"].value() == DAY
    set_field(form, "outcome", ReviewOutcome.CHANGE)
    set_field(form, "summary", "Agreed to look at Canal View.")
    assert "Next review will fall due on Wed 14 Jul 2027" in foretold(form, window, settled)
    form.record()
    settled(window)
    held = read(lambda store: store.get(Review, booked.id))
    assert (held.held_on, held.outcome, held.summary) == (DAY, "change", "Agreed to look at Canal View.")
    assert page.summary.review.due.due_on == date(2027, 7, 14)


def test_a_review_cannot_have_been_held_tomorrow(window, open_form, page, settled):
    form = open_form("review")
    set_field(form, "held_on", DAY + timedelta(days=1))
    set_field(form, "outcome", ReviewOutcome.CONTINUE)
    form.record()
    settled(window)
    assert "lies ahead" in form.form.editors["held_on"].problem
    assert form.isVisible()


def test_a_review_without_a_booking_is_recorded_with_its_kind(window, open_form, page, line, settled, read):
    free_of_bookings(window, settled, read, line)
    form = open_form("review")
    assert form.form.editors["kind"].isVisible()
    set_field(form, "kind", "s117")
    set_field(form, "held_on", DAY)
    set_field(form, "outcome", ReviewOutcome.CONTINUE)
    form.record()
    settled(window)
    newest = page.summary.reviews[0].review
    assert (newest.kind, newest.held_on) == ("s117", DAY)


def test_a_review_given_up_still_counts_as_not_held(window, open_form, page, line, settled, read):
    free_of_bookings(window, settled, read, line)
    window.context.jobs.do(book_review, line.person_id, booked_on=DAY + timedelta(days=3))
    settled(window)
    review = page.summary.review.booked
    due = page.summary.review.due
    form = open_form("abandon_review", review_id=review.id)
    form.form.editors["abandon_reason"].restore_text("Nobody could come")
    form.record()
    settled(window)
    given_up = read(lambda store: store.get(Review, review.id))
    assert (given_up.abandoned_on, given_up.abandon_reason) == (DAY, "Nobody could come")
    assert page.summary.review.due == due


def test_a_note_is_dated_today_unless_told_otherwise(window, open_form, page, settled):
    form = open_form("note")
    set_field(form, "kind", "visit")
    set_field(form, "text", "He slept, and made his own breakfast.")
    form.record()
    settled(window)
    note = page.summary.notes[0]
    assert (note.noted_on, note.kind, note.text) == (DAY, "visit", "He slept, and made his own breakfast.")


def test_a_note_can_be_put_right(window, open_form, page, line, settled, read):
    form = open_form("note")
    set_field(form, "kind", "call")
    set_field(form, "text", "Rnag.")
    form.record()
    settled(window)
    note = page.summary.notes[0]
    form = open_form("correct_note", note_id=note.id)
    set_field(form, "text", "Rang.")
    set_field(form, "reason", "letters the wrong way round")
    form.record()
    settled(window)
    assert read(lambda store: store.get(Note, note.id)).text == "Rnag."
    assert page.summary.around.corrections[0].text == "Rang."


def test_an_unfinished_note_is_gone_on_with_and_finished(window, open_form, page, settled, read):
    form = open_form("note")
    assert form.form.editors["text"].control.hasFocus()
    set_field(form, "kind", "visit")
    set_field(form, "text", "He said")
    form.form.editors["unfinished"].set_value(True)
    form.record()
    settled(window)
    note = page.summary.notes[0]
    assert note.finished_at is None
    form = open_form("edit_note", note_id=note.id)
    set_field(form, "text", "He said yes.")
    form.form.editors["unfinished"].set_value(False)
    form.record()
    settled(window)
    finished = read(lambda store: store.get(Note, note.id))
    assert (finished.text, finished.finished_at is None) == ("He said yes.", False)


@pytest.mark.parametrize(
    "command",
    ["move", "target", "aim", "end_plan", "review", "book_review", "note", "edit_person", "status", "close_case"],
)
def test_every_form_names_its_person_and_every_field(window, open_form, page, command):
    form = open_form(command)
    assert page.summary.person.surname.upper() in form.accessibleName()
    for name, editor in form.form.editors.items():
        assert editor.control.accessibleName() or name == "keep_place", name
    assert form.primary_button.isEnabled()


@pytest.mark.parametrize("command", ["target", "note", "move", "review", "edit_person"])
def test_tab_goes_from_the_last_field_to_the_steps_under_it(window, page, settled, command):
    window.run_command(command)
    settled(window)
    panel = window.body.panel
    panel.form.focus_first()
    passed = []
    for _ in range(60):
        passed.append(window.focusWidget().accessibleName())
        if passed[-1] == panel.primary_button.accessibleName():
            break
        window.focusNextPrevChild(True)
    assert passed[-2:] == ["Keep for later", panel.primary_button.accessibleName()]


def test_what_the_rules_have_against_a_field_is_told_beside_what_is_missing(window, page, settled, qtbot):
    window.run_command("review")
    settled(window)
    form = window.body.panel
    form.form.editors["held_on"].set_value(window.context.today + timedelta(days=30))
    form.record()
    editors = form.form.editors
    qtbot.waitUntil(lambda: bool(editors["held_on"].problem))
    assert "lies ahead" in editors["held_on"].problem
    assert editors["outcome"].problem == "“Outcome” is needed."
