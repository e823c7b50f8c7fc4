"""The warning while somebody is typed, telling people apart, and merging through the window."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from mhtracker.domain.records import NotSame, Person
from mhtracker.operations.merging.people import merge_people
from mhtracker.operations.moves import start_placement
from mhtracker.operations.people import add_person
from mhtracker.store.drafts import list_drafts
from mhtracker.store.queries.search import search_people
from mhtracker.ui.pages.duplicates import DuplicatesPage

BORN = date(1974, 3, 12)


@pytest.fixture
def do(window, qtbot):
    def run(function, *args, **named):
        done: list[Any] = []
        window.context.jobs.do(function, *args, then=done.append, **named)
        qtbot.waitUntil(lambda: bool(done))
        return done[0]

    return run


@pytest.fixture
def lukasz(do):
    return do(add_person, surname="Szczepański", given_names="Łukasz", born_on=BORN, locality="Harbourside")


@pytest.fixture
def twice(do, lukasz):
    return lukasz, do(add_person, surname="Shchepanski", given_names="Lukasz", born_on=BORN, locality="Westing")


@pytest.fixture
def open_form(window, settled):
    def run(command, **args):
        window.run_command(command, **args)
        settled(window)
        return window.body.panel

    return run


@pytest.fixture
def typed(open_form, qtbot, settled, window):
    """A new person as far as it is typed, with what has been looked for found."""
    form = open_form("add_person")

    def fill(**texts):
        for name, words in texts.items():
            form.form.editors[name].restore_text(words)
            form.form.editors[name].edited.emit()
        qtbot.waitUntil(lambda: not form._timer.isActive())
        settled(window)
        return form

    return fill


def press(widget, words):
    next(each for each in widget.findChildren(QAbstractButton) if each.text() == words).click()


def names(form):
    return [each.person.surname for each in form.likely.shown]


def test_a_warning_appears_while_somebody_is_typed_with_its_reasons(lukasz, typed):
    form = typed(surname="Shchepanski", given_names="Lukasz")
    assert names(form) == ["Szczepański"], "without a birth date a near name is said, if nothing is against it"
    assert names(typed(born_on="3/9/1999")) == []
    form = typed(born_on="12/3/1974")
    assert names(form) == ["Szczepański"]
    assert form.likely.isVisible()
    (row,) = [each for each in form.likely._rows if each.accessibleName()]
    assert "Same birth date" in row.accessibleName()
    assert "sounds like" in row.accessibleName()


def test_it_is_silent_while_nobody_is_like_and_goes_when_they_no_longer_are(lukasz, typed):
    form = typed(surname="Szczepański", given_names="Piotr", born_on="12/3/1974")
    assert not form.likely.isVisible()
    typed(given_names="Łukasz")
    assert form.likely.isVisible()
    typed(born_on="3/9/1999")
    assert not form.likely.isVisible()


def test_a_mistyped_number_is_recognised_before_it_is_right(do, typed):
    do(add_person, surname="Wainwright", given_names="Dennis", born_on=BORN, nhs_number="9999981801")
    form = typed(surname="Wainright", given_names="Dennis", nhs_number="999 991 8801")
    assert any("two digits changed round" in words for words in form.likely.shown[0].likeness.reasons)


def test_open_shows_the_person_and_what_was_typed_is_kept(window, lukasz, typed, settled, read):
    form = typed(surname="Szczepański", given_names="Łukasz", born_on="12/3/1974")
    press(form.likely, "Open")
    settled(window)
    assert window.navigator.current_page().person_id == lukasz.id
    assert [draft.texts["given_names"] for draft in read(list_drafts)] == ["Łukasz"]


def test_not_the_same_person_is_recorded_with_the_person_in_one_step(window, lukasz, typed, read, settled):
    form = typed(surname="Szczepański", given_names="Łukasz", born_on="12/3/1974")
    before = read(lambda store: store.last_seq())
    form.record()
    settled(window)
    assert read(lambda store: store.last_seq()) == before, "a double is not added unasked"
    assert "bears this name and birth date already" in form.form.editors["surname"].problem
    press(form.likely, "This is somebody else")
    settled(window)
    assert not form.likely.isVisible()
    form.record()
    settled(window)
    (decision,) = read(lambda store: store.find(NotSame))
    assert decision.other_id == lukasz.id
    assert read(lambda store: store.get(Person, decision.person_id)).surname == "Szczepański"
    window.run_command("undo")
    settled(window)
    assert read(lambda store: store.find(NotSame)) == []


def test_merging_through_the_window_and_undo(window, twice, open_form, settled, read):
    keep, other = twice
    chooser = open_form("merge", person_id=keep.id)
    press(chooser.likely, "Compare")
    settled(window)
    form = window.body.panel
    assert form.title == "Merge two records"
    assert form.form.editors["locality"].value() == "keep"
    form.form.editors["locality"].set_value("other")
    said = []
    window.context.bus.said.connect(lambda words, undo: said.append((words, undo)))
    form.record()
    settled(window)
    assert said == [(f"Merged {other.ref} into {keep.ref}.", True)]
    assert read(lambda store: store.get(Person, keep.id)).locality == "Westing"
    assert [found.person_id for found in read(search_people, other.ref)] == [keep.id]
    window.run_command("undo")
    settled(window)
    assert read(lambda store: store.get(Person, keep.id)).locality == "Harbourside"
    assert read(lambda store: store.get(Person, other.id)).merged_into is None


def test_a_page_opened_for_somebody_merged_shows_the_one_who_stayed(window, twice, do, settled):
    keep, other = twice
    do(merge_people, keep.id, other.id)
    window.open_person(other.id)
    settled(window)
    page = window.navigator.current_page()
    assert (page.person_id, page.summary.person.ref) == (keep.id, keep.ref)
    window.run_command("note", person_id=page.current_person())
    settled(window)
    assert window.body.panel.person_id == keep.id


def test_the_other_is_named_by_any_number_and_problems_stand_beside_the_field(window, twice, open_form, settled):
    keep, other = twice
    form = open_form("merge", person_id=keep.id)
    for words, problem in (("", "Write the reference"), ("nobody", "Nobody in this register"), (keep.ref, "is this")):
        form.form.editors["other"].restore_text(words)
        form.record()
        settled(window)
        assert problem in form.form.editors["other"].problem
    form.form.editors["other"].restore_text(other.ref.lower())
    form.record()
    settled(window)
    assert window.body.panel.other_id == other.id


def test_stays_that_cannot_both_hold_are_settled_before_merging(window, twice, do, open_form, settled, read):
    keep, other = twice
    for person, stage in ((keep, "residential"), (other, "supported")):
        do(start_placement, person.id, stage_id=stage, service_id=None, started_on=date(2025, 5, 1))
    form = open_form("merge", person_id=keep.id, other_id=other.id)
    form.record()
    settled(window)
    assert form.form.problem_count() == 2
    right = form.form.editors["stay:0"]
    right.set_value(right._options[0][0])
    form.form.editors["words"].restore_text("Never moved in.")
    form.record()
    settled(window)
    assert read(lambda store: store.get(Person, other.id)).merged_into == keep.id


def test_either_record_can_be_the_one_that_stays(window, twice, open_form, settled):
    keep, other = twice
    form = open_form("merge", person_id=keep.id, other_id=other.id)
    press(form, f"Keep {other.ref} instead")
    settled(window)
    assert (window.body.panel.person_id, window.body.panel.other_id) == (other.id, keep.id)


def test_the_page_finds_pairs_and_what_is_settled_leaves_it(window, twice, settled, read, qtbot):
    keep, other = twice
    window.open_page("duplicates")
    page = window.navigator.current_page()
    assert isinstance(page, DuplicatesPage)
    qtbot.waitUntil(lambda: page.again.isEnabled() and bool(page.pairs), timeout=10_000)
    settled(window)
    pairs = [(pair.one.id, pair.other.id) for pair in page.pairs]
    assert (keep.id, other.id) in pairs
    page.table.go_to(pairs.index((keep.id, other.id)))
    assert "sounds like" in page.why.text()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settled(window)
    press(window.body.panel, "They are two people")
    settled(window)
    assert (keep.id, other.id) not in [(pair.one.id, pair.other.id) for pair in page.pairs]
    assert len(read(lambda store: store.find(NotSame))) == 1
    assert window.body.panel is None


def test_a_search_stopped_keeps_what_it_found_and_begins_anew_when_asked(window, twice, settled, qtbot):
    window.open_page("duplicates")
    page = window.navigator.current_page()
    page.stop()
    settled(window)
    assert page.again.isEnabled()
    page.search()
    qtbot.waitUntil(lambda: page.again.isEnabled() and bool(page.pairs), timeout=10_000)
    assert "found among" in page._caption.text()
