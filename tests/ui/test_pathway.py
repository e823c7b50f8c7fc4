"""The pathway page: what the board shows, and cards moved by mouse and by keys on a real register."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import Person, Placement, Stage
from mhtracker.operations.people import edit_person
from mhtracker.store.queries.board import read_board
from mhtracker.ui.board.board import PathwayBoard
from mhtracker.ui.board.cards import make_card
from mhtracker.ui.board.column import BoardColumn
from mhtracker.ui.board.heads import month_words
from mhtracker.ui.board.reading import FIRST, STEP
from mhtracker.ui.dialogs.move_form import MoveForm
from mhtracker.ui.pages import pathway
from mhtracker.ui.pages.pathway import PathwayPage
from mhtracker.ui.window import Window
from tests.ui.rest import come_to_rest

DAY = date(2026, 7, 14)
Settled = Callable[[Window], None]


@pytest.fixture
def page(window: Window, settled: Settled) -> PathwayPage:
    window.open_page("pathway")
    settled(window)
    page = window.navigator.current_page()
    assert isinstance(page, PathwayPage)
    return page


def asked(page: PathwayPage, qtbot: QtBot, function, *args):
    found: list[Any] = []
    page.context.jobs.ask(function, *args, then=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def shell_of(page: PathwayPage) -> Any:
    return page.context.shell


def column(page: PathwayPage, stage_id: str) -> BoardColumn:
    found = page.board.column_of(stage_id)
    assert found is not None
    return found


def ids(of: BoardColumn) -> list[str]:
    return [card.line.person_id for card in of.list.cards()]


def mouse(widget: QWidget, kind: QEvent.Type, place: QPoint, held: bool = True) -> None:
    """A move or a release of the left button, at a place in the widget or beyond its edges."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = left if kind is QEvent.Type.MouseButtonRelease else none
    event = QMouseEvent(
        kind, QPointF(place), QPointF(widget.mapToGlobal(place)), button, left if held else none,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def drag(board: PathwayBoard, qtbot: QtBot, begun: BoardColumn, row: int, to: BoardColumn, *, let_go: bool = True):
    """Take a card by the mouse and hold it over another column."""
    viewport = begun.list.viewport()
    start = begun.list.card_rect(row).center().toPoint()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    mouse(viewport, QEvent.Type.MouseMove, start + QPoint(40, 4))
    there = viewport.mapFromGlobal(to.list.viewport().mapToGlobal(QPoint(60, 90)))
    mouse(viewport, QEvent.Type.MouseMove, there)
    if let_go:
        mouse(viewport, QEvent.Type.MouseButtonRelease, there, held=False)
    return there


def some_line(**facts: Any) -> CaseloadLine:
    """A line of someone 85 days in Step House, without a target unless the facts say otherwise."""
    values: dict[str, Any] = {field.name: None for field in dataclasses.fields(CaseloadLine)}
    values |= {"surname": "Triail", "given_names": "Ciarán", "born_on": date(1976, 1, 2), "service": "Step House"}
    values |= {"since_on": date(2026, 4, 20), "address": "", "slips": 0, "person_id": "p"}
    return CaseloadLine(**(values | facts))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "no target yet"),
        ({"target_original_on": date(2026, 7, 20), "target_on": date(2026, 7, 20)}, "target in 6 days"),
        ({"target_original_on": DAY, "target_on": DAY}, "target today"),
        ({"target_original_on": date(2026, 6, 29), "target_on": date(2026, 6, 29)}, "15 days past target"),
        ({"target_original_on": date(2026, 10, 2), "target_on": date(2026, 10, 2)}, "target 2 Oct"),
        (
            {"target_original_on": date(2026, 1, 30), "target_on": date(2026, 9, 30)},
            "slipped 8 months, target 30 Sep",
        ),
        (
            {"target_original_on": date(2026, 6, 1), "target_on": date(2026, 6, 29)},
            "15 days past target, slipped 4 weeks",
        ),
        ({"target_original_on": date(2027, 6, 30), "target_on": date(2027, 1, 4)}, "target 4 Jan 2027"),
    ],
)
def test_a_card_says_how_the_target_stands(facts: dict[str, Any], words: str) -> None:
    card = make_card(some_line(**facts), None, DAY)
    assert card.words() == f"TRIAIL, Ciarán, 50, Step House, 85 days, {words}"


def test_what_holds_a_move_up_stands_on_the_card_in_the_councils_words() -> None:
    late = {"target_original_on": date(2026, 1, 30), "target_on": date(2026, 6, 29)}
    card = make_card(some_line(barrier="arrears", barriers=2, **late), None, DAY, reasons={"arrears": "Owes rent"})
    assert card.more == "Owes rent and 1 more"
    assert card.words().endswith("15 days past target, held up by owes rent and 1 more")


