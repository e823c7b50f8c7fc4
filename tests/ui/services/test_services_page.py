"""The Services page in the real window: lists, panels, holding, waiting, looking back, the keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from mhtracker.domain.places.units import PlaceCount, PlaceState
from mhtracker.domain.records import Hold, Waiting
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.place_form import place_names
from mhtracker.ui.services.columns import square_facts
from mhtracker.ui.services.criteria import Criteria
from mhtracker.ui.services.fit_view import FitRow
from mhtracker.ui.services.grouped_table import Heading
from mhtracker.ui.services.name_link import NameLink
from mhtracker.ui.services.panel import DetailPanel
from mhtracker.ui.services.squares import GAP, SIDE, SquareFacts, Squares, squares_height, squares_words
from mhtracker.ui.services.tabs import CONTRACTS, RATES, SERVICES, VACANCIES, WAITING
from mhtracker.ui.services.whom import WhomPanel
from mhtracker.ui.services.words import free_words
from mhtracker.ui.table_cells import PAD
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label
from tests.ui.dialogs.form_handling import press, words_in
from tests.ui.services.places_made import DAY


@pytest.fixture
def read(window, qtbot):
    def ask(function):
        answers: list[Any] = []
        window.context.jobs.ask(function, then=answers.append)
        qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    return ask


def first(tab, wanted):
    return next(place for place, row in enumerate(tab.listed) if not isinstance(row, Heading) and wanted(row))


def test_services_stand_under_their_providers_with_their_places_counted(page):
    listed = page.tab.listed
    assert isinstance(listed[0], Heading)
    provider = None
    for row in listed:
        if isinstance(row, Heading):
            provider = row.data.provider
        elif provider is not None:
            assert row.service.provider_id == provider.id
    total = page._data.services.count
    assert page.head.totals.accessibleName().startswith(f"{total.total} places in our area, {total.free} free")


def test_places_that_come_free_on_different_days_are_not_said_to_be_free_on_the_first(page):
    line = next(row for row in page.tab.listed if not isinstance(row, Heading) and len(row.places) > 2)

    def said(*days: date | None) -> str:
        states = ((PlaceState.FREE if day is None else PlaceState.LEAVING, day) for day in days)
        places = [replace(line.places[0], state=state, free_from=day, hold=None) for state, day in states]
        return free_words(replace(line, places=tuple(places), coming=(), hours=None), DAY)

    august, same, later = date(2026, 8, 3), date(2026, 8, 3), date(2026, 9, 7)
    assert said(august) == "1 on 3 Aug"
    assert said(august, same) == "2 on 3 Aug"
    assert said(later, august) == "2, first 3 Aug"
    assert said(None, august, same).endswith("1 now, 2 in Aug")
    assert said(None, august, later).endswith("1 now, 2 later")


def test_each_tab_says_how_many_it_lists(page):
    counts = {key: count for key, _, count in page.line.tabs()}
    assert counts[SERVICES] == len(page._data.services.lines)
    assert counts[VACANCIES] == len(page._data.vacancies) > 0
    assert counts[WAITING] == len(page._data.waiting.lines) >= 14
    assert counts[CONTRACTS] == f"{page._data.services.ending} to look at"


def test_squares_say_in_words_what_they_show(theme, qtbot, page):
    line = next(row for row in page.tab.rows if row.count.free and row.count.taken)
    facts = SquareFacts("supported", line.count)
    widget = Squares(theme, facts)
    qtbot.addWidget(widget)
    assert widget.accessibleName() == squares_words(facts)
    assert f"{line.count.taken} taken" in widget.accessibleName()
    column = next(each for each in page.tab.model.columns if each.key == "places")
    assert column.text(line) == squares_words(SquareFacts(line.stage.colour, line.count))


def test_squares_are_of_one_size_and_many_places_make_their_row_higher(theme, qtbot, page):
    def height(places: int, width: int) -> int:
        return squares_height(theme, SquareFacts("supported", PlaceCount(taken=places)), width)

    ten = 10 * (SIDE + GAP)
    assert [height(places, ten) for places in (1, 10, 11, 23)] == [SIDE, SIDE, 2 * SIDE + GAP, 3 * SIDE + 2 * GAP]
    assert height(23, 3 * ten) == SIDE, "side by side where there is room"
    assert height(999, ten) == SIDE, "too many to be counted are one bar"
    table, rows = page.tab.table, page.tab.listed
    drawn = {place: row for place, row in enumerate(rows) if not isinstance(row, Heading) and row.places}
    width = table.columnWidth([each.key for each in page.tab.model.columns].index("places")) - 2 * PAD
    assert drawn
    assert width > 0
    for place, row in drawn.items():
        assert table.rowHeight(place) >= squares_height(theme, square_facts(row), width)


def test_the_filter_for_vacancies_leaves_only_what_has_one(page):
    page.tab.choose("vacancy", ["yes"])
    assert page.tab.rows
    assert all(row.next_free is not None for row in page.tab.rows)
    page.tab.clear_filters()
    assert len(page.tab.rows) == len(page._data.services.lines)


def test_sorting_by_another_column_takes_the_headings_away_and_is_remembered(page, window):
    page.tab.table.set_sort("in_use", True)
    page.tab._on_sort("in_use", True)
    rows = page.tab.listed
    assert not any(isinstance(row, Heading) for row in rows)
    known = [row.in_use_percent for row in rows if row.in_use_percent is not None]
    assert known == sorted(known, reverse=True)
    assert window.context.computer.table("services-services").sort == [("in_use", True)]


def test_the_panel_lists_a_services_places_with_who_lives_there(page, go, window):
    tab = go(SERVICES, first(page.tab, lambda row: any(place.unit is not None for place in row.places)))
    panel, line = window.body.panel, tab.current()
    assert isinstance(panel, DetailPanel)
    assert panel.title == line.service.name
    names = [button.accessibleName() for button in panel.findChildren(Button)]
    assert any(name.startswith("Flat ") for name in names)
    assert any(name.startswith("Let go of ") for name in names)
    said = words_in(panel)
    assert all(words in said for words in ("The last twelve months", "Turnaround", "Specialised", "CQC location"))
    assert "In our area" in said


def test_the_keyboard_stays_in_the_table_on_a_press_and_goes_into_the_panel_on_enter(page, window, settled, qtbot):
    page.tab.table.setFocus()
    page.tab.table.go_to(first(page.tab, lambda row: True))
    page._open(SERVICES, False, page.tab.current())
    settled(window)
    assert page.tab.table.hasFocus()
    qtbot.keyClick(page.tab.table, Qt.Key.Key_Return)
    settled(window)
    assert window.body.panel.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(window.body.panel, Qt.Key.Key_Escape)
    assert window.body.panel is None


def test_an_open_panel_follows_the_keyboard_from_row_to_row(page, go, window, settled):
    tab = go(SERVICES, first(page.tab, lambda row: True))
    before = window.body.panel.title
    place = first(tab, lambda row: row.service.name != before)
    tab.table.go_to(place)
    settled(window)
    assert window.body.panel.title == tab.current().service.name
    assert tab.table.marked == tab.current().service.id


def test_who_fits_ranks_everybody_with_a_shape_and_words_for_each_thing_asked_for(go, page, window):
    go(VACANCIES, 1)
    rows = window.body.panel.findChildren(FitRow)
    assert [row.accessibleName().split(".")[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    said = [each.accessibleName() for each in window.body.panel.findChildren(Criteria)]
    assert said
    assert all(": yes" in words or ": no" in words or ": not known" in words for words in said)
    assert "No one is counted twice." in words_in(window.body.panel)


def test_holding_a_place_takes_it_from_the_vacancies_and_undo_brings_it_back(go, page, window, settled, read):
    before, held = len(page._data.vacancies), page._data.services.count.held
    there = {each.id for each in read(lambda store: store.find(Hold))}
    go(VACANCIES, 1)
    button = next(b for b in window.body.panel.findChildren(Button) if b.accessibleName().startswith("Hold "))
    button.click()
    settled(window)
    form = window.body.panel
    assert isinstance(form, FormPanel)
    assert form.person is not None
    form.record()
    settled(window)
    (hold,) = [each for each in read(lambda store: store.find(Hold)) if each.id not in there]
    assert hold.until_on == date(2026, 7, 28)
    assert len(page._data.vacancies) == before - 1
    assert hold.person_id == form.person_id
    assert page._data.services.count.held == held + 1
    window.run_command("undo")
    settled(window)
    assert len(page._data.vacancies) == before


def test_a_place_is_offered_from_the_list_of_who_fits_and_the_row_then_says_so(go, page, window, settled, qtbot):
    go(VACANCIES, 1)
    offer = next(b for b in window.body.panel.findChildren(Button) if b.accessibleName().startswith("Offer "))
    offered = offer.accessibleName()
    offer.click()
    settled(window)
    form = window.body.panel
    chosen = form.form.editors["service_id"].combo.currentText()
    assert offered.startswith(f"Offer {chosen.partition(':')[0]}")
    assert form.form.editors["service_id"].combo.lineEdit().cursorPosition() == 0, "the place's name is out of sight"
    form.record()
    settled(window)
    settled(window)
    waits = next(row for row in page._data.waiting.lines if row.person_id == form.person_id)
    assert waits.open_offer is not None
    row = next(row for row in window.body.panel.findChildren(FitRow) if "offered it" in words_in(row))
    days = f"{waits.days} days" + (" in hospital" if waits.in_hospital else "")
    said = next(label for label in row.findChildren(Label) if "offered it" in label.text())
    assert said.text().startswith(f"waits {days}, ")
    buttons = [each for each in row.findChildren(Button) if not isinstance(each, NameLink)]
    assert len(buttons) == 2
    qtbot.waitUntil(lambda: said.height() >= said.heightForWidth(said.width()) > 0)

    def beneath(button: Button) -> bool:
        return said.mapTo(row, said.rect().bottomLeft()).y() < button.mapTo(row, QPoint()).y()

    qtbot.waitUntil(lambda: all(beneath(each) for each in buttons))


def test_letting_a_place_go_makes_it_free(go, page, window, settled):
    place = first(page.tab, lambda row: row.count.out > 0)
    tab = go(SERVICES, place)
    free = tab.current().count.free
    next(b for b in window.body.panel.findChildren(Button) if b.accessibleName().startswith("Let go")).click()
    settled(window)
    settled(window)
    assert page.tab.row(tab.current().service.id).count.free == free + 1
    assert any(each.state == PlaceState.FREE for each in page.tab.row(tab.current().service.id).places)


def test_the_waiting_list_leads_with_the_most_urgent_and_shows_places_that_fit(go, window, page):
    tab = go(WAITING, 0)
    assert tab.rows[0].waiting.priority == "urgent"
    assert page.current_person() == tab.rows[0].person_id
    assert "Places that fit" in words_in(window.body.panel)


def test_whoever_has_a_place_held_can_be_moved_there_from_the_panel(go, page, window, settled):
    held = next(place for place, row in enumerate(page.tabs.of(WAITING).rows) if row.hold is not None)
    tab = go(WAITING, held)
    press(window.body.panel, "Record the move")
    settled(window)
    form = window.body.panel
    assert form.person_id == tab.rows[held].person_id
    service = next(row for row in page._data.services.lines if row.service.id == tab.rows[held].hold.service_id)
    assert form.form.editors["stage_id"].value() == service.service.stage_id


def test_an_offer_and_its_refusal_are_recorded_from_the_panel(go, page, window, settled, read):
    go(WAITING, 0)
    press(window.body.panel, "Offer a place")
    settled(window)
    form = window.body.panel
    combo = form.form.editors["service_id"].combo
    assert all("free now" in combo.itemText(n) or "free from" in combo.itemText(n) for n in range(combo.count()))
    assert all("a week" in combo.itemText(n) or "cost not known" in combo.itemText(n) for n in range(combo.count()))
    combo.setCurrentIndex(0)
    form.record()
    settled(window)
    settled(window)
    assert page.tab.row(page.current_person()).open_offer is not None
    press(window.body.panel, "Answer")
    settled(window)
    form = window.body.panel
    form.form.editors["answer"].set_value("refused")
    form.on_edited()
    form.form.editors["reason_code"].set_value("area")
    form.record()
    settled(window)
    settled(window)
    assert page.tab.row(page.current_person()).refused == 1
    assert "Not the right area" in words_in(window.body.panel)
    said = [each.accessibleName() for each in window.body.panel.findChildren(Criteria)]
    assert any("they refused it" in words for words in said)
    buttons = window.body.panel.findChildren(Button)
    next(each for each in buttons if each.accessibleName().startswith("Change the answer")).click()
    settled(window)
    form = window.body.panel
    assert form.form.editors["reason_code"].value() == "area"
    form.form.editors["answer"].set_value("accepted")
    form.on_edited()
    form.record()
    settled(window)
    settled(window)
    assert page.tab.row(page.current_person()).refused == 0


def test_somebody_is_put_on_the_list_from_their_own_page(window, settled, read, page):
    waits = {each.person_id for each in read(lambda store: store.find(Waiting))}
    living = {row.line.person_id for rate in page._data.rates for row in rate.paid}
    person_id = sorted(living - waits)[0]
    window.open_person(person_id)
    settled(window)
    window.run_command("wait")
    settled(window)
    form = window.body.panel
    form.form.editors["stage_id"].set_value("supported")
    form.record()
    settled(window)
    (waiting,) = [each for each in read(lambda store: store.find(Waiting)) if each.person_id == person_id]
    assert (waiting.stage_id, waiting.since_on) == ("supported", date(2026, 7, 14))


def test_rates_stand_by_stage_and_every_person_paid_for_can_be_opened(go, page, window):
    tab = go(RATES, first(page.tabs.of(RATES), lambda row: len(row.paid) > 2))
    line = tab.current()
    names = {button.words() for button in window.body.panel.findChildren(Button)}
    assert sum(each.line.surname.upper() in " ".join(names).upper() for each in line.paid) == len(line.paid)
    assert "more than one and a half times" in words_in(window.body.panel)


def test_extending_a_contract_settles_what_was_to_be_looked_at(go, page, window, settled):
    ending = page._data.services.ending
    go(CONTRACTS, first(page.tabs.of(CONTRACTS), lambda row: row.wants_looking_at and row.contract.extendable_to))
    press(window.body.panel, "Extend")
    settled(window)
    window.body.panel.record()
    settled(window)
    settled(window)
    assert page._data.services.ending == ending - 1


def test_an_ended_contract_is_renewed_from_the_day_after_and_not_ended_early(go, page, window, settled):
    go(CONTRACTS, first(page.tabs.of(CONTRACTS), lambda row: row.standing.state == "ended"))
    ended, panel = page.tab.current(), window.body.panel
    said = [button.text() for button in panel.findChildren(Button)]
    assert "Renew" in said
    assert "End early" not in said
    press(panel, "Renew")
    settled(window)
    form = window.body.panel
    assert form.form.editors["name"].value() == ended.contract.name
    assert form.form.editors["provider_id"].value() == ended.contract.provider_id
    assert form.form.editors["started_on"].value() == ended.standing.last_on + timedelta(days=1)
    form.record()
    settled(window)
    settled(window)
    row = next(each for each in page._data.contracts if each.contract.id == ended.contract.id)
    assert row.followed_by is not None
    assert not row.wants_looking_at


def test_nothing_can_be_recorded_while_looking_at_what_was_known(go, page, window, settled):
    window.look_at(date(2026, 7, 14), date(2026, 7, 14))
    settled(window)
    go(SERVICES, first(page.tab, lambda row: True))
    assert not page.add.isEnabled()
    assert not {"Edit", "Close the service", "Hold a place"} & {
        b.words() for b in window.body.panel.findChildren(Button)
    }


def test_the_page_speaks_of_the_day_looked_at(page, window, settled):
    now = page._data.services.count
    window.look_at(date(2025, 6, 30))
    settled(window)
    assert page._data.as_at == date(2025, 6, 30)
    assert page._data.services.count != now


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Flat 5", ["Flat 5"]),
        ("Flat 1 to 3", ["Flat 1", "Flat 2", "Flat 3"]),
        ("Room 9; Attic", ["Room 9", "Attic"]),
    ],
)
def test_several_places_are_named_at_once(typed, names):
    assert place_names(typed) == names


def test_somebody_is_found_by_name_and_put_on_the_list(page, go, window, settled, qtbot, read):
    waits = {each.person_id for each in read(lambda store: store.find(Waiting))}
    line = next(each.line for rate in page._data.rates for each in rate.paid if each.line.person_id not in waits)
    go(WAITING)
    page._on_add()
    settled(window)
    assert isinstance(window.body.panel, WhomPanel)
    window.body.panel.field.added.emit(line.person_id)
    settled(window)
    form: Any = window.body.panel
    assert form.whole_name.endswith(line.surname)
    form.form.editors["stage_id"].set_value("supported")
    form.record()
    settled(window)
    settled(window)
    assert page.current_person() == line.person_id
    assert page.tab.row(line.person_id) is not None


def test_a_place_kept_for_nobody_is_out_of_use_and_one_for_somebody_is_not(page, window, settled):
    window.run_command("hold_place")
    settled(window)
    form = window.body.panel
    assert form.form.editors["reason_code"].value() == "repairs"
    form.form.editors["person_id"].set_value(page._data.waiting.lines[0].person_id)
    form.on_edited()
    assert form.form.editors["reason_code"].value() == "offer"


def test_an_empty_list_says_what_belongs_there_and_offers_the_first_step(page, window):
    page.tab.choose("locality", ["Nowhere"])
    assert not page.tab.rows
    press(page.tab.table.viewport(), "List everything")
    assert page.tab.rows
    page.show_tab(VACANCIES)
    page.tab.show_rows([])
    press(page.tab.table.viewport(), "Open the services")
    assert page.line.key() == SERVICES


def test_a_service_is_added_with_its_places_and_stands_in_the_panel(page, window, settled):
    page._on_add()
    settled(window)
    form = window.body.panel
    form.form.editors["name"].set_value("Fern Court")
    form.form.editors["stage_id"].set_value("supported")
    form.form.editors["provider_id"].restore_text("Fernway Homes")
    form.record()
    settled(window)
    settled(window)
    assert window.body.panel.title == "Fern Court"
    press(window.body.panel, "Add a place")
    settled(window)
    window.body.panel.form.editors["name"].set_value("Flat 1 to 4")
    window.body.panel.record()
    settled(window)
    settled(window)
    row = page.tab.current()
    assert (row.service.name, row.count.free, row.provider.name) == ("Fern Court", 4, "Fernway Homes")
