"""Forms whose drafts and settling have something of their own: corrections, ratings, bookings, several people."""

from __future__ import annotations

from datetime import date

from mhtracker.domain.records import Person
from mhtracker.operations.actions import add_action
from mhtracker.operations.notes import correct_note
from mhtracker.operations.readiness import Rated, rate
from mhtracker.store.queries.caseload import CaseloadQuery, caseload_ids
from mhtracker.store.queries.due import list_due
from mhtracker.store.queries.snoozed import item_key
from mhtracker.ui.dialogs.hand_over_form import STAYS
from tests.ui.conftest import DAY
from tests.ui.dialogs.form_handling import press, text_of, told, type_into, words_in
from tests.ui.dialogs.form_needs import needs_of

SENTENCE = "Half a sentence, to go on with tomorrow"


def test_two_corrections_of_one_note_are_shown_beside_one_another(open_form, do, line, window, settled):
    args, note = do(lambda store: needs_of("correct_note", store, line.person_id))
    form = open_form("correct_note", **args)
    type_into(form, "text", "He likes the roses.")
    type_into(form, "reason", "Said wrongly")
    do(correct_note, note.id, text="He likes the pond.", reason="Heard wrongly")
    assert form.settling.undecided == ("text",)
    for words in ("He likes the roses.", "He likes the pond.", "He likes the garden.", "Jo Okafor changed"):
        assert words in told(form)
    form.keep()
    settled(window)
    form = open_form("correct_note", **args)
    assert form.settling.undecided == ("text",)
    assert text_of(form, "reason") == "Said wrongly"


def test_ratings_of_different_domains_go_together_and_of_one_are_asked_about(
    open_form, do, line, read, window, settled
):
    one, two = (code.code for code in read(lambda store: store.codes("readiness_domain")[:2]))
    do(lambda store: needs_of("rate", store, line.person_id))
    form = open_form("rate")
    type_into(form, f"evidence_{one}", "Mine")
    form.keep()
    settled(window)
    do(rate, line.person_id, {two: Rated(3, "Theirs")}, rated_on=DAY)
    form = open_form("rate")
    assert (text_of(form, f"evidence_{one}"), text_of(form, f"evidence_{two}")) == ("Mine", "Theirs")
    assert form.settling.undecided == ()
    do(rate, line.person_id, {one: Rated(2, "Theirs too")}, rated_on=DAY)
    assert form.settling.undecided == (f"evidence_{one}",)
    assert "“Theirs too”" in told(form)


def test_a_booking_that_was_held_meanwhile_is_not_booked_anew(open_form, do, change, line, window, settled, read):
    args, booking = do(lambda store: needs_of("rebook_review", store, line.person_id))
    form = open_form("rebook_review", **args)
    type_into(form, "booked_on", "24 Jul 2026")
    change(booking, held_on=DAY)
    assert "no longer booked" in told(form)
    before = read(lambda store: store.last_seq())
    form.record()
    settled(window)
    assert read(lambda store: store.last_seq()) == before
    assert text_of(form, "booked_on") == "24 Jul 2026"


def test_fields_that_hang_on_another_are_back_with_it(open_form, window, settled):
    form = open_form("status")
    type_into(form, "kind", "Deprivation of liberty")
    code = form.form.editors["code"].combo.itemText(1)
    type_into(form, "code", code)
    type_into(form, "reference", "DoLS 17")
    form.keep()
    settled(window)
    form = open_form("status")
    assert (text_of(form, "code"), text_of(form, "reference")) == (code, "DoLS 17")
    assert not form.form.editors["reference"].isHidden()


def test_whom_to_hand_over_is_kept_with_what_is_to_be_known(open_form, line, window, settled):
    form = open_form("hand_over", person_ids=(line.person_id,))
    type_into(form, f"note:{line.person_id}", SENTENCE)
    form.keep()
    settled(window)
    assert not any(name == f"note:{line.person_id}" for name in open_form("hand_over").form.editors)
    window.run_command("drafts")
    settled(window)
    press(window.body.panel, "Go on")
    settled(window)
    assert text_of(window.body.panel, f"note:{line.person_id}") == SENTENCE


def test_each_line_put_off_has_a_draft_of_its_own(open_form, do, line, window, settled):
    due = do(_lines_due, line)
    form = open_form("put_off", item=due[0])
    what = text_of(form, "item")
    type_into(form, "reason", SENTENCE)
    form.keep()
    settled(window)
    other = open_form("put_off", item=due[1])
    assert text_of(other, "reason") == ""
    assert text_of(other, "item") != what
    again = open_form("put_off", item=due[0])
    assert (text_of(again, "item"), text_of(again, "reason")) == (what, SENTENCE)


def _lines_due(store, line) -> list[str]:
    for what in ("Ring the landlord", "Ring the bank"):
        add_action(store, line.person_id, what=what, due_on=DAY)
    due = list_due(store, DAY, until=DAY, worker_id=line.worker_id)
    return [item_key(item) for item in due if item.person_id == line.person_id and item.kind == "action"]


def test_the_days_changed_by_hand_are_back_with_the_reviews_to_book(open_form, line, window, settled):
    form = open_form("book_reviews", person_ids=(line.person_id,), limits={line.person_id: date(2026, 8, 20)})
    type_into(form, "first", "3 Aug 2026")
    form.form.editors["first"].settled.emit()
    type_into(form, line.person_id, "19 Aug 2026")
    form.keep()
    settled(window)
    window.run_command("drafts")
    settled(window)
    press(window.body.panel, "Go on")
    settled(window)
    form = window.body.panel
    form.form.editors["last"].settled.emit()  # as when the field is left
    assert (text_of(form, "first"), text_of(form, line.person_id)) == ("3 Aug 2026", "19 Aug 2026")
    assert "20 Aug" in words_in(form)
    form.start_afresh()
    settled(window)
    assert text_of(form, line.person_id) not in ("", "19 Aug 2026")


def test_more_people_than_a_form_has_room_for_are_said_and_none_is_left_behind(open_form, read, window, settled):
    everybody = tuple(read(caseload_ids, CaseloadQuery(), window.context.as_at))
    assert len(everybody) > 60
    booking = open_form("book_reviews", person_ids=everybody)
    assert f"60 of {len(everybody)} people, those due longest first" in words_in(booking)
    assert booking.primary_button.text() == "Book 60 reviews"
    due = [line.review_due_on or date.max for line in booking.data.people]
    assert due == sorted(due)
    form = open_form("hand_over", person_ids=everybody)
    assert f"And {len(everybody) - 60} more people" in words_in(form)
    worker = next(each.words for each in form.form.editors["worker_id"]._choices if each.value)
    type_into(form, "worker_id", worker)
    for line in form.data.people:
        form.form.editors[f"to:{line.person_id}"].set_value(STAYS)
    taker = form.form.editors["worker_id"].value()
    form.record()
    settled(window)
    rest = {line.person_id for line in form.data.rest if line.worker_id != taker}
    held = {person.id: person.worker_id for person in read(lambda store: store.find(Person))}
    assert not rest or {held[person_id] for person_id in rest} <= {taker} or form.form.problem_count()