def test_someone_at_home_without_a_target_is_settled_not_forgotten() -> None:
    home = next(stage for stage in DEFAULT_STAGES if stage.own_home)
    assert make_card(some_line(), home, DAY).state.words == "Settled 2 months"
    assert make_card(some_line(since_on=DAY, service=""), home, DAY).words().endswith("Own home, 0 days, no target yet")


def test_every_stage_has_a_column_with_its_people(page: PathwayPage, qtbot: QtBot) -> None:
    board = asked(page, qtbot, read_board, DAY)
    assert [each.stage.id for each in page.board.columns] == [each.stage.id for each in board.columns]
    for shown, facts in zip(page.board.columns, board.columns, strict=True):
        assert shown.people == facts.people
        assert len(shown.list.cards()) == min(FIRST, facts.people)
    assert page._people.text() == str(board.people)


def test_a_card_is_read_out_whole(page: PathwayPage) -> None:
    shown = column(page, "enablement").list
    card = shown.cards()[0]
    words = str(shown.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    days = card.line.days_in_stage(DAY)
    assert words.startswith(f"{card.name}, {card.age}, {card.place}, {days} days, ")
    assert "target" in words


def test_the_heads_add_up(page: PathwayPage) -> None:
    for head in page.board.heads:
        facts = head._column
        assert facts.opening + facts.came - facts.went == facts.people
        assert f"{facts.people} pe" in head.accessibleName()
        assert f"{facts.opening} on 1 Jul" in head.accessibleName()


def test_a_head_lists_its_people(page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled) -> None:
    head = page.board.heads[1]
    people = head._column.people
    head.setFocus()
    qtbot.keyClick(head, Qt.Key.Key_Space)
    settled(window)
    caseload: Any = window.navigator.current_page()
    assert caseload.key == "caseload"
    assert caseload.model.rowCount() == people > 0


def test_each_number_under_a_head_opens_what_it_counts(
    page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled
) -> None:
    stages = [each.stage.id for each in page.board.columns]
    there = {each.text().split()[-1]: each for each in page.board.counts[stages.index("supported")].buttons()}
    assert list(there) == ["places", "waiting", "stuck"]
    numbers = {words: int(button.text().split()[0]) for words, button in there.items()}
    there["places"].setFocus()
    qtbot.keyClick(there["places"], Qt.Key.Key_Right)
    assert there["waiting"].hasFocus()
    qtbot.keyClick(there["waiting"], Qt.Key.Key_Return)
    settled(window)
    services: Any = window.navigator.current_page()
    assert len({row.person_id for row in services.tab.rows}) == numbers["waiting"]
    assert {row.stage.id for row in services.tab.rows} == {"supported"}
    page._on_count("supported", "places")
    settled(window)
    assert sum(row.count.lived_in for row in services.tab.rows) == numbers["places"]
    page._on_count("supported", "stuck")
    settled(window)
    caseload: Any = window.navigator.current_page()
    assert caseload.model.rowCount() == numbers["stuck"] > 0


def test_with_more_people_than_places_are_read_for_no_number_stays_from_before(
    page: PathwayPage, window: Window, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(window)
    assert any(each.buttons() for each in page.board.counts)
    monkeypatch.setattr(pathway, "MOST_FOR_ROOMS", page._data.board.people - 1)
    page.refresh()
    settled(window)
    assert not any(each.buttons() for each in page.board.counts)


def test_only_those_stuck_are_left_and_the_heads_still_add_up(
    page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled
) -> None:
    everybody = page._data.board.people
    qtbot.mouseClick(page.chips["stuck"], Qt.MouseButton.LeftButton)
    settled(window)
    board = page._data.board
    assert 0 < board.people < everybody
    assert all(each.opening + each.came - each.went == each.people for each in board.columns)
    qtbot.mouseClick(page.chips["stuck"], Qt.MouseButton.LeftButton)
    settled(window)
    assert page._data.board.people == everybody


def test_a_column_grows_in_steps(page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled) -> None:
    grown = max(page.board.columns, key=lambda each: each.people)
    assert grown.people > FIRST
    qtbot.mouseClick(grown.more, Qt.MouseButton.LeftButton)
    settled(window)
    expected = min(grown.people, FIRST + STEP)
    assert len(grown.list.cards()) == expected
    assert len(set(ids(grown))) == expected
    page.refresh()
    settled(window)
    assert len(grown.list.cards()) == expected, "a refresh must not fold a column up again"


def test_down_at_the_last_card_brings_more(page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled) -> None:
    grown = max(page.board.columns, key=lambda each: each.people)
    grown.list.setFocus()
    grown.list.go_to_row(FIRST - 1)
    qtbot.keyClick(grown.list, Qt.Key.Key_Down)
    settled(window)
    assert len(grown.list.cards()) > FIRST


def test_the_order_is_chosen_and_kept(page: PathwayPage, window: Window, settled: Settled) -> None:
    page.sort.chosen.emit("days")
    settled(window)
    days = [card.line.days_in_stage(DAY) for card in column(page, "supported").list.cards()]
    assert days == sorted(days, reverse=True)
    assert window.context.computer.table("pathway").sort == [("days", False)]


def test_a_worker_narrows_the_board(page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled) -> None:
    everyone = int(page._people.text())
    qtbot.mouseClick(page.chips["worker"], Qt.MouseButton.LeftButton)
    settled(window)
    first = next(action for action in page.menu.actions() if action.isCheckable())
    worker = first.data()
    first.toggle()
    settled(window)
    page.menu.close()
    assert 0 < int(page._people.text()) < everyone
    assert all(card.line.worker == worker for each in page.board.columns for card in each.list.cards())
    page.chips["worker"].clear()
    settled(window)
    assert int(page._people.text()) == everyone


def test_letting_a_card_go_over_a_stage_opens_the_form_and_moves_nothing(
    page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled
) -> None:
    begun, to = column(page, "enablement"), column(page, "supported")
    person_id = ids(begun)[1]
    before = asked(page, qtbot, lambda store: store.find(Placement, person_id=person_id))
    drag(page.board, qtbot, begun, 1, to)
    settled(window)
    form = window.body.panel
    assert isinstance(form, MoveForm)
    assert form.person_id == person_id
    assert form.form.editors["stage_id"].value() == "supported"
    assert ids(begun)[1] == person_id
    assert asked(page, qtbot, lambda store: store.find(Placement, person_id=person_id)) == before
    assert page.board.carried.card is None


def test_a_card_on_its_way_says_what_letting_go_would_do(page: PathwayPage, qtbot: QtBot) -> None:
    begun, to = column(page, "enablement"), column(page, "supported")
    there = drag(page.board, qtbot, begun, 0, to, let_go=False)
    assert to.is_target
    assert not begun.is_target
    assert begun.list.ghost == ids(begun)[0]
    assert page.board.carried.isVisible()
    assert page.board.carried.words == "Let go to record this move"
    qtbot.keyClick(begun.list, Qt.Key.Key_Escape)
    assert not page.board.carried.isVisible()
    assert not to.is_target
    mouse(begun.list.viewport(), QEvent.Type.MouseButtonRelease, there, held=False)
    assert shell_of(page).body.panel is None, "what was put back must not open a form"


def test_letting_go_where_it_came_from_changes_nothing(page: PathwayPage, qtbot: QtBot) -> None:
    begun = column(page, "enablement")
    drag(page.board, qtbot, begun, 0, begun)
    assert shell_of(page).body.panel is None


def test_a_card_is_carried_by_keys(page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled) -> None:
    begun = column(page, "residential")
    begun.list.setFocus()
    begun.list.go_to_row(2)
    person_id = ids(begun)[2]
    qtbot.keyClick(begun.list, Qt.Key.Key_Space)
    assert column(page, "enablement").is_target
    assert "Enter to record this move" in page.in_hand.text()
    qtbot.keyClick(begun.list, Qt.Key.Key_Right)
    assert column(page, "supported").is_target
    qtbot.keyClick(begun.list, Qt.Key.Key_Return)
    settled(window)
    form = window.body.panel
    assert isinstance(form, MoveForm)
    assert (form.person_id, form.form.editors["stage_id"].value()) == (person_id, "supported")


def test_the_arrow_keys_go_from_card_to_card(page: PathwayPage, qtbot: QtBot) -> None:
    page.focus_first()
    first = page.board.columns[0].list
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert first.currentIndex().row() == 1
    qtbot.keyClick(first, Qt.Key.Key_Right)
    second = page.board.columns[1].list
    assert second.hasFocus()
    assert page.current_person() == second.current_card().line.person_id
    line = second.current_card().line
    assert page.current_name() == f"{line.surname.upper()}, {line.given_names}"


def test_tab_stops_once_among_the_cards(page: PathwayPage, qtbot: QtBot) -> None:
    page.focus_first()
    qtbot.keyClick(page.board.columns[0].list, Qt.Key.Key_Right)
    stops = [each for each in page.board.columns if each.list.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [page.board.columns[1]]


def test_enter_opens_the_person(page: PathwayPage, window: Window, qtbot: QtBot) -> None:
    opened: list[str] = []
    page.board.opened.disconnect()
    page.board.opened.connect(opened.append)
    page.focus_first()
    qtbot.keyClick(page.board.columns[0].list, Qt.Key.Key_Return)
    assert opened == [page.current_person()]


def test_m_moves_the_person_in_hand(page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled) -> None:
    page.focus_first()
    person_id = page.current_person()
    qtbot.keyClick(page.board.columns[0].list, Qt.Key.Key_M)
    settled(window)
    assert isinstance(window.body.panel, MoveForm)
    assert window.body.panel.person_id == person_id


def test_looking_back_nothing_can_be_carried(page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled) -> None:
    window.look_at(DAY, date(2026, 7, 13))
    settled(window)
    first = page.board.columns[0].list
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert page.board.carried.card is None


def test_a_flow_lists_its_people(page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled) -> None:
    board = asked(page, qtbot, read_board, DAY)
    assert [each.flow.people for each in page.month.buttons()] == [flow.people for flow in board.flows]
    if not board.flows:
        assert page.month.nothing.isVisible()
        return
    qtbot.mouseClick(page.month.buttons()[0], Qt.MouseButton.LeftButton)
    settled(window)
    listed = [action for action in page.menu.actions() if action.isEnabled()]
    assert len(listed) == len(board.flows[0].people)
    page.menu.close()


def test_the_month_is_this_one_only_while_it_is() -> None:
    assert month_words(date(2026, 7, 1), DAY, DAY) == "This month, 1 – 14 Jul 2026"
    assert month_words(date(2026, 7, 1), date(2026, 7, 1), DAY) == "This month, 1 Jul 2026"
    assert month_words(date(2026, 5, 1), date(2026, 5, 31), DAY) == "1 – 31 May 2026"


def test_a_change_elsewhere_is_shown_and_the_keyboard_stays(
    page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled
) -> None:
    there = column(page, "hospital")
    there.list.setFocus()
    there.list.go_to_row(1)
    person_id = page.current_person()
    window.context.jobs.do(edit_person, person_id, surname="Zzyzx")
    settled(window)
    settled(window)
    assert page.current_person() == person_id
    assert there.list.current_card().name.startswith("ZZYZX")


def test_markup_in_a_name_is_shown_as_it_stands(
    page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled
) -> None:
    person_id = ids(column(page, "hospital"))[0]
    window.context.jobs.do(edit_person, person_id, surname="<b>R&D</b>")
    settled(window)
    settled(window)
    shown = column(page, "hospital").list
    index = shown.model().index(0, 0)
    assert "<b>" not in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert "<B>R&D</B>" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_an_empty_register_says_what_belongs_here(
    bare_window: Window, qtbot: QtBot, tmp_path, settled: Settled
) -> None:
    from mhtracker.store import create_register
    from mhtracker.store.clock import FixedClock

    path = tmp_path / "empty.mhtracker"
    create_register(str(path), who="Test", clock=FixedClock(DAY), council="Northmoor").close()
    bare_window.registers.open(str(path))
    qtbot.waitUntil(lambda: bare_window.at_work)
    bare_window.open_page("pathway")
    settled(bare_window)
    page: Any = bare_window.navigator.current_page()
    empty = page._whole.currentWidget()
    assert empty.title.text() == "Nobody is on the pathway"
    assert empty.button.text() == "Add a person"


def test_people_without_a_stay_are_not_forgotten(
    page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled
) -> None:
    def add(store) -> None:
        with store.operation("Add person") as work:
            work.save(Person("nowhere-yet", "MHT-99999", "Przykład", "Ola"))

    before = page.unplaced.isVisible()
    window.context.jobs.do(add)
    settled(window)
    settled(window)
    assert page.unplaced.isVisible()
    assert not before
    assert page.unplaced.words() == "1 person has no stay"


def test_a_narrow_page_scrolls_sideways_and_cuts_nothing(
    page: PathwayPage, window: Window, qtbot: QtBot, settled: Settled
) -> None:
    window.resize(1100, 700)
    window.context.theme.change(scale=2.0)
    settled(window)
    come_to_rest(window)
    assert page.board.horizontalScrollBar().maximum() > 0
    assert page.head.is_stacked
    for widget in (page.sort, *page.chips.values()):
        assert widget.mapTo(page, QPoint(widget.width(), 0)).x() <= page.width()
    window.context.theme.change(scale=1.0)


def test_everything_has_a_name(page: PathwayPage) -> None:
    nameless = [
        type(each).__name__
        for each in page.findChildren(QWidget)
        if each.focusPolicy() is not Qt.FocusPolicy.NoFocus and each.isVisible() and not each.accessibleName()
    ]
    assert nameless == []


def test_stages_in_the_flows_are_the_registers(page: PathwayPage, qtbot: QtBot) -> None:
    stages = {stage.id for stage in asked(page, qtbot, lambda store: store.find(Stage))}
    for button in page.month.buttons():
        assert {button.flow.from_stage, button.flow.to_stage} - {None} <= stages
