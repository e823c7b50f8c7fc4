"""From a place held or accepted to living there, and a wrong place put right, in the window."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtTest import QTest

from mhtracker.domain.records import Hold, Placement, Service, Unit
from mhtracker.operations.places.units import add_units, hold_place
from mhtracker.operations.places.waiting import offer_place
from mhtracker.ui.services.grouped_table import Heading
from mhtracker.ui.services.tabs import SERVICES, VACANCIES, WAITING
from mhtracker.ui.widgets.buttons import IconButton
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


@pytest.fixture
def flats(window, page, settled):
    """The services with places by name, and two more flats at the first: 98 is held for who waits first."""
    done: list[Any] = []

    def make(store):
        listed = {unit.service_id for unit in store.find(Unit)}
        service = next(each for each in store.find(Service) if each.id in listed and each.stage_id != "hospital")
        first, second = add_units(store, service.id, names=["Flat 98", "Flat 99"])
        one, two = [row for row in page.tabs.of(WAITING).rows if row.hold is None][:2]
        until = DAY + timedelta(days=12)
        hold = hold_place(store, service.id, unit_id=first.id, person_id=one.person_id, until_on=until)
        offer = offer_place(store, two.waiting.id, service_id=service.id, unit_id=second.id)
        return service, first, second, hold, one, two, offer

    window.context.jobs.do(make, then=done.append)
    settled(window)
    settled(window)
    return done[0]


def editors(form):
    return form.form.editors


def foretold(form):
    return [line.accessibleName() for line in form.info._lines]


def test_a_held_place_is_filled_in_another_may_be_chosen_and_what_is_wrong_is_put_right(
    window, page, go, settled, read, flats
):
    service, first, second, hold, one, _, _ = flats
    go(WAITING, next(n for n, row in enumerate(page.tabs.of(WAITING).rows) if row.person_id == one.person_id))
    press(window.body.panel, "Record the move")
    settled(window)
    form = window.body.panel
    said = f"{service.name}, Flat 98 is held for"
    assert said in words_in(form)
    assert (editors(form)["service_id"].value(), editors(form)["unit_id"].value()) == (service.id, first.id)
    assert editors(form)["stage_id"].value() == service.stage_id
    assert editors(form)["weekly_cost_pence"].value() == service.rate_pence
    assert editors(form)["address"].isHidden()
    offered = editors(form)["unit_id"].combo
    texts = [offered.itemText(n) for n in range(offered.count())]
    assert texts[1].startswith("Flat 98: held for them to")
    assert "Flat 99: free" in texts
    assert any(each.startswith("Flat 1: lived in") for each in texts)
    values = {"planned": True, "reason_code": "ready", "left_on": DAY, "started_on": DAY}
    for name, value in values.items():
        editors(form)[name].set_value(value)
        editors(form)[name].edited.emit()
    editors(form)["unit_id"].set_value(second.id)
    if not editors(form)["back_reason"].isHidden():
        editors(form)["back_reason"].set_value("step_up")
    form.ask_preview()
    settled(window)
    told = foretold(form)
    assert any(each.startswith(f"Takes Flat 99 at {service.name}") for each in told)
    assert any("The hold of Flat 98 ends" in each for each in told)
    form.record()
    settled(window)
    settled(window)
    (stay,) = read(lambda store: store.find(Placement, unit_id=second.id))
    assert (stay.person_id, stay.address) == (one.person_id, "Flat 99")
    assert read(lambda store: store.get(Hold, hold.id)).ended_on == DAY
    listed = page.tabs.of(SERVICES).listed
    lines = [n for n, row in enumerate(listed) if not isinstance(row, Heading) and row.service.id == service.id]
    go(SERVICES, lines[0])
    buttons = window.body.panel.findChildren(IconButton)
    next(each for each in buttons if each.accessibleName() == "Correct the stay: Flat 99").click()
    settled(window)
    form = window.body.panel
    assert editors(form)["unit_id"].value() == second.id
    editors(form)["unit_id"].set_value(first.id)
    form.record()
    settled(window)
    stay = read(lambda store: store.get(Placement, stay.id))
    assert (stay.unit_id, stay.address) == (first.id, "Flat 98")


def test_an_accepted_offer_is_kept_counted_and_said_wherever_the_person_stands(window, page, go, settled, read, flats):
    service, _, second, _, _, two, _ = flats
    held = page._data.services.count.held
    place = next(n for n, row in enumerate(page.tabs.of(WAITING).rows) if row.person_id == two.person_id)
    go(WAITING, place)
    press(window.body.panel, "Answer")
    settled(window)
    form = window.body.panel
    editors(form)["answer"].set_value("accepted")
    form.ask_preview()
    settled(window)
    assert any(f"Holds {service.name}, Flat 99 until 28 Jul 2026" in each for each in foretold(form))
    form.record()
    settled(window)
    settled(window)
    assert page._data.services.count.held == held + 1
    assert all(each.place.unit is None or each.place.unit.id != second.id for each in page._data.vacancies)
    row = page.tab.row(two.person_id)
    state = next(column for column in page.tab.table.model().columns if column.key == "state")
    assert state.text(row) == "Accepted 14 Jul"
    go(VACANCIES, 1)
    window.body.panel.show_all()
    settled(window)
    assert f"accepted {service.name}, Flat 99 14 Jul" in words_in(window.body.panel)


def test_the_head_counts_what_the_list_of_vacancies_shows(page):
    data = page._data
    assert len(data.coming) == data.services.free_soon
    assert f"{data.services.free_soon} more within a month" in page.head.totals.accessibleName()


def test_a_service_that_is_there_is_taken_by_the_beginning_of_its_name(window, page, settled, flats):
    service, _, _, _, one, _, _ = flats
    window.open_person(one.person_id)
    settled(window)
    window.run_command("move")
    settled(window)
    editor = editors(window.body.panel)["service_id"]
    editor.set_value(None)
    line = editor.combo.lineEdit()
    line.setFocus()
    QTest.keyClicks(line, service.name[:-1].lower())
    line.returnPressed.emit()
    assert editor.value() == service.id
