"""The caseload, driven as a person drives it."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from mhtracker.domain.records import Person, SavedView
from mhtracker.settings import load
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, caseload_ids, count_caseload
from mhtracker.ui.caseload.choice_menu import ChoiceMenu
from mhtracker.ui.caseload.export import save_caseload
from mhtracker.ui.dialogs.pdf_preview import PdfPreview


@pytest.fixture
def page(window, settled):
    window.open_page("caseload")
    settled(window)
    return window.navigator.current_page()


@pytest.fixture
def read(window, qtbot):
    """Asks the register what the page should be showing."""

    def ask(function, *args, **named):
        answers: list[Any] = []
        window.context.jobs.ask(function, *args, then=answers.append, **named)
        qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    return ask


def names(page):
    rows = (page.model.row(place) for place in range(min(page.model.rowCount(), 12)))
    return [row.surname for row in rows]


def test_everyone_on_the_pathway_is_listed_most_overdue_first(window, page, read):
    everyone = read(count_caseload, CaseloadQuery(), window.context.as_at)
    assert page.model.rowCount() == everyone
    due = [page.model.row(place).review_due_on for place in range(10)]
    assert due == sorted(due)
    assert page.head._matching.text() == str(everyone)
    assert page.foot.words().startswith(f"{everyone} people")


@pytest.mark.parametrize("figure", ["overdue", "soon", "slipping"])
def test_a_figure_at_the_foot_lists_whom_it_counts(page, window, settled, figure):
    shown = page.foot._figures[figure]
    number = int(shown._number.text())
    shown.click()
    settled(window)
    assert page.model.rowCount() == number
    assert page.foot._figures["total"]._number.text() == str(number)


def test_pressing_a_heading_sorts_in_the_register(window, page, settled):
    page.table._on_title([column.key for column in page.model.columns].index("person"))
    settled(window)
    shown = [page.model.row(place).name_key for place in range(20)]
    assert shown == sorted(shown)
    page.table._on_title([column.key for column in page.model.columns].index("person"))
    settled(window)
    assert page.query_now.sort == (("name", True),)


def test_a_view_narrows_the_list_to_as_many_as_its_tab_says(window, page, settled):
    page.head.tabs.chosen.emit("overdue")
    settled(window)
    assert page.model.rowCount() == page._counts.views["overdue"]
    assert all(page.model.row(place).review_due_on < window.context.as_at for place in range(page.model.rowCount()))
    assert page.head.tabs.key() == "overdue"
    assert page.chips._chips["review"].value == "overdue"


def test_a_chip_s_menu_filters_as_it_is_ticked_and_the_chip_says_so(window, page, settled, read):
    page.chips._chips["stage"].click()
    settled(window)
    menu = page.chips.menu
    assert isinstance(menu, ChoiceMenu)
    assert menu.actions()[0].text().partition("\t")[2]
    action = next(action for action in menu.actions() if action.data() == "Residential")
    action.setChecked(True)
    settled(window)
    menu.close()
    wanted = read(count_caseload, CaseloadQuery((Filter("stage", "=", "Residential"),)), window.context.as_at)
    assert page.model.rowCount() == wanted
    assert page.chips._chips["stage"].text() == "Stage: residential"
    page.chips._chips["stage"].clear()
    settled(window)
    assert page.model.rowCount() > wanted


def test_typing_filters_as_it_is_typed_and_down_goes_to_the_table(window, page, settled, qtbot):
    line = page.model.row(3)
    assert page.focus_filter()
    QTest.keyClicks(page.chips.words, line.surname[:5])
    qtbot.waitUntil(lambda: page.query_now.text == line.surname[:5])
    settled(window)
    assert line.surname in names(page)
    assert page.model.rowCount() < page._counts.everyone
    QTest.keyClick(page.chips.words, Qt.Key.Key_Down)
    assert page.table.hasFocus()


def test_nothing_that_matches_offers_to_clear_the_filters(window, page, settled):
    page.ask_for(text="nobody is called this")
    settled(window)
    assert page.model.rowCount() == 0
    assert page.table._empty.title.text() == "Nobody matches"
    page.table._empty.button.click()
    settled(window)
    assert page.model.rowCount() == page._counts.everyone


def test_enter_opens_the_person_of_the_row(window, page, settled):
    page.table.setFocus()
    page.table.go_to(2)
    line = page.table.current_row()
    assert page.current_person() == line.person_id
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settled(window)
    assert window.navigator.current_page().person_id == line.person_id


def test_coming_back_finds_the_same_row(window, page, settled):
    page.table.go_to(7)
    line = page.table.current_row()
    window.open_person(line.person_id)
    settled(window)
    window.navigator.go_back()
    settled(window)
    assert page.table.current_row().person_id == line.person_id


def test_ticking_shows_what_can_be_done_and_escape_ends_it(page):
    page.table.setFocus()
    page.table.go_to(0)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.bulk.isVisible()
    assert page.bulk._words.text() == "2 people selected"
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert not page.bulk.isVisible()


def test_select_all_ticks_everyone_listed(window, page, settled):
    page.model.tick([0])
    page.bulk.select_all.emit()
    settled(window)
    assert len(page.model.ticked) == page.model.rowCount()


def test_reassigning_the_ticked_is_one_step(window, page, settled, read):
    page.model.tick([0, 1, 2])
    ids = [page.model.row(place).person_id for place in range(3)]
    page.bulk.reassign.emit()
    settled(window)
    form = window.body.panel
    assert form.title == "Reassign 3 people"
    worker = form.data.workers[0].value
    form.form.set_values({"worker_id": worker})
    form.record()
    settled(window)
    assert all(read(lambda store, i=i: store.get(Person, i)).worker_id == worker for i in ids)
    assert read(lambda store: store.next_undo()).label == "Reassign 3"
    assert window.body.panel is None


def test_booking_reviews_proposes_working_days_and_books_all_at_once(window, page, settled, read, qtbot):
    page.model.tick([0, 1, 2, 3])
    page.bulk.book_reviews.emit()
    settled(window)
    form = window.body.panel
    values = form.form.values()
    # Whoever is booked already begins without a day.
    days = [day for line in form.data.people if (day := values[line.person_id]) is not None]
    assert days
    assert days == sorted(days)
    assert all(day.weekday() < 5 for day in days)
    before = read(lambda store: store.last_seq())
    form.record()
    settled(window)
    if window.body.panel is None:
        assert read(lambda store: store.last_seq()) == before + 1
    else:
        # Somebody has a booking already: it is said beside them, and nothing was booked.
        assert form.form.problem_count()
        assert read(lambda store: store.last_seq()) == before


def test_copying_puts_rows_with_their_headings_on_the_clipboard(window, page, settled):
    page.copy_all()
    settled(window)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Person", "Age", "Stage"]
    assert len(lines) == page.model.rowCount() + 1


def test_handing_over_is_one_step_and_shows_the_sheet(window, page, settled, read):
    page.model.tick([0, 1, 2])
    rows = [page.model.row(place) for place in range(3)]
    page.bulk.hand_over.emit()
    settled(window)
    form = window.body.panel
    taker = next(each for each in form.data.workers if each.value not in {row.worker_id for row in rows})
    values = {"worker_id": taker.value, f"to:{rows[1].person_id}": "-", f"note:{rows[0].person_id}": "Call first."}
    form.form.set_values({"on": window.context.as_at, **values})
    form.record()
    settled(window)
    workers = [read(lambda store, row=row: store.get(Person, row.person_id)).worker_id for row in rows]
    assert workers == [taker.value, rows[1].worker_id, taker.value]
    assert read(lambda store: store.next_undo()).label == "Hand over 2 people"
    (preview,) = window.findChildren(PdfPreview)
    assert preview.document.pageCount() >= 3
    preview.close()
    window.happenings.undo()
    settled(window)
    assert read(lambda store: store.get(Person, rows[0].person_id)).worker_id == rows[0].worker_id


def test_what_is_copied_holds_true_dates_and_plain_numbers(window, page, settled):
    for key in ("weekly_cost", "since"):
        page.table._arrangement.show(key, True)
    page.copy_all()
    settled(window)
    heads, first, *_ = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    told, row = dict(zip(heads, first, strict=True)), page.model.row(0)
    assert told["Review"] == row.review_due_on.isoformat()
    assert told["Since"] == row.since_on.isoformat()
    assert told["Days"] == str((window.context.as_at - row.since_on).days)
    assert told["Worker"] == row.worker
    assert "£" not in told["Cost a week"]


def test_the_ticked_are_pinned_and_stand_first_in_the_rail_and_the_find_box(window, page, settled):
    page.model.tick([2, 4])
    page.bulk.pin.emit()
    settled(window)
    wanted = [page.model.row(place).person_id for place in (2, 4)]
    assert load().register(window.context.register.address).pinned_people == wanted
    assert len(window.rail._pinned_items) == 2
    assert window.rail._pinned_heading.isVisible()
    assert [item.detail for item in window.happenings.recent_items()[:2]] == ["pinned", "pinned"]
    window.run_command("pin", person_id=wanted[0])
    settled(window)
    assert load().register(window.context.register.address).pinned_people == wanted[1:]


def test_the_ticked_are_exported_in_their_order(window, page, settled, tmp_path):
    page.model.tick([4, 1])
    out = tmp_path / "some.csv"
    page._ticked_ids(lambda ids: save_caseload(window.context, ids, out))
    settled(window)
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Ref"] for row in rows] == [page.model.row(place).ref for place in (1, 4)]


def test_the_export_holds_those_listed(window, page, settled, tmp_path):
    page.head.tabs.chosen.emit("overdue")
    settled(window)
    out = tmp_path / "overdue.csv"
    save_caseload(window.context, page.query_now, out)
    settled(window)
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == page.model.rowCount() + 1


def test_columns_order_and_filters_are_remembered(window, page, settled):
    page.table._arrangement.show("ref", True)
    page.ask_for(filters=(Filter("s117", "=", "yes"),), sort=(("name", True),))
    settled(window)
    kept = load().table("caseload")
    assert "ref" in kept.columns
    assert kept.filters == ["s117=yes"]
    assert kept.sort == [("name", True)]


HOMES = (Filter("stage", "=", "Residential"),)


def save_as(window, page, settled, name, filters=HOMES, sort=(("name", True),)):
    page.ask_for(filters=filters, sort=sort)
    settled(window)
    page.save_view(name)
    settled(window)
    return page.views.key


def test_a_saved_view_is_kept_in_the_register_with_its_order_and_columns(window, page, settled, read):
    page.table._arrangement.show("ref", True)
    key = save_as(window, page, settled, "Homes")
    (saved,) = read(lambda store: [each for each in store.find(SavedView) if each.name.startswith("Homes")])
    assert key == f"view:{saved.id}" == page.head.tabs.key()
    page.show_view("everyone")
    settled(window)
    page.table._arrangement.show("age", False)
    page.show_view(key)
    settled(window)
    assert page.query_now.sort == (("name", True),)
    assert {"ref", "age"} <= set(page._columns_shown())
    assert page.model.rowCount() == page._counts.views[key]


def test_what_is_changed_in_a_view_stays_its_own(window, page, settled):
    page.show_view("overdue")
    settled(window)
    page.table._arrangement.show("locality", True)
    page.show_view("everyone")
    settled(window)
    assert "locality" not in page._columns_shown()
    page.show_view("overdue")
    settled(window)
    assert "locality" in page._columns_shown()
    register = load().register(window.context.register.address)
    assert "locality" in register.looks["overdue"].columns


def steps(page):
    return {action.text(): action for action in page.head.make_menu().actions() if action.text()}


def test_a_view_is_updated_renamed_shared_and_deleted_and_undo_brings_it_back(window, page, settled, read):
    key = save_as(window, page, settled, "Homes")
    assert not steps(page)["Update it to what is listed"].isEnabled()
    page.ask_for(filters=(Filter("stage", "=", "Residential"), Filter("s117", "=", "yes")))
    settled(window)
    steps(page)["Update it to what is listed"].trigger()
    page.head.view_renamed.emit(key, "Homes with s117")
    steps(page)["Share it with everybody"].trigger()
    settled(window)
    (saved,) = read(lambda store: [each for each in store.find(SavedView) if each.name.startswith("Homes")])
    assert (saved.name, saved.shared, saved.filters) == ("Homes with s117", True, '["stage=Residential", "s117=yes"]')
    steps(page)["Delete this view"].trigger()
    settled(window)
    assert page.views.find(key) is None
    window.happenings.undo()
    settled(window)
    assert page.views.find(key).label == "Homes with s117"


def test_a_name_that_is_taken_is_refused_in_words(window, page, settled, read):
    save_as(window, page, settled, "Homes")
    save_as(window, page, settled, "homes", (Filter("s117", "=", "yes"),))
    names = read(lambda store: [each.name for each in store.find(SavedView)])
    assert [name for name in names if name.casefold() == "homes"] == ["Homes"]
    assert "There is a view called “Homes”" in window.toast.words()


def test_the_caseload_begins_with_the_view_that_was_chosen_for_that(window, page, settled):
    key = save_as(window, page, settled, "Homes")
    steps(page)["Begin with this view"].trigger()
    page.show_view("everyone")
    settled(window)
    again = type(page)(window.context)
    again.refresh()
    settled(window)
    assert again.views.key == key
    assert again.query_now.filters == (Filter("stage", "=", "Residential"),)
    assert again.model.rowCount() == page._counts.views[key]
    again.deleteLater()


def test_a_view_this_computer_alone_remembers_is_still_there(window, page, settled):
    page.views.kept.views["Old one"] = ["s117=yes"]
    page.refresh()
    settled(window)
    page.show_view("own:Old one")
    settled(window)
    assert page.query_now.filters == (Filter("s117", "=", "yes"),)
    page.take_view_step("delete", "own:Old one")
    assert load().table("caseload").views == {}


def test_only_stuck_is_a_switch(window, page, settled, read):
    chip = page.chips._chips["stuck"]
    chip.click()
    settled(window)
    wanted = read(count_caseload, CaseloadQuery((Filter("stuck", "=", "yes"),)), window.context.as_at)
    assert chip.isChecked()
    assert 0 < page.model.rowCount() == wanted < page._counts.everyone
    chip.click()
    settled(window)
    assert page.query_now.filters == ()


def test_a_date_is_asked_about_by_typing_it(window, page, settled):
    page.chips._open("last_review")
    form = page.chips.popover.form
    form.set_values({"way": "between", "first": date(2026, 1, 1), "last": date(2026, 3, 31)})
    page.chips.popover._fit_fields()
    page.chips.popover.on_show()
    settled(window)
    rows = [page.model.row(place) for place in range(page.model.rowCount())]
    assert rows
    assert all(date(2026, 1, 1) <= row.last_reviewed_on <= date(2026, 3, 31) for row in rows)
    assert page.chips._chips["last_review"].text() == "Last reviewed: 1 Jan 2026 to 31 Mar 2026"
    page.chips._chips["last_review"].clear()
    settled(window)
    assert page.query_now.filters == ()


def test_a_condition_without_its_value_is_refused_beside_the_field(window, page):
    page.chips._open("since")
    page.chips.popover.on_show()
    assert page.chips.popover.isVisible()
    assert page.chips.popover.form.editors["first"].problem
    page.chips.popover.close()


def test_values_can_be_left_out(window, page, settled):
    page.chips._open("stage")
    settled(window)
    page.chips.menu.picked.emit(["Residential"], True)
    settled(window)
    page.chips.menu.close()
    assert page.chips._chips["stage"].text() == "Stage: not residential"
    assert all(page.model.row(place).stage != "Residential" for place in range(page.model.rowCount()))


def test_a_change_elsewhere_is_shown(window, page, settled, read):
    from mhtracker.operations.people import edit_person

    line = page.model.row(0)
    window.context.jobs.do(edit_person, line.person_id, surname="Brandnew")
    settled(window)
    assert any(page.model.row(place).surname == "Brandnew" for place in range(page.model.rowCount()))


def test_everything_can_be_reached_and_is_named(page):
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QMenu):
            assert widget.accessibleName(), widget


def test_the_ids_of_the_ticked_keep_the_table_s_order(window, page, settled, read):
    page.model.tick([5, 1, 3])
    found: list[str] = []
    page._ticked_ids(found.extend)
    settled(window)
    listed = read(caseload_ids, page.query_now, window.context.as_at)
    assert found == [listed[1], listed[3], listed[5]]
